"""The calendars of a site whose day, category, room or speaker is gone: ``retired.json`` of the site.

They stay at their addresses, so that those who have subscribed to one get no errors: an app that can't
download a calendar any more goes on showing what it downloaded last.
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
"""The size limit of the file, in bytes."""
MAX_CALENDARS = 2000
"""The number of calendars that are kept: those that were retired last."""

KINDS = ("days", "categories", "rooms", "speakers")


class GroupCalendar(NamedTuple):
    """The calendar of a day, category, room or speaker."""

    kind: str
    """One of :data:`KINDS`."""
    key: str
    """The day, ID or name by which :meth:`Addresses.of` knows its subject."""
    stem: str
    """The name of its file, without extension."""
    names: Mapping[str, str] = {}
    """The name of a category by language; empty for all others."""

    @property
    def place(self) -> str:
        """Return a key that is equal for two calendars whose paths differ at most in case."""
        return fold(f"{self.kind}/{self.stem}")


def group_calendars(catalog: Catalog) -> Iterator[GroupCalendar]:
    """Yield the calendars of a schedule but that of all sessions, in the schedule's order."""
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
    """Return the calendars whose paths no calendar of the schedule has, at most the last 2,000, each once."""
    listed = {one.place: one for one in calendars}
    for one in group_calendars(catalog):
        listed.pop(one.place, None)
    return tuple(listed.values())[-MAX_CALENDARS:]


def read(own: str) -> tuple[GroupCalendar, ...]:
    """Return the retired calendars, oldest first; none if ``retired.json`` is missing or damaged.

    Args:
        own: the directory in that of the site in which the program keeps its own files.
    """
    try:
        data = paths.read(os.path.join(own, RETIRED), LARGEST + 1)
        found = [] if data is None else document(data, FORMAT, LARGEST)["calendars"]
        return tuple(map(_retired, found))
    except (OSError, *DAMAGED):
        return ()


def dumps(calendars: Iterable[GroupCalendar]) -> bytes:
    """Return the content of ``retired.json``."""
    listed = [one._asdict() for one in calendars]
    content = {"format": FORMAT, "calendars": listed}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _retired(found: Mapping[str, Any]) -> GroupCalendar:
    """Return a retired calendar from its fields.

    Raises:
        KeyError, TypeError, ValueError: a field is missing or invalid.
    """
    kind, key, stem = (text(found[name]) for name in ("kind", "key", "stem"))
    if kind not in KINDS or stem != file_name(stem):
        raise ValueError("it is not the name of a calendar")
    names = {text(language): text(name) for language, name in dict(found["names"]).items()}
    return GroupCalendar(kind, key, stem, names)
