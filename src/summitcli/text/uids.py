"""The events that a session is in a calendar, and the names they bear there, settled in one place.

RFC 5545 section 3.8.4.7 wants a UID that never changes, and RFC 7986 section 5.3 one without private data.
Ours is made of the session's id and the conference's, so that every export of a session, by whomever and
whenever, names the same event, and so that an event read back leads to its session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from summitcli.lazy_typing import NamedTuple, Protocol, TypeVar
from summitcli.text.ids import ID

_DOMAIN = ".summitcli"
_OURS = re.compile(
    rf"(?P<session>{ID})(?:\.(?:[2-9]|[1-9][0-9]{{1,5}}))?@(?P<conference>{ID}){re.escape(_DOMAIN)}"
)


class Held(Protocol):
    """When and where a session is held, as :class:`~summitcli.rows.SlotRow` says it."""

    @property
    def day(self) -> str:
        """The ISO date."""

    @property
    def all_day(self) -> bool:
        """Whether no clock times are known."""

    @property
    def room(self) -> str | None:
        """The room, where it is known."""


Slot = TypeVar("Slot", bound=Held)


class Named(NamedTuple):
    """What a UID of ours names."""

    session: str
    conference: str


def events(slots: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    """The events that ``slots`` of one session are, each as the slots it is made of.

    Days that follow one another in one room, without clock times, are one event; every other slot is one
    of its own.

    Args:
        slots: in order of time, as in :class:`~summitcli.rows.SessionRow`.
    """
    found: list[list[Slot]] = []
    latest: dict[str | None, list[Slot]] = {}
    for slot in slots:
        run = latest.get(slot.room) if slot.all_day else None
        if run and _days_between(run[-1], slot) <= 1:
            run.append(slot)
            continue
        found.append([slot])
        if slot.all_day:
            latest[slot.room] = found[-1]
    return tuple(tuple(event) for event in found)


def uid(session_id: str, conference_id: str, number: int = 1) -> str:
    """The UID of a session's event number ``number``, counted from 1 in the order of :func:`events`.

    The first bears no number, as nearly every session is one event: ``opening@summit-5.summitcli``, and then
    ``opening.2@summit-5.summitcli``. An id holds no ``.`` and no ``@``, so no two events share a UID.
    """
    local = session_id if number == 1 else f"{session_id}.{number}"
    return f"{local}@{conference_id}{_DOMAIN}"


def named_by(uid: str) -> Named | None:
    """The ids of the session and the conference that ``uid`` is made of; None where it is none of ours."""
    ours = _OURS.fullmatch(uid.strip())
    return Named(ours["session"], ours["conference"]) if ours else None


def session_of(uid: str, conference_id: str) -> str | None:
    """The id of the session whose event bears ``uid``; None where that is no UID of this conference."""
    named = named_by(uid)
    return named.session if named and named.conference == conference_id else None


def _days_between(earlier: Held, later: Held) -> int:
    return (date.fromisoformat(later.day) - date.fromisoformat(earlier.day)).days
