"""Tests for iCalendar files: events, their times, findings, and hostile input."""

import contextlib
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli import budgets, formats
from summitcli.errors import InvalidSchedule, SummitError
from summitcli.exports.calendar.ics import Entry, Options, ics
from summitcli.formats import parse, recognise
from summitcli.formats.calendars.components import MAX_REPEATS
from summitcli.formats.calendars.ical import detect, read
from summitcli.formats.calendars.lines import MAX_LINE
from summitcli.formats.calendars.recurrence import MAX_TIMES
from summitcli.formats.draft import Draft, DraftLink, Event
from summitcli.formats.spooled import MAX_IN_MEMORY
from summitcli.model import Schedule
from summitcli.sources.source import Hints
from tests.exports.conferences import BUNDLED, Rows, at, conference, on, rows_of
from tests.exports.reading import export
from tests.published import FILES, content, here
from tests.published import read as published

BERLIN = ZoneInfo("Europe/Berlin")
PATIENCE = 60
"""Seconds after which a test that needs less than one second is considered to hang."""

DAY = "DTSTART;VALUE=DATE:20240501"
NINE = "DTSTART;TZID=Europe/Berlin:20240501T090000"


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=BERLIN)


def local(day: int, hour: int) -> datetime:
    return datetime(2024, 5, day, hour)  # noqa: DTZ001


def days(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2024, 5, number) for number in numbers)


def calendar(*events: str, head: str = "") -> bytes:
    """Return a calendar of events, each given as its property lines; the first begins in line 2."""
    parts = [f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events]
    text = f"BEGIN:VCALENDAR\n{head}{''.join(parts)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode("utf-8", "surrogatepass")


def drafted(*events: str, head: str = "") -> Draft:
    return read(calendar(*events, head=head), "plan.ics")


def one(event: str, head: str = "") -> Event:
    (found,) = drafted(event, head=head).events
    return found


def event(**fields: Any) -> Event:
    """Return the first event of a calendar without other properties, with these fields only."""
    return Event(where="VEVENT[0]", line=2, **fields)


def when(lines: str, head: str = "") -> tuple[Any, ...]:
    """Return the start, end and days of an event."""
    found = one(lines, head)
    return found.start, found.end, found.days


def odd(draft: Draft) -> list[tuple[str, str, int | None, str]]:
    """Return each finding's kind, place, line and value."""
    return [(kind.singular, where, line, value) for kind, where, line, value, _also, _n in draft.findings]


@contextlib.contextmanager
def patience() -> Iterator[None]:
    """Yield, and fail if the block hangs."""

    def give_up(*_: object) -> None:
        raise AssertionError(f"still at it after {PATIENCE} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)


# What it is.


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VCALENDAR\r\n",
        b"begin:vcalendar\n",
        b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n",
        b"\r\n \r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    ],
)
def test_a_calendar_is_recognised_by_its_beginning(data: bytes) -> None:
    assert detect(data)
    assert recognise(data, "plan") == "ics"


@pytest.mark.parametrize(
    "data", [b"", b"BEGIN:VCARD\r\n", b"BEGIN:VCALENDARS\r\n", b"x BEGIN:VCALENDAR", b"{}"]
)
def test_other_data_is_no_calendar(data: bytes) -> None:
    assert not detect(data)


# What is read of an event.


def test_every_property_of_a_session_is_read() -> None:
    lines = (
        "UID:460@KOLT20\nSUMMARY;LANGUAGE=de;CHARSET=UTF-8:Bits\\, Bytes\\; \\\\n und <b>mehr</b>\n"
        f"{NINE}\nDTEND;VALUE=DATE-TIME;TZID=Europe/Berlin:20240501T103000\nLOCATION:Saal 1\\, links\n"
        "DESCRIPTION:Erst <i>dies</i>\\ndann das\nCATEGORIES:Technik\\, hart,Weiteres\nCATEGORIES:Mehr\n"
        'ATTENDEE;CN="Lovelace, Ada";ROLE=REQ-PARTICIPANT:invalid:nomail\nATTENDEE;CN=Grace Hopper:x\n'
        "URL:https://kielux.example/460?a=b,c\nATTACH;FILENAME=slides.pdf:https://kielux.example/1.pdf\n"
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\nCONFERENCE;VALUE=URI;LABEL=Stream:https://live.example/\n"
        "CLASS:PUBLIC\nMETHOD:PUBLISH\nX-ODD:1"
    )
    assert drafted(lines).events == (
        event(
            identity="460@KOLT20",
            names=("460",),
            guid="460@KOLT20",
            title="Bits, Bytes; \\n und <b>mehr</b>",
            description="Erst <i>dies</i>\ndann das",
            start=berlin(1, 9),
            end=berlin(1, 10, 30),
            room="Saal 1, links",
            track="Technik, hart",
            speakers=("Lovelace, Ada", "Grace Hopper"),
            url="https://kielux.example/460?a=b,c",
            links=(
                DraftLink("https://kielux.example/1.pdf", "slides.pdf"),
                DraftLink("https://live.example/", "Stream"),
            ),
            tags=("Weiteres", "Mehr"),
        ),
    )


def test_an_empty_event_is_kept() -> None:
    assert drafted("CLASS:PUBLIC").events == (event(),)


def test_html_replaces_a_missing_description() -> None:
    html = "X-ALT-DESC;FMTTYPE=text/html:<p>Hi</p>"
    assert one(html).description == "<p>Hi</p>"
    assert one(f"{html}\nDESCRIPTION:Hi").description == "Hi"


@pytest.mark.parametrize(
    "attendee",
    [
        "ATTENDEE:mailto:ada@example.org",
        "ATTENDEE;CN=ada@example.org:mailto:ada@example.org",
        "ATTENDEE;CN=Ada;PARTSTAT=ACCEPTED:mailto:ada@example.org",
        "ATTENDEE;CN=Ada;RSVP=TRUE:mailto:ada@example.org",
        "ATTENDEE;CN=Ada;ROLE=NON-PARTICIPANT:mailto:ada@example.org",
        "ATTENDEE;CN=Saal 1;CUTYPE=ROOM:mailto:saal@example.org",
    ],
)
def test_invited_people_are_not_speakers(attendee: str) -> None:
    assert one(attendee).speakers == ()


def test_properties_of_an_alarm_are_ignored() -> None:
    lines = "SUMMARY:Talk\nBEGIN:VALARM\nDESCRIPTION:Wake up\nSUMMARY:Alarm\nEND:VALARM\nLOCATION:Hall"
    assert one(lines) == event(title="Talk", room="Hall")


def test_names_are_case_insensitive_and_blank_categories_ignored() -> None:
    assert one("summary:Talk\ncategories:,  ,Track") == event(title="Talk", track="Track")


def test_the_title_of_pretalx_is_kept_and_its_code_names_the_session() -> None:
    uid = "UID:pretalx-democon-2024-ABC9DE{}@pretalx.example\nSUMMARY:Bits - and Bytes - Ada"
    first, second = drafted(uid.format("-0"), uid.format("-1")).events
    assert first == event(
        identity="pretalx-democon-2024-ABC9DE@pretalx.example",
        names=("ABC9DE",),
        guid="pretalx-democon-2024-ABC9DE@pretalx.example",
        title="Bits - and Bytes - Ada",
    )
    assert second == first._replace(where="VEVENT[1]", line=6)


