"""The JSON of conference platforms and apps, which have nothing in common but a few details.

References, links and translations are read alike (:mod:`~summitcli.formats.platforms.parts`).
"""
