"""What makes a command function one that Typer can call."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from importlib import import_module
from itertools import count
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import typer

from summitcli import __version__
from summitcli.cli import declare
from summitcli.cli.declare import Bundle, Completes, Repeated, Rows
from summitcli.cli.grammar.commands import COMMON
from summitcli.cli.grammar.scanner import Values
from summitcli.cli.options import Common
from summitcli.cli.running import Reading, run
from summitcli.errors import Status, UsageError
from summitcli.i18n import _

HELP = typer.Option("-h", "--help", help="Show this page.")
VERSION = typer.Option("-V", "--version", help="Show the version and exit.")

_HANDED = "summitcli.handed"
"""The key of a context's ``meta`` under which a group leaves what was given to it."""

_order = count()


class Declared(NamedTuple):
    """An option or argument as a command declares it."""

    name: str
    type: Any
    information: Any
    """A ``typer.Option`` or ``typer.Argument``."""
    default: Any
    completes: str
    bundle: str
    """The command's parameter that gathers it, or empty."""


class DeclaredBundle(NamedTuple):
    """A bundle as a command declares it: the parameter's name, its class, what its rows are or empty."""

    name: str
    type: type[Bundle]
    rows: str


def bind(function: Callable[..., int], program: bool = False) -> Callable[..., None]:
    """Return a callback for Typer that calls a command function.

    Its signature has every option and argument that the function takes, those of bundles one by one, then
    those of every command. What a group is given before a subcommand means what it means after that.

    Args:
        function: a command; its first parameter is the call, the others are declared as Typer's are, or are
            bundles.
        program: whether it is what the program does without a command, which also tells its version.
    """
    every = [*one_by_one(declared(function)), *fields(DeclaredBundle(COMMON, Common, ""))]

    def callback(context: typer.Context, **typed: Any) -> None:
        given = {
            (one.bundle, one.name): tuple(value) if isinstance(value := typed[one.name], list) else value
            for one in every
            if _is_given(context, one.name)
        }
        values = {**_handed_down(context, every), **given}
        if context.invoked_subcommand is not None:
            flags = {made.name: made.opts[-1] for made in context.command.params}
            context.meta[_HANDED] = {name: (flags[name], value) for (_of, name), value in values.items()}
            return
        # What becomes of it can be told otherwise, as by a test that compares what is read.
        answer = context.obj or run
        raise typer.Exit(answer(Reading(called(context), values)))

    signature = [
        inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *map(_in_signature, every),
        _answered("help", HELP, _show_help),
        *([_answered("version", VERSION, _show_version)] if program else []),
    ]
    callback.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in signature}
    callback.__doc__ = function.__doc__
    callback.command = function  # type: ignore[attr-defined]
    callback.order = next(_order)  # type: ignore[attr-defined]
    return callback


def declared(function: Callable[..., Any]) -> list[Declared | DeclaredBundle]:
    """Return what a command function takes beside the call, in order.

    Raises:
        TypeError: a parameter is declared neither as Typer's are nor as a bundle.
    """
    hints = _hints(function, function.__globals__)
    found: list[Declared | DeclaredBundle] = []
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        type_, extras = _parts(hints[name])
        if inspect.isclass(type_) and issubclass(type_, Bundle):
            rows = next((extra.place for extra in extras if isinstance(extra, Rows)), "")
            found.append(DeclaredBundle(name, type_, rows))
        else:
            found.append(_declared(name, hints[name], parameter.default, ""))
    return found


def one_by_one(taken: list[Declared | DeclaredBundle]) -> Iterator[Declared]:
    """Return the options and arguments of a command, those of its bundles among them."""
    for one in taken:
        if isinstance(one, DeclaredBundle):
            yield from fields(one)
        else:
            yield one


def fields(bundle: DeclaredBundle) -> Iterator[Declared]:
    """Return the options of a bundle."""
    hints = _hints(bundle.type, vars(import_module(bundle.type.__module__)))
    for name in bundle.type._fields:
        yield _declared(name, hints[name], getattr(bundle.type, name), bundle.name)


def called(context: typer.Context) -> str:
    """Return the words that call the command of ``context``."""
    return context.command_path.partition(" ")[2]


def _hints(of: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the annotations of a function or class, evaluated with what its module knows."""
    # An annotation that is imported as text, as AgendaName is, is evaluated where it is used.
    return get_type_hints(of, {**vars(declare), "Annotated": Annotated, **names}, include_extras=True)


def _declared(name: str, hint: Any, default: Any, bundle: str) -> Declared:
    type_, extras = _parts(hint)
    information = [extra for extra in extras if hasattr(extra, "param_decls")]
    if len(information) != 1:
        raise TypeError(f"{name} is declared neither by a typer.Option or typer.Argument nor as a bundle")
    completes = next((extra.kind for extra in extras if isinstance(extra, Completes)), "")
    return Declared(name, type_, information[0], default, completes, bundle)


def _parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type of an annotation, and what else it says."""
    if get_origin(hint) is Annotated:
        type_, *extras = get_args(hint)
        return type_, tuple(extras)
    return hint, ()


def _in_signature(one: Declared) -> inspect.Parameter:
    """Return a parameter as Typer wants it in a signature."""
    type_, default, information = one.type, one.default, one.information
    if type_ == Repeated:
        # Typer knows lists.
        type_ = list[str]
        default = default if default is inspect.Parameter.empty else list(default)
    elif type_ in (int, int | None) and information.parser is None:
        # From 0.29 on Typer would take more for a whole number, such as 1.0, than before.
        information = copy(information)
        information.parser = int
    return inspect.Parameter(
        one.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[type_, information],
    )


def _answered(name: str, option: Any, show: Callable[..., None]) -> inspect.Parameter:
    """Return an option that is answered before the rest of the line is read."""
    option = copy(option)
    option.is_eager, option.callback = True, show
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, option]
    )


def _show_help(context: typer.Context, asked: bool) -> None:
    if asked:
        words = tuple(called(context).split())
        answer = context.obj or run
        raise typer.Exit(answer(Reading("help", {("", "words"): words} if words else {})))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"summit {__version__}")
        raise typer.Exit(Status.DONE)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name not in ("DEFAULT", "DEFAULT_MAP")


def _handed_down(context: typer.Context, every: list[Declared]) -> Values:
    """Return the options given before a subcommand, by the keys that they have in it.

    Raises:
        UsageError: the subcommand has no such option.
    """
    known = {one.name: (one.bundle, one.name) for one in every}
    handed: Values = {}
    for name, (flag, value) in context.meta.get(_HANDED, {}).items():
        if name not in known:
            sentence = _("`{command}` takes no option {option}")
            raise UsageError(sentence.format(command=context.command_path, option=flag))
        handed[known[name]] = value
    return handed
