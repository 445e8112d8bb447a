"""The time axis of a grid: rows, columns, and enough lines for each session."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from summitcli.render.grid.axis import Block, Row, blocks, columns, double_booked, lines_of, rows, step
from summitcli.rows import Listing

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = datetime(2024, 5, 1, tzinfo=BERLIN)
PLAIN = Listing(
    "a", "A", {"en": "A"}, None, None, "2024-05-01", 1, None, None, True, 1, 1, None, (), None, None, None
)


def block(start: int, end: int, room: str = "") -> Block:
    """Return a block from one minute of the day to another."""
    begins = int(MIDNIGHT.timestamp())
    return Block(PLAIN._replace(room=room or None), begins + 60 * start, begins + 60 * end, False)


def listing(start: datetime, minutes: int) -> Listing:
    end = start + timedelta(minutes=minutes)
    return PLAIN._replace(start=start.isoformat(), end=end.isoformat(), all_day=False)


def minutes(table: list[Row]) -> list[tuple[float, int, bool]]:
    """Return rows in minutes of the day."""
    begins = MIDNIGHT.timestamp()
    return [((row.start - begins) / 60, row.lines, row.running) for row in table]


def test_rows_begin_at_starts_at_round_times_and_at_the_end() -> None:
    held = [block(540, 600), block(550, 555), block(700, 720)]
    assert minutes(rows(held, [1, 1, 1], 1800, BERLIN)) == [
        (540, 1, True), (550, 1, True), (570, 1, True), (600, 1, False), (700, 1, True), (720, 1, False),
    ]  # fmt: skip


def test_a_session_that_needs_more_lines_gets_them_at_its_end() -> None:
    held = [block(540, 600), block(540, 570)]
    assert minutes(rows(held, [4, 3], 1800, BERLIN)) == [(540, 3, True), (570, 1, True), (600, 1, False)]


def test_round_times_are_local_times() -> None:
    nepal = ZoneInfo("Asia/Kathmandu")
    start = int(datetime(2024, 5, 1, 9, 10, tzinfo=nepal).timestamp())
    table = rows([Block(PLAIN, start, start + 3600, False)], [1], 1800, nepal)
    clocks = [datetime.fromtimestamp(row.start, nepal).strftime("%H:%M") for row in table]
    assert clocks == ["09:10", "09:30", "10:00", "10:10"]


def test_short_sessions_have_a_quarter_of_an_hour_for_a_row_and_long_ones_an_hour() -> None:
    assert [step([block(0, length)]) // 60 for length in (0, 30, 60, 180)] == [15, 15, 30, 60]


def test_rooms_are_in_natural_order_and_none_comes_last() -> None:
    held = [block(0, 1, room) for room in ("Room 10", "", "room 2", "A", "12", "Room " + "9" * 30)]
    assert [column.room for column in columns(held)][:4] == ["12", "A", "room 2", "Room 10"]
    assert columns(held)[-1].room == ""


def test_a_session_of_several_days_is_cut_at_the_end_of_the_day_and_the_others() -> None:
    found = blocks(
        [listing(MIDNIGHT + timedelta(hours=10), 3 * 1440), listing(MIDNIGHT + timedelta(hours=23), 120)],
        BERLIN,
    )
    assert [(one.end - int(MIDNIGHT.timestamp())) // 3600 for one in found] == [25, 25]
    assert [one.cut for one in found] == [True, False]


def test_an_earlier_session_starts_with_the_first_of_the_others() -> None:
    hack = listing(MIDNIGHT - timedelta(hours=6), 40 * 60)
    early, late = listing(MIDNIGHT.replace(hour=8), 60), listing(MIDNIGHT.replace(hour=10), 60)
    for others, first in (([], 9), ([late], 9), ([early, late], 8)):
        begun, *_rest = blocks([hack, *others], BERLIN)
        assert (begun.start, begun.cut) == (int(MIDNIGHT.replace(hour=first).timestamp()), True)


def test_sessions_in_one_room_at_the_same_time_are_double_booked() -> None:
    def held(id_: str, start: int, end: int, room: str = "Hall") -> Block:
        made = block(start, end, room)
        return made._replace(listing=made.listing._replace(id=id_))

    assert double_booked([held("a", 540, 600), held("b", 570, 630)]) == {("a", 1), ("b", 1)}
    for other in (
        held("b", 600, 630),
        held("b", 570, 570),
        held("a", 570, 630),
        held("b", 570, 630, "Ada"),
    ):
        assert double_booked([held("a", 540, 600), other]) == set()
    assert double_booked([held("a", 540, 600, ""), held("b", 540, 600, "")]) == set()


def test_a_repeated_hour_appears_twice() -> None:
    start = datetime(2024, 10, 27, 0, 0, tzinfo=UTC)
    (one,) = blocks([listing(start, 120)._replace(day="2024-10-27")], BERLIN)
    table = rows([one], [1], 3600, BERLIN)
    assert [datetime.fromtimestamp(row.start, BERLIN).hour for row in table] == [2, 2, 3]


@st.composite
def held(draw: st.DrawFn) -> list[Block]:
    starts = draw(st.lists(st.integers(0, 1800), min_size=1, max_size=30))
    return [block(start, start + draw(st.integers(0, 400)), draw(st.sampled_from("ab"))) for start in starts]


@given(held(), st.data(), st.sampled_from([900, 1800, 3600]))
def test_every_session_has_its_lines_and_columns_have_no_overlaps(
    held: list[Block], data: st.DataObject, every: int
) -> None:
    wanted = data.draw(st.lists(st.integers(1, 6), min_size=len(held), max_size=len(held)))
    table = rows(held, wanted, every, BERLIN)
    assert all(before.start < after.start for before, after in pairwise(table))
    for (top, bottom), lines in zip(lines_of(held, table), wanted, strict=True):
        assert bottom - top >= lines
    found = columns(held)
    assert sorted(id(one) for column in found for one in column.blocks) == sorted(map(id, held))
    for column in found:
        places = lines_of(column.blocks, table)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
        assert {one.listing.room or "" for one in column.blocks} == {column.room}
