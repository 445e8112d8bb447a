"""Matching the entries of an imported file with the sessions of a schedule.

An entry names one session. The session is found by its UID, if the UID was made by this program or by
pretalx; otherwise as sessions are recognised everywhere (:class:`summitcli.identity.Index`): by the
publisher's GUID, the ID, the linked page, or title and time. If two sessions fit equally well, the entry is
not matched.
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
"""The form of UIDs that pretalx writes: ``pretalx-{event}-{code}@{host}``.

If a session is held repeatedly, a number follows the code: ``pretalx-{event}-{code}-{n}@{host}``.
"""

_AFTER_PATH = re.compile(r"[?#].*")
_BEFORE_SPEAKERS = " - "
"""The separator that pretalx puts between a title and the speakers' names."""

_MAX_TITLES = 10
"""The maximum number of titles that are tried: the whole title, then without its last part, and so on."""

Key = TypeVar("Key")


class Match(NamedTuple):
    """A session that was found for an entry of an imported file, and the days on which to add it."""

    session: SessionRow
    days: Days
    """The days on which to add the session to the agenda, as ISO dates; None for all its days."""
    moved: bool
    """True if the file has a time or day at which the session is no longer held."""
    mark: Mark = "yes"


class FileMatches(NamedTuple):
    """The sessions that an imported file names, and its entries without a session.

    Both lists have the order of the file.
    """

    matched: tuple[Match, ...]
    """The sessions that were found; each session is in the list only once."""
    unmatched: tuple[str, ...]
    """The entries that are cancelled or have no matching session, each as a text for a message.

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
    """Return the sessions of a schedule that are named in a file.

    Args:
        data: the whole file.
        name: the file's name, for messages.
        conference: the schedule's conference.
        sessions: all sessions of the schedule.
        shared: the result of :func:`summitcli.catalog.guids.shared_guids` for the schedule.
        picked: the session ID of each pick in the user's agendas, by the pick's UID.

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
    """An index of the sessions of a schedule, by all that can identify an entry (UID, GUID, title …)."""

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
        """Return the session that ``entry`` names; None if there is none, or if several fit equally well."""
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
    """Return the match of ``entry`` with ``session``, and a text for each day or time that can't be added.

    An example of such a text is ``tea, 2022-07-23``. If no day can be added, the match is None. If the
    session is held on one day only and the entry has another day, the session has moved, and its present day
    is added. If it is held on several days, it is unknown to which of them it has moved, so the day can't be
    added.

    Args:
        entry: the entry of the imported file.
        session: the session that was found for it.
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
    """Return one match in place of two, with all their days and the higher mark (``yes`` over ``maybe``)."""
    days = None if match.days is None or other.days is None else match.days + other.days
    mark = min(match.mark, other.mark, key=MARKS.index)
    return Match(match.session, normalized_days(days, match.session), match.moved or other.moved, mark)


def _key(moment: datetime | str) -> float | str:
    """Return a key for comparing times: the Unix timestamp of a datetime; an ISO date as it is."""
    return moment.timestamp() if isinstance(moment, datetime) else moment


def _time(slot: SlotRow) -> float | str:
    """Return the comparison key (see :func:`_key`) of a slot's start, or of its day if it has no times."""
    return _key(datetime.fromisoformat(slot.start) if slot.start else slot.day)


def _titles(session: SessionRow) -> set[str]:
    return {fold(title) for title in (session.title, *session.titles.values())}


def _identity(entry: Entry, title: str) -> Identity:
    """Return the identity to search for: ``title`` and the other details of ``entry``."""
    when = entry.when
    start = when.isoformat() if isinstance(when, datetime) else None
    slots = [SlotRow(str(when)[:10], start, start, start is None, None)] if when else []
    return Identity(entry.id or "", title, entry.guid or entry.uid, None, entry.url, (), slots)


def _without_speakers(title: str) -> Iterator[str]:
    """Yield ``title``, and what is left after cutting off possible names of speakers at its end.

    ``Maps - A - B`` gives ``Maps - A - B``, ``Maps - A`` and ``Maps``.
    """
    for _step in range(_MAX_TITLES):
        yield title
        title = title.rpartition(_BEFORE_SPEAKERS)[0]
        if not title:
            return


def _last_part(url: str) -> str:
    """Return the last part of a URL's path: ``ABC123`` of ``https://pretalx.com/x/talk/ABC123/``."""
    return _AFTER_PATH.sub("", url).strip().rstrip("/").rpartition("/")[2]


def _unambiguous(pairs: Iterable[tuple[Key, SessionRow]]) -> Mapping[Key, SessionRow]:
    """Return a mapping from key to session. A key that several sessions have is left out."""
    found: dict[Key, SessionRow | None] = {}
    for key, session in pairs:
        earlier = found.setdefault(key, session)
        if earlier is not session:
            found[key] = None
    return {key: session for key, session in found.items() if session is not None}
