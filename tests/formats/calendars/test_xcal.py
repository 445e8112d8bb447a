"""Tests for calendars in XML, of pentabarf and RFC 6321, with small documents and a real one."""

import gc
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.calendars import ical, xcal
from summitcli.formats.calendars.events import FIRST_ONLY, OUTSIDE_CONFERENCE, UNKNOWN_TZID
from summitcli.formats.calendars.xcal import detect, read, read_calendar
from summitcli.formats.draft import Draft, DraftLink, Event
from summitcli.formats.findings import CANCELLED, Finding, Kind
from summitcli.formats.times import UNREADABLE
from summitcli.formats.xml_tree import Element
from summitcli.sources.source import NO_HINTS
from tests.formats.xml_mutations import mutants
from tests.listeners import recording
from tests.published import FILES, content, here

PENTABARF = """<?xml version="1.0" encoding="UTF-8"?>
<iCalendar xmlns:pentabarf='http://pentabarf.org' xmlns:xCal='urn:ietf:params:xml:ns:xcal'>
  <vcalendar>
    <version>2.0</version>
    <x-wr-caldesc>kk24 Schedule</x-wr-caldesc>
    <x-wr-calname>Kleine Konferenz</x-wr-calname>
    <vevent>
      <method>PUBLISH</method>
      <uid>4@kk24@pentabarf.org</uid>
      <pentabarf:event-id>4</pentabarf:event-id>
      <pentabarf:event-slug>kk24-4-eins</pentabarf:event-slug>
      <pentabarf:title>Eins</pentabarf:title>
      <pentabarf:subtitle>und zwei</pentabarf:subtitle>
      <pentabarf:language>German</pentabarf:language>
      <pentabarf:language-code>de</pentabarf:language-code>
      <dtstart>20240501T100000</dtstart>
      <dtend>20240501T113000</dtend>
      <duration>013000</duration>
      <summary>Eins- und zwei</summary>
      <description>Mehr &amp; mehr</description>
      <status>CONFIRMED</status>
      <category>Lecture</category>
      <url>2024/events/4.html</url>
      <location>Saal 1</location>
      <attendee>Ada</attendee>
      <attendee>Bo</attendee>
    </vevent>
    <vevent>
      <uid>5</uid>
      <status>cancelled</status>
    </vevent>
    <vevent/>
  </vcalendar>
</iCalendar>
"""

STANDARD = """<?xml version="1.0" encoding="utf-8"?>
<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0">
  <vcalendar>
    <properties>
      <prodid><text>-//Example//EN</text></prodid>
      <x-wr-calname><unknown>Small Conference</unknown></x-wr-calname>
      <url><uri>https://sc.example</uri></url>
    </properties>
    <components>
      <vtimezone><properties><tzid><text>Europe/Berlin</text></tzid></properties></vtimezone>
      <vevent>
        <properties>
          <uid><text>a@sc.example</text></uid>
          <dtstart>
            <parameters><tzid><text>Europe/Berlin</text></tzid></parameters>
            <date-time>2024-05-01T10:00:00</date-time>
          </dtstart>
          <duration><duration>PT1H30M</duration></duration>
          <summary><parameters><language><text>en</text></language></parameters><text>One</text></summary>
          <description><text>More
of it</text></description>
          <categories><text> Talk </text><text>Art</text></categories>
          <location><text>Hall</text></location>
          <url><uri>https://sc.example/a</uri></url>
          <attendee>
            <parameters><cn><text>Ada</text></cn></parameters>
            <cal-address>mailto:ada@sc.example</cal-address>
          </attendee>
          <attendee><cal-address>mailto:bo@sc.example</cal-address></attendee>
        </properties>
      </vevent>
    </components>
  </vcalendar>
</icalendar>
"""

BERLIN = ZoneInfo("Europe/Berlin")


def draft(document: str) -> Draft:
    return read(document.encode(), "plan.xml")


