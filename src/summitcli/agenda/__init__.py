"""A user's agenda: the sessions picked from a conference, stored in one small readable file.

:mod:`~summitcli.agenda.picks` defines an agenda, and :mod:`~summitcli.agenda.editing` how it is edited;
:mod:`~summitcli.agenda.reconcile` updates it when its schedule changes; :mod:`~summitcli.agenda.document`
defines its file format; :mod:`~summitcli.agenda.store` reads and writes the file.
"""
