"""Tests for rules: their syntax, and random ones compared with dateutil and zoneinfo.

`make soak` tries many more.
"""

import contextlib
import random
from datetime import date

import pytest

from summitcli.formats.calendars.rules import Rule, Weekday, days_of_year, read_rule
from tests.formats.calendars.random_rules import compare_rule, compare_set, compare_zone


def test_rules_give_the_times_of_dateutil() -> None:
    chance = random.Random("rules")
    for _turn in range(75):
        compare_rule(chance)


def test_several_rules_and_dates_give_the_times_of_dateutil() -> None:
    chance = random.Random("sets")
    for _turn in range(100):
        compare_set(chance)


def test_defined_zones_have_the_offsets_of_zoneinfo() -> None:
    chance = random.Random("zones")
    for _turn in range(100):
        compare_zone(chance)


@pytest.mark.parametrize(
    ("part", "values", "others"),
    [
        ("BYMONTH", (1, 12), (0, 13, -1)),
        ("BYMONTHDAY", (1, 31, -1, -31), (0, 32, -32)),
        ("BYYEARDAY", (1, 366, -1, -366), (0, 367, -367)),
        ("BYWEEKNO", (1, 53, -1, -53), (0, 54, -54)),
        ("BYHOUR", (0, 23), (24, -1)),
        ("BYMINUTE", (0, 59), (60, -1)),
        ("BYSECOND", (0, 59), (60, -1)),
        ("BYSETPOS", (1, 366, -1, -366), (0, 367, -367)),
    ],
)
def test_values_of_a_part_are_within_range(
    part: str, values: tuple[int, ...], others: tuple[int, ...]
) -> None:
    rule = read_rule(f"FREQ=YEARLY;BYDAY=MO;{part}={','.join(map(str, values))}")
    assert tuple(sorted(values)) in rule
    for other in others:
        with pytest.raises(ValueError):
            read_rule(f"FREQ=YEARLY;BYDAY=MO;{part}={other}")


@pytest.mark.parametrize(
    ("part", "frequencies"),
    [
        ("BYMONTH=1", "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY"),
        ("BYMONTHDAY=1", "YEARLY MONTHLY DAILY HOURLY MINUTELY"),
        ("BYYEARDAY=1", "YEARLY HOURLY MINUTELY"),
        ("BYWEEKNO=1", "YEARLY"),
        ("BYDAY=MO", "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY"),
        ("BYDAY=1MO", "YEARLY MONTHLY"),
        ("BYDAY=-1MO;BYMONTH=1", "YEARLY MONTHLY"),
        ("BYDAY=MO;BYWEEKNO=1", "YEARLY"),
        ("BYDAY=1MO;BYWEEKNO=1", ""),
        ("BYSETPOS=1", ""),
        ("BYSETPOS=1;BYHOUR=9", "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY"),
        ("BYSETPOS=1;BYDAY=MO", "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY"),
    ],
)
def test_parts_may_be_combined_with_some_frequencies(part: str, frequencies: str) -> None:
    accepted = []
    for frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY", ""):
        with contextlib.suppress(ValueError):
            accepted.append(read_rule(f"FREQ={frequency};{part}").frequency)
    assert accepted == frequencies.split()


def test_a_part_that_a_rule_lacks_has_its_default() -> None:
    default = Rule("DAILY", 1, None, None, 0, (), (), (), (), (), (), (), (), ())
    assert read_rule("FREQ=DAILY") == Rule("DAILY") == default
    assert read_rule(" freq = daily ;; INTERVAL = 1 ; WKST=MO;") == default
    assert read_rule("FREQ=DAILY;WKST=SU").week_start == 6
    for odd in ("FREQ=DAILY;WKST=XX", "FREQ=DAILY;COUNT", "FREQ=DAILY;COUNT=", "FREQ=DAILY;BYEASTER=1"):
        with pytest.raises(ValueError):
            read_rule(odd)


def test_numbered_weekdays_are_counted_from_either_end_of_a_year() -> None:
    rule = read_rule("FREQ=YEARLY;BYDAY=53MO,-53SU,+1TU,WE")
    assert rule.weekdays == (Weekday(53, 0), Weekday(-53, 6), Weekday(1, 1), Weekday(0, 2))
    for odd in ("54MO", "-54MO", "100MO", "MOO", "1", ""):
        with pytest.raises(ValueError):
            read_rule(f"FREQ=YEARLY;BYDAY={odd}")


@pytest.mark.parametrize(
    ("rule", "longer"),
    [
        ("FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 64), ",MO"),
        ("FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 64), ",1"),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7;BYMINUTE=0,1,2,3,4,5,6,7", ",8"),
        ("FREQ=DAILY;BYHOUR=0,1;BYMINUTE=0,1;BYSECOND=" + ",".join(map(str, range(16))), ",16"),
        ("FREQ=DAILY" + ";" * 990, ";"),
        ("FREQ=DAILY;COUNT=" + "9" * 18, "9"),
    ],
    ids=["weekdays", "numbers", "clocks", "seconds", "letters", "digits"],
)
def test_a_rule_may_not_be_too_long(rule: str, longer: str) -> None:
    assert read_rule(rule).frequency in rule
    with pytest.raises(ValueError):
        read_rule(rule + longer)


def test_longer_intervals_are_capped() -> None:
    assert read_rule("FREQ=DAILY;INTERVAL=1000000").interval == 1_000_000
    assert read_rule("FREQ=DAILY;INTERVAL=1000001").interval == 1_000_000


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY", ["2024-03-25"]),
        ("FREQ=YEARLY;BYMONTH=1,12", ["2024-01-25", "2024-12-25"]),
        ("FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=1,2,12", ["2024-01-31", "2024-12-31"]),
        ("FREQ=YEARLY;BYYEARDAY=1,60,366", ["2024-01-01", "2024-02-29", "2024-12-31"]),
        ("FREQ=YEARLY;BYYEARDAY=-1,-366", ["2024-01-01", "2024-12-31"]),
        ("FREQ=YEARLY;BYDAY=1MO,-1TU", ["2024-01-01", "2024-12-31"]),
        ("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3,10", ["2024-03-31", "2024-10-27"]),
    ],
)
def test_a_yearly_rule_falls_on_days_of_a_year(rule: str, days: list[str]) -> None:
    found = days_of_year(read_rule(rule), date(2020, 3, 25), 2024)
    assert [day.isoformat() for day in found] == days
