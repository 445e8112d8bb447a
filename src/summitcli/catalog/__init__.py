"""A schedule, ready to be asked.

One SQLite file a schedule, built once by the slow side (:mod:`~summitcli.catalog.build`), found again by
:mod:`~summitcli.catalog.store`, and read often through :class:`~summitcli.catalog.queries.Catalog`, whose
answers are the light tuples of :mod:`~summitcli.rows`.
"""
