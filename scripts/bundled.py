"""Build the catalog of the bundled schedule, which the wheel includes so that the first command is fast."""

import os

from summitcli.catalog.writing import write
from summitcli.formats import parse
from summitcli.library.folder import BUNDLED
from summitcli.library.reference import resolve

NAME = "schedule.sqlite"


def build(folder: str) -> str:
    """Write the catalog into ``folder``, which only its owner may write to, and return its path.

    Raises:
        OSError: it can't be written.
    """
    source = resolve(BUNDLED)
    path = os.path.join(folder, NAME)
    if not write(path, parse(source.read(), source.name, source.hints), source):
        raise PermissionError(f"{folder} is writable by other users")
    return path
