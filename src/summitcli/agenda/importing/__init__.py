"""Importing an agenda from a file written by another program or another copy of this one.

:mod:`~summitcli.agenda.importing.entries` reads the entries of the file (the sessions that it names), and
:mod:`~summitcli.agenda.importing.matching` finds these sessions in the schedule.
"""
