"""What each update of a kept schedule has changed: ``log.json`` beside its ``source.json``.

It is for people to read and answers no other question, so that a log that is damaged is begun anew.
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

LOG = "log.json"
FORMAT = "summit-log/1"

LARGEST = 16 * 2**20
"""The most bytes of a log."""
MAX_UPDATES = 200
"""How many updates are told of, the latest."""
MAX_CHANGES = 200
"""Of how many changes of an update more is told than their number."""
MAX_LETTERS = 500
"""How many letters are kept of a title, or of what was and is now."""


class LoggedChange(NamedTuple):
    """One way in which a session differed after an update; the fields are those of ``update --json``."""

    kind: str
    id: str
    title: str
    was: str | None
    now: str | None


class LoggedUpdate(NamedTuple):
    """An update that found changes."""

    update: int
    """Its number; those that found nothing are counted, too."""
    date: str
    """When, as an RFC 3339 instant."""
    counts: Mapping[str, int]
    """How many changes there were of each kind."""
    changes: tuple[LoggedChange, ...]
    """The first of them."""


def logged(update: int, date: str, changes: Iterable[Change]) -> LoggedUpdate:
    """Return what is kept of the changes of an update."""
    counts: Counter[Kind] = Counter()
    first: list[LoggedChange] = []
    for change in changes:
        counts[change.kind] += 1
        if len(first) < MAX_CHANGES:
            first.append(_logged(change))
    return LoggedUpdate(update, date, {kind: counts[kind] for kind in KINDS if counts[kind]}, tuple(first))


def read(folder: str, updates: int) -> list[LoggedUpdate] | None:
    """Return the updates of a schedule that changed anything, the first of them first; None is damaged.

    Args:
        folder: that of the schedule.
        updates: how many updates there have been; of one that was not finished, nothing is told.
    """
    try:
        data = paths.read(os.path.join(folder, LOG), LARGEST + 1)
        if data is None:
            return []
        entries = document(data, FORMAT, LARGEST)["updates"]
        return [one for one in map(_update, entries) if one.update <= updates]
    except (OSError, *DAMAGED):
        return None


def dumps(updates: Iterable[LoggedUpdate]) -> bytes:
    """Return the text of a log: the latest of some updates, a line each."""
    kept: list[str] = []
    left = LARGEST - 100
    for one in reversed(list(updates)[-MAX_UPDATES:]):
        line = json.dumps({**one._asdict(), "changes": [change._asdict() for change in one.changes]})
        left -= len(line) + 4
        if left < 0:
            break
        kept.append(line)
    lines = ",\n".join(f"  {line}" for line in reversed(kept))
    return f'{{\n "format": {json.dumps(FORMAT)},\n "updates": [\n{lines}\n ]\n}}\n'.encode()


def _logged(change: Change) -> LoggedChange:
    was, now = texts(change, brief=True)
    cut = [one and one[:MAX_LETTERS] for one in (was, now)]
    return LoggedChange(change.kind, change.session.id, change.session.title[:MAX_LETTERS], *cut)


def _update(entry: Mapping[str, Any]) -> LoggedUpdate:
    counts, number = entry["counts"], entry["update"]
    if type(number) is not int or not all(type(count) is int for count in counts.values()):
        raise TypeError("a number is none")
    changes = (
        LoggedChange(
            text(one["kind"]),
            text(one["id"]),
            text(one["title"]),
            text_or_none(one["was"]),
            text_or_none(one["now"]),
        )
        for one in entry["changes"]
    )
    date = text(entry["date"])
    datetime.fromisoformat(date)
    return LoggedUpdate(number, date, dict(counts), tuple(changes))
