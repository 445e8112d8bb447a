"""Short forms of a schedule: what texts are read as, and where expanded values come from."""

from typing import Any

import pytest

from summitcli.formats.places import read_path
from summitcli.formats.shorthand import OF_DEFAULTS, OF_SLOTS, Expansion, typed
from summitcli.model import Conference, Schedule, Session, Slot

FIGURE = {"id": "f", "label": "1", "text": "1"}


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("-3", -3), ("1.5", 1.5), ("1e3", 1000.0), ("0", 0), ("1e999", "1e999"), ("nan", "nan"),
     ("1_000", "1_000"), ("١", "١"), ("", ""), ("one", "one"), ("9" * 5000, "9" * 5000), ("yes", "yes")],
    ids=lambda value: str(value)[:9],
)  # fmt: skip
def test_numbers_are_read_from_texts_where_the_model_has_them(text: str, number: object) -> None:
    figures = [{**FIGURE, "number": text, "year": "2020"}]
    assert typed({"figures": figures, "title": "1"}, Conference) == {
        "figures": [{**FIGURE, "number": number, "year": 2020}], "title": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("Yes", True), ("false", False), ("no", False), ("NO", False), ("on", "on"), ("1", "1")],
)
def test_booleans_are_read_from_texts_where_the_model_has_them(text: str, value: object) -> None:
    assert typed({"recorded": text, "status": text, "title": {"no": text}}, Session) == {
        "recorded": value, "status": text, "title": {"no": text},
    }  # fmt: skip


def test_values_of_other_types_are_left_as_they_are() -> None:
    assert typed({"recorded": ["no"], "links": "x", "speakers": ["1"]}, Session) == {
        "recorded": ["no"], "links": "x", "speakers": ["1"],
    }  # fmt: skip
    assert typed([], Schedule) == []


def test_fields_without_a_value_are_left_out_unless_required() -> None:
    assert typed({"id": None, "speakers": None, "what": None, "title": None}, Session) == {
        "id": None, "what": None, "title": None,
    }  # fmt: skip


def test_the_keys_are_those_of_the_model_except_the_duration() -> None:
    slot = set(Slot.model_fields)
    assert set(OF_SLOTS) == slot | {"duration"}
    assert set(OF_DEFAULTS) <= set(OF_SLOTS) | set(Session.model_fields)
    assert not set(Session.model_fields) & set(OF_SLOTS)


SOURCE: dict[str, Any] = {
    "conference": {"time_zone": "UTC"},
    "defaults": {"category": "talk", "day": "2030-05-10", "duration": "45"},
    "sessions": [
        {"id": "a", "start": "9:00", "speakers": "Ada"},
        {"id": "b", "slots": [{"start": "9:00", "duration": "5"}, {"day": "2030-05-11"}], "category": "x"},
        "c",
        {"id": "d", "end": "9:00", "duration": "5", "day": "2030-05-12"},
    ],
}


@pytest.mark.parametrize(
    ("path", "origin"),
    {
        "sessions[0].slots[0].start": "sessions[0].start",
        "sessions[0].slots[0].end": "defaults.duration",
        "sessions[0].slots[0].day": "defaults.day",
        "sessions[0].slots[0].room": "sessions[0].room",
        "sessions[0].slots[0]": "sessions[0]",
        "sessions[0].slots": "sessions[0].slots",
        "sessions[0].speakers[0]": "sessions[0].speakers",
        "sessions[0].category": "defaults.category",
        "sessions[0].title": "sessions[0].title",
        "sessions[1].category": "sessions[1].category",
        "sessions[1].slots[0].day": "defaults.day",
        "sessions[1].slots[0].end": "sessions[1].slots[0].duration",
        "sessions[1].slots[1].day": "sessions[1].slots[1].day",
        "sessions[1].slots[1]": "sessions[1].slots[1]",
        "sessions[2]": "sessions[2]",
        "sessions[3].slots[0].end": "sessions[3].end",
        "sessions[3].slots[0].day": "sessions[3].day",
        "sessions": "sessions",
        "conference.title.en": "conference.title.en",
        "": "",
    }.items(),
)
def test_a_path_leads_back_to_where_the_value_is_written(path: str, origin: str) -> None:
    assert Expansion(SOURCE).origin(read_path(path)) == origin


@pytest.mark.parametrize(
    "source",
    [
        {}, {"sessions": 5}, {"sessions": [None, [], {}]}, {"conference": 5, "sessions": [{"start": "9:00"}]},
        {"conference": {"time_zone": ["x"]}}, {"defaults": [], "sessions": [{"slots": [5, {}]}]},
        {"sessions": [{"slots": "x", "day": {}}], "categories": {"a": "b"}},
    ],
    ids=str,
)  # fmt: skip
def test_any_shape_is_expanded_without_an_exception(source: dict[str, Any]) -> None:
    assert isinstance(Expansion(source).document, dict)
