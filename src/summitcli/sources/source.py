"""A schedule's origin in one exact state."""

from datetime import datetime
from typing import NamedTuple

from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _

LARGEST = 256 * 2**20
"""The most bytes that are read of one schedule."""


class Hints(NamedTuple):
    """What the place of some bytes, or their user, says of them beside what they say themselves."""

    time_zone: str | None = None
    """For times in no zone: the name of a time zone."""
    url: str | None = None
    """Where they were downloaded from."""
    modified: datetime | None = None
    """When their publisher says to have changed them last, with an offset."""


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

    def read(self) -> bytes:
        """The bytes.

        Raises:
            Unreachable: the file can't be read.
            ScheduleError: there are more than :data:`LARGEST`.
        """
        if self.content is not None:
            return self.content
        assert self.path is not None  # noqa: S101
        try:
            with open(self.path, "rb") as file:
                return limited(file.read(LARGEST + 1), self.name)
        except OSError as error:
            raise Unreachable(_("can't read {name}").format(name=self.name), error) from error


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