@pytest.mark.parametrize(
    ("uid", "names", "guid"),
    [
        ("123", ("123",), "123"),
        ("presentation_94@conf.example", ("presentation_94",), "presentation_94@conf.example"),
        (
            "F96A63BD-0b6d-4439-b187-375eb5bb965a@localhost",
            ("f96a63bd",),
            "f96a63bd-0b6d-4439-b187-375eb5bb965a",
        ),
        ("7kukuqrfedlm2f9t0d2gc2q4v8@google.com", (), "7kukuqrfedlm2f9t0d2gc2q4v8@google.com"),
        ("@nobody", (), "@nobody"),
    ],
)
def test_a_short_uid_names_the_session(uid: str, names: tuple[str, ...], guid: str) -> None:
    assert one(f"UID:{uid}") == event(identity=uid, names=names, guid=guid)


def test_events_with_one_uid_are_different_sessions() -> None:
    draft = drafted("UID:1\nSUMMARY:A", "UID:1\nSUMMARY:B", "UID:2")
    assert [(found.identity, found.names) for found in draft.events] == [
        (None, ("1",)),
        (None, ("1",)),
        ("2", ("2",)),
    ]
    assert draft.findings.sentences() == ["2 events with the same calendar IDs (UIDs) as others"]


def test_cancelled_events_are_left_out() -> None:
    draft = drafted("SUMMARY:A\nSTATUS:CANCELLED", "SUMMARY:B\nSTATUS:CONFIRMED")
    assert [found.title for found in draft.events] == ["B"]
    assert odd(draft) == [("{n} cancelled event left out", "VEVENT[0]", 2, "")]


def test_the_guids_of_cancelled_events_are_kept() -> None:
    uuid = "11111111-1111-4222-8333-11111111111A"
    draft = drafted(
        "UID:gone@x\nSTATUS:cancelled",
        "STATUS:CANCELLED",
        f"UID:{uuid}\nSTATUS:CANCELLED",
        "UID:pretalx-conf-ABC-1@x\nSTATUS:CANCELLED",
        "UID:daily@x\nRECURRENCE-ID:20240502T070000Z\nSTATUS:CANCELLED",
        "UID:held@x\nSUMMARY:B\nSTATUS:CONFIRMED",
    )
    assert draft.cancelled == {"gone@x", uuid.lower(), "pretalx-conf-ABC@x"}


# When it is held.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (DAY, days(1)),
        ("DTSTART:20240501", days(1)),
        ("DTSTART;VALUE=DATE:20240501T000000", days(1)),
        (f"{DAY}\nDTEND;VALUE=DATE:20240504", days(1, 2, 3)),
        (f"{DAY}\nDTEND;VALUE=DATE:20240501", days(1)),
        (f"{DAY}\nDTEND;VALUE=DATE:20240430", days(1)),
        (f"{DAY}\nDURATION:P2D", days(1, 2)),
        (f"{DAY}\nDURATION:P1W", days(1, 2, 3, 4, 5, 6, 7)),
    ],
)
def test_an_event_may_last_several_days(lines: str, expected: tuple[date, ...]) -> None:
    assert when(lines) == (None, None, expected)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("", None),
        ("\nDTEND;TZID=Europe/Berlin:20240501T100000", berlin(1, 10)),
        ("\nDTEND:20240501T080000Z", berlin(1, 10)),
        ("\nDTEND:20240501T100000", berlin(1, 10)),
        ("\nDURATION:PT1H30M", berlin(1, 10, 30)),
        ("\nDTEND:20240501T080000Z\nDURATION:PT5H", berlin(1, 10)),
        ("\nDTEND;VALUE=DATE:20240502\nDURATION:PT5H", berlin(1, 14)),
        ("\nDTEND:2024-05-01T10:00:00+02:00", berlin(1, 10)),
    ],
)
def test_an_event_may_have_an_end_a_duration_or_neither(end: str, expected: datetime | None) -> None:
    assert when(NINE + end) == (berlin(1, 9), expected, ())


def test_a_duration_is_elapsed_time_except_for_days() -> None:
    night = "DTSTART;TZID=Europe/Berlin:20240330T230000\nDURATION:"
    assert one(f"{night}PT8H").end == datetime(2024, 3, 31, 6, tzinfo=UTC)
    assert one(f"{night}P1D").end == datetime(2024, 3, 31, 23, tzinfo=BERLIN)


ZONE = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("China Standard Time", "Asia/Shanghai"),
        ("W. Europe Standard Time 1", "Europe/Berlin"),
        ("(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_zone_is_found_by_its_name(tzid: str, zone: str) -> None:
    draft = drafted(f"DTSTART;TZID={tzid}:20240501T090000")
    assert draft.events[0].start == datetime(2024, 5, 1, 9, tzinfo=ZoneInfo(zone))
    assert draft.time_zone == zone


@pytest.mark.parametrize(
    ("moment", "hours"),
    [("20240501T090000", 2), ("20240331T015959", 1), ("20240331T030000", 2), ("20241027T030000", 1),
     ("19010101T000000", 1), ("29991231T235959", 1)],
)  # fmt: skip
def test_a_zone_that_the_calendar_defines_has_its_offsets(moment: str, hours: int) -> None:
    draft = drafted(f"DTSTART;TZID=Ours:{moment}", head=ZONE)
    start = draft.events[0].start
    assert start is not None
    assert start.utcoffset() == timedelta(hours=hours)
    assert f"{start:%Y%m%dT%H%M%S}" == moment
    assert (draft.time_zone, odd(draft)) == ("", [])


def test_a_defined_zone_agrees_with_the_one_it_describes() -> None:
    moments = [datetime(2023, 12, 25, 12, tzinfo=UTC) + n * timedelta(days=1, hours=1) for n in range(400)]
    written = [f"{moment.astimezone(BERLIN):%Y%m%dT%H%M%S}" for moment in moments]
    draft = drafted(*(f"DTSTART;TZID=Ours:{moment}" for moment in written), head=ZONE)
    assert [found.start for found in draft.events] == moments


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", 12),
        ("RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU", 12),
        ("RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-10", 22),
        ("RDATE:20200101T000000,20240503T000000", 3),
    ],
)
def test_a_defined_zone_may_have_several_rules_or_dates(rule: str, day: int) -> None:
    head = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:20190101T000000\nTZOFFSETFROM:+0000\n"
        "TZOFFSETTO:+0000\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1\nEND:STANDARD\nBEGIN:DAYLIGHT\n"
        f"DTSTART:20190101T000000\n{rule}\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0500\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    hours = [
        found.start.utcoffset() == timedelta(hours=5)
        for found in drafted(
            *(f"DTSTART;TZID=Ours:202405{number:02}T090000" for number in range(1, 32)), head=head
        ).events
        if found.start
    ]
    assert hours == [number >= day for number in range(1, 32)]


def test_a_defined_zone_with_a_location_is_that_of_the_location() -> None:
    head = ZONE.replace("TZID:Ours\n", "TZID:Ours\nX-LIC-LOCATION:Europe/Paris\n")
    assert drafted("DTSTART;TZID=Ours:20240501T090000", head=head).time_zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("name", "hours"), [("GMT", 2), ("EST", 2), ("Europe/Berlin", 2), ("Asia/Tokyo", 2), ("Ours", 2)]
)
def test_the_definition_of_a_zone_overrides_its_name(name: str, hours: int) -> None:
    head = ZONE.replace("TZID:Ours", f"TZID:{name}")
    lines = f"DTSTART;TZID={name}:20240501T090000"
    draft = drafted(lines, lines.replace("0501", "1101"), head=head)
    offsets = [found.start.utcoffset() for found in draft.events if found.start]
    assert offsets == [timedelta(hours=hours), timedelta(hours=1)]
    said = [] if name in ("Europe/Berlin", "Ours") else [
        "1 time zone whose definition in the calendar contradicts its name; the definition is used"
    ]  # fmt: skip
    assert draft.findings.sentences() == said


