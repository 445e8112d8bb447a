"""Callbacks for Typer, made from command functions and their annotations.

A bundle is a group of options that commands share, such as the filters. The function gets it as one
parameter, a :class:`~summitcli.cli.declare.Bundle`; Typer gets each of its options.
"""

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
from summitcli.cli.running import Invocation, run
from summitcli.errors import Status, UsageError
from summitcli.i18n import _

HELP = typer.Option("-h", "--help", help="Show this help and exit.")
VERSION = typer.Option("-V", "--version", help="Show the version and exit.")

_GROUP_OPTIONS = "summitcli.group_options"
"""The key of Typer's ``Context.meta`` under which a group, such as ``agenda``, stores its options."""

_order = count()


class Declared(NamedTuple):
    """An option or argument as a command function declares it."""

    name: str
    type: Any
    info: Any
    """The ``typer.Option`` or ``typer.Argument`` of the declaration."""
    default: Any
    completes: str
    bundle: str
    """The name of the bundle to which the option belongs, such as ``filters``; empty if it belongs to none.

    A bundle is a group of options that commands share. The command function gets the whole bundle as one
    parameter, which has this name.
    """


class DeclaredBundle(NamedTuple):
    """A bundle (a group of options that commands share), as a command function declares it.

    ``name`` is the function's parameter, ``type`` the bundle's class. ``rows`` is the name of the class of
    the rows that the command prints, such as ``rows:Listing``; empty if the command prints no rows.
    """

    name: str
    type: type[Bundle]
    rows: str


def bind(function: Callable[..., int], program: bool = False) -> Callable[..., None]:
    """Return a callback for Typer that calls a command function.

    The signature of the callback has all options and arguments of the function, including those in bundles
    (classes that group options), and then the global options. Options that are typed after a group are passed
    on to its subcommand, such as ``--name x`` in ``agenda --name x show``.

    Args:
        function: a command function. Its first parameter is the :class:`~summitcli.cli.call.Call`; each of
            the others is declared as for Typer, or is a bundle.
        program: whether this is the function that runs if no command is given; it also has ``--version``.
    """
    parameters = [*flattened(declared(function)), *fields(DeclaredBundle(COMMON, Common, ""))]

    def callback(context: typer.Context, **typed: Any) -> None:
        given = {
            (one.bundle, one.name): tuple(value) if isinstance(value := typed[one.name], list) else value
            for one in parameters
            if _is_given(context, one.name)
        }
        values = {**_group_options(context, parameters), **given}
        if context.invoked_subcommand is not None:
            flags = {made.name: made.opts[-1] for made in context.command.params}
            context.meta[_GROUP_OPTIONS] = {
                name: (flags[name], value) for (_bundle, name), value in values.items()
            }
            return
        # Typer's ``obj`` replaces what is done with the invocation: app.parse and tests collect it.
        handle = context.obj or run
        raise typer.Exit(handle(Invocation(command_path(context), values)))

    signature = [
        inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        *map(_signature_parameter, parameters),
        _eager_flag("help", HELP, _show_help),
        *([_eager_flag("version", VERSION, _show_version)] if program else []),
    ]
    callback.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in signature}
    callback.__doc__ = function.__doc__
    callback.command = function  # type: ignore[attr-defined]
    callback.order = next(_order)  # type: ignore[attr-defined]
    return callback


def declared(function: Callable[..., Any]) -> list[Declared | DeclaredBundle]:
    """Return the parameters of a command function in order, without the first one, the ``Call``.

    Raises:
        TypeError: a parameter has no Typer declaration, and its type is no bundle (a class of options).
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


def flattened(parameters: list[Declared | DeclaredBundle]) -> Iterator[Declared]:
    """Yield the options and arguments of a command, including those of its bundles."""
    for parameter in parameters:
        if isinstance(parameter, DeclaredBundle):
            yield from fields(parameter)
        else:
            yield parameter


def fields(bundle: DeclaredBundle) -> Iterator[Declared]:
    """Yield the options of a bundle: each field of its class is an option."""
    hints = _hints(bundle.type, vars(import_module(bundle.type.__module__)))
    for name in bundle.type._fields:
        yield _declared(name, hints[name], getattr(bundle.type, name), bundle.name)


def command_path(context: typer.Context) -> str:
    """Return the name of the command of ``context``, such as ``agenda add``."""
    return context.command_path.partition(" ")[2]


def _hints(annotated: Any, names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the annotations of a function or class, evaluated with ``names``, the globals of its module."""
    # An annotation imported as a string, such as AgendaName, is evaluated where it is used.
    return get_type_hints(annotated, {**vars(declare), "Annotated": Annotated, **names}, include_extras=True)


def _declared(name: str, hint: Any, default: Any, bundle: str) -> Declared:
    type_, extras = _parts(hint)
    infos = [extra for extra in extras if hasattr(extra, "param_decls")]
    if len(infos) != 1:
        raise TypeError(f"{name} is declared neither by a typer.Option or typer.Argument nor as a bundle")
    completes = next((extra.kind for extra in extras if isinstance(extra, Completes)), "")
    return Declared(name, type_, infos[0], default, completes, bundle)


def _parts(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type and the metadata of an annotation: ``Annotated[str, x]`` gives ``str, (x,)``."""
    if get_origin(hint) is Annotated:
        type_, *extras = get_args(hint)
        return type_, tuple(extras)
    return hint, ()


def _signature_parameter(declared: Declared) -> inspect.Parameter:
    """Return the option or argument in the form that Typer expects in a function's signature."""
    type_, default, info = declared.type, declared.default, declared.info
    if type_ == Repeated:
        # Typer takes lists, not tuples.
        type_ = list[str]
        default = default if default is inspect.Parameter.empty else list(default)
    elif type_ in (int, int | None) and info.parser is None:
        # Since 0.29, Typer accepts other text as an integer, such as 1.0.
        info = copy(info)
        info.parser = int
    return inspect.Parameter(
        declared.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[type_, info],
    )


def _eager_flag(name: str, option: Any, show: Callable[..., None]) -> inspect.Parameter:
    """Return the parameter for a flag that Typer handles before all others, by calling ``show``.

    Args:
        name: the name of the parameter.
        option: the ``typer.Option`` of the flag.
        show: the function to call, such as one that prints the version and exits.
    """
    option = copy(option)
    option.is_eager, option.callback = True, show
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, option]
    )


def _show_help(context: typer.Context, asked: bool) -> None:
    if asked:
        words = tuple(command_path(context).split())
        handle = context.obj or run
        raise typer.Exit(handle(Invocation("help", {("", "words"): words} if words else {})))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"summit {__version__}")
        raise typer.Exit(Status.DONE)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name not in ("DEFAULT", "DEFAULT_MAP")


def _group_options(context: typer.Context, parameters: list[Declared]) -> Values:
    """Return the options that were typed between a group and its subcommand: ``agenda --name x show``.

    The result maps each option to its value: ``{("", "name"): "x"}``. The first part of a key is the name of
    the bundle (a group of options) to which the option belongs in the subcommand. It is empty for an option
    outside bundles.

    Args:
        context: Typer's context of the subcommand.
        parameters: the subcommand's parameters.

    Raises:
        UsageError: the subcommand has no such option.
    """
    keys = {one.name: (one.bundle, one.name) for one in parameters}
    options: Values = {}
    for name, (flag, value) in context.meta.get(_GROUP_OPTIONS, {}).items():
        if name not in keys:
            sentence = _("`{command}` has no option {option}")
            raise UsageError(sentence.format(command=context.command_path, option=flag))
        options[keys[name]] = value
    return options
