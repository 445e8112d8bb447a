"""Our own format as YAML: recognised, expanded to what JSON says, and every fault at its place."""

import json
import tracemalloc
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule
from summitcli.formats import FORMATS, parse, recognise
from summitcli.formats.native_yaml import detect
from summitcli.sources.source import NO_HINTS
from summitcli.validation.problems import examine
from tests.formats.mutations import MAKERS, YAML
from tests.published import DATA, FILES, content, read
from tests.schedules import document, session, timed

HEAD = """\
format: summit-schedule/1
conference: {id: c, title: C, language: en, time_zone: Europe/Berlin, start: 2024-05-01, end: 2024-05-02}
categories: [{id: talk, name: Talk}, {id: idle, name: Idle}]
"""


def plan(sessions: str, head: str = "") -> bytes:
    """Return a schedule with this list of sessions, and more keys before it."""
    return f"{HEAD}{head}sessions:\n{sessions}".encode()


def sessions(data: bytes) -> list[dict[str, Any]]:
    """Return the sessions of a schedule without unknown values."""
    return [one.model_dump(mode="json", exclude_defaults=True) for one in parse(data, "plan.yaml").sessions]


def problems(data: bytes) -> list[tuple[str, int | None, int | None, str]]:
    """Return path, line, column and reason of each problem."""
    found = examine(data, "plan.yaml", NO_HINTS).problems
    return [(problem.path, problem.line, problem.column, problem.reason) for problem in found]


@pytest.mark.parametrize("name", FILES)
def test_no_other_format_is_taken_for_it(name: str) -> None:
    assert detect(content(name)) == (name == "fair.yaml")


def test_the_sample_is_the_same_schedule_as_in_json() -> None:
    assert read("fair.yaml").schedule == read("fair.json").schedule
    assert read("fair.yaml").sessions.ids() == ["digital-life-expo", "big-data-forum", "lantern-night"]
    assert len(read("fair.yaml").sessions) == 3


@pytest.mark.parametrize(
    "begin",
    ["", "\ufeff", "# a comment\n\n", "---\n", "%YAML 1.1\n---\n", "\n\n", "version: 1\n", '"version": 1\n'],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_it_is_recognised_however_it_begins(begin: str, line_end: str) -> None:
    data = (begin + YAML).replace("\n", line_end).encode()
    assert recognise(data, "plan") == "summit-yaml"
    assert len(parse(data, "plan").schedule.sessions) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"", b"format: summit-schedule", b"  format: summit-schedule/1", b"a\nformat: summit-schedule/1\n",
        b"<p>\nformat: summit-schedule/1\n</p>", b"BEGIN:VCALENDAR\nformat: summit-schedule/1\n",
        b'{"a": "\nformat: summit-schedule/1"}', b"- format: summit-schedule/1\n",
        b"format:summit-schedule/1\n", b"a,b\nformat: summit-schedule/1\n",
    ],
)  # fmt: skip
def test_other_texts_are_not_recognised(data: bytes) -> None:
    assert not any(module.detect(data) for name, module in FORMATS.items() if name == "summit-yaml")


@pytest.mark.parametrize("line", [b"\n", b"  # x\n", b"---\n"])
def test_many_lines_before_the_first_key_take_no_memory(line: bytes) -> None:
    data = line * 200_000
    tracemalloc.start()
    try:
        assert (detect(data), detect(data + YAML.encode())) == (False, True)
        assert tracemalloc.get_traced_memory()[1] < 2 * len(data) + 2**20
    finally:
        tracemalloc.stop()


def test_a_document_in_the_long_form_is_read_as_json_is() -> None:
    ten, eleven = "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"
    whole = document(
        session("a", timed("2024-05-01", ten, eleven, room="Hall"),
                category="talk", speakers=["Ada"], recorded=True),
        session("b", {"day": "2024-05-01"}, {"day": "2024-05-02"}),
        figures=[{"id": "f", "label": "L", "text": "T", "number": 1.5, "year": 2020},
                 {"id": "g", "label": "L", "text": "T", "number": -3}],
        outside=2,
    )  # fmt: skip
    # JSON on several lines is YAML, too; only the braces around it tell it apart.
    lines = [f"{key}: {json.dumps(value)}" for key, value in whole.items()]
    assert parse("\n".join(lines).encode(), "a").schedule == parse(json.dumps(whole).encode(), "b").schedule