SUMMER_ONLY = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20240331T030000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def test_a_definition_of_summer_only_does_not_override_the_name() -> None:
    draft = drafted(NINE, head=SUMMER_ONLY)
    assert (draft.events[0].start, draft.time_zone, odd(draft)) == (berlin(1, 9), "Europe/Berlin", [])


def test_merged_definitions_are_ignored() -> None:
    head = ZONE.replace("TZID:Ours", "TZID:Africa/Abidjan").replace(
        "BEGIN:DAYLIGHT", "TZID:Europe/Berlin\nBEGIN:DAYLIGHT"
    )
    draft = drafted("DTSTART;TZID=Africa/Abidjan:20240501T090000", head=head)
    assert (draft.events[0].start, odd(draft)) == (datetime(2024, 5, 1, 9, tzinfo=UTC), [])


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        ("20240331T013000", "2024-03-31T00:30Z"),
        ("20240331T023000", "2024-03-31T01:30Z"),
        ("20240331T030000", "2024-03-31T01:00Z"),
        ("20241027T023000", "2024-10-27T00:30Z"),
        ("20241027T030000", "2024-10-27T02:00Z"),
    ],
)
def test_skipped_and_ambiguous_times_in_a_defined_zone(moment: str, instant: str) -> None:
    (found,) = drafted(f"DTSTART;TZID=Ours:{moment}\nDURATION:PT1H", head=ZONE).events
    # Python holds a time that is skipped or shown twice for none of another zone (PEP 495).
    assert found.start
    assert found.end
    assert found.start.astimezone(UTC) == datetime.fromisoformat(instant)
    assert found.end.astimezone(UTC) == datetime.fromisoformat(instant) + timedelta(hours=1)


@pytest.mark.parametrize("tzid", ["Nowhere/Land", "../../etc/passwd", "Europe", "localtime", "x" * 500, "/"])
def test_a_time_in_an_unknown_zone_is_local(tzid: str) -> None:
    draft = drafted(f"DTSTART;TZID={tzid}:20240501T090000")
    assert [found.start for found in draft.events] == [local(1, 9)]
    assert draft.time_zone == ""
    assert odd(draft) == [
        (
            "{n} time in an unknown time zone, read as local time",
            "VEVENT[0].DTSTART",
            3,
            tzid[:60],
        )
    ]


WR = "X-WR-TIMEZONE:Europe/Vienna\n"
Z = "DTSTART:20240501T070000Z"
FLOATING = "DTSTART:20240501T090000"


@pytest.mark.parametrize(
    ("head", "starts", "expected"),
    [
        ("", (NINE, NINE), "Europe/Berlin"),
        (WR, (NINE, NINE), "Europe/Berlin"),
        (WR, (NINE, Z), "Europe/Vienna"),
        (WR, (Z, Z), "Europe/Vienna"),
        (WR, (FLOATING, DAY), "Europe/Vienna"),
        ("X-WR-TIMEZONE:W. Europe Standard Time\n", (FLOATING,), "Europe/Berlin"),
        ("X-WR-TIMEZONE:Nowhere\n", (FLOATING,), "Nowhere"),
        ("", (NINE, Z, FLOATING), "Europe/Berlin"),
        ("", (Z, Z), ""),
        ("", (Z, FLOATING), ""),
        ("", (FLOATING, DAY), ""),
        ("", (DAY,), ""),
        ("", (), ""),
    ],
)
def test_the_zone_of_the_conference(head: str, starts: tuple[str, ...], expected: str) -> None:
    assert drafted(*starts, head=head).time_zone == expected


def test_times_in_utc_are_instants_and_others_local() -> None:
    assert when(f"{Z}\nDTEND:20240501T080000Z")[:2] == (berlin(1, 9), berlin(1, 10))
    assert when(f"{FLOATING}\nDTEND:20240501T100000")[:2] == (local(1, 9), local(1, 10))


# What recurs.

WR_BERLIN = "X-WR-TIMEZONE:Europe/Berlin\n"
DAILY = f"UID:1\n{NINE}\nDTEND;TZID=Europe/Berlin:20240501T100000\nRRULE:FREQ=DAILY;COUNT=3"


def hours(draft: Draft) -> list[tuple[str | None, datetime | None, datetime | None]]:
    return [(found.identity, found.start, found.end) for found in draft.events]


def test_a_recurring_event_has_several_times() -> None:
    assert hours(drafted(DAILY)) == [("1", berlin(n, 9), berlin(n, 10)) for n in (1, 2, 3)]
    assert {found.line for found in drafted(DAILY).events} == {2}


def test_days_recur_too() -> None:
    draft = drafted(f"{DAY}\nDTEND;VALUE=DATE:20240503\nRRULE:FREQ=WEEKLY;COUNT=2")
    assert [found.days for found in draft.events] == [days(1, 2), days(8, 9)]


@pytest.mark.parametrize(
    "out",
    [
        "EXDATE;TZID=Europe/Berlin:20240502T090000",
        "EXDATE:20240502T090000",
        "EXDATE:20240502T070000Z",
        "EXDATE;VALUE=DATE:20240502",
        "EXDATE;TZID=Europe/Berlin:20200101T090000,20240502T090000",
    ],
)
def test_an_occurrence_may_be_excluded(out: str) -> None:
    assert hours(drafted(f"{DAILY}\n{out}")) == [("1", berlin(n, 9), berlin(n, 10)) for n in (1, 3)]


def test_occurrences_may_be_added() -> None:
    lines = (
        "RDATE;TZID=Europe/Berlin:20240501T090000,20240507T090000\n"
        "RDATE;VALUE=PERIOD:20240508T070000Z/PT3H,20240509T070000Z/20240509T110000Z"
    )
    assert hours(drafted(DAILY.replace("RRULE:FREQ=DAILY;COUNT=3", lines))) == [
        ("1", berlin(1, 9), berlin(1, 10)),
        ("1", berlin(7, 9), berlin(7, 10)),
        ("1", berlin(8, 9), berlin(8, 12)),
        ("1", berlin(9, 9), berlin(9, 13)),
    ]


def test_an_event_may_replace_an_occurrence() -> None:
    other = "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20240502T090000\nDTSTART:20240502T150000Z\nLOCATION:Hall"
    draft = drafted(DAILY, other)
    assert hours(draft) == [
        ("1", berlin(1, 9), berlin(1, 10)),
        ("1", berlin(3, 9), berlin(3, 10)),
        ("1", berlin(2, 17), None),
    ]
    assert (draft.events[2].room, odd(draft)) == ("Hall", [])


ONWARDS = "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20240502T090000\n"


def test_an_event_may_replace_all_following_occurrences() -> None:
    other = f"{ONWARDS}DTSTART;TZID=Europe/Berlin:20240502T110000\nDURATION:PT2H\nLOCATION:Hall"
    draft = drafted(DAILY.replace("COUNT=3", "COUNT=4"), other)
    assert sorted(hours(draft), key=str) == [
        ("1", berlin(1, 9), berlin(1, 10)),
        ("1", berlin(2, 11), berlin(2, 13)),
        ("1", berlin(3, 11), berlin(3, 13)),
        ("1", berlin(4, 11), berlin(4, 13)),
    ]
    assert ([found.room for found in draft.events].count("Hall"), odd(draft)) == (3, [])


