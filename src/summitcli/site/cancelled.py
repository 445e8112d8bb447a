"""The sessions of a site that their publisher has cancelled, in the file ``cancelled.json`` of the site.

The calendars of the site still contain them, so that subscribers see that they are cancelled.
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
"""The maximum size of the file, in bytes."""
MAX_SESSIONS = 2000
"""The maximum number of sessions in the file. The sessions that were cancelled last are kept."""


class Cancelled(NamedTuple):
    """A session that its publisher has cancelled, as it was when it was last published."""

    update: int
    """The number of the first publication (run of ``summit publish``) without the session."""
    session: SessionRow


def read(own: str, updates: int) -> tuple[Cancelled, ...]:
    """Return the cancelled sessions, the oldest first; none if ``cancelled.json`` is missing or damaged.

    Sessions cancelled by a publication (run of ``summit publish``) that was interrupted are left out.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        updates: the number of completed publications that changed sessions.
    """
    try:
        data = paths.read(os.path.join(own, CANCELLED), LARGEST + 1)
        found = [] if data is None else document(data, FORMAT, LARGEST)["sessions"]
        entries = (Cancelled(int(entry["update"]), _session(entry["session"])) for entry in found)
        return tuple(entry for entry in entries if entry.update <= updates)
    except (OSError, *DAMAGED):
        return ()


def dumps(entries: Iterable[Cancelled]) -> bytes:
    """Return the content of ``cancelled.json`` with ``entries``."""
    listed = [entry._asdict() | {"session": _fields(entry.session)} for entry in entries]
    content = {"format": FORMAT, "sessions": listed[-MAX_SESSIONS:]}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def without_held(entries: Iterable[Cancelled], catalog: Catalog) -> tuple[Cancelled, ...]:
    """Return ``entries`` without the sessions whose IDs are in the schedule again."""
    listed = list(entries)
    held = set(catalog.existing_ids([entry.session.id for entry in listed]))
    return tuple(entry for entry in listed if entry.session.id not in held)


def _fields(session: SessionRow) -> Mapping[str, Any]:
    return session._replace(links=(), people=(), in_agenda=False, pick=None)._asdict()


def _session(found: Mapping[str, Any]) -> SessionRow:
    """Return the session with the fields ``found``, as they are in ``cancelled.json``.

    Raises:
        TypeError: a field is missing or unknown.
    """
    slots = tuple(SlotRow(*slot) for slot in found["slots"])
    lists = {name: tuple(found[name]) for name in ("speakers", "days", "tags", "links", "people")}
    return SessionRow(**{**found, **lists, "slots": slots})
