"""The sessions that a site had and that their publisher has cancelled: ``cancelled.json`` of the site.

Calendars of the site keep them, so that those who have subscribed to one see that they are cancelled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping

from summitcli.catalog.queries import Catalog
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.documents import DAMAGED, document
from summitcli.rows import SessionRow, SlotRow
from summitcli.storage import paths

CANCELLED = "cancelled.json"
FORMAT = "summit-cancelled/1"

LARGEST = 16 * 2**20
"""The size limit of the file, in bytes."""
MAX_SESSIONS = 2000
"""The number of sessions that are kept: those that were cancelled last."""


class Cancelled(NamedTuple):
    """A session that its publisher has cancelled, as it was last published."""

    update: int
    """The number of the publication that lacks it for the first time."""
    session: SessionRow


def read(own: str, updates: int) -> tuple[Cancelled, ...]:
    """Return the cancelled sessions, oldest first; none if ``cancelled.json`` is missing or damaged.

    Args:
        own: the directory in that of the site in which the program keeps its own files.
        updates: the number of completed publications that changed sessions; entries of a later one, which was
            interrupted, are left out.
    """
    try:
        data = paths.read(os.path.join(own, CANCELLED), LARGEST + 1)
        found = [] if data is None else document(data, FORMAT, LARGEST)["sessions"]
        entries = (Cancelled(int(entry["update"]), _session(entry["session"])) for entry in found)
        return tuple(entry for entry in entries if entry.update <= updates)
    except (OSError, *DAMAGED):
        return ()


def dumps(entries: Iterable[Cancelled]) -> bytes:
    """Return the content of ``cancelled.json``."""
    listed = [entry._asdict() | {"session": _fields(entry.session)} for entry in entries]
    content = {"format": FORMAT, "sessions": listed[-MAX_SESSIONS:]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def without_held(entries: Iterable[Cancelled], catalog: Catalog) -> tuple[Cancelled, ...]:
    """Return ``entries`` without the sessions that the schedule has again, by their IDs."""
    listed = list(entries)
    held = set(catalog.existing_ids([entry.session.id for entry in listed]))
    return tuple(entry for entry in listed if entry.session.id not in held)


def _fields(session: SessionRow) -> Mapping[str, Any]:
    return session._replace(links=(), people=(), in_agenda=False, pick=None)._asdict()


def _session(found: Mapping[str, Any]) -> SessionRow:
    """Return a session from its fields.

    Raises:
        TypeError: a field is missing or unknown.
    """
    slots = tuple(SlotRow(*slot) for slot in found["slots"])
    lists = {name: tuple(found[name]) for name in ("speakers", "days", "tags", "links", "people")}
    return SessionRow(**{**found, **lists, "slots": slots})
