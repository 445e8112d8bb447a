"""Write the table of commands, which the program parses command lines with, from the Typer application.

    python scripts/commands.py

A test compares the file with the output of this script.
"""

import re
from collections.abc import Callable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import typer

from summitcli.cli.app import app
from summitcli.cli.binding import Declared, DeclaredBundle, declared, fields
from summitcli.cli.declare import Repeated
from summitcli.cli.grammar.commands import COMMON, COMMON_BUNDLE, FLAG, NUMBER, TEXT, TYPER_ONLY
from summitcli.cli.options import Common

TABLE = Path(__file__).resolve().parents[1] / "src" / "summitcli" / "cli" / "grammar" / "table.py"

SENTENCE = re.compile(r"(?s)(.+?[.?!])(?:\s|$)")
"""The first sentence of a docstring."""

KINDS: dict[Any, str] = {
    bool: FLAG,
    str: TEXT,
    str | None: TEXT,
    Repeated: TEXT,
    int: NUMBER,
    int | None: NUMBER,
}
"""The scanner's kind for each type."""

UNUSUAL = ("callback", "parser", "envvar", "prompt", "count", "min", "max", "click_type", "default_factory")
"""Settings of Typer declarations that the scanner does not support, all empty by default."""

Fields = tuple[Any, ...]

HEAD = '''"""Every command with its parameters.

`make docs` writes this file from the Typer application in summitcli.cli.app: don't edit it.
"""

# fmt: off
from __future__ import annotations

from summitcli.lazy_typing import Any
'''

TEXTS = {
    "BUNDLES": "The bundles (groups of options), by class name, with the fields of each Parameter.",
    "HELP": "The option ``--help``, as the fields of a Parameter.",
    "VERSION": "The option ``--version``, as the fields of a Parameter.",
    "COMMANDS": "The fields of each Command, by the words that invoke it; the first is the program itself.",
}


def table() -> str:
    """Return the text of the table."""
    return HEAD + "".join(
        f'\n{name}: {_type(value)} = {"".join(_lines(value, 0))}\n"""{TEXTS[name]}"""\n'
        for name, value in compiled(app).items()
    )


def compiled(application: typer.Typer) -> dict[str, Any]:
    """Return the constants of the table, by name."""
    root: Any = typer.main.get_command(application)
    commands: dict[str, Fields] = {}
    bundles = {COMMON_BUNDLE: _bundle(DeclaredBundle(COMMON, Common, ""), root)}
    for words, command in sorted(tree(root), key=lambda pair: int(pair[1].callback.order)):
        function = command.callback.command
        taken: list[Fields] = []
        for one in declared(function):
            if isinstance(one, DeclaredBundle):
                bundles[one.type.__name__] = _bundle(one, command)
                taken.append((one.name, one.type.__name__, one.rows))
            else:
                taken.append(_parameter(one, command))
        module = function.__module__.removeprefix("summitcli.cli.")
        panel = command.rich_help_panel or ""
        commands[words] = (module, function.__name__, panel, summary(function), tuple(taken))
    return {
        "BUNDLES": bundles,
        "HELP": _answered("help", root),
        "VERSION": _answered("version", root),
        "COMMANDS": commands,
    }


def tree(command: Any, words: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command in Typer's tree with the words that invoke it."""
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from tree(below, f"{words} {name}".lstrip())


def summary(function: Callable[..., Any]) -> str:
    """Return the first sentence of a command's docstring.

    Raises:
        ValueError: there is none.
    """
    found = SENTENCE.match(cleandoc(function.__doc__ or ""))
    if found is None:
        raise ValueError(f"the docstring of {function.__qualname__} does not begin with a sentence")
    return " ".join(found[1].split())


def _bundle(one: DeclaredBundle, command: Any) -> tuple[Fields, ...]:
    return tuple(_parameter(field, command) for field in fields(one))


def _parameter(one: Declared, command: Any) -> Fields:
    """Return the fields of a parameter as declared in Typer's ``command``, without its bundle."""
    made = _named(one.name, command)
    is_option = made.param_type_name == "option"
    repeated = bool(made.multiple if is_option else made.nargs == -1)
    default = str(one.default) if type(one.default) in (str, int) else ""
    flags = tuple(made.opts) if is_option else ()
    metavar = made.metavar or ""
    return (
        made.name, _kind(one, made), flags, repeated, bool(made.required), metavar, made.help or "",
        one.completes, default,
    )  # fmt: skip


def _kind(one: Declared, made: Any) -> str:
    asked = [getattr(one.info, name, None) for name in UNUSUAL]
    return TYPER_ONLY if any(asked) or made.secondary_opts else KINDS.get(one.type, TYPER_ONLY)


def _answered(name: str, command: Any) -> Fields:
    """Return the fields of a flag that is handled before the command line is parsed."""
    made = _named(name, command)
    return name, FLAG, tuple(made.opts), False, False, "", made.help, "", ""


def _named(name: str, command: Any) -> Any:
    return next(made for made in command.params if made.name == name)


def _type(value: Any) -> str:
    if not isinstance(value, dict):
        return "tuple[Any, ...]"
    of = next(iter(value.values()))
    return f"dict[str, {'tuple[tuple[Any, ...], ...]' if isinstance(of[0], tuple) else 'tuple[Any, ...]'}]"


def _lines(value: Any, depth: int) -> Iterator[str]:
    """Yield the source of a value: parameters and bundles on one line, others with one line for each part."""
    if not isinstance(value, dict) and not _is_table(value):
        yield _literal(value)
        return
    keys = value if isinstance(value, dict) else [None] * len(value)
    begin, end = "{}" if isinstance(value, dict) else "()"
    yield f"{begin}\n"
    for key, part in zip(keys, value.values() if isinstance(value, dict) else value, strict=True):
        yield "    " * (depth + 1) + (f"{_literal(key)}: " if key is not None else "")
        yield from _lines(part, depth + 1)
        yield ",\n"
    yield "    " * depth + end


def _is_table(value: Any) -> bool:
    """Return whether a tuple holds parameters, or is a command with parameters."""
    return isinstance(value, tuple) and bool(value) and isinstance(value[-1], tuple) and value[-1] != ()


def _literal(value: Any) -> str:
    """Return the source of a value on one line, with strings in double quotes."""
    if isinstance(value, tuple):
        inner = ", ".join(map(_literal, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return repr(value)


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
