"""The reader of schedules in XML: each rule in a small document, and published files by their counts."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Person, Track
from summitcli.formats.findings import Finding
from summitcli.formats.frab.schedule_xml import detect, read
from summitcli.formats.times import UNREADABLE
from summitcli.formats.xml_text import FORBIDDEN_CHARACTER
from summitcli.sources.source import NO_HINTS
from tests.formats.xml_mutations import mutants
from tests.published import FILES, content, here

BERLIN = timezone(timedelta(hours=2))
DAY = date(2024, 5, 1)
AT = datetime(2024, 5, 1, 10, tzinfo=BERLIN)

WHOLE = """<?xml version='1.0' encoding='utf-8'?>
<schedule>
  <generator name="pretalx" version="2024.1"/>
  <version>0.9 β</version>
  <conference>
    <title>Kleine Konferenz</title>
    <subtitle>Not kept</subtitle>
    <acronym>kk24</acronym>
    <start>2024-05-01</start>
    <end>2024-05-02T01:00:00+02:00</end>
    <days>2</days>
    <time_zone_name>Europe/Berlin</time_zone_name>
    <base_url>https://kk.example/2024/</base_url>
    <url>https://kk.example</url>
    <venue>Rathaus</venue>
    <city>Ulm</city>
    <track name="Kunst" slug="art" color="#f9b000"/>
    <track color="red">Technik</track>
    <track/>
  </conference>
  <day index="1" date="2024-05-01" start="2024-05-01T09:00:00+02:00" end="2024-05-02T04:00:00+02:00">
    <room name="Saal" guid="x">
      <event guid="aa" id="7" code="ABCDEF">
        <date>2024-05-01T10:00:00+02:00</date>
        <start>10:00</start>
        <duration>00:45</duration>
        <room>Saal 1</room>
        <slug>kk24-7-eins</slug>
        <url>talk/7</url>
        <title> Eins &amp; zwei </title>
        <subtitle>drei</subtitle>
        <track>Kunst</track>
        <type>lecture</type>
        <language>de</language>
        <abstract>&lt;p&gt;Kurz&lt;/p&gt;</abstract>
        <description>
          Länger
            und länger
        </description>
        <recording><license>CC0</license><optout>false</optout></recording>
        <persons>
          <person id="1">Ada</person>
          <person id="2"> Bo <biography>was born</biography></person>
          <person id="3"/>
          <person><name>Cy</name></person>
        </persons>
        <links>
          <link href="https://a.example">A</link>
          <link href="https://b.example">https://b.example</link>
          <link>https://c.example</link>
          <link>nothing</link>
        </links>
        <attachments>
          <attachment href="/slides.pdf">Slides</attachment>
        </attachments>
      </event>
      <event/>
    </room>
    <room name="Keller"/>
  </day>
</schedule>
"""


def draft(document: str) -> Draft:
    return read(document.encode(), "plan.xml")


def events(inside: str, **attributes: str) -> tuple[Event, ...]:
    """Return the events of a document with one day that contains ``inside``."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return tuple(draft(f"<schedule><day{said}>{inside}</day></schedule>").events)


def event(inside: str, **attributes: str) -> Event:
    """Return the event made of ``inside``, on a day on the first of May."""
    (found,) = events(f"<event>{inside}</event>", **{"date": "2024-05-01", **attributes})
    return found


def times(inside: str, **attributes: str) -> tuple[datetime | None, datetime | None, str]:
    found = event(inside, **attributes)
    return found.start, found.end, found.clock


def local(*parts: int) -> datetime:
    """Return a naive time on the first or another day of May."""
    day, hour, minute = parts if len(parts) == 3 else (1, *parts)
    return datetime(2024, 5, day, hour, minute)  # noqa: DTZ001


