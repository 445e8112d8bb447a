"""The files of the user's other calendars: single .ics files, and directories of such files."""

from __future__ import annotations

import os

from summitcli.i18n import ngettext
from summitcli.storage import paths

MAX_FILES = 20_000
"""The maximum number of .ics files in a directory; directories with more are not read."""


def calendar_files(path: str) -> list[str] | None:
    """Return the paths of the .ics files in a directory, sorted by name; None if ``path`` is no directory.

    In such a directory, a vdir, khal and vdirsyncer keep one file for each event. Hidden files, which are
    used while others are written, are left out, and so are files in subdirectories.

    Raises:
        OSError: the directory can't be read.
    """
    if not os.path.isdir(path):
        return None
    names = sorted(paths.files_in(path))
    return [
        os.path.join(path, name)
        for name in names
        if name.casefold().endswith(".ics") and not name.startswith(".")
    ]


def uncounted_days(number: int) -> str:
    """Return the sentence that ``number`` whole-day events of a calendar don't count; empty if it is 0."""
    if not number:
        return ""
    return ngettext(
        "{n} whole-day event is not marked as busy and does not count",
        "{n} whole-day events are not marked as busy and don't count",
        number,
    )
