"""Our calendars in other programs: libraries, khal, a Radicale server."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from summitcli.exports.calendar.ics import Entry, Options
from summitcli.text.uids import events
from tests.exports.conferences import Rows, at, conference, on, rows_of
from tests.exports.programs import Khal, Radicale, vobject_of
from tests.exports.reading import calendar_of
from tests.published import FILES, read

Times = tuple[datetime | date, datetime | date | None]

DAY = timedelta(days=1)
RARE = frozenset(
    {
        "harbour.xml",
        "harbour.opass.json",
        "harbour.sessionize.json",
        "harbour.indico.json",
        "harbour.open-event.json",
        "harbour.researchr.xml",
        "researchr/splash2021.xml",
        "open-event/fossasia2018.json",
        "opass/coscup2024.json",
        "xml/31c3-workshops.xml",
        "harbour.flat.json",
        "harbour.widget.json",
        "harbour.pentabarf.xcal",
        "harbour.rfc6321.xcal",
        "frab-json/klimacamp2015.json",
        "ics/klimacamp2015.ics",
        "ics/jres2022.ics",
        "ics/pyconau2023.ics",
        "xml/PrivacyWeek.xml",
        "xcal/klimacamp2015.xcal",
        "xml/klimacamp2015.xml",
        "frab-json/36c3-everything.json",
        "ics/emf2022.ics",
        "xml/debconf23.xml",
        "xml/emf2022.frab.xml",
        "xml/fosdem-2007.xml",
        "xml/fosdem-2021.xml",
    }
)
"""Published schedules that are large, or that another file says too, which are left to the long runs."""

ZONES = (
    "Africa/Casablanca",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "UTC",
)


RINGING = Options(alarms=(timedelta(minutes=30),))


def calendar(rows: Rows, options: Options = RINGING) -> str:
    return calendar_of(rows[0], [Entry(session) for session in rows[1]], options)


def expected(rows: Rows) -> list[tuple[str, Times]]:
    """Return the title, start and end of each event of a conference, from its rows alone."""
    found: list[tuple[str, Times]] = []
    for session in rows[1]:
        for slots in events(session.slots):
            if slots[0].start is None or slots[0].end is None:
                times: Times = date.fromisoformat(slots[0].day), date.fromisoformat(slots[-1].day) + DAY
            else:
                start, end = (datetime.fromisoformat(text) for text in (slots[0].start, slots[0].end))
                times = start.astimezone(UTC), end.astimezone(UTC) if end > start else None
            found.append((session.title, times))
    return found


def on_each_day(rows: Rows) -> dict[str, list[str]]:
    """Return the titles on each day by the local time of the conference, including sessions past midnight."""
    zone = ZoneInfo(rows[0].time_zone)
    titles: dict[str, list[str]] = {}
    for title, (start, end) in expected(rows):
        if isinstance(start, datetime):
            first = start.astimezone(zone).date()
            # What ends at midnight is not held on the day that begins then.
            last = (
                (end - timedelta(seconds=1) if isinstance(end, datetime) else start).astimezone(zone).date()
            )
        else:
            assert end is not None
            first, last = start, end - DAY
        for n in range((last - first).days + 1):
            titles.setdefault((first + n * DAY).isoformat(), []).append(title)
    return {day: sorted(titles[day]) for day in sorted(titles)}


# ---- what each of them reads


def read_by_icalendar(text: str) -> list[tuple[str, Times]]:
    found: list[tuple[str, Times]] = []
    event: Any
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        assert not getattr(event, "errors", None)
        end = event["DTEND"].dt if "DTEND" in event else None
        found.append((str(event["SUMMARY"]), _in_utc(event["DTSTART"].dt, end)))
    return found


def read_by_vobject(text: str) -> list[tuple[str, Times]]:
    whole = vobject_of(text)
    assert whole.validate(raiseException=True)
    return [
        (
            event.summary.value,
            _in_utc(event.dtstart.value, event.dtend.value if hasattr(event, "dtend") else None),
        )
        for event in whole.contents.get("vevent", [])
    ]


def read_by_khal(events: list[dict[str, str]]) -> list[tuple[str, Times]]:
    found: list[tuple[str, Times]] = []
    for event in events:
        start, end = (datetime.fromisoformat(event[field]) for field in ("start-long-full", "end-long-full"))
        if event["all-day"] == "True":
            found.append((event["title"], (start.date(), end.date() + DAY)))
        else:
            found.append((event["title"], _in_utc(start, end)))
    return found


def _in_utc(start: Any, end: Any) -> Times:
    if not isinstance(start, datetime):
        return start, end
    return start.astimezone(UTC), None if end is None else end.astimezone(UTC)


def assert_all_take_it(rows: Rows, khal: Callable[[str], Khal], radicale: Radicale, name: str) -> None:
    """Check that each program reads every event of a conference once, with our times and days."""
    text = calendar(rows)
    ours = Counter(expected(rows))
    assert Counter(read_by_icalendar(text)) == ours
    assert Counter(read_by_vobject(text)) == ours

    radicale.put(name, text)
    served = radicale.get(name)
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    served_uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(served).walk("VEVENT")]
    assert sorted(served_uids) == sorted(uids)
    assert Counter(read_by_icalendar(served)) == ours

    program = khal(rows[0].time_zone)
    program.take(text)
    days = on_each_day(rows)
    first, last = (date.fromisoformat(day) for day in (min(days), max(days)))
    every = [(first + n * DAY).isoformat() for n in range((last - first).days + 1)]
    assert program.titles(every[0], len(every)) == [
        sorted(" ".join(title.splitlines()) for title in days.get(day, ())) for day in every
    ]


# ---- conferences


def test_every_session_of_the_bundled_schedule(
    bundled: Rows, khal: Callable[[str], Khal], radicale: Radicale
) -> None:
    assert_all_take_it(bundled, khal, radicale, "bundled")


@pytest.mark.parametrize(
    "file", [pytest.param(file, marks=[pytest.mark.soak] * (file in RARE)) for file in FILES]
)
def test_every_session_of_published_schedules(
    file: str, khal: Callable[[str], Khal], radicale: Radicale
) -> None:
    assert_all_take_it(rows_of(read(file).schedule), khal, radicale, file.replace("/", "-"))


def hard_times(zone: str) -> list[dict[str, Any]]:
    """Return sessions at midnight, past it, and around the clock changes of this module's zones in 2022."""
    return [
        at("morning", zone, "2022-10-29T09:00", 45, room="Hall 1"),
        at("until-midnight", zone, "2022-10-29T23:00", 60, room="Hall 1, left"),
        at("midnight", zone, "2022-10-30T00:00", 30, day="2022-10-29"),
        at("past-midnight", zone, "2022-10-29T23:30", 120),
        at("before-the-change", zone, "2022-10-30T01:15", 30),
        at("in-the-hour-that-comes-twice", zone, "2022-10-30T02:15", 30),
        at("in-it-again", zone, "2022-10-30T02:15", 30, fold=1),
        at("until-it-again", zone, "2022-10-30T01:30", 105),
        at("over-the-change", zone, "2022-10-30T01:30", 180),
        at("after-the-change", zone, "2022-10-30T04:00", 30),
        at("before-the-change-in-new-york", zone, "2022-11-06T00:30", 30),
        at("twice-in-new-york", zone, "2022-11-06T01:30", 45),
        at("twice-in-new-york-again", zone, "2022-11-06T01:30", 45, fold=1),
        at("after-the-change-in-new-york", zone, "2022-11-06T03:00", 45),
        at("over-the-spring-forward-of-lord-howe", zone, "2022-10-02T01:00", 90),
        at("after-the-spring-forward-of-lord-howe", zone, "2022-10-02T02:30", 30),
        at("twice-in-lord-howe", zone, "2022-04-03T01:45", 10),
        at("twice-in-lord-howe-again", zone, "2022-04-03T01:45", 10, fold=1),
        at("before-ramadan", zone, "2022-03-27T01:00", 30),
        at("twice-as-ramadan-begins", zone, "2022-03-27T02:30", 30),
        at("after-ramadan", zone, "2022-05-08T03:00", 90),
        at("summer", zone, "2022-07-01T12:00", 60),
    ]


