"""The catalog: a schedule as an SQLite database, ready for queries.

There is one file for each schedule, built once by :mod:`~summitcli.catalog.build`, opened by
:mod:`~summitcli.catalog.store`, and queried through :class:`~summitcli.catalog.queries.Catalog`, which
returns the named tuples of :mod:`~summitcli.rows`. A *listing* is a session on one day: a session that takes
place on three days has three listings. A *position* is the number of a session or listing in the order of
output.
"""
