"""The reader of our own format: what is accepted, and each fault with its path."""

import copy
import json
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule, ScheduleError
from summitcli.formats import parse
from summitcli.formats.native import MAX_FAULTS, MAX_VALUES, read_whole
from tests.conftest import BUNDLED
from tests.schedules import document, session, timed

GOOD = document(session("a", category="talk"), session("b"))
Change = Callable[[dict[str, Any]], Any]


def text(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False).encode()


def put(path: str, value: Any) -> Change:
    """Return a change that sets ``value`` at a place such as ``sessions.0.title``; ``...`` removes it."""

    def change(made: dict[str, Any]) -> None:
        *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
        place: Any = made
        for step in steps:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value

    return change


def slot(**fields: Any) -> Change:
    return put("sessions.0.slots", [{"day": "2024-05-01", **fields}])


TEN, ELEVEN = "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"

FAULTS: dict[str, tuple[Change, list[str]]] = {
    "a session's id twice": (put("sessions.1.id", "a"), ["sessions[1].id"]),
    "a category's id twice": (put("categories.1.id", "talk"), ["categories[1].id"]),
    "an unknown category": (put("sessions.0.category", "tlk"), ["sessions[0].category"]),
    "an end before its start": (slot(start=ELEVEN, end=TEN), ["sessions[0].slots[0]"]),
    "a start without end": (slot(start=TEN), ["sessions[0].slots[0]"]),
    "an end without start": (slot(end=TEN), ["sessions[0].slots[0]"]),
    "a time without offset": (slot(start="2024-05-01T10:00:00", end=ELEVEN), ["sessions[0].slots[0].start"]),
    "a slot outside": (slot(day="2024-05-03"), ["sessions[0].slots[0].day"]),
    "a start on another day": (
        slot(start="2024-05-03T10:00:00Z", end="2024-05-03T11:00:00Z"), ["sessions[0].slots[0].start"]),
    "no slots": (put("sessions.0.slots", []), ["sessions[0].slots"]),
    "a key too many": (put("sessions.0.titel", "x"), ["sessions[0].titel"]),
    "a key too many that is no word": (put("sessions.0.what is", "x"), ['sessions[0]["what is"]']),
    "a key too few": (put("sessions.0.title", ...), ["sessions[0].title"]),
    "a number for an id": (put("sessions.0.id", 5), ["sessions[0].id"]),
    "a number for a title": (put("sessions.0.title", 5), ["sessions[0].title"]),
    "a blank title": (put("sessions.0.title", " "), ["sessions[0].title"]),
    "a blank title in a language": (put("sessions.0.title", {"en": ""}), ["sessions[0].title.en"]),
    "a title in no language": (put("sessions.0.title", {}), ["sessions[0].title"]),
    "a title in another language alone": (put("sessions.0.title", {"zh": "甲"}), ["sessions[0].title"]),
    "an id of capitals": (put("sessions.0.id", "A"), ["sessions[0].id"]),
    "an id with a blank": (put("sessions.0.id", "a b"), ["sessions[0].id"]),
    "an id that ends its line": (put("sessions.0.id", "a\n"), ["sessions[0].id"]),
    "an unknown zone": (put("conference.time_zone", "Mars/Base"), ["conference.time_zone"]),
    "a conference that ends first": (put("conference.end", "2024-04-01"), ["conference"]),
    "a conference of years": (put("conference.end", "2026-04-01"), ["conference"]),
    "a conference that holds nothing": (put("conference", None), ["conference"]),
    "a day that is none": (slot(day="2024-02-30"), ["sessions[0].slots[0].day"]),
    "a revision that is no date": (put("revised", "yesterday"), ["revised"]),
    "a newer version": (put("format", "summit-schedule/2"), ["format"]),
    "a figure that is no number": (
        put("conference.figures", [{"id": "f", "label": "L", "text": "T", "number": "1"}]),
        ["conference.figures[0].number"]),
    "a figure of an unknown topic": (
        put("conference.figures", [{"id": "f", "label": "L", "text": "T", "number": 1, "topic": "t"}]),
        ["conference.figures[0].topic"]),
    "two faults": (
        lambda made: (put("sessions.0.category", "tlk")(made), put("sessions.1.id", "a")(made)),
        ["sessions[0].category", "sessions[1].id"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_has_its_path(kind: str) -> None:
    change, paths = FAULTS[kind]
    made = copy.deepcopy(GOOD)
    change(made)
    with pytest.raises(InvalidSchedule) as caught:
        list(parse(text(made), "plan.json").sessions)
    assert [path for path, _reason in caught.value.faults] == paths
    assert str(caught.value).startswith("plan.json is not a valid schedule: ")
    assert "\n" not in str(caught.value)


def test_a_file_of_another_version_is_refused_as_such() -> None:
    with pytest.raises(ScheduleError, match="version"):
        list(parse(text({**GOOD, "format": "summit-schedule/2"}), "plan.json").sessions)


NUMBER = b'"figures": [{"id": "f", "label": "L", "text": "T", "number": 1}], "title": '
WITH_NUMBER = text(GOOD).replace(b'"title": ', NUMBER, 1)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1" * 5000])
def test_an_infinite_or_too_long_number_is_refused(number: bytes) -> None:
    parse(WITH_NUMBER, "plan.json")
    with pytest.raises(InvalidSchedule):
        list(parse(WITH_NUMBER.replace(b'"number": 1', b'"number": ' + number), "plan.json").sessions)


def test_a_duplicate_key_is_refused() -> None:
    with pytest.raises(InvalidSchedule):
        list(parse(text(GOOD).replace(b'"sessions"', b'"sessions": [], "sessions"', 1), "plan.json").sessions)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda whole: whole[:-1], "it is not valid JSON at line 1, column"),
        (lambda whole: whole + b"x", "it is not valid JSON at line 1, column"),
        (lambda whole: whole.replace(b'"a"', b'"\xff"', 1), "it is not UTF-8 text"),
        (lambda whole: whole.replace(b"[", b"[" * 100_000, 1), "it is nested too deeply"),
        (lambda whole: whole.replace(b"}", b"\n,}", 1), "it is not valid JSON at line 2, column"),
    ],
    ids=["cut short", "more after it", "no UTF-8", "100,000 levels", "a comma too many"],
)  # fmt: skip
def test_invalid_json_is_refused_with_its_place(damage: Callable[[bytes], bytes], said: str) -> None:
    with pytest.raises(InvalidSchedule, match=said):
        list(parse(damage(text(GOOD)), "plan.json").sessions)


