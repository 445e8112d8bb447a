"""Building a catalog: sessions are read one by one, once, and none stays in memory."""

import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from summitcli.catalog import build as module
from summitcli.catalog.build import build
from summitcli.catalog.queries import Catalog
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import Parsed
from summitcli.model import Conference, Schedule, Session, Slot, Text
from tests.listeners import Recorded, recording

DAY = date(2024, 10, 27)
"""The day on which Berlin's clock repeats the hour from two to three."""
BERLIN = ZoneInfo("Europe/Berlin")


class Stream:
    """Sessions that are created on demand and counted while they are in memory.

    Args:
        number: the number of sessions.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._alive = 0
        self.most_alive = 0
        self.readings = 0

    def __iter__(self) -> Iterator[Session]:
        self.readings += 1
        for n in range(self._number):
            session = Session(
                id=f"s{n}",
                title=Text(f"数字经济 Forum {n}"),
                slots=(Slot(day=DAY, room=f"R{n % 7}"),),
                speakers=(f"Speaker {n}",),
            )
            self._alive += 1
            self.most_alive = max(self._alive, self.most_alive)
            weakref.finalize(session, self._gone)
            yield session

    def __len__(self) -> int:
        return self._number

    def ids(self) -> Sequence[str]:
        return [f"s{n}" for n in range(self._number)]

    def _gone(self) -> None:
        self._alive -= 1


def schedule_of(*sessions: Session) -> Schedule:
    return Schedule(
        format="summit-schedule/1",
        conference=Conference(
            id="c", title=Text("C"), language="zh", time_zone="Europe/Berlin", start=DAY, end=DAY
        ),
        sessions=sessions,
    )


def build_in_memory(stream: Stream) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed(schedule_of(), stream, Findings()), connection, "test")


def test_nothing_is_written_before_journals_are_turned_off() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        build(Parsed(schedule_of(), Stream(1), Findings()), connection, "test", page_size=1024)
    assert statements[:2] == ["PRAGMA page_size = 1024", "PRAGMA journal_mode = OFF"]


@pytest.mark.parametrize("searchable", [True, False])
def test_sessions_are_read_once_and_released(searchable: bool) -> None:
    stream = Stream(3000)
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed(schedule_of(), stream, Findings()), connection, "test", searchable=searchable)
        catalog = Catalog(connection)
        assert catalog.counts() == (3000, 3000)
        assert [row.sessions for row in catalog.rooms()] == [429, 429, 429, 429, 428, 428, 428]
        assert len(catalog.speakers()) == 3000
        assert (len(catalog.search("Forum 2999").hits) > 0) is searchable
        assert "scratch" not in [name for _, name, _ in connection.execute("PRAGMA database_list")]
    assert stream.readings == 1
    assert stream.most_alive <= 2


def test_an_hour_that_the_clock_repeats_is_two() -> None:
    def at(id_: str, minute: int, fold: int) -> Session:
        start = datetime(2024, 10, 27, 2, minute, tzinfo=BERLIN, fold=fold)
        end = datetime(2024, 10, 27, 2, minute + 10, tzinfo=BERLIN, fold=fold)
        return Session(id=id_, title=Text(id_), slots=(Slot(day=DAY, start=start, end=end),))

    sessions = (at("late", 0, 1), at("early", 0, 0), at("between", 30, 0))
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(schedule_of(*sessions)), connection, "test")
        listings = Catalog(connection).listings()
    assert [(row.id, row.start) for row in listings] == [
        ("early", "2024-10-27T02:00:00+02:00"),
        ("between", "2024-10-27T02:30:00+02:00"),
        ("late", "2024-10-27T02:00:00+01:00"),
    ]


def test_rooms_without_an_order_are_in_natural_order_after_those_that_have_one() -> None:
    start, end = datetime(2024, 10, 27, 8, tzinfo=UTC), datetime(2024, 10, 27, 9, tzinfo=UTC)
    sessions = [
        Session(id=f"s{n}", title=Text("T"), slots=(Slot(day=DAY, start=start, end=end, room=room),))
        for n, room in enumerate(["Room 10", "room 2", "Yard", "Room 1", "Hall 3"])
    ]
    whole = schedule_of(*sessions)
    conference = whole.conference.model_copy(update={"rooms": ("Yard", "Hall 3")})
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(whole.model_copy(update={"conference": conference})), connection, "test")
        rooms = [row.name for row in Catalog(connection).rooms()]
    assert rooms == ["Yard", "Hall 3", "Room 1", "room 2", "Room 10"]


def test_speakers_are_in_the_order_of_the_alphabet_whatever_the_case() -> None:
    names = ("bo", "Änne", "Zoë", "Bo", "李雷", "ada", "Ａda")
    start, end = datetime(2024, 10, 27, 8, tzinfo=UTC), datetime(2024, 10, 27, 9, tzinfo=UTC)
    sessions = [
        Session(id=f"s{n}", title=Text("T"), slots=(Slot(day=DAY, start=start, end=end),), speakers=names[n:])
        for n in range(2)
    ]
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(schedule_of(*sessions)), connection, "test")
        speakers = Catalog(connection).speakers()
    assert [(row.name, row.sessions) for row in speakers] == [
        ("ada", 2), ("Ａda", 2), ("Bo", 2), ("bo", 1), ("Zoë", 2), ("Änne", 2), ("李雷", 2),
    ]  # fmt: skip


def test_progress_is_reported_while_the_index_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INSTRUCTIONS_BETWEEN_REPORTS", 100)
    with recording() as recorded:
        build_in_memory(Stream(3))
    told = [one for one in recorded.told if one != "end"]
    assert list(dict.fromkeys(told)) == [("preparing", 0, 3), ("writing", 3, None)]
    assert recorded.told[-1] == "end"


def test_an_interrupt_while_the_index_is_written_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "INSTRUCTIONS_BETWEEN_REPORTS", 100)

    def interrupt(_listener: Recorded, work: str, _done: int, _total: int | None) -> None:
        if work == "writing":
            raise KeyboardInterrupt

    monkeypatch.setattr(Recorded, "show", interrupt)
    with recording() as recorded, pytest.raises(KeyboardInterrupt):
        build_in_memory(Stream(3))
    assert recorded.told[-1] == "end"
