"""The JSON of Indico's export API: an event with its contributions, grouped into sessions or not."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats import FORMATS, parse
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.platforms import indico
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated


def moment(text: str, zone: str = "UTC") -> dict[str, str]:
    day, clock = text.split(" ")
    return {"date": day, "time": f"{clock}:00", "tz": zone}


CONTRIBUTION: dict[str, Any] = {
    "id": "12", "friendly_id": 12, "db_id": 26, "title": "Opening", "description": "<p>Hello</p>",
    "startDate": moment("2021-09-17 14:10"), "endDate": moment("2021-09-17 14:30"), "duration": 20,
    "room": "Aula", "roomFullname": "1-01 - Aula", "location": "Main building", "type": "Oral",
    "session": "Main Track", "track": "Drivers", "keywords": ["kernel", ""],
    "url": "https://indico.example/event/1/contributions/26/",
    "speakers": [
        {"first_name": "Ada", "last_name": "Byron", "fullName": "Byron, Ada", "affiliation": "Analysts",
         "emailHash": "0"},
        {"first_name": "", "last_name": "", "fullName": "Bob", "affiliation": ""},
    ],
    "primaryauthors": [{"first_name": "Eve", "last_name": "X"}],
    "folders": [{"title": "Slides", "attachments": [
        {"title": "a.pdf", "download_url": "https://indico.example/a.pdf", "type": "file"},
        {"title": "Video", "link_url": "https://film.example/1", "type": "link"}]}],
    "material": [{"title": "Paper", "resources": [{"name": "b.pdf", "url": "https://indico.example/b.pdf"}]}],
}  # fmt: skip
LUNCH: dict[str, Any] = {
    "id": "13", "title": "Lunch", "startDate": moment("2021-09-17 10:00"), "endDate": None, "duration": 60,
    "room": "", "roomFullname": "1-02 - Yard", "session": None, "track": "Pauses", "type": None,
    "speakers": [], "folders": [], "material": [],
}  # fmt: skip
EVENT: dict[str, Any] = {
    "id": "1", "title": "Conference", "timezone": "Europe/Warsaw", "startDate": moment("2021-09-15 06:00"),
    "endDate": moment("2021-09-17 22:30"), "url": "https://indico.example/event/1/", "location": "Gdańsk",
    "address": "Poland", "contributions": [CONTRIBUTION, LUNCH],
}  # fmt: skip
WHOLE: dict[str, Any] = {"count": 1, "_type": "HTTPAPIResult", "url": "https://a/", "results": [EVENT]}
GROUPED: dict[str, Any] = {
    "count": 1,
    "results": [
        {
            **EVENT,
            "contributions": [LUNCH],
            "sessions": [
                {
                    "title": "Drivers", "color": "#eee0ef", "room": "Aula",
                    "startDate": moment("2021-09-17 14:00"), "endDate": moment("2021-09-17 15:00"),
                    "contributions": [
                        {"id": "3", "title": "Talk", "startDate": moment("2021-09-17 14:00"), "duration": 20}
                    ],
                },
                {
                    "id": "4", "title": "Coffee", "startDate": moment("2021-09-17 15:00"),
                    "endDate": moment("2021-09-17 15:30"), "contributions": [],
                },
            ],
        }
    ],
}  # fmt: skip
TALK_EVENT = Event(
    where="results[0].contributions[0]",
    identity="26",
    names=("12",),
    title="Opening",
    description="<p>Hello</p>",
    start=datetime(2021, 9, 17, 14, 10, tzinfo=UTC),
    end=datetime(2021, 9, 17, 14, 30, tzinfo=UTC),
    room="Aula",
    track="Main Track",
    type="Oral",
    speakers=("Ada Byron", "Bob"),
    people=(Person("Ada Byron", biography="Analysts"),),
    url="https://indico.example/event/1/contributions/26/",
    links=(
        DraftLink("https://indico.example/a.pdf", "a.pdf", "slides"),
        DraftLink("https://film.example/1", "Video", "recording"),
        DraftLink("https://indico.example/b.pdf", "b.pdf"),
    ),
    tags=("Drivers", "kernel"),
)
LUNCH_EVENT = Event(
    where="results[0].contributions[1]",
    identity="13",
    names=("13",),
    title="Lunch",
    start=datetime(2021, 9, 17, 10, tzinfo=UTC),
    end=datetime(2021, 9, 17, 11, tzinfo=UTC),
    room="1-02 - Yard",
    track="Pauses",
)


def read(made: Any) -> Draft:
    return indico.read(json.dumps(made).encode(), "conf.json")


def read_one(**fields: Any) -> tuple[Event, Draft]:
    """Return the only contribution, with some fields, and the draft."""
    draft = read({"results": [{"contributions": [fields]}]})
    (event,) = draft.events
    return event, draft


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(TALK_EVENT, LUNCH_EVENT),
        findings=draft.findings,
        title="Conference",
        time_zone="Europe/Warsaw",
        start=date(2021, 9, 15),
        end=date(2021, 9, 18),
        url="https://indico.example/event/1/",
        place="Gdańsk",
        places=("Poland",),
    )
    assert list(draft.findings) == []


def test_the_contributions_of_sessions_are_read_and_a_session_without_any_is_an_event() -> None:
    draft = read(GROUPED)
    assert draft.tracks == (Track("Drivers", color="#eee0ef"), Track("Coffee"))
    assert draft.events == (
        LUNCH_EVENT._replace(where="results[0].contributions[0]"),
        Event(
            where="results[0].sessions[0].contributions[0]",
            identity="3",
            names=("3",),
            title="Talk",
            start=datetime(2021, 9, 17, 14, tzinfo=UTC),
            end=datetime(2021, 9, 17, 14, 20, tzinfo=UTC),
            room="Aula",
            track="Drivers",
        ),
        Event(
            where="results[0].sessions[1]",
            identity="4",
            names=("4",),
            title="Coffee",
            start=datetime(2021, 9, 17, 15, tzinfo=UTC),
            end=datetime(2021, 9, 17, 15, 30, tzinfo=UTC),
            track="Coffee",
        ),
    )
    assert list(draft.findings) == []


def test_a_session_without_contributions_and_a_title_is_kept() -> None:
    pause = {"startDate": moment("2021-09-17 15:00"), "endDate": moment("2021-09-17 15:30")}
    draft = read({"results": [{"contributions": [], "sessions": [pause]}]})
    assert [(event.where, event.title, event.track) for event in draft.events] == [
        ("results[0].sessions[0]", "", "")
    ]


def test_the_contributions_of_all_events_are_read() -> None:
    other = {**EVENT, "title": "Other", "contributions": [LUNCH]}
    draft = read({"results": [EVENT, other]})
    assert (draft.title, [event.where for event in draft.events]) == (
        "Conference",
        ["results[0].contributions[0]", "results[0].contributions[1]", "results[1].contributions[0]"],
    )


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Warsaw", datetime(2021, 9, 17, 12, 10, tzinfo=UTC)),
        ("", datetime(2021, 9, 17, 14, 10)),  # noqa: DTZ001
    ],
)
def test_a_time_is_in_its_own_zone_or_in_that_of_the_conference(zone: str, start: datetime) -> None:
    event, draft = read_one(startDate=moment("2021-09-17 14:10", zone))
    assert event.start == start
    assert list(draft.findings) == []


def test_a_time_in_an_unknown_zone_is_a_local_time_and_a_finding() -> None:
    event, draft = read_one(startDate=moment("2021-09-17 14:10", "Mars/Base"))
    assert event.start == datetime(2021, 9, 17, 14, 10)  # noqa: DTZ001
    assert [finding[1:4] for finding in draft.findings] == [
        ("results[0].contributions[0].startDate.tz", None, "Mars/Base")
    ]


@pytest.mark.parametrize("minutes", [-1, 366 * 24 * 60 + 1, 10**400])
def test_an_impossible_number_of_minutes_is_a_finding(minutes: int) -> None:
    event, draft = read_one(startDate=moment("2021-09-17 14:10"), duration=minutes)
    assert event.end is None
    assert [finding.where for finding in draft.findings] == ["results[0].contributions[0].duration"]


def test_a_contribution_that_is_not_scheduled_has_no_time() -> None:
    event, draft = read_one(title="T", startDate=None, endDate=None, duration=20)
    assert event == Event(where="results[0].contributions[0]", title="T")
    assert list(draft.findings) == []


def test_odd_values_are_findings_and_every_contribution_is_kept() -> None:
    odd = {
        "title": 5, "startDate": {"date": "soon", "time": "x"}, "endDate": 5, "speakers": ["x", {}],
        "track": {}, "keywords": {}, "folders": [{"attachments": [5]}],
    }  # fmt: skip
    draft = read({"results": [{"contributions": [odd, "x", {}]}, 5]})
    assert draft.events == (
        Event(where="results[0].contributions[0]"),
        Event(where="results[0].contributions[2]"),
    )
    assert draft.findings.sentences() == [
        "7 values of an unexpected type", "1 speaker without a name", "1 time that can't be read",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("{}", "results", "is missing"),
        ('{"results": {}}', "results", "must be an array"),
        ("5", "", "must be an object"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        indico.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


@pytest.mark.parametrize("made", [WHOLE, GROUPED], ids=["contributions", "sessions"])
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        assert [name for name, module in FORMATS.items() if module.detect(data)] == ["indico"]


@pytest.mark.parametrize(
    "made",
    [
        {"results": [{**EVENT, "contributions": []}]},
        [WHOLE],
        {"results": [{"contributions": [{}]}]},
        {"format": "summit-schedule/1", **WHOLE},
    ],
)
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not indico.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE) | mutated(GROUPED))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = indico.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)


def test_the_categories_of_a_published_schedule_are_its_sessions(corpus: Path) -> None:
    data = (corpus / "indico" / "xdc2021.json").read_bytes()
    (event,) = json.loads(data)["results"]
    expected = {
        contribution["url"]: (
            contribution["session"],
            timedelta(minutes=contribution["duration"]),
            [contribution["track"]] if contribution["track"] else [],
        )
        for contribution in event["contributions"]
    }
    draft = indico.read(data, "xdc2021.json")
    assert {
        found.url: (found.track, found.end - found.start, [*found.tags])
        for found in draft.events
        if found.start and found.end
    } == expected
    schedule = parse(data, "xdc2021.json").schedule
    names = {category.id: category.name.root for category in schedule.categories}
    assert {session.url: names[session.category or ""] for session in schedule.sessions} == {
        url: session for url, (session, _length, _tags) in expected.items()
    }
