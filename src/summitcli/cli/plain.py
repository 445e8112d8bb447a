"""Plain command lines, read without Typer.

Importing Typer takes several times as long as answering does. So a command line that holds nothing but a
reading command, its known options with their values and its arguments is read here, from the same
declarations that Typer gets; everything else (help, mistakes, completion, anything unusual) is left to
Typer, which then reads the whole line itself. A property test holds that both read alike.
"""

from collections.abc import Sequence

from summitcli.cli.commands import COMMANDS, GLANCE, Command
from summitcli.cli.params import REQUIRED, Argument, Option, Parameter, parameters
from summitcli.cli.reading import Reading, Values, common, reading

LONGEST_NUMBER = 9
"""In digits; what is longer is no number of anything here."""


def read(words: Sequence[str]) -> Reading | None:
    """What the plain command line ``words`` asks for, or None where Typer is to read it."""
    found = _command(words)
    if found is None:
        return None
    command, rest = found
    declared = list(parameters(command.load()))
    options = {
        flag: one for one in (*declared, *common()) if isinstance(one.spec, Option) for flag in one.spec.flags
    }
    typed = _options(rest, options)
    if typed is None:
        return None
    values, words_left = typed
    arguments = _arguments(words_left, [one for one in declared if isinstance(one.spec, Argument)])
    if arguments is None:
        return None
    return reading(command, {**values, **arguments})


def _command(words: Sequence[str]) -> tuple[Command, Sequence[str]] | None:
    if not words or (words[0].startswith("-") and words[0] != "-"):
        return GLANCE, words
    for length in (2, 1):
        if command := COMMANDS.get(" ".join(words[:length])):
            return command, words[length:]
    return None


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
