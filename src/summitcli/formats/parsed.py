"""What reading a schedule gives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, Self

from summitcli.formats.findings import Findings
from summitcli.model import Schedule, Session


class Sessions(Protocol):
    """The sessions of a schedule in order, made one by one each time that they are gone through.

    Going through them may raise :class:`~summitcli.errors.InvalidSchedule`.
    """

    def __iter__(self) -> Iterator[Session]: ...

    def __len__(self) -> int: ...

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        ...


class ListedSessions:
    """Sessions that are in memory anyway.

    Args:
        sessions: all of them, in order.
    """

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._sessions = tuple(sessions)

    def __iter__(self) -> Iterator[Session]:
        return iter(self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        return [session.id for session in self._sessions]


class Parsed(NamedTuple):
    """A schedule that the model accepts, and what is odd about its source.

    Its sessions come one by one: a large schedule need never be in memory as a whole.
    """

    outline: Schedule
    """The schedule without its sessions."""
    sessions: Sessions
    findings: Findings
    """Complete when the sessions have been gone through once."""
    codes: Mapping[str, str] = {}
    """By a session's id the one that the source alone would give it, where that is another."""
    cancelled: frozenset[str] = frozenset()
    """The guids of what the publisher says to be cancelled."""

    @classmethod
    def of(
        cls, schedule: Schedule, findings: Findings | None = None, cancelled: frozenset[str] = frozenset()
    ) -> Self:
        """Return a schedule that is in memory as a whole."""
        outline = schedule.model_copy(update={"sessions": ()})
        sessions = ListedSessions(schedule.sessions)
        return cls(outline, sessions, findings or Findings(), cancelled=cancelled)

    @property
    def schedule(self) -> Schedule:
        """The whole, in memory."""
        return self.outline.model_copy(update={"sessions": tuple(self.sessions)})
