"""The reader of researchr's XML."""

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from summitcli.budgets import Spending
from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats import FORMATS, recognise, researchr
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, DraftLink, Event, Person
from summitcli.formats.findings import Finding, Findings
from summitcli.formats.times import UNREADABLE
from summitcli.sources.source import NO_HINTS
from tests.formats.independent import shown
from tests.formats.xml_mutations import mutants
from tests.published import FILES, content, read

SPLASH = "researchr/splash2021.xml"
at = datetime.fromisoformat
WHOLE = """<?xml version="1.0"?>
<!DOCTYPE event [<!ELEMENT event (#PCDATA)><!ATTLIST timeslot is_mirror CDATA #IMPLIED>]>
<event>
  <event_details><title>Conf</title><acronym>C'24</acronym><start_date>2024/05/01</start_date>
    <end_date>2024/05/02</end_date><location><facility_name>House</facility_name><address>Quay 1</address>
    <city>Bern</city><country>Switzerland</country></location><url>https://conf.example/</url>
    <persons><person><first_name>Not</first_name><last_name>Speaking</last_name></person></persons>
  </event_details>
  <subevent><title>Papers</title><room>Hall</room><date>2024/05/01</date><url>/papers</url>
    <url_link_display>All papers</url_link_display><tracks><track>Research</track></tracks>
    <timeslot><slot_id>s-1</slot_id><title>Session: Papers</title><start_time>9:00</start_time>
      <end_time>10:30</end_time></timeslot>
    <timeslot><slot_id>s-2</slot_id><event_id>e-2</event_id><title>A &lt;b&gt; &amp; c</title>
      <room>Attic</room><date>2024/05/02</date><start_time>23:30</start_time><end_time>00:15</end_time>
      <description>Text</description><acm_doi>https://doi.org/10.1145/1.2</acm_doi>
      <persons><person><role>Author</role><first_name>Ada</first_name><middle_name>M.</middle_name>
        <last_name>L</last_name><suffix>Jr.</suffix><affiliation>House</affiliation>
        <email>ada@conf.example</email><bio>Bio</bio><homepage_url>https://ada.example/</homepage_url></person>
        <person><first_name>Bob</first_name></person><person/></persons>
      <tracks><track>Talks</track></tracks><tags><tag>xml</tag></tags>
      <badges><badge property="Event Form">Virtual</badge></badges></timeslot>
  </subevent>
  <timeslot is_mirror="true"><title>Tea</title><date>2024/05/02</date><description>undefined</description>
  </timeslot>
  <timezone_id>Europe/Zurich</timezone_id>
</event>
"""


def draft(text: str) -> Draft:
    return researchr.read(text.encode(), "conf.xml")


def slot(fields: str) -> Draft:
    """Return the draft of a conference with one time slot."""
    return draft(f"<event><timeslot>{fields}</timeslot></event>")


def test_a_whole_document_is_read_field_by_field() -> None:
    papers, made = DraftLink("/papers", "All papers"), draft(WHOLE)
    assert made == Draft(
        events=(
            Event(
                where="event/subevent[1]/timeslot[1]",
                line=11,
                identity="s-1",
                title="Session: Papers",
                start=at("2024-05-01T09:00"),
                end=at("2024-05-01T10:30"),
                room="Hall",
                track="Research",
                links=(papers,),
            ),
            Event(
                where="event/subevent[1]/timeslot[2]",
                line=13,
                identity="e-2",
                title="A <b> & c",
                description="Text",
                start=at("2024-05-02T23:30"),
                end=at("2024-05-03T00:15"),
                room="Attic",
                track="Talks",
                speakers=("Ada M. L Jr.", "Bob"),
                links=(papers, DraftLink("https://doi.org/10.1145/1.2", "DOI", "paper")),
                people=(Person("Ada M. L Jr.", biography="Bio", links=(DraftLink("https://ada.example/"),)),),
                tags=("xml", "Virtual"),
            ),
            Event(where="event/timeslot[1]", line=23, title="Tea", days=(date(2024, 5, 2),)),
        ),
        findings=made.findings,
        title="Conf",
        acronym="C'24",
        time_zone="Europe/Zurich",
        start=date(2024, 5, 1),
        end=date(2024, 5, 2),
        url="https://conf.example/",
        place="House, Bern",
        places=("Quay 1", "Bern", "Switzerland"),
    )
    assert [*made.findings] == []


def test_a_mail_address_is_not_read() -> None:
    assert "@" not in repr(draft(WHOLE))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WHOLE.encode(), True),
        (b"<event><timeslot/></event>", True),
        (b"<event><event_details/></event>", True),
        (b"<event><title>x</title></event>", False),
        (b"<events><timeslot/></events>", False),
        (b"<schedule><event><timeslot/></event></schedule>", False),
        (b'{"event": "<timeslot"}', False),
        (b"", False),
    ],
)
def test_a_document_is_recognised_by_its_root_and_an_element_of_researchr(
    data: bytes, expected: bool
) -> None:
    assert researchr.detect(data) == expected


