"""Our VTIMEZONEs, read by other programs, compared with the time zones themselves."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import icalendar
import pytest

from summitcli.exports.calendar.vtimezone import observances, timezone
from tests.exports.programs import vobject_of
from tests.limits import in_proportion

YEARS = (2015, 2018, 2022, 2026)
"""In three of them many zones changed their rules; the last one depends on predicted rules."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NOTABLE = (
    "Africa/Casablanca",  # by the moon, and winter time as a negative saving
    "Africa/Cairo",  # the day after the last Thursday, which may be in the next month
    "America/Caracas",  # half an hour in 2016
    "America/New_York",
    "America/Nuuk",  # the evening before the last Sunday; a new offset in 2023
    "Antarctica/Troll",  # two hours
    "Asia/Gaza",
    "Asia/Jerusalem",  # the Friday before the last Sunday
    "Asia/Pyongyang",  # half an hour in 2015 and 2018
    "Asia/Shanghai",
    "Australia/Lord_Howe",  # half an hour
    "Europe/Berlin",
    "Europe/Dublin",  # winter time as a negative saving
    "Europe/Istanbul",
    "Europe/Volgograd",  # an hour in 2018 and 2020
    "Pacific/Apia",
)


def zones() -> list[str]:
    """Return every zone of the tz database under every name, without those defined on this machine only."""
    return sorted(
        name
        for name in available_timezones()
        if not name.startswith(("posix/", "right/")) and name not in ("localtime", "Factory")
    )


def data(name: str) -> bytes:
    """Return the data of a zone, the same for all its names; its name if it has no file."""
    files = (Path(folder) / name for folder in TZPATH)
    return next((file.read_bytes() for file in files if file.is_file()), name.encode())


@cache
def distinct(year: int) -> list[str]:
    """Return one of each group of zones that are described alike for ``year``."""
    names = {data(name): name for name in zones()}.values()
    return list({tuple(observances(ZoneInfo(name), year, year)): name for name in names}.values())


def changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the UTC hours of ``year`` at or before which the offset changed."""

    def changed(since: datetime, step: timedelta, steps: int) -> list[datetime]:
        moments = [since + n * step for n in range(steps + 1)]
        offsets = [moment.astimezone(zone).utcoffset() for moment in moments]
        return [moments[n] for n in range(1, steps + 1) if offsets[n] != offsets[n - 1]]

    days = changed(datetime(year, 1, 1, tzinfo=UTC), DAY, 366)
    return [hour for day in days for hour in changed(day - DAY, HOUR, 24)]


def instants(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """Return two instants a day in ``year`` and four an hour around changes; no local time occurs twice."""
    moments = {datetime(year, 1, 1, 12, tzinfo=UTC) + n * 12 * HOUR for n in range(2 * 365 - 2)}
    for change in changes(zone, year):
        moments |= {change + n * HOUR / 4 for n in range(-4 * 26, 4 * 26)}
    for moment in sorted(moments):
        local = moment.astimezone(zone)
        # A time that comes twice is always written in UTC.
        if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
            yield local


def described(name: str, year: int) -> str:
    """Return a calendar of nothing but the zone, for a conference in ``year``."""
    lines = str(timezone(name, year, year))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{lines}\r\nEND:VCALENDAR\r\n"


def wrong_in_icalendar(name: str, year: int) -> list[datetime]:
    """Return the instants for which icalendar, expanding the rules itself, gets another offset."""
    component = icalendar.Calendar.from_ical(described(name, year)).walk("VTIMEZONE")[0]
    assert isinstance(component, icalendar.Timezone)
    times, offsets = component.get_transitions()
    return [
        local
        for local in instants(ZoneInfo(name), year)
        if offsets[bisect_right(times, local.astimezone(UTC).replace(tzinfo=None)) - 1][0]
        != local.utcoffset()
    ]


def wrong_in_vobject(name: str, year: int) -> list[datetime]:
    """Return the instants for which vobject, using dateutil, gets another offset."""
    read = vobject_of(described(name, year)).vtimezone.tzinfo
    return [
        local
        for local in instants(ZoneInfo(name), year)
        if local.replace(tzinfo=read).utcoffset() != local.utcoffset()
    ]


def test_icalendar_reads_the_offsets_of_many_zones_through_the_conference_year() -> None:
    assert {name: wrong for name in distinct(2022)[::6] if (wrong := wrong_in_icalendar(name, 2022))} == {}


@pytest.mark.parametrize("name", NOTABLE)
def test_vobject_reads_the_offsets_of_notable_zones_through_the_conference_year(name: str) -> None:
    assert {year: wrong for year in YEARS if (wrong := wrong_in_vobject(name, year))} == {}


@pytest.mark.soak
@pytest.mark.parametrize("year", range(2012, 2032))
def test_both_read_the_offsets_of_every_zone_under_every_name(year: int) -> None:
    wrong = {name: wrong_in_icalendar(name, year) + wrong_in_vobject(name, year) for name in zones()}
    assert {name: moments for name, moments in wrong.items() if moments} == {}


def test_a_fixed_zone_is_one_observance() -> None:
    assert str(timezone("Asia/Shanghai", 2022, 2022)).split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:20210101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_a_yearly_rule_is_written_as_one_and_begins_in_the_time_before_the_jump() -> None:
    assert str(timezone("Europe/Berlin", 2022, 2022)).split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize(
    ("name", "year", "rules"),
    [
        ("America/New_York", 2022, ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        (
            "America/Nuuk",
            2026,
            [
                "BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA",
                "BYMONTH=10;BYDAY=-1SU",
            ],
        ),
        (
            "Asia/Jerusalem",
            2022,
            ["BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR", "BYMONTH=10;BYDAY=-1SU"],
        ),
        ("Australia/Lord_Howe", 2022, ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"]),
        ("Europe/Dublin", 2022, ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
    ],
)
def test_rules_are_those_of_the_law(name: str, year: int, rules: list[str]) -> None:
    written = [observance.rule for observance in observances(ZoneInfo(name), year, year)]
    assert written == [f"FREQ=YEARLY;{rule}" for rule in rules]


def test_a_rule_is_described_alike_whatever_the_year_of_the_conference() -> None:
    # vobject, and so Radicale, keeps the first description of a zone that it meets.
    for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"):
        assert len({str(timezone(name, year, year)) for year in range(2012, 2035)}) == 1


def test_a_rule_begins_with_its_first_year() -> None:
    assert observances(ZoneInfo("America/New_York"), 2030, 2030)[0].onset.isoformat() == "2007-03-11T02:00:00"


def test_what_is_called_daylight_saving_time_is_always_ahead_of_standard_time() -> None:
    dublin = observances(ZoneInfo("Europe/Dublin"), 2022, 2022)
    assert [(part.daylight, part.offset_to / HOUR) for part in dublin] == [(True, 1), (False, 0)]


@pytest.mark.parametrize(("name", "year"), [("America/Mexico_City", 2016), ("Asia/Tehran", 2018)])
def test_a_rule_that_ends_years_later_is_not_written_as_one(name: str, year: int) -> None:
    assert {part.rule for part in observances(ZoneInfo(name), year, year)} == {None}


def test_a_rule_that_ends_soon_is_not_written_as_one() -> None:
    parts = observances(ZoneInfo("Europe/Istanbul"), 2015, 2015)
    assert [(part.onset.isoformat(), part.rule) for part in parts] == [
        ("2014-01-01T00:00:00", None),
        ("2014-03-31T03:00:00", None),
        ("2014-10-26T04:00:00", None),
        ("2015-03-29T03:00:00", None),
        ("2015-11-08T04:00:00", None),
        ("2016-03-27T03:00:00", None),
    ]


def test_a_change_in_the_last_days_described_is_included() -> None:
    # Samoa went from one side of the date line to the other, and left out the 30th of December 2011.
    (crossing,) = (
        one for one in observances(ZoneInfo("Pacific/Apia"), 2010, 2010) if one.offset_to > timedelta(0)
    )
    assert (crossing.onset, crossing.offset_from, crossing.offset_to) == (
        datetime.fromisoformat("2011-12-30T00:00"),
        timedelta(hours=-10),
        timedelta(hours=14),
    )


def test_only_changes_until_the_beginning_of_the_second_year_after_are_described() -> None:
    # Fiji changed in January and in November.
    onsets = [part.onset.isoformat()[:10] for part in observances(ZoneInfo("Pacific/Fiji"), 2014, 2014)]
    assert onsets == [
        "2013-01-01",
        "2013-01-20",
        "2013-10-27",
        "2014-01-19",
        "2014-11-02",
        "2015-01-18",
        "2015-11-01",
    ]


def test_a_conference_over_new_year_is_described_in_both_years() -> None:
    zone = "America/Santiago"
    lines = str(timezone(zone, 2022, 2023))
    read = vobject_of(f"BEGIN:VCALENDAR\r\n{lines}\r\nEND:VCALENDAR\r\n").vtimezone.tzinfo
    for year in (2022, 2023):
        for local in instants(ZoneInfo(zone), year):
            assert local.replace(tzinfo=read).utcoffset() == local.utcoffset()


@pytest.mark.parametrize(
    "year", [YEARS[-1], *(pytest.param(year, marks=pytest.mark.soak) for year in YEARS[:-1])]
)
def test_most_zones_are_fixed_or_by_a_rule(year: int) -> None:
    kinds: Counter[str] = Counter()
    for name in distinct(year):
        parts = observances(ZoneInfo(name), year, year)
        kinds["fixed" if len(parts) == 1 else "by a rule" if parts[0].rule else "each change"] += 1
        assert all((part.rule is None) == (parts[0].rule is None) for part in parts)
        assert [part.onset for part in parts] == sorted(part.onset for part in parts)
        assert len({(part.onset, part.daylight) for part in parts}) == len(parts)
    assert set(kinds) == {"fixed", "by a rule", "each change"}


@pytest.mark.parametrize("year", [1, 1600, 1971, 9999])
@in_proportion()
def test_the_first_and_last_years_of_the_calendar_are_described(year: int) -> None:
    for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"):
        assert observances(ZoneInfo(name), year, year)
