"""The slots and speakers of sessions that go by one by one, put in order by SQLite when all are known.

Until then they are rows of a database in memory, a tenth of the size that they have as objects.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import repeat
from zoneinfo import ZoneInfo

from summitcli.model import Conference, Session, Slot
from summitcli.text.folding import fold

BATCH_SIZE = 1000
"""How many rows are written at once."""

MIDNIGHT = time()
DAY = timedelta(days=1)
MINUTES = 24 * 60

_SCRATCH = """
CREATE TABLE scratch.slot (
  session INTEGER, category INTEGER, day INTEGER, start TEXT, "end" TEXT, starts INTEGER, ends INTEGER,
  minute INTEGER, room TEXT, part INTEGER, parts INTEGER
);
CREATE TABLE scratch.held_by (name TEXT, session INTEGER);
"""

_SLOT = f"INSERT INTO scratch.slot VALUES ({', '.join('?' * 11)})"  # noqa: S608

# By the instant: two datetimes of one zone are compared by the wall clock, which may repeat an hour.
_LISTINGS = """
INSERT INTO listing
SELECT row_number() OVER (ORDER BY slot.day, slot.start NOT NULL, slot.starts, slot.session, slot.part) - 1,
       slot.session, slot.category, slot.day, slot.start, slot."end", slot.starts, slot.ends, slot.minute,
       room.position, slot.part, slot.parts
FROM scratch.slot LEFT JOIN room ON room.name = slot.room
"""
_SPEAKERS = """
INSERT INTO speaker
SELECT row_number() OVER (ORDER BY folded, name) - 1, name, folded, sessions
FROM (SELECT name, fold(name) AS folded, count(*) AS sessions FROM scratch.held_by GROUP BY name)
"""
_APPEARANCES = """
INSERT INTO appearance SELECT speaker.position, held_by.session
FROM scratch.held_by JOIN speaker ON speaker.name = held_by.name ORDER BY 1, 2
"""


class Programme:
    """The slots and speakers of a schedule's sessions.

    Args:
        conference: the schedule's.
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`; another in memory
            is attached to it until :meth:`close`.

    Raises:
        sqlite3.Error: the database can't be written.
    """

    def __init__(self, conference: Conference, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._clock = _Clock(conference.zone)
        self.days = {day: number for number, day in enumerate(_days(conference), 1)}
        self.longest = 0
        """The longest slot, in seconds."""
        self.sessions_on: Counter[int] = Counter()
        """How many sessions each day has, by its number."""
        self.sessions_of: Counter[int | None] = Counter()
        """How many sessions each category has, by its position."""
        self.listings_of: Counter[int | None] = Counter()
        """How many slots each category has, by its position."""
        self.sessions_in: Counter[str | None] = Counter()
        """How many sessions each room has, by its name."""
        self._slots: list[tuple[object, ...]] = []
        self._names: list[tuple[str, int]] = []
        connection.execute("ATTACH ':memory:' AS scratch")
        connection.executescript(_SCRATCH)

    def note(self, position: int, session: Session, category: int | None) -> None:
        """Note the slots and speakers of the session at a position of the schedule.

        Args:
            position: of the session.
            session: the session.
            category: the position of its category.
        """
        slots = [(self.days[slot.day], *self._times(slot), slot.room) for slot in session.slots]
        if len(slots) > 1:
            slots.sort(key=lambda slot: slot[:3])
        for part, (day, starts, ends, start, end, minute, room) in enumerate(slots, 1):
            self._slots.append(
                (position, category, day, start, end, starts, ends, minute, room, part, len(slots))
            )
            if ends - starts > self.longest:
                self.longest = ends - starts
        self.sessions_of[category] += 1
        self.listings_of[category] += len(slots)
        for day in {slot[0] for slot in slots}:
            self.sessions_on[day] += 1
        for room in {slot[-1] for slot in slots}:
            self.sessions_in[room] += 1
        if session.speakers:
            self._names += zip(dict.fromkeys(session.speakers), repeat(position))
        if len(self._slots) + len(self._names) >= BATCH_SIZE:
            self._flush()

    def write_listings(self) -> None:
        """Fill the table ``listing``, when all sessions are noted and the rooms have their positions.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._connection.execute(_LISTINGS)

    def write_speakers(self) -> None:
        """Fill the tables of speakers, when all sessions are noted: in alphabetical order, whatever the case.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._connection.create_function("fold", 1, fold, deterministic=True)
        self._connection.execute(_SPEAKERS)
        self._connection.execute(_APPEARANCES)

    def close(self) -> None:
        """Let go of what was noted, when the transaction is over."""
        self._connection.execute("DETACH scratch")

    def _flush(self) -> None:
        self._connection.executemany(_SLOT, self._slots)
        self._connection.executemany("INSERT INTO scratch.held_by VALUES (?, ?)", self._names)
        self._slots.clear()
        self._names.clear()

    def _times(self, slot: Slot) -> tuple[int, int, str | None, str | None, int | None]:
        """Return when a slot begins and ends, in seconds and as texts, and at which minute of its day.

        A day lasts from its midnight to the next, and has neither texts nor a minute.
        """
        if slot.start is None or slot.end is None:
            return (self._clock.midnight(slot.day), self._clock.midnight(slot.day + DAY), None, None, None)
        starts, start, minute = self._clock.moment(slot.start, slot.start.fold)
        ends, end, _minute = self._clock.moment(slot.end, slot.end.fold)
        return starts, ends, start, end, minute - slot.day.toordinal() * MINUTES


class _Clock:
    """The clock of a time zone; many slots begin and end at the same moments."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.midnight = cache(self._midnight)
        self.moment = lru_cache(maxsize=4096)(self._moment)

    def _midnight(self, day: date) -> int:
        """Return the midnight that a day begins with, in seconds since 1970."""
        return int(datetime.combine(day, MIDNIGHT, self._zone).timestamp())

    def _moment(self, instant: datetime, _fold: int) -> tuple[int, str, int]:
        """Return an instant in seconds since 1970, by the clock, and in the clock's minutes of all days.

        Two datetimes of one zone are equal though one is an hour later, where the clock repeats that hour.
        """
        told = instant.astimezone(self._zone)
        minutes = told.toordinal() * MINUTES + told.hour * 60 + told.minute
        return int(told.timestamp()), told.isoformat(), minutes


def _days(conference: Conference) -> Iterator[date]:
    day = conference.start
    while day <= conference.end:
        yield day
        day += DAY
