"""The page about the schedule format: its example is valid, and its fields are those of the model."""

import json
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import AwareDatetime, BaseModel, RootModel
from pydantic.fields import FieldInfo

from summitcli import model
from summitcli.formats import parse
from summitcli.model import Schedule, Text, conference, schedule
from tests.docs.markdown import beside, blocks, rows, section

PAGE = "docs/schedule-format.md"

NAMES: dict[Any, str] = {
    model.Slug: "id",
    model.Words: "words",
    model.Language: "language tag",
    model.Color: "colour",
    Text: "text",
    AwareDatetime: "instant",
    date: "day",
    str: "string",
    bool: "true or false",
    int: "whole number",
    float: "number",
}
"""The names on the page of types that are not objects."""


def described(type_: Any) -> str:
    """Return the name of a type on the page."""
    if type_ in NAMES:
        return NAMES[type_]
    if isinstance(type_, type) and issubclass(type_, BaseModel):
        return f"[{type_.__name__}](#{type_.__name__.lower()})"
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return described(arguments[0])
    if origin is tuple:
        return "list of " + {"text": "texts"}.get(one := described(arguments[0]), one)
    if origin is Literal:
        return listed([f"`{one}`" for one in arguments])
    assert origin in (Union, UnionType), type_
    if float in arguments:
        return described(float)
    return listed([described(one) for one in arguments if one is not NoneType])


def listed(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def type_of(field: FieldInfo) -> Any:
    # pydantic keeps what was written in Annotated apart, a type alias of its own included.
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def fields(of: type[BaseModel]) -> list[tuple[str, str, str]]:
    """Return each field with its name in files, its type, and its value if it is left out."""
    return [
        (
            field.alias or name,
            described(type_of(field)),
            DEFAULTS.get((of.__name__, name)) or left_out(field),
        )
        for name, field in of.model_fields.items()
    ]


def left_out(field: FieldInfo) -> str:
    """Return the words of the page for the value of a field that is left out."""
    return "required" if field.is_required() else "empty" if field.default == () else "unknown"


DEFAULTS = {
    ("Conference", "rooms"): "natural order",
    ("Conference", "outside"): "0",
    ("Session", "status"): "as planned",
}
"""The values of fields that are left out, if they mean something."""


OBJECTS = [
    one
    for module in (conference, schedule)
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__ == module.__name__
    # Not classes that only others are derived from, or that are written as a string.
    if one not in (conference.Frozen, model.Outline) and not issubclass(one, RootModel)
]


@pytest.mark.parametrize("of", OBJECTS, ids=lambda of: of.__name__)
def test_the_fields_are_the_models(of: type[BaseModel]) -> None:
    listed = [
        (name.strip("`"), type_, left_out) for name, type_, left_out, _ in rows(section(PAGE, of.__name__))
    ]

    assert listed == fields(of)


def test_every_field_has_a_meaning() -> None:
    cells = [row for of in OBJECTS for row in rows(section(PAGE, of.__name__))]

    assert [row for row in cells if not row[3].endswith(".")] == []


def test_the_example_is_a_valid_schedule_without_findings() -> None:
    (example,) = blocks(PAGE, "json")
    parsed = parse(example.text.encode(), "plan.json")
    schedule, findings = parsed.schedule, parsed.findings

    assert list(findings.sentences()) == []
    assert schedule == Schedule.model_validate_json(example.text)


def test_the_example_shows_every_rule() -> None:
    (example,) = blocks(PAGE, "json")
    schedule = Schedule.model_validate_json(example.text)
    slots = [slot for session in schedule.sessions for slot in session.slots]

    assert any(slot.start is None for slot in slots)
    assert any(slot.start and slot.start.date() > slot.day for slot in slots)
    assert any(len(session.slots) > 1 for session in schedule.sessions)
    assert all(isinstance(session.title.root, dict) for session in schedule.sessions)


def test_the_schema_is_where_the_example_says() -> None:
    (example,) = blocks(PAGE, "json")

    assert beside(PAGE, json.loads(example.text)["$schema"]).exists()


def test_the_example_in_yaml_is_valid_and_says_what_it_shows() -> None:
    (example,) = blocks(PAGE, "yaml")
    sessions = parse(example.text.encode(), "plan.yaml").schedule.sessions
    found = [
        f"{session.id} {slot.day.day} {slot.start:%d %H:%M}-{slot.end:%d %H:%M} {slot.room}"
        for session in sessions
        for slot in session.slots
        if slot.start and slot.end
    ]
    assert found == [
        "welcome 10 10 09:30-10 10:00 Hall",
        "small-pipes 10 10 10:00-10 10:45 Hall",
        "keyboard 10 10 10:15-10 12:00 Studio",
        "keyboard 11 11 10:00-11 11:30 Studio",
        "night-tea 10 11 00:30-11 02:00 Hall",
    ]
    assert sessions[1].recorded is False
    assert [session.category for session in sessions] == ["talk", "talk", "talk", "around"]
