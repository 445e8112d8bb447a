"""Writing the files of a site. All are first made in a separate directory and then renamed one by one.

If a file can't be made, for example because the disk is full, the site stays as it was. New files are moved
into the site first, then files that change. Obsolete files are removed last. So at every moment, even if the
process is killed, the links of all pages lead only to files that exist.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import chain

from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import Literal, NamedTuple
from summitcli.site.contents import File
from summitcli.site.manifest import Manifest
from summitcli.storage.atomic import sync_folder, write_all
from summitcli.storage.paths import check_file, open_nonblocking

STAGING = "staging"
"""The name of the directory for files that are not in place yet."""

MAX_IN_MEMORY = 1 << 20
"""The maximum size, in bytes, of a file that is made in memory and written only if it differs.

A larger file is written to the staging directory even if it does not differ.
"""
BLOCK_SIZE = 1 << 16

Kind = Literal["new", "changed", "removed", "kept", "unchanged"]


class Step(NamedTuple):
    """A file of the site, and what publishing does with it, such as ``new`` or ``removed``."""

    kind: Kind
    path: str


class Writer:
    """The writer of the files of a site. The caller must hold the lock of the directory.

    Args:
        folder: the directory of the site.
        own: the directory ``.summit-publish`` in it, with the program's own files.
        last: the manifest of the last publication.
        dry: whether to find out what would be done, without doing it.
    """

    def __init__(self, folder: str, own: str, last: Manifest, dry: bool = False) -> None:
        self._folder = folder
        self._staging = os.path.join(own, STAGING)
        self._last = last
        self._dry = dry
        self.digests: dict[str, dict[str, str]] = {}
        """The digests of the new files, by part of the site and path: ``{"pages": {"index.html": "…"}}``."""
        self.unchanged = 0
        """The number of files that are in place already and need no change."""
        self._folders: set[str] = set()
        """The directories that exist both in the site and among the staged files."""
        self._renamed: dict[str, str] = {}
        """The earlier path of each file whose path now differs in case, on a disk that ignores case."""
        self._made: list[str] = []
        """The directories of the site that this publication has made."""
        self._staged: dict[Kind, list[str]] = {"new": [], "changed": []}

    def stage(self, file: File) -> None:
        """Make a file and keep it in the staging directory, unless the same file is already in place.

        Raises:
            Unreachable: a file that was not published by this program is in its place.
            OSError: the file can't be written.
        """
        before = digest_of(self._place(file.path))
        content, rest = _beginning(file.make())
        if rest is None:
            digest = _digest((content,))
            if digest != before:
                self._write_staged(file.path, (content,))
        else:
            digest = self._write_staged(file.path, chain((content,), rest))
        self.digests.setdefault(file.part, {})[file.path] = digest
        if before is not None and not self._last.digests(file.path):
            if earlier := self._other_case(file.path):
                self._renamed[file.path] = earlier
            elif digest != before:
                raise _foreign(file.path)
        if digest == before:
            if rest is not None and not self._dry:
                os.unlink(self._staged_path(file.path))
            self.unchanged += 1
            return
        self._staged["new" if before is None else "changed"].append(file.path)

    def steps(self) -> Iterator[Step]:
        """Yield a step for each staged file: first for the new files, then for those that change."""
        return (Step(kind, path) for kind, paths in self._staged.items() for path in paths)

    def put_in_place(self) -> None:
        """Rename all staged files to their places: first the new files, then those that change.

        Raises:
            OSError: a file can't be renamed.
        """
        path = None
        for _kind, path in self.steps():
            if path in self._renamed:
                os.rename(self._place(self._renamed[path]), self._place(path))
            os.replace(self._staged_path(path), self._place(path))
        if path is not None:
            sync_folder(os.path.dirname(self._place(path)))

    def obsolete(self, paths: Iterable[str]) -> Iterator[Step]:
        """Yield a step for each of ``paths`` that is not part of the new publication.

        The kind of the step is ``kept`` if somebody else has changed the file, otherwise ``removed``. This
        method itself removes nothing.

        Args:
            paths: the paths of the files of earlier publications.

        Raises:
            OSError: a file can't be read.
        """
        renamed = set(self._renamed.values())
        for path in paths:
            if path in renamed or any(path in files for files in self.digests.values()):
                continue
            if (digest := digest_of(self._place(path))) is not None:
                yield Step("removed" if digest in self._last.digests(path) else "kept", path)

    def remove(self, path: str) -> None:
        """Remove a file, and the directories that are empty afterwards.

        Raises:
            OSError: the file can't be removed.
        """
        os.unlink(self._place(path))
        parent = os.path.dirname(path)
        with contextlib.suppress(OSError):
            while parent:
                os.rmdir(self._place(parent))
                parent = os.path.dirname(parent)

    def discard_staged(self) -> None:
        """Remove the staging directory, even if an interrupted publication has left it.

        If this publication has failed, the directories that it made in the site may be empty. Remove these,
        too.
        """
        if not self._dry:
            shutil.rmtree(self._staging, ignore_errors=True)
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                os.rmdir(self._place(folder))

    def sync_last(self) -> None:
        """Sync the last staged file to the disk: the page where visitors begin.

        This file is put in place after all others.

        Raises:
            OSError: the file can't be synced.
        """
        paths = [*self._staged["new"], *self._staged["changed"]]
        if paths:
            with open(self._staged_path(paths[-1]), "rb+") as file:
                os.fsync(file.fileno())

    def _write_staged(self, path: str, pieces: Iterable[bytes]) -> str:
        """Write a file into the staging directory, and return its digest; in a dry run, write nothing.

        Raises:
            OSError: the file can't be written.
        """
        if self._dry:
            return _digest(pieces)
        # A file where a directory must be is an error now, while nothing has been changed.
        folder, staged = os.path.dirname(path), self._staged_path(path)
        if folder not in self._folders:
            self._make_folder(folder)
            os.makedirs(os.path.dirname(staged), exist_ok=True)
            self._folders.add(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(staged, flags, 0o666)
        try:
            return _digest(pieces, lambda piece: write_all(descriptor, piece))
        finally:
            os.close(descriptor)

    def _make_folder(self, folder: str) -> None:
        """Make a directory of the site, and its parents, unless they exist.

        Raises:
            OSError: it can't be made.
        """
        if folder and not os.path.isdir(self._place(folder)):
            self._make_folder(os.path.dirname(folder))
            os.mkdir(self._place(folder))
            self._made.append(folder)

    def _other_case(self, path: str) -> str | None:
        """Return the path of a published file that differs from ``path`` in case but is the same file.

        Return None if there is no such file. On a disk that distinguishes case, there never is one.
        """
        with contextlib.suppress(OSError):
            for part in self._last.parts.values():
                for earlier in (*part.files, *part.pending):
                    is_alike = earlier.casefold() == path.casefold()
                    if is_alike and os.path.samefile(self._place(earlier), self._place(path)):
                        return earlier
        return None

    def _place(self, path: str) -> str:
        return os.path.join(self._folder, *path.split("/"))

    def _staged_path(self, path: str) -> str:
        return os.path.join(self._staging, *path.split("/"))


def digest_of(path: str) -> str | None:
    """Return the digest of the file ``path``; None if there is no such file.

    Raises:
        OSError: the file can't be read.
    """
    try:
        with open(path, "rb", opener=open_nonblocking) as file:
            check_file(os.fstat(file.fileno()), path)
            return _digest(iter(lambda: file.read(BLOCK_SIZE), b""))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _digest(pieces: Iterable[bytes], use: Callable[[bytes], None] | None = None) -> str:
    """Return the digest (BLAKE2b, 128 bits, hexadecimal) of ``pieces``, and call ``use`` with each piece."""
    digest = blake2b(digest_size=16)
    for piece in pieces:
        digest.update(piece)
        if use is not None:
            use(piece)
    return digest.hexdigest()


def _beginning(pieces: Iterable[bytes]) -> tuple[bytes, Iterator[bytes] | None]:
    """Return the first of ``pieces``, joined, and an iterator over the others; None if there are none.

    The first pieces are as many as are needed for more than :data:`MAX_IN_MEMORY` bytes.
    """
    rest = iter(pieces)
    held: list[bytes] = []
    size = 0
    for piece in rest:
        held.append(piece)
        size += len(piece)
        if size > MAX_IN_MEMORY:
            return b"".join(held), rest
    return b"".join(held), None


def _foreign(path: str) -> Unreachable:
    sentence = _("can't write {name}").format(name=path)
    return Unreachable(sentence, _("it was not published by this program; move or rename it"))
