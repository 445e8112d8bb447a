"""The result of reading a schedule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, Self

from summitcli.formats.findings import Findings
from summitcli.formats.places import Step, write_path
from summitcli.i18n import _
from summitcli.model import Schedule, Session
from summitcli.progress import steps


class Sessions(Protocol):
    """The sessions of a schedule in order, created one by one on each iteration.

    Iteration may raise :class:`~summitcli.errors.InvalidSchedule`.
    """

    def __iter__(self) -> Iterator[Session]: ...

    def __len__(self) -> int: ...

    def ids(self) -> Sequence[str]:
        """Return the ID of each session, in order."""
        ...


class ListedSessions:
    """Sessions held in memory.

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
        """Return the ID of each session, in order."""
        return [session.id for session in self._sessions]


class SessionsWithProgress:
    """Sessions that report progress while they are iterated over.

    Args:
        work: the name of the work, in the user's language, such as "reading".
        sessions: the sessions.
    """

    def __init__(self, work: str, sessions: Sessions) -> None:
        self._work = work
        self._sessions = sessions

    def __iter__(self) -> Iterator[Session]:
        return iter(steps(self._work, self._sessions, len(self._sessions)))

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        """Return the ID of each session, in order."""
        return self._sessions.ids()


Steps = tuple[Step, ...]
"""The path to a value within a session, such as ``("slots", 0)``."""


class Origin(NamedTuple):
    """The place of a part of a session in the source."""

    path: str
    line: int | None = None
    """The line, counted from 1, if the reader of the source knows it; otherwise it follows from the path."""


def own_origin(session: int, steps: Steps) -> Origin:
    """Return the place of a part of a session in a file of our own format, as its path in the file.

    Args:
        session: the position of the session in the file's list of sessions.
        steps: the path from the session to the part.
    """
    return Origin(write_path(("sessions", session, *steps)))


class Parsed(NamedTuple):
    """A schedule that the model accepts, and the findings about its source.

    Its sessions are created one by one, so that a large schedule is never in memory as a whole.
    """

    outline: Schedule
    """The schedule without its sessions."""
    sessions: Sessions
    findings: Findings
    """The irregularities in the source; complete once the sessions have been iterated over."""
    codes: Mapping[str, str] = {}
    """The ID that a session would get from the source alone, by the session's ID, if the two differ."""
    cancelled: frozenset[str] = frozenset()
    """The GUIDs of the events that the publisher marks as cancelled."""
    origin: Callable[[int, Steps], Origin] = own_origin
    """A function that returns where a part of a session is in the source, given the session's index."""
    hours: Mapping[date, tuple[datetime, datetime]] = {}
    """The start and end of each day for which the source states them."""

    @classmethod
    def of(
        cls, schedule: Schedule, findings: Findings | None = None, cancelled: frozenset[str] = frozenset()
    ) -> Self:
        """Return a :class:`Parsed` of ``schedule``, whose sessions are in memory.

        Args:
            schedule: the schedule.
            findings: the irregularities that its reader found; None for none.
            cancelled: the GUIDs of the events that the publisher marks as cancelled.
        """
        outline = schedule.model_copy(update={"sessions": ()})
        sessions = ListedSessions(schedule.sessions)
        return cls(outline, sessions, findings or Findings(), cancelled=cancelled)

    def with_progress(self, work: str) -> Self:
        """Return the same schedule with sessions that report progress while they are iterated over.

        ``work`` is the name of the work, in the user's language.
        """
        return self._replace(sessions=SessionsWithProgress(work, self.sessions))

    def check(self) -> Findings:
        """Iterate over all sessions, so that the findings are complete, and return the findings.

        Raises:
            InvalidSchedule: a session is invalid.
        """
        for _session in self.with_progress(_("checking")).sessions:
            pass
        return self.findings

    @property
    def schedule(self) -> Schedule:
        """Return the whole schedule, with its sessions in memory."""
        return self.outline.model_copy(update={"sessions": tuple(self.sessions)})
