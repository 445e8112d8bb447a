"""The command that shows how to use the others, which ``-h`` and ``--help`` ask for as well."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from summitcli.cli.declare import Completes, Repeated, examples, typer
from summitcli.cli.grammar.commands import COMMANDS
from summitcli.cli.grammar.manual import Entry, Page, Section, front, page, unknown
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import chosen_language, is_terminal, locale_language, wants_color
from summitcli.errors import Status
from summitcli.i18n import _, set_language
from summitcli.lazy_typing import Annotated
from summitcli.text.width import width, wrapped

NARROWEST, WIDEST, USUAL = 60, 100, 80
"""In columns; the usual width is that of a pipe."""

INDENT = 2
GAP = 2
SHORT = len("-x, ")
"""What stands before a long option, so that they begin below each other."""


@examples(
    ("summit help agenda add", "The same as summit agenda add --help."),
    ("summit help --lang zh", "In Chinese."),
)
def help_(
    call: Common,
    words: Annotated[
        Repeated,
        typer.Argument(metavar="[COMMAND…]", help="Command to explain (default: list all commands)."),
        Completes("command"),
    ] = (),
) -> Status:
    """Show help for summit or one of its commands."""
    # It asks no schedule, so it gets no call, which would take longer to load than this to answer.
    set_language(chosen_language(call.lang, os.environ) or locale_language(os.environ) or "en")
    name = " ".join(words)
    for number, word in enumerate(words):
        if " ".join(words[: number + 1]) not in COMMANDS:
            raise unknown(word, " ".join(words[:number]))
    sys.stdout.write(drawn(page(name) if name else front(), _columns(), _styled(call.color)))
    return Status.DONE


def drawn(shown: Page, columns: int, styled: bool) -> str:
    """A page as text.

    Args:
        shown: the page.
        columns: the columns of its widest line, at the most.
        styled: whether headings and names are bold, by SGR (ECMA-48, 8.3.117).
    """
    lines = [*wrapped(shown.text, columns), "", *_usage(shown.usage, styled)]
    for section in shown.sections:
        alike = [
            entry for other in shown.sections if _kind(other) == _kind(section) for entry in other.entries
        ]
        lines += ["", _bold(section.heading, styled)]
        lines += _indented(wrapped(section.note, columns - INDENT)) if section.note else []
        lines += _entries(section.entries, _label_width(alike, columns), columns, styled)
    if shown.examples:
        lines += ["", _bold(_("Examples"), styled)]
    for example in shown.examples:
        lines += _indented([_bold(example.line, styled)])
        lines += _indented(wrapped(example.what, columns - 2 * INDENT - GAP), 2 * INDENT + GAP)
    if shown.more:
        lines += ["", *wrapped(shown.more, columns)]
    return "".join(f"{line}\n" for line in lines)


def _usage(usages: Iterable[str], styled: bool) -> Iterable[str]:
    heading = _("Usage: ")
    lead = _bold(heading, styled)
    for usage in usages:
        yield lead + usage
        lead = " " * width(heading)


def _entries(entries: Iterable[Entry], label: int, columns: int, styled: bool) -> Iterable[str]:
    """The entries, what they mean in a column of its own; below a label that is too wide."""
    for entry in entries:
        names = ", ".join(entry.names)
        before = " " * _before(entry)
        lines = wrapped(entry.text, columns - INDENT - label - GAP)
        used = width(_label(entry))
        metavar = " " * bool(names and entry.metavar) + entry.metavar
        begun = " " * INDENT + before + (_bold(names, styled) if names else "") + metavar
        if used > label:
            yield begun
        else:
            yield begun + " " * (label - used + GAP) + lines.pop(0)
        yield from _indented(lines, INDENT + label + GAP)


def _label(entry: Entry) -> str:
    return " " * _before(entry) + " ".join(filter(None, (", ".join(entry.names), entry.metavar)))


def _label_width(entries: Iterable[Entry], columns: int) -> int:
    """The width of the labels' column: that of the widest which leave the rest enough room."""
    most = columns * 2 // 5
    return max((used for entry in entries if (used := width(_label(entry))) <= most), default=0)


def _before(entry: Entry) -> int:
    return SHORT if entry.names and entry.names[0].startswith("--") else 0


def _kind(section: Section) -> bool:
    """Whether a section is of commands, whose labels are another width than those of options."""
    return all(entry.names and not entry.names[0].startswith("-") for entry in section.entries)


def _indented(lines: Iterable[str], by: int = INDENT) -> list[str]:
    return [" " * by + line for line in lines]


def _bold(text: str, styled: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if styled else text


def _columns() -> int:
    """The width of the page: the terminal's, or what COLUMNS says, within bounds."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not columns and is_terminal():
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    return min(max(columns or USUAL, NARROWEST), WIDEST)


def _styled(color: str | None) -> bool:
    """Whether the page may be bold: on a terminal that knows how, unless colour is unwanted."""
    wanted = wants_color(color, os.environ) is not False
    return wanted and is_terminal() and os.environ.get("TERM") not in ("dumb", "unknown")
