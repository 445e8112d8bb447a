"""The stand-ins for names of typing behave as those do."""

import subprocess
import sys
import typing

import pytest

from summitcli import lazy_typing, rows
from summitcli.agenda.store import Changed
from summitcli.rows import Listing, SessionRow, SlotRow

ROWS = [value for value in vars(rows).values() if isinstance(value, type) and issubclass(value, tuple)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_class_of_rows_is_what_typing_would_have_made_of_it(row: type) -> None:
    names = list(row.__annotations__)
    model = typing.NamedTuple(row.__name__, [(name, typing.Any) for name in names])  # type: ignore[misc]
    assert row._fields == model._fields == tuple(names)  # type: ignore[attr-defined]
    assert row.__module__ == "summitcli.rows"
    assert row.__mro__[1:] == (tuple, object)


def test_fields_have_their_defaults_and_classes_their_methods() -> None:
    slot = SlotRow("2022-07-23", None, None, True, None)
    assert tuple(slot) == ("2022-07-23", None, None, True, None)
    assert slot._replace(room="A").room == "A"
    assert Listing._field_defaults == {"in_agenda": False, "guid": None, "pick": None, "status": None}
    assert repr(slot) == "SlotRow(day='2022-07-23', start=None, end=None, all_day=True, room=None)"
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'room'"):
        SlotRow("2022-07-23", None, None, True)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        slot.day = "2022-07-24"  # type: ignore[misc]
    assert SessionRow.__doc__ and SessionRow.__doc__.startswith("A session, once")


def test_a_generic_tuple_takes_parameters() -> None:
    assert Changed[int](1, 2, 3).outcome == 3  # type: ignore[arg-type]


def test_annotations_are_typing_s_own_when_they_are_evaluated() -> None:
    assert lazy_typing.Annotated[int, "metadata"] == typing.Annotated[int, "metadata"]


def test_typing_is_not_imported_by_its_stand_in() -> None:
    code = "import summitcli.lazy_typing, summitcli.rows; print('typing' in sys.modules)"
    code = f"import sys; sys.path[:0] = {sys.path!r}; {code}"
    command = [sys.executable, "-I", "-S", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