def test_all_following_occurrences_may_be_cancelled() -> None:
    other = f"{ONWARDS}DTSTART;TZID=Europe/Berlin:20240502T090000\nSTATUS:CANCELLED"
    assert hours(drafted(DAILY, other)) == [("1", berlin(1, 9), berlin(1, 10))]


def test_one_of_the_following_occurrences_may_be_replaced_again() -> None:
    later = f"{ONWARDS}DTSTART;TZID=Europe/Berlin:20240502T100000"
    one_ = (
        "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20240503T090000\nDTSTART;TZID=Europe/Berlin:20240503T200000"
    )
    starts = [start for _uid, start, _end in hours(drafted(DAILY.replace("=3", "=4"), later, one_))]
    assert sorted(map(str, starts)) == [str(berlin(n, h)) for n, h in ((1, 9), (2, 10), (3, 20), (4, 10))]


@pytest.mark.parametrize(
    "other",
    [
        "UID:1\nRECURRENCE-ID;RANGE=THISANDPRIOR:20240502T070000Z\nDTSTART:20240502T080000Z",
        "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20240502T070000Z\nDTSTART;VALUE=DATE:20240502",
    ],
)
def test_an_unsupported_range_is_reported(other: str) -> None:
    draft = drafted(DAILY, other)
    assert draft.findings.sentences() == [
        "1 event that changes others in an unsupported way; only one occurrence was read"
    ]
    assert len(draft.events) == 3


@pytest.mark.parametrize(
    ("head", "out", "kept"),
    [
        (WR_BERLIN, "EXDATE:20240501T220000Z", (1, 3)),
        ("", "EXDATE:20240501T220000Z", (1, 3)),
        ("", "EXDATE:20240502T050000Z", (1, 3)),
        ("", "EXDATE:20240502T000000Z", (1, 3)),
    ],
)
def test_a_date_may_be_excluded_by_its_midnight_in_utc(head: str, out: str, kept: tuple[int, ...]) -> None:
    draft = drafted(f"{DAY}\nRRULE:FREQ=DAILY;UNTIL=20240503\n{out}", head=head)
    assert [found.days for found in draft.events] == [days(n) for n in kept]


def test_the_latest_revision_of_an_event_is_read() -> None:
    draft = drafted(f"UID:1\nSUMMARY:A\nSEQUENCE:0\n{DAY}", f"UID:1\nSUMMARY:A\nSEQUENCE:10\n{NINE}")
    assert [(found.start, found.identity) for found in draft.events] == [(berlin(1, 9), "1")]
    assert draft.findings.sentences() == ["1 event left out, as there is a later revision"]
    others = drafted("UID:1\nSUMMARY:A\nSEQUENCE:0", "UID:1\nSUMMARY:B\nSEQUENCE:1", "UID:1\nSUMMARY:A")
    assert [found.title for found in others.events] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ("RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2\nRRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=2", (1, 3, 8, 10)),
        ("RRULE:FREQ=DAILY;COUNT=5\nEXRULE:FREQ=DAILY;INTERVAL=2", (2, 4)),
        ("RRULE:FREQ=DAILY;COUNT=5\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU\nEXRULE:FREQ=DAILY;COUNT=1", (2, 3)),
        ("RDATE;TZID=Europe/Berlin:20240502T090000,20240504T090000\nEXRULE:FREQ=WEEKLY;BYDAY=SA", (1, 2)),
    ],
)
def test_several_rules_are_combined_and_exclusions_applied(rules: str, kept: tuple[int, ...]) -> None:
    draft = drafted(f"UID:1\n{NINE}\n{rules}")
    assert [found.start for found in draft.events] == [berlin(day, 9) for day in kept]
    assert draft.findings.sentences() == []


def test_an_event_with_all_times_excluded_is_reported() -> None:
    out = "EXDATE;TZID=Europe/Berlin:20240501T090000"
    draft = drafted(f"UID:1\nSUMMARY:Tea\n{NINE}\nRRULE:FREQ=DAILY;COUNT=1\n{out}", f"UID:2\n{NINE}")
    assert [found.identity for found in draft.events] == ["2"]
    assert odd(draft) == [("{n} event left out: all of its times are excluded", "VEVENT[0]", 2, "Tea")]


def test_an_event_with_all_times_replaced_is_not_reported() -> None:
    other = "UID:1\nRECURRENCE-ID:20240501T070000Z\nDTSTART:20240501T100000Z"
    draft = drafted(f"UID:1\n{NINE}\nRRULE:FREQ=DAILY;COUNT=1", other)
    assert (len(draft.events), draft.findings.sentences()) == (1, [])


FLOATING = "UID:1\nDTSTART:20240501T090000\nRRULE:FREQ=DAILY;{}"


@pytest.mark.parametrize(
    ("zone", "rest", "kept"),
    [
        (None, "UNTIL=20240503T070000Z", (1, 2, 3)),
        ("Asia/Kolkata", "UNTIL=20240503T033000Z", (1, 2, 3)),
        ("America/New_York", "UNTIL=20240502T130000Z", (1, 2)),
        ("America/New_York", "UNTIL=20240502T125959Z", (1,)),
        ("Asia/Kolkata", "COUNT=3\nEXDATE:20240502T033000Z", (1, 3)),
        ("Asia/Kolkata", "COUNT=3\nRDATE:20240505T033000Z", (1, 2, 3, 5)),
    ],
)
def test_instants_among_local_times_are_in_the_users_zone(
    zone: str | None, rest: str, kept: tuple[int, ...]
) -> None:
    schedule = parse(calendar(FLOATING.format(rest), head=WR_BERLIN), "plan.ics", Hints(zone)).schedule
    starts = [slot.start for session in schedule.sessions for slot in session.slots]
    where = ZoneInfo(zone or "Europe/Berlin")
    assert sorted(filter(None, starts)) == [datetime(2024, 5, day, 9, tzinfo=where) for day in kept]


def test_too_many_times_are_reported() -> None:
    many = ",".join(f"2024{m:02}{d:02}T00{s:02}00Z" for m in (5, 6) for d in range(1, 29) for s in range(9))
    assert "1 event with too many occurrences; only the first 366 were read" in (
        drafted(f"{NINE}\nRDATE:{many}").findings.sentences()
    )


def test_every_occurrence_has_the_duration_of_the_first() -> None:
    night = "UID:1\nDTSTART;TZID=Europe/Berlin:20240329T220000\n{}\nRRULE:FREQ=DAILY;COUNT=3"
    for said in ("DTEND;TZID=Europe/Berlin:20240330T060000", "DURATION:PT8H"):
        lengths = [
            found.end.astimezone(UTC) - found.start.astimezone(UTC)
            for found in drafted(night.format(said)).events
            if found.start and found.end
        ]
        assert lengths == [timedelta(hours=8)] * 3
    days_ = drafted(night.format("DURATION:P1D")).events
    assert [str(found.end)[11:16] for found in days_] == ["22:00"] * 3
    assert one(night.format("DURATION:PT24H").replace("0329", "0330").replace("COUNT=3", "COUNT=1")).end == (
        datetime(2024, 3, 31, 23, tzinfo=BERLIN)
    )


