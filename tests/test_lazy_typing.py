"""The stand-ins for names of typing behave like the originals."""

import copy
import pickle
import subprocess
import sys
import typing

import pytest

from summitcli import details, lazy_typing, rows
from summitcli.agenda.store import Changed
from summitcli.rows import Listing, SessionRow, SlotRow

ROWS = [
    value
    for module in (rows, details)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, tuple)
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.__name__)
def test_a_class_of_rows_is_what_typing_would_have_made_of_it(row: type) -> None:
    names = list(row.__annotations__)
    model = typing.NamedTuple(row.__name__, [(name, typing.Any) for name in names])  # type: ignore[misc]
    assert row._fields == model._fields == tuple(names)  # type: ignore[attr-defined]
    assert row.__module__ in ("summitcli.rows", "summitcli.details")
    assert row.__mro__[1:] == (tuple, object)


def test_fields_have_their_defaults_and_classes_their_methods() -> None:
    slot = SlotRow("2022-07-23", None, None, True, None)
    assert tuple(slot) == ("2022-07-23", None, None, True, None)
    assert slot._replace(room="A").room == "A"
    assert Listing._field_defaults == {
        "in_agenda": False,
        "guid": None,
        "pick": None,
        "status": None,
        "descriptions": {},
        "tags": (),
    }
    assert repr(slot) == "SlotRow(day='2022-07-23', start=None, end=None, all_day=True, room=None)"
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'room'"):
        SlotRow("2022-07-23", None, None, True)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        slot.day = "2022-07-24"  # type: ignore[misc]
    assert SessionRow.__doc__ and SessionRow.__doc__.startswith("A session with all its slots")


class Pair(typing.NamedTuple):
    """A named tuple from typing."""

    first: int
    second: str = "b"


class OurPair(lazy_typing.NamedTuple):
    """The same named tuple from lazy_typing."""

    first: int
    second: str = "b"


CALLS: dict[str, typing.Callable[[typing.Any], object]] = {
    "all": lambda kind: kind(1, "c"),
    "default": lambda kind: kind(1),
    "names": lambda kind: kind(second="c", first=1),
    "made": lambda kind: kind._make(iter([1, "c"])),
    "replaced": lambda kind: kind(1)._replace(second="c"),
    "map": lambda kind: list(kind(1)._asdict().items()),
    "copy": lambda kind: copy.copy(kind(1)),
    "pickle": lambda kind: pickle.loads(pickle.dumps(kind(1))),
    "order": lambda kind: kind(1) < kind(2),
    "matched": lambda kind: kind.__match_args__,
    "defaults": lambda kind: kind._field_defaults,
    "no place for others": lambda kind: hasattr(kind(1), "__dict__"),
    "none": lambda kind: kind(),
    "too many": lambda kind: kind(1, "c", 3),
    "unknown": lambda kind: kind(1, third=3),
    "twice": lambda kind: kind(1, first=1),
    "made of too few": lambda kind: kind._make([1]),
    "made of too many": lambda kind: kind._make([1, "c", 3]),
}


def outcome(call: typing.Callable[[typing.Any], object], kind: type) -> object:
    """Return the result of a call, or the type and message of its error, without the class name."""
    try:
        return call(kind)
    except TypeError as error:
        return str(error).replace(kind.__name__, "Pair")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_tuple_answers_as_that_of_typing_does(call: typing.Callable[[typing.Any], object]) -> None:
    expected = outcome(call, Pair)
    # The first call may be the one that has the constructor compiled; those after it are answered by that.
    assert [outcome(call, OurPair) for _time in range(2)] == [expected] * 2


def test_no_field_is_replaced_that_there_is_not() -> None:
    with pytest.raises((TypeError, ValueError), match=r"Got unexpected field names: \['third'\]"):
        OurPair(1)._replace(third=3)  # type: ignore[call-arg]


class Size(lazy_typing.IntEnum):
    """Named integers, two of them equal."""

    SMALL = 1
    LARGE = 3
    GREAT = 3
    MIDDLE = 2


def test_numbers_by_name_are_numbers_in_the_order_of_their_names() -> None:
    assert [*Size] == [1, 3, 2]
    assert [int(Size.GREAT), int(Size.LARGE)] == [3, 3]
    assert f"{Size.MIDDLE:d}" == str(int(Size.MIDDLE)) == "2"


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
