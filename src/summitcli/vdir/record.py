"""The record of the events that were written into a vdir (a directory of event files).

It is the hidden file ``.summitcli.json`` in the vdir; other programs ignore hidden files. docs/files.md
describes the format.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.storage import atomic, paths
from summitcli.text.printable import printable

NAME = ".summitcli.json"
FORMAT = "summit-sync/1"
MAX_BYTES = 16_000_000
"""The maximum size of a record, in bytes; the record of 10,000 events has about 3 MB."""


class Written(NamedTuple):
    """An event that was written into a vdir."""

    agenda: str
    """The agenda to which it belongs, as ``CONFERENCE/NAME``."""
    title: str
    digests: tuple[str, ...]
    """The digest of the event's file; two digests (old and new) while the file is being replaced.

    If the user has edited the file, it is not written any more. Instead, a digest is added for each later
    state of the event in the agenda, so that each state is reported only once.
    """
    is_pending: bool = False
    """True while the file is being written or removed, so that it may exist or not."""


Record = Mapping[str, Written]
"""The events that were written, by UID."""


def read(folder: str) -> dict[str, Written]:
    """Return the record of a vdir; an empty one if it has none.

    Raises:
        ScheduleError: the record is damaged, or was written by a newer version.
        OSError: the record can't be read.
    """
    path = os.path.join(folder, NAME)
    data = paths.read(path, MAX_BYTES + 1)
    if data is None:
        return {}
    try:
        document = json.loads(data)
        if len(data) > MAX_BYTES or document["format"] != FORMAT:
            raise ValueError
        return {uid: _written(value) for uid, value in document["events"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sentence = _("{path} is damaged, or was written by a newer version of summit; move or rename it")
        raise ScheduleError(sentence.format(path=printable(path))) from None


def write(folder: str, record: Record) -> None:
    """Write ``record`` into the vdir ``folder``; it replaces the record that is there.

    Raises:
        OSError: the record can't be written.
    """
    events = {
        uid: {
            "agenda": event.agenda,
            "title": event.title,
            "digests": list(event.digests),
            **({"pending": True} if event.is_pending else {}),
        }
        for uid, event in sorted(record.items())
    }
    text = json.dumps({"format": FORMAT, "events": events}, ensure_ascii=False, indent=1)
    atomic.write(os.path.join(folder, NAME), text.encode("utf-8", "backslashreplace") + b"\n")


def _written(value: Any) -> Written:
    """Return the event in an entry of the record; ``value`` is the decoded JSON.

    Raises:
        ValueError: the entry does not have the form that this program writes.
    """
    agenda, title, digests = value["agenda"], value["title"], value["digests"]
    if not (isinstance(agenda, str) and isinstance(title, str) and isinstance(digests, list)):
        raise ValueError
    if not all(isinstance(each, str) for each in digests):
        raise ValueError
    return Written(agenda, title, tuple(digests), value.get("pending") is True)
