"""The calendar events of a session, and their UIDs.

RFC 5545 section 3.8.4.7 requires a UID that never changes, and RFC 7986 section 5.3 one without private data.
The UID consists of the publisher's GUID, or the session's ID if there is none, and the conference's ID. So
every export of a session has the same UID, and an imported event can be matched to its session.
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
"""The pattern of texts that end with a dot and a number.

The UIDs of a session's second and later events have such a text before the ``@``.
"""

ID_PROPERTY = "X-SUMMITCLI-ID"
"""The non-standard property (RFC 5545 section 3.8.8.2) for a session's ID if the UID does not contain it."""

NO_SHARED_GUIDS: Mapping[str, str] = MappingProxyType({})
"""The argument ``shared`` of :func:`session_uid` if no two sessions of a schedule have the same GUID."""


class SlotLike(Protocol):
    """The interface of a slot (a session on one day), as :class:`~summitcli.rows.SlotRow` implements it."""

    @property
    def day(self) -> str:
        """Return the conference day of the slot, as an ISO date."""

    @property
    def all_day(self) -> bool:
        """Return whether the slot has no times."""

    @property
    def room(self) -> str | None:
        """Return the name of the slot's room, if known."""


Slot = TypeVar("Slot", bound=SlotLike)


class UidParts(NamedTuple):
    """The parts of a UID made by this program."""

    local: str
    """The part before the ``@``: the session's ID, its GUID, or a hash."""
    conference: str
    """The conference's ID in the UID."""


def events(slots: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    """Return the slots (days, times and rooms) of a session, grouped into calendar events.

    Consecutive all-day slots in the same room are one event; every other slot is an event of its own.

    Args:
        slots: the slots in order of time, as in :class:`~summitcli.rows.SessionRow`.
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
    session_id: str, conference_id: str, guid: str | None = None, shared: Mapping[str, str] = NO_SHARED_GUIDS
) -> str:
    """Return the UID of a session's first event.

    It is made from the GUID, if there is one: unchanged if it is short and consists of letters, digits,
    ``.``, ``_`` and ``-``, otherwise hashed. If several sessions have the same GUID, one of them gets the UID
    made from the GUID alone. The UIDs of the others are made from the GUID and their IDs.

    Args:
        session_id: the ID of the session.
        conference_id: the ID of the conference.
        guid: the publisher's identifier of the session.
        shared: the GUIDs that several sessions have, each with the ID of the session that gets the UID made
            from the GUID alone.
    """
    if not guid:
        local = session_id
    elif shared.get(guid, session_id) != session_id:
        return distinct_uid(session_id, conference_id, guid)
    else:
        local = guid if _PLAIN.fullmatch(guid) and not _NUMBERED.fullmatch(guid) else _hash(guid)
    return f"{local}@{conference_id}{_DOMAIN}"


def distinct_uid(session_id: str, conference_id: str, guid: str | None) -> str:
    """Return a UID made of a hash of GUID and ID, for a session whose regular UID another session has."""
    local = _hash("\0".join((guid or "", session_id)))
    return f"{local}@{conference_id}{_DOMAIN}"


def event_uid(session_uid: str, number: int = 1) -> str:
    """Return the UID of a session's event ``number``, counted from 1 in the order of :func:`events`.

    The first has no number, as nearly every session is one event: ``opening@summit-5.summitcli``, then
    ``opening.2@summit-5.summitcli``. No session's UID has such a number before its ``@``, so UIDs are unique.
    """
    if number == 1:
        return session_uid
    local, at, domain = session_uid.rpartition("@")
    return f"{local}.{number}{at}{domain}"


def parse_uid(uid: str) -> UidParts | None:
    """Return the part before the ``@`` and the conference's ID in ``uid``, the UID of an event.

    Return None if this program did not make it.
    """
    ours = _OURS.fullmatch(uid.strip())
    if ours is None or _NUMBERED.fullmatch(ours["local"]):
        return None
    return UidParts(ours["local"], ours["conference"])


def session_uid_of(uid: str) -> str | None:
    """Return the UID of the session to which the event with this ``uid`` belongs.

    Return None if this program did not make the UID.
    """
    named = parse_uid(uid)
    return f"{named.local}@{named.conference}{_DOMAIN}" if named else None


def is_session_uid(text: str) -> bool:
    """Return whether ``text`` is the UID of a session, which is also the UID of its first event."""
    return session_uid_of(text) == text


def _hash(text: str) -> str:
    """Return the first 32 hexadecimal digits of the SHA-256 of a text."""
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _days_between(earlier: SlotLike, later: SlotLike) -> int:
    return (date.fromisoformat(later.day) - date.fromisoformat(earlier.day)).days
