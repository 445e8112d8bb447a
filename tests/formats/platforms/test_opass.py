"""The JSON of OPass: sessions that refer to rooms, types, tags and speakers, in several languages."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.errors import InvalidSchedule, SummitError
from summitcli.formats import FORMATS, parse
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.platforms import opass
from summitcli.model import Text
from tests.conftest import examples
from tests.formats.frab.json_mutations import has_the_kinds_it_promises, mutated

TAIPEI = timezone(timedelta(hours=8))


def named(id_: str, zh: str, en: str) -> dict[str, Any]:
    return {"id": id_, "zh": {"name": zh}, "en": {"name": en}}


WHOLE: dict[str, Any] = {
    "sessions": [
        {
            "id": "AB12", "type": "t1", "room": "r1", "start": "2024-08-03T10:00:00+08:00",
            "end": "2024-08-03T10:40:00+08:00", "language": "Chinese",
            "zh": {"title": "開場", "description": "歡迎\r\n"}, "en": {"title": "Opening", "description": ""},
            "speakers": ["p1", "p2"], "tags": ["Beginner", "zh-tw"], "broadcast": ["r2"],
            "live": "https://live.example/1", "record": "https://film.example/1",
            "slide": "https://slides.example/1", "co_write": "https://notes.example/1",
            "qa": "https://ask.example/1", "uri": "https://conf.example/AB12",
        },
        {
            "id": "CD34", "type": "t2", "room": "r2", "start": "2024-08-03T11:00:00+08:00",
            "end": "2024-08-03T11:30:00+08:00", "zh": {"title": "Tea", "description": "a"},
            "en": {"title": "Tea", "description": "b"}, "speakers": [], "tags": [], "slide": None,
        },
    ],
    "speakers": [
        {"id": "p1", "avatar": "a.png", "zh": {"name": "王", "bio": "工程師"},
         "en": {"name": "Wang", "bio": "Engineer"}},
        {"id": "p2", "zh": {"name": "Ada", "bio": ""}, "en": {"name": "Ada", "bio": ""}},
    ],
    "session_types": [named("t1", "主題演講", "Keynote"), named("t2", "Break", "Break")],
    "rooms": [named("r2", "庭院", "Yard"), named("r1", "大廳", "Hall")],
    "tags": [named("Beginner", "入門", "Elementary"), named("zh-tw", "中文", "Chinese")],
}  # fmt: skip


def read(made: Any) -> Draft:
    return opass.read(json.dumps(made).encode(), "conf.json")


def test_a_whole_document_is_read_field_by_field() -> None:
    draft = read(WHOLE)
    assert draft == Draft(
        events=(
            Event(
                where="sessions[0]",
                identity="AB12",
                names=("AB12",),
                title="開場",
                titles={"zh": "開場", "en": "Opening"},
                description="歡迎\r\n",
                start=datetime(2024, 8, 3, 10, tzinfo=TAIPEI),
                end=datetime(2024, 8, 3, 10, 40, tzinfo=TAIPEI),
                room="大廳",
                track="主題演講",
                language="Chinese",
                speakers=("王", "Ada"),
                url="https://conf.example/AB12",
                links=(
                    DraftLink("https://live.example/1", kind="stream"),
                    DraftLink("https://film.example/1", kind="recording"),
                    DraftLink("https://slides.example/1", kind="slides"),
                    DraftLink("https://notes.example/1", kind="notes"),
                    DraftLink("https://ask.example/1", kind="questions"),
                ),
                level="入門",
                tags=("中文",),
            ),
            Event(
                where="sessions[1]",
                identity="CD34",
                names=("CD34",),
                title="Tea",
                description="a",
                descriptions={"zh": "a", "en": "b"},
                start=datetime(2024, 8, 3, 11, tzinfo=TAIPEI),
                end=datetime(2024, 8, 3, 11, 30, tzinfo=TAIPEI),
                room="庭院",
                track="Break",
            ),
        ),
        findings=draft.findings,
        language="zh",
        tracks=(
            Track("主題演講", "Keynote", names={"zh": "主題演講", "en": "Keynote"}),
            Track("Break", "Break"),
        ),
        rooms=("庭院", "大廳"),
        people=(
            Person("王", {"zh": "王", "en": "Wang"}, "工程師", {"zh": "工程師", "en": "Engineer"}),
            Person("Ada"),
        ),
    )
    assert list(draft.findings) == []


def test_the_categories_and_titles_of_a_schedule_are_in_both_languages() -> None:
    schedule = parse(json.dumps(WHOLE).encode(), "conf.json").schedule
    assert [(category.id, category.name) for category in schedule.categories] == [
        ("keynote", Text({"zh": "主題演講", "en": "Keynote"})),
        ("break", Text("Break")),
    ]
    assert [(session.id, session.title) for session in schedule.sessions] == [
        ("ab12", Text({"zh": "開場", "en": "Opening"})),
        ("cd34", Text("Tea")),
    ]


def test_without_chinese_the_first_language_is_the_conferences_own() -> None:
    session = {"id": "a", "de": {"title": "Auftakt"}, "en": {"title": "Opening"}, "qa": "https://a.example/"}
    draft = read({"sessions": [session], "session_types": []})
    (event,) = draft.events
    assert (draft.language, event.title, event.titles) == (
        "de", "Auftakt", {"de": "Auftakt", "en": "Opening"},
    )  # fmt: skip


def test_a_session_without_a_title_in_the_conferences_language_has_that_of_another() -> None:
    session = {"id": "a", "zh": {"title": ""}, "en": {"title": "Opening"}}
    (event,) = read({"sessions": [session], "session_types": []}).events
    assert (event.title, event.titles) == ("Opening", {"en": "Opening"})


def test_the_languages_are_those_of_the_first_session_that_has_texts() -> None:
    draft = read({"sessions": [5, {}, {"id": "a", "en": {"title": "Opening"}}], "session_types": []})
    assert (draft.language, [event.title for event in draft.events]) == ("en", ["", "Opening"])


def test_speakers_without_an_id_are_kept_and_several_levels_are_told() -> None:
    tags = [named("middle", "中階", "Middle"), named("x", "專業", "Professional")]
    session = {"id": "a", "zh": {"title": "T"}, "tags": ["x", "middle"]}
    people = [{"zh": {"name": "王"}}, {"zh": {"name": "李"}}]
    draft = read({"sessions": [session], "session_types": [], "tags": tags, "speakers": people})
    assert [person.name for person in draft.people] == ["王", "李"]
    assert [(event.level, event.tags) for event in draft.events] == [("專業, 中階", ())]


def test_texts_may_be_in_one_language_that_is_not_named() -> None:
    draft = read({
        "sessions": [
            {"id": 1, "title": "Tea", "description": "Hot", "room": "r", "type": "t", "speakers": ["p"]},
        ],
        "speakers": [{"id": "p", "name": "Ada", "bio": "Cooks"}],
        "rooms": [{"id": "r", "name": "Hall"}],
        "session_types": [{"id": "t", "name": "Talk"}, {"id": "Break"}],
    })  # fmt: skip
    (event,) = draft.events
    assert (event.title, event.description, event.room, event.track) == ("Tea", "Hot", "Hall", "Talk")
    assert event.speakers == ("Ada",)
    assert draft.people == (Person("Ada", biography="Cooks"),)
    assert draft.tracks == (Track("Talk"), Track("Break"))


def test_a_speaker_without_a_name_is_left_out() -> None:
    draft = read(
        {"sessions": [], "session_types": [], "speakers": [{"id": "p", "bio": "Cooks"}, {"name": "Ada"}]}
    )
    assert draft.people == (Person("Ada"),)
    assert draft.findings.sentences() == ["1 speaker without a name"]


@pytest.mark.parametrize(
    "name",
    ["advance", "Advanced", "BEGINNER", "elementary", "expert", "intermediate", "introductory", "middle",
     "professional"],
)  # fmt: skip
@pytest.mark.parametrize("is_id", [True, False])
def test_a_tag_is_a_level_by_its_id_or_its_english_name(name: str, is_id: bool) -> None:
    tag = named(name, "級", "x") if is_id else named("x", "級", name)
    (event,) = read(
        {"sessions": [{"id": "A", "tags": [tag["id"]]}], "session_types": [], "tags": [tag]}
    ).events
    assert (event.level, event.tags) == ("級", ())


def test_unknown_references_are_findings() -> None:
    session = {"zh": {"title": "T"}, "room": "r9", "type": "t9", "speakers": ["p9"], "tags": ["x"]}
    draft = read({"sessions": [session], "session_types": []})
    assert draft.events == (Event(where="sessions[0]", title="T", room="r9", track="t9"),)
    assert [finding.where for finding in draft.findings] == [
        "sessions[0].tags[0]", "sessions[0].room", "sessions[0].type", "sessions[0].speakers[0]",
    ]  # fmt: skip
    assert draft.findings.sentences() == ["4 rooms, categories or speakers that are named but not listed"]


def test_odd_values_are_findings_and_every_session_is_kept() -> None:
    odd = {"zh": {"title": 5}, "start": 5, "end": "later", "room": [], "live": {"a": 1}, "speakers": "x"}
    draft = read({"sessions": [odd, "x", {}], "session_types": {}, "rooms": [5]})
    assert draft.events == (Event(where="sessions[0]"), Event(where="sessions[2]"))
    assert draft.findings.sentences() == [
        "8 values of an unexpected type", "1 time that can't be read",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "reason"),
    [
        ("{}", "sessions", "is missing"),
        ('{"sessions": {}}', "sessions", "must be an array"),
        ("5", "", "must be an object"),
    ],
)
def test_an_invalid_document_is_refused_with_the_path_of_the_fault(text: str, path: str, reason: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        opass.read(text.encode(), "conf.json")
    assert caught.value.faults == ((path, reason),)


def test_documents_are_recognised_by_this_reader_alone() -> None:
    for data in (json.dumps(WHOLE).encode(), json.dumps(WHOLE, indent=4).encode()):
        assert [name for name, module in FORMATS.items() if module.detect(data)] == ["opass"]


@pytest.mark.parametrize("made", [{"sessions": []}, [WHOLE], {"format": "summit-schedule/1", **WHOLE}])
def test_other_documents_are_not_recognised(made: Any) -> None:
    assert not opass.detect(json.dumps(made).encode())


@settings(max_examples=examples(300), deadline=None)
@given(data=mutated(WHOLE))
def test_a_mutated_document_is_read_or_refused(data: bytes) -> None:
    try:
        draft = opass.read(data, "conf.json")
    except SummitError:
        return
    assert has_the_kinds_it_promises(draft)


def test_a_published_schedule_is_read_in_both_languages(corpus: Path) -> None:
    data = (corpus / "opass" / "coscup2024.json").read_bytes()
    document = json.loads(data)
    types = {kind["id"]: kind["zh"]["name"] for kind in document["session_types"]}
    expected = [
        (
            session["id"],
            {language: session[language]["title"] for language in ("zh", "en")},
            {language: session[language]["description"] for language in ("zh", "en")},
            types[session["type"]],
            len(session["tags"]),
            session["co_write"] or "",
        )
        for session in document["sessions"]
    ]
    draft = opass.read(data, "coscup2024.json")
    assert draft.findings.sentences() == ["1 speaker without a name"]
    assert [
        (
            event.identity,
            {"zh": event.title, "en": event.titles.get("en", event.title)},
            {"zh": event.description, "en": event.descriptions.get("en", event.description)},
            event.track,
            len(event.tags) + bool(event.level),
            "".join(link.url for link in event.links),
        )
        for event in draft.events
    ] == expected
    assert [
        (person.name, {"zh": person.biography, "en": person.biographies.get("en", person.biography)})
        for person in draft.people
    ] == [
        (one["zh"]["name"], {language: one[language]["bio"] for language in ("zh", "en")})
        for one in document["speakers"]
        if one["zh"]["name"]
    ]
