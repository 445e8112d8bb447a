"""Days and their bars: aligned numbers, equal segments for equal counts, nothing cut."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from summitcli.render.console import console
from summitcli.render.overview import days, days_by_category
from summitcli.render.setting import Setting
from summitcli.rows import CategoryRow, ConferenceRow, DayRow
from tests.conftest import examples

CATEGORIES = [CategoryRow(f"c{number}", "", {"en": f"C{number}"}, 0, 0) for number in range(12)]


def drawn(picture: object, columns: int = 60) -> list[str]:
    """Return the drawn lines without trailing blanks."""
    stream = io.StringIO()
    made = console(stream, False)
    made.width = columns
    made.print(picture)
    return [line.rstrip() for line in stream.getvalue().splitlines()]


def rows(*counts: int) -> list[DayRow]:
    """Return the given numbers of sessions on the days from 1 August 2015 on."""
    return [DayRow(f"2015-08-{n:02}", n, "", count) for n, count in enumerate(counts, 1)]


def setting(number: int) -> Setting:
    conference = ConferenceRow("c", "C", {"en": "C"}, "en", "UTC", "2015-08-01", "2015-08-31", None, {}, {})
    return Setting(conference, CATEGORIES, number, "en")


def test_the_numbers_of_ten_days_and_more_are_aligned() -> None:
    shown = drawn(days(rows(*[1] * 10), "2015-08-02"))
    assert shown[1] == "▸  2  Sunday 2 August     1  ━━━━━━━━━━━━━━━━━━━━━━━━"
    assert shown[9] == "  10  Monday 10 August    1  ━━━━━━━━━━━━━━━━━━━━━━━━"


def test_without_categories_no_session_is_counted_as_the_rest() -> None:
    made = setting(2)._replace(categories=[])
    shown = drawn(
        days_by_category(made, rows(22, 3), [("2015-08-01", None, 22), ("2015-08-02", None, 3)], {}, "")
    )
    assert [line.split()[-2] for line in shown] == ["22", "3"]


@settings(max_examples=examples(200))
@given(
    held=st.lists(st.lists(st.integers(0, 300), min_size=1, max_size=9), min_size=1, max_size=12),
    columns=st.integers(60, 160),
)
def test_every_segment_is_visible_and_equal_counts_have_equal_widths(
    held: list[list[int]], columns: int
) -> None:
    every = rows(*map(sum, held))
    counts = [
        (day.day, f"c{place}", count)
        for day, of_day in zip(every, held, strict=True)
        for place, count in enumerate(of_day)
        if count
    ]
    shown = drawn(days_by_category(setting(len(held)), every, counts, {}, ""), columns)
    bars = [line for line in shown if "August" in line]
    lengths: dict[int, set[int]] = {}
    for line, of_day in zip(bars, held, strict=True):
        assert cell_len(line) <= columns
        pieces = [piece.count("━") for piece in line.split("╸")[:-1]]
        present = [count for count in of_day if count]
        assert len(pieces) == len(present)
        for count, length in zip(present, pieces, strict=True):
            lengths.setdefault(count, set()).add(length)
    assert [found for found in lengths.values() if len(found) > 1] == []