def test_every_field_of_a_document_is_read() -> None:
    found = draft(WHOLE)
    assert list(found.findings) == []
    assert found == Draft(
        events=(
            Event(
                where="schedule/day[1]/room[1]/event[1]",
                line=23,
                identity="aa",
                names=("ABCDEF", "7", "kk24-7-eins"),
                guid="aa",
                title="Eins & zwei",
                subtitle="drei",
                abstract="<p>Kurz</p>",
                description="Länger\n  und länger",
                start=AT,
                end=AT + timedelta(minutes=45),
                clock="10:00",
                day=DAY,
                room="Saal 1",
                track="Kunst",
                type="lecture",
                language="de",
                speakers=("Ada", "Bo", "Cy"),
                url="talk/7",
                links=(
                    DraftLink("https://a.example", "A"),
                    DraftLink("https://b.example"),
                    DraftLink("https://c.example"),
                    DraftLink("/slides.pdf", "Slides"),
                ),
                recorded=True,
                people=(Person("Bo", biography="was born"),),
            ),
            Event(where="schedule/day[1]/room[1]/event[2]", line=57, day=DAY, room="Saal"),
        ),
        findings=found.findings,
        title="Kleine Konferenz",
        acronym="kk24",
        time_zone="Europe/Berlin",
        start=DAY,
        end=date(2024, 5, 2),
        days=(
            DraftDay(
                DAY,
                datetime(2024, 5, 1, 9, tzinfo=BERLIN),
                datetime(2024, 5, 2, 4, tzinfo=BERLIN),
                "schedule/day[1]",
                21,
            ),
        ),
        tracks=(Track("Kunst", "art", "#f9b000"), Track("Technik", "", "red")),
        rooms=("Saal", "Keller"),
        url="https://kk.example",
        base_url="https://kk.example/2024/",
        place="Rathaus, Ulm",
        places=("Ulm", "Rathaus"),
        version="0.9 β",
    )


def test_persons_may_have_child_elements() -> None:
    said = event(
        "<persons>"
        "<person id='0'><full_public_name>Kim</full_public_name><url>//wiki.example/Kim</url></person>"
        "<person><first_name>Ada</first_name><last_name>Berg</last_name></person>"
        "<person><name>Lin</name></person><person>Bo<url>https://bo.example/</url></person>"
        "<person><b>Odd</b></person></persons>"
        "<links><link>//wiki.example/Tea</link><link>www.tea.example</link><link>tea</link></links>"
    )
    assert said.speakers == ("Kim", "Ada Berg", "Lin", "Bo", "Odd")
    assert said.links == (
        DraftLink("//wiki.example/Tea"),
        DraftLink("www.tea.example"),
        DraftLink("//wiki.example/Kim", "Kim"),
        DraftLink("https://bo.example/", "Bo"),
    )


@pytest.mark.parametrize(
    ("inside", "url"),
    [
        ("<conf_url>/talks/1/</conf_url>", "/talks/1/"),
        (
            "<conf_url>/1/</conf_url><full_conf_url>https://t.example/1/</full_conf_url>",
            "https://t.example/1/",
        ),
        (
            "<full_conf_url>https://t.example/1/</full_conf_url><url>https://x.example/</url>",
            "https://x.example/",
        ),
    ],
)
def test_urls_are_read_where_wafer_has_them(inside: str, url: str) -> None:
    assert event(inside).url == url


def test_an_empty_document_has_no_data() -> None:
    found = draft("<schedule/>")
    assert found == Draft(events=(), findings=found.findings)
    assert list(found.findings) == []


def test_documents_that_we_wrote_contain_the_ids_of_the_conference_and_its_sessions() -> None:
    found = draft(
        '<schedule><generator name="summitcli"/><conference><acronym>k24_</acronym></conference><day><room>'
        '<event guid="aa" id="7"><slug>k24_-to-day</slug></event>'
        '<event guid="bb" id="8"><slug>k24_-to-day_2</slug></event>'
        '<event guid="cc" id="9"><slug>k24_---ab</slug></event></room></day></schedule>'
    )
    assert (found.id, found.acronym) == ("k24", "k24_")
    assert found.events == (
        Event("schedule/day[1]/room[1]/event[1]", 1, "to-day", ("to-day", "7"), "aa"),
        Event("schedule/day[1]/room[1]/event[2]", 1, "to-day", ("to-day", "8"), "bb"),
        Event("schedule/day[1]/room[1]/event[3]", 1, "ab", ("ab", "9"), "cc"),
    )


@pytest.mark.parametrize(
    ("attributes", "identity", "names"),
    [
        ('guid="g" code="c" id="1"', "g", ("c", "1", "s")),
        ('guid=" " code="c" id="1"', "c", ("c", "1", "s")),
        ('id="1"', "1", ("1", "s")),
        ("", None, ("s",)),
    ],
)
def test_the_identity_of_an_event_is_its_guid_else_its_code_else_its_number(
    attributes: str, identity: str | None, names: tuple[str, ...]
) -> None:
    (found,) = events(f"<event {attributes}><slug>s</slug></event>")
    assert (found.identity, found.names) == (identity, names)


