"""Collecting the times, rooms and speakers of sessions in an in-memory database, for SQLite to sort them.

As database rows they take a tenth of the memory of Python objects.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import repeat

from summitcli.catalog.details import session_detail
from summitcli.lazy_typing import NamedTuple
from summitcli.model import Conference, Session, Slot
from summitcli.text.folding import fold

BATCH_SIZE = 1000
"""The number of rows written at once."""

MIDNIGHT = time()
DAY = timedelta(days=1)
MINUTES = 24 * 60

_SCRATCH = """
CREATE TABLE scratch.slot (
  session INTEGER, category INTEGER, day INTEGER, starts INTEGER, ends INTEGER, start TEXT, "end" TEXT,
  minute INTEGER, room TEXT, part INTEGER, parts INTEGER
);
CREATE TABLE scratch.held_by (name TEXT, session INTEGER);
"""

_SLOT = f"INSERT INTO scratch.slot VALUES ({', '.join('?' * 11)})"  # noqa: S608

# A new table numbers its rows from 1 as they come, which takes half the time of row_number().
# Sorted by instant, as the local times of one zone may repeat an hour.
_SORT_SLOTS = """
CREATE TABLE scratch.sorted_slot AS
SELECT rowid AS slot FROM scratch.slot ORDER BY day, start NOT NULL, starts, session, part
"""
_LISTINGS = """
INSERT INTO listing
SELECT sorted.rowid - 1, slot.session, slot.category, slot.day, slot.start, slot."end", slot.starts,
       slot.ends, slot.minute, room.position, slot.part, slot.parts
FROM scratch.sorted_slot AS sorted JOIN scratch.slot ON slot.rowid = sorted.slot
LEFT JOIN room ON room.name = slot.room ORDER BY sorted.rowid
"""
_SORT_SPEAKERS = """
CREATE TABLE scratch.sorted_speaker AS
SELECT name, fold(name) AS folded, count(*) AS sessions FROM scratch.held_by
GROUP BY name ORDER BY folded, name
"""
_SPEAKERS = """
INSERT INTO speaker SELECT rowid - 1, name, folded, sessions FROM scratch.sorted_speaker ORDER BY rowid
"""
_SESSION_DETAIL = "INSERT INTO session_detail VALUES (?, ?, ?, ?, ?)"
_SPEAKER_DETAIL = "INSERT INTO speaker_detail SELECT position, ?, ?, ?, ? FROM speaker WHERE name = ?"
_APPEARANCES = """
INSERT INTO appearance SELECT speaker.position, held_by.session
FROM scratch.held_by JOIN speaker ON speaker.name = held_by.name ORDER BY 1, 2
"""


class _SlotTimes(NamedTuple):
    """The times of a slot (a session on one day), in the forms that the catalog stores.

    ``starts`` and ``ends`` are in seconds since 1970, ``start`` and ``end`` are texts. If no times are
    published, ``starts`` and ``ends`` are the midnights before and after the day, and ``start``, ``end`` and
    ``minute`` are None.
    """

    day: int
    """The number of the conference day, from 1."""
    starts: int
    """The start in seconds since 1970, UTC."""
    ends: int
    start: str | None = None
    """The start as an RFC 3339 timestamp in the conference's time zone."""
    end: str | None = None
    minute: int | None = None
    """The start in minutes since midnight of the conference day."""