@pytest.mark.parametrize("file", FILES)
def test_no_other_format_is_recognised_as_researchr(file: str) -> None:
    assert researchr.detect(content(file)) == (FILES[file].format == "researchr")
    assert recognise(content(file), file) == FILES[file].format


def test_only_this_reader_recognises_it() -> None:
    assert [name for name, module in FORMATS.items() if module.detect(WHOLE.encode())] == ["researchr"]


def test_an_end_date_is_that_of_the_end() -> None:
    times = "<date>2024/05/01</date><start_time>22:00</start_time><end_date>2024/05/03</end_date>"
    (event,) = slot(f"{times}<end_time>06:00</end_time>").events
    assert (event.start, event.end) == (at("2024-05-01T22:00"), at("2024-05-03T06:00"))


def test_without_an_end_a_session_has_only_a_start() -> None:
    (event,) = slot("<date>2024-05-01</date><start_time>22:00</start_time>").events
    assert (event.start, event.end) == (at("2024-05-01T22:00"), None)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("<date>1 May</date>", "date"),
        ("<date>2024/05/01</date><start_time>noon</start_time>", "start_time"),
        ("<date>2024/05/01</date><start_time>9:00</start_time><end_time>25:00</end_time>", "end_time"),
        ("<date>2024/05/01</date><end_date>2024/13/01</end_date>", "end_date"),
    ],
)
def test_an_unreadable_time_is_reported_with_its_place(fields: str, name: str) -> None:
    found = slot(f"\n{fields}")
    value = re.findall(rf"<{name}>(.*?)</", fields)[0]
    assert [*found.findings] == [Finding(UNREADABLE, f"event/timeslot[1]/{name}", 2, value)]
    assert len(found.events) == 1


def test_time_slots_leave_the_tree_while_it_is_parsed() -> None:
    findings = Findings()
    walk = researchr._Walk(findings, Spending("conf.xml", 1000))
    assert len([*walk.events(WHOLE.encode(), "conf.xml")]) == 3
    assert [*walk.root.descendants("timeslot")] == []
    assert walk.root.first_text("timezone_id") == "Europe/Zurich"


def test_a_document_without_time_slots_is_refused_in_one_line() -> None:
    with pytest.raises(InvalidSchedule) as caught:
        assemble(researchr.read(b"<event><event_details/></event>", "conf.xml"), "conf.xml", NO_HINTS)
    assert str(caught.value) == "conf.xml is not a valid schedule: it has no events"


@given(data=mutants(WHOLE))
def test_a_damaged_document_is_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(researchr.read(data, "conf.xml"), Draft)
    except SummitError as error:
        assert "\n" not in str(error)


def test_a_talk_that_is_given_twice_is_one_session() -> None:
    sessions = read("harbour.researchr.xml").schedule.sessions
    (talk,) = (session for session in sessions if len(session.slots) > 1)
    assert [f"{slot.start:%m-%d %H:%M %z}" for slot in talk.slots] == [
        "10-26 11:00 +0200",
        "10-27 11:00 +0100",
    ]


def test_all_time_slots_of_a_large_conference_are_read(corpus: Path) -> None:
    # 612 of them, and 277 that repeat a session for the other half of the world.
    root = ElementTree.parse(corpus / SPLASH).getroot()
    repeated = Counter(slot.get("is_mirror") for slot in root.iter("timeslot"))
    assert repeated == {None: 612, "true": 277}
    sessions = [*read(SPLASH).schedule.sessions]
    assert sum(len(session.slots) for session in sessions) == 612 + 277
    expected = Counter((slot.findtext("title"), slot.findtext("room")) for slot in root.iter("timeslot"))
    found = Counter((str(session.title.root), slot.room) for session in sessions for slot in session.slots)
    assert {(shown(str(title)), room): n for (title, room), n in expected.items()} == {
        (shown(title), room): n for (title, room), n in found.items()
    }
    assert {session.category for session in sessions if session.category} != set()


def test_its_speakers_have_biographies_and_pages_but_no_addresses(corpus: Path) -> None:
    made = researchr.read((corpus / SPLASH).read_bytes(), SPLASH)
    people = {person.name: person for event in made.events for person in event.people}
    root = ElementTree.parse(corpus / SPLASH).getroot()
    pages = {
        f"{person.findtext('first_name')} {person.findtext('last_name')}": person.findtext("homepage_url")
        for slot in root.iter("timeslot")
        for person in slot.iter("person")
    }
    assert people.keys() == pages.keys()
    found = {name: person.links[0].url if person.links else None for name, person in people.items()}
    assert {name for name in pages if found[name] != pages[name]} == {"Jean Yang"}
    assert pages["Jean Yang"] and "@" in pages["Jean Yang"]
    assert all(person.biography for person in people.values())