@pytest.mark.parametrize("utc", [False, True], ids=["local", "utc"])
@pytest.mark.parametrize("zone", ZONES)
def test_the_libraries_read_our_instants(zone: str, utc: bool) -> None:
    rows = conference(*hard_times(zone), time_zone=zone)
    text = calendar(rows, Options(utc=utc))
    assert Counter(read_by_icalendar(text)) == Counter(expected(rows))
    assert Counter(read_by_vobject(text)) == Counter(expected(rows))


@pytest.mark.parametrize("zone", ZONES)
def test_a_reader_that_has_only_our_vtimezone_reads_our_instants(zone: str) -> None:
    rows = conference(*hard_times(zone), time_zone=zone)
    # A name that nobody knows, so that the definition must be read.
    name = f"Ours-{zone.replace('/', '-')}"
    text = calendar(rows).replace(f"TZID={zone}", f"TZID={name}").replace(f"TZID:{zone}", f"TZID:{name}")
    assert zone == "UTC" or f"TZID={name}" in text
    assert Counter(read_by_icalendar(text)) == Counter(expected(rows))
    assert Counter(read_by_vobject(text)) == Counter(expected(rows))


@pytest.mark.parametrize("zone", ZONES)
def test_khal_reads_our_instants(zone: str, khal: Callable[[str], Khal]) -> None:
    rows = conference(*hard_times(zone), time_zone=zone)
    program = khal("UTC")
    program.take(calendar(rows))
    assert Counter(read_by_khal(program.events("2022-01-01", 365, once=True))) == Counter(expected(rows))


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
def test_all_take_a_timed_conference(
    zone: str,
    khal: Callable[[str], Khal],
    radicale: Radicale,
) -> None:
    whole_days = on("expo", "2022-10-29", "2022-10-30", "2022-11-02", title="展览, all; days \\ 🎪")
    rows = conference(*hard_times(zone), whole_days, time_zone=zone)
    assert_all_take_it(rows, khal, radicale, zone.replace("/", "-"))


