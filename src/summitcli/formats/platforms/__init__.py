"""The JSON of conference platforms and apps, each with a structure of its own.

They share only how references, links and translations are read (:mod:`~summitcli.formats.platforms.parts`).
"""
