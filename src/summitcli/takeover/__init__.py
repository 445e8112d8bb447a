"""An agenda taken over from a file that another program, or another copy of this one, has written.

What the file names is read into :mod:`~summitcli.takeover.entries`, with the help of
:mod:`~summitcli.takeover.calendars`, and found in the schedule by :mod:`~summitcli.takeover.matching`.
"""
