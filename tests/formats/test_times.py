"""The parsers of dates, instants, times of day and durations."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.times import find_zone, on_day, read_clock, read_day, read_instant, read_length

EAST = timezone(timedelta(hours=8))
FIRST, LAST = map(datetime.fromisoformat, ("1900-01-01T00:00", "2999-12-31T00:00"))


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-07-23T09:00:00+08:00", datetime(2022, 7, 23, 9, tzinfo=EAST)),
        ("2022-07-23t09:00:00z", datetime(2022, 7, 23, 9, tzinfo=UTC)),
        ("2022-07-23 09:00:00 +0800", datetime(2022, 7, 23, 9, tzinfo=EAST)),
        ("2022-07-23T09:00+08", datetime(2022, 7, 23, 9, tzinfo=EAST)),
        ("2022-07-23T09:00:00.5Z", datetime(2022, 7, 23, 9, 0, 0, 500_000, tzinfo=UTC)),
        (" 2022-07-23T09:00 ", datetime.fromisoformat("2022-07-23T09:00")),
        ("2022-12-31T24:00:00Z", datetime(2023, 1, 1, tzinfo=UTC)),
        ("2022-07-23T24:01:00Z", None),
        ("2022-07-23", None),
        ("20220723T090000Z", None),
        ("2022-W29-6T09:00", None),
        ("2022-02-30T09:00:00Z", None),
        ("2022-07-23T09:00:00+24:00", None),
        ("2022-07-23T09:00:60Z", None),
        ("1899-12-31T23:59:59Z", None),
        ("3000-01-01T00:00:00Z", None),
        ("2999-12-31T24:00:00Z", None),
        ("２０２２-07-23T09:00:00Z", None),
        ("", None),
    ],
)
def test_an_instant_is_read_in_the_form_of_rfc_3339_only(text: str, instant: datetime | None) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-07-23", date(2022, 7, 23)),
        ("2022-07-23T20:00:00Z", date(2022, 7, 24)),
        ("2022-07-23T20:00:00", date(2022, 7, 23)),
        ("20220723", None),
        ("2022-W29-6", None),
        ("2022-02-30", None),
        ("1899-12-31", None),
        ("3000-01-01", None),
        ("tomorrow", None),
    ],
)
def test_a_day_is_read_in_the_time_zone(text: str, day: date | None) -> None:
    assert read_day(text, ZoneInfo("Asia/Shanghai")) == day


def test_without_a_zone_a_day_is_the_one_written() -> None:
    assert read_day("2022-07-23T20:00:00Z") == date(2022, 7, 23)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:05", "9:05"), ("09:05:30", "09:05"), (" 23:59 ", "23:59"), ("24:00", "24:00"), ("24:01", ""),
        ("9:5", ""), ("9", ""), ("-9:00", ""), ("", ""), ("2022-07-23T09:00", ""),
    ],
)  # fmt: skip
def test_a_time_of_day_has_hours_and_minutes(text: str, clock: str) -> None:
    assert read_clock(text) == clock


def test_the_end_of_a_day_is_the_midnight_after_it() -> None:
    assert on_day(date(2022, 12, 31), "24:00") == datetime.fromisoformat("2023-01-01T00:00")


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0:30", timedelta(minutes=30)),
        ("00:30", timedelta(minutes=30)),
        ("0:90", timedelta(minutes=90)),
        ("48:00", timedelta(days=2)),
        ("0:00", timedelta()),
        ("1:02:30", timedelta(days=1, hours=2, minutes=30)),
        ("12:00:00", timedelta(days=12)),
        ("00:45:00", timedelta(minutes=45)),
        ("0:01:30", timedelta(minutes=1, seconds=30)),
        ("1:30:00", timedelta(hours=1, minutes=30)),
        ("8784:00", timedelta(days=366)),
        ("8784:01", None),
        ("367:00:00", None),
        ("99999:00", None),
        ("-1:00", None),
        ("30", None),
        ("PT30M", None),
        ("1:00:00:00", None),
        ("", None),
    ],
)
def test_a_duration_has_hours_and_minutes_after_optional_days(text: str, length: timedelta | None) -> None:
    assert read_length(text) == length


def test_a_time_zone_is_found_in_any_case() -> None:
    assert find_zone(" europe/BERLIN\n") == find_zone("Europe/Berlin") == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe",
        "../zone",
        "/etc/passwd",
        "/etc/localtime",
        "localtime",
        "Mars/Base",
        "a\0b",
        "\ud800",
        "x" * 5000,
    ],
)
def test_an_unknown_time_zone_gives_none(name: str) -> None:
    assert find_zone(name) is None


@given(st.datetimes(FIRST, LAST, timezones=st.one_of(st.none(), st.timezones())))
def test_what_python_writes_is_read_back_equal(instant: datetime) -> None:
    read = read_instant(instant.isoformat())
    offset = instant.utcoffset() or timedelta()
    # Before time zones had names their offsets had seconds, which RFC 3339 can't write.
    expected = instant.isoformat() if not offset % timedelta(minutes=1) else None
    assert (read and read.isoformat()) == expected


@given(st.text(max_size=40) | st.from_regex(r"[0-9T:+Z -]{1,30}"))
def test_any_text_is_read_or_none(text: str) -> None:
    assert all(read(text) is None or read(text) for read in (read_day, read_instant))
    assert read_clock(text) in (text.strip(), "", text.strip()[:-3])
    assert read_length(text) is None or ":" in text