def test_events_are_read_anywhere_in_the_document() -> None:
    found = draft(
        "<schedule><event id='1'/><day date='2024-05-01'><event id='2'><room>A</room></event>"
        "<rooms><room name='B'/><room name='C'><track><event id='3'/></track></room></rooms></day>"
        "<room name='D'><event id='4'/></room></schedule>"
    )
    assert found.events == (
        Event("schedule/event[1]", 1, "1", ("1",)),
        Event("schedule/day[1]/event[1]", 1, "2", ("2",), day=DAY, room="A"),
        Event("schedule/day[1]/rooms[1]/room[2]/track[1]/event[1]", 1, "3", ("3",), day=DAY, room="C"),
        Event("schedule/room[1]/event[1]", 1, "4", ("4",), room="D"),
    )
    assert found.rooms == ("B", "C", "D")
    assert found.days == (DraftDay(DAY, where="schedule/day[1]", line=1),)


def test_an_instant_in_another_zone_comes_with_the_local_time_of_day() -> None:
    said = "<date>2024-05-01T05:00:00+00:00</date><start>10:30</start><duration>00:20</duration>"
    start = datetime(2024, 5, 1, 5, tzinfo=UTC)
    assert times(said) == (start, start + timedelta(minutes=20), "10:30")


def test_without_an_instant_the_day_and_the_time_of_day_count() -> None:
    assert times("<start>10:30</start><duration>1:00</duration>") == (local(10, 30), None, "")
    assert event("<start>10:30</start><duration>1:00</duration>").length == timedelta(hours=1)
    assert times("<date>2024-05-01T10:30:00</date>") == (local(10, 30), None, "")
    assert times("<date>2024-05-03</date><start>10:30:00</start>") == (local(3, 10, 30), None, "")


def test_a_day_without_a_time_is_a_whole_day() -> None:
    assert event("<date>2024-05-03</date>").days == (date(2024, 5, 3),)
    assert event("<date>2024-05-03</date>").start is None


def test_a_time_of_day_without_a_day_is_not_a_start() -> None:
    (found,) = events("<event><start>10:30</start><duration>1:00</duration></event>")
    assert (found.start, found.end, found.clock, found.day, found.days) == (None, None, "", None, ())


@pytest.mark.parametrize(
    ("change", "clock", "start"),
    [
        ("09:00:00", "09:00", local(9, 0)),
        ("09:00:00", "08:59", local(2, 8, 59)),
        ("9:00", "10:00", local(10, 0)),
        ("00:00:00", "00:00", local(0, 0)),
        ("", "00:00", local(0, 0)),
    ],
)
def test_a_time_before_the_change_of_day_is_on_the_next_morning(
    change: str, clock: str, start: datetime
) -> None:
    found = draft(
        f"<schedule><conference><day_change>{change}</day_change></conference>"
        f"<day date='2024-05-01'><event><start>{clock}</start></event></day></schedule>"
    )
    assert (found.events[0].start, found.events[0].day) == (start, DAY)


def test_a_day_that_lasts_past_midnight_ends_at_the_time_of_its_start() -> None:
    night = {"start": "2024-05-01T09:00:00+02:00", "end": "2024-05-02T04:00:00+02:00"}
    evening = {"start": "2024-05-01T09:00:00+02:00", "end": "2024-05-01T22:00:00+02:00"}
    assert event("<start>01:30</start>", **night).start == local(2, 1, 30)
    assert event("<start>08:30</start>", **evening).start == local(8, 30)


def test_an_instant_is_not_moved_to_the_next_morning() -> None:
    found = draft(
        "<schedule><conference><day_change>09:00</day_change></conference><day date='2024-05-01'>"
        "<event><date>2024-05-01T08:00:00+02:00</date></event>"
        "<event><date>2024-05-01</date><start>08:00</start></event></day></schedule>"
    )
    assert [one.start for one in found.events] == [datetime(2024, 5, 1, 8, tzinfo=BERLIN), local(8, 0)]


def test_a_day_is_dated_by_its_start_where_it_has_no_date() -> None:
    (found,) = events("<event><start>10:00</start></event>", start="2024-05-01T09:00:00+02:00")
    assert (found.start, found.day) == (local(10, 0), DAY)


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("0:45", timedelta(minutes=45)),
        ("00:00", timedelta()),
        ("10:00", timedelta(hours=10)),
        ("00:05:00", timedelta(minutes=5)),
        ("01:30:00", timedelta(hours=1, minutes=30)),
        ("1:30:00", timedelta(hours=1, minutes=30)),
        ("1:02:30", timedelta(days=1, hours=2, minutes=30)),
        ("", None),
    ],
)
def test_a_duration_has_two_or_three_parts(said: str, length: timedelta | None) -> None:
    found = event(f"<date>2024-05-01T10:00:00+02:00</date><duration>{said}</duration>")
    assert found.end == (None if length is None else AT + length)


