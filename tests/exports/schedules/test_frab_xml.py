"""frab XML output: it is valid by the strict schema, and reading it back gives the same sessions."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given, settings
from xmlschema import XMLSchema

from summitcli import __version__
from summitcli.errors import ScheduleError
from summitcli.exports.schedules.frab_xml import frab_xml
from summitcli.exports.schedules.native import native
from summitcli.formats import parse
from summitcli.model import Schedule
from summitcli.validation import strict
from tests.conftest import BUNDLED
from tests.exports.published import CLOCK_CHANGES, REAL, days_alone, load, odd_schedules, said, small, written
from tests.published import CORPUS, read
from tests.schedules import document, schedules, session, timed

Check = Any


@pytest.fixture(scope="module")
def check() -> Check:
    """Fail if a text breaks the strict rules or, if available, the published schema."""
    file = CORPUS / "schema" / "voc-schedule.xml.xsd"
    schema = XMLSchema(file) if file.exists() else None

    def check(text: str) -> None:
        assert list(strict.check(text.encode()) or [...]) == []
        faults = schema.iter_errors(text) if schema else ()
        assert [f"{fault.path}: {fault.reason}" for fault in faults] == []

    return check


def again(text: str) -> Schedule:
    parsed = parse(text.encode(), "written.xml")
    schedule, findings = parsed.schedule, parsed.findings
    assert findings.sentences() == []
    return schedule


def fit_for_xml(schedule: Schedule) -> Schedule:
    """Return a schedule without the control characters that XML forbids; klimacamp2015.json has one."""
    text = re.sub(r"\\u00(0[0-8bcef]|1[0-9a-f])", "", written(native, schedule))
    return Schedule.model_validate_json(text)


def test_the_bundled_schedule_comes_back(check: Check) -> None:
    schedule = Schedule.model_validate_json(BUNDLED.read_bytes())
    text = written(frab_xml, schedule)
    check(text)
    read = again(text)
    assert said(read) == said(schedule)
    assert [one.id for one in read.categories] == [one.id for one in schedule.categories]
    assert (read.conference.id, read.conference.time_zone) == ("digital-china-summit-5", "Asia/Shanghai")


@pytest.mark.parametrize("name", REAL)
def test_real_schedules_come_back(check: Check, name: str) -> None:
    schedule = read(name).schedule
    text = written(frab_xml, schedule)
    check(text)
    assert said(again(text)) == said(fit_for_xml(schedule))


def test_any_schedule_comes_back(check: Check) -> None:
    @settings(deadline=None)
    @given(schedules())
    def holds(content: dict[str, Any]) -> None:
        schedule = load(content)
        text = written(frab_xml, schedule)
        check(text)
        assume(schedule.sessions)
        assert said(again(text)) == said(schedule)

    holds()


@pytest.mark.parametrize("start", CLOCK_CHANGES)
def test_days_come_back_where_the_clocks_change_or_leave_out_a_midnight(start: tuple[str, str]) -> None:
    schedule = days_alone(*start)
    assert said(again(written(frab_xml, schedule))) == said(schedule)


def test_any_schedule_is_valid_by_the_strict_schema(check: Check) -> None:
    @settings(deadline=None)
    @given(odd_schedules())
    def holds(schedule: Schedule) -> None:
        text = written(frab_xml, schedule)
        check(text)
        assert [c for c in text if (ord(c) < 0x20 and c not in "\t\n") or 0x7F <= ord(c) < 0xA0] == []
        assume(schedule.sessions)
        read = parse(text.encode(), "written.xml").schedule
        assert sorted(one.id for one in read.sessions) == sorted(one.id for one in schedule.sessions)

    holds()


def test_a_small_schedule_in_full(check: Check) -> None:
    text = written(frab_xml, small())
    check(text)
    assert text.startswith(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        "<schedule>\n"
        f'  <generator name="summitcli" version="{__version__}" />\n'
        "  <version>1.2 “beta”</version>\n"
        "  <conference>\n"
        "    <title>Conf &amp; Co</title>\n"
        "    <acronym>conf</acronym>\n"
        "    <start>2024-05-01</start>\n"
        "    <end>2024-05-02</end>\n"
        "    <days>2</days>\n"
        "    <timeslot_duration>00:30</timeslot_duration>\n"
        "    <url>https://conf.example/</url>\n"
        "    <time_zone_name>Europe/Berlin</time_zone_name>\n"
        '    <track name="Talk" color="#f9b000" slug="talk" />\n'
        '    <track name="Idle" slug="idle" />\n'
        "  </conference>\n"
        '  <day index="1" date="2024-05-01" start="2024-05-01T00:00:00+02:00"'
        ' end="2024-05-02T02:00:00+02:00">\n'
    )
    assert (
        '    <room name="Hall">\n'
        '      <event guid="9d4ca2f8-7ab5-5a4a-a5b9-1ef6fcd5d4f1" id="1">\n'
        "        <date>2024-05-01T09:00:00+02:00</date>\n"
        "        <start>09:00</start>\n"
        "        <duration>01:30</duration>\n"
        "        <room>Hall</room>\n"
        "        <slug>conf-opening</slug>\n"
        "        <url>https://conf.example/opening</url>\n"
        "        <title>Opening</title>\n"
        "        <subtitle>Welcome</subtitle>\n"
        "        <track>Talk</track>\n"
        "        <type>Keynote</type>\n"
        "        <language>en</language>\n"
        "        <abstract>Short &amp; sweet.</abstract>\n"
        "        <description>Long.\n\nTwo paragraphs, 1 &lt; 2.</description>\n"
        "        <recording>\n"
        "          <license />\n"
        "          <optout>true</optout>\n"
        "        </recording>\n"
        "        <persons>\n"
        "          <person>Ada &lt;Lovelace&gt;</person>\n"
        "          <person>李雷</person>\n"
        "        </persons>\n"
        "        <links>\n"
        '          <link href="https://conf.example/slides.pdf">Slides</link>\n'
        '          <link href="mailto:ada@conf.example" />\n'
        "        </links>\n"
        "      </event>\n"
        "    </room>\n"
    ) in text


def test_each_slot_has_its_own_slug_and_guid(check: Check) -> None:
    root = ElementTree.fromstring(written(frab_xml, small()).encode())
    slugs = [slug.text for slug in root.iter("slug")]
    assert slugs == ["conf----a", "conf-night", "conf-expo", "conf-opening", "conf-expo_2"]
    guids = [event.get("guid") for event in root.iter("event")]
    assert len(set(guids)) == 5
    assert len(again(written(frab_xml, small())).sessions) == 4


def test_characters_unsafe_for_xml_or_terminals_are_removed_or_referenced() -> None:
    hostile = "a\x00\x06\x1b[31m\ufffe b\x85\u202e c\r\nd\re"
    text = written(frab_xml, load(document(session("a", title=hostile, description=hostile))))
    assert "<title>a[31m b&#x85;&#x202e; c\nd\ne</title>" in text
    assert text.isprintable() is False and {c for c in text if not c.isprintable()} == {"\n"}


def lasting(end: str) -> Schedule:
    return load(document(session("long", timed("2024-05-01", "2024-05-01T09:00:00+02:00", end))))


@pytest.mark.parametrize(
    ("end", "duration"),
    [
        ("2024-05-01T09:00:30+02:00", "00:00"),
        ("2024-05-02T09:00:00+02:00", "24:00"),
        ("2024-05-05T12:59:00+02:00", "99:59"),
        ("2024-05-05T13:00:00+02:00", "4:04:00"),
        ("2024-08-09T08:59:00+02:00", "99:23:59"),
    ],
)
def test_durations_have_the_form_that_readers_expect(check: Check, end: str, duration: str) -> None:
    text = written(frab_xml, lasting(end))
    check(text)
    assert f"<duration>{duration}</duration>" in text


def test_a_duration_too_long_for_the_format_is_refused() -> None:
    with pytest.raises(ScheduleError) as raised:
        written(frab_xml, lasting("2024-08-09T09:00:00+02:00"))
    assert str(raised.value) == "long lasts 100 days, which the format frab-xml can't express"
