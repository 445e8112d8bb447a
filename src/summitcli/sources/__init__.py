"""Where a schedule's bytes come from: one reference to one :class:`~summitcli.sources.source.Source`.

What the bytes mean is the business of :mod:`summitcli.formats`.
"""

from summitcli.sources.reference import BUNDLED, STDIN, bundled_path, read_stdin, resolve
from summitcli.sources.source import LARGEST, NO_HINTS, Hints, Source, in_zone

__all__ = [
    "BUNDLED",
    "LARGEST",
    "NO_HINTS",
    "STDIN",
    "Hints",
    "Source",
    "bundled_path",
    "in_zone",
    "read_stdin",
    "resolve",
]
