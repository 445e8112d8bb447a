"""Tests for determining the time zone of a published schedule."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from summitcli.errors import UsageError
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.assembly.zones import determine_zone, localise
from summitcli.formats.draft import DraftDay, Event
from summitcli.sources.source import Hints
from tests.formats.drafts import BERLIN, DAY, at, draft, event

NO_ZONE = (
    "the schedule's time zone is unknown; showing times in UTC (choose another with --assume-timezone ZONE)"
)
NO_INSTANTS = (
    "the schedule has no time zone; reading its times as UTC (choose another with --assume-timezone ZONE)"
)


def taken(value: str) -> str:
    return (
        f"the schedule has no time zone; using {value}, which matches its times"
        " (choose another with --assume-timezone ZONE)"
    )


def contradicted(value: str, also: str) -> str:
    return f"the schedule's time zone, {value}, does not match its times; using {also}"


def several(value: str) -> str:
    return (
        f"the schedule's events are in several time zones; using {value}"
        " (choose another with --assume-timezone ZONE)"
    )


def placed(value: str, place: str) -> str:
    return (
        f"the schedule has no time zone; using {value}, based on its place, {place}"
        " (choose another with --assume-timezone ZONE)"
    )


def zone(*events: Event, named: str = "", wished: str | None = None, **fields: Any) -> tuple[str, list[str]]:
    """Return the time zone of a schedule, and the findings."""
    made = draft(*events, time_zone=named, **fields)
    key = determine_zone(made, Survey(made.events), Hints(time_zone=wished), made.findings).key
    return key, list(made.findings.sentences())


WEST, EAST = event("23T09:00+02:00"), event("23T09:00+05:30")
INSTANT = event("23T07:00Z")
FLOATING = event("23T09:00")
WINTER, SUMMER = event("2022-10-30T12:00+01:00"), event("2022-10-29T12:00+02:00")


@pytest.mark.parametrize("named", ["Europe/Berlin", "europe/berlin", " Europe/Berlin "])
def test_the_named_zone_is_used_if_the_times_agree(named: str) -> None:
    assert zone(WEST, named=named) == ("Europe/Berlin", [])
    assert zone(WEST, FLOATING, INSTANT._replace(clock="9:00"), named=named) == ("Europe/Berlin", [])


def test_the_named_zone_is_used_without_offsets() -> None:
    for events in ((), (FLOATING,), (INSTANT,), (event(day=DAY),)):
        assert zone(*events, named="Asia/Kolkata") == ("Asia/Kolkata", [])


def test_a_zone_contradicted_by_local_times_is_not_used() -> None:
    one = event("2020-12-14T09:00+01:00", clock="09:00")
    assert zone(one, named="UTC") == ("Etc/GMT-1", [contradicted("UTC", "UTC+01:00")])


def test_a_local_time_beside_a_utc_instant_gives_the_zone() -> None:
    one = event("2023-09-10T05:00+00:00", clock="10:30")
    assert zone(one, named="Asia/Kolkata") == ("Asia/Kolkata", [])
    assert zone(one) == ("Asia/Kolkata", [taken("Asia/Kolkata")])
    assert zone(event("23T22:30Z", clock="1:30")) == ("Etc/GMT-3", [])
    assert zone(event("23T01:30Z", clock="20:30")) == ("Etc/GMT+5", [])


@pytest.mark.parametrize(
    ("start", "clock", "name"),
    [
        ("23T09:00-09:00", "09:00", "Etc/GMT+9"),
        ("23T09:00-10:00", "09:00", "Etc/GMT+10"),
        ("23T09:00-11:00", "09:00", "Etc/GMT+11"),
        ("23T09:00-12:00", "09:00", "Etc/GMT+12"),
        ("23T09:00+14:00", "09:00", "Etc/GMT-14"),
    ],
)
def test_the_offset_stays_if_the_local_time_agrees(start: str, clock: str, name: str) -> None:
    assert zone(event(start, clock=clock)) == (name, [])


@pytest.mark.parametrize(
    ("clock", "name"), [("13:00", "Etc/GMT-13"), ("14:00", "Etc/GMT-14"), ("15:00", "Etc/GMT+9")]
)
def test_a_local_time_is_at_most_fourteen_hours_ahead(clock: str, name: str) -> None:
    assert zone(event("23T00:00Z", clock=clock)) == (name, [])


def test_all_times_determine_the_zone_not_only_the_first() -> None:
    summer, winter = event("2022-07-01T12:00+04:30"), event("2022-12-02T12:00+04:30")
    assert zone(summer) == ("Asia/Tehran", [taken("Asia/Tehran")])
    assert zone(summer, winter) == zone(winter, summer) == ("Asia/Kabul", [taken("Asia/Kabul")])


@pytest.mark.parametrize(
    ("start", "named"),
    [("0001-01-01T00:30+00:30", "America/New_York"), ("9999-12-31T23:30+01:00", "Asia/Kolkata")],
)
def test_a_time_outside_the_calendar_fits_no_zone(start: str, named: str) -> None:
    said = f"the schedule's time zone, {named}, does not match its times;"
    assert zone(event(start), named=named)[1][0].startswith(said)


def test_most_times_decide_and_not_a_single_one() -> None:
    assert zone(WEST, WEST, EAST, named="Europe/Berlin") == ("Europe/Berlin", [])
    assert zone(WEST, EAST, named="Europe/Berlin") == ("Europe/Berlin", [])
    assert zone(WEST, EAST, EAST, named="Europe/Berlin") == (
        "Asia/Kolkata",
        [contradicted("Europe/Berlin", "Asia/Kolkata")],
    )


@pytest.mark.parametrize("clock", ["9:07", "x", "", ":", "1234"])
def test_an_impossible_local_time_is_ignored(clock: str) -> None:
    assert zone(WEST._replace(clock=clock)) == ("Etc/GMT-2", [])


@pytest.mark.parametrize(
    ("offset", "name"),
    [("+02:00", "Etc/GMT-2"), ("-05:00", "Etc/GMT+5"), ("+14:00", "Etc/GMT-14"), ("-12:00", "Etc/GMT+12")],
)
def test_one_offset_in_whole_hours_is_a_fixed_zone(offset: str, name: str) -> None:
    assert zone(event(f"23T09:00{offset}")) == (name, [])


@pytest.mark.parametrize(
    ("offset", "name"),
    [("+05:30", "Asia/Kolkata"), ("+05:45", "Asia/Kathmandu"), ("+09:30", "Australia/Darwin"),
     ("-02:30", "America/St_Johns"), ("+08:45", "Australia/Eucla"), ("+12:45", "Pacific/Chatham")],
)  # fmt: skip
def test_other_offsets_give_the_best_known_zone(offset: str, name: str) -> None:
    assert zone(event(f"23T09:00{offset}")) == (name, [taken(name)])


def test_two_offsets_give_the_best_known_zone_with_both() -> None:
    assert zone(SUMMER, WINTER) == ("Europe/Berlin", [taken("Europe/Berlin")])
    london = event("2022-10-29T12:00+01:00"), event("2022-10-30T12:00+00:00")
    assert zone(*london) == ("Europe/London", [taken("Europe/London")])
    york = event("2022-11-05T12:00-04:00"), event("2022-11-06T12:00-05:00")
    assert zone(*york) == ("America/New_York", [taken("America/New_York")])


@pytest.mark.parametrize(
    ("year", "names"),
    [
        (2022, ["Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago",
                "America/Los_Angeles", "America/Denver", "Europe/Helsinki", "Australia/Sydney",
                "Asia/Kolkata", "Asia/Kathmandu",
                "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Australia/Darwin", "Australia/Adelaide",
                "America/St_Johns", "Pacific/Auckland", "America/Halifax", "America/Anchorage",
                "America/Santiago", "Pacific/Chatham", "Australia/Lord_Howe", "Pacific/Easter"]),
        (2018, ["America/Sao_Paulo"]),
        (2009, ["Indian/Mauritius", "Australia/Perth"]),
        (2012, ["Asia/Baku", "America/Sao_Paulo"]),
    ],
)  # fmt: skip
def test_winter_and_summer_offsets_give_the_best_known_zone(year: int, names: list[str]) -> None:
    for name in names:
        days = (datetime(year, month, 15, 12, tzinfo=ZoneInfo(name)) for month in (1, 7))
        assert zone(*(event(day.isoformat()) for day in days)) == (name, [taken(name)])


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Asia/Jerusalem", ["2022-03-26T12", "2022-01-15T12"]),
        ("Africa/Cairo", ["2023-04-15T12", "2023-07-15T12"]),
        ("Asia/Beirut", ["2022-03-26T12", "2022-03-26T23"]),
        ("Europe/Chisinau", ["2022-03-26T23", "2022-03-27T00"]),
    ],
)
def test_the_date_of_the_clock_change_distinguishes_zones(name: str, hours: list[str]) -> None:
    instants = (datetime.fromisoformat(f"{hour}:00+00:00").astimezone(ZoneInfo(name)) for hour in hours)
    assert zone(*(event(instant.isoformat()) for instant in instants)) == (name, [taken(name)])


def test_offsets_give_a_zone_that_most_of_them_fit() -> None:
    assert zone(SUMMER, WINTER, WINTER, event("23T09:00+03:17")) == (
        "Europe/Berlin",
        [taken("Europe/Berlin")],
    )
    assert zone(event("23T09:00+01:07")) == ("UTC", [NO_ZONE])
    assert zone(event("23T09:00+20:00"), event("23T09:00+03:17"), SUMMER) == ("UTC", [NO_ZONE])


def test_the_users_zone_overrides_the_source() -> None:
    for events in ((FLOATING,), (INSTANT,), (event(day=DAY),), (FLOATING, EAST), (WEST,), ()):
        assert zone(*events, wished="asia/tokyo") == ("Asia/Tokyo", [])
    assert zone(WEST, named="Europe/Berlin", wished="Europe/Vienna") == ("Europe/Vienna", [])
    assert zone(WEST, named="Mars/Olympus", wished="Asia/Tokyo") == ("Asia/Tokyo", [])


def test_a_utc_instant_is_not_a_vote() -> None:
    assert zone(WEST, INSTANT, INSTANT, INSTANT) == ("Etc/GMT-2", [])
    assert zone(WEST, INSTANT, INSTANT, named="Europe/Berlin") == ("Europe/Berlin", [])
    assert zone(INSTANT._replace(start=at("23T07:00", ZoneInfo("UTC")))) == ("UTC", [NO_ZONE])


NEW_YORK = ZoneInfo("America/New_York")
IN_BERLIN = event()._replace(start=at("23T09:00", BERLIN))
IN_NEW_YORK = event()._replace(start=at("23T09:00", NEW_YORK))
IN_ABIDJAN = event()._replace(start=at("23T09:00", ZoneInfo("Africa/Abidjan")))


def test_the_zone_of_most_events_is_used() -> None:
    assert zone(IN_BERLIN, INSTANT, INSTANT) == ("Europe/Berlin", [])
    assert zone(IN_BERLIN, IN_NEW_YORK) == ("Europe/Berlin", [several("Europe/Berlin")])
    assert zone(IN_BERLIN, IN_NEW_YORK, IN_NEW_YORK) == ("America/New_York", [several("America/New_York")])
    assert zone(IN_NEW_YORK, IN_ABIDJAN) == ("America/New_York", [])
    assert zone(IN_BERLIN, IN_NEW_YORK, named="Europe/Berlin") == (
        "Europe/Berlin",
        [several("Europe/Berlin")],
    )
    assert zone(IN_BERLIN, named="America/New_York") == (
        "Europe/Berlin",
        [contradicted("America/New_York", "Europe/Berlin")],
    )


def test_a_skipped_local_time_contradicts_nothing() -> None:
    skipped = event()._replace(start=at("2023-04-28T00:00", ZoneInfo("Africa/Cairo")))
    assert zone(skipped) == ("Africa/Cairo", [])
    assert zone(skipped, skipped, named="Africa/Cairo") == ("Africa/Cairo", [])


def test_the_place_gives_the_zone_if_none_is_named() -> None:
    assert zone(FLOATING, places=("Brussels",)) == (
        "Europe/Brussels",
        [placed("Europe/Brussels", "Brussels")],
    )
    assert zone(INSTANT, place="Hall, Tokyo")[0] == "Asia/Tokyo"
    address = FLOATING._replace(room="Alexanderstr. 11, 10178 Berlin, Germany")
    assert zone(address, FLOATING) == ("Europe/Berlin", [placed("Europe/Berlin", "Berlin")])
    assert zone(EAST, places=("Brussels",)) == ("Asia/Kolkata", [taken("Asia/Kolkata")])
    assert zone(WEST, named="Asia/Tokyo", places=("Brussels",)) == (
        "Europe/Brussels",
        [contradicted("Asia/Tokyo", "Europe/Brussels")],
    )


def test_an_undetermined_zone_is_utc_and_reported() -> None:
    for events in ((FLOATING,), (event(day=DAY),), (FLOATING, event(day=DAY))):
        assert zone(*events) == ("UTC", [NO_INSTANTS])
    for events in ((INSTANT,), (INSTANT, FLOATING), (event(day=DAY), INSTANT)):
        assert zone(*events) == ("UTC", [NO_ZONE])


def test_instants_are_shown_in_utc_whatever_the_days_say() -> None:
    days = (DraftDay(DAY, at("23T08:00")), DraftDay(DAY, at("23T08:00Z")))
    made = draft(INSTANT, time_zone="", days=days)
    key = determine_zone(made, Survey(made.events), Hints(), made.findings).key
    assert (key, made.findings.sentences()) == ("UTC", [NO_ZONE])


def test_an_unknown_zone_without_times_is_utc() -> None:
    assert zone(named="Mars/Olympus") == (
        "UTC",
        ['the schedule has an unknown time zone, "Mars/Olympus"; using UTC'],
    )


def test_one_local_time_beside_an_instant_is_enough() -> None:
    clocked = INSTANT._replace(clock="07:00")
    local = ((event(clock="9:00"),), (FLOATING._replace(clock="9:00"),))
    for others, said in ((INSTANT,), NO_ZONE), *((others, NO_INSTANTS) for others in local):
        assert zone(clocked, *others) == zone(*others, clocked) == ("UTC", [])
        assert zone(*others) == ("UTC", [said])


def test_local_times_equal_to_utc_give_utc() -> None:
    assert zone(event("23T07:00Z", clock="07:00")) == ("UTC", [])


def test_without_offsets_of_events_those_of_days_count() -> None:
    made = draft(FLOATING, time_zone="", days=(DraftDay(DAY, at("23T08:00+03:00")),))
    assert determine_zone(made, Survey(made.events), Hints(), made.findings).key == "Etc/GMT-3"


@pytest.mark.parametrize("named", ["Mars/Olympus", "localtime", "Factory", "W. Europe Standard Time"])
def test_an_unknown_zone_is_reported_and_not_used(named: str) -> None:
    sentence = f'the schedule has an unknown time zone, "{named}"; using '
    assert zone(WEST, named=named) == ("Etc/GMT-2", [sentence + "UTC+02:00"])
    assert zone(FLOATING, named=named) == ("UTC", [sentence + "UTC"])


def test_an_unknown_zone_of_the_user_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UsageError) as caught:
        zone(WEST, named="Europe/Berlin", wished="Berlin")
    assert str(caught.value) == 'no time zone named "Berlin". Did you mean "Europe/Berlin"?'


SPRING = datetime.fromisoformat("2022-03-27T02:30")
"""A time in the gap of a clock change in Berlin."""
AUTUMN = datetime.fromisoformat("2022-10-30T02:30")
"""An ambiguous time."""


def test_a_time_without_offset_is_in_the_conferences_zone() -> None:
    assert str(localise(at("23T09:00"), BERLIN)) == "2022-07-23 09:00:00+02:00"
    assert str(localise(at("23T09:00+00:00"), BERLIN)) == "2022-07-23 11:00:00+02:00"


def test_a_skipped_or_ambiguous_time_is_one_instant() -> None:
    assert str(localise(SPRING, BERLIN)) == "2022-03-27 03:30:00+02:00"
    assert str(localise(AUTUMN, BERLIN)) == "2022-10-30 02:30:00+02:00"
    second = localise(AUTUMN.replace(fold=1), BERLIN)
    assert second is not None
    assert (str(second), second.fold) == ("2022-10-30 02:30:00+01:00", 0)


def test_times_beyond_the_calendar_are_none() -> None:
    first, last = at("0001-01-01T00:00"), at("9999-12-31T23:59")
    assert localise(first, BERLIN) is None
    assert localise(first.replace(tzinfo=timezone(timedelta(hours=1))), ZoneInfo("America/New_York")) is None
    assert localise(last.replace(tzinfo=UTC), BERLIN) is None
    for moment in (first.isoformat() + "+01:00", last.isoformat() + "-01:00"):
        assert zone(event(moment)) == ("UTC", [NO_INSTANTS])
        assert zone(event(moment), WEST) == ("Etc/GMT-2", [])
