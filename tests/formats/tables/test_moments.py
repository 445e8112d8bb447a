"""Cells that say when."""

from datetime import UTC, datetime

import pytest

from summitcli.formats.tables.clocks import Clocks
from summitcli.formats.tables.dates import WrittenDay
from summitcli.formats.tables.moments import Moment, read_moment

JULY = WrittenDay(2022, 7, 23)
TEN = Clocks(600)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", Moment()),
        ("TBA", Moment()),
        (" – ", Moment()),
        ("待定", Moment()),
        ("10:00", Moment(clocks=TEN)),
        ("2022-07-23", Moment(JULY)),
        ("2022-07-23 10:00", Moment(JULY, TEN)),
        ("2022-07-23T10:00:00", Moment(JULY, TEN)),
        ("23.07.2022, 10:00 Uhr", Moment(JULY, TEN)),
        ("23 July 2022 at 10:00", Moment(JULY, TEN)),
        ("10:00, 23 July 2022", Moment(JULY, TEN)),
        ("2022年7月23日上午10:00", Moment(JULY, TEN)),
        ("Sat 23 July 2022 10:00–11:00", Moment(JULY._replace(weekday=5), Clocks(600, 660))),
        ("2022-07-23 10:00 - 2022-07-23 11:00", Moment(JULY, Clocks(600, 660), end_day=JULY)),
        ("2022-07-23T10:00:00Z", Moment(instant=datetime(2022, 7, 23, 10, tzinfo=UTC))),
    ],
)
def test_a_moment(text: str, moment: Moment) -> None:
    assert read_moment(text) == moment


def test_a_column_of_days_prefers_days() -> None:
    assert read_moment("10.12", is_day=True) == Moment(WrittenDay(0, 12, 10))
    assert read_moment("10.12") == Moment(clocks=Clocks(612))
    assert read_moment("1", is_day=True) == Moment(WrittenDay(number=1))


@pytest.mark.parametrize("text", ["soon", "after lunch", "1", "x" * 100, "10:00 10:00 10:00"])
def test_what_can_not_be_read(text: str) -> None:
    assert read_moment(text) is None
