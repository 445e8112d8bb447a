"""Directories of conferences: their names, dates, and where their schedules are published.

One directory comes with the program; the user can name others, which are files or URLs. This package finds
conferences in them; :mod:`summitcli.library.fetch` downloads their schedules.
"""
