"""The JSON of Sessionize's views: one of lists that refer to each other, others of days or groups."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats import FORMATS, parse
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.platforms import sessionize
from tests.conftest import examples
from tests.formats.drafts import at
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated

UUID = "b5d96beb-0c81-491a-86ee-ed98f061b524"
WHOLE: dict[str, Any] = {
    "sessions": [
        {
            "id": "443291", "title": "Opening", "description": "Hello\r\n",
            "startsAt": "2026-03-04T12:10:00", "endsAt": "2026-03-04T13:00:00", "isServiceSession": False,
            "isPlenumSession": True, "speakers": ["p1", "p2"], "categoryItems": [11, 21, 31, 41, 51],
            "questionAnswers": [], "roomId": 2, "liveUrl": "https://live.example/1",
            "recordingUrl": "https://film.example/1", "status": "Accepted",
        },
        {
            "id": UUID, "title": "Lunch", "description": None, "startsAt": "2026-03-04T13:00:00",
            "endsAt": "2026-03-04T14:00:00", "isServiceSession": True, "isPlenumSession": True,
            "speakers": [], "categoryItems": [], "questionAnswers": [], "roomId": 1, "liveUrl": None,
            "recordingUrl": None, "status": None,
        },
        {
            "id": "443300", "title": "Queued", "startsAt": "2026-03-04T14:00:00",
            "endsAt": "2026-03-04T14:30:00", "isServiceSession": False, "roomId": 2,
            "status": "Accept_Queue",
        },
    ],
    "speakers": [
        {"id": "p1", "firstName": "Ada", "lastName": "Byron", "fullName": "Ada Byron", "bio": "Counts.",
         "tagLine": "Countess", "links": [
             {"title": "Blog", "url": "https://ada.example/", "linkType": "Blog"},
             {"title": "-", "url": ""}]},
        {"id": "p2", "fullName": "Bob", "bio": None, "tagLine": None, "links": []},
    ],
    "questions": [],
    "categories": [
        {"id": 1, "title": "Tracks", "items": [{"id": 10, "name": "Data"}, {"id": 11, "name": "Web"}]},
        {"id": 2, "title": "Level", "items": [{"id": 21, "name": "Beginner"}]},
        {"id": 3, "title": "Session format", "items": [{"id": 31, "name": "Keynote"}]},
        {"id": 4, "title": "Language", "items": [{"id": 41, "name": "English"}]},
        {"id": 5, "title": "Also", "items": [{"id": 51, "name": "recorded"}]},
    ],
    "rooms": [{"id": 2, "name": "Hall", "sort": 1}, {"id": 1, "name": "Yard", "sort": 0}],
}  # fmt: skip

LUNCH = {
    "id": UUID, "title": "Lunch", "startsAt": "2018-03-04T12:00:00", "endsAt": "2018-03-04T13:00:00",
    "isServiceSession": True, "isPlenumSession": True, "speakers": [], "categories": [], "roomId": 5,
    "room": "Yard",
}  # fmt: skip
TALK = {
    "id": "9", "title": "Talk", "startsAt": "2018-03-04T10:00:00", "endsAt": "2018-03-04T11:00:00",
    "isServiceSession": False, "isPlenumSession": False, "speakers": [{"id": "p1", "name": "Ada"}],
    "categories": [{"id": 1, "name": "Level", "categoryItems": [{"id": 2, "name": "Expert"}], "sort": 0}],
    "roomId": 4, "room": "Hall",
}  # fmt: skip
GRID: list[Any] = [
    {
        "date": "2018-03-04T00:00:00",
        "isDefault": True,
        "rooms": [
            {"id": 4, "name": "Hall", "sessions": [TALK], "hasOnlyPlenumSessions": False},
            {"id": 5, "name": "Yard", "sessions": [{**LUNCH, "room": None}]},
        ],
        "timeSlots": [{"slotStart": "10:00:00", "rooms": [{"id": 4, "name": "Hall", "session": TALK}]}],
    }
]
GROUPS: list[Any] = [
    {"groupId": 7, "groupName": "Web", "sessions": [TALK, LUNCH]},
    {"groupId": 8, "groupName": "Data", "sessions": [LUNCH]},
]


def read(made: Any) -> Draft:
    return sessionize.read(json.dumps(made).encode(), "conf.json")


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            Event(
                where="sessions[0]",
                identity="443291",
                names=("443291",),
                title="Opening",
                description="Hello\r\n",
                start=at("2026-03-04T12:10"),
                end=at("2026-03-04T13:00"),
                room="Hall",
                track="Web",
                type="Keynote",
                language="English",
                speakers=("Ada Byron", "Bob"),
                links=(
                    DraftLink("https://live.example/1", kind="stream"),
                    DraftLink("https://film.example/1", kind="recording"),
                ),
                level="Beginner",
                tags=("recorded",),
            ),
            Event(
                where="sessions[1]",
                identity=UUID,
                guid=UUID,
                title="Lunch",
                start=at("2026-03-04T13:00"),
                end=at("2026-03-04T14:00"),
                room="Yard",
                type="service",
            ),
            Event(
                where="sessions[2]",
                identity="443300",
                names=("443300",),
                title="Queued",
                start=at("2026-03-04T14:00"),
                end=at("2026-03-04T14:30"),
                room="Hall",
                status="accept_queue",
            ),
        ),
        findings=draft.findings,
        tracks=(Track("Data"), Track("Web")),
        rooms=("Yard", "Hall"),
        people=(
            Person(
                "Ada Byron",
                biography="Countess\n\nCounts.",
                links=(DraftLink("https://ada.example/", "Blog"),),
            ),
            Person("Bob"),
        ),
    )
    assert list(draft.findings) == []


def moments(clock: str) -> datetime:
    return at(f"2018-03-04T{clock}")


TALK_EVENT = Event(
    where="[0].rooms[0].sessions[0]",
    identity="9",
    names=("9",),
    title="Talk",
    start=moments("10:00"),
    end=moments("11:00"),
    day=date(2018, 3, 4),
    room="Hall",
    speakers=("Ada",),
    level="Expert",
)
LUNCH_EVENT = Event(
    where="[0].rooms[1].sessions[0]",
    identity=UUID,
    guid=UUID,
    title="Lunch",
    start=moments("12:00"),
    end=moments("13:00"),
    day=date(2018, 3, 4),
    room="Yard",
    type="service",
)


def test_the_days_of_a_grid_contain_rooms_that_contain_sessions() -> None:
    draft = read(GRID)
    assert draft == Draft(events=(TALK_EVENT, LUNCH_EVENT), findings=draft.findings, rooms=("Hall", "Yard"))
    assert list(draft.findings) == []


def test_a_session_in_several_groups_is_read_once() -> None:
    draft = read(GROUPS)
    assert draft == Draft(
        events=(
            TALK_EVENT._replace(where="[0].sessions[0]", day=None, track="Web"),
            LUNCH_EVENT._replace(where="[0].sessions[1]", day=None, track="Web"),
        ),
        findings=draft.findings,
    )
    assert list(draft.findings) == []


def test_a_single_group_of_all_sessions_is_no_track() -> None:
    (event,) = read([{"groupId": None, "groupName": "All", "sessions": [TALK]}]).events
    assert event.track == ""


def test_times_are_read_in_the_zone_that_is_assumed() -> None:
    read_ = parse(json.dumps(GRID).encode(), "conf.json")
    assert read_.schedule.conference.time_zone == "UTC"
    assert list(read_.findings.sentences()) == [
        ("the schedule has no time zone; reading its times as UTC"
         " (choose another with --assume-timezone ZONE)"),
        "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`",
    ]  # fmt: skip


def test_unknown_references_are_findings() -> None:
    session = {"title": "T", "speakers": ["p9"], "categoryItems": [9], "roomId": 9}
    draft = read({"sessions": [session], "rooms": WHOLE["rooms"]})
    assert draft.events == (Event(where="sessions[0]", title="T", room="9"),)
    assert [finding.where for finding in draft.findings] == [
        "sessions[0].categoryItems[0]", "sessions[0].roomId", "sessions[0].speakers[0]",
    ]  # fmt: skip
    assert draft.findings.sentences() == ["3 rooms, categories or speakers that are named but not listed"]


def test_odd_values_are_findings_and_every_session_is_kept() -> None:
    odd = {"title": 5, "startsAt": 5, "endsAt": "later", "isServiceSession": "?", "liveUrl": {}, "status": 1}
    draft = read({"sessions": [odd, "x", {}], "rooms": {}, "categories": [5]})
    assert draft.events == (Event(where="sessions[0]"), Event(where="sessions[2]"))
    assert draft.findings.sentences() == [
        "8 values of an unexpected type", "1 time that can't be read",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("{}", "sessions", "is missing"),
        ('{"sessions": {}}', "sessions", "must be an array"),
        ("5", "", "must be an array"),
        ("[}", "", "it is not valid JSON at line 1, column 2"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        sessionize.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


@pytest.mark.parametrize("made", [WHOLE, GRID, GROUPS], ids=["All", "GridSmart", "Sessions"])
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        assert [name for name, module in FORMATS.items() if module.detect(data)] == ["sessionize"]


@pytest.mark.parametrize(
    "made",
    [{"sessions": []}, WHOLE["speakers"], {"format": "summit-schedule/1", **WHOLE}, "isServiceSession"],
)
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not sessionize.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE) | mutated(GRID) | mutated(GROUPS))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = sessionize.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)


def test_the_speakers_of_a_published_schedule_are_read(corpus: Path) -> None:
    data = (corpus / "sessionize" / "gab2022.json").read_bytes()
    draft = sessionize.read(data, "gab2022.json")
    assert [(person.name, person.biography) for person in draft.people] == [
        (one["fullName"], f"{one['tagLine']}\n\n{one['bio']}") for one in json.loads(data)["speakers"]
    ]
