"""The reader of the flat draft of c3voc and its hub: one list of events beside the conference."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Person, Track
from summitcli.formats.frab import flat_json, pretalx_widget, schedule_json
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated
from tests.published import FILES, content, here

CET = timezone(timedelta(hours=1))
EVENT = {
    "type": "TALK", "guid": "270fa44c-821a-577f-8ca3-33e8d4a8c2a7", "code": "HQCCYH", "slug": "conf-opening",
    "start": "2024-12-27T23:30:00+01:00", "end": "2024-12-28T00:15:00+01:00",
    "room": {"slug": "hall", "guid": "r-1"}, "url": "https://conf.example/event/opening/",
    "title": {"en": "Opening", "de": "Eröffnung"}, "subtitle": None, "language": "en",
    "track": {"slug": "art"}, "abstract": {"en": "Hello"}, "description": "World",
    "participants": [
        {"guid": "p-1", "name": "Ada", "role": "SPEAKER"}, {"guid": "p-2", "role": "CONTRIBUTOR"}],
    "links": [{"type": "ORIGIN", "url": "https://origin.example/"}],
    "attachments": [{"type": "SLIDES", "url": "/slides.pdf"}], "logo": {"url": "/logo.png"},
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "schedule": {
        "version": "2024-12-26 20:23",
        "base_url": "https://conf.example/hub/",
        "conference": {
            "acronym": "conf24", "title": "Conf", "start": "2024-12-27T09:30:00+00:00",
            "end": "2024-12-27T23:30:00+00:00", "time_zone_name": "Europe/Berlin",
            "url": "https://conf.example/", "languages": ["en", "de"], "defaults": {"language": "de"},
            "tracks": [
                {"guid": "t-1", "name": "Art & Beauty", "colors": {"light": "#F9B000"}, "slug": "art"}],
            "rooms": [{"name": "Hall", "slug": "hall", "guid": "r-1"}, {"name": "Attic", "guid": "r-2"}],
            "days": [
                {"index": 1, "date": "2024-12-27", "start": "2024-12-27T09:30:00+00:00",
                 "end": "2024-12-28T06:00:00+01:00"}],
        },
        "events": [EVENT, {}],
        "persons": [{"guid": "p-2", "name": "Bob", "biography": "…"}],
    }
}  # fmt: skip


def read(made: Any) -> Draft:
    return flat_json.read(json.dumps(made).encode(), "conf.json")


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            Event(
                where="schedule.events[0]",
                identity="270fa44c-821a-577f-8ca3-33e8d4a8c2a7",
                names=("HQCCYH", "conf-opening"),
                guid="270fa44c-821a-577f-8ca3-33e8d4a8c2a7",
                title="Eröffnung",
                titles={"en": "Opening", "de": "Eröffnung"},
                abstract="Hello",
                description="World",
                start=datetime(2024, 12, 27, 23, 30, tzinfo=CET),
                end=datetime(2024, 12, 28, 0, 15, tzinfo=CET),
                room="Hall",
                track="Art & Beauty",
                type="TALK",
                language="en",
                speakers=("Ada", "Bob"),
                url="https://conf.example/event/opening/",
                links=(
                    DraftLink("https://origin.example/", kind="ORIGIN"),
                    DraftLink("/slides.pdf", kind="SLIDES"),
                ),
                abstracts={"en": "Hello"},
            ),
            Event(where="schedule.events[1]"),
        ),
        findings=draft.findings,
        title="Conf",
        acronym="conf24",
        language="de",
        time_zone="Europe/Berlin",
        start=date(2024, 12, 27),
        # Half past midnight in Berlin.
        end=date(2024, 12, 28),
        days=(
            DraftDay(
                date(2024, 12, 27),
                datetime(2024, 12, 27, 9, 30, tzinfo=UTC),
                datetime(2024, 12, 28, 6, tzinfo=CET),
                "schedule.conference.days[0]",
            ),
        ),
        tracks=(Track("Art & Beauty", "art", "#F9B000"),),
        rooms=("Hall", "Attic"),
        url="https://conf.example/",
        base_url="https://conf.example/hub/",
        version="2024-12-26 20:23",
        people=(Person("Bob", biography="…"),),
    )
    assert list(draft.findings) == []


def with_events(*events: Any) -> dict[str, Any]:
    return {"schedule": {"conference": {"title": "Conf"}, "events": list(events)}}


def test_an_event_may_have_a_duration_instead_of_an_end() -> None:
    event = {"start": "2024-12-27T10:00:00Z", "duration": "0:45"}
    start = datetime(2024, 12, 27, 10, tzinfo=UTC)
    assert read(with_events(event)).events == (
        Event(where="schedule.events[0]", start=start, end=start + timedelta(minutes=45)),
    )


@pytest.mark.parametrize(
    ("fields", "room"),
    [
        ({"room": None, "location": {"@type": "Place", "name": "Lock corner"}}, "Lock corner"),
        ({"location": "Lock corner"}, "Lock corner"),
        ({"room": {"name": "Attic"}, "location": "Lock corner"}, "Attic"),
        ({"location": {}}, ""),
    ],
)
def test_the_location_is_the_room_if_there_is_no_other(fields: dict[str, Any], room: str) -> None:
    (found,) = read(with_events(fields)).events
    assert found.room == room


def test_odd_values_are_findings_and_every_event_is_kept() -> None:
    draft = read(with_events({"start": "10:00", "room": {"guid": "gone"}, "title": 5}, "x", {"title": "T"}))
    assert draft.events == (Event(where="schedule.events[0]"), Event(where="schedule.events[2]", title="T"))
    assert draft.findings.sentences() == [
        "1 time that can't be read",
        "2 values of an unexpected type",
        "1 room, category or speaker that is named but not listed",
    ]


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ('{"schedule": {"conference": {}}}', "schedule.events", "is missing"),
        ('{"conference": {}, "events": {}}', "events", "must be an array"),
        ('{"schedule": {"events": []}}', "schedule.conference", "is missing"),
        ('{"events": []}', "schedule", "is missing"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        flat_json.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


@pytest.mark.parametrize("made", [WHOLE, WHOLE["schedule"], with_events()])
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    readers = (schedule_json, flat_json, pretalx_widget)
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        assert [reader for reader in readers if reader.detect(data)] == [flat_json]


@pytest.mark.parametrize(
    ("file", "places", "counts"),
    [
        ("harbour.flat.json", [("Speicher", "Gemeinschaft"), ("Speicher", "")], [2, 2, 3]),
        *((name, [("Saal 1", "CCC"), ("Saal ZIGZAG", "Hardware & Making")], [4, 7, 5])
          for name in here("frab-json/hub-schedule2.json")),
    ],
)  # fmt: skip
def test_every_event_of_a_published_example_is_read(
    file: str, places: list[tuple[str, str]], counts: list[int]
) -> None:
    readers = (schedule_json, flat_json, pretalx_widget)
    assert [reader for reader in readers if reader.detect(content(file))] == [flat_json]
    draft = flat_json.read(content(file), file)
    assert (len(draft.events), list(draft.findings)) == (FILES[file].events, [])
    assert [(event.room, event.track) for event in draft.events[:2]] == places
    assert [len(draft.days), len(draft.tracks), len(draft.rooms)] == counts


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = flat_json.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)
