"""Directories: lists of conferences, with their names, dates, and the URLs of their schedules.

One directory comes with the program; the user can name others, which are files or URLs. This package finds
conferences in them; :mod:`summitcli.library.fetch` downloads their schedules.
"""