def calendar(properties: str, *components: str) -> Draft:
    """Return the draft of a calendar of RFC 6321."""
    made = "".join(f"<vevent><properties>{inside}</properties></vevent>" for inside in components)
    return draft(
        f"<icalendar><vcalendar><properties>{properties}</properties><components>{made}</components>"
        "</vcalendar></icalendar>"
    )


def event(inside: str) -> Event:
    return calendar("", inside).events[0]


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time in May 2024."""
    return datetime(2024, 5, day, hour, minute)  # noqa: DTZ001


def test_every_field_of_pentabarf_is_read() -> None:
    found = draft(PENTABARF)
    assert list(found.findings) == [Finding(CANCELLED, "iCalendar/vcalendar[1]/vevent[2]", 28)]
    assert found == Draft(
        events=(
            Event(
                where="iCalendar/vcalendar[1]/vevent[1]",
                line=7,
                identity="4@kk24@pentabarf.org",
                names=("4", "kk24-4-eins"),
                title="Eins",
                subtitle="und zwei",
                description="Mehr & mehr",
                start=local(1, 10),
                end=local(1, 11, 30),
                room="Saal 1",
                type="Lecture",
                language="de",
                speakers=("Ada", "Bo"),
                url="2024/events/4.html",
            ),
            Event(where="iCalendar/vcalendar[1]/vevent[3]", line=32),
        ),
        findings=found.findings,
        title="Kleine Konferenz",
        cancelled=frozenset({"5"}),
    )


def test_every_property_of_the_standard_is_read() -> None:
    found = draft(STANDARD)
    assert list(found.findings) == []
    assert found == Draft(
        events=(
            Event(
                where="icalendar/vcalendar[1]/components[1]/vevent[1]",
                line=11,
                identity="a@sc.example",
                names=("a",),
                guid="a@sc.example",
                title="One",
                description="More\nof it",
                start=datetime(2024, 5, 1, 10, tzinfo=BERLIN),
                end=datetime(2024, 5, 1, 11, 30, tzinfo=BERLIN),
                room="Hall",
                track="Talk",
                speakers=("Ada",),
                url="https://sc.example/a",
                tags=("Art",),
            ),
        ),
        findings=found.findings,
        title="Small Conference",
        time_zone="Europe/Berlin",
        url="https://sc.example",
    )


STANDARD_IN_LINES = """BEGIN:VCALENDAR
PRODID:-//Example//EN
X-WR-CALNAME:Small Conference
URL:https://sc.example
BEGIN:VEVENT
UID:a@sc.example
DTSTART;TZID=Europe/Berlin:20240501T100000
DURATION:PT1H30M
SUMMARY;LANGUAGE=en:One
DESCRIPTION:More\\nof it
CATEGORIES:Talk,Art
LOCATION:Hall
URL:https://sc.example/a
ATTENDEE;CN=Ada:mailto:ada@sc.example
ATTENDEE:mailto:bo@sc.example
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_is_the_same_in_xml_and_in_lines() -> None:
    elements, lines = draft(STANDARD), ical.read(STANDARD_IN_LINES.encode(), "plan.ics")
    assert lines == elements._replace(
        events=tuple(one._replace(where="VEVENT[0]", line=5) for one in elements.events),
        findings=lines.findings,
    )


def test_several_values_and_commas_are_distinguished() -> None:
    found = event(
        "<categories><text>Art, high</text><text>Talk</text></categories>"
        "<attach><parameters><filename><text>slides.pdf</text></filename></parameters>"
        "<uri>https://sc.example/1.pdf</uri></attach>"
    )
    assert found.track == "Art, high"
    assert found.links == (DraftLink("https://sc.example/1.pdf", "slides.pdf"),)


def test_a_namespace_prefix_is_accepted() -> None:
    prefixed = STANDARD.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    named = draft(prefixed.replace("xmlns=", "xmlns:x="))
    undeclared = draft(prefixed.replace(' xmlns="urn:ietf:params:xml:ns:icalendar-2.0"', ""))
    assert named._replace(findings=undeclared.findings) == undeclared
    assert named.events == draft(STANDARD).events


