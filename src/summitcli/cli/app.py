"""The Typer application: help, completion, mistakes, and every command line that is not plain.

It is made from the same declarations that :mod:`summitcli.cli.plain` reads, and like that module it only
reads: the command runs afterwards.
"""

import inspect
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from summitcli import __version__
from summitcli.cli.commands import COMMANDS, GLANCE, Command
from summitcli.cli.options import Common
from summitcli.cli.params import REQUIRED, Argument, Option, Parameter, parameters
from summitcli.cli.reading import COMMON, Reading, Values, common, reading
from summitcli.errors import Status, SummitError, UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.suggest import nearest

# What Typer raises for a command line it can't read; it exports only this one's subclass.
_NOT_READ: type[Exception] = typer.BadParameter.__base__  # type: ignore[assignment]

_NO_COMMAND = re.compile(r"No such command '(.*)'\.", re.DOTALL)

_PANELS = {"filters": "Filters", "output": "Output", COMMON: "Options of every command"}


def read(words: Sequence[str]) -> Reading | None:
    """What ``words`` ask for, or None where Typer has answered itself, as with help.

    Raises:
        UsageError: the words can't be understood.
    """
    readings: list[Reading] = []
    application = typer.main.get_command(_application(readings.append))
    try:
        application.main(args=list(words), prog_name="summit", standalone_mode=False)
    except _NOT_READ as error:
        raise _usage_error(error) from None
    return readings[0] if readings else None


def _usage_error(error: Any) -> UsageError:
    """Typer's error as one line of ours; in its own words where it is a rare one."""
    path = error.ctx.command_path if error.ctx else "summit"
    if unknown := _NO_COMMAND.match(error.message):
        group = path.partition(" ")[2]
        known = [words.removeprefix(group).strip() for words in COMMANDS if words.startswith(group)]
        known = [name for name in known if name and " " not in name]
        sentence = _('no command "{name}"').format(name=unknown[1])
        return UnknownValue(sentence, nearest(unknown[1], known), known)
    if hasattr(error, "possibilities"):
        sentence = _("no option {name}").format(name=error.option_name)
        if error.possibilities:
            return UnknownValue(sentence, error.possibilities)
    elif hasattr(error, "param_type") and error.param is not None:
        sentence = _("{name} is missing").format(name=error.param.make_metavar(error.ctx))
    else:
        sentence = " ".join(error.format_message().split()).rstrip(".?")
        sentence = sentence[:1].lower() + sentence[1:]
    return UsageError(
        _("{sentence}; `{command} --help` shows what there is").format(sentence=sentence, command=path)
    )


def _application(note: Callable[[Reading], None]) -> typer.Typer:
    app = typer.Typer(
        help=_("A conference schedule for the terminal."),
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    groups = {"": app}
    own = {"": GLANCE, **{words: command for words, command in COMMANDS.items() if _has_subcommands(words)}}
    for words, command in own.items():
        if words:
            groups[words] = typer.Typer()
            app.add_typer(groups[words], name=words, rich_help_panel=_(command.panel))
        groups[words].callback(invoke_without_command=True, help=_help(command))(
            _reader(command, note, bool(not words))
        )
    for words, command in COMMANDS.items():
        group, _space, name = words.rpartition(" ")
        if words not in own:
            decorate = groups[group].command(name, help=_help(command), rich_help_panel=_(command.panel))
            decorate(_reader(command, note))
    return app


def _has_subcommands(words: str) -> bool:
    return any(other.startswith(f"{words} ") for other in COMMANDS)


def _help(command: Command) -> str:
    return _(inspect.getdoc(command.load()) or "")


def _reader(
    command: Command, note: Callable[[Reading], None], with_version: bool = False
) -> Callable[..., None]:
    """A callback whose signature tells Typer what ``command`` takes, and which notes what was read."""
    declared = [*parameters(command.load()), *common()]

    def callback(context: typer.Context, **typed: Any) -> None:
        values = {
            (one.bundle, one.name): tuple(value) if isinstance(value, list) else value
            for one in declared
            if (value := typed[one.name]) not in (one.default, [])
        }
        values = {**_handed_down(context, declared), **values}
        if context.invoked_subcommand is not None:
            context.obj = values
            return
        note(reading(command, values))

    signature = [inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    signature += [_typer_parameter(one) for one in declared]
    if with_version:
        signature.append(_version_option())
    callback.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]
    callback.__annotations__ = {one.name: one.annotation for one in signature}
    return callback


def _handed_down(context: typer.Context, declared: list[Parameter]) -> Values:
    """The options given before a subcommand, which mean what they mean after it.

    Raises:
        UsageError: the subcommand has no such option.
    """
    known = {one.name: (one.bundle, one.name) for one in declared if isinstance(one.spec, Option)}
    handed: Values = {}
    for (_bundle, name), value in (context.obj or {}).items():
        if name not in known:
            sentence = _("`{command}` takes no option --{name}")
            raise UsageError(sentence.format(command=context.command_path, name=name.replace("_", "-")))
        handed[known[name]] = value
    return handed


def _typer_parameter(one: Parameter) -> inspect.Parameter:
    """A declared parameter as Typer wants it in a signature."""
    repeated = one.type == tuple[str, ...]
    type_ = list[str] if repeated else one.type
    spec = one.spec
    information: Any
    if isinstance(spec, Argument):
        information = typer.Argument(
            metavar=spec.metavar,
            help=_(spec.help),
            show_default=False,
            autocompletion=_completer(spec.complete),
        )
    else:
        information = typer.Option(
            *spec.flags,
            metavar=spec.metavar or None,
            help=_(spec.help),
            show_default=False,
            autocompletion=_completer(spec.complete),
            rich_help_panel=_(_PANELS[one.bundle]) if one.bundle in _PANELS else None,
        )
    default = inspect.Parameter.empty if one.default is REQUIRED else [] if repeated else one.default
    return inspect.Parameter(
        one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[type_, information]
    )


class _Chosen(str):
    """A value that is offered whatever has been typed: Typer drops those that do not begin with it."""

    __slots__ = ()

    def startswith(self, *_typed: Any) -> bool:
        """Always, as words of a session's name may have been typed."""
        return True


def _completer(kind: str) -> Callable[..., Any] | None:
    """What Typer asks when a shell wants to know what may come; silent where the schedule can't be read."""
    if not kind:
        return None

    def complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from summitcli.cli.call import Call
        from summitcli.cli.complete import offers

        try:
            call = Call(Common(schedule=_given(context, "schedule"), lang=_given(context, "lang")))
            return [(_Chosen(offer.value), offer.help) for offer in offers(call, kind, incomplete)]
        except SummitError:
            return []

    return complete


def _given(context: Any, name: str) -> str | None:
    """An option as it was given to the command, or before it."""
    while context is not None:
        if value := context.params.get(name):
            return str(value)
        context = context.parent
    return None


def _version_option() -> inspect.Parameter:
    def show(asked: bool) -> None:
        if asked:
            typer.echo(f"summit {__version__}")
            raise typer.Exit(Status.DONE)

    option = typer.Option(
        "--version", "-V", callback=show, is_eager=True, help=_("Show the version and exit.")
    )
    return inspect.Parameter(
        "version", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, option]
    )
