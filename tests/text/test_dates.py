"""Formatting of dates and times in both languages."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.i18n import set_language
from summitcli.text import dates

NOW = datetime.fromisoformat("2024-05-31T09:05:00+02:00")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_language("en")


def both(say: object, *values: object) -> tuple[str, str]:
    """Return the result of ``say`` in English and in Chinese."""
    said = []
    for language in ("en", "zh"):
        set_language(language)
        said.append(say(*values))  # type: ignore[operator]
    return said[0], said[1]


@pytest.mark.parametrize(
    ("start", "end", "with_year", "without"),
    [
        ("2022-07-23", "2022-07-23", ("23 July 2022", "2022年7月23日"), ("23 July", "7月23日")),
        ("2022-07-23", "2022-07-26", ("23–26 July 2022", "2022年7月23日至26日"),
         ("23–26 July", "7月23日至26日")),
        ("2022-07-30", "2022-08-02", ("30 July – 2 August 2022", "2022年7月30日至8月2日"),
         ("30 July – 2 August", "7月30日至8月2日")),
        ("2023-12-30", "2024-01-02", ("30 December 2023 – 2 January 2024", "2023年12月30日至2024年1月2日"),
         ("30 December – 2 January", "12月30日至1月2日")),
        ("2023-05-31", "2024-05-01", ("31 May 2023 – 1 May 2024", "2023年5月31日至2024年5月1日"),
         ("31 May – 1 May", "5月31日至5月1日")),
    ],
)  # fmt: skip
def test_a_range_of_days_over_months_and_years(
    start: str, end: str, with_year: tuple[str, str], without: tuple[str, str]
) -> None:
    assert both(dates.period, start, end) == with_year
    assert both(dates.days, start, end) == without


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, ("1 min", "1 分钟")), (59, ("59 min", "59 分钟")), (60, ("1 h", "1 小时")),
     (255, ("4 h 15 min", "4 小时 15 分钟")), (1440, ("24 h", "24 小时"))],
)  # fmt: skip
def test_a_duration(minutes: int, said: tuple[str, str]) -> None:
    assert both(dates.duration, minutes) == said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2024-05-31T09:05:01+02:00", ("in 1 min", "1 分钟后")),
        ("2024-05-31T09:30:00+02:00", ("in 25 min", "25 分钟后")),
        ("2024-05-31T23:30:00+02:00", ("in 14 h 25 min", "14 小时 25 分钟后")),
        ("2024-06-01T09:00:00+02:00", ("tomorrow", "明天")),
        # In Beijing it is 2 June already when it begins; the conference is in Berlin.
        ("2024-06-02T00:30:00+08:00", ("tomorrow", "明天")),
        ("2024-06-03T09:00:00+02:00", ("in 3 days", "3 天后")),
    ],
)
def test_the_time_until_a_start(start: str, said: tuple[str, str]) -> None:
    assert both(dates.until_start, NOW, datetime.fromisoformat(start)) == said


def test_a_start_soon_after_midnight_is_hours_away_and_not_tomorrow() -> None:
    late = datetime.fromisoformat("2024-05-31T23:30:00+02:00")
    assert both(dates.until_start, late, late + timedelta(minutes=45)) == ("in 45 min", "45 分钟后")


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2024-05-31T09:05:30+02:00", ("ends in 1 min", "1 分钟后结束")),
        ("2024-05-31T11:05:00+02:00", ("ends in 2 h", "2 小时后结束")),
        ("2024-06-01T10:00:00+02:00", ("ends in 1 day", "1 天后结束")),
        ("2024-06-04T10:00:00+02:00", ("ends in 4 days", "4 天后结束")),
    ],
)
def test_the_time_until_an_end(end: str, said: tuple[str, str]) -> None:
    assert both(dates.until_end, NOW, datetime.fromisoformat(end)) == said


@given(st.integers(1, 60 * 24 * 400))
def test_the_time_until_a_later_start_is_positive(minutes: int) -> None:
    for said in (
        dates.until_start(NOW, NOW + timedelta(minutes=minutes)),
        dates.until_end(NOW, NOW + timedelta(minutes=minutes)),
    ):
        assert said.split()[0] in ("in", "ends", "tomorrow")
        assert "-" not in said and " 0 " not in said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Europe/Berlin", "Europe/Berlin"), ("UTC", "UTC"), ("Etc/GMT", "UTC"), ("Etc/GMT-1", "UTC+1"),
     ("Etc/GMT+11", "UTC-11"), ("Etc/GMT0", "UTC"), ("Etc/GMT-0", "UTC")],
)  # fmt: skip
def test_an_etc_time_zone_is_shown_as_a_utc_offset(name: str, said: str) -> None:
    assert dates.zone(name) == said


@pytest.mark.parametrize(
    ("day", "start", "end", "said"),
    [
        ("2024-05-01", "01T10:00", "01T10:30", ("10:00–10:30",) * 2),
        ("2024-05-01", "01T22:00", "02T02:00", ("22:00–02:00",) * 2),
        ("2024-05-01", "02T00:30", "02T02:00", ("00:30–02:00 +1",) * 2),
        ("2024-05-01", "01T18:00", "02T09:00", ("18:00–09:00",) * 2),
        ("2024-05-01", "01T18:00", "02T16:00", ("18:00–2 May 16:00", "18:00–5月2日 16:00")),
        ("2024-05-01", "01T18:00", "03T16:00", ("18:00–3 May 16:00", "18:00–5月3日 16:00")),
        ("2024-05-01", "01T18:00", "03T02:00", ("18:00–3 May 02:00", "18:00–5月3日 02:00")),
        ("2024-05-02", "01T18:00", "03T16:00", ("…–3 May 16:00", "…–5月3日 16:00")),
        ("2024-05-03", "01T18:00", "03T16:00", ("…–16:00",) * 2),
        ("2024-05-02", "01T18:00", "03T02:00", ("…–02:00",) * 2),
    ],
)  # fmt: skip
def test_a_later_end_is_shown_with_its_date(day: str, start: str, end: str, said: tuple[str, str]) -> None:
    begin, over = (f"2024-05-{moment}:00+02:00" for moment in (start, end))
    assert both(dates.clock_on, day, begin, over) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("31T10:00", "31T10:30", "10:00–10:30"),
        ("31T17:00", "01T06:30", "17:00–06:30 +1"),
        ("01T00:30", "01T03:00", "00:30–03:00 +1"),
        ("31T17:00", "01T00:00", "17:00–24:00"),
        ("01T00:00", "01T00:00", "00:00–00:00 +1"),
        ("31T17:00", "01T12:00", "17:00–1 June 12:00"),
    ],
)
def test_free_time_after_midnight_is_marked(start: str, end: str, said: str) -> None:
    moments = (f"2024-{5 if text.startswith('31') else 6:02}-{text}:00+02:00" for text in (start, end))
    assert dates.clock_of_gap("2024-05-31", *moments) == said


@pytest.mark.parametrize(
    ("all_day", "said"),
    [(True, ("day 1 of 2", "第1天/共2天")), (False, ("part 1 of 2", "第1场/共2场"))],
)
def test_only_whole_days_of_a_session_are_called_days(all_day: bool, said: tuple[str, str]) -> None:
    assert both(dates.part, 1, 2, all_day) == said


def test_an_instant_in_the_local_time_zone(local_zone: Callable[[str], None]) -> None:
    local_zone("XXX5")
    assert dates.local("2024-05-31T02:05:00+08:00").isoformat() == "2024-05-30T13:05:00-05:00"
    local_zone("XXX-8")
    assert dates.local("2024-05-31T02:05:00Z").isoformat() == "2024-05-31T10:05:00+08:00"
    # Where there is no such time, it stays as it is.
    assert dates.local("9999-12-31T23:00:00+00:00").isoformat() == "9999-12-31T23:00:00+00:00"
