"""The formats of the family of frab, pentabarf, pretalx and c3voc, in JSON and in XML.

Those in JSON share their events (:mod:`~summitcli.formats.frab.family`), and a way to read what may hold
anything anywhere (:mod:`~summitcli.formats.frab.fields`).
"""
