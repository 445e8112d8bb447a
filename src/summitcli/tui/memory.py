"""The settings that the full-screen browser remembers: whether it showed the grid, and in which colours."""

import json
import os
from typing import NamedTuple

from summitcli.storage import atomic, paths
from summitcli.storage.folders import data

MAX_BYTES = 10_000


class Remembered(NamedTuple):
    """The settings that the browser remembers."""

    grid: bool = False
    """True if the grid is shown instead of the list."""
    theme: str = "terminal"


def path() -> str:
    """Return the path of the file with the settings of the browser."""
    return os.path.join(data(), "browse.json")


def load() -> Remembered:
    """Return the settings that were saved last; the defaults if their file can't be read."""
    try:
        found = json.loads(paths.read(path(), MAX_BYTES) or b"")
        return Remembered(found["grid"] is True, str(found["theme"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Remembered()


def save(remembered: Remembered) -> None:
    """Write the settings to their file. Errors are ignored."""
    try:
        atomic.make_folder(data())
        atomic.write(path(), json.dumps(remembered._asdict()).encode())
    except OSError:
        pass
