"""Keeping the events of agendas in a vdir up to date: a directory with one file for each event.

khal, todoman and vdirsyncer store calendars so (https://vdirsyncer.pimutils.org/en/stable/vdir.html). It may
have other people's events, too. :mod:`~summitcli.vdir.folder` reads it, :mod:`~summitcli.vdir.record` records
which of its events are ours, :mod:`~summitcli.vdir.plan` decides what to change, and
:mod:`~summitcli.vdir.syncing` does it; :mod:`~summitcli.vdir.kept` remembers the directory of an agenda.
"""
