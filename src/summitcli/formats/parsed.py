"""A schedule as the readers of all formats return it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol, Self

from summitcli.formats.findings import Findings
from summitcli.formats.places import Step, write_path
from summitcli.i18n import _
from summitcli.model import Schedule, Session
from summitcli.progress import steps


class Sessions(Protocol):
    """The sessions of a schedule in order. Each iteration over them creates them again, one by one.

    An iteration may raise :class:`~summitcli.errors.InvalidSchedule`.
    """

    def __iter__(self) -> Iterator[Session]: ...

    def __len__(self) -> int: ...

    def ids(self) -> Sequence[str]:
        """Return the IDs of the sessions, in order."""
        ...


class ListedSessions:
    """Sessions that are all held in memory.

    Args:
        sessions: the sessions in order.
    """

    def __init__(self, sessions: Iterable[Session]) -> None:
        self._sessions = tuple(sessions)

    def __iter__(self) -> Iterator[Session]:
        return iter(self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        """Return the IDs of the sessions, in order."""
        return [session.id for session in self._sessions]


class SessionsWithProgress:
    """The sessions of a schedule; an iteration over them reports its progress.

    Args:
        work: the name of the work that is shown, in the language of the output, such as "reading".
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
        """Return the IDs of the sessions, in order."""
        return self._sessions.ids()


Steps = tuple[Step, ...]
"""The path from a session to a value in it, such as ``("slots", 0)``."""


class Origin(NamedTuple):
    """The place in the source from which a session, or a part of one, was read."""

    path: str
    line: int | None = None
    """The line, counted from 1. If it is None, it can be found from the path."""


def own_origin(session: int, steps: Steps) -> Origin:
    """Return the place of a session, or of a part of one, in a file of our own format.

    Args:
        session: the index of the session in the file's list of sessions.
        steps: the path from the session to the part, such as ``("slots", 0)``.
    """
    return Origin(write_path(("sessions", session, *steps)))


class Parsed(NamedTuple):
    """A valid schedule, and the findings (irregularities) in its source.

    Its sessions are created one by one, so that a large schedule is never in memory as a whole.
    """

    outline: Schedule
    """The schedule without its sessions."""
    sessions: Sessions
    findings: Findings
    """The irregularities in the source. They are complete after an iteration over the sessions."""
    codes: Mapping[str, str] = {}
    """The IDs of the sessions whose ID was changed: ``{present ID: ID made from the source alone}``.

    A session's ID is changed, for example, to the one that it had in an earlier version.
    """
    cancelled: frozenset[str] = frozenset()
    """The GUIDs of the events that the publisher marks as cancelled."""
    origin: Callable[[int, Steps], Origin] = own_origin
    """A function that takes the index of a session and a path in it, and returns the place in the source."""
    hours: Mapping[date, tuple[datetime, datetime]] = {}
    """The start and end of each day, for the days whose start and end the source states."""

    @classmethod
    def of(
        cls, schedule: Schedule, findings: Findings | None = None, cancelled: frozenset[str] = frozenset()
    ) -> Self:
        """Return a :class:`Parsed` for a schedule whose sessions are in memory.

        Args:
            schedule: the schedule.
            findings: the irregularities that were found in its source; None if there are none.
            cancelled: the GUIDs of the events that the publisher marks as cancelled.
        """
        outline = schedule.model_copy(update={"sessions": ()})
        sessions = ListedSessions(schedule.sessions)
        return cls(outline, sessions, findings or Findings(), cancelled=cancelled)

    def with_progress(self, work: str) -> Self:
        """Return the same schedule; an iteration over its sessions reports its progress.

        Args:
            work: the name of the work that is shown, in the language of the output, such as "reading".
        """
        return self._replace(sessions=SessionsWithProgress(work, self.sessions))

    def check(self) -> Findings:
        """Iterate over all sessions and return the findings, which are complete only then.

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