# ---- a schedule that changes


def test_a_change_shows_in_khal_as_one_moved_one_renamed_one_cancelled_and_none_doubled(
    khal: Callable[[str], Khal],
) -> None:
    zone = "Europe/Berlin"
    same = [at("stays", zone, "2022-10-29T09:00", 30), on("expo", "2022-10-28", "2022-10-29")]
    before_conference, before = conference(
        *same,
        at("moves", zone, "2022-10-29T10:00", 30),
        on("moves-days", "2022-10-28"),
        at("renamed", zone, "2022-10-29T11:00", 30, title="Old name"),
        at("goes", zone, "2022-10-29T12:00", 30),
        on("shrinks", "2022-10-28", "2022-10-30"),
        time_zone=zone,
        revised="2022-10-01",
    )
    after_conference, after = conference(
        *same,
        at("moves", zone, "2022-10-30T10:00", 45),
        on("moves-days", "2022-10-30"),
        at("renamed", zone, "2022-10-29T11:00", 30, title="New name"),
        on("shrinks", "2022-10-28"),
        time_zone=zone,
        revised="2022-10-02T08:00:00+02:00",
    )
    gone = next(session for session in before if session.id == "goes")
    shrunk = next(session for session in before if session.id == "shrinks")
    withdrawn = {"shrinks": events(shrunk.slots)[1]}
    changed = ("moves", "moves-days", "renamed", "shrinks")
    entries = [
        Entry(session, revision=int(session.id in changed), withdrawn=withdrawn.get(session.id, ()))
        for session in after
    ]
    program = khal(zone)
    program.take(calendar_of(before_conference, [Entry(session) for session in before]))
    first = program.events("2022-10-27", 5, once=True)
    program.take(calendar_of(after_conference, [*entries, Entry(gone, revision=1, cancelled=True)]))
    second = program.events("2022-10-27", 5, once=True)

    def seen(events: list[dict[str, str]]) -> dict[str, tuple[str, str, str]]:
        assert max(Counter(event["uid"] for event in events).values()) == 1
        return {
            event["uid"].partition("@")[0]: (
                event["title"],
                event["start-long-full"][:16],
                event["cancelled"].strip(),
            )
            for event in events
        }

    old, new = seen(first), seen(second)
    assert old == {
        "expo": ("expo", "2022-10-28T00:00", ""),
        "goes": ("goes", "2022-10-29T12:00", ""),
        "moves": ("moves", "2022-10-29T10:00", ""),
        "moves-days": ("moves-days", "2022-10-28T00:00", ""),
        "renamed": ("Old name", "2022-10-29T11:00", ""),
        "shrinks": ("shrinks", "2022-10-28T00:00", ""),
        "shrinks.2": ("shrinks", "2022-10-30T00:00", ""),
        "stays": ("stays", "2022-10-29T09:00", ""),
    }
    assert {name: new[name] for name in new if new[name] != old[name]} == {
        "goes": ("goes", "2022-10-29T12:00", "CANCELLED"),
        "moves": ("moves", "2022-10-30T10:00", ""),
        "moves-days": ("moves-days", "2022-10-30T00:00", ""),
        "renamed": ("New name", "2022-10-29T11:00", ""),
        "shrinks.2": ("shrinks", "2022-10-30T00:00", "CANCELLED"),
    }
    assert new.keys() == old.keys()


def test_a_calendar_imported_again_unchanged_changes_nothing(
    bundled: Rows, khal: Callable[[str], Khal]
) -> None:
    program = khal(bundled[0].time_zone)
    program.take(calendar(bundled))
    once = program.events("2022-07-20", 10)
    program.take(calendar(bundled))
    assert program.events("2022-07-20", 10) == once
