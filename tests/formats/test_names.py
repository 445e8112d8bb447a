"""The ids that a schedule and its sessions have in the library."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats import parse
from summitcli.formats.names import IDS_LOST
from summitcli.sources.source import Hints
from tests.schedules import document, session

LOST = "the earlier IDs of the sessions were lost; they have the IDs of the source"


def content(ids: str = "abc") -> bytes:
    return json.dumps(document(*map(session, ids))).encode()


def hints(names: Mapping[str, str] | None, **more: Any) -> Hints:
    return Hints(kept_ids=lambda: names, **more)


def read(names: Mapping[str, str] | None, ids: str = "abc") -> tuple[list[str], dict[str, str]]:
    """Return the ids that sessions get and their codes."""
    parsed = parse(content(ids), "s.json", hints(names))
    found = [one.id for one in parsed.sessions]
    assert (parsed.sessions.ids(), len(parsed.sessions)) == (found, len(found))
    return found, dict(parsed.codes)


@pytest.mark.parametrize(
    ("names", "ids", "codes"),
    [
        ({}, ["a", "b", "c"], {}),
        ({"x": "y"}, ["a", "b", "c"], {}),
        ({"a": "talk"}, ["talk", "b", "c"], {"talk": "a"}),
        ({"a": "b", "b": "a"}, ["b", "a", "c"], {"b": "a", "a": "b"}),
    ],
)
def test_sessions_keep_their_names(names: dict[str, str], ids: list[str], codes: dict[str, str]) -> None:
    assert read(names) == (ids, codes)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ({"b": "a"}, ["a-2", "a", "c"]),
        ({"a": "x", "b": "x"}, ["x", "x-2", "c"]),
        ({"b": "a", "c": "a-2"}, ["a-3", "a", "a-2"]),
    ],
)
def test_names_that_contradict_each_other_give_no_two_sessions_the_same(
    names: dict[str, str], ids: list[str]
) -> None:
    assert read(names)[0] == ids


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["a", "b", "c", "a-2", "b-2", "x" * 100])))
def test_whatever_the_names_are_no_two_sessions_share_one(names: dict[str, str]) -> None:
    ids, codes = read(names, "abcdef")
    assert len(set(ids)) == 6
    assert [codes.get(id_, id_) for id_ in ids] == list("abcdef")
    assert all(len(id_) <= 100 for id_ in ids)


def test_names_that_are_lost_are_a_finding() -> None:
    assert read(None) == (["a", "b", "c"], {})
    assert dict(parse(content(), "s.json", hints(None)).findings.counts) == {IDS_LOST: 1}
    assert parse(content(), "s.json", hints(None)).findings.sentences() == [LOST]
    assert parse(content(), "s.json", hints({})).findings.sentences() == []


def test_a_conference_has_its_id_of_the_library_whatever_the_source_calls_it() -> None:
    named = Hints(id="conf-2")
    assert parse(content(), "s.json", named).outline.conference.id == "conf-2"
    assert parse(content(), "s.json").outline.conference.id == "conf"
