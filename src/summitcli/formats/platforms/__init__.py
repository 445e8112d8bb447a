"""The JSON formats of conference platforms and apps. Each format is quite different from the others.

Several of them read references, links and translations with :mod:`~summitcli.formats.platforms.parts`.
"""
