"""Matching the entries of an imported file with the sessions of a schedule.

An entry is a reference to one session in that file. It is matched by our own UID, by a pretalx proposal code,
or like any session (:class:`summitcli.identity.Index`) by the publisher's GUID, the ID, the linked page, or
title and time. An ambiguous entry is not matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from summitcli.agenda.importing.entries import Entry, read
from summitcli.agenda.picks import Days, normalized_days
from summitcli.i18n import _
from summitcli.identity import Identity, Index, identity
from summitcli.lazy_typing import NamedTuple, TypeVar
from summitcli.progress import steps
from summitcli.rows import MARKS, ConferenceRow, Mark, SessionRow, SlotRow
from summitcli.text.folding import fold
from summitcli.text.status import TENTATIVE
from summitcli.text.uids import NO_SHARED_GUIDS, session_uid, session_uid_of

_PRETALX = re.compile(r"pretalx-.+-([A-Z0-9]{3,16})(?:-[0-9]+)?@.+")
"""The pattern of UIDs written by pretalx: ``pretalx-{event}-{code}@{host}``.

Sessions held repeatedly have ``-{n}`` after the code.
"""

_AFTER_PATH = re.compile(r"[?#].*")
_BEFORE_SPEAKERS = " - "
"""The separator that pretalx puts between a title and the speakers' names."""

_MAX_SEPARATORS = 10
"""The largest number of ``" - "`` in a title at which it is tentatively cut, to remove speakers' names."""

Key = TypeVar("Key")


class Match(NamedTuple):
    """A session, and the days of it to pick, to which an entry of an imported file refers."""

    session: SessionRow
    days: Days
    """The days of the session that the entry refers to, as ISO dates, or None for all of them."""
    moved: bool
    """True if the entry has a time or day at which the session is not held any more."""
    mark: Mark = "yes"


class FileMatches(NamedTuple):
    """The sessions that an imported file refers to, and its entries for which no session was found.

    Both are in the order of the file."""

    matched: tuple[Match, ...]
    """The sessions found, each only once."""
    unmatched: tuple[str, ...]
    """The text of each entry that is cancelled, or for which not exactly one session was found.

    The texts come from the file and must be made printable before they are shown.
    """


def match_file(
    data: bytes,
    name: str,
    conference: ConferenceRow,
    sessions: Iterable[SessionRow],
    shared: Mapping[str, str] = NO_SHARED_GUIDS,
    picked: Mapping[str, str] = NO_SHARED_GUIDS,
) -> FileMatches:
    """Return the sessions of a schedule that a file refers to.

    Args:
        data: the whole file.
        name: the file's name, for messages.
        conference: the schedule's conference.
        sessions: all sessions of the schedule.
        shared: the GUIDs that several sessions share, for :func:`summitcli.text.uids.session_uid`.
        picked: the session IDs of the picks in the user's agendas, by the UID of the pick.

    Raises:
        NotImportable: the file type is unknown, or the file is damaged, empty or too large.
    """
    entries = read(data, name, conference.id, ZoneInfo(conference.time_zone))
    known = _SessionIndex(conference.id, steps(_("reading"), sessions), shared, picked)
    matched: dict[str, Match] = {}
    unmatched: list[str] = []
    for entry in steps(_("comparing"), entries, len(entries)):
        session = None if entry.cancelled else known.find(entry)
        if session is None:
            unmatched.append(entry.text)
            continue
        match, missed = _match(entry, session)
        unmatched.extend(missed)
        if match is not None:
            earlier = matched.get(session.id)
            matched[session.id] = _merged(earlier, match) if earlier else match
    return FileMatches(tuple(matched.values()), tuple(unmatched))


