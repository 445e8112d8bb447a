"""Search for sessions by what users type.

A text is a *row*, a sequence of *units*: each is a Chinese character, or a word of letters and digits.
Typed text - part of a name, pinyin, initials, beginnings of words, or any mixture - spells one or more
rows. When a catalog is built, :mod:`~summitcli.search.keys` stores how each unit can be spelled, which
characters are neighbours, and which units each session has. A search text is parsed into a *lattice*
(:mod:`~summitcli.search.lattice`) of all rows that it can spell. The lattice gives the expression for the
full-text index, decides whether a candidate really has such a row, and where.

Results come in the order of the questions to the index (:mod:`~summitcli.search.ranking`), from the
narrowest, a session with exactly that name, to the broadest, so that the first results are found without
the others.
"""
