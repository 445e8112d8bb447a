"""The errors that ``update --check -q`` has reported: ``faults.json`` beside a saved ``source.json``.

Cron may run this command often, and it mails everything that is printed. So the same error is reported only
once a day. If the file can't be read or written, the error is reported again.
"""

from __future__ import annotations

import contextlib
import json
import os

from summitcli.library.documents import DAMAGED, document, text
from summitcli.storage import atomic, paths

FAULTS = "faults.json"
FORMAT = "summit-faults/1"
LARGEST = 2**20
"""The maximum size of the file, in bytes."""

DAY = 24 * 3600
"""The time after which an error is reported again, in seconds."""


def note(folder: str, sentence: str, now: int) -> bool:
    """Return whether to report an error: True if it was not reported in the last 24 hours.

    If True is returned, the error is recorded as reported now.

    Args:
        folder: the schedule's directory.
        sentence: the message of the error.
        now: the current time in seconds since 1970.
    """
    reported = {said: when for said, when in _read(folder).items() if 0 <= now - when < DAY}
    if sentence in reported:
        return False
    content = {"format": FORMAT, "reported": {**reported, sentence: now}}
    with contextlib.suppress(OSError):
        atomic.write(os.path.join(folder, FAULTS), [json.dumps(content, indent=1).encode() + b"\n"])
    return True


def _read(folder: str) -> dict[str, int]:
    """Return the time of the last report of each error, by its message; {} if none was reported."""
    try:
        data = paths.read(os.path.join(folder, FAULTS), LARGEST + 1)
        if data is None:
            return {}
        reported = document(data, FORMAT, LARGEST)["reported"]
        return {text(said): int(when) for said, when in reported.items()}
    except (OSError, *DAMAGED):
        return {}