DEFAULTS = "defaults: {day: 2024-05-01, room: Hall, category: talk, language: en, duration: 1:00}\n"
SHORT = """\
- {id: a, title: A, start: 9:30, end: 10:15, speakers: Ada, recorded: no}
- {id: b, title: B, day: 2024-05-02, start: 24:30, duration: 90, room: Bar, category: idle, language: ~}
- {id: c, title: C, speakers: , links: ~}
- id: d
  title: D
  slots: [{start: 22:00}, {day: 2024-05-02, room: Bar}]
"""


def test_short_forms_become_the_long_ones() -> None:
    made = sessions(plan(SHORT, DEFAULTS))
    common = {"category": "talk", "language": "en"}
    hall = {"day": "2024-05-01", "room": "Hall"}
    at = "2024-05-0{}+02:00".format
    assert made == [
        {"id": "a", "title": "A", "slots": [{**hall, "start": at("1T09:30:00"), "end": at("1T10:15:00")}],
         "speakers": ["Ada"], "recorded": False, **common},
        {"id": "b", "title": "B", "category": "idle",
         "slots": [{"day": "2024-05-02", "room": "Bar", "start": at("3T00:30:00"), "end": at("3T02:00:00")}]},
        {"id": "c", "title": "C", "slots": [hall], **common},
        {"id": "d", "title": "D", **common, "slots": [
            {**hall, "start": at("1T22:00:00"), "end": at("1T23:00:00")},
            {"day": "2024-05-02", "room": "Bar"}]},
    ]  # fmt: skip


LANGUAGE = 'no time zone named "Europe/Berlim"; did you mean "Europe/Berlin"?'
TIME = "must be a time such as 14:00, or with a date and UTC offset, such as 2022-07-23T09:00:00+08:00"
BROKEN = """\
format: summit-schedule/1
conferense: x
conference:
  id: Conf
  titel: Conf
  language: en
  time_zone: Europe/Berlim
  start: 2024-05-01
  end: 2024-05-02
defaults: {categorie: talk, room: [Hall], day: 2024-05-01}
categories:
  - {id: talk, name: {zh: 演讲}}
  - {id: talk, name: Talk}
sessions:
  - id: a
    start: 9h30
    category: tlak
  - id: a
    title: A
    strat: 9:00
    room: Hall
    slots: []
  - id: b
    title: B
    day: 2024-05-03
    recorded: perhaps
    start: 9:00
  - just a text
"""
FAULTS = [
    ("conferense", 2, 13, 'unknown key; did you mean "conference"?'),
    ("conference.title", 4, 3, "is missing"),
    ("conference.id", 4, 7, "must not be blank; IDs are lower-case ASCII letters, digits and hyphens"),
    ("conference.titel", 5, 10, 'unknown key; did you mean "title"?'),
    ("conference.time_zone", 7, 14, LANGUAGE),
    ("defaults.categorie", 10, 23, 'unknown key; did you mean "category"?'),
    ("defaults.room", 10, 35, "must be a string"),
    ("categories[0].name", 12, 22, 'missing text in the conference\'s own language, "en"'),
    ("categories[1].id", 13, 10, 'the ID "talk" is already used by categories[0]'),
    ("sessions[0].title", 15, 5, "is missing"),
    ("sessions[0].start", 16, 12, TIME),
    ("sessions[0].category", 17, 15, 'no category has the ID "tlak"; did you mean "talk"?'),
    ("sessions[1].id", 18, 9, 'the ID "a" is already used by sessions[0]'),
    ("sessions[1].strat", 20, 12, 'unknown key; did you mean "start"?'),
    ("sessions[1].room", 21, 11, "can't be used with slots"),
    ("sessions[1].slots", 22, 12, "must not be empty"),
    ("sessions[2].day", 25, 10, "2024-05-03 is outside the conference, 2024-05-01 to 2024-05-02"),
    ("sessions[2].recorded", 26, 15, "must be true or false"),
    ("sessions[3]", 28, 5, "must be an object"),
]


def test_everything_that_is_wrong_is_reported_at_once_at_its_place() -> None:
    assert problems(BROKEN.encode()) == FAULTS


