"""How a command declares what it takes, once, for both readers of the command line.

A command is a plain function. Its parameters are annotated with :class:`Argument` or :class:`Option`, or
are bundles: NamedTuples of such fields, shared by many commands. :mod:`~summitcli.cli.app` turns the
declarations into a Typer application, :mod:`~summitcli.cli.grammar.plain` reads plain command lines with them
without importing Typer. Neither knows more about a command than is said here.
"""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, NamedTuple


class Argument(NamedTuple):
    """A positional parameter."""

    metavar: str
    help: str
    complete: str = ""
    """What the TAB key offers: a kind that :mod:`summitcli.cli.grammar.values` knows."""


class Option(NamedTuple):
    """A parameter with a name."""

    flags: tuple[str, ...]
    help: str
    metavar: str = ""
    complete: str = ""


class Parameter(NamedTuple):
    """One declared parameter of a command.

    ``type`` is ``str``, ``int``, ``bool``, one of the first two or None, or ``tuple[str, ...]`` for what may
    be repeated. ``bundle`` is the name of the command's parameter that gathers it, or empty.
    """

    name: str
    type: Any
    spec: Argument | Option
    default: Any
    bundle: str


class _Required:
    """The default of a parameter that has none."""


REQUIRED = _Required()


def parameters(function: Callable[..., Any]) -> Iterator[Parameter]:
    """Everything that the command ``function`` takes from the command line, in order."""
    defaults = _defaults(function)
    for name, annotation in function.__annotations__.items():
        if name == "return" or name == "call":
            continue
        if hasattr(annotation, "_fields"):
            for field, declared in annotation.__annotations__.items():
                yield _parameter(field, declared, annotation._field_defaults[field], name)
        else:
            yield _parameter(name, annotation, defaults.get(name, REQUIRED), "")


def bundles(function: Callable[..., Any]) -> dict[str, Any]:
    """The bundles that ``function`` takes: parameter name to NamedTuple class."""
    return {
        name: annotation
        for name, annotation in function.__annotations__.items()
        if hasattr(annotation, "_fields") and name not in ("return", "call")
    }


def call_with(function: Callable[..., Any], call: Any, values: dict[tuple[str, str], Any]) -> Any:
    """Call ``function`` with ``call`` and the values read, by bundle and name; defaults fill the rest."""
    arguments = {name: value for (bundle, name), value in values.items() if not bundle}
    for name, bundle in bundles(function).items():
        arguments[name] = bundle(**{field: value for (of, field), value in values.items() if of == name})
    return function(call, **arguments)


def _parameter(name: str, annotation: Any, default: Any, bundle: str) -> Parameter:
    (spec,) = annotation.__metadata__
    return Parameter(name, annotation.__origin__, spec, default, bundle)


def _defaults(function: Callable[..., Any]) -> dict[str, Any]:
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    values = function.__defaults__ or ()
    return dict(zip(names[len(names) - len(values) :], values, strict=True))


Repeated = tuple[str, ...]

__all__ = [
    "REQUIRED",
    "Annotated",
    "Argument",
    "Option",
    "Parameter",
    "Repeated",
    "bundles",
    "call_with",
    "parameters",
]
