"""Directories of conferences: their names, dates, and where their schedules are published.

One comes with the program; others are files or URLs. This package finds conferences in them; their schedules
are downloaded by :mod:`summitcli.library.fetch`.
"""