def test_a_file_that_can_not_be_read_is_refused_with_the_first_faults() -> None:
    with pytest.raises(InvalidSchedule) as caught:
        parse(BROKEN.encode(), "plan.yaml")
    assert {path for path, _reason in caught.value.faults} == {path for path, *_rest in FAULTS}
    assert str(caught.value) == (
        'plan.yaml is not a valid schedule: defaults.categorie: unknown key; did you mean "category"?;'
        ' defaults.room: must be a string; conferense: unknown key; did you mean "conference"?; and 16 more'
        " errors"
    )


DEFAULTED = "defaults: {day: 2024-05-01, category: talc, duration: 1h}\n"


@pytest.mark.parametrize(
    ("head", "text", "found"),
    [
        ("", "- {id: a, title: A}", [("sessions[0].day", 5, 3, "is missing")]),
        ("", "- {id: a, title: A, slots: [{}]}", [("sessions[0].slots[0].day", 5, 29, "is missing")]),
        ("", "- {id: a, title: A, day: 2024-05-01, start: 9:00}",
         [("sessions[0]", 5, 3, "start and end must both be given, or neither")]),
        ("", "- {id: a, title: A, day: 2024-05-01, duration: 45}",
         [("sessions[0].duration", 5, 48, "can't be used without start")]),
        ("", "- {id: a, title: A, day: 2024-05-01, start: 9:00, end: 10:00, duration: 45}",
         [("sessions[0].duration", 5, 73, "can't be used with end")]),
        ("", "- {id: a, title: A, day: 2024-05-01, speakers: ''}", [
            ("sessions[0].speakers", 5, 48, "must not be empty")]),
        (DEFAULTED, "- {id: a, title: A, start: 9:00}", [
            ("defaults.category", 4, 39, 'no category has the ID "talc"; did you mean "talk"?'),
            ("defaults.duration", 4, 55,
             "must be a duration such as 0:45, in hours and minutes, or a number of minutes")]),
        ("defaults: {day: soon}\n", "- {id: a, title: A, start: 9:00, end: 10:00}",
         [("defaults.day", 4, 17, "must be a date such as 2022-07-23")]),
        ("defaults: {day: 2024-05-01}\n", "- {id: a, title: A, start: 2024-05-01T09:00, duration: 45}",
         [("sessions[0].start", 6, 28,
           "must be a time with a UTC offset, such as 2022-07-23T09:00:00+08:00")]),
        ("defaults: 5\n", "", [("defaults", 4, 11, "must be an object")]),
        (f"defaults: {{room: {'x' * 101}}}\n", "",
         [("defaults.room", 4, 18, "must not be longer than 100 characters")]),
    ],
)  # fmt: skip
def test_a_fault_is_at_the_place_where_it_is_written(
    head: str, text: str, found: list[tuple[str, int, int, str]]
) -> None:
    assert problems(plan(text, head)) == found


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (plan("- {id: a, title: B: C}"), (5, 19)), (plan("- &a {id: a}"), (5, 3)), (plan("\t- a"), (5, 1)),
        (HEAD.encode() + b"format: x\n", (4, 1)),
    ],
)  # fmt: skip
def test_invalid_yaml_is_one_error_at_its_place(data: bytes, fault: tuple[int, int]) -> None:
    ((path, line, column, _reason),) = problems(data)
    assert (path, line, column) == ("", *fault)


def test_a_file_of_another_version_is_refused_as_such() -> None:
    data = HEAD.replace("schedule/1", "schedule/2").encode()
    assert problems(data) == [("format", 1, 9, "it was written for another version of summit")]


TWO = "- {id: a, title: A, day: 2024-05-01}\n- {id: b, title: B, day: 2024-05-09}\n"


def test_a_fault_in_a_session_is_reported_with_all_others_while_iterating() -> None:
    parsed = parse(
        plan("- {id: a, title: A, day: 2024-05-01}\n- {id: b, title: B, day: 2024-05-09}\n" * 2), "x"
    )
    with pytest.raises(InvalidSchedule) as caught:
        list(parsed.sessions)
    assert [path for path, _reason in caught.value.faults] == [
        "sessions[1].day", "sessions[2].id", "sessions[3].id", "sessions[3].day",
    ]  # fmt: skip


def test_the_samples_are_those_of_the_mutation_tests() -> None:
    assert set(MAKERS) - {"gzip", "html"} == set(FORMATS)
    assert (DATA / "fair.yaml").read_text("utf-8").startswith("# The same conference as in fair.json")
