"""The rules for a schedule.json, compared with the published JSON schema."""

import copy
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.places import read_path
from summitcli.validation.strict import check, syntax_error
from summitcli.validation.strict.shapes import is_date, is_date_time, is_uri
from tests.published import DATA, content, here
from tests.validation.strict.strict_samples import GUIDS, with_value
from tests.validation.strict.strict_samples import JSON as VALID

FORMATS = ("date", "date-time", "uuid", "uri")
"""The formats that we enforce, and the published schema's validator is told to check."""

ODD: list[Any] = [
    None, True, 0, 1, -1, 1.0, 1.5, 10**30, [], {}, [None], {"x": None}, "", "x", "UTC", "Not/a/zone",
    "A/B", "GMT", "09:00", "9:00", "24:00", "0:5", "123:45", "1:00:00", "2024-05-01", "2024-02-30",
    "0000-01-01", "2024-05-01T10:00:00Z", "2024-05-01t10:00:00.5z", "2024-05-01T10:00:00",
    "2024-05-01 10:00:00Z", "2024-05-01T24:00:00Z", "2024-05-01T10:00:60Z", "２０２４-05-01",
    "https://example.org/a b", "/a.png",
    "http://", "urn:isbn:5", "x:", "https://ü.example/", GUIDS[0].upper(), "{" + GUIDS[0] + "}",
    GUIDS[0].replace("-", ""), "ABC", "abc-", "-abc", "abcd-2024-x", "a-b-c-d", "slides", "stage", "unknown",
]  # fmt: skip
"""Values that are valid in some places and invalid in others."""


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def places(value: Any, steps: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the steps to each value within a document, itself first."""
    yield steps
    members: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, inner in members:
        yield from places(inner, (*steps, step))


VERDICTS: dict[str, str] = json.loads((DATA / "verdicts.json").read_text("utf-8"))
"""The verdict of the published schemas on each of :func:`mutations`: 1 if it is valid."""


def changed(steps: tuple[Any, ...], value: Any) -> Any:
    """Return the valid document with another value at one place; ``...`` removes the key."""
    return with_value(VALID, steps, value)


def mutations() -> Iterator[Any]:
    """Yield the valid document with every value of ``ODD`` at every place, valid or not."""
    for steps in places(VALID):
        if steps:
            yield changed(steps, ...)
            yield from (changed(steps, value) for value in ODD)
        made = copy.deepcopy(VALID)
        holder: Any = made
        for step in steps:
            holder = holder[step]
        if isinstance(holder, dict):
            yield from (
                _with_key(made, holder, key) for key in ("extra", "rooms", "description_", "description_x")
            )


def _with_key(made: Any, holder: Any, key: str) -> Any:
    before = holder.get(key, ...)
    holder[key] = 5
    result = copy.deepcopy(made)
    if before is ...:
        del holder[key]
    else:
        holder[key] = before
    return result


@pytest.fixture(scope="module")
def published(corpus: Path) -> Any:
    """Return a validator for the published schema that also checks the formats we enforce."""
    schema = json.loads((corpus / "schema" / "voc-schedule.schema.json").read_text("utf-8"))
    checker = jsonschema.FormatChecker(FORMATS)
    assert set(checker.checkers) == set(FORMATS), "rfc3339-validator and rfc3986-validator are missing"
    return jsonschema.Draft6Validator(schema, format_checker=checker)


def steps_of(error: Any) -> set[tuple[Any, ...]]:
    """Return the paths of an error of the published schema, in our notation."""
    here = tuple(error.absolute_path)
    if error.validator == "required":
        return {(*here, key) for key in error.validator_value if key not in error.instance}
    if error.validator == "additionalProperties":
        known = {*error.schema["properties"]}
        like = "description_" if "patternProperties" in error.schema else "\0"
        unknown = (key for key in error.instance if key not in known)
        return {(*here, key) for key in unknown if not key.partition(like)[2]}
    # What is false forbids a key, and the key is not part of the place.
    return {(*here, "rooms")} if error.validator is None else {here}


def compare(published: Any, document: Any) -> bool:
    """Check that both validators find the same faulty places; return whether the document is valid."""
    found = check(encoded(document))
    ours = {tuple(read_path(fault.path)) for fault in found or ()}
    if found is None:
        # Not even meant to be a schedule.json.
        assert "schedule" not in document
        return False
    exact: set[tuple[Any, ...]] = set()
    either: set[tuple[Any, ...]] = set()
    for error in published.iter_errors(document):
        if error.validator == "oneOf":
            either |= steps_of(error).union(*(steps_of(inner) for inner in error.context))
        else:
            exact |= steps_of(error)
    assert exact <= ours, (exact - ours, document)
    assert ours - exact <= either, (ours - exact - either, document)
    assert bool(ours) == bool(exact | either)
    return not ours


def test_a_document_with_every_key_is_valid() -> None:
    assert list(check(encoded(VALID)) or [...]) == []


def test_another_document_has_no_rules() -> None:
    assert [check(data) for data in (b"{}", b"[]", b"{", b"", b"BEGIN:VCALENDAR", b'{"schedule": ')] == [
        None
    ] * 6


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_one_change_anywhere_is_judged_as_by_the_published_schema(step: int) -> None:
    judged = "".join(
        "01"[not list(check(encoded(made)) or ())] for made in islice(mutations(), 0, None, step)
    )
    assert judged == VERDICTS["schedule.json"][::step]
    assert (judged.count("1") > 300, judged.count("0") > 1000) == (True, True)


@pytest.mark.parametrize("step", [15, pytest.param(1, marks=pytest.mark.soak)])
def test_the_published_schema_says_the_same_of_one_change_anywhere(published: Any, step: int) -> None:
    judged = "".join("01"[compare(published, made)] for made in islice(mutations(), 0, None, step))
    assert judged == VERDICTS["schedule.json"][::step]


@given(data=st.data())
def test_the_published_schema_says_the_same_of_several_changes(published: Any, data: st.DataObject) -> None:
    made = copy.deepcopy(VALID)
    for _change in range(data.draw(st.integers(1, 6))):
        steps = data.draw(st.sampled_from([one for one in places(made) if len(one) > 1]))
        holder = made
        for step in steps[:-1]:
            holder = holder[step]
        if data.draw(st.booleans()):
            holder[steps[-1]] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        elif isinstance(holder, dict):
            del holder[steps[-1]]
    compare(published, made)


FAULTS = {
    "harbour.json": 0,
    "odd.json": 35,
    "invalid.json": 4,
    "frab-json/36c3-everything.json": 1415,
    "frab-json/frab-camp2019.json": 93,
    "frab-json/hub-schedule2.json": 39,
    "frab-json/invalid-example.json": 4,
    "frab-json/klimacamp2015.json": 168,
    "frab-json/pretalx-democon.json": 0,
    "frab-json/pretalx-rc3.json": 97,
}
"""The number of broken rules in published schedules."""


@pytest.mark.parametrize("file", here(*FAULTS))
def test_the_faults_of_published_files_are_counted(file: str) -> None:
    assert len(list(check(content(file)) or ())) == FAULTS[file]


SLOW = "frab-json/36c3-everything.json"


@pytest.mark.parametrize(
    "files", [{*FAULTS} - {SLOW}, pytest.param({SLOW}, marks=pytest.mark.soak)], ids=["small", "large"]
)
def test_the_published_schema_says_the_same_of_published_files(published: Any, files: set[str]) -> None:
    judged = {file: compare(published, json.loads(content(file))) for file in files}
    assert judged == {file: FAULTS[file] == 0 for file in files}


@pytest.mark.parametrize(
    ("file", "room", "session", "person"),
    [
        ("invalid.json", "Boden", '"77"', '"eins"'),
        *((name, "Winterchaos", '"2814"', '"dsadf"') for name in here("frab-json/invalid-example.json")),
    ],
)
def test_the_faults_of_an_intentionally_invalid_file_are_listed(
    file: str, room: str, session: str, person: str
) -> None:
    event = f'schedule.conference.days[0].rooms["{room}"][0]'
    assert {fault[:3] for fault in check(content(file)) or ()} == {
        (f"{event}.id", "must be a whole number", session),
        (f"{event}.persons[0].id", "must be a whole number", person),
        (f"{event}.answers", "unknown key", ""),
        ("schedule.rooms", "rooms must be listed within conference", ""),
    }


MANY = 5_000
EVENT_STEPS = ("schedule", "conference", "days", 0, "rooms", "Ada", 0)
AT = 'schedule.conference.days[0].rooms["Ada"][0]'
REASONS: list[tuple[str, Any, list[tuple[str, str, str]]]] = [
    ("guid", "x", [(f"{AT}.guid", "must be a UUID, such as 0b5c2a4e-9d63-5f0e-8a51-3c7d12e8f904", '"x"')]),
    ("id", 0, [(f"{AT}.id", "must be 1 or more", "0")]),
    ("id", True, [(f"{AT}.id", "must be a whole number", "true")]),
    ("title", ..., [(f"{AT}.title", "is missing", "")]),
    ("title", None, [(f"{AT}.title", "must be a string", "null")]),
    ("subtitle", {"a": 1}, [(f"{AT}.subtitle", "must be a string or null", "{…}")]),
    ("do_not_stream", [], [(f"{AT}.do_not_stream", "must be true or false, a string or null", "[…]")]),
    ("url", "x" * 99, [
        (f"{AT}.url", "must be a complete URL, such as https://example.org/", '"' + "x" * 58 + "…")]),
    ("start", "9:00", [
        (f"{AT}.start", "must be a time with two-digit hours and minutes, such as 09:00", '"9:00"')]),
    ("links", "x", [(f"{AT}.links", "must be an array", '"x"')]),
    ("links", [{"url": "x:", "type": "film"}], [(
        f"{AT}.links[0].type",
        "must be one of: slides, paper, web, blog, article, media, related, activitypub",
        '"film"',
    )]),
    ("persons", [{"name": "A", "id": 1, "public_name": "B"}], [
        (f"{AT}.persons[0]", "must have either a name, or an id with a public_name", "")]),
    ("persons", [{"public_name": "B"}], [(f"{AT}.persons[0].id", "is missing", "")]),
    ("persons", [{}], [
        (f"{AT}.persons[0]", "must have either a name, or an id with a public_name", "")]),
    ("persons", ["Ada"], [(f"{AT}.persons[0]", "must be an object", '"Ada"')]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "faults"), REASONS)
def test_a_fault_has_its_path_its_reason_and_the_value(
    key: str, value: Any, faults: list[tuple[str, str, str]]
) -> None:
    assert [fault[:3] for fault in check(encoded(changed((*EVENT_STEPS, key), value))) or ()] == faults


@pytest.mark.parametrize("person", [{"name": 5}, {"public_name": 5, "id": 1}, {"name": 5, "guid": "x"}])
def test_a_fault_that_two_rules_find_is_reported_once(person: dict[str, Any]) -> None:
    faults = [tuple(fault) for fault in check(encoded(changed((*EVENT_STEPS, "persons"), [person]))) or ()]
    assert faults
    assert len(faults) == len(set(faults))


def test_faults_are_yielded_one_by_one() -> None:
    data = encoded(changed((*EVENT_STEPS, "persons"), [{"name": "Ada", "links": [{}] * MANY}]))
    tracemalloc.start()
    try:
        faults = check(data) or iter(())
        begun = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        assert sum(1 for _fault in faults) == MANY
        assert tracemalloc.get_traced_memory()[1] - begun < 2**18
    finally:
        tracemalloc.stop()


def test_a_pattern_matches_the_whole_text_as_in_ecma_262() -> None:
    faults = check(encoded(changed((*EVENT_STEPS, "code"), "ABC\n"))) or ()
    assert [fault.path for fault in faults] == [f"{AT}.code"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{\n "a" 1\n}', (2, 6)),
        (b"[1", (1, 3)),
        (b'{"a": "\xff"}', (1, 8)),
        (b'{\n"\xe7\x94\xb2\xff', (2, 3)),
    ],
)
def test_a_syntax_error_in_json_has_its_place(data: bytes, place: tuple[int, int]) -> None:
    fault = syntax_error(data)
    assert fault is not None
    assert fault.place == place


def test_a_duplicate_key_is_an_error_without_a_place() -> None:
    fault = syntax_error(b'{"a": 1, "a": 2}')
    assert fault is not None
    assert (fault.sentence, fault.place) == ('duplicate key "a"', None)


def test_valid_json_has_no_syntax_error() -> None:
    assert syntax_error(b'\xef\xbb\xbf {"a": 1}') is None


PIECES = st.lists(
    st.sampled_from(
        ["http", "https", "a", "B", "1", ":", "//", "/", "?", "#", "[", "]", "::1", "v1.x", "@", "%", "%41",
         "%4", ".", "-", "+", " ", "ü", "{", "|", "127.0.0.1", "fe80::1%25eth0", "\n"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(PIECES | PIECES.map("http://".__add__))
def test_urls_are_judged_as_by_a_validator_of_rfc_3986(text: str) -> None:
    if "\n" not in text:
        assert is_uri(text) == jsonschema.FormatChecker(["uri"]).conforms(text, "uri")


DATES = st.from_regex(r"\A[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
TIMES = st.from_regex(
    r"\A[Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,3})?(Z|z|[+-][0-2][0-9]:?[0-6][0-9])?\Z"
)


@given(DATES, TIMES)
def test_dates_and_times_are_judged_as_by_a_validator_of_rfc_3339(day: str, time: str) -> None:
    checker = jsonschema.FormatChecker(["date", "date-time"])
    assert is_date(day) == checker.conforms(day, "date")
    assert is_date_time(day + time) == checker.conforms(day + time, "date-time")
