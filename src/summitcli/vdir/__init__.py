"""Keeping the events of agendas up to date in a vdir (a directory with one file for each event).

khal, todoman and vdirsyncer store calendars as vdirs (https://vdirsyncer.pimutils.org/en/stable/vdir.html). A
vdir may also have events of other programs. :mod:`~summitcli.vdir.folder` reads the events;
:mod:`~summitcli.vdir.record` records which of them this program wrote; :mod:`~summitcli.vdir.plan` decides
what to change; :mod:`~summitcli.vdir.syncing` makes the changes; :mod:`~summitcli.vdir.kept` remembers the
vdir of an agenda.
"""
