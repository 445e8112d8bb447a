"""The lazy JSON decoder: its result equals that of decoding the whole."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.errors import InvalidSchedule
from summitcli.formats import json_fields, json_shape, parse
from summitcli.formats.json_shape import LazyList, Shape, load
from summitcli.text import strict_json
from tests.conftest import examples
from tests.formats.frab.test_flat_json import WHOLE as FLAT
from tests.formats.frab.test_pretalx_widget import WHOLE as WIDGET
from tests.formats.frab.test_schedule_json import WHOLE as NESTED
from tests.formats.platforms.test_indico import GROUPED as INDICO
from tests.formats.platforms.test_opass import WHOLE as OPASS
from tests.formats.platforms.test_open_event import WHOLE as OPEN_EVENT
from tests.formats.platforms.test_sessionize import GRID
from tests.formats.platforms.test_sessionize import WHOLE as SESSIONIZE

LIST = Shape(lazy=True)
SHAPE = Shape(members={"a": LIST, "b": Shape(each=Shape(lazy=True, members={"a": LIST}))})


@pytest.fixture(autouse=True, params=[8, 30, json_shape.PIECE_SIZE])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the size of a piece of text."""
    monkeypatch.setattr(json_shape, "PIECE_SIZE", request.param)


def whole(value: Any) -> Any:
    """Return a value with its lazy lists decoded."""
    if isinstance(value, dict):
        return {key: whole(inner) for key, inner in value.items()}
    if isinstance(value, LazyList):
        entries = list(value)
        assert len(value) == len(value.summaries) == len(entries)
        assert entries == list(value) and value.summaries == [*map(repr, entries)]
        return entries
    return [*map(whole, value)] if isinstance(value, list) else value


def outcome(data: bytes) -> Any:
    try:
        return whole(load(data, SHAPE, repr))
    except ValueError:
        return "no JSON"


def expected(data: bytes) -> Any:
    try:
        return strict_json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except strict_json.NotJson:
        return "no JSON"


texts = st.text(max_size=20) | st.sampled_from(['"a": [', "\\", "数字" * 20, "\U0001f600" * 9, "\ud83d"])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "b", "", "é"]), inner, max_size=4)
    ),
    max_leaves=30,
)


@settings(max_examples=examples(200), deadline=None)
@given(values, st.booleans(), st.sampled_from([None, 1]), st.booleans())
def test_any_document_is_decoded_as_by_json(
    made: Any, escaped: bool, indent: int | None, marked: bool
) -> None:
    text = json.dumps(made, ensure_ascii=escaped, indent=indent)
    data = b"\xef\xbb\xbf" * marked + text.encode("utf-8", "replace")
    assert outcome(data) == expected(data)


DOCUMENT = (
    '{"a": [1.5e-3, {"x": "Größe 数字 \U0001f600"}, null], "b": {"c": {"a": [[]]}, "d": [true]}, "e": "]"}'
)
ODD = (b"", b",", b"]", b"}", b'"', b"{}", b"\x80" * 40, b"1e999", b"NaN", b'"a":1', b"  ", b"[[")


@settings(max_examples=examples(300), deadline=None)
@given(st.data())
def test_a_damaged_document_is_refused(data: st.DataObject) -> None:
    bytes_ = DOCUMENT.encode()
    at = data.draw(st.integers(0, len(bytes_)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.sampled_from(ODD))
    damaged = bytes_[:at] + put + bytes_[at + cut :]
    assert outcome(damaged) == expected(damaged)


@pytest.mark.parametrize("depth", [10, 100_000])
def test_deep_nesting_is_decoded_or_refused(depth: int) -> None:
    deep = b'{"a": [' + b"[" * depth + b"]" * depth + b"]}"
    try:
        assert len(load(deep, SHAPE, bool)) == 1
    except RecursionError:
        assert depth > 10


def test_only_one_piece_is_held_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_shape, "PIECE_SIZE", 1000)
    data = json.dumps({"a": [{"x": "y" * 100}] * 1000}).encode()
    longest = 0
    decode = json_shape._STRICT

    def noting(text: str, at: int) -> Any:
        nonlocal longest
        longest = max(longest, len(text))
        return decode(text, at)

    monkeypatch.setattr(json_shape, "_STRICT", noting)
    assert len(load(data, SHAPE, bool)["a"]) == 1000
    assert longest == 1000


def test_nesting_that_is_too_deep_only_for_the_second_decoding_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_deep(_text: str, _at: int) -> Any:
        raise RecursionError

    monkeypatch.setattr(json_fields, "LARGE_DOCUMENT", 0)
    monkeypatch.setattr(json_shape, "_CHECKED", too_deep)
    with pytest.raises(InvalidSchedule) as caught:
        parse(json.dumps(NESTED).encode(), "plan")
    assert str(caught.value) == "plan is not a valid schedule: it is nested too deeply"


@pytest.mark.parametrize(
    "made",
    [NESTED, FLAT, WIDGET, OPASS, SESSIONIZE, GRID, INDICO, OPEN_EVENT],
    ids=["nested", "flat", "widget", "opass", "sessionize", "grid", "indico", "open-event"],
)
def test_a_schedule_is_the_same_however_it_is_read(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(made).encode()
    once = parse(data, "plan")
    monkeypatch.setattr(json_fields, "LARGE_DOCUMENT", 0)
    with monkeypatch.context() as patched:
        patched.setattr(strict_json, "loads", None)
        streamed = parse(data, "plan")
    assert (streamed.schedule, [*streamed.findings]) == (once.schedule, [*once.findings])
