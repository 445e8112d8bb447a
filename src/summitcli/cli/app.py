"""The Typer application: mistakes, and every command line that is not plain.

It is made from the same declarations that :mod:`summitcli.cli.grammar.plain` reads, and like that module it
only reads: the command runs afterwards.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from summitcli import __version__
from summitcli.cli.grammar.commands import COMMANDS, GLANCE, Command, subcommands
from summitcli.cli.grammar.params import REQUIRED, Argument, Option, Parameter, parameters
from summitcli.cli.grammar.plain import Seen, options_of, seen
from summitcli.cli.grammar.reading import Reading, Values, common, help_on, reading
from summitcli.cli.grammar.suggestions import option_instead, place_instead, unknown_command
from summitcli.cli.options import SHOW_HELP, SHOW_VERSION
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import LANGUAGES, _, speak
from summitcli.sources.addresses import shown

# What Typer raises for a command line it can't read; it exports only this one's subclass.
_NOT_READ: type[Exception] = typer.BadParameter.__base__  # type: ignore[assignment]

_INTERRUPTED = 130
"""What Typer returns instead of raising KeyboardInterrupt."""


class _Unreadable(typer.BadParameter):
    """What can't be read, in a sentence of ours."""


class _TooMuch(_Unreadable):
    """Words that a command does not take.

    Args:
        words: what is too much.
        before: the argument before them, where there is one.
    """

    def __init__(self, words: Sequence[str], before: str) -> None:
        self.words = words
        self.before = before
        named = _(", ").join(_('"{name}"').format(name=shown(word)) for word in words)
        super().__init__(_("too much: {words}").format(words=named))


class _NoCommand(Exception):
    """A group has no command of this name.

    Args:
        name: what was typed.
        group: the words that call the group.
    """

    def __init__(self, name: str, group: str) -> None:
        self.name = name
        self.group = group


class _HelpAsked(Exception):
    """Help is asked for where only Typer sees it: among short options written together.

    Args:
        words: what calls the command that it is asked of.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words


class _Group(typer.core.TyperGroup):
    """A group that leaves it to us to say that there is no command of the name given."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with, as Typer has it.

        Raises:
            _NoCommand: there is none.
        """
        if self.get_command(ctx, args[0]) is None:
            raise _NoCommand(args[0], _called(ctx))
        return super().resolve_command(ctx, args)


def read(words: Sequence[str]) -> Reading | None:
    """What ``words`` ask for, or None where Typer has answered itself, as with the version.

    Raises:
        UsageError: the words can't be understood.
    """
    readings: list[Reading] = []
    application = typer.main.get_command(_application(readings.append))
    line = seen(words)
    if line.lang in LANGUAGES:
        # What is wrong is said in the language that was asked for.
        speak(line.lang)
    try:
        if application.main(args=list(words), prog_name="summit", standalone_mode=False) == _INTERRUPTED:
            raise KeyboardInterrupt
    except _HelpAsked as asked:
        return help_on(asked.words, line.lang, line.color)
    except _NoCommand as missing:
        raise unknown_command(missing.name, missing.group, line.schedule) from None
    except _NOT_READ as error:
        raise _usage_error(error, line) from None
    return readings[0] if readings else None


def _usage_error(error: Any, line: Seen) -> UsageError:
    """Typer's error as one line of ours; in its own words where it is none that is known."""
    command = line.command
    meant: list[str] = []
    if isinstance(error, _Unreadable):
        sentence = error.message
        if isinstance(error, _TooMuch):
            meant = place_instead(command, error.words, error.before, line.schedule)
    elif hasattr(error, "possibilities"):
        sentence = _("no option {name}").format(name=error.option_name)
        meant = option_instead(command, error.option_name)
    elif hasattr(error, "option_name"):
        option = options_of(COMMANDS.get(command, GLANCE)).get(error.option_name)
        sentence = _("{option} takes no value").format(option=error.option_name)
        if option and option.type is not bool and isinstance(option.spec, Option):
            sentence = _("{option} needs a value: {metavar}")
            sentence = sentence.format(option=error.option_name, metavar=option.spec.metavar)
    elif hasattr(error, "param_type") and error.param is not None:
        sentence = _("{name} is missing").format(name=error.param.make_metavar(error.ctx))
    else:
        sentence = " ".join(error.format_message().split()).rstrip(".?")
        sentence = sentence[:1].lower() + sentence[1:]
    if meant:
        return UnknownValue(sentence, meant)
    called = f"summit {command}".rstrip()
    return UsageError(
        _("{sentence}; `{command} --help` shows what there is").format(sentence=sentence, command=called)
    )


def _called(context: typer.Context) -> str:
    """The words that call the command of ``context``."""
    return context.command_path.partition(" ")[2]


def _application(note: Callable[[Reading], None]) -> typer.Typer:
    app = typer.Typer(
        cls=_Group,
        add_completion=False,
        pretty_exceptions_enable=False,
        # Help is an option of ours.
        context_settings={"help_option_names": []},
    )
    groups = {"": app}
    own = {"": GLANCE, **{words: command for words, command in COMMANDS.items() if subcommands(words)}}
    for words, command in own.items():
        if words:
            groups[words] = typer.Typer(cls=_Group)
            app.add_typer(groups[words], name=words)
        groups[words].callback(invoke_without_command=True)(_reader(command, note, not words))
    for words, command in COMMANDS.items():
        group, _space, name = words.rpartition(" ")
        if words not in own:
            decorate = groups[group].command(name, context_settings={"allow_extra_args": True})
            decorate(_reader(command, note))
    return app


def _reader(
    command: Command, note: Callable[[Reading], None], with_version: bool = False
) -> Callable[..., None]:
    """A callback whose signature tells Typer what ``command`` takes, and which notes what was read."""
    declared = [*parameters(command.load()), *common()]

    def callback(context: typer.Context, **typed: Any) -> None:
        if context.args and context.invoked_subcommand is None:
            before = [typed[one.name] for one in declared if isinstance(one.spec, Argument)]
            raise _TooMuch(context.args, before[-1] if before and isinstance(before[-1], str) else "")
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
    signature.append(_help_option())
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
        information = typer.Argument(metavar=spec.metavar)
    else:
        parser = _number(spec.flags[-1]) if one.type == int | None else None
        information = typer.Option(*spec.flags, metavar=spec.metavar or None, parser=parser)
    default = inspect.Parameter.empty if one.default is REQUIRED else [] if repeated else one.default
    return inspect.Parameter(
        one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[type_, information]
    )


def _number(flag: str) -> Callable[[str], int]:
    """What reads the value of an option that takes a whole number."""

    def number(text: str) -> int:
        try:
            return int(text)
        except ValueError:
            sentence = _('{option} takes a whole number, not "{text}"')
            raise _Unreadable(sentence.format(option=flag, text=text)) from None

    return number


def _version_option() -> inspect.Parameter:
    def show(asked: bool) -> None:
        if asked:
            typer.echo(f"summit {__version__}")
            raise typer.Exit(Status.DONE)

    return _answered("version", SHOW_VERSION, show)


def _help_option() -> inspect.Parameter:
    def show(context: typer.Context, asked: bool) -> None:
        if asked:
            raise _HelpAsked(_called(context).split())

    return _answered("help_asked", SHOW_HELP, show)


def _answered(name: str, spec: Option, show: Callable[..., None]) -> inspect.Parameter:
    """An option that is answered before the rest of the line is read."""
    option = typer.Option(*spec.flags, callback=show, is_eager=True)
    annotation = Annotated[bool, option]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
