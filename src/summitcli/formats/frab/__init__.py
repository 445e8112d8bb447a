"""The formats of frab, pentabarf, pretalx and c3voc, in JSON and in XML.

The JSON formats share a reader of events (:mod:`~summitcli.formats.frab.family`).
"""
