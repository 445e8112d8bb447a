"""The log of the changes made by each update of a saved schedule: ``log.json`` beside its ``source.json``.

Nothing else depends on it, so a damaged log is simply started again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from summitcli.changes import KINDS, Change, Kind, texts
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.documents import DAMAGED, document, text, text_or_none
from summitcli.storage import paths
from summitcli.text.reader_zone import conference_time

LOG = "log.json"
FORMAT = "summit-log/1"

LARGEST = 16 * 2**20
"""The maximum size of a log, in bytes."""
MAX_UPDATES = 200
"""The maximum number of updates in a log; older ones are dropped."""
MAX_CHANGES = 200
"""The maximum number of changes that are logged for one update; further ones are only counted."""
MAX_CHARACTERS = 500
"""The maximum length of a title or value in the log, in characters; longer ones are cut."""


class LoggedChange(NamedTuple):
    """A change of one session. The fields are those in the output of ``summit update --json``."""

    kind: str
    id: str
    title: str
    was: str | None
    now: str | None


class LoggedUpdate(NamedTuple):
    """An update that found changes, as an entry of the log."""

    update: int
    """The number of the update; updates without changes are counted, too."""
    date: str
    """The time of the update, as an RFC 3339 timestamp."""
    counts: Mapping[str, int]
    """The number of changes of each kind, such as ``moved``; kinds without changes are left out."""
    changes: tuple[LoggedChange, ...]
    """The changes; if there are more than :data:`MAX_CHANGES`, only the first ones."""


def logged(update: int, date: str, changes: Iterable[Change]) -> LoggedUpdate:
    """Return the entry of the log for one update.

    Args:
        update: the number of the update.
        date: the time of the update, as an RFC 3339 timestamp.
        changes: the changes that it found.
    """
    counts: Counter[Kind] = Counter()
    first: list[LoggedChange] = []
    for change in changes:
        counts[change.kind] += 1
        if len(first) < MAX_CHANGES:
            first.append(_logged(change))
    return LoggedUpdate(update, date, {kind: counts[kind] for kind in KINDS if counts[kind]}, tuple(first))


def read(folder: str, updates: int) -> list[LoggedUpdate] | None:
    """Return the updates in the log of a schedule, oldest first; None if the log is damaged.

    Args:
        folder: the schedule's directory.
        updates: the number of updates that were completed. An entry with a higher number is left out, as that
            update was interrupted.
    """
    try:
        data = paths.read(os.path.join(folder, LOG), LARGEST + 1)
        if data is None:
            return []
        entries = document(data, FORMAT, LARGEST)["updates"]
        return [entry for entry in map(_update, entries) if entry.update <= updates]
    except (OSError, *DAMAGED):
        return None


def dumps(updates: Iterable[LoggedUpdate]) -> bytes:
    """Return the content of a log: one update per line, and only the latest ones if not all fit."""
    kept: list[str] = []
    left = LARGEST - 100
    for entry in reversed(list(updates)[-MAX_UPDATES:]):
        line = json.dumps({**entry._asdict(), "changes": [change._asdict() for change in entry.changes]})
        left -= len(line) + 4
        if left < 0:
            break
        kept.append(line)
    lines = ",\n".join(f"  {line}" for line in reversed(kept))
    return f'{{\n "format": {json.dumps(FORMAT)},\n "updates": [\n{lines}\n ]\n}}\n'.encode()


def _logged(change: Change) -> LoggedChange:
    with conference_time():
        was, now = texts(change, brief=True)
    cut = [value and value[:MAX_CHARACTERS] for value in (was, now)]
    return LoggedChange(change.kind, change.session.id, change.session.title[:MAX_CHARACTERS], *cut)


def _update(entry: Mapping[str, Any]) -> LoggedUpdate:
    counts, number = entry["counts"], entry["update"]
    if type(number) is not int or not all(type(count) is int for count in counts.values()):
        raise TypeError("not a number")
    changes = (
        LoggedChange(
            text(change["kind"]),
            text(change["id"]),
            text(change["title"]),
            text_or_none(change["was"]),
            text_or_none(change["now"]),
        )
        for change in entry["changes"]
    )
    date = text(entry["date"])
    datetime.fromisoformat(date)
    return LoggedUpdate(number, date, dict(counts), tuple(changes))
