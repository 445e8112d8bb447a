"""When two schedules are taken for the same conference's."""

import contextlib
import json
import sqlite3
from typing import Any

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import catalog_of
from summitcli.formats import parse
from summitcli.library.identity import (
    has_lost_most,
    is_of_same_place,
    is_same_conference,
    may_replace,
    shares_sessions,
)
from summitcli.model import Schedule
from tests.library.kept_samples import A, B, changed
from tests.schedules import document, session


def schedule(titles: str, **changes: Any) -> Schedule:
    """Return a schedule with a session for each letter, whose id is its place."""
    sessions = [session(f"s{place}", title=title) for place, title in enumerate(titles)]
    return parse(json.dumps(document(*sessions, **changes)).encode(), "s.json").schedule


def test_the_same_address_or_file_is_the_same_place_and_standard_input_is_none() -> None:
    piped = changed(A, reference="-")
    assert is_of_same_place(A, changed(A, title="X", id="x", address="https://elsewhere.example/s"))
    assert not is_of_same_place(A, B)
    assert not is_of_same_place(piped, piped)


@pytest.mark.parametrize(
    ("changes", "has_its_sessions", "same"),
    [
        ({}, None, True),
        ({"reference": "https://b.example/s", "start": "2030-01-01"}, None, True),
        ({"title": "B"}, None, False),
        ({"title": "B"}, False, False),
        ({"title": "B"}, True, True),
        ({"id": "other"}, None, False),
        ({"id": "other"}, True, False),
        ({"id": "other", "title": "B"}, True, False),
    ],
)
def test_a_conference_is_its_id_with_its_title_or_its_sessions(
    changes: dict[str, str], has_its_sessions: bool | None, same: bool
) -> None:
    answer = None if has_its_sessions is None else lambda: bool(has_its_sessions)
    assert is_same_conference(A, changed(A, **changes), answer) is same


def test_sessions_are_looked_at_only_where_the_titles_differ() -> None:
    asked: list[str] = []

    def answer() -> bool:
        asked.append("sessions")
        return True

    for new in (A, changed(A, id="other"), changed(A, title="B")):
        is_same_conference(A, new, answer)
    assert asked == ["sessions"]


def test_a_name_is_free_for_the_same_place_and_the_same_conference() -> None:
    piped = changed(A, reference="-")
    assert may_replace(None, A)
    assert may_replace(A, changed(A, id="other", title="B"))
    assert may_replace(A, piped)
    assert may_replace(piped, piped)
    assert not may_replace(A, B)
    assert not may_replace(piped, changed(piped, title="B"))


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [
        ("abcdefghij", "abcdefghij", True),
        ("abcdefghij", "abXXXXXXXX", True),
        ("abcdefghij", "aXXXXXXXXX", False),
        ("abcdefghij", "ab", True),
        ("abcdefghij", "jihgfXXXXX", False),
        ("", "abc", True),
    ],
    ids=lambda value: str(value) or "none",
)
def test_a_fifth_of_the_sessions_with_their_titles_is_enough(before: str, after: str, shared: bool) -> None:
    with contextlib.closing(catalog_of(schedule(before))) as catalog:
        assert shares_sessions(catalog, schedule(after, title="Another")) is shared


def test_what_can_not_be_read_is_taken_for_the_same() -> None:
    with contextlib.closing(Catalog(sqlite3.connect(":memory:"))) as empty:
        assert shares_sessions(empty, schedule("x"))
    assert shares_sessions(None, schedule("x"))


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [(10, 10, False), (10, 2, False), (10, 1, True), (10, 0, True), (0, 0, False)],
)
def test_under_a_fifth_of_the_sessions_most_are_lost(before: int, after: int, lost: bool) -> None:
    assert has_lost_most(changed(A, sessions=before), changed(A, sessions=after)) is lost
