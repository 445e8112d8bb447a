"""The manifest of a site: a list of the files that its last publication (``summit publish``) wrote.

From it the next publication knows which files of the directory belong to the site. It is in the hidden
directory ``.summit-publish``, together with the log of changes and the published schedule, with which the
next publication compares the new schedule. Nothing there is private. Visitors of the site don't need it.
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
"""The name of the directory of a site in which the program keeps its own files."""
MANIFEST = "manifest.json"
FORMAT = "summit-site/1"

BATCH_SIZE = 10_000
"""The number of pieces of JSON that are written together."""
LARGEST = 256 * 2**20
"""The maximum size of a manifest, in bytes."""


class Part(NamedTuple):
    """The files of a part of a site, such as its pages."""

    inputs: str = ""
    """A digest of everything from which the files were made; empty if the publication was not completed."""
    files: Mapping[str, str] = {}
    """The digest of each file, by path."""
    pending: Mapping[str, str] = {}
    """The digests of new files that a publication was about to move to their final paths.

    It is empty if the publication was completed.
    """


class LastOptions(NamedTuple):
    """The options of the last publication, which apply to the next one unless it gives others.

    An option that was not given is an empty text.
    """

    title: str = ""
    base_url: str = ""
    lang: str = ""
    time_zone: str = ""
    """The time zone in which the schedule was read, if it does not state one."""
    sheet: str = ""
    columns: str = ""

    def under(self, given: LastOptions) -> LastOptions:
        """Return these options, except for those that are given now."""
        return LastOptions(*("" if now else last for last, now in zip(self, given, strict=True)))

    def over(self, last: LastOptions) -> LastOptions:
        """Return these options, with those that are missing taken from ``last``."""
        return LastOptions(*(now or then for now, then in zip(self, last, strict=True)))


class Manifest(NamedTuple):
    """A record of what the last publication wrote. From it the next one knows what to change and remove."""

    parts: Mapping[str, Part] = {}
    """The parts of the site that have been published, by name: its pages and its feeds."""
    updates: int = 0
    """The number of publications that changed sessions. It is in the file name of the published schedule."""
    schedule: str = ""
    """A digest of the published schedule; empty if no publication has been completed."""
    roots: Mapping[str, str] = {}
    """The language of each directory that has ever had the files of a language, such as ``{"en/": "en"}``.

    The directory is empty if the site had only this language.
    """
    conference: str = ""
    """The ID of the conference under which it was published; empty if an older version published the site."""
    options: LastOptions = LastOptions()

    def part(self, name: str) -> Part:
        """Return the part of the site named ``name``; an empty :class:`Part` if it has not been published."""
        return self.parts.get(name) or Part()

    def paths(self, name: str) -> list[str]:
        """Return the paths of a part's files, including files of an interrupted publication."""
        part = self.part(name)
        return list(dict.fromkeys([*part.files, *part.pending]))

    def digests(self, path: str) -> list[str]:
        """Return the digests that the file ``path`` of the site may have; [] if it is no file of the site.

        There are two if the publication of the file was not completed: that of the old file and that of the
        new one.
        """
        listed = (files for part in self.parts.values() for files in (part.files, part.pending))
        return [files[path] for files in listed if path in files]


def read(own: str) -> Manifest | None:
    """Return the manifest of a site; None if there is none.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.

    Raises:
        ScheduleError: the manifest is damaged, or was written by a later version of the program.
        OSError: the manifest can't be read.
    """
    data = paths.read(os.path.join(own, MANIFEST), LARGEST + 1)
    if data is None:
        return None
    try:
        found = document(data, FORMAT, LARGEST)
        parts = {name: _part(found["parts"][name]) for name in PARTS if name in found["parts"]}
        roots = {root: text(language) for root, language in dict(found.get("roots", {})).items()}
        # Versions before these keys wrote neither.
        given, conference = found.get("options", {}), text(found.get("conference", ""))
        options = LastOptions(*(text(given.get(name, "")) for name in LastOptions._fields))
        return Manifest(parts, int(found["updates"]), text(found["schedule"]), roots, conference, options)
    except DAMAGED:
        sentence = _("{path} is damaged; remove the site and publish it again")
        raise ScheduleError(sentence.format(path=os.path.join(own, MANIFEST))) from None


def write(own: str, manifest: Manifest) -> None:
    """Write the manifest atomically, and sync it to the disk.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        manifest: the manifest.

    Raises:
        OSError: the manifest can't be written.
    """
    parts = {name: part._asdict() for name, part in manifest.parts.items()}
    content = {"format": FORMAT, **manifest._asdict(), "parts": parts, "options": manifest.options._asdict()}
    # As a whole, the text of a large manifest would take more memory than any page.
    pieces = json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(content)
    data = ("".join(batch).encode() for batch in batches(pieces, BATCH_SIZE))
    atomic.write(os.path.join(own, MANIFEST), data, paths.DEFAULT_MODE)


def schedule_path(own: str, updates: int) -> str:
    """Return the path of the file with the published schedule, such as ``.summit-publish/schedule-3.json``.

    Args:
        own: the directory ``.summit-publish`` of the site, with the program's own files.
        updates: the number of publications so far that changed sessions, here 3.
    """
    return os.path.join(own, f"schedule-{updates}.json")


def _part(found: Mapping[str, Mapping[str, str]]) -> Part:
    return Part(text(found["inputs"]), *(_digests(found[name]) for name in ("files", "pending")))


def _digests(found: Mapping[str, str]) -> dict[str, str]:
    return {_safe_path(path): text(digest) for path, digest in found.items()}


def _safe_path(path: str) -> str:
    """Return ``path`` if it can only lead to a file inside the site.

    Raises:
        ValueError: the path leads elsewhere.
    """
    if any(name in ("", ".", "..") or "\\" in name or "\0" in name for name in path.split("/")):
        raise ValueError("it leads out of the site")
    return path