def test_an_empty_calendar_is_an_empty_draft() -> None:
    for document in ("<icalendar/>", "<iCalendar><vcalendar/></iCalendar>"):
        found = draft(document)
        assert found == Draft(events=(), findings=found.findings)
        assert list(found.findings) == []


@pytest.mark.parametrize(
    ("attribute", "zone", "value", "start"),
    [
        ("", "", "<date-time>2024-05-01T10:00:00</date-time>", local(1, 10)),
        ("", "", "<date-time>2024-05-01T10:00:00Z</date-time>", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        ("", "", "<date-time>20240501T100000Z</date-time>", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        ("", "", "20240501T100000", local(1, 10)),
        ("", "", "<date-time>2024-04-30T24:00</date-time>", local(1, 0)),
        (
            "",
            "",
            "<date-time>2024-05-01T10:00:00+05:30</date-time>",
            datetime(2024, 5, 1, 10, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        ("", "Europe/Berlin", "20240501T100000", datetime(2024, 5, 1, 10, tzinfo=BERLIN)),
        ("Europe/Berlin", "", "20240501T100000", datetime(2024, 5, 1, 10, tzinfo=BERLIN)),
        ("", "Europe/Berlin", "20240501T100000Z", datetime(2024, 5, 1, 10, tzinfo=UTC)),
        ("", "Moon", "<date-time>2024-05-01T10:00:00</date-time>", local(1, 10)),
    ],
)
def test_a_time_is_in_utc_in_a_zone_or_local(attribute: str, zone: str, value: str, start: datetime) -> None:
    parameters = f"<parameters><tzid><text>{zone}</text></tzid></parameters>" if zone else ""
    found = event(f'<dtstart tzid="{attribute}">{parameters}{value}</dtstart>')
    assert (found.start, found.start and found.start.tzinfo) == (start, start.tzinfo)
    assert (found.end, found.days) == (None, ())


@pytest.mark.parametrize(
    ("inside", "days"),
    [
        ("", [1]),
        ("<dtend><date>2024-05-04</date></dtend>", [1, 2, 3]),
        ("<dtend><date>2024-05-01</date></dtend>", [1]),
        ("<dtend><date>2024-04-01</date></dtend>", [1]),
        ("<dtend>20240503</dtend>", [1, 2]),
        ("<dtend><date-time>2024-05-04T10:00:00</date-time></dtend>", [1]),
        ("<duration><duration>P2D</duration></duration>", [1, 2]),
        ("<duration><duration>PT1H</duration></duration>", [1]),
    ],
)
def test_an_event_with_dates_lasts_to_the_day_before_its_end(inside: str, days: list[int]) -> None:
    found = event(f"<dtstart><date>2024-05-01</date></dtstart>{inside}")
    assert found.days == tuple(date(2024, 5, day) for day in days)
    assert (found.start, found.end) == (None, None)


def test_the_end_of_an_event_of_a_thousand_years_is_left_out() -> None:
    found = calendar("", "<dtstart><date>1990-01-01</date></dtstart><dtend><date>2990-01-01</date></dtend>")
    assert found.events[0].days == (date(1990, 1, 1),)
    where = "icalendar/vcalendar[1]/components[1]/vevent[1]/dtend"
    assert list(found.findings) == [Finding(UNREADABLE, where, 1, "2990-01-01")]


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("<duration>013000</duration>", timedelta(hours=1, minutes=30)),
        ("<duration>1000000</duration>", timedelta(hours=100)),
        ("<duration><duration>PT45M</duration></duration>", timedelta(minutes=45)),
        ("<duration><duration>+P1DT2H</duration></duration>", timedelta(days=1, hours=2)),
        ("<duration><duration>P1W</duration></duration>", timedelta(weeks=1)),
        ("<duration><duration>PT90S</duration></duration>", timedelta(seconds=90)),
        (
            "<dtend><date-time>2024-05-01T12:00:00</date-time></dtend><duration>000100</duration>",
            timedelta(hours=2),
        ),
        (
            "<dtend><date-time>2024-05-01T12:00:00Z</date-time></dtend><duration>003000</duration>",
            timedelta(minutes=30),
        ),
    ],
)
def test_an_event_ends_at_its_end_or_after_its_duration(said: str, length: timedelta) -> None:
    found = event(f"<dtstart><date-time>2024-05-01T10:00:00</date-time></dtstart>{said}")
    assert (found.end or local(1, 10) + (found.length or timedelta())) == local(1, 10) + length


def test_a_duration_is_elapsed_time_across_a_clock_change() -> None:
    start = (
        "<dtstart><parameters><tzid><text>Europe/Berlin</text></tzid></parameters>"
        "<date-time>2024-03-30T22:00:00</date-time></dtstart>"
    )
    hours = event(f"{start}<duration><duration>PT6H</duration></duration>")
    day = event(f"{start}<duration><duration>P1D</duration></duration>")
    assert hours.end == datetime(2024, 3, 31, 5, tzinfo=BERLIN)
    assert day.end == datetime(2024, 3, 31, 22, tzinfo=BERLIN)


def test_the_calendars_zone_is_its_own_or_the_only_one() -> None:
    starts = [
        f"<dtstart><parameters><tzid><text>{zone}</text></tzid></parameters>"
        "<date-time>2024-05-01T10:00:00</date-time></dtstart>"
        for zone in ("Europe/Paris", "Asia/Tokyo", "Asia/Tokyo")
    ]
    named = "<x-wr-timezone><text>Europe/London</text></x-wr-timezone>"
    assert calendar(named, *starts).time_zone == "Europe/London"
    assert calendar("", *starts).time_zone == ""
    assert calendar("", *starts[1:]).time_zone == "Asia/Tokyo"


def test_cancelled_events_are_left_out_and_counted() -> None:
    cancelled = "<uid><text>a</text></uid><status><text>CANCELLED</text></status>"
    found = calendar("", cancelled, "<uid><text>b</text></uid>", cancelled)
    assert [one.identity for one in found.events] == ["b"]
    assert found.findings.sentences() == ["2 cancelled events left out"]


def rule(parts: str) -> str:
    return f"<rrule><recur>{parts}</recur></rrule>"


YOGA = (
    "<uid><text>yoga</text></uid><dtstart><date-time>2024-05-01T08:00:00</date-time></dtstart>"
    "<dtend><date-time>2024-05-01T09:30:00</date-time></dtend>"
)
DAILY = YOGA + rule("<freq>DAILY</freq><until>2024-05-04T08:00:00</until>")


def test_a_recurring_event_has_each_of_its_times() -> None:
    found = calendar("", DAILY)
    assert [(one.start, one.end) for one in found.events] == [
        (local(day, 8), local(day, 9, 30)) for day in (1, 2, 3, 4)
    ]
    assert {one.identity for one in found.events} == {"yoga"}
    assert found.findings.sentences() == []


def test_several_rules_are_combined_and_exclusions_applied() -> None:
    fridays = rule("<freq>WEEKLY</freq><count>2</count><byday>FR</byday>")
    out = rule("<freq>DAILY</freq><interval>2</interval>").replace("rrule", "exrule")
    found = calendar("", DAILY + fridays + out)
    assert [one.start for one in found.events] == [local(2, 8), local(4, 8), local(10, 8)]
    assert found.findings.sentences() == []


def test_dates_recur_on_the_weekdays_of_a_rule() -> None:
    weekly = "<freq>WEEKLY</freq><count>3</count><byday>WE</byday><byday>FR</byday>"
    found = calendar("", "<dtstart><date>2024-05-01</date></dtstart>" + rule(weekly))
    assert [one.days for one in found.events] == [(date(2024, 5, day),) for day in (1, 3, 8)]


def test_excluded_and_replaced_times_are_left_out() -> None:
    other = "<recurrence-id><date-time>2024-05-03T08:00:00</date-time></recurrence-id>"
    found = calendar(
        "",
        DAILY + "<exdate><date>2024-05-02</date></exdate>",
        YOGA.replace("05-01T08", "05-03T09") + other,
        YOGA.replace("05-01T08", "05-04T08")
        + other.replace("-03T", "-04T")
        + "<status><text>CANCELLED</text></status>",
    )
    assert [one.start for one in found.events] == [local(1, 8), local(3, 9)]


@pytest.mark.parametrize(
    ("rules", "kind", "said", "number"),
    [
        (
            rule("<freq>DAILY</freq><count>1000000000</count>"),
            OUTSIDE_CONFERENCE,
            "FREQ=DAILY;COUNT=1000000000",
            7,
        ),
        (rule("<freq>SECONDLY</freq>"), FIRST_ONLY, "FREQ=SECONDLY", 1),
        (rule("<freq>DAILY</freq><until>soon</until>"), FIRST_ONLY, "FREQ=DAILY;UNTIL=soon", 1),
        (
            rule(f"<freq>DAILY</freq><byday>{'MO,' * 999}</byday>"),
            FIRST_ONLY,
            "FREQ=DAILY;BYDAY=" + "MO," * 999,
            1,
        ),
    ],
)
def test_a_rule_is_expanded_within_bounds_or_not_at_all(
    rules: str, kind: Kind, said: str, number: int
) -> None:
    found = calendar("", YOGA + rules)
    assert len(found.events) == number
    where = "icalendar/vcalendar[1]/components[1]/vevent[1]/rrule"
    assert list(found.findings)[-1:] == [Finding(kind, where, 1, said[:60])]


def test_listed_times_are_read() -> None:
    listed = (
        "<rdate><date-time>2024-05-02T10:00:00</date-time><date-time>2024-05-03T10:00:00</date-time></rdate>"
        "<rdate><period><start>2024-05-04T10:00:00</start><duration>PT3H</duration></period></rdate>"
        "<rdate><period><start>2024-05-05T10:00:00</start><end>2024-05-05T11:00:00</end></period></rdate>"
        "<rdate><period>2024-05-06T10:00:00/2024-05-06T12:00:00</period></rdate>"
    )
    found = calendar("", YOGA + listed)
    assert [(one.start, one.end) for one in found.events] == [
        (local(1, 8), local(1, 9, 30)),
        (local(2, 10), local(2, 11, 30)),
        (local(3, 10), local(3, 11, 30)),
        (local(4, 10), None),
        (local(5, 10), local(5, 11)),
        (local(6, 10), local(6, 12)),
    ]
    assert found.events[3].length == timedelta(hours=3)
    assert list(found.findings) == []


def test_a_recurring_event_without_a_start_is_kept() -> None:
    found = calendar("", rule("<freq>DAILY</freq><count>3</count>"))
    assert found.events == (Event("icalendar/vcalendar[1]/components[1]/vevent[1]", 1),)


@pytest.mark.parametrize(
    ("attendee", "speakers"),
    [
        ("Ada", ("Ada",)),
        ("@ada", ("@ada",)),
        ("ada@a.example", ()),
        ("<cal-address>mailto:ada@a.example</cal-address>", ()),
        ("<cal-address>Ada</cal-address>", ("Ada",)),
        ("<parameters><cn><text> Ada </text></cn></parameters>", ("Ada",)),
        ("<parameters><role><text>CHAIR</text></role></parameters>", ()),
        ("", ()),
    ],
)
def test_attendees_with_names_are_speakers(attendee: str, speakers: tuple[str, ...]) -> None:
    assert event(f"<attendee>{attendee}</attendee>").speakers == speakers


def test_unreadable_values_are_reported_with_their_place() -> None:
    found = draft(
        "<iCalendar><vcalendar><vevent>\n<dtstart>soon</dtstart></vevent>\n"
        "<vevent><dtstart>20240501T100000</dtstart>\n<dtend>20240230T100000</dtend>"
        "<duration>P1</duration></vevent></vcalendar></iCalendar>"
    )
    first, second = (f"iCalendar/vcalendar[1]/vevent[{number}]" for number in (1, 2))
    assert found.events == (Event(first, 1), Event(second, 3, start=local(1, 10)))
    assert list(found.findings) == [
        Finding(UNREADABLE, f"{first}/dtstart", 2, "soon"),
        Finding(UNREADABLE, f"{second}/dtend", 4, "20240230T100000"),
        Finding(UNREADABLE, f"{second}/duration", 4, "P1"),
    ]


ZONE = """<icalendar><vcalendar><components>
<vtimezone><properties><tzid><text>Ours</text></tzid></properties><components>
  <standard><properties>
    <dtstart><date-time>2000-10-29T03:00:00</date-time></dtstart>
    <rrule><recur><freq>YEARLY</freq><bymonth>10</bymonth><byday>-1SU</byday></recur></rrule>
    <tzoffsetfrom><utc-offset>+02:00</utc-offset></tzoffsetfrom>
    <tzoffsetto><utc-offset>+01:00</utc-offset></tzoffsetto>
  </properties></standard>
  <daylight><properties>
    <dtstart><date-time>2000-03-26T02:00:00</date-time></dtstart>
    <rrule><recur><freq>YEARLY</freq><bymonth>3</bymonth><byday>-1SU</byday></recur></rrule>
    <tzoffsetfrom><utc-offset>+01:00</utc-offset></tzoffsetfrom>
    <tzoffsetto><utc-offset>+02:00</utc-offset></tzoffsetto>
  </properties></daylight>
</components></vtimezone>
<vevent><properties><dtstart><parameters><tzid><text>Ours</text></tzid></parameters>
<date-time>2024-03-31T01:59:59</date-time></dtstart></properties></vevent>
<vevent><properties><dtstart><parameters><tzid><text>Ours</text></tzid></parameters>
<date-time>2024-03-31T03:00:00</date-time></dtstart></properties></vevent>
</components></vcalendar></icalendar>"""


def test_a_zone_that_the_calendar_defines_has_its_offsets() -> None:
    found = draft(ZONE)
    assert [one.start and one.start.utcoffset() for one in found.events] == [
        timedelta(hours=1),
        timedelta(hours=2),
    ]
    assert list(found.findings) == []


def test_an_unknown_zone_is_reported() -> None:
    tzid = "<parameters><tzid><text>Moon</text></tzid></parameters>"
    found = calendar("", f"<dtstart>{tzid}<date-time>2024-05-01T10:00:00</date-time></dtstart>")
    assert found.events[0].start == local(1, 10)
    where = "icalendar/vcalendar[1]/components[1]/vevent[1]/dtstart"
    assert list(found.findings) == [Finding(UNKNOWN_TZID, where, 1, "Moon")]


def test_a_calendar_is_recognised_by_its_first_element() -> None:
    assert detect(PENTABARF.encode())
    assert detect(STANDARD.encode())
    assert detect(b"<!-- x --><x:icalendar/>")
    assert not detect(b"<schedule/>")
    assert not detect(b"<html><iCalendar/></html>")
    assert not detect(b"BEGIN:VCALENDAR")


def test_a_truncated_document_is_refused() -> None:
    with pytest.raises(InvalidSchedule) as raised:
        read(STANDARD.encode()[:100], "plan.xml")
    assert str(raised.value) == (
        "plan.xml is not a valid schedule: not well-formed XML at line 3, column 3:"
        " the document ends too early"
    )


@given(mutants(PENTABARF, STANDARD))
def test_a_damaged_document_is_read_or_refused_in_one_line(data: bytes) -> None:
    detect(data)
    try:
        assemble(read(data, "plan.xml"), "plan.xml", NO_HINTS)
    except SummitError as error:
        assert "\n" not in str(error)


@given(
    st.text(st.sampled_from("0129:-+TZ"), max_size=20),
    st.text(st.sampled_from("0129:-+TZ"), max_size=20),
    st.text(st.sampled_from("0129PTWDHMS+-"), max_size=20),
    st.sampled_from(["Europe/Berlin", "Moon", "../../etc", "", "a" * 300, "Pacific/Apia"]),
)
def test_any_time_is_read_or_left_out(start: str, end: str, length: str, zone: str) -> None:
    zoned = f"<parameters><tzid><text>{zone}</text></tzid></parameters>"
    for first in (start, "2999-12-31T23:59:59", "29991231", "1900-01-01T00:00:00Z"):
        found = event(
            f"<dtstart>{zoned}<date-time>{first}</date-time></dtstart>"
            f"<dtend>{zoned}<date-time>{end}</date-time></dtend><duration><text>{length}</text></duration>"
        )
        assert found.end is None or found.start is not None


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("harbour.pentabarf.xcal", "harbour.json"),
        *(("xcal/klimacamp2015.xcal", name) for name in here("frab-json/klimacamp2015.json")),
    ],
)
def test_pentabarf_gives_the_same_in_xcal_and_json(file: str, same: str) -> None:
    """Compare only what the calendar has: no guids, tracks and offsets, and one text for the description."""
    from summitcli.formats.frab import schedule_json

    found = read(content(file), file)
    as_json = schedule_json.read(content(same), same)
    assert list(found.findings) == []
    assert sorted(map(_common, found.events)) == sorted(map(_common, as_json.events))
    assert len(found.events) == FILES[file].events


