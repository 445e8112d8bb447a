"""Dates as people type them."""

from datetime import date

import pytest

from summitcli.formats.tables.dates import WrittenDay, find_day, read_day

IN_JULY = WrittenDay(2022, 7, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-07-23", IN_JULY),
        ("2022/7/23", IN_JULY),
        ("2022.07.23", IN_JULY),
        ("20220723", IN_JULY),
        ("2022年7月23日", IN_JULY),
        ("23.07.2022", IN_JULY),
        ("23.7.22", IN_JULY),
        ("23. Juli 2022", IN_JULY),
        ("23 July 2022", IN_JULY),
        ("23rd of July 2022", IN_JULY),
        ("July 23, 2022", IN_JULY),
        ("Jul 23 2022", IN_JULY),
        ("23-Jul-22", IN_JULY),
        ("23 juillet 2022", IN_JULY),
        ("44765", IN_JULY),
        ("23.07.", WrittenDay(0, 7, 23)),
        ("23. Juli", WrittenDay(0, 7, 23)),
        ("July 23", WrittenDay(0, 7, 23)),
        ("7月23日", WrittenDay(0, 7, 23)),
        ("1er août", WrittenDay(0, 8, 1)),
        ("3. März", WrittenDay(0, 3, 3)),
        ("Sa, 23.07.2022", IN_JULY._replace(weekday=5)),
        ("Saturday, 23 July 2022", IN_JULY._replace(weekday=5)),
        ("2022-07-23 (周六)", IN_JULY._replace(weekday=5)),
        ("星期六 7月23日", WrittenDay(0, 7, 23, weekday=5)),
        ("sam. 23/07/2022", WrittenDay(2022, 7, 23, month_first=False, weekday=5)),
        ("23/07/2022", WrittenDay(2022, 7, 23, month_first=False)),
        ("7/23/2022", WrittenDay(2022, 7, 23, month_first=True)),
        ("23-07-2022", WrittenDay(2022, 7, 23, month_first=False)),
        ("03/04/2022", WrittenDay(2022, 4, 3, is_swappable=True)),
        ("3/4", WrittenDay(0, 4, 3, is_swappable=True)),
        ("04/04/2022", WrittenDay(2022, 4, 4)),
        ("29.2.", WrittenDay(0, 2, 29)),
        ("Day 1", WrittenDay(number=1)),
        ("Tag 2", WrittenDay(number=2)),
        ("jour 3", WrittenDay(number=3)),
        ("第1天", WrittenDay(number=1)),
        ("第二天", WrittenDay(number=2)),
        ("2", WrittenDay(number=2)),
        ("Saturday", WrittenDay(weekday=5)),
        ("So", WrittenDay(weekday=6)),
        ("周日", WrittenDay(weekday=6)),
        ("dimanche", WrittenDay(weekday=6)),
    ],
)
def test_a_day(text: str, day: WrittenDay) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31.02.2022",
        "2022-13-01",
        "32/13/2022",
        "23 Foo 2022",
        "ju 23",
        "10:00",
        "1899-01-01",
        "3000-01-01",
        "23.07.2022 x",
        "x" * 100,
        "123456",
        "19999",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DemoConf, 23–24 July 2022", (date(2022, 7, 23), 2022)),
        ("July 23-24, 2022 in Fuzhou", (date(2022, 7, 23), 2022)),
        ("vom 23. bis 24.7.2022", (date(2022, 7, 23), 2022)),
        ("2022年7月23日至26日", (date(2022, 7, 23), 2022)),
        ("Plan 2022-07-23 v3", (date(2022, 7, 23), 2022)),
        ("DemoConf 2022", (None, 2022)),
        ("2022 and 2023", (None, 0)),
        ("Room 20221", (None, 0)),
        ("", (None, 0)),
    ],
)
def test_a_date_in_a_text(text: str, found: tuple[date | None, int]) -> None:
    assert find_day(text) == found
