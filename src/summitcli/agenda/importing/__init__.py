"""Importing an agenda from a file written by another program or another copy of this one.

:mod:`~summitcli.agenda.importing.entries` reads the file's entries,
:mod:`~summitcli.agenda.importing.matching` finds their sessions in the schedule.
"""
