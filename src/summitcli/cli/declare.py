"""The means to declare what a command takes; Typer is imported when a declaration is first evaluated.

A command is a plain function whose annotations hold real ``typer.Option`` and ``typer.Argument``. With
``from __future__ import annotations`` they stay text until somebody asks for them, which only
:mod:`summitcli.cli.app` and the generator of the command table do: reading a command line needs neither them
nor Typer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from typing import Self

    import typer as typer
else:

    class _OnDemand:
        """A stand-in for the module Typer, which is imported when one of its names is first used."""

        def __getattr__(self, name: str) -> Any:
            import typer

            return getattr(typer, name)

    typer = _OnDemand()

Command = TypeVar("Command", bound=Callable[..., Any])

Repeated = tuple[str, ...]
"""The type of an option or argument that may be given more than once."""


class Completes(NamedTuple):
    """What the TAB key offers for a parameter, written beside its ``typer.Option`` or ``typer.Argument``."""

    kind: str
    """A kind that :mod:`summitcli.cli.grammar.values` knows."""


class Rows(NamedTuple):
    """The class of the rows that a command answers with, whose fields ``--fields`` takes.

    It is named and not imported, as some are costly to import.
    """

    place: str
    """Module below ``summitcli``, colon, name of the class."""


@dataclass_transform(frozen_default=True)
class Bundle:
    """Options that commands share: a value with a field for each, which all have defaults.

    It is used like a NamedTuple. It is none because making the class of one evaluates and checks every
    annotation, which would cost a plain command line more than reading it does.
    """

    _fields: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**dict(zip(self._fields, values, strict=False)), **named}
        if len(values) > len(self._fields) or not given.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields)}")
        # A field that is not given is the class's own attribute: the default.
        self.__dict__.update(given)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} can't be changed; see _replace")

    def __iter__(self) -> Iterator[Any]:
        return (getattr(self, name) for name in self._fields)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"
        )

    def _replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})


def examples(*lines: tuple[str, str] | tuple[str, str, int]) -> Callable[[Command], Command]:
    """Give a command its examples, which its help shows and a test runs.

    Args:
        lines: for each a command line, what it does, and the exit status where that is the point of it.
    """

    def with_examples(function: Command) -> Command:
        function.examples = lines  # type: ignore[attr-defined]
        return function

    return with_examples


def changes(function: Command) -> Command:
    """Mark a command that changes what is kept, so that it is not simply run once more after a fault."""
    function.changes = True  # type: ignore[attr-defined]
    return function


def needs_no_schedule(function: Command) -> Command:
    """Mark a command that works without a schedule in use, such as one that chooses another."""
    function.needs_no_schedule = True  # type: ignore[attr-defined]
    return function
