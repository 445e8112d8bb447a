"""Names with which commands declare their options and arguments.

A command is a plain function whose annotations contain ``typer.Option`` and ``typer.Argument``. With
``from __future__ import annotations``, annotations are strings until they are evaluated. Only
:mod:`summitcli.cli.app` and the generator of the command table evaluate them, so that most command lines are
parsed without loading Typer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from typing import Self

    import typer as typer
else:

    class _OnDemand:
        """A stand-in for the module ``typer`` that imports it when one of its attributes is first used."""

        def __getattr__(self, name: str) -> Any:
            import typer

            return getattr(typer, name)

    typer = _OnDemand()

Command = TypeVar("Command", bound=Callable[..., Any])

Repeated = tuple[str, ...]
"""The type of an option or argument that may be given more than once."""


class Completes(NamedTuple):
    """An annotation of an option or argument: the kind of values that shell completion offers."""

    kind: str
    """The kind of values, such as ``room``; :mod:`summitcli.cli.grammar.values` has all kinds."""


class Rows(NamedTuple):
    """An annotation of output options: the class of the rows that the command prints.

    ``--fields`` accepts the fields of this class. The class is given by name, as some are slow to import.
    """

    place: str
    """The name of the class with its module in ``summitcli``, such as ``rows:Listing``."""


@dataclass_transform(frozen_default=True)
class Bundle:
    """A group of options that commands share, such as the filters, as an immutable value.

    A subclass declares a field with a default for each option. It works like a NamedTuple, but creating a
    NamedTuple class evaluates every annotation, which would take longer than parsing a plain command line.
    """

    _fields: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        given = {**dict(zip(self._fields, values, strict=False)), **named}
        if len(values) > len(self._fields) or not given.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields)}")
        # A field that is not given falls back to the class attribute, its default.
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
    """Return a decorator that adds examples to a command; its help shows them, and a test runs them.

    Args:
        lines: for each example, the command line, what it does, and the exit code if that is not 0:
            ``("summit now", "Sessions in progress.", 1)``.
    """

    def with_examples(function: Command) -> Command:
        function.examples = lines  # type: ignore[attr-defined]
        return function

    return with_examples


def changes(function: Command) -> Command:
    """Mark a command as one that changes files, so that it is not run again after an unexpected error."""
    function.changes = True  # type: ignore[attr-defined]
    return function


def in_conference_time(function: Command) -> Command:
    """Mark a command for organisers, which shows times in the conference's time zone, not the reader's."""
    function.in_conference_time = True  # type: ignore[attr-defined]
    return function


def needs_no_schedule(function: Command) -> Command:
    """Mark a command as one that works without a current schedule, such as ``use``, which sets it."""
    function.needs_no_schedule = True  # type: ignore[attr-defined]
    return function
