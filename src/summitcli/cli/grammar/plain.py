"""Plain command lines, read without Typer.

Importing Typer takes several times as long as answering does. So a command line that holds nothing but a
reading command, its known options with their values and its arguments is read here, from the same
declarations that Typer gets, and so is one that asks for help; everything else (mistakes, anything
unusual) is left to Typer, which then reads the whole line itself. A property test holds that both read alike.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summitcli.cli.grammar.commands import COMMANDS, GLANCE, Command, subcommands
from summitcli.cli.grammar.params import REQUIRED, Argument, Option, Parameter, parameters
from summitcli.cli.grammar.reading import COMMON, Reading, Values, common, help_on, reading
from summitcli.cli.options import SHOW_HELP

LONGEST_NUMBER = 9
"""In digits; what is longer is no number of anything here."""


class Seen(NamedTuple):
    """What a command line names, and asks for, whatever else is in it.

    ``command`` is the words that call the command, as far as there is one; ``help`` is whether help stands
    where an option may stand, which is neither where the value of one does nor after ``--``.
    """

    command: str
    help: bool
    lang: str | None
    color: str | None
    schedule: str | None


def read(words: Sequence[str]) -> Reading | None:
    """What the plain command line ``words`` asks for, or None where Typer is to read it."""
    if any(flag in words for flag in SHOW_HELP.flags) and (line := seen(words)).help:
        return help_on(line.command.split(), line.lang, line.color)
    found = _command(words)
    if found is None:
        return None
    command, rest = found
    typed = _options(rest, options_of(command))
    if typed is None:
        return None
    values, words_left = typed
    declared = parameters(command.load())
    arguments = _arguments(words_left, [one for one in declared if isinstance(one.spec, Argument)])
    if arguments is None:
        return None
    return reading(command, {**values, **arguments})


def seen(words: Sequence[str]) -> Seen:
    """What can be told of a command line that may be wrong."""
    name, lost, asked = "", False, False
    chosen: dict[str, str] = {}
    everywhere = by_flag(common())
    rest = iter(words)
    for word in rest:
        flag, equals, text = word.partition("=")
        if word == "--":
            break
        if word in SHOW_HELP.flags:
            asked = True
        elif word.startswith("-") and word != "-":
            option = everywhere.get(flag) or options_of(COMMANDS.get(name, GLANCE)).get(flag)
            if option and option.type is not bool:
                value = text if equals else next(rest, "")
                if option.bundle == COMMON:
                    chosen[option.name] = value
        elif (within := subcommands(name)) and not lost:
            lost = f"{name} {word}".lstrip() not in within
            name = name if lost else f"{name} {word}".lstrip()
    return Seen(name, asked and not lost, chosen.get("lang"), chosen.get("color"), chosen.get("schedule"))


def options_of(command: Command) -> dict[str, Parameter]:
    """The options that a command takes, by each of their flags."""
    return by_flag([*parameters(command.load()), *common()])


def by_flag(declared: Iterable[Parameter]) -> dict[str, Parameter]:
    """Those that are options, by each of their flags."""
    return {flag: one for one in declared if isinstance(one.spec, Option) for flag in one.spec.flags}


def _command(words: Sequence[str]) -> tuple[Command, Sequence[str]] | None:
    """The command that is called, and the other words; options of every command may stand before it."""
    before = _leading_options(words)
    after = words[before:]
    if not after or (after[0].startswith("-") and after[0] != "-"):
        return GLANCE, words
    for length in (2, 1):
        if command := COMMANDS.get(" ".join(after[:length])):
            return command, [*words[:before], *after[length:]]
    return None


def _leading_options(words: Sequence[str]) -> int:
    """How many words at the beginning are options of every command, and their values."""
    if not words or not words[0].startswith("-"):
        return 0
    everywhere = by_flag(common())
    number = 0
    while number < len(words) and (option := everywhere.get(words[number].partition("=")[0])):
        number += 1 if option.type is bool or "=" in words[number] else 2
    return min(number, len(words))


def _options(words: Sequence[str], options: dict[str, Parameter]) -> tuple[Values, list[str]] | None:
    """The values of the options among ``words``, and the words that are none; None if any is unknown."""
    values: Values = {}
    left: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            left.append(word)
            continue
        flag, equals, text = word.partition("=")
        option = options.get(flag)
        if option is None or (equals and not flag.startswith("--")):
            return None
        if option.type is bool:
            if equals:
                return None
            values[option.bundle, option.name] = True
            continue
        value = text if equals else next(rest, None)
        if value is None or (not equals and value.startswith("-") and value != "-"):
            return None
        if not _keep(values, option, value):
            return None
    return values, left


def _keep(values: Values, option: Parameter, value: str) -> bool:
    """Note the value of an option; whether it was one of the right type."""
    key = option.bundle, option.name
    if option.type == tuple[str, ...]:
        values[key] = (*values.get(key, ()), value)
    elif option.type == int | None:
        if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
            return False
        values[key] = int(value)
    else:
        values[key] = value
    return True


def _arguments(words: list[str], declared: list[Parameter]) -> Values | None:
    """The arguments that ``words`` are; None if they are too many or too few."""
    values: Values = {}
    rest = list(words)
    for argument in declared:
        key = argument.bundle, argument.name
        if argument.type == tuple[str, ...]:
            if not rest and argument.default is REQUIRED:
                return None
            if rest:
                values[key], rest = tuple(rest), []
        elif rest:
            values[key] = rest.pop(0)
        elif argument.default is REQUIRED:
            return None
    return None if rest else values
