"""The rule that decides whether two schedules are of the same conference."""

from collections.abc import Sequence

import pytest

from summitcli.identity import Identity
from summitcli.library.identity import (
    are_near,
    has_lost_most,
    is_of_same_place,
    is_same_conference,
    shares_guids,
    shares_sessions,
)
from summitcli.states import InMemoryState
from tests.library.kept_samples import A, B, changed

THIS_YEAR = changed(A, start="2024-05-01", end="2024-05-02")
ELSEWHERE = changed(THIS_YEAR, reference="https://elsewhere.example/s")


def guids(letters: str) -> InMemoryState:
    """Return a session for each letter, which is its title and GUID; a blank has no GUID."""
    return InMemoryState([Identity(guid, guid, guid=8 * guid.strip() or None) for guid in letters])


def titles(letters: str) -> InMemoryState:
    """Return a session without a GUID for each letter, which is its title; its code is its position."""
    return InMemoryState([Identity(f"s{n}", title, code=f"{n}") for n, title in enumerate(letters)])


def test_the_same_url_or_file_is_the_same_place_but_not_standard_input() -> None:
    piped = changed(A, reference="-")
    assert is_of_same_place(A, changed(A, title="X", id="x", address="https://elsewhere.example/s"))
    calendar, page = (changed(A, reference=f"{scheme}://a.example/s") for scheme in ("webcal", "https"))
    assert is_of_same_place(calendar, page)
    assert not is_of_same_place(A, B)
    assert not is_of_same_place(piped, piped)


@pytest.mark.parametrize(
    ("changes", "before", "after", "same"),
    [
        ({}, "", "", True),
        ({"title": "Ａ"}, "", "", True),
        ({"id": "other"}, "ab", "xy", True),
        ({"title": "B"}, "ab", "xy", False),
        ({"title": "B"}, "", "", False),
        ({"title": "B"}, "abcd", "abxy", True),
        ({"title": "B"}, "abcd", "axyz", False),
        ({"title": "B", "id": "other"}, "ab", "ab", True),
        ({"start": "2025-05-01"}, "", "", False),
        ({"start": "2025-05-01"}, "ab", "xy", False),
        ({"start": "2025-05-01"}, "abcd", "abxy", True),
        ({"start": "2024-10-01"}, "ab", "xy", True),
    ],
)
def test_a_conference_is_recognised_by_guids_or_by_title_and_date(
    changes: dict[str, str], before: str, after: str, same: bool
) -> None:
    assert is_same_conference(THIS_YEAR, changed(ELSEWHERE, **changes), guids(before), guids(after)) is same


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"title": "B"}, True),
        ({"title": "B", "id": "other"}, False),
        ({"title": "B", "start": "2025-05-01"}, False),
    ],
)
def test_place_id_and_one_common_session_are_enough(changes: dict[str, str], same: bool) -> None:
    new = changed(THIS_YEAR, **changes)
    assert is_same_conference(THIS_YEAR, new) is same
    assert is_same_conference(THIS_YEAR, new, titles("abc"), titles("xyc")) is same
    assert is_same_conference(THIS_YEAR, new, titles("abc")) is same, "the sessions of one are not known"
    assert is_same_conference(THIS_YEAR, new, titles(""), titles("abc")) is same
    assert not is_same_conference(THIS_YEAR, new, guids("ab"), guids("xy"))


def test_the_id_of_the_source_is_compared() -> None:
    second = changed(THIS_YEAR, id="conf-2", published_id="conf")
    assert is_same_conference(second, changed(THIS_YEAR, title="B"))
    assert not is_same_conference(second, changed(THIS_YEAR, title="B", id="conf-2"))


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [("abcd", "abxy", True), ("abcd", "axyz", False), ("abcd", "dcba", False), ("", "abc", False)],
)
def test_without_guids_half_of_the_sessions_by_title_are_enough(
    before: str, after: str, shared: bool
) -> None:
    assert shares_sessions(titles(before), titles(after)) is shared
    new = changed(ELSEWHERE, title="B")
    assert is_same_conference(THIS_YEAR, new, titles(before), titles(after)) is shared


@pytest.mark.parametrize(
    ("guid", "shared"),
    [
        ("1", False), ("12345678", False), ("12345678@a.example", False), ("talk-7@a.example", False),
        ("abcdefg", False), ("abcdefg@a.example", False), ("abcdefgh", True), ("talk-007@a.example", True),
    ],
)  # fmt: skip
def test_numbers_and_words_as_guids_are_ignored(guid: str, shared: bool) -> None:
    state = InMemoryState([Identity("a", "A", guid)])
    assert shares_guids(state, state) is shared


def test_place_and_half_of_the_sessions_are_enough() -> None:
    new = changed(THIS_YEAR, title="B", id="other")
    assert is_same_conference(THIS_YEAR, new, titles("abcd"), titles("abxy"))
    assert not is_same_conference(THIS_YEAR, new, titles("abcd"), titles("axyz"))
    assert not is_same_conference(THIS_YEAR, changed(new, reference="x"), titles("ab"), titles("ab"))


@pytest.mark.parametrize(
    ("before", "after", "shared"),
    [("ab", "ab", True), ("abc", "ab", True), ("abc", "a", False), ("  ", "ab", False), ("ab", "  ", False)],
)
def test_half_of_the_guids_are_enough(before: Sequence[str], after: Sequence[str], shared: bool) -> None:
    assert shares_guids(guids("".join(before)), guids("".join(after))) is shared


@pytest.mark.parametrize(
    ("start", "other", "near"),
    [
        ("2024-05-01", "2024-10-29", True),
        ("2024-05-01", "2024-10-30", False),
        ("2024-10-30", "2024-05-01", False),
        ("2024-05-01", "", True),
        ("", "2024-05-01", True),
        ("", "", True),
        ("2024-05-01T23:59:00+02:00", "2024-10-29", True),
        ("2024-10-30", "2024-05-01T23:59:00+02:00", False),
    ],
)
def test_less_than_half_a_year_is_near(start: str, other: str, near: bool) -> None:
    assert are_near(start, other) is near


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [(9, 9, False), (9, 3, False), (9, 2, True), (5, 2, False), (5, 1, True), (9, 0, True), (0, 0, False)],
)
def test_most_sessions_are_lost_if_fewer_than_a_third_are_left(before: int, after: int, lost: bool) -> None:
    assert has_lost_most(changed(A, sessions=before), changed(A, sessions=after)) is lost
