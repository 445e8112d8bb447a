"""The catalog: a schedule as an SQLite database, ready for queries.

There is one file for each schedule, built once by :mod:`~summitcli.catalog.build`, opened by
:mod:`~summitcli.catalog.store`, and queried through :class:`~summitcli.catalog.queries.Catalog`, which
returns the named tuples of :mod:`~summitcli.rows`.
"""
