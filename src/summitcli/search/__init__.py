"""Search for sessions by what users type.

A text is a *row*, a sequence of *units*: each is a Chinese character, or a word of letters and digits. Typed
text - part of a name, pinyin, initials, beginnings of words, or any mixture - spells one or more rows:
``guoqi`` spells the row of 国 and 企. When a catalog is built, :mod:`~summitcli.search.keys` stores how each
unit can be spelled, which characters are neighbours, and which units each session has. A search text is
parsed into a *lattice* (:mod:`~summitcli.search.lattice`) of all rows that it can spell. The lattice gives
the query for the full-text index; for each session that the index finds, a *candidate*, it decides whether
one of its texts really has such a row, and where.

The search asks the index a sequence of *questions* (:mod:`~summitcli.search.ranking`). The first one is the
narrowest: it finds only a session with exactly the typed name. Each of the next is broader. The results come
in the same order, so that the first results are found without the others.
"""
