"""From what a published schedule says to a schedule that the model accepts: what all formats have in common.

:mod:`~summitcli.formats.assembly.schedule` puts it together. The other modules each settle one thing: the
time zone, the days, the first and the last of them, which events are one session, categories, ids, languages,
addresses, texts.
"""
