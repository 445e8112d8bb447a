"""A person's agenda: what was picked of a conference, kept in one small readable file.

What an agenda is, and how it is edited, is :mod:`~summitcli.agenda.picks`. How it follows a schedule that
changes is :mod:`~summitcli.agenda.reconcile`. What its file holds is :mod:`~summitcli.agenda.document`, and
where and how that is kept :mod:`~summitcli.agenda.store`.
"""
