"""Finding sessions the way people type.

A text is a row of *units*: a Chinese character, or a word of letters and digits. Whatever is typed - a part
of a name, pinyin, initials, the beginnings of words, any mixture - is a way to spell a row of units. While a
catalog is built, :mod:`~summitcli.search.keys` writes down how each unit can be spelled, which characters
stand next to each other, and which session has which. A query is then read once into a *lattice*
(:mod:`~summitcli.search.lattice`): every row of units that it can spell. The lattice says what to ask the
index, whether a candidate really has such a row, and where.

The order of the answers is the order of the questions (:mod:`~summitcli.search.ranking`): from the narrowest,
a session of just that name, to the broadest, so that the first answers need no look at all the others.
"""
