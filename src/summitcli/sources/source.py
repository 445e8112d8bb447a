"""Sources of schedules: where the bytes of a schedule are, and a text that changes when they change."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.storage import paths

if TYPE_CHECKING:
    from datetime import date, datetime

MAX_SIZE = 256 * 2**20
"""The maximum size of a schedule in bytes, both compressed and decompressed."""


_PLAIN = (b"{", b"[", b"<", b"B", b" ", b"\n")
"""The first bytes of schedules that are not compressed. For these, the gzip code is not imported."""


class Hints(NamedTuple):
    """Facts about a schedule that its bytes do not state; its source or the user gives them."""

    time_zone: str | None = None
    """The name of the conference's time zone; it takes precedence over the one in the schedule."""
    url: str | None = None
    """The URL from which the bytes were downloaded."""
    modified: datetime | None = None
    """The time when the publisher last changed the schedule, with a UTC offset."""
    id: str | None = None
    """The conference's ID in the library; it takes precedence over the one in the schedule."""
    fallback_name: str | None = None
    """The user's name for the conference; it is used if the schedule has none."""
    fallback_title: str | None = None
    """The conference's title, such as that of a saved copy; it is used if the schedule has none."""
    around: date | None = None
    """A day that must be kept. If a schedule has too many days for one conference, some days are left out."""
    kept_ids: Callable[[], Mapping[str, str] | None] | None = None
    """A function that returns the stable IDs of sessions, by the IDs that they have in the source.

    A stable ID is one that a session had before and keeps. The function returns None if the file with the
    stable IDs is damaged.
    """
    sheet: str | None = None
    """The name of the sheet that is read, if the source is a workbook."""
    columns: str | None = None
    """The columns of a spreadsheet by field, such as ``title=Titel,start=Von``."""


NO_HINTS = Hints()


class Source(NamedTuple):
    """The source of a schedule: the place of its bytes, or the bytes themselves.

    ``name`` is shown to users. ``identity`` is a text that changes whenever the bytes may have changed. If
    the bytes had to be read to make that text, they are in ``content``; otherwise ``path`` is the file that
    has them.
    """

    name: str
    identity: str
    path: str | None = None
    content: bytes | None = None
    hints: Hints = NO_HINTS
    place: str = ""
    """A key for the source that stays the same when its bytes change; if empty, ``path`` is that key."""
    fingerprint: str = ""
    """The fingerprint that a saved copy must have (see :func:`fingerprint`); empty if it is no saved copy."""
    prepared: str = ""
    """The path of a catalog (database) of this source that comes with the program; empty if there is none."""

    @property
    def home(self) -> str:
        """Return a key for the source that stays the same when its bytes change.

        It is ``place``, or else ``path``. Standard input has neither: its key depends on the bytes.
        """
        return self.place or (os.path.abspath(self.path) if self.path else self.identity)

    def read(self) -> bytes:
        """Return the bytes, decompressed if they are gzip data.

        Raises:
            Unreachable: the file can't be read, or the path of the saved copy has a broken symbolic link.
            ScheduleError: there are more bytes than :data:`MAX_SIZE`, or they are damaged.
        """
        content = self._read()
        if content[:1] in _PLAIN:
            return content
        from summitcli.sources.packed import decompressed

        return decompressed(content, self.name, MAX_SIZE)

    def _read(self) -> bytes:
        if self.content is not None:
            return self.content
        assert self.path is not None  # noqa: S101
        if self.fingerprint:
            return self._saved_copy(self.path)
        try:
            with open(self.path, "rb") as file:
                return limited(file.read(MAX_SIZE + 1), self.name)
        except OSError as error:
            raise Unreachable(_("can't read {name}").format(name=self.name), error) from error

    def _saved_copy(self, path: str) -> bytes:
        """Return the bytes of the saved copy at ``path`` after checking their fingerprint.

        Raises:
            Unreachable: ``path`` can't be followed, for example because of a broken symbolic link.
            ScheduleError: the copy is missing, damaged or not a file.
        """
        try:
            content = paths.read(path, MAX_SIZE + 1)
        except paths.NotAFile as error:
            sentence = _('can\'t read "{name}": {fault}')
            raise ScheduleError(sentence.format(name=self.name, fault=error)) from None
        except OSError as error:
            if paths.is_path_error(error):
                raise Unreachable(_("can't read {name}").format(name=self.name), error) from error
            raise self._damaged() from error
        if content is None or fingerprint(content) != self.fingerprint:
            raise self._damaged()
        return content

    def _damaged(self) -> ScheduleError:
        sentence = _('the saved copy of "{name}" is damaged; download it again with `summit update {name}`')
        return ScheduleError(sentence.format(name=self.name))


def in_zone(source: Source, time_zone: str | None) -> Source:
    """Return a source that is read with all times in ``time_zone``; the same source if that is None."""
    if time_zone is None:
        return source
    return source._replace(
        identity=f"{source.identity} in {time_zone}",
        hints=source.hints._replace(time_zone=time_zone),
        place=f"{source.home} in {time_zone}",
        prepared="",
    )


def with_table(source: Source, sheet: str | None, columns: str | None) -> Source:
    """Return a source that is read with this sheet and these columns of a spreadsheet.

    If ``sheet`` or ``columns`` is None, the sheet or the columns of ``source`` stay.
    """
    if sheet is None and columns is None:
        return source
    sheet = source.hints.sheet if sheet is None else sheet
    columns = source.hints.columns if columns is None else columns
    return source._replace(
        identity=f"{source.identity} sheet {sheet!r} columns {columns!r}",
        hints=source.hints._replace(sheet=sheet, columns=columns),
        place=f"{source.home} sheet {sheet!r} columns {columns!r}",
        prepared="",
    )


def around(source: Source, day: date | None) -> Source:
    """Return the source with the hint to keep ``day``; the same source if ``day`` is None.

    If the schedule has too many days for one conference, some are left out when it is read, but not ``day``.
    """
    if day is None:
        return source
    return source._replace(
        identity=f"{source.identity} around {day}",
        hints=source.hints._replace(around=day),
        place=f"{source.home} around {day}",
        prepared="",
    )


def with_id(source: Source, id_: str) -> Source:
    """Return a source whose schedule is read with ``id_`` as the ID of its conference."""
    return source._replace(
        identity=f"{source.identity} id {id_}",
        hints=source.hints._replace(id=id_),
        place=f"{source.home} id {id_}",
        prepared="",
    )


def fingerprint(content: bytes | memoryview) -> str:
    """Return a digest of ``content`` (BLAKE2b, 128 bits) as hexadecimal digits."""
    try:
        # ``hashlib`` loads OpenSSL too, which takes a third of the time of a short command.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def limited(content: bytes, name: str) -> bytes:
    """Return ``content`` if it is not too large.

    Raises:
        ScheduleError: it has more than :data:`MAX_SIZE` bytes.
    """
    check_size(len(content), name)
    return content


def check_size(size: int, name: str) -> None:
    """Check that a schedule is not too large.

    Args:
        size: the size in bytes.
        name: the name of the source, for messages.

    Raises:
        ScheduleError: ``size`` exceeds :data:`MAX_SIZE`.
    """
    if size > MAX_SIZE:
        sentence = _("{name} is too large for a schedule: more than {n} MB")
        raise ScheduleError(sentence.format(name=name, n=MAX_SIZE // 2**20))
