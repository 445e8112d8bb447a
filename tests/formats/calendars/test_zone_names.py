"""Tests for the names of time zones."""

from datetime import timedelta

import pytest

from summitcli.formats.calendars.zone_names import iana_name, zone_of_offset


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/example.org/Tzfile/Europe/Berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("W. Europe Standard Time 1", "Europe/Berlin"),
        ("Europe/Berlin 2", "Europe/Berlin"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("(GMT+01.00) Paris / Madrid", "Europe/Paris"),
        ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("Etc/GMT+1", "Etc/GMT+1"),
        ("eastern standard time", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("US-Eastern", "US/Eastern"),
        ("Europe-Berlin", "Europe/Berlin"),
        ("America-Port-au-Prince", "America/Port-au-Prince"),
        ("tzone://Microsoft/Utc", "UTC"),
    ],
)
def test_a_name_gives_a_zone(tzid: str, zone: str) -> None:
    assert iana_name(tzid) == zone


@pytest.mark.parametrize(
    "tzid",
    [
        "",
        "Nowhere",
        "(UTC+09:00) Berlin",
        "(UTC+01:00) Springfield",
        "GMT+0100",
        "tzone://Microsoft/Custom",
        "CST",
        "Standard Time 1",
        "x" * 999,
    ],
)
def test_an_unknown_name_gives_no_zone(tzid: str) -> None:
    assert iana_name(tzid) is None


@pytest.mark.parametrize(
    ("tzid", "hours"),
    [("GMT+0100", 1), ("GMT+01:00", 1), ("UTC-3", -3), ("+0530", 5.5), ("utc+14", 14), ("GMT+0000", 0),
     ("(UTC) Coordinated Universal Time", 0)],
)  # fmt: skip
def test_a_positive_offset_is_east_of_greenwich(tzid: str, hours: float) -> None:
    zone = zone_of_offset(tzid)
    assert zone is not None
    assert zone.utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "tzid", ["", "GMT", "+1:75", "UTC+99", "+", "Europe/Berlin", "(UTC+01:00) Springfield"]
)
def test_other_names_are_not_offsets(tzid: str) -> None:
    assert zone_of_offset(tzid) is None