def test_an_occurrence_may_be_cancelled() -> None:
    other = "UID:1\nRECURRENCE-ID:20240502T070000Z\nDTSTART:20240502T070000Z\nSTATUS:CANCELLED"
    draft = drafted(DAILY, other)
    assert hours(draft) == [("1", berlin(n, 9), berlin(n, 10)) for n in (1, 3)]
    assert draft.findings.sentences() == ["1 cancelled event left out"]


def test_recurring_events_with_one_uid_are_different_sessions() -> None:
    later = DAILY.replace("T09", "T12").replace("T10", "T13")
    identities = [found.identity for found in drafted(DAILY, later).events]
    assert identities[:3] == ["1 2024-05-01T09:00:00+02:00"] * 3
    assert identities[3:] == ["1 2024-05-01T12:00:00+02:00"] * 3


def test_an_endless_rule_is_expanded_to_the_last_day_of_other_events() -> None:
    draft = drafted(DAILY.replace(";COUNT=3", ""), f"{DAY}\nDTEND;VALUE=DATE:20240511")
    assert [start for _uid, start, _end in hours(draft)][:-1] == [berlin(n, 9) for n in range(1, 12)]
    outside = "{n} recurring event with occurrences outside the conference, which were left out"
    assert odd(draft) == [(outside, "VEVENT[0].RRULE", 6, "FREQ=DAILY")]


HOSTILE = [
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;COUNT=1000000000",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=99999999999999999999",
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=DAILY;UNTIL=20200101",
    "FREQ=DAILY;UNTIL=PT5M",
    "FREQ=DAILY;COUNT=" + "9" * 5000,
    "FREQ=WEEKLY;BYDAY=" + ",".join(["WE"] * 100_000),
    "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
    "FREQ=DAILY\nRRULE:FREQ=SECONDLY",
    "FREQ=DAILY\nEXRULE:FREQ=SECONDLY",
    "FREQ=SOMETIMES",
    "nonsense",
    "",
]


@pytest.mark.parametrize("rule", HOSTILE, ids=lambda rule: rule[:30])
def test_the_first_time_of_an_unsupported_rule_is_kept(rule: str) -> None:
    with patience():
        draft = drafted(DAILY.replace("FREQ=DAILY;COUNT=3", rule))
    assert hours(draft) == [("1", berlin(1, 9), berlin(1, 10))]
    assert draft.findings.sentences()[-1] == (
        "1 event with an unsupported recurrence rule; only the first occurrence was read"
    )


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=SOMETIMES", "FREQ=DAILY;COUNT=2\nEXRULE:FREQ=SECONDLY"]
)
def test_listed_times_beside_an_unsupported_rule_are_read(rule: str) -> None:
    dates = "RDATE;TZID=Europe/Berlin:20240503T110000,20240504T090000"
    draft = drafted(DAILY.replace("FREQ=DAILY;COUNT=3", f"{rule}\n{dates}"))
    assert hours(draft) == [
        ("1", berlin(1, 9), berlin(1, 10)),
        ("1", berlin(3, 11), berlin(3, 12)),
        ("1", berlin(4, 9), berlin(4, 10)),
    ]
    assert draft.findings.sentences()[-1] == (
        "1 event with an unsupported recurrence rule; only the first and listed occurrences were read"
    )


GONE = "EXDATE;TZID=Europe/Berlin:20240501T090000,20240502T090000,20240503T090000"
EMPTY = "it has no events"
NONE_HELD = "all its events are cancelled, or the calendar excludes all their dates"


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ((DAILY.replace("COUNT=3", f"COUNT=3\n{GONE}"),), NONE_HELD),
        ((DAILY.replace("COUNT=3", "COUNT=3\nEXRULE:FREQ=DAILY"),), NONE_HELD),
        ((DAILY.replace("RRULE:FREQ=DAILY;COUNT=3", "STATUS:CANCELLED"),), NONE_HELD),
        ((f"{DAILY}\n{GONE}", f"UID:2\n{NINE}\nSTATUS:CANCELLED"), NONE_HELD),
        ((f"{DAILY}\nSTATUS:CANCELLED\nURL:nowhere",), NONE_HELD),
        ((), EMPTY),
    ],
)
def test_a_calendar_of_cancelled_events_is_not_reported_as_empty(events: tuple[str, ...], fault: str) -> None:
    with pytest.raises(InvalidSchedule) as refused:
        parse(calendar(*events), "plan.ics", Hints())
    assert str(refused.value) == f"plan.ics is not a valid schedule: {fault}"


def test_a_billion_occurrences_are_cut_off() -> None:
    with patience():
        assert len(drafted(DAILY.replace("COUNT=3", "COUNT=1000000000")).events) == 7
        many = ",".join(["20240501T090000Z"] + [f"2024{m:02}{d:02}T00{s:02}00Z" for m in range(1, 13)
                                                for d in range(1, 29) for s in range(60)])  # fmt: skip
        assert len(drafted(f"{NINE}\nRDATE:{many}").events) == MAX_TIMES


def test_many_daily_events_are_read_within_bounds() -> None:
    with patience():
        endless = [f"UID:{n}\n{NINE.replace('2024', '1900')}\nRRULE:FREQ=DAILY" for n in range(1_000)]
        assert len(drafted(*endless, NINE).events) >= 1_001
        long = [f"UID:{n}\n{DAY}\nDTEND;VALUE=DATE:20250501" for n in range(1_000)]
        found = [len(each.days) for each in drafted(*long).events]
        assert (found[0], found[-1]) == (365, 1)


# The calendar.


def test_the_facts_of_the_conference_are_read() -> None:
    head = "PRODID:x\nX-WR-CALNAME;CHARSET=UTF-8;ENCODING=8BIT:Tage\\, die\nURL:https://tage.example\n" + WR
    draft = drafted(
        "DTSTAMP:20240401T000000Z\nLAST-MODIFIED:20240201T120000Z", "LAST-MODIFIED:20240301T120000", head=head
    )
    assert draft._replace(events=()) == Draft(
        events=(),
        findings=draft.findings,
        title="Tage, die",
        time_zone="Europe/Vienna",
        url="https://tage.example",
        revised=datetime(2024, 3, 1, 12, tzinfo=UTC),
    )


def test_the_stamp_replaces_a_missing_last_change() -> None:
    stamps = ("DTSTAMP;TZID=Europe/Berlin:20240401T010000", "DTSTAMP:20240331T120000Z", "DTSTAMP:20240401")
    assert drafted(*stamps).revised == datetime(2024, 3, 31, 23, tzinfo=UTC)
    assert drafted("SUMMARY:A").revised is None


@pytest.mark.parametrize("name", ["NAME", "SUMMARY"])
def test_alternative_title_properties_are_read(name: str) -> None:
    assert drafted(head=f"{name}:EMF 2022\n").title == "EMF 2022"
    assert drafted(head=f"{name}:EMF 2022\nX-WR-CALNAME:EMF\n").title == "EMF"


def test_several_calendars_in_one_file_are_one_schedule() -> None:
    data = calendar("SUMMARY:A", head="X-WR-CALNAME:Both\n") + calendar("SUMMARY:B")
    draft = read(data, "plan.ics")
    assert (draft.title, [found.title for found in draft.events]) == ("Both", ["A", "B"])


# How it is written.


