"""The command ``help``, which ``-h`` and ``--help`` run as well, and the layout of help pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from summitcli.cli.declare import Completes, Repeated, examples, typer
from summitcli.cli.grammar.commands import COMMANDS, OPTIONS
from summitcli.cli.grammar.manual import (
    Example,
    HelpEntry,
    Page,
    Section,
    front,
    options_page,
    page,
    unknown_command,
)
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import (
    chosen_language,
    locale_language,
    stdout_is_terminal,
    wants_color,
)
from summitcli.errors import Status
from summitcli.i18n import _, set_language
from summitcli.lazy_typing import Annotated
from summitcli.text.width import width, wrapped

MIN_WIDTH, MAX_WIDTH, DEFAULT_WIDTH = 60, 100, 80
"""The smallest and the largest width of a help page in columns, and its width in a pipe."""

INDENT = 2
GAP = 2
SHORT_FLAG = len("-x, ")
"""The number of columns by which an option without a short form is indented, to align it with others."""


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
    # It takes the options instead of a Call, whose modules would take longer to load than this to run.
    set_language(chosen_language(call.lang, os.environ) or locale_language(os.environ) or "en")
    page_ = options_page() if words == (OPTIONS,) else _page_of(words)
    sys.stdout.write(render(page_, _columns(), _styled(call.color)))
    return Status.DONE


def _page_of(words: Sequence[str]) -> Page:
    """Return the help page of the command that ``words`` call; without words, the main page.

    Raises:
        UnknownValue: there is no such command.
    """
    for number, word in enumerate(words):
        if " ".join(words[: number + 1]) not in COMMANDS:
            raise unknown_command(word, " ".join(words[:number]), () if number else (OPTIONS,))
    return page(" ".join(words), brief=True) if words else front()


def render(page: Page, columns: int, styled: bool) -> str:
    """Return a page as text.

    Args:
        page: the page.
        columns: the maximum width of a line.
        styled: whether headings and names are bold, with escape sequences (SGR of ECMA-48, section 8.3.117).
    """
    lines = wrapped(page.text, columns)
    if page.usage:
        lines += ["", *_usage(page.usage, styled)]
    if page.examples:
        lines += ["", _bold(_("Examples"), styled), *_examples(page.examples, columns, styled)]
    # Sections of commands alone follow each other closely, so that the main page fits a screen.
    spaced = not all(map(_lists_commands, page.sections))
    for number, section in enumerate(page.sections):
        aligned = [
            entry
            for other in page.sections
            if _lists_commands(other) == _lists_commands(section)
            for entry in other.entries
        ]
        lines += [""] if spaced or not number else []
        lines += [_bold(section.heading, styled)]
        lines += _indented(wrapped(section.note, columns - INDENT)) if section.note else []
        lines += _entries(section.entries, _label_width(aligned, columns * 3 // 10), columns, styled)
    if page.footer:
        lines += ["", *wrapped(page.footer, columns)]
    return "".join(f"{line}\n" for line in lines)


def _usage(usages: Iterable[str], styled: bool) -> Iterator[str]:
    heading = _("Usage: ")
    lead = _bold(heading, styled)
    for usage in usages:
        yield lead + usage
        lead = " " * width(heading)


def _examples(examples: Iterable[Example], columns: int, styled: bool) -> Iterator[str]:
    entries = [HelpEntry((example.line,), "", example.what) for example in examples]
    return _entries(entries, _label_width(entries, columns * 3 // 5), columns, styled)


def _entries(entries: Iterable[HelpEntry], label: int, columns: int, styled: bool) -> Iterator[str]:
    """Yield the lines of a list of entries: labels, such as flags, on the left, explanations on the right.

    If a label is too wide, its explanation begins on the next line.

    Args:
        entries: the entries.
        label: the width of the first column.
        columns: the maximum width of a line.
        styled: whether labels are bold.
    """
    for entry in entries:
        names = ", ".join(entry.names)
        before = " " * _label_indent(entry)
        lines = wrapped(entry.text, columns - INDENT - label - GAP)
        used = width(_label(entry))
        metavar = " " * bool(names and entry.metavar) + entry.metavar
        begun = " " * INDENT + before + (_bold(names, styled) if names else "") + metavar
        if not entry.text:
            yield begun
            continue
        if used > label:
            yield begun
        else:
            yield begun + " " * (label - used + GAP) + lines.pop(0)
        yield from _indented(lines, INDENT + label + GAP)


def _label(entry: HelpEntry) -> str:
    return " " * _label_indent(entry) + " ".join(filter(None, (", ".join(entry.names), entry.metavar)))


def _label_width(entries: Iterable[HelpEntry], limit: int) -> int:
    """Return the width of the widest label that is at most ``limit`` columns wide."""
    widths = (width(_label(entry)) for entry in entries if entry.text)
    return max((used for used in widths if used <= limit), default=0)


def _label_indent(entry: HelpEntry) -> int:
    return SHORT_FLAG if entry.names and entry.names[0].startswith("--") else 0


def _lists_commands(section: Section) -> bool:
    """Return whether the entries of a section are commands or environment variables, and not options."""
    return all(entry.names and not entry.names[0].startswith("-") for entry in section.entries)


def _indented(lines: Iterable[str], by: int = INDENT) -> list[str]:
    return [" " * by + line for line in lines]


def _bold(text: str, styled: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if styled else text


def _columns() -> int:
    """Return the width of the page: COLUMNS, or that of the terminal, from MIN_WIDTH to MAX_WIDTH columns."""
    asked = os.environ.get("COLUMNS", "")
    columns = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not columns and stdout_is_terminal():
        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    return min(max(columns or DEFAULT_WIDTH, MIN_WIDTH), MAX_WIDTH)


def _styled(color: str | None) -> bool:
    """Return whether the help page may have bold text.

    It may in a terminal that supports it, unless ``--color`` (``color``) or the environment forbids it.
    """
    wanted = wants_color(color, os.environ) is not False
    return wanted and stdout_is_terminal() and os.environ.get("TERM") not in ("dumb", "unknown")
