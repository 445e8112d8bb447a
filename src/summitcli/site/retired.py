"""The retired calendars of a site, in ``retired.json``: those whose day, category, room or speaker is gone.

A retired calendar stays at its address. Otherwise the apps of those who have subscribed to it could not
download it any more, and would go on showing its last sessions.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping

from summitcli.catalog.queries import Catalog
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.documents import DAMAGED, document, text
from summitcli.storage import paths
from summitcli.text.filenames import file_name, file_names
from summitcli.text.folding import fold

RETIRED = "retired.json"
FORMAT = "summit-retired/1"

LARGEST = 16 * 2**20
"""The maximum size of the file, in bytes."""
MAX_CALENDARS = 2000
"""The maximum number of calendars in the file. The calendars that were retired last are kept."""

KINDS = ("days", "categories", "rooms", "speakers")


class GroupCalendar(NamedTuple):
    """The calendar of a day, category, room or speaker."""

    kind: str
    """One of :data:`KINDS`."""
    key: str
    """The day as an ISO date, the category's ID, or the name of the room or speaker."""
    stem: str
    """The name of the calendar's file, without the extension ``.ics``."""
    names: Mapping[str, str] = {}
    """The name of the category by language, such as ``{"en": "…", "zh": "…"}``; {} for the other kinds."""

    @property
    def place(self) -> str:
        """Return the path of the calendar, case-folded, as some file systems ignore case."""
        return fold(f"{self.kind}/{self.stem}")


def group_calendars(catalog: Catalog) -> Iterator[GroupCalendar]:
    """Yield the calendar of each day, category, room and speaker of a schedule, in the schedule's order."""
    kinds: Mapping[str, Mapping[str, Mapping[str, str]]] = {
        "days": {row.day: {} for row in catalog.days()},
        "categories": {row.id: row.names for row in catalog.categories()},
        "rooms": {row.name: {} for row in catalog.rooms()},
        "speakers": {row.name: {} for row in catalog.speakers()},
    }
    for kind, names in kinds.items():
        for (key, own), stem in zip(names.items(), file_names(names), strict=True):
            yield GroupCalendar(kind, key, stem, own)


def without_held(calendars: Iterable[GroupCalendar], catalog: Catalog) -> tuple[GroupCalendar, ...]:
    """Return ``calendars`` without those whose day, category, room or speaker is in the schedule.

    Each calendar is returned once; only the last 2,000 are returned. A calendar is also left out if a
    calendar of the schedule has the same path.
    """
    listed = {one.place: one for one in calendars}
    for one in group_calendars(catalog):
        listed.pop(one.place, None)
    return tuple(listed.values())[-MAX_CALENDARS:]


def read(own: str) -> tuple[GroupCalendar, ...]:
    """Return the retired calendars, oldest first; () if ``retired.json`` is missing or damaged.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
    """
    try:
        data = paths.read(os.path.join(own, RETIRED), LARGEST + 1)
        found = [] if data is None else document(data, FORMAT, LARGEST)["calendars"]
        return tuple(map(_retired, found))
    except (OSError, *DAMAGED):
        return ()


def dumps(calendars: Iterable[GroupCalendar]) -> bytes:
    """Return the content of ``retired.json`` with ``calendars``."""
    listed = [one._asdict() for one in calendars]
    content = {"format": FORMAT, "calendars": listed}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _retired(found: Mapping[str, Any]) -> GroupCalendar:
    """Return the calendar with the fields ``found``, as they are in ``retired.json``.

    Raises:
        KeyError, TypeError, ValueError: a field is missing or invalid.
    """
    kind, key, stem = (text(found[name]) for name in ("kind", "key", "stem"))
    if kind not in KINDS or stem != file_name(stem):
        raise ValueError("it is not the name of a calendar")
    names = {text(language): text(name) for language, name in dict(found["names"]).items()}
    return GroupCalendar(kind, key, stem, names)