def test_a_line_folded_within_a_character_is_unfolded_first() -> None:
    data = calendar("SUMMARY:数字峰会\nLOCATION:Hall")
    cut = data.index("字".encode()) + 1
    for fold in (b"\r\n ", b"\n ", b"\r\n\t", b"\r\n \r\n "):
        assert read(data[:cut] + fold + data[cut:], "plan").events[0].title == "数字峰会"


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n\r\n"])
def test_other_line_ends_are_accepted(end: bytes) -> None:
    data = calendar(f"SUMMARY:A\n{DAY}", "SUMMARY:B").replace(b"\r\n", end)
    assert [(found.title, found.days) for found in read(data, "plan").events] == [("A", days(1)), ("B", ())]


def test_folded_lines_of_escaped_newlines_continue_the_text() -> None:
    assert one("DESCRIPTION:Le\n \\n\n Et\n \n \\n\n fin\nLOCATION:Hall") == event(
        description="Le\nEt\nfin", room="Hall"
    )


def test_an_event_has_its_line_number() -> None:
    data = calendar("DESCRIPTION:a\n b\n c\n\nSUMMARY:A", "SUMMARY:B")
    assert [found.line for found in read(data, "plan").events] == [2, 9]


# What is odd.


def test_an_unreadable_line_affects_nothing_else() -> None:
    lines = (
        "SUMMARY:Talk\nDTSTART:yesterday\nDTEND:20240501T100000Z junk\nURL;=:x\nno property\n"
        "DURATION:sometimes\nDTSTAMP:20240230T000000Z\nLOCATION:Hall"
    )
    draft = drafted(lines)
    assert draft.events == (event(title="Talk", room="Hall"),)
    kind = "{n} line of a calendar that can't be read"
    assert sorted(odd(draft), key=lambda finding: finding[2] or 0) == [
        (kind, "VEVENT[0].DTSTART", 4, "yesterday"),
        (kind, "VEVENT[0].URL", 6, "URL;=:x"),
        (kind, "VEVENT[0]", 7, "no property"),
        (kind, "VEVENT[0].DTSTAMP", 9, "20240230T000000Z"),
    ]


@pytest.mark.parametrize(
    "end",
    [
        "DTEND;VALUE=DATE:20240502",
        "DTEND:soon",
        "DTEND:99991231T235959Z",
        "DTEND:20280501T000000Z",
        "DURATION:-PT1H",
        "DURATION:P9999999W",
        "DURATION:P99999999999999999999W",
    ],
)
def test_an_impossible_end_is_left_out(end: str) -> None:
    draft = drafted(f"{NINE}\n{end}")
    assert [(found.start, found.end) for found in draft.events] == [(berlin(1, 9), None)]
    assert draft.findings.sentences() == ["1 line of a calendar that can't be read"]


@pytest.mark.parametrize(
    "start", ["00010101T000000", "99991231T235959Z", "18991231", "30000101", "20240501T240000"]
)
def test_a_time_in_an_unsupported_year_is_left_out(start: str) -> None:
    draft = drafted(f"DTSTART:{start}")
    assert draft.events == (event(),)
    assert draft.findings.sentences() == ["1 line of a calendar that can't be read"]


def test_an_event_without_an_end_line_is_kept() -> None:
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nBEGIN:VEVENT\nSUMMARY:B\nEND:VCALENDAR\n"
    draft = read(data, "plan")
    assert [found.title for found in draft.events] == ["A", "B"]
    assert draft.findings.sentences() == ["2 events without END lines"]


def test_an_event_after_the_end_of_its_calendar_is_kept() -> None:
    data = calendar("SUMMARY:A") + b"BEGIN:VEVENT\nSUMMARY:B\nEND:VEVENT\nEND:VCALENDAR\n"
    assert [found.title for found in read(data, "plan").events] == ["A", "B"]


def test_misplaced_lines_are_ignored() -> None:
    head = "BEGIN:VTODO\nSUMMARY:Todo\nEND:VTODO\nBEGIN:STANDARD\nEND:STANDARD\nEND:VEVENT\n"
    draft = drafted("SUMMARY:A", head=head)
    assert [found.title for found in draft.events] == ["A"]
    assert odd(draft) == [("{n} END line without a BEGIN line", "VCALENDAR", 7, "VEVENT")]


def test_text_that_is_not_utf_8_is_read_in_part() -> None:
    data = calendar("SUMMARY:Caf?").replace(b"?", b"\xe9")
    draft = read(data, "plan")
    assert [found.title for found in draft.events] == ["Caf\ufffd"]
    assert draft.findings.sentences() == ["1 line that is not UTF-8 text"]


def test_endless_lines_and_excess_lines_are_left_out() -> None:
    draft = drafted("SUMMARY:A\nDESCRIPTION:" + "x" * MAX_LINE + "\nATTENDEE;CN=A:x" * (MAX_REPEATS + 2))
    assert draft.events == (event(title="A", speakers=("A",)),)
    assert sorted(draft.findings.sentences()) == [
        "1 line of a calendar that can't be read",
        "2 lines in events with too many lines were skipped",
    ]


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidSchedule) as caught, patience():
        read(data, "plan.ics")
    return str(caught.value).removeprefix("plan.ics is not a valid schedule: ")


@pytest.mark.parametrize(
    ("kept", "part", "line", "titles"),
    [
        ("END:VCALENDAR", "VCALENDAR", 1, ["A", "B"]),
        ("END:VEVENT\r\nEND:VCALENDAR", "VEVENT", 6, ["A", "B"]),
        ("SUMMARY:B", "VEVENT", 6, ["A", ""]),
    ],
)
def test_a_truncated_file_is_read(kept: str, part: str, line: int, titles: list[str]) -> None:
    data = calendar("UID:1\nSUMMARY:A", "UID:2\nSUMMARY:B")
    draft = read(data[: data.index(kept.encode())], "plan")
    assert [found.title for found in draft.events] == titles
    assert odd(draft) == [("the calendar is incomplete: {value} has no end", part, line, part)]


def test_properties_and_events_outside_a_calendar_are_reported() -> None:
    event_ = "BEGIN:VEVENT\nSUMMARY:B\nEND:VEVENT\n"
    data = calendar("SUMMARY:A", head="LOCATION:Lost\nREFRESH-INTERVAL:PT1H\n")
    draft = read(data + f"stray\nSUMMARY:Stray\n{event_}END:VALARM\n".encode(), "plan")
    assert [found.title for found in draft.events] == ["A", "B"]
    outside = "{n} misplaced line in a calendar was ignored"
    assert odd(draft) == [
        (outside, "VCALENDAR", 2, "LOCATION:Lost"),
        (outside, "", 8, "stray"),
        (outside, "", 9, "SUMMARY:Stray"),
        ("{n} event outside a calendar", "VEVENT", 10, ""),
        ("{n} END line without a BEGIN line", "", 13, "VALARM"),
    ]


def test_an_unclosed_component_affects_nothing_else() -> None:
    draft = drafted("SUMMARY:A\nBEGIN:VALARM\nSUMMARY:Alarm", f"SUMMARY:B\n{DAY}")
    assert [found.title for found in draft.events] == ["A", "B"]
    assert odd(draft) == [("{n} calendar component without an END line", "VALARM", 4, "")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("<!--\n", "-->\n"), ("<html>\n<!-- ", "-->\n</html>\n"), ("HTTP header\n\n", "")],
)
def test_a_calendar_inside_a_page_is_read_and_reported(before: str, after: str) -> None:
    data = before.encode() + calendar(f"SUMMARY:A\n{DAY}") + after.encode()
    assert recognise(data, "plan") == "ics"
    if "<!-- " not in before:
        draft = read(data, "plan")
        assert [found.title for found in draft.events] == ["A"]
        assert all("misplaced" in sentence for sentence in draft.findings.sentences())
        assert draft.findings


