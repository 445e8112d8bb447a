"""Turning a draft, which may come from any format, into a valid schedule.

A *draft* is the data that a format's reader found in a source, unprocessed (:mod:`summitcli.formats.draft`).
:mod:`~summitcli.formats.assembly.schedule` is the entry point. Each other module handles one aspect: the time
zone, days, the conference's period, grouping events into sessions, categories, IDs, languages, URLs, texts.
"""