class Programme:
    """The slots (days, times and rooms) and speakers of all sessions, collected for writing a catalog.

    Args:
        conference: the conference of the schedule.
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`; an in-memory
            database is attached to it until :meth:`close`.

    Raises:
        sqlite3.Error: the database can't be written.
    """

    def __init__(self, conference: Conference, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._zone = conference.zone
        self._when = lru_cache(maxsize=4096)(self._slot_times)
        self._midnight = cache(self._midnight_of)
        self.days = {day: number for number, day in enumerate(_days(conference), 1)}
        self.sessions_on: Counter[int] = Counter()
        """The number of sessions on each day, by the day's number from 1."""
        self.sessions_of: Counter[int | None] = Counter()
        """The number of sessions in each category, by the category's position (None: no category)."""
        self.listings_of: Counter[int | None] = Counter()
        """The number of slots in each category, by the category's position (None: no category)."""
        self.sessions_in: Counter[str | None] = Counter()
        """The number of sessions in each room, by the room's name (None: no room)."""
        self._slots: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int]] = []
        self._details: list[tuple[object, ...]] = []
        connection.execute("ATTACH ':memory:' AS scratch")
        connection.executescript(_SCRATCH)

    def add(self, position: int, session: Session, category: int | None) -> None:
        """Add the slots, speakers and details of a session.

        Args:
            position: the position of the session in the schedule.
            session: the session.
            category: the position of the session's category; None if it has none.
        """
        slots = session.slots
        self.sessions_of[category] += 1
        self.listings_of[category] += len(slots)
        if len(slots) == 1:
            (slot,) = slots
            when = self._when(slot.day, slot.start, slot.end, *_folds(slot))
            self._slots.append((position, category, *when, slot.room, 1, 1))
            self.sessions_on[when.day] += 1
            self.sessions_in[slot.room] += 1
        else:
            held = [self._when(slot.day, slot.start, slot.end, *_folds(slot)) for slot in slots]
            pairs = sorted(zip(held, slots, strict=True), key=lambda pair: pair[0][:3])
            for part, (when, slot) in enumerate(pairs, 1):
                self._slots.append((position, category, *when, slot.room, part, len(slots)))
            self.sessions_on.update({when.day for when in held})
            self.sessions_in.update({slot.room for slot in slots})
        if session.speakers:
            self._names += zip(dict.fromkeys(session.speakers), repeat(position))
        if detail := session_detail(position, session):
            self._details.append(detail)
        if len(self._slots) + len(self._names) >= BATCH_SIZE:
            self._flush()

    def longest(self) -> int:
        """Write the slots that are still in memory, and return the duration of the longest slot in seconds.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        ((longest,),) = self._connection.execute("SELECT max(ends - starts) FROM scratch.slot")
        return longest or 0

    def write_listings(self) -> None:
        """Fill the table ``listing``; call this after adding all sessions and filling the table ``room``.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._connection.execute(_SORT_SLOTS)
        self._connection.execute(_LISTINGS)

    def write_speakers(self, details: Iterable[tuple[object, ...]]) -> None:
        """Fill the tables of speakers, sorted by name without regard to case.

        Call this after adding all sessions.

        Args:
            details: a row for each speaker with details: the columns of the table ``speaker_detail`` except
                for the first, then the speaker's name.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._connection.create_function("fold", 1, fold, deterministic=True)
        self._connection.execute(_SORT_SPEAKERS)
        self._connection.execute(_SPEAKERS)
        self._connection.execute("DROP TABLE scratch.sorted_speaker")
        self._connection.execute(_APPEARANCES)
        self._connection.executemany(_SPEAKER_DETAIL, details)

    def close(self) -> None:
        """Detach the in-memory database; call this after the transaction in which the catalog is filled."""
        self._connection.execute("DETACH scratch")

    def _flush(self) -> None:
        self._connection.executemany(_SLOT, self._slots)
        self._connection.executemany("INSERT INTO scratch.held_by VALUES (?, ?)", self._names)
        self._connection.executemany(_SESSION_DETAIL, self._details)
        self._slots.clear()
        self._names.clear()
        self._details.clear()

    def _slot_times(
        self, day: date, start: datetime | None, end: datetime | None, _start_fold: int, _end_fold: int
    ) -> _SlotTimes:
        """Return the times of a slot; this method is cached, as many slots have the same times.

        ``_start_fold`` and ``_end_fold`` only distinguish the entries of the cache: datetimes that differ in
        nothing but ``fold`` compare equal.
        """
        number = self.days[day]
        if start is None or end is None:
            return _SlotTimes(number, self._midnight(day), self._midnight(day + DAY))
        begins, ends = start.astimezone(self._zone), end.astimezone(self._zone)
        minute = (begins.toordinal() - day.toordinal()) * MINUTES + begins.hour * 60 + begins.minute
        seconds = int(begins.timestamp()), int(ends.timestamp())
        return _SlotTimes(number, *seconds, begins.isoformat(), ends.isoformat(), minute)

    def _midnight_of(self, day: date) -> int:
        """Return the midnight at which ``day`` begins, in seconds since 1970."""
        return int(datetime.combine(day, MIDNIGHT, self._zone).timestamp())


def _folds(slot: Slot) -> tuple[int, int]:
    return (slot.start.fold if slot.start else 0), (slot.end.fold if slot.end else 0)


def _days(conference: Conference) -> Iterator[date]:
    day = conference.start
    while day <= conference.end:
        yield day
        day += DAY