@pytest.mark.parametrize(
    "data", [b"{\nBEGIN:VCALENDAR\n}", b"<?xml version='1.0'?>\n<x>\nBEGIN:VCALENDAR\n</x>"]
)
def test_quoted_text_of_a_calendar_is_not_one(data: bytes) -> None:
    assert not detect(data)


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART;TZID=GMT+05:30:20240501T090000", "2024-05-01T09:00:00+05:30"),
        ("DTSTART;VALUE=DATE-TIME;TZID=GMT+05:30:20240501T090000", "2024-05-01T09:00:00+05:30"),
        ("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Rome:20240501T090000", "2024-05-01T09:00:00+02:00"),
        ("DTSTART;TZID=(UTC+01.00) Amsterdam, Berlin:20240501T090000", "2024-05-01T09:00:00+02:00"),
    ],
)
def test_the_time_follows_the_last_colon(line: str, start: str) -> None:
    draft = drafted(line)
    assert [found.start and found.start.isoformat() for found in draft.events] == [start]
    assert odd(draft) == [
        ("{n} parameter in a calendar that should be in quotes", "VEVENT[0].DTSTART", 3, line[:60])
    ]


def test_addresses_without_quotes_are_parameters() -> None:
    draft = drafted(
        "LOCATION;ALTREP=https://x.example:80/a:Hall: left\nATTENDEE;CN=Dr. A: B:mailto:a@x.example"
    )
    assert draft.events == (event(room="Hall: left", speakers=("Dr. A: B",)),)
    assert len(draft.findings) == 2


def test_addresses_in_values_or_quotes_are_valid() -> None:
    quoted = drafted('LOCATION;ALTREP="https://x.example/a":Hall\nDESCRIPTION:a;b=https://x.example/:c')
    assert quoted.events == (event(room="Hall", description="a;b=https://x.example/:c"),)
    assert odd(quoted) == []
    written = drafted("DTSTART:2024-05-01T10:00:00+02:00", 'DTSTART;TZID="Europe/Berlin":20240501T100000')
    assert [found.start for found in written.events] == [berlin(1, 10)] * 2
    assert odd(written) == []


def test_a_calendar_beyond_the_budget_is_refused() -> None:
    lines = b"BEGIN:VCALENDAR" + b"\n" * 300_000
    assert refusal(lines) == budgets.too_many(budgets.LINES, len(lines))
    components = b"BEGIN:VCALENDAR\n" + b"BEGIN:X\nEND:X\n" * 90_000
    assert refusal(components) == budgets.too_many(budgets.COMPONENTS, len(components))
    assert refusal(b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000) == "it is nested too deeply"


def test_a_zone_full_of_rules_does_not_hang() -> None:
    part = ZONE.partition("BEGIN:STANDARD")[2].partition("END:VTIMEZONE")[0]
    many = ZONE.replace("END:VTIMEZONE", f"BEGIN:STANDARD{part}" * 400 + "END:VTIMEZONE")
    endless = many.replace("FREQ=YEARLY", "FREQ=SECONDLY")
    with patience():
        for head in (many, endless):
            starts = [f"DTSTART;TZID=Ours:{year}0501T090000" for year in range(1900, 2999)]
            assert len(drafted(*starts, head=head).events) == 1_099


# Calendars of our own.


def essence(rows: Rows) -> tuple[str, dict[str, Any]]:
    """Return what a calendar keeps of a conference: its id, and the fields of each session by id."""
    row, sessions = rows
    return row.id, {
        session.id: (
            session.title,
            session.slots,
            (session.category_name or "").replace(", ", " / "),
            session.speakers,
            session.url,
        )
        for session in sessions
    }


def back(text: str, hints: Hints = Hints()) -> Rows:  # noqa: B008
    return rows_of(parse(text.encode(), "ours.ics", hints).schedule)


def test_the_bundled_schedule_is_read_back_from_its_calendar() -> None:
    bundled = rows_of(Schedule.model_validate_json(BUNDLED.read_bytes()))
    assert essence(back(export(bundled))) == essence(bundled)


TIMED = conference(
    at(
        "talk",
        "Asia/Shanghai",
        "2022-07-23T09:00",
        45,
        room="厅, 一",
        category="forum",
        speakers=["Ada", "李雷"],
    ),
    on("fair", "2022-07-23", "2022-07-24", "2022-07-26", room="Hall", url="https://x.example/fair"),
    at(
        "late",
        "Asia/Shanghai",
        "2022-07-24T23:30",
        60,
        title="Late; or \\ not,\nat all",
        description="Speaks",
    ),
    {
        "id": "twice",
        "title": {"zh": "两次", "en": "Twice"},
        "slots": [
            {"day": day, "start": f"{day}T14:00:00+08:00", "end": f"{day}T15:00:00+08:00"}
            for day in ("2022-07-23", "2022-07-26")
        ],
        "speakers": ["Grace"],
        "description": "One\n\nSpeakers: no, not these",
    },
    categories=[{"id": "forum", "name": "分论坛, 大"}],
    notice="以现场为准",
)


@pytest.mark.parametrize("options", [Options(), Options(utc=True), Options(alarms=(timedelta(minutes=5),))])
def test_a_schedule_with_times_is_read_back_from_its_calendar(options: Options) -> None:
    found = back(export(TIMED, options))
    expected = essence(TIMED)
    expected[1]["late"] = ("Late; or \\ not, at all", *expected[1]["late"][1:])
    assert essence(found) == expected
    assert (found[0].title, found[0].time_zone, found[0].revised) == (
        "数字峰会",
        "Asia/Shanghai",
        "2022-07-01",
    )
    descriptions = {session.id: session.description for session in found[1]}
    assert descriptions["talk"] == "以现场为准"
    assert descriptions["twice"] == "Twice\n\nOne\n\nSpeakers: no, not these\n\n以现场为准"


def test_sessions_cancelled_since_an_earlier_export_are_left_out() -> None:
    row, sessions = TIMED
    entries = [
        Entry(
            session,
            cancelled=session.id == "talk",
            withdrawn=session.slots[:1] if session.id == "fair" else (),
        )
        for session in sessions
    ]
    kept = {id_: rest for id_, rest in essence(TIMED)[1].items() if id_ != "talk"}
    draft = read("".join(ics(row, entries)).encode(), "ours")
    assert {found.identity for found in draft.events} == set(kept)
    assert draft.findings.sentences() == ["2 cancelled events left out"]


def test_a_uid_like_ours_in_another_calendar_is_not_ours() -> None:
    uid = "talk.2@summit-5.summitcli"
    draft = drafted(f"UID:{uid}\nDESCRIPTION:Speakers: Ada")
    assert draft.id == ""
    assert draft.events == (event(identity=uid, names=("talk.2",), guid=uid, description="Speakers: Ada"),)


# Calendars that were published.


REVISED = {
    "harbour.ics": datetime(2024, 10, 1, 12, tzinfo=UTC),
    "odd.ics": datetime(2024, 1, 1, 10, 15, tzinfo=UTC),
    "ics/emf2022.ics": None,
    "ics/jres2022.ics": datetime(2022, 5, 15, 23, 21, 16, tzinfo=UTC),
    "ics/kielux2020.ics": datetime(2020, 11, 12, 14, 8, 46, tzinfo=UTC),
    "ics/klimacamp2015.ics": datetime(2015, 7, 13, 10, 46, 56, tzinfo=UTC),
    "ics/pyconau2023.ics": datetime(2023, 8, 17, 23, 40, 4, tzinfo=UTC),
}
"""The last changes of published calendars."""


