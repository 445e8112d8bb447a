"""The entries of a file found again among the sessions of a schedule.

An entry is known by our own UID, by the code that pretalx gives a proposal, or as any session is
(:class:`summitcli.identity.Index`): by the publisher's guid, its id, the page that it links to, or its title
together with its time. What could mean two sessions means neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from summitcli.agenda.importing.entries import Entry, read
from summitcli.agenda.picks import Days, whole_or
from summitcli.identity import Identity, Index, identity
from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.text.folding import fold
from summitcli.text.uids import NO_SHARED_GUIDS, session_uid, session_uid_of

_PRETALX = re.compile(r"pretalx-.+-([A-Z0-9]{3,16})(?:-[0-9]+)?@.+")
"""``pretalx-{event}-{code}@{host}``, with ``-{n}`` after the code of what is held more than once."""

_AFTER_PATH = re.compile(r"[?#].*")
_BEFORE_SPEAKERS = " - "
"""What pretalx writes between a title and the speakers' names."""

_MOST_STEPS = 10
"""How often the end of a title is taken for speakers' names: a title may hold any number of hyphens."""

Key = TypeVar("Key")


class Match(NamedTuple):
    """A session that a file names."""

    session: SessionRow
    days: Days
    """The days of it that are meant, or None for the whole session."""
    moved: bool
    """Whether the file has it at a time when it is not held any more."""


class Takeover(NamedTuple):
    """What a file names, in its order."""

    matched: tuple[Match, ...]
    """Each session once."""
    unmatched: tuple[str, ...]
    """What is not in the schedule, cancelled, or could mean two sessions, as the file has it: make it
    printable before it is shown."""


def take_over(
    data: bytes,
    name: str,
    conference: ConferenceRow,
    sessions: Iterable[SessionRow],
    shared: Mapping[str, str] = NO_SHARED_GUIDS,
    picked: Mapping[str, str] = NO_SHARED_GUIDS,
) -> Takeover:
    """Return what the file ``data`` names of a schedule.

    Args:
        data: the whole file.
        name: the file, for messages.
        conference: the schedule's conference.
        sessions: every session of the schedule.
        shared: the guids that are not one session's alone, as :func:`summitcli.text.uids.session_uid` has
            them.
        picked: the ids of the sessions that agendas have, by their UIDs there.

    Raises:
        NotImportable: the file is of none of the known kinds, damaged, empty or too large.
    """
    entries = read(data, name, conference.id, ZoneInfo(conference.time_zone))
    known = _Known(conference.id, sessions, shared, picked)
    matched: dict[str, Match] = {}
    unmatched: list[str] = []
    for entry in entries:
        session = None if entry.cancelled else known.find(entry)
        if session is None:
            unmatched.append(entry.text)
            continue
        match, strays = _meant(entry, session)
        unmatched.extend(strays)
        if match is not None:
            earlier = matched.get(session.id)
            matched[session.id] = _together(earlier, match) if earlier else match
    return Takeover(tuple(matched.values()), tuple(unmatched))


class _Known:
    """The sessions of a schedule by everything that an entry may know them by."""

    def __init__(
        self,
        conference_id: str,
        sessions: Iterable[SessionRow],
        shared: Mapping[str, str],
        picked: Mapping[str, str],
    ) -> None:
        sessions = list(sessions)
        self._sessions = sessions
        self._index = Index(list(map(identity, sessions)))
        self._by_id = {session.id: session for session in sessions}
        # The later ones count most: what we wrote of an agenda, whatever it would be called now.
        self._by_uid = {session_uid(one.id, conference_id): one for one in sessions}
        self._by_uid |= {session_uid(one.id, conference_id, one.guid, shared): one for one in sessions}
        self._by_uid |= {uid: self._by_id[id_] for uid, id_ in picked.items() if id_ in self._by_id}
        self._by_code = _unambiguous((_last_part(one.url), one) for one in sessions if one.url)

    def find(self, entry: Entry) -> SessionRow | None:
        """Return the session that ``entry`` names; None where there is none, or more than one."""
        found = self._named_by(entry.uid, entry.title or "") if entry.uid else None
        for title in _without_speakers(entry.title or ""):
            if found:
                break
            position = self._index.find(_identity(entry, title))
            found = None if position is None else self._sessions[position]
        return found

    def _named_by(self, uid: str, title: str) -> SessionRow | None:
        if found := self._by_uid.get(session_uid_of(uid) or ""):
            return found
        pretalx = _PRETALX.fullmatch(uid)
        if pretalx:
            return self._by_code.get(pretalx[1])
        # Many programs begin a UID with the event's id; a number alone would fit any conference.
        session = self._by_id.get(uid.partition("@")[0].lower())
        return session if session and fold(title) in _titles(session) else None


def _meant(entry: Entry, session: SessionRow) -> tuple[Match | None, tuple[str, ...]]:
    """What ``entry`` means of ``session``, and what it names that can't be meant.

    A session that is held on one day has moved when it is named on another; of one that is held on
    several it can't be told which is meant instead.
    """
    strays: tuple[str, ...]
    if entry.only_then:
        then = _key(entry.when or "")
        days = tuple(slot.day for slot in session.slots if _time(slot) == then)
        strays = () if days else (entry.text,)
    elif entry.days is None:
        return Match(session, None, False), ()
    else:
        days = tuple(day for day in entry.days if day in session.days)
        strays = tuple(f"{session.id}, {day}" for day in entry.days if day not in session.days)
    if strays and len(session.days) == 1:
        return Match(session, None, True), ()
    return (Match(session, whole_or(days, session), False) if days else None), strays


def _together(one: Match, other: Match) -> Match:
    """Two matches of one session as one."""
    days = None if one.days is None or other.days is None else one.days + other.days
    return Match(one.session, whole_or(days, one.session), one.moved or other.moved)


def _key(moment: datetime | str) -> float | str:
    """A moment to compare: an instant whatever its offset, or a day."""
    return moment.timestamp() if isinstance(moment, datetime) else moment


def _time(slot: SlotRow) -> float | str:
    """The same of when a slot begins."""
    return _key(datetime.fromisoformat(slot.start) if slot.start else slot.day)


def _titles(session: SessionRow) -> set[str]:
    return {fold(title) for title in (session.title, *session.titles.values())}


def _identity(entry: Entry, title: str) -> Identity:
    """Return what an entry says of its session, of the title that is meant."""
    when = entry.when
    start = when.isoformat() if isinstance(when, datetime) else None
    slots = [SlotRow(str(when)[:10], start, start, start is None, None)] if when else []
    return Identity(entry.id or "", title, entry.guid or entry.uid, None, entry.url, (), slots)


def _without_speakers(title: str) -> Iterator[str]:
    """Yield ``title``, and what it may be when it has speakers' names after it."""
    for _step in range(_MOST_STEPS):
        yield title
        title = title.rpartition(_BEFORE_SPEAKERS)[0]
        if not title:
            return


def _last_part(url: str) -> str:
    """The last step of an address's path, where pretalx has a proposal's code."""
    return _AFTER_PATH.sub("", url).strip().rstrip("/").rpartition("/")[2]


def _unambiguous(pairs: Iterable[tuple[Key, SessionRow]]) -> Mapping[Key, SessionRow]:
    """Those keys that lead to one session, with it."""
    found: dict[Key, SessionRow | None] = {}
    for key, session in pairs:
        earlier = found.setdefault(key, session)
        if earlier is not session:
            found[key] = None
    return {key: session for key, session in found.items() if session is not None}
