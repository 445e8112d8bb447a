"""Paths in a JSON document, and their places in its text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.places import Place, Step, lines_of, locate, place_of, read_path, write_path

TEXT = """{
  "conference": {"title": "a, b: {\\"[", "days": 2},
  "sessions": [
    {"id": "a", "slots": [{"day": "2024-05-01"}, {"day": 5}]},
    {"id": "七", "slots": [], "Ä d": null}, true
  ],
  "rooms": {"Ada": [1, 2], "x.y": [], "q\\"]": [3], "": 7}
}
"""
PLACES = {
    "": (1, 1),
    "conference": (2, 17),
    "conference.title": (2, 27),
    "conference.days": (2, 49),
    "sessions": (3, 15),
    "sessions[0]": (4, 5),
    "sessions[0].slots": (4, 26),
    "sessions[0].slots[1].day": (4, 58),
    "sessions[1].id": (5, 12),
    'sessions[1]["Ä d"]': (5, 37),
    "sessions[2]": (5, 44),
    "rooms.Ada[1]": (7, 24),
    'rooms["Ada"][0]': (7, 21),
    'rooms["x.y"]': (7, 35),
    'rooms["q\\"]"][0]': (7, 48),
    'rooms[""]': (7, 56),
}


def test_a_path_leads_to_the_line_and_column_where_its_value_begins() -> None:
    assert {path: tuple(place) for path, place in locate(TEXT, PLACES).items()} == PLACES


@pytest.mark.parametrize(
    ("path", "around"),
    [
        ("sessions[0].title", "sessions[0]"),
        ("sessions[0].slots[2].day", "sessions[0].slots"),
        ("sessions[9].id", "sessions"),
        ("sessions.id", "sessions"),
        ("conference[0]", "conference"),
        ("conference.title.en", "conference.title"),
        ("nowhere.at.all", ""),
        ("sessions[1].id[0].x", "sessions[1].id"),
        (f"sessions[{'9' * 5000}]", "sessions"),
        ("sessions[0]]", "sessions[0]"),
    ],
)
def test_something_missing_has_the_place_of_the_enclosing_value(path: str, around: str) -> None:
    assert locate(TEXT, [path]) == {path: Place(*PLACES[around])}


def test_the_last_of_duplicate_keys_counts_as_in_json() -> None:
    assert locate('{"a": 1, "a": 2}', ["a"]) == {"a": Place(1, 15)}


@pytest.mark.parametrize("text", ["", " \n", ","])
def test_a_text_without_a_value_has_no_places(text: str) -> None:
    assert locate(text, ["a", ""]) == {}


@pytest.mark.parametrize(
    "text", ["}", "]]]", '{"a', '{"a"}', "{{", "[1, {]", '{"\\', '"\\ud8"', "{1:2}", ":"]
)
def test_invalid_json_is_located_as_far_as_possible(text: str) -> None:
    assert set(locate(text, ["a[0].b", "[1]"])) <= {"a[0].b", "[1]"}


def test_a_place_is_counted_in_characters_and_lines() -> None:
    assert [place_of("甲b\ncd", offset) for offset in range(5)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_lines_are_counted_from_one() -> None:
    text = "ab\nc\n\nd"
    assert list(lines_of(text, [0, 1, 2, 3, 3, 6])) == [1, 1, 1, 2, 2, 4]
    assert list(lines_of(text, [])) == []


def test_deep_and_long_documents_are_located() -> None:
    deep = "[" * 50_000 + "7" + "]" * 50_000
    path = "[0]" * 50_000
    assert locate(deep, [path, "[0][1]"]) == {path: Place(1, 50_001), "[0][1]": Place(1, 2)}
    long = "[" + ",".join(f'{{"id": "{number}"}}' for number in range(30_000)) + "]"
    found = locate(long, [f"[{number}].id" for number in range(0, 30_000, 10)])
    assert len(found) == 3_000
    assert all(
        long[place.column - 1 :].startswith(f'"{path[1:-4]}"') for path, place in list(found.items())[::997]
    )


KEYS = st.text(max_size=5) | st.sampled_from(["a", "b-c", "x.y", '"]', "\\", '\\"', "[0]", "", "0", "名"])
STEPS = st.lists(KEYS | st.integers(0, 999), max_size=6)


@given(STEPS)
def test_a_written_path_reads_as_its_steps(steps: list[Step]) -> None:
    assert read_path(write_path(steps)) == steps


DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)


def values(document: Any, steps: tuple[Step, ...] = ()) -> dict[str, Any]:
    """Yield every value of a document with its path."""
    found = {write_path(steps): document}
    members: Any = ()
    if isinstance(document, dict):
        members = document.items()
    elif isinstance(document, list):
        members = enumerate(document)
    for step, inner in members:
        found |= values(inner, (*steps, step))
    return found


@given(DOCUMENTS, st.sampled_from([None, 1]), st.booleans())
def test_every_value_of_any_document_is_found(document: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    expected = values(document)
    places = locate(text, expected)
    assert places.keys() == expected.keys()
    lines = text.split("\n")
    decoder = json.JSONDecoder()
    for path, (line, column) in places.items():
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert decoder.raw_decode(rest)[0] == expected[path]


@pytest.mark.parametrize("space", ["", " ", "\n\t"])
def test_places_are_those_of_the_tokens(space: str) -> None:
    """The decoder skips what no path leads to; token by token the places are the same."""
    text = '{"a": [1, {"b": "x,]}"}, [[2], 3]], "c": {"a": null, "d\\"": -1.5e3}, "a": [{"b": [0]}]}'
    text = text.replace(" ", space)
    paths = ("a", "a[0].b", "a[0].b[0]", "a[1]", "c", 'c["d\\""]', "c.a.x", "nowhere")
    found = locate(text, paths)
    # A broken end leaves only the tokens.
    assert found == locate(text + "]", paths) == locate(text[:-1], paths)
    assert len(found) == len(paths)
