"""The manifest of a site: the files of its last publication, by which the next one knows its own files.

It is in a hidden directory of the site, together with the published schedule, with which the next publication
compares, and the log of changes. Nothing in that directory is private; readers don't need it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.library.documents import DAMAGED, document, text
from summitcli.site import PARTS
from summitcli.storage import atomic, paths
from summitcli.text.batches import batches

FOLDER = ".summit-publish"
"""The name of the directory of the program's own files in a site."""
MANIFEST = "manifest.json"
FORMAT = "summit-site/1"

BATCH_SIZE = 10_000
"""The number of pieces of JSON that are written at once."""
LARGEST = 256 * 2**20
"""The size limit of a manifest, in bytes."""


class Part(NamedTuple):
    """The files of a part of a site, such as its pages."""

    inputs: str = ""
    """A digest of all that the files were made from; empty if the publication was not completed."""
    files: Mapping[str, str] = {}
    """The digest of each file, by path."""
    pending: Mapping[str, str] = {}
    """The digests of files that a publication was about to put in place; empty if it was completed."""


class Manifest(NamedTuple):
    """A record of what the last publication wrote, so that the next one knows what to change and remove."""

    parts: Mapping[str, Part] = {}
    """The parts that have been published, by name."""
    updates: int = 0
    """The number of publications that changed sessions; the published schedule is named by it."""
    schedule: str = ""
    """A digest of the published schedule; empty if none has been published completely."""

    def part(self, name: str) -> Part:
        """Return a part of the site; an empty one if it has not been published."""
        return self.parts.get(name) or Part()

    def digests(self, path: str) -> list[str]:
        """Return the digests that a file of the site may have; [] if it is not one of its files.

        One that was not completely published has two.
        """
        listed = (files for part in self.parts.values() for files in (part.files, part.pending))
        return [files[path] for files in listed if path in files]


def read(own: str) -> Manifest | None:
    """Return the manifest in ``own``, the program's own directory in that of a site; None if there is none.

    Raises:
        ScheduleError: it is damaged, or of a later version.
        OSError: it can't be read.
    """
    data = paths.read(os.path.join(own, MANIFEST), LARGEST + 1)
    if data is None:
        return None
    try:
        found = document(data, FORMAT, LARGEST)
        parts = {name: _part(found["parts"][name]) for name in PARTS if name in found["parts"]}
        return Manifest(parts, int(found["updates"]), text(found["schedule"]))
    except DAMAGED:
        sentence = _("{path} is damaged; remove the site and publish it again")
        raise ScheduleError(sentence.format(path=os.path.join(own, MANIFEST))) from None


def write(own: str, manifest: Manifest) -> None:
    """Write the manifest atomically, and sync it to the disk.

    Args:
        own: the program's directory of the site.
        manifest: the manifest.

    Raises:
        OSError: it can't be written.
    """
    parts = {name: part._asdict() for name, part in manifest.parts.items()}
    content = {"format": FORMAT, **manifest._asdict(), "parts": parts}
    # As a whole, the text of a large manifest would take more memory than any page.
    pieces = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(content)
    data = ("".join(batch).encode() for batch in batches(pieces, BATCH_SIZE))
    atomic.write(os.path.join(own, MANIFEST), data, paths.DEFAULT_MODE)


def schedule_path(own: str, updates: int) -> str:
    """Return the path of the published schedule; its file name has the number of publications so far.

    Args:
        own: the program's directory of the site.
        updates: the number of publications so far that changed sessions.
    """
    return os.path.join(own, f"schedule-{updates}.json")


def _part(found: Mapping[str, Mapping[str, str]]) -> Part:
    return Part(text(found["inputs"]), *(_digests(found[name]) for name in ("files", "pending")))


def _digests(found: Mapping[str, str]) -> dict[str, str]:
    return {_safe_path(path): text(digest) for path, digest in found.items()}


def _safe_path(path: str) -> str:
    """Return ``path`` if it is that of a file inside the site.

    Raises:
        ValueError: it leads elsewhere.
    """
    if any(name in ("", ".", "..") or "\\" in name or "\0" in name for name in path.split("/")):
        raise ValueError("it leads out of the site")
    return path
