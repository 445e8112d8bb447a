"""Sessions of eventyay in documents of JSON:API, with what they refer to and without."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import SummitError
from summitcli.formats import FORMATS
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.findings import Finding
from summitcli.formats.json_fields import UNEXPECTED, UNKNOWN
from summitcli.formats.platforms import open_event
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated

LINKS = {"links": {"self": "/v1/sessions/22/relationships/track", "related": "/v1/sessions/22/track"}}
WHOLE: dict[str, Any] = {
    "data": [
        {
            "type": "session", "id": "21",
            "attributes": {
                "title": "Opening", "subtitle": "Hello", "short-abstract": "<p>Short</p>", "level": 1,
                "long-abstract": None, "starts-at": "2026-06-01T01:00:00.5+00:00", "language": "en",
                "ends-at": "2026-06-01T02:00:00+00:00", "state": "confirmed", "is-mail-sent": False,
                "video-url": "https://film.example/1", "signup-url": None,
            },
            "relationships": {
                "event": LINKS, "session-type": {"data": {"type": "session-type", "id": "4"}},
                "track": {"data": {"type": "track", "id": "1"}, **LINKS},
                "microlocation": {"data": {"type": "microlocation", "id": "1"}},
                "speakers": {"data": [{"type": "speaker", "id": "5"}, {"type": "speaker", "id": "6"}]},
            },
        },
        {
            "type": "session", "id": "22",
            "attributes": {"title": "Talk", "starts-at": None, "ends-at": None, "state": "draft"},
            "relationships": {"track": {"data": None}, "microlocation": LINKS, "speakers": {"data": []}},
        },
    ],
    "included": [
        {"type": "track", "id": "1", "attributes": {"name": "Data", "color": "#0050eb"}},
        {"type": "track", "id": "2", "attributes": {"name": "Web", "color": "#f9b000"}},
        {"type": "microlocation", "id": "1", "attributes": {"name": "Hall", "floor": 2}},
        {"type": "session-type", "id": "4", "attributes": {"name": "Keynote", "length": "01:00"}},
        {"type": "speaker", "id": "5", "attributes": {
            "name": "Ada", "short-biography": "Short", "email": "ada@ada.example",
            "website": "https://ada.example/"}},
        {"type": "speaker", "id": "6", "attributes": {"name": "Bob"}},
        {"type": "user", "id": "1", "attributes": {"name": "Eve"}},
        {"type": "event", "id": "7", "attributes": {
            "name": "Conf", "timezone": "Asia/Singapore", "starts-at": "2026-05-31T16:00:00+00:00",
            "ends-at": "2026-06-02T10:00:00+00:00", "location-name": "Lifelong Learning Institute",
            "external-event-url": "https://conf.example/"}},
    ],
    "links": {"self": "/v1/events/7/sessions", "next": None},
}  # fmt: skip
OPENING = Event(
    where="data[0].attributes",
    identity="21",
    names=("21",),
    title="Opening",
    subtitle="Hello",
    abstract="<p>Short</p>",
    start=datetime(2026, 6, 1, 1, microsecond=500_000, tzinfo=UTC),
    end=datetime(2026, 6, 1, 2, tzinfo=UTC),
    room="Hall",
    track="Data",
    type="Keynote",
    language="en",
    speakers=("Ada", "Bob"),
    links=(DraftLink("https://film.example/1", kind="recording"),),
    level="1",
)


def read(made: Any) -> Draft:
    return open_event.read(json.dumps(made).encode(), "conf.json")


def session(**relationships: Any) -> Any:
    return {"type": "session", "id": "1", "attributes": {"title": "A"}, "relationships": relationships}


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            OPENING,
            Event(where="data[1].attributes", identity="22", names=("22",), title="Talk", status="draft"),
        ),
        findings=draft.findings,
        title="Conf",
        time_zone="Asia/Singapore",
        start=date(2026, 6, 1),
        end=date(2026, 6, 2),
        tracks=(Track("Data", color="#0050eb"), Track("Web", color="#f9b000")),
        url="https://conf.example/",
        place="Lifelong Learning Institute",
        people=(Person("Ada", biography="Short", links=(DraftLink("https://ada.example/"),)), Person("Bob")),
    )
    assert list(draft.findings) == []


def test_a_conference_that_includes_its_sessions_is_read_too() -> None:
    *others, conference = WHOLE["included"]
    draft = read({"data": conference, "included": [*WHOLE["data"], *others]})
    assert draft.title == "Conf"
    assert draft.events[0] == OPENING._replace(where="included[0].attributes")


def test_a_page_and_sessions_without_what_they_refer_to_say_what_to_add_to_the_url() -> None:
    draft = read({"data": [session(track=LINKS, speakers=LINKS)], "links": {"next": "/v1/x?page[number]=2"}})
    assert draft.findings.sentences() == [
        "it is only one page of the sessions; add `page[size]=0` to the URL",
        (
            "1 session without room, category and speakers;"
            " add `include=microlocation,track,speakers` to the URL"
        ),
    ]


@pytest.mark.parametrize(
    "relationships", [{}, {"event": LINKS}, {"track": {"data": None}, "speakers": LINKS}]
)
def test_a_session_may_refer_to_nothing(relationships: Any) -> None:
    draft = read({"data": [session(**relationships)]})
    assert draft.events == (Event(where="data[0].attributes", identity="1", names=("1",), title="A"),)
    assert list(draft.findings) == []


def test_unknown_references_and_odd_resources_are_findings() -> None:
    missing = {"data": {"type": "track", "id": "3"}}
    draft = read({"data": [session(track=missing), "x"], "included": [5, {"type": []}]})
    assert draft.events == (Event(where="data[0].attributes", identity="1", names=("1",), title="A"),)
    assert list(draft.findings) == [
        Finding(UNEXPECTED, "data[1]"),
        Finding(UNEXPECTED, "included[0]"),
        Finding(UNEXPECTED, "included[1].type"),
        Finding(UNKNOWN, "data[0].relationships.track.data"),
    ]


def test_documents_are_recognised_by_this_reader_alone() -> None:
    for data in (json.dumps(WHOLE).encode(), json.dumps(WHOLE, indent=4).encode()):
        assert [name for name, module in FORMATS.items() if module.detect(data)] == ["open-event"]


@pytest.mark.parametrize(
    "made",
    [
        {"data": [{"type": "speaker", "attributes": {"name": "Ada", "starts-at": "", "short-abstract": ""}}]},
        {"data": [{"type": "session", "attributes": {"title": "A", "short-abstract": ""}}]},
        {"data": [{"type": "session", "starts-at": "", "short-abstract": ""}]},
        {"data": [{"type": "session", "attributes": {"title": "A", "starts-at": ""}}]},
    ],
)
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not open_event.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = open_event.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)
