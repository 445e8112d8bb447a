"""Tests of the time grid of a day as tables."""

from summitcli.i18n import using_language
from summitcli.site.grid import MAX_COLUMNS, Cell, Table, tables
from summitcli.site.rendering import Here
from summitcli.site.views import Views
from tests.schedules import document, session, timed
from tests.site.sites import FIRST, SECOND, contents_of


def grid_of(*sessions: dict[str, object]) -> list[Table]:
    """Return the tables of the first day."""
    contents = contents_of(document(*sessions))
    views = Views(Here(contents, "en", "index.html"), contents.catalog.categories(), 2)
    listings = [row for row in contents.catalog.listings() if row.day == FIRST]
    rooms = [row.name for row in contents.catalog.rooms()]
    with using_language("en"):
        return tables(FIRST, "Day", ((row, views.row(row)) for row in listings), rooms)


def at(id_: str, start: str, end: str, room: str | None = "A") -> dict[str, object]:
    """Return a session on the first day at these times; those before 08:00 are in the night after it."""
    days = [SECOND if clock < "08:00" else FIRST for clock in (start, end)]
    begin, until = (f"{day}T{clock}:00+02:00" for day, clock in zip(days, (start, end), strict=True))
    return session(id_, timed(FIRST, begin, until, **({"room": room} if room else {})))


def drawn(table: Table) -> list[tuple[str, str]]:
    """Return each line: its time, and its cells as titles with heights, ``.`` for an empty one."""

    def text(cell: Cell) -> str:
        return f"{cell.row.title.text}{cell.height}" if cell.row else "."

    return [(line.name, " ".join(map(text, line.cells))) for line in table.lines]


def test_a_session_spans_the_lines_until_its_end() -> None:
    long = at("x", "10:00", "12:00")
    (table,) = grid_of(long, at("y", "10:00", "11:00", "B"), at("z", "11:30", "12:00", "B"))
    assert table.caption == "Day: A – B"
    assert drawn(table) == [("10:00", "X3 Y1"), ("11:00", "."), ("11:30", "Z1")]


def test_sessions_that_overlap_in_a_room_have_lanes() -> None:
    (table,) = grid_of(at("x", "10:00", "11:00"), at("y", "10:30", "11:30"), at("z", "11:00", "12:00"))
    assert [(column.room, column.lanes) for column in table.columns] == [("A", 2)]
    assert drawn(table) == [("10:00", "X2 ."), ("10:30", "Y2"), ("11:00", "Z2"), ("11:30", ".")]


def test_a_session_without_duration_takes_a_line() -> None:
    (table,) = grid_of(at("x", "10:00", "10:00"), at("y", "10:00", "11:00"), at("z", "11:00", "11:00"))
    assert drawn(table) == [("10:00", "X1 Y1"), ("11:00", "Z1 .")]


def test_the_night_after_the_day_is_marked_and_no_room_comes_last() -> None:
    (table,) = grid_of(at("x", "23:00", "00:30", None), at("y", "22:00", "23:00"))
    assert [column.room for column in table.columns] == ["A", None]
    assert drawn(table) == [("22:00", "Y1 ."), ("23:00", ". X1")]
    (late,) = grid_of(at("x", "00:30", "01:00"), at("y", "00:45", "02:00"))
    assert [line.name for line in late.lines] == ["00:30 +1", "00:45 +1", "01:00 +1"]


def test_a_table_has_few_rooms_and_a_day_without_times_none() -> None:
    many = [at(f"s{number}", "10:00", "11:00", f"Room {number}") for number in range(MAX_COLUMNS + 1)]
    assert [len(table.columns) for table in grid_of(*many)] == [MAX_COLUMNS, 1]
    assert grid_of(session("a")) == []
