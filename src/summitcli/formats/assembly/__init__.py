"""Build a schedule that the model accepts from a draft of any format.

:mod:`~summitcli.formats.assembly.schedule` is the entry point. Each other module handles one aspect: the time
zone, days, the conference's period, grouping events into sessions, categories, ids, languages, URLs, texts.
"""
