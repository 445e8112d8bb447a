"""Schedules of our own format, read session by session: the result equals that of reading the whole."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.errors import SummitError
from summitcli.formats import native, parse
from summitcli.formats.streamed_json import list_bounds
from tests.conftest import examples
from tests.schedules import document, schedules, session

TWO = document(session("a", title={"en": "Größe", "zh": "数字"}), session("b"))


def outcome(data: bytes, streamed: bool) -> Any:
    """Return everything that is read, or the error."""
    try:
        read = native.read(data, "plan") if streamed else native.read_whole(data, "plan")
        return read.schedule, read.sessions.ids(), len(read.sessions), list(read.findings)
    except SummitError as error:
        return type(error), str(error)


def text(content: Any, **options: Any) -> bytes:
    return json.dumps(content, **options).encode()


@settings(max_examples=examples(300), deadline=None)
@given(schedules(), st.booleans(), st.sampled_from([None, 1]))
def test_any_schedule_is_read_as_a_whole_one(made: dict[str, Any], escaped: bool, indent: int | None) -> None:
    data = text(made, ensure_ascii=escaped, indent=indent)
    assert outcome(data, streamed=True) == outcome(data, streamed=False)


@settings(max_examples=examples(300), deadline=None)
@given(st.data())
def test_a_damaged_schedule_fails_as_when_read_whole(data: st.DataObject) -> None:
    whole = text(TWO, ensure_ascii=False)
    at = data.draw(st.integers(0, len(whole)))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(
        st.sampled_from([b"", b",", b"]", b"}", b'"', b"{}", b"null", b"\xff", b"1e999", b"NaN", b'"id"'])
    )
    damaged = whole[:at] + put + whole[at + cut :]
    assert outcome(damaged, streamed=True) == outcome(damaged, streamed=False)


@pytest.mark.parametrize(
    "changed",
    [
        {"sessions": [session("a"), session("a"), session("b", category="none")]},
        {"sessions": [session("a"), session("b", {"day": "1999-01-01"}), session("c", title={"zh": "只"})]},
        {"sessions": {}}, {"sessions": None}, {"sessions": []}, {"sessions": [1, 2]}, {"conference": {}},
        {"sessions": [{**session("a"), "more": 1}]}, {"format": 1},
    ],
    ids=str,
)  # fmt: skip
def test_all_faults_are_reported_either_way(changed: dict[str, Any]) -> None:
    data = text({**TWO, **changed})
    assert outcome(data, streamed=True) == outcome(data, streamed=False)


def test_sessions_before_the_conference_are_read_too() -> None:
    data = text({"sessions": TWO["sessions"], **{key: TWO[key] for key in TWO if key != "sessions"}})
    assert [one.id for one in parse(data, "plan").sessions] == ["a", "b"]


def test_the_sessions_can_be_iterated_twice() -> None:
    sessions = parse(text(TWO), "plan").sessions
    assert list(sessions) == list(sessions) == list(native.read_whole(text(TWO), "plan").sessions)


def test_bounds_are_those_of_the_entries() -> None:
    source = ' { "a" : [9], "list" : [ {"x": "]"} ,[1, 2],"é" ] , "z":{} } '
    found = list_bounds(source, "list")
    assert source[found.begin : found.end] == '[ {"x": "]"} ,[1, 2],"é" ]'
    assert [source[begin:end] for begin, end in found.entries()] == ['{"x": "]"}', "[1, 2]", '"é"']


@pytest.mark.parametrize(
    "source",
    ["", "[]", "{}", '{"list": 1}', '{"list": [1,]}', '{"list": [] "a": 1}', '{"list": []} x', '{"list": [}',
     '{"list": [], "list": []}', '{1: 2, "list": []}', '{"a": 1, "a": 2, "list": []}', '{"list": [NaN]}',
     '{"list": [1'],
)  # fmt: skip
def test_anything_but_an_object_with_the_list_is_refused(source: str) -> None:
    with pytest.raises(ValueError):
        list_bounds(source, "list")