_OTHERS = "<other><vevent><uid>6</uid></vevent></other><VEVENT><uid>7</uid></VEVENT>"
UNUSUAL = PENTABARF.replace("<vevent/>", _OTHERS)
"""A calendar with events in unusual places, and with an unusual name."""


@pytest.mark.parametrize("document", [PENTABARF, STANDARD, UNUSUAL], ids=["pentabarf", "standard", "unusual"])
def test_events_that_stay_in_the_tree_are_read_the_same(
    monkeypatch: pytest.MonkeyPatch, document: str
) -> None:
    streamed = read(document.encode(), "a.xcal")
    monkeypatch.setattr(xcal, "_HOLDERS", frozenset())
    whole = read(document.encode(), "a.xcal")
    assert [*streamed.events] == [*whole.events]
    assert [*streamed.findings] == [*whole.findings]


def test_events_are_removed_from_the_tree() -> None:
    event = "<vevent><uid>{}</uid><dtstart>20240501T100000</dtstart><summary>Talk</summary></vevent>"
    events = "".join(map(event.format, range(1001)))
    before = _elements()
    with recording() as recorded:
        data = f"<icalendar><vcalendar>{events}</vcalendar></icalendar>".encode()
        calendar = read_calendar(data, "a.xcal")
    assert _elements() - before < 100
    assert [event.uid for event in calendar.events] == [str(number) for number in range(1001)]
    assert calendar.events[7].component.where == "icalendar/vcalendar[1]/vevent[8]"
    assert ("reading", 1000, None) in recorded.told


def _elements() -> int:
    """Return the number of XML elements in memory, those of other tests among them."""
    return sum(isinstance(one, Element) for one in gc.get_objects())


def _common(event: Event) -> tuple[object, ...]:
    assert event.start
    assert event.end
    times = [str(moment.replace(tzinfo=None)) for moment in (event.start, event.end)]
    said = [text.strip() for text in (event.title, event.subtitle, event.room, event.language)]
    number = next(filter(str.isdecimal, event.names))
    return (number, *times, *said, [name.strip() for name in event.speakers])
