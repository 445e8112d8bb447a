"""The events that a session is in a calendar, and the names they bear there, settled in one place.

RFC 5545 section 3.8.4.7 wants a UID that never changes, and RFC 7986 section 5.3 one without private data.
Ours is made of the publisher's guid, or where there is none of the session's id, and of the conference's id.
So every export of a session, by whomever and whenever, names the same event, and an event that is read back
leads to its session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from summitcli.lazy_typing import NamedTuple, Protocol, TypeVar
from summitcli.text.ids import ID

_DOMAIN = ".summitcli"
_LOCAL = "[A-Za-z0-9._-]"
_NUMBER = r"\.(?:[2-9]|[1-9][0-9]{1,5})"
_OURS = re.compile(rf"(?P<local>{_LOCAL}+?)(?:{_NUMBER})?@(?P<conference>{ID}){re.escape(_DOMAIN)}", re.ASCII)
_PLAIN = re.compile(_LOCAL + "{1,64}")
_NUMBERED = re.compile(r".*\.[0-9]+", re.DOTALL)
"""What ends as the UIDs of further events do."""

ID_PROPERTY = "X-SUMMITCLI-ID"
"""In our calendars the session's id, where its UID is made of something else (RFC 5545 section 3.8.8.2)."""

NOT_SHARED: Mapping[str, str] = MappingProxyType({})
"""No guid is borne by two sessions."""


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
    """What a UID of ours is made of."""

    local: str
    """The id of the session, its guid, or a hash of that."""
    conference: str
    """The id of the conference."""


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


def session_uid(
    session_id: str, conference_id: str, guid: str | None = None, shared: Mapping[str, str] = NOT_SHARED
) -> str:
    """Return the UID of a session's first event.

    It is made of the guid where there is one: as it is where it is short and of letters, digits, ``.``, ``_``
    and ``-``, else of a hash. Of the sessions that share a guid, the first has the guid's own UID and the
    others one of the guid and their ids.

    Args:
        session_id: the name that people type.
        conference_id: the conference's.
        guid: the publisher's own name of the session.
        shared: by each guid that is not one session's alone, the id of the session that has the UID of it.
    """
    if not guid:
        local = session_id
    elif shared.get(guid, session_id) != session_id:
        return parted_uid(session_id, conference_id, guid)
    else:
        local = guid if _PLAIN.fullmatch(guid) and not _NUMBERED.fullmatch(guid) else _hash(guid)
    return f"{local}@{conference_id}{_DOMAIN}"


def parted_uid(session_id: str, conference_id: str, guid: str | None) -> str:
    """Return the UID of a session whose own is another's already."""
    local = _hash("\0".join((guid or "", session_id)))
    return f"{local}@{conference_id}{_DOMAIN}"


def event_uid(session_uid: str, number: int = 1) -> str:
    """Return the UID of a session's event number ``number``, counted from 1 in the order of :func:`events`.

    The first bears no number, as nearly every session is one event: ``opening@summit-5.summitcli``, and then
    ``opening.2@summit-5.summitcli``. No session's own UID ends so before its ``@``, so no two events share
    one.
    """
    if number == 1:
        return session_uid
    local, at, domain = session_uid.rpartition("@")
    return f"{local}.{number}{at}{domain}"


def named_by(uid: str) -> Named | None:
    """Return what ``uid`` is made of; None where it is none of ours."""
    ours = _OURS.fullmatch(uid.strip())
    if ours is None or _NUMBERED.fullmatch(ours["local"]):
        return None
    return Named(ours["local"], ours["conference"])


def session_uid_of(uid: str) -> str | None:
    """Return the UID of the session whose event bears ``uid``; None where it is none of ours."""
    named = named_by(uid)
    return f"{named.local}@{named.conference}{_DOMAIN}" if named else None


def is_session_uid(text: str) -> bool:
    """Return whether ``text`` is a session's UID of ours, that of its first event."""
    return session_uid_of(text) == text


def _hash(text: str) -> str:
    """Return 32 hexadecimal digits that stand for a text, whatever is in it."""
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _days_between(earlier: Held, later: Held) -> int:
    return (date.fromisoformat(later.day) - date.fromisoformat(earlier.day)).days
