"""Search for sessions by what users type.

A text consists of *units*: each is a Chinese character, or a word of letters and digits. A sequence of units
is a *row*. Users type a part of a name, pinyin, initials, beginnings of words, or any mixture. What they type
can stand for one or more rows: ``guoqi`` stands for the row of 国 and 企, among others.

When a catalog is built, :mod:`~summitcli.search.keys` stores how each unit can be typed, which characters are
neighbours, and which units each session has. A search text is parsed into a *lattice*
(:mod:`~summitcli.search.lattice`), a graph of all rows that it can stand for. From the lattice, a query of
the full-text index is made. A session that the index finds is only a *candidate*. The lattice then looks
whether a text of the session, such as its title, really contains one of these rows, and where.

The search asks the index a sequence of *questions* (:mod:`~summitcli.search.ranking`). The first one is the
narrowest: it finds only a session with exactly the typed name. Each of the next is broader. The results come
in the order of the questions. A broader question is asked only when its results are needed.
"""
