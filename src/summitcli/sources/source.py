"""A schedule's origin in one exact state."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.storage import paths

if TYPE_CHECKING:
    from datetime import date, datetime

LARGEST = 256 * 2**20
"""The most bytes that are read of one schedule."""


_PLAIN = (b"{", b"[", b"<", b"B", b" ", b"\n")
"""How formats begin that are not packed, so that they are read without loading what unpacks."""


class Hints(NamedTuple):
    """What the place of some bytes, or their user, says of them beside what they say themselves."""

    time_zone: str | None = None
    """The name of the conference's time zone, whatever the bytes say of it."""
    url: str | None = None
    """Where they were downloaded from."""
    modified: datetime | None = None
    """When their publisher says to have changed them last, with an offset."""
    id: str | None = None
    """The conference's id in the library, which it has whatever the source calls it."""
    called: str | None = None
    """What the user calls a conference that the source does not name."""
    around: date | None = None
    """A day that is to be within the days that are read, where they are too many for one conference."""
    names: Callable[[], Mapping[str, str] | None] | None = None
    """Reads the ids that sessions keep, by the id that the source alone would give them; None is damaged."""


NO_HINTS = Hints()


class Source(NamedTuple):
    """A schedule's origin in one exact state.

    ``name`` is what the user would call it. ``identity`` changes whenever the bytes may have changed.
    ``content`` holds the bytes where they had to be read to know the identity; otherwise ``path`` says
    where they are.
    """

    name: str
    identity: str
    path: str | None = None
    content: bytes | None = None
    hints: Hints = NO_HINTS
    place: str = ""
    """What stays the same in every state, where that is not the path."""
    fingerprint: str = ""
    """Of the bytes, where they must be the very ones that were kept."""
    prepared: str = ""
    """The path of the catalog that is installed with the program, where one may be."""

    @property
    def home(self) -> str:
        """What names the source whatever its state; a source that is known by its bytes alone is each time
        another.
        """
        return self.place or (os.path.abspath(self.path) if self.path else self.identity)

    def read(self) -> bytes:
        """The bytes, unpacked where they are packed with gzip.

        Raises:
            Unreachable: the file can't be read, or what should be kept lies behind a link that leads nowhere.
            ScheduleError: there are more than :data:`LARGEST`, or they are damaged.
        """
        content = self._read()
        if content[:1] in _PLAIN:
            return content
        from summitcli.sources.packed import unpacked

        return unpacked(content, self.name, LARGEST)

    def _read(self) -> bytes:
        if self.content is not None:
            return self.content
        assert self.path is not None  # noqa: S101
        if self.fingerprint:
            return self._kept(self.path)
        try:
            with open(self.path, "rb") as file:
                return limited(file.read(LARGEST + 1), self.name)
        except OSError as error:
            raise Unreachable(_("can't read {name}").format(name=self.name), error) from error

    def _kept(self, path: str) -> bytes:
        """Return the bytes of the file at ``path``, which must be the very ones that were kept."""
        try:
            content = paths.read(path, LARGEST + 1)
        except paths.NotAFile as error:
            sentence = _('can\'t read "{name}": {fault}')
            raise ScheduleError(sentence.format(name=self.name, fault=error)) from None
        except OSError as error:
            if paths.is_of_the_path(error):
                raise Unreachable(_("can't read {name}").format(name=self.name), error) from error
            raise self._damaged() from error
        if content is None or fingerprint(content) != self.fingerprint:
            raise self._damaged()
        return content

    def _damaged(self) -> ScheduleError:
        sentence = _('the saved copy of "{name}" is damaged; download it again with `summit update {name}`')
        return ScheduleError(sentence.format(name=self.name))


def in_zone(source: Source, time_zone: str | None) -> Source:
    """Return ``source`` as a conference in ``time_zone``; unchanged where that is None."""
    if time_zone is None:
        return source
    return source._replace(
        identity=f"{source.identity} in {time_zone}",
        hints=source.hints._replace(time_zone=time_zone),
        place=f"{source.home} in {time_zone}",
        prepared="",
    )


def around(source: Source, day: date | None) -> Source:
    """Return ``source`` read around a day if it has more days than a conference; as it is for None."""
    if day is None:
        return source
    return source._replace(
        identity=f"{source.identity} around {day}",
        hints=source.hints._replace(around=day),
        place=f"{source.home} around {day}",
        prepared="",
    )


def fingerprint(content: bytes | memoryview) -> str:
    """What tells these bytes from all others."""
    try:
        # ``hashlib`` loads OpenSSL as well, which takes a third as long as a small answer.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def limited(content: bytes, name: str) -> bytes:
    """``content``, if it is no more than is read of a schedule.

    Raises:
        ScheduleError: it is more.
    """
    must_fit(len(content), name)
    return content


def must_fit(size: int, name: str) -> None:
    """Nothing, if ``size`` bytes are no more than is read of a schedule.

    Raises:
        ScheduleError: they are more; ``name`` is the source's.
    """
    if size > LARGEST:
        sentence = _("{name} is too large for a schedule: more than {n} MB")
        raise ScheduleError(sentence.format(name=name, n=LARGEST // 2**20))
