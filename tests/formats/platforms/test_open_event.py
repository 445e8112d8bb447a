"""The ``sessions`` of open-event and eventyay, with every spelling of keys."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats import FORMATS
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.platforms import open_event
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated

SINGAPORE = timezone(timedelta(hours=8))
WHOLE: list[Any] = [
    {
        "id": 4288, "title": "Opening", "subtitle": "Hello", "short_abstract": "<p>Short</p>",
        "long_abstract": "<p>Long</p>", "start_time": "2018-03-22T12:00:00+08:00",
        "end_time": "2018-03-22T13:00:00+08:00", "language": "en", "level": "beginner", "state": "accepted",
        "session_type": {"id": 380, "name": "Keynote", "length": "00:25"},
        "track": {"id": 708, "name": "Data", "color": "#0050eb", "font_color": "#ffffff"},
        "microlocation": {"id": 512, "name": "Hall"}, "comments": "For organisers",
        "video": "https://film.example/1", "audio": "https://sound.example/1",
        "slides": "https://slides.example/1", "signup_url": "https://signup.example/1",
        "speakers": [
            {"id": 1, "name": "Ada", "short_biography": "Short", "long_biography": "<p>Long</p>",
             "website": "https://ada.example/", "email": "ada@ada.example"},
            {"id": 2, "name": "Bob", "short_biography": "", "long_biography": ""},
        ],
    },
    {
        "id": 4289, "title": "Declined", "subtitle": "", "short_abstract": "", "long_abstract": "",
        "start_time": "2018-03-22T12:00:00+08:00", "end_time": "2018-03-22T13:00:00+08:00", "language": "",
        "level": "", "state": "rejected", "session_type": None, "track": None, "microlocation": None,
        "comments": "", "video": None, "audio": None, "slides": "", "signup_url": None, "speakers": [],
    },
]  # fmt: skip
NEW_KEYS = {"start_time": "starts-at", "end_time": "ends-at"}
HYPHENS: list[Any] = [
    {
        NEW_KEYS.get(key, f"{key}-url" if key in ("video", "audio", "slides") else key.replace("_", "-")): (
            [{name.replace("_", "-"): text for name, text in one.items()} for one in value]
            if key == "speakers"
            else value
        )
        for key, value in session.items()
    }
    for session in WHOLE
]
OLDEST: Any = {
    "sessions": [
        {
            "session_id": "W-5", "title": "Solder", "description": "<p>Long</p>",
            "start_time": "2016-05-05T07:30:00+00:00", "end_time": "2016-05-05T08:00:00+00:00",
            "track": {"id": 2, "name": "Makers", "order": 2}, "location": "Hall", "type": "Workshop",
            "speakers": [{"id": 1, "name": "Ada", "organisation": "Corn"}], "video": None, "slides": None,
            "sign_up": "https://signup.example/1",
        },
    ],
}  # fmt: skip


def read(made: Any) -> Draft:
    return open_event.read(json.dumps(made).encode(), "conf.json")


@pytest.mark.parametrize("made", [WHOLE, HYPHENS], ids=["underscores", "hyphens"])
def test_a_whole_document_is_read_field_by_field(made: Any) -> None:
    draft = read(made)
    assert draft == Draft(
        events=(
            Event(
                where="[0]",
                identity="4288",
                names=("4288",),
                title="Opening",
                subtitle="Hello",
                abstract="<p>Short</p>",
                description="<p>Long</p>",
                start=datetime(2018, 3, 22, 12, tzinfo=SINGAPORE),
                end=datetime(2018, 3, 22, 13, tzinfo=SINGAPORE),
                room="Hall",
                track="Data",
                type="Keynote",
                language="en",
                speakers=("Ada", "Bob"),
                people=(Person("Ada", biography="<p>Long</p>", links=(DraftLink("https://ada.example/"),)),),
                links=(
                    DraftLink("https://film.example/1", kind="recording"),
                    DraftLink("https://sound.example/1", kind="recording"),
                    DraftLink("https://slides.example/1", kind="slides"),
                    DraftLink("https://signup.example/1", kind="signup"),
                ),
                level="beginner",
            ),
            Event(
                where="[1]",
                identity="4289",
                names=("4289",),
                title="Declined",
                start=datetime(2018, 3, 22, 12, tzinfo=SINGAPORE),
                end=datetime(2018, 3, 22, 13, tzinfo=SINGAPORE),
                status="rejected",
            ),
        ),
        findings=draft.findings,
        tracks=(Track("Data", color="#0050eb"),),
    )
    assert list(draft.findings) == []


def test_the_oldest_files_have_other_keys() -> None:
    draft = read(OLDEST)
    assert draft.events == (
        Event(
            where="sessions[0]",
            identity="W-5",
            names=("W-5",),
            title="Solder",
            description="<p>Long</p>",
            start=datetime(2016, 5, 5, 7, 30, tzinfo=UTC),
            end=datetime(2016, 5, 5, 8, tzinfo=UTC),
            room="Hall",
            track="Makers",
            type="Workshop",
            speakers=("Ada",),
            links=(DraftLink("https://signup.example/1", kind="signup"),),
        ),
    )
    assert list(draft.findings) == []


def test_odd_values_are_findings_and_every_session_is_kept() -> None:
    odd = {"title": [], "start_time": 5, "end_time": "later", "track": {"id": 3}, "slides": {"a": 1}}
    draft = read([odd, "x", {"speakers": ["Ada", 5, {}]}])
    assert draft.events == (Event(where="[0]"), Event(where="[2]", speakers=("Ada", "5")))
    assert draft.findings.sentences() == [
        "1 room, category or speaker that is named but not listed", "4 values of an unexpected type",
        "1 time that can't be read", "1 speaker without a name",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ('{"sessions": {}}', "sessions", "must be an array"),
        ("1", "", "must be an array"),
        ("null", "", "is missing"),
        ("[}", "", "it is not valid JSON at line 1, column 2"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        open_event.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


@pytest.mark.parametrize("made", [WHOLE, HYPHENS, OLDEST], ids=["underscores", "hyphens", "oldest"])
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        assert [name for name, module in FORMATS.items() if module.detect(data)] == ["open-event"]


@pytest.mark.parametrize(
    "made",
    [
        [],
        {"sessions": WHOLE},
        {"sessions": [{"session_id": ""}]},
        {"sessions": {"session_id": "", "start_time": ""}},
        [{"start_time": "", "title": "microlocation"}],
        {"format": "summit-schedule/1", **OLDEST},
    ],
)
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not open_event.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE) | mutated(HYPHENS) | mutated(OLDEST))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = open_event.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)


def test_what_a_published_schedule_says_is_read(corpus: Path) -> None:
    data = (corpus / "open-event" / "fossasia2018.json").read_bytes()
    name: Callable[[Any], str] = lambda entry: entry["name"] if entry else ""  # noqa: E731
    draft = open_event.read(data, "fossasia2018.json")
    assert list(draft.findings) == []
    assert [
        (
            event.names,
            event.abstract,
            (event.track, event.type, event.status),
            [link.url for link in event.links],
            {person.name: person.biography for person in event.people},
        )
        for event in draft.events
    ] == [
        (
            (str(one["id"]),),
            one["short_abstract"],
            (name(one["track"]), name(one["session_type"]), one["state"].replace("accepted", "")),
            [*filter(None, (one["video"], one["slides"]))],
            {who["name"]: who["short_biography"] for who in one["speakers"] if who["short_biography"]},
        )
        for one in json.loads(data)
    ]