HALF = "a text contains half of a character, such as \\ud83d"


@pytest.mark.parametrize(
    ("value", "said"),
    [(b'"\\ud800"', HALF), (b'"\\ude00x"', HALF), (b"[" * 300 + b"]" * 300, "it is nested too deeply")],
    ids=["one half", "the other half", "300 levels"],
)
def test_valid_json_that_pydantic_refuses_is_refused_with_its_path(value: bytes, said: str) -> None:
    with pytest.raises(InvalidSchedule) as caught:
        list(parse(text(GOOD).replace(b'"id": "a"', b'"id": ' + value, 1), "plan.json").sessions)
    assert caught.value.faults == (("sessions[0]", said),)


@pytest.mark.parametrize("reader", [parse, read_whole], ids=["parse", "whole"])
def test_a_stack_overflow_at_any_depth_is_reported(reader: Callable[..., Any]) -> None:
    depth = sys.getrecursionlimit()
    said: set[str] = set()
    many = b",".join([b"1"] * (MAX_VALUES + 1))
    # The deepest that is decoded has no room left to be counted.
    while "it is nested too deeply" not in said or len(said) == 1:
        depth -= 1
        deep = text(GOOD).replace(b'"id": "a"', b'"id": ' + b"[" * depth + many + b"]" * depth, 1)
        with pytest.raises(InvalidSchedule) as caught:
            list(reader(deep, "plan.json").sessions)
        said |= {reason for _path, reason in caught.value.faults}
    assert said == {"it is nested too deeply", f"must not contain more than {MAX_VALUES} values"}


def test_a_byte_order_mark_and_leading_white_space_are_accepted() -> None:
    whole = parse(text(GOOD), "plan.json").schedule
    assert parse(b"\xef\xbb\xbf" + text(GOOD), "plan.json").schedule == whole
    assert parse(b"\xef\xbb\xbf\r\n " + text(GOOD) + b"\n", "plan.json").schedule == whole


def test_the_format_mark_may_be_anywhere_among_the_keys() -> None:
    whole = BUNDLED.read_bytes()
    made = json.loads(whole)
    mark = made.pop("format")
    assert parse(text({**made, "format": mark}), "plan.json").schedule == parse(whole, "plan.json").schedule