@pytest.mark.parametrize("file", here(*REVISED))
def test_every_event_of_a_published_calendar_is_read(file: str) -> None:
    draft = read(content(file), file)
    known = FILES[file]
    assert (len(draft.events), draft.time_zone or "UTC", draft.revised) == (
        known.events, known.zone, REVISED[file],
    )  # fmt: skip
    assert len({found.identity for found in draft.events}) == known.events
    assert all(found.title and found.start and found.names for found in draft.events)
    assert all(found.end or found.length is not None for found in draft.events)
    assert "\ufffd" not in "".join(found.title + found.description for found in draft.events)
    assert odd(draft) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("harbour.ics", "harbour.json"),
        *(("ics/klimacamp2015.ics", name) for name in here("frab-json/klimacamp2015.json")),
    ],
)
def test_the_same_schedule_in_two_formats_gives_the_same_sessions(one: str, other: str) -> None:
    def sessions(name: str) -> set[Any]:
        return {(one.guid, one.title, one.slots[0].start) for one in published(name).schedule.sessions}

    assert sessions(one) == sessions(other)


def test_a_published_calendar_is_read_field_by_field() -> None:
    draft = read(content("odd.ics"), "odd.ics")
    assert (draft.title, draft.events[0]) == ("Wattwochen", Event(
        where="VEVENT[0]",
        line=5,
        identity="467@watt24",
        names=("467",),
        guid="467@watt24",
        title="Wattwandern für Anfänger und Überängstliche, mit Gummistiefeln – Füße warm, Köpfe kühl",
        description="<p>Treffpunkt: <b>Deich</b>, bei Ebbe</p>",
        start=datetime(2024, 6, 1, 10, tzinfo=ZoneInfo("Europe/Amsterdam")),
        end=datetime(2024, 6, 1, 12, 30, tzinfo=ZoneInfo("Europe/Amsterdam")),
        room="Deich",
        url="https://watt.example/467",
    ))  # fmt: skip


# Whatever strangers write.

SAMPLE = calendar(
    f"UID:a@b\nSUMMARY;LANGUAGE=de:Vortrag über Bits\n{NINE}\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\n"
    "EXDATE;TZID=Europe/Berlin:20240502T090000\nCATEGORIES:A,B\nATTENDEE;CN=\"Ada, L\":x",
    "UID:a@b\nRECURRENCE-ID:20240503T070000Z\nDTSTART;TZID=Ours:20240503T100000\nSTATUS:CONFIRMED",
    f"{DAY}\nDTEND;VALUE=DATE:20240504\nDESCRIPTION:数字\\n峰会\nDTSTAMP:20240401T000000Z",
    head=f"PRODID:x\n{WR}{ZONE}",
)  # fmt: skip
LINES = SAMPLE.split(b"\r\n")
BITS = st.sampled_from(
    [b"", b"\r\n", b"\r\n ", b":", b";", b'"', b"\\", b",", b"9", b"Z", b"0", b"-", b"\xff", b"="]
)


def survives(data: bytes) -> None:
    """Fail unless the data is read, or refused with a one-line error."""
    with contextlib.suppress(SummitError):
        read(data, "plan")
    with contextlib.suppress(SummitError):
        parse(b"BEGIN:VCALENDAR\r\n" + data, "plan")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 12), BITS | st.binary(max_size=4)), max_size=5
    )
)
def test_a_calendar_with_bytes_changed_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    data = SAMPLE
    for place, length, replacement in changes:
        data = data[:place] + replacement + data[place + length :]
    survives(data)


@settings(deadline=None)
@given(st.permutations(range(len(LINES))), st.integers(0, len(LINES)), st.integers(0, len(SAMPLE)))
def test_a_calendar_with_lines_shuffled_or_cut_is_read_or_refused(
    order: list[int], count: int, cut: int
) -> None:
    survives(b"\r\n".join(LINES[place] for place in order[:count]))
    survives(b"\r\n".join([LINES[0], *(LINES[place] for place in sorted(order[:count])), LINES[-1]]))
    survives(SAMPLE[:cut])


PROPERTIES = st.tuples(
    st.sampled_from(
        [
            "UID",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
            "URL",
            "ATTENDEE",
        ]
    ),
    st.sampled_from(["", ";TZID=Ours", ";TZID=Europe/Berlin", ";VALUE=DATE", ";CN=A,B", ";X"]),
    st.sampled_from(
        [
            *("20240501", "20240501T090000", "19000101T000000Z", "29991231T235959", "P1D", "PT9H", "x,y", ""),
            *("FREQ=DAILY", "FREQ=WEEKLY;COUNT=2", "20240501T090000/PT1H"),
        ]
    )
    | st.text(st.characters(exclude_characters="\r\n"), max_size=8),
)


@settings(deadline=None)
@given(st.lists(PROPERTIES, max_size=8))
def test_an_event_of_any_properties_is_kept(properties: list[tuple[str, str, str]]) -> None:
    lines = "\n".join(f"{name}{parameters}:{value}" for name, parameters, value in properties)
    data = calendar(f"CLASS:PUBLIC\n{lines}", head=ZONE)
    found = read(data, "plan")
    # Whatever it says of more times, one of them may be taken out by itself.
    assert found.events or "EXDATE" in lines
    survives(data)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("CONFIRMED", None), ("confirmed", None), ("TENTATIVE", "tentative"), ("RESCHEDULED", "rescheduled"),
        ("NEEDS-ACTION", "needs-action"), ("MOVED_ONLINE", "moved-online"), ("", None), ("1", None),
        ("x" * 99, None),
    ],
)  # fmt: skip
def test_the_status_of_an_event_is_kept(said: str, status: str | None) -> None:
    event = (
        f"BEGIN:VEVENT\nUID:a\nDTSTART:20240501T100000Z\nDTEND:20240501T110000Z\nSTATUS:{said}\nEND:VEVENT"
    )
    data = f"BEGIN:VCALENDAR\nX-WR-CALNAME:C\n{event}\nEND:VCALENDAR\n".encode()
    (only,) = formats.parse(data, "plan.ics").schedule.sessions
    assert only.status == status


@pytest.mark.parametrize("said", ["CANCELLED", "CANCELED", "cancelled"])
def test_cancelled_events_are_left_out_in_either_spelling(said: str) -> None:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:20240501T100000Z\nSTATUS:{status}\nEND:VEVENT\n"
        for uid, status in (("a", said), ("b", "CONFIRMED"))
    )
    data = f"BEGIN:VCALENDAR\nX-WR-CALNAME:C\n{events}END:VCALENDAR\n".encode()
    assert [session.id for session in formats.parse(data, "plan.ics").schedule.sessions] == ["b"]


def test_events_stored_on_disk_keep_their_defined_zone() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ship\nBEGIN:STANDARD\nDTSTART:20240101T000000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0123\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    events = (f"UID:{n}\nDTSTART;TZID=Ship:20240501T100000" for n in range(MAX_IN_MEMORY + 1))
    found = drafted(*events, head=zone)
    starts = [event.start for event in found.events]
    assert {start.isoformat() for start in starts if start} == {"2024-05-01T10:00:00+01:23"}
    assert len({id(start.tzinfo) for start in starts if start}) == 1
