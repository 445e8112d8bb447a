"""Directories for tests: in our own form, and as a menu of Giggity."""

import json
from collections.abc import Mapping
from typing import Any

from summitcli.rows import DirectoryRow

HARBOUR: Mapping[str, Any] = {
    "name": "harbour-2026",
    "series": "harbour",
    "title": "Harbour Cranes 2026",
    "url": "https://harbour.example/2026/schedule.xml",
    "start": "2026-09-03",
    "end": "2026-09-04",
    "time_zone": "Europe/Lisbon",
    "source": "https://harbour.example/2026/",
}
HARBOUR_ROW = DirectoryRow(
    "harbour-2026", "Harbour Cranes 2026", "2026-09-03", "2026-09-04", "Europe/Lisbon",
    "https://harbour.example/2026/schedule.xml", "harbour", "https://harbour.example/2026/",
)  # fmt: skip
"""The row of :data:`HARBOUR`."""


def document(*conferences: Any, **others: Any) -> str:
    """Return a directory in our own form."""
    return json.dumps({"format": "summit-directory/1", "conferences": conferences, **others})


def directory(url: str, name: str = "fosdem-2026", **fields: Any) -> str:
    """Return a directory with one conference, whose schedule is at ``url``."""
    return document({**HARBOUR, "name": name, "url": url, **fields})


def menu(*schedules: Any) -> str:
    """Return a menu of Giggity."""
    return json.dumps({"version": 2026010100, "schedules": schedules})
