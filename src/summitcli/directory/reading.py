"""Reading directories of conferences: the one that comes with the program, files, and URLs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from summitcli.directory.document import MAX_SIZE, parse, unpacked
from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.rows import DirectoryRow
from summitcli.sources.addresses import http_url, is_url, without_password
from summitcli.storage import paths
from summitcli.text.folding import fold

if TYPE_CHECKING:
    from summitcli.directory.remote import Reader

VARIABLE = "SUMMIT_DIRECTORY"
"""The environment variable that names the user's directories of conferences.

Its value is a list of files and URLs, separated by colons. These directories are read in addition to those on
the command line and to the one that comes with the program.
"""

INCLUDED = "conferences.json"
"""The file name of the directory of conferences that comes with the program."""


class Directory(NamedTuple):
    """A directory of conferences that has been read."""

    rows: tuple[DirectoryRow, ...]
    url: str = ""
    """The URL from which the directory was downloaded, including any password; empty for a file."""
    is_local: bool = True
    """True if the URLs in the directory are allowed to lead into the user's own network.

    That is so if the directory is a file, or was downloaded from that network.
    """


class Listed(NamedTuple):
    """A conference in a directory (a published list of conferences), and the directory."""

    row: DirectoryRow
    directory: Directory


def read_all(asked: Sequence[str], environment: str, reader: Reader) -> list[Directory]:
    """Return the directories of conferences, in the order in which names are looked up in them.

    Args:
        asked: the files and URLs given on the command line. If one can't be read, it is an error.
        environment: the value of the environment variable :data:`VARIABLE`. If a directory in it can't be
            read, only a message is given.
        reader: the clock and the functions for messages and downloads.

    Raises:
        NotADirectory: one of ``asked`` is not a directory.
        Unreachable: one of ``asked`` can't be read or downloaded.
        UsageError: a URL can't be downloaded.
    """
    found = [_read(reference, reader) for reference in asked]
    for reference in split(environment):
        if reference not in asked:
            try:
                found.append(_read(reference, reader))
            except (ScheduleError, Unreachable, UsageError) as error:
                reader.warn(str(error))
    return [*found, included()]


def included() -> Directory:
    """Return the directory of conferences that comes with the program."""
    path = included_path()
    return Directory(parse(_content_of(path), path).rows)


def included_path() -> str:
    """Return the path of the directory that comes with the program.

    It is in the installed package, or else in the source tree.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", INCLUDED)
    in_tree = os.path.join(package, "..", "..", "data", INCLUDED)
    return installed if os.path.exists(installed) else in_tree


def listed(directories: Iterable[Directory]) -> Iterator[Listed]:
    """Yield the conferences of all directories; if several have the same name, only the first."""
    names: set[str] = set()
    for directory in directories:
        for row in directory.rows:
            name = fold(row.name)
            if name not in names:
                names.add(name)
                yield Listed(row, directory)


def find_named(directories: Iterable[Directory], name: str) -> Listed | None:
    """Return the first conference called ``name``, ignoring case; None if no directory has one."""
    wanted = fold(name)
    return next((found for found in listed(directories) if fold(found.row.name) == wanted), None)


def split(references: str) -> list[str]:
    """Return the files and URLs in the value of an environment variable, which are separated by colons.

    Colons that belong to a URL don't separate: those after its scheme, before its port, and in its login.
    """
    if os.pathsep != ":":
        return [part for part in references.split(os.pathsep) if part]
    import re

    url = r"(?:https?|webcals?)://(?:[^/:@]*:[^/@]*@)?(?:\[[^\]]*\]|[^/:]*)(?::\d+(?=[/?#:]|$))?[^:]*"
    return re.findall(f"(?i){url}|[^:]+", references)


def _read(reference: str, reader: Reader) -> Directory:
    """Return the directory in ``reference``, a file or URL; warn about entries that can't be used."""
    if is_url(reference):
        from summitcli.directory.remote import read_copy

        url = http_url(reference)
        copy = read_copy(url, reader)
        found = parse(copy.content, url)
        directory = Directory(found.rows, copy.url, copy.is_local)
    else:
        found = parse(_content_of(reference), reference)
        directory = Directory(found.rows)
    if found.left_out:
        sentence = ngettext(
            "{name}: {n} conference without a title, a URL or valid dates was left out",
            "{name}: {n} conferences without a title, a URL or valid dates were left out",
            found.left_out,
            name=without_password(reference),
        )
        reader.warn(sentence)
    return directory


def _content_of(path: str) -> bytes:
    """Return the content of a directory file, decompressed if it is gzip data.

    Raises:
        NotADirectory: the content is too large or damaged.
        Unreachable: the file can't be read.
    """
    sentence = _("can't read {name}").format(name=path)
    try:
        content = paths.read(path, MAX_SIZE + 1)
    except OSError as error:
        raise Unreachable(sentence, error) from error
    if content is None:
        raise Unreachable(sentence, FileNotFoundError(2, os.strerror(2)))
    return unpacked(content, path)
