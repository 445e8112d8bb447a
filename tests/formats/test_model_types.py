"""The types of values, from the model's annotations."""

from datetime import date

import pytest

from summitcli.formats.model_types import alternatives, fields_of, literals, type_at
from summitcli.model import Conference, Schedule, Session, Slot, Text


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ((), Schedule), (("conference",), Conference), (("conference", "start"), date),
        (("conference", "title"), Text), (("conference", "title", "en"), None), (("sessions", 3), Session),
        (("sessions", 0, "slots", 1), Slot), (("sessions", 0, "recorded"), bool),
        (("sessions", 0, "speakers", 0), str), (("conference", "hosts", 0), Text), (("what",), None),
        (("sessions", "id"), None), ((0,), None), (("$schema",), str),
    ],
    ids=str,
)  # fmt: skip
def test_a_path_has_the_type_of_the_model(path: tuple[str | int, ...], type_: object) -> None:
    assert type_at(Schedule, path) == type_


def test_unions_and_closed_lists_are_taken_apart() -> None:
    figure = ("conference", "figures", 0)
    assert alternatives(type_at(Schedule, (*figure, "number"))) == (int, float)
    assert alternatives(str) == (str,)
    assert literals(type_at(Schedule, (*figure, "qualifier"))) == ("over", "nearly", "reached", "about")
    assert literals(str) == ()


def test_fields_have_their_names_in_files() -> None:
    assert "$schema" in fields_of(Schedule)
    assert (fields_of(Text), fields_of(str), fields_of(None)) == ({}, {}, {})
