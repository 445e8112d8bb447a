"""The JSON of pretalx's schedule widget: talks that refer to rooms, tracks and speakers."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats.draft import Draft, Event, Track
from summitcli.formats.frab import flat_json, pretalx_widget, schedule_json
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated

CEST = timezone(timedelta(hours=2))
TALK = {
    "code": "ABCDEF", "id": 41, "title": "Opening", "abstract": "Hello\r\n", "speakers": ["ADA123", "BOB456"],
    "track": 3, "start": "2024-05-01T10:00:00+02:00", "end": "2024-05-01T10:45:00+02:00", "room": 7,
    "duration": 45, "updated": "2024-04-01T00:00:00+00:00", "state": None, "content_locale": "en",
    "do_not_record": True,
}  # fmt: skip
PAUSE = {
    "id": 42, "title": {"en": "Lunch", "de": "Mittag"}, "start": "2024-05-01T12:00:00+02:00",
    "end": "2024-05-01T13:00:00+02:00", "room": 8, "slot_type": "break",
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "talks": [TALK, PAUSE],
    "version": "v1.1",
    "schedule_id": 5,
    "timezone": "Europe/Berlin",
    "event_start": "2024-05-01",
    "event_end": "2024-05-02",
    "tracks": [{"id": 3, "name": {"en": "Main", "de": "Haupt"}, "description": {}, "color": "#00aa00"}],
    "rooms": [
        {"id": 7, "name": {"en": "Hall", "de": "Saal"}, "description": {}},
        {"id": 8, "name": "Yard", "description": None},
    ],
    "speakers": [
        {"code": "BOB456", "name": "Bob", "avatar": None},
        {"code": "ADA123", "name": "Ada", "avatar": "https://conf.example/ada.png"},
    ],
}


def read(made: Any) -> Draft:
    return pretalx_widget.read(json.dumps(made).encode(), "conf.json")


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            Event(
                where="talks[0]",
                identity="ABCDEF",
                names=("ABCDEF", "41"),
                title="Opening",
                abstract="Hello\r\n",
                start=datetime(2024, 5, 1, 10, tzinfo=CEST),
                end=datetime(2024, 5, 1, 10, 45, tzinfo=CEST),
                room="Hall",
                track="Main",
                language="en",
                speakers=("Ada", "Bob"),
                recorded=False,
            ),
            Event(
                where="talks[1]",
                identity="42",
                names=("42",),
                title="Lunch",
                titles={"en": "Lunch", "de": "Mittag"},
                start=datetime(2024, 5, 1, 12, tzinfo=CEST),
                end=datetime(2024, 5, 1, 13, tzinfo=CEST),
                room="Yard",
                type="break",
            ),
        ),
        findings=draft.findings,
        time_zone="Europe/Berlin",
        start=date(2024, 5, 1),
        end=date(2024, 5, 2),
        tracks=(Track("Main", "", "#00aa00", {"en": "Main", "de": "Haupt"}),),
        rooms=("Hall", "Yard"),
        version="v1.1",
    )
    assert list(draft.findings) == []


TEN = datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "end"),
    [
        (45, TEN + timedelta(minutes=45)), (0, TEN), (None, None), ("0:45", TEN + timedelta(minutes=45)),
        (366 * 24 * 60, TEN + timedelta(days=366)),
    ],
)  # fmt: skip
def test_a_talk_without_an_end_lasts_so_many_minutes(duration: Any, end: datetime | None) -> None:
    draft = read({"talks": [{"start": "2024-05-01T10:00:00Z", "end": None, "duration": duration}]})
    assert draft.events == (Event(where="talks[0]", start=TEN, end=end),)
    assert list(draft.findings) == []


@pytest.mark.parametrize("duration", [-1, 366 * 24 * 60 + 1, 10**400])
def test_an_impossible_number_of_minutes_is_a_finding(duration: int) -> None:
    draft = read({"talks": [{"start": "2024-05-01T10:00:00Z", "duration": duration}]})
    assert draft.events == (Event(where="talks[0]", start=TEN),)
    assert [finding.where for finding in draft.findings] == ["talks[0].duration"]
    assert draft.findings.sentences() == ["1 time that can't be read"]


def test_a_talk_without_a_room_and_a_time_is_kept() -> None:
    talk = {**TALK, "start": None, "end": None, "room": None, "track": None, "speakers": None}
    draft = read({**WHOLE, "talks": [talk]})
    (event,) = draft.events
    assert (event.title, event.start, event.end, event.room, event.track) == ("Opening", None, None, "", "")
    assert list(draft.findings) == []


def test_unknown_references_are_findings() -> None:
    draft = read({"talks": [{"title": "T", "room": 9, "track": 9, "speakers": ["NOBODY", {"name": "Ada"}]}]})
    assert draft.events == (Event(where="talks[0]", title="T", speakers=("Ada",)),)
    assert [finding.where for finding in draft.findings] == [
        "talks[0].room", "talks[0].track", "talks[0].speakers[0]",
    ]  # fmt: skip
    assert draft.findings.sentences() == ["3 rooms, categories or speakers that are named but not listed"]


def test_odd_values_are_findings_and_every_talk_is_kept() -> None:
    draft = read(
        {"talks": [{"title": 5, "start": 5, "room": [], "do_not_record": "?"}, "x", {}], "rooms": {}}
    )
    assert draft.events == (Event(where="talks[0]"), Event(where="talks[2]"))
    assert draft.findings.sentences() == ["6 values of an unexpected type"]


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("{}", "talks", "is missing"),
        ('{"talks": {}}', "talks", "must be an array"),
        ("5", "", "must be an object"),
        ('{"talks": [}', "", "it is not valid JSON at line 1, column 12"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        pretalx_widget.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


@pytest.mark.parametrize("made", [WHOLE, {"rooms": [], "talks": [], "timezone": "UTC"}])
def test_documents_are_recognised_by_this_reader_alone(made: Any) -> None:
    readers = (schedule_json, flat_json, pretalx_widget)
    for data in (json.dumps(made).encode(), json.dumps(made, indent=4).encode()):
        assert [reader for reader in readers if reader.detect(data)] == [pretalx_widget]


@pytest.mark.parametrize(
    "made",
    [
        {"talks": []},
        [WHOLE],
        {"format": "summit-schedule/1", **WHOLE},
        {"talks": {}, "rooms": [], "timezone": ""},
    ],
)
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not pretalx_widget.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = pretalx_widget.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)
