"""What reading a schedule gives."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, Self

from summitcli.formats.findings import Findings
from summitcli.i18n import _
from summitcli.model import Schedule, Session
from summitcli.progress import steps


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


class ToldSessions:
    """Sessions of which it is told how many have been gone through.

    Args:
        work: what is done with them.
        sessions: all of them.
    """

    def __init__(self, work: str, sessions: Sessions) -> None:
        self._work = work
        self._sessions = sessions

    def __iter__(self) -> Iterator[Session]:
        return iter(steps(self._work, self._sessions, len(self._sessions)))

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        return self._sessions.ids()


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

    def telling(self, work: str) -> Self:
        """Return the same, of whose sessions it is told how far ``work`` on them is."""
        return self._replace(sessions=ToldSessions(work, self.sessions))

    def check(self) -> Findings:
        """Return all that is odd about the source, for which the sessions are gone through.

        Raises:
            InvalidSchedule: a session is none.
        """
        for _session in self.telling(_("checking")).sessions:
            pass
        return self.findings

    @property
    def schedule(self) -> Schedule:
        """The whole, in memory."""
        return self.outline.model_copy(update={"sessions": tuple(self.sessions)})