@pytest.mark.parametrize(
    ("end", "duration", "expected"),
    [
        ("2024-05-01T12:00:00+02:00", "0:30", datetime(2024, 5, 1, 12, tzinfo=BERLIN)),
        ("2024-05-01T10:00:00Z", "", datetime(2024, 5, 1, 12, tzinfo=BERLIN)),
        ("2024-05-01T12:00:00", "0:30", datetime(2024, 5, 1, 10, 30, tzinfo=BERLIN)),
        ("12:00", "0:30", datetime(2024, 5, 1, 10, 30, tzinfo=BERLIN)),
        ("12:00", "", datetime(2024, 5, 1, 12, tzinfo=BERLIN)),
        ("01:00", "", datetime(2024, 5, 2, 1, tzinfo=BERLIN)),
        ("", "", None),
    ],
)
def test_an_end_as_an_instant_comes_first_and_as_a_time_of_day_last(
    end: str, duration: str, expected: datetime | None
) -> None:
    said = "<date>2024-05-01T10:00:00+02:00</date><start>10:00</start>"
    assert event(f"{said}<end>{end}</end><duration>{duration}</duration>").end == expected


@pytest.mark.parametrize(
    ("inside", "recorded"),
    [
        ("<recording><optout>true</optout></recording>", False),
        ("<recording><optout>False</optout></recording>", True),
        ("<recording><optout/></recording>", None),
        ("<recording><optout>perhaps</optout></recording>", None),
        ("<recording/>", None),
        ("", None),
    ],
)
def test_an_event_is_recorded_unless_its_speakers_opted_out(inside: str, recorded: bool | None) -> None:
    assert event(inside).recorded is recorded


def test_a_text_may_be_cdata_or_contain_elements() -> None:
    found = event(
        "<title>Of <em>many</em> parts</title><abstract><![CDATA[<p>1 &amp; 2</p>]]></abstract>"
        '<description>1 &lt; 2: <p xmlns="urn:x">see <a href="/?a&amp;b">it</a><br/></p>'
        "</description>"
    )
    assert found == Event(
        where="schedule/day[1]/event[1]",
        line=1,
        day=DAY,
        title="Of many parts",
        abstract="<p>1 &amp; 2</p>",
        description='1 &lt; 2: <p xmlns="urn:x">see <a href="/?a&amp;b">it</a><br></p>',
    )


def test_unreadable_times_are_findings_with_their_place() -> None:
    found = draft(
        "<schedule><conference><start>soon</start><day_change>late</day_change></conference>\n"
        "<day date='May' start='early'><event>\n<date>1 May</date>\n<start>noon</start>"
        "<duration>long</duration><end>never</end></event></day></schedule>"
    )
    assert list(found.findings) == [
        Finding(UNREADABLE, "schedule/conference[1]/day_change", 1, "late"),
        Finding(UNREADABLE, "schedule/day[1]/start", 2, "early"),
        Finding(UNREADABLE, "schedule/day[1]/date", 2, "May"),
        Finding(UNREADABLE, "schedule/day[1]/event[1]/date", 3, "1 May"),
        Finding(UNREADABLE, "schedule/day[1]/event[1]/start", 4, "noon"),
        Finding(UNREADABLE, "schedule/day[1]/event[1]/end", 4, "never"),
        Finding(UNREADABLE, "schedule/day[1]/event[1]/duration", 4, "long"),
        Finding(UNREADABLE, "schedule/conference[1]/start", 1, "soon"),
    ]
    assert found.events == (Event("schedule/day[1]/event[1]", 2),)


def test_a_schedule_is_recognised_by_its_first_element() -> None:
    assert detect(WHOLE.encode())
    assert detect(WHOLE.encode("utf-16"))
    assert detect(b"<!DOCTYPE schedule><x:schedule/>")
    assert not detect(b"<iCalendar/>")
    assert not detect(b"<html><schedule/></html>")
    assert not detect(b'{"schedule": {}}')
    assert not detect(b"")