def test_times_are_accepted_in_any_zone_and_in_the_night_after_the_day() -> None:
    made = document(session("a", timed("2024-05-01", "2024-05-01T22:30:00Z", "2024-05-02T09:00:00+09:00")))
    (slot,) = parse(text(made), "plan.json").schedule.sessions[0].slots
    assert (slot.day.isoformat(), slot.start and slot.start.timestamp()) == ("2024-05-01", 1714602600)


MEMBERS = {
    "sessions": b'"sessions": [%s]', "categories": b'"categories": [%s], "sessions": []',
    "slots": b'"sessions": [{"id": "a", "title": "A", "slots": [%s]}]',
    "speakers": (
        b'"sessions": [{"id": "a", "title": "A", "slots": [{"day": "2024-05-01"}], "speakers": [%s]}]'
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "reader", [parse, pytest.param(read_whole, marks=pytest.mark.soak)], ids=["parse", "whole"]
)
@pytest.mark.parametrize("entry", [b"{}", pytest.param(b"0", marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "member", [pytest.param(name, marks=[pytest.mark.soak] * (name != "slots")) for name in MEMBERS]
)
def test_a_thoroughly_invalid_document_takes_little_memory(
    member: str, entry: bytes, reader: Callable[..., Any]
) -> None:
    head = json.dumps(document()).encode().partition(b'"categories"')[0]
    data = head + MEMBERS[member] % b",".join([entry] * (MAX_VALUES + 1)) + b"}"
    tracemalloc.start()
    try:
        with pytest.raises(InvalidSchedule) as caught:
            list(reader(data, "plan.json").sessions)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (0 < len(caught.value.faults) <= MAX_FAULTS + 1, most < 60 * 2**20) == (True, True), most


def test_faults_of_a_long_document_are_listed_up_to_a_limit() -> None:
    day = "2024-05-01"
    good = [session(f"s{number}", {"day": day}) for number in range(500)]
    wrong = [
        session("s0"),
        session("odd", {"day": "1999-01-01"}),
        {"id": "none"},
        session("x", category="nope"),
    ]
    assert len(parse(json.dumps(document(*good)).encode(), "plan.json").schedule.sessions) == 500
    with pytest.raises(InvalidSchedule) as caught:
        list(parse(json.dumps(document(*good, *wrong)).encode(), "plan.json").sessions)
    assert [path for path, _reason in caught.value.faults] == [
        "sessions[500].id", "sessions[501].slots[0].day", "sessions[502].title", "sessions[502].slots",
        "sessions[503].category",
    ]  # fmt: skip
    with pytest.raises(InvalidSchedule) as caught:
        list(parse(json.dumps(document(*[{"id": "none"}] * MAX_FAULTS)).encode(), "plan.json").sessions)
    assert caught.value.faults[-1] == (
        "",
        f"stopped after {MAX_FAULTS} errors",
    )


def many_speakers(number: int, **first: object) -> bytes:
    """Return a schedule with many speakers, each with several values; ``first`` changes the first one."""
    links = [{"url": "https://a.example/", "title": "A", "kind": "web"}]
    made = document(session("talk"))
    made["speakers"] = [{"name": f"Speaker {n}", "biography": "B", "links": links} for n in range(number)]
    made["speakers"][0].update(first)
    return json.dumps(made).encode()


def test_a_file_may_have_many_speakers() -> None:
    speakers = parse(many_speakers(20_000), "plan.json").outline.speakers
    assert [speaker.name.root for speaker in speakers[:2]] == ["Speaker 0", "Speaker 1"]
    assert len(speakers) == 20_000


@pytest.mark.parametrize(
    ("number", "first", "fault"),
    [
        (5_000, {"biography": 1}, ("speakers[0].biography", "must be a string")),
        (5_000, {"name": "Speaker 7"}, ("speakers[7].name", "is already listed by speakers[0]")),
        (50_001, {}, ("", "more than 50,000 speakers")),
    ],
    ids=["a fault in one", "one name twice", "too many"],
)
def test_a_fault_among_many_speakers_is_told_with_its_place(
    number: int, first: dict[str, object], fault: tuple[str, str]
) -> None:
    with pytest.raises(InvalidSchedule) as raised:
        parse(many_speakers(number, **first), "plan.json")
    ((where, reason),) = raised.value.faults
    assert where == fault[0]
    assert fault[1] in reason