class _SessionIndex:
    """An index of a schedule's sessions by everything that can identify an entry."""

    def __init__(
        self,
        conference_id: str,
        sessions: Iterable[SessionRow],
        shared: Mapping[str, str],
        picked: Mapping[str, str],
    ) -> None:
        sessions = list(sessions)
        self._sessions = sessions
        self._index = Index(map(identity, steps(_("preparing"), sessions, len(sessions))))
        self._by_id = {session.id: session for session in sessions}
        # Later ones take precedence: UIDs in agendas are kept, even if they would be made differently now.
        self._by_uid = {session_uid(session.id, conference_id): session for session in sessions}
        self._by_uid |= {
            session_uid(session.id, conference_id, session.guid, shared): session for session in sessions
        }
        self._by_uid |= {uid: self._by_id[id_] for uid, id_ in picked.items() if id_ in self._by_id}
        self._by_code = _unambiguous((_last_part(each.url), each) for each in sessions if each.url)

    def find(self, entry: Entry) -> SessionRow | None:
        """Return the session that ``entry`` refers to; None if there is none or it is ambiguous."""
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
        # Many programs begin a UID with the session's ID. Compare titles, too: numbers match any conference.
        session = self._by_id.get(uid.partition("@")[0].lower())
        return session if session and fold(title) in _titles(session) else None


def _match(entry: Entry, session: SessionRow) -> tuple[Match | None, tuple[str, ...]]:
    """Match an entry with the session found for it, and return also texts for days that can't be picked.

    If the session is held on one day only, an entry for another day has moved to that day. If it is held on
    several days, it is unknown to which it has moved, and the entry's day is reported in the texts. The match
    is None if no day is left.
    """
    unmatched: tuple[str, ...]
    # A session that is tentative itself says nothing of who may attend it.
    mark: Mark = "maybe" if entry.tentative and session.status != TENTATIVE else entry.mark
    if entry.only_then:
        then = _key(entry.when or "")
        days = tuple(slot.day for slot in session.slots if _time(slot) == then)
        unmatched = () if days else (entry.text,)
    elif entry.days is None:
        return Match(session, None, False, mark), ()
    else:
        days = tuple(day for day in entry.days if day in session.days)
        unmatched = tuple(f"{session.id}, {day}" for day in entry.days if day not in session.days)
    if unmatched and len(session.days) == 1:
        return Match(session, None, True, mark), ()
    return (Match(session, normalized_days(days, session), False, mark) if days else None), unmatched


def _merged(match: Match, other: Match) -> Match:
    """Return one match for two matches of the same session, with the days of both and the first mark."""
    days = None if match.days is None or other.days is None else match.days + other.days
    mark = min(match.mark, other.mark, key=MARKS.index)
    return Match(match.session, normalized_days(days, match.session), match.moved or other.moved, mark)


def _key(moment: datetime | str) -> float | str:
    """Return a key that is equal for equal times: the Unix timestamp of a datetime; an ISO date as it is."""
    return moment.timestamp() if isinstance(moment, datetime) else moment


def _time(slot: SlotRow) -> float | str:
    """Return the comparison key (see :func:`_key`) of a slot's start, or of its day if it has no times."""
    return _key(datetime.fromisoformat(slot.start) if slot.start else slot.day)


def _titles(session: SessionRow) -> set[str]:
    return {fold(title) for title in (session.title, *session.titles.values())}


def _identity(entry: Entry, title: str) -> Identity:
    """Return a session identity with ``title`` and the other details of ``entry``, to search for."""
    when = entry.when
    start = when.isoformat() if isinstance(when, datetime) else None
    slots = [SlotRow(str(when)[:10], start, start, start is None, None)] if when else []
    return Identity(entry.id or "", title, entry.guid or entry.uid, None, entry.url, (), slots)


def _without_speakers(title: str) -> Iterator[str]:
    """Yield ``title``, and what is left after cutting off possible names of speakers at its end.

    ``Maps - A - B`` gives ``Maps - A - B``, ``Maps - A`` and ``Maps``.
    """
    for _step in range(_MAX_SEPARATORS):
        yield title
        title = title.rpartition(_BEFORE_SPEAKERS)[0]
        if not title:
            return


def _last_part(url: str) -> str:
    """Return the last part of a URL's path, such as ``ABC123``, which in pretalx is the proposal's code."""
    return _AFTER_PATH.sub("", url).strip().rstrip("/").rpartition("/")[2]


def _unambiguous(pairs: Iterable[tuple[Key, SessionRow]]) -> Mapping[Key, SessionRow]:
    """Return a mapping of keys to sessions, without the keys that occur with several sessions."""
    found: dict[Key, SessionRow | None] = {}
    for key, session in pairs:
        earlier = found.setdefault(key, session)
        if earlier is not session:
            found[key] = None
    return {key: session for key, session in found.items() if session is not None}