def test_a_document_that_is_cut_short_is_refused() -> None:
    with pytest.raises(InvalidSchedule) as raised:
        read(WHOLE.encode()[:1000], "plan.xml")
    assert str(raised.value) == (
        "plan.xml is not a valid schedule: not well-formed XML at line 29, column 18:"
        " the document ends too early"
    )


@given(mutants(WHOLE))
def test_a_damaged_document_is_read_or_refused_in_one_line(data: bytes) -> None:
    detect(data)
    try:
        assemble(read(data, "plan.xml"), "plan.xml", NO_HINTS)
    except SummitError as error:
        assert "\n" not in str(error)


@given(
    st.sampled_from(["date", "start", "end", "duration"]),
    st.text(st.sampled_from("0129:-+TZPHM. "), max_size=25),
    st.text(st.sampled_from("0129:-+TZ"), max_size=20),
)
def test_any_time_is_read_or_a_finding(name: str, odd: str, other: str) -> None:
    good = {"date": "2999-12-31T23:59:00+14:00", "start": "23:59", "end": other, "duration": "99:59"}
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in {**good, name: odd}.items())
    (found,) = events(f"<event>{inside}</event>", date="2999-12-31", start=other, end=odd)
    assert found.end is None or found.start is not None


AWARE = {
    "harbour.xml": 7,
    "bare.xml": 0,
    "kolkata.xml": 4,
    "xml/fosdem-2021.xml": 0,
    "xml/fosdem-2007.xml": 0,
    "xml/debconf23.xml": 117,
    "xml/PrivacyWeek.xml": 109,
    "xml/emf2022.frab.xml": 335,
    "xml/klimacamp2015.xml": 106,
}
"""The number of events with a UTC offset, by published schedule."""


def _is_timed(event: Event) -> bool:
    return bool(event.title and (event.end or event.length is not None))


@pytest.mark.parametrize("file", here(*AWARE))
def test_published_schedules_are_read_whole(file: str) -> None:
    found = read(content(file), file)
    timed = [event.start for event in found.events if event.start and _is_timed(event)]
    assert len(found.events) == len(timed) == FILES[file].events
    assert len([start for start in timed if start.tzinfo]) == AWARE[file]
    assert len({event.where for event in found.events}) == len(found.events)


@pytest.mark.parametrize(
    ("file", "numbers"),
    [
        ("bare.xml", {7: 1}),
        *((name, {542: 3, 543: 1, 544: 1}) for name in here("xml/klimacamp2015.xml")),
    ],
)
def test_forbidden_xml_characters_are_findings(file: str, numbers: dict[int, int]) -> None:
    found = read(content(file), file)
    assert list(found.findings) == [
        Finding(FORBIDDEN_CHARACTER, "", line, "U+0006", n=number) for line, number in numbers.items()
    ]


@pytest.mark.parametrize(
    ("file", "same", "expected"),
    [
        ("harbour.xml", "harbour.json", []),
        # A text whose lines all begin with a blank of their own.
        *(
            (name, "frab-json/klimacamp2015.json", [("40", "abstract")])
            for name in here("xml/klimacamp2015.xml")
        ),
    ],
)
def test_a_schedule_is_the_same_in_xml_and_in_json(
    file: str, same: str, expected: list[tuple[str, str]]
) -> None:
    """Compare everything but whether it is recorded."""
    from summitcli.formats.frab import schedule_json

    as_json = schedule_json.read(content(same), same)
    as_xml = read(content(file), file)
    differing = [
        (ours.names[0], name)
        for ours, theirs in zip(_by_guid(as_xml), _by_guid(as_json), strict=True)
        for name in Event._fields
        if name not in ("where", "line", "recorded")
        and _bare(getattr(ours, name)) != _bare(getattr(theirs, name))
    ]
    assert differing == expected


def _by_guid(draft: Draft) -> list[Event]:
    return sorted(draft.events, key=lambda event: event.guid)


def _bare(value: Any) -> Any:
    """Return a text without line ends, surrounding white space and forbidden characters."""
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    return value.replace("\r\n", "\n").replace("\x06", "").strip() if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("harbour.xml", {"UTC+02:00": 5, "UTC+01:00": 2}),
        *((name, {"UTC+02:00": 103, "UTC+01:00": 6}) for name in here("xml/PrivacyWeek.xml")),
    ],
)
def test_days_at_the_end_of_daylight_saving_begin_at_two_offsets(file: str, expected: dict[str, int]) -> None:
    found = read(content(file), file)
    assert Counter(str(event.start.tzinfo) for event in found.events if event.start) == expected
