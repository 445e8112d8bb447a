"""Where schedules that are kept lie: ``schedules/`` in the folder of :func:`summitcli.storage.folders.data`.

Whether one of them is in use is asked at every command, so this imports nothing that reads one.
"""

import os

from summitcli.storage import atomic, folders

BUNDLED = "bundled"
"""The name of the schedule that comes with the program."""
CURRENT = "current"
"""The file that holds the name of the one in use."""


def root() -> str:
    """The folder that has a folder for each of them."""
    return os.path.join(os.path.abspath(folders.data()), "schedules")


def current_path() -> str:
    """The file that holds the name of the one in use."""
    return os.path.join(root(), CURRENT)


def is_one_in_use() -> bool:
    """Whether a name is noted, readable or not; otherwise the bundled schedule is in use."""
    return atomic.may_be_there(current_path())
