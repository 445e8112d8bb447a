"""The IDs that the library keeps for a conference and its sessions."""

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

LOST = "the sessions' earlier IDs were lost; those in the schedule are used instead"


def content(ids: str = "abc") -> bytes:
    return json.dumps(document(*map(session, ids))).encode()


def hints(names: Mapping[str, str] | None, **more: Any) -> Hints:
    return Hints(kept_ids=lambda: names, **more)


def read(names: Mapping[str, str] | None, ids: str = "abc") -> tuple[list[str], dict[str, str]]:
    """Return the IDs of the sessions, and their codes."""
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
def test_sessions_keep_their_ids(names: dict[str, str], ids: list[str], codes: dict[str, str]) -> None:
    assert read(names) == (ids, codes)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        ({"b": "a"}, ["a-2", "a", "c"]),
        ({"a": "x", "b": "x"}, ["x", "x-2", "c"]),
        ({"b": "a", "c": "a-2"}, ["a-3", "a", "a-2"]),
    ],
)
def test_contradictory_ids_are_made_unique(names: dict[str, str], ids: list[str]) -> None:
    assert read(names)[0] == ids


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["a", "b", "c", "a-2", "b-2", "x" * 100])))
def test_ids_are_unique_for_any_kept_ids(names: dict[str, str]) -> None:
    ids, codes = read(names, "abcdef")
    assert len(set(ids)) == 6
    assert [codes.get(id_, id_) for id_ in ids] == list("abcdef")
    assert all(len(id_) <= 100 for id_ in ids)


def test_lost_ids_are_a_finding() -> None:
    assert read(None) == (["a", "b", "c"], {})
    assert dict(parse(content(), "s.json", hints(None)).findings.counts) == {IDS_LOST: 1}
    assert parse(content(), "s.json", hints(None)).findings.sentences() == [LOST]
    assert parse(content(), "s.json", hints({})).findings.sentences() == []


def test_the_id_in_the_library_overrides_that_of_the_source() -> None:
    named = Hints(id="conf-2")
    assert parse(content(), "s.json", named).outline.conference.id == "conf-2"
    assert parse(content(), "s.json").outline.conference.id == "conf"
