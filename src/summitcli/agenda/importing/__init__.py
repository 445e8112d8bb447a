"""An agenda imported from a file that another program, or another copy of this one, has written.

What the file names is read into :mod:`~summitcli.agenda.importing.entries`, and found in the schedule by
:mod:`~summitcli.agenda.importing.matching`.
"""
