"""Values of JSON-LD."""

from datetime import timedelta
from typing import Any

import pytest

from summitcli.formats.schema_org.values import entries, kinds, languages, length, name_in, text


def test_a_property_has_no_value_one_or_a_list() -> None:
    assert [[*entries(value)] for value in (None, "a", ["a", None, ["b", {}]], [])] == [
        [],
        ["a"],
        ["a", "b", {}],
        [],
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" a ", "a"),
        (["", "b", "c"], "b"),
        ({"@value": "a", "@language": "de"}, "a"),
        ({"@type": "Thing", "name": "a"}, "a"),
        ({"name": {"@value": "a"}}, "a"),
        ({"name": ["", "a"]}, "a"),
        ({"@type": "PropertyValue", "value": "a"}, "a"),
        ({"de": "a", "en": "b"}, "b"),
        ({"de": "a", "fr": "b"}, "a"),
        (12, "12"),
        (True, ""),
        (1.5, ""),
        (None, ""),
        ({}, ""),
        ([{}, []], ""),
    ],
)
def test_the_text_of_a_property(value: Any, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"@value": "a", "@language": "de"}, {"@value": "b", "@language": "en"}], {"de": "a", "en": "b"}),
        ({"de": "a", "en-GB": "b"}, {"de": "a", "en-GB": "b"}),
        ([{"@value": "a", "@language": "de"}, {"@value": "b", "@language": "de"}], {}),
        ([{"@value": "a", "@language": "de"}, {"@value": "", "@language": "en"}], {}),
        ({"@value": "a", "@language": "de"}, {}),
        ({"name": "a", "url": "b"}, {}),
        ("a", {}),
        (None, {}),
    ],
)
def test_texts_in_several_languages(value: Any, expected: dict[str, str]) -> None:
    assert languages(value) == expected


def test_types_are_named_in_any_of_three_ways() -> None:
    node = {"@type": ["Event", "schema:Festival", "http://schema.org/Hackathon", 1]}
    assert kinds(node) == ["Event", "Festival", "Hackathon"]
    assert kinds({}) == []


@pytest.mark.parametrize(
    "value",
    ["EventCancelled", "https://schema.org/EventCancelled", "schema:EventCancelled", ["EventCancelled"]],
)
def test_a_member_of_an_enumeration(value: Any) -> None:
    assert name_in(value) == "EventCancelled"


@pytest.mark.parametrize(
    ("value", "minutes"),
    [("PT45M", 45), ("PT1H30M", 90), ("pt2h", 120), ("P1D", 1440), ("P1DT30M", 1470), ("PT90M30S", 90)],
)
def test_a_duration(value: str, minutes: int) -> None:
    assert length(value) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "value", ["", "P", "PT", "45", "1:30", "P1Y", "P999D", None, {}, "PT" + "9" * 50 + "M"]
)
def test_what_is_not_a_duration(value: Any) -> None:
    assert length(value) is None
