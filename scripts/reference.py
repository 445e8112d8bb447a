"""Write docs/reference.md and the man page docs/summit.1 from the program's declarations.

    python scripts/reference.py

A test compares both files with the output of this script.
"""

import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from summitcli import __version__
from summitcli.cli.grammar import manual
from summitcli.cli.grammar.commands import COMMANDS, PANELS
from summitcli.cli.grammar.manual import ENVIRONMENT, HelpEntry, Page, Section
from summitcli.errors import Status
from summitcli.text.width import width

DOCS = Path(__file__).resolve().parents[1] / "docs"

STATUSES = {
    Status.DONE: "Success; something was found.",
    Status.NOTHING: "No match, as with grep: no session on that day, no result, no conflict. For diff and"
    " update --check: there are changes, as with diff.",
    Status.USAGE: "Usage error; the message says how to correct it.",
    Status.INVALID: "A schedule or an agenda is invalid or can't be read; nothing was changed.",
    Status.UNREACHABLE: "A URL or file can't be reached, or a file can't be written.",
    Status.FAULT: "Internal error; --debug shows where it occurred.",
    Status.INTERRUPTED: "Interrupted; no message is printed.",
    Status.PIPE_CLOSED: "Broken pipe; no message is printed.",
}

VARIABLES = {
    "SUMMIT_SCHEDULE": "The schedule to read, like --schedule.",
    "SUMMIT_DIRECTORY": "More directories of conferences, files or URLs, separated as in PATH.",
    "SUMMIT_NOW": "The current time, like --at.",
    "SUMMIT_LANG": "The language, like --lang (default: from LC_ALL, LC_MESSAGES or LANG).",
    "NO_COLOR": "No colour, whatever the value, unless --color is given.",
    "FORCE_COLOR": "Colour even if stdout is not a terminal; CLICOLOR_FORCE does the same.",
    "COLUMNS": "The width of tables, grids and help, if the terminal does not report it.",
    "SUMMIT_DATA": "The directory for agendas and saved schedules (default: summitcli in XDG_DATA_HOME).",
    "SUMMIT_CACHE": "The directory for the cache (default: summitcli in XDG_CACHE_HOME).",
}

MARKED = re.compile(r"`([^`]+)`")


def reference() -> str:
    """Return the Markdown page."""
    lines = [
        "# Reference",
        "",
        "Every command with its options, as `summit help COMMAND` shows it. `make docs` writes this page.",
        "",
    ]
    for panel in PANELS:
        lines += [
            f"- {panel}: " + ", ".join(_link(words) for words in COMMANDS if COMMANDS[words].panel == panel)
        ]
    lines += ["", "Shared options: " + ", ".join(_link(one.heading) for one in _shared()) + "."]
    lines += ["See also [exit codes](#exit-codes) and [environment](#environment).", ""]
    for words in ("", *COMMANDS):
        lines += [
            f"## {_called(words)}" if words else "## summit without a command",
            "",
            *_chapter(manual.page(words)),
            "",
        ]
    for section in _shared():
        lines += [f"## {section.heading}", "", *_note(section), *_list(section.entries), ""]
    lines += ["## Exit codes", "", *(f"- `{status}`: {text}" for status, text in STATUSES.items()), ""]
    lines += ["## Environment", "", *(f"- `{name}`: {text}" for name, text in VARIABLES.items())]
    return "\n".join(lines) + "\n"


def _chapter(page: Page) -> Iterable[str]:
    yield from (page.text, "", "```", *page.usage, "```")
    for section in _own(page):
        yield from ("", f"{section.heading}:", "", *_list(section.entries))
    if shared := [_link(one.heading) for one in page.sections if _is_shared(one)]:
        yield from ("", f"Also accepts {', '.join(shared)}.{_fewer_formats(page)}")
    if page.examples:
        yield from ("", "```sh")
        longest = max(width(one.line) for one in page.examples)
        for one in page.examples:
            yield f"{one.line}{' ' * (longest - width(one.line))}  # {one.what}"
        yield "```"


def _link(title: str) -> str:
    """Return a link to the section of a command, or of shared options."""
    if title in COMMANDS:
        return f"[{title}](#summit-{title.replace(' ', '-')})"
    return f"[{title[0].lower()}{title[1:]}](#{title.lower().replace(' ', '-')})"


def _note(section: Section) -> Iterable[str]:
    return [section.note, ""] if section.note else []


def _list(entries: Iterable[HelpEntry]) -> Iterable[str]:
    for entry in entries:
        names = ", ".join(f"`{name}`" for name in entry.names)
        label = " ".join(filter(None, (names, entry.metavar and f"`{entry.metavar}`")))
        yield f"- {label}: {entry.text}"


def man() -> str:
    """Return the man page, in the macros of man(7)."""
    lines = [
        f'.TH SUMMIT 1 "" "summitcli {__version__}" "User Commands"',
        ".SH NAME",
        "summit \\- a conference schedule for the terminal",
        ".SH SYNOPSIS",
        *_lines_of(manual.front().usage),
        ".SH DESCRIPTION",
        _roff(manual.front().text),
        "In a terminal the output is a table, in a pipe the same rows as tab\\-separated values.",
        ".PP",
        f"Every command also accepts the options under {_roff(manual.global_options().heading.upper())}.",
        ".SH COMMANDS",
    ]
    for words in ("", *COMMANDS):
        lines += [f".SS {_roff(_called(words))}", *_paragraphs(manual.page(words))]
    for section in _shared():
        lines += [f".SH {section.heading.upper()}"]
        lines += [_roff(section.note)] if section.note else []
        lines += _tagged(section.entries)
    lines += [".SH EXIT STATUS"]
    for status, text in STATUSES.items():
        lines += [".TP", f"\\fB{status}\\fR", _roff(text)]
    lines += [".SH ENVIRONMENT"]
    for name, text in ENVIRONMENT.items():
        lines += [".TP", f"\\fB{name}\\fR", _roff(text)]
    lines += [".SH EXAMPLES", *_shown(manual.front())]
    return "\n".join(lines) + "\n"


def _paragraphs(page: Page) -> Iterable[str]:
    yield from _lines_of(page.usage)
    yield from (".PP", _roff(page.text))
    for section in _own(page):
        yield from _tagged(section.entries)
    everywhere = manual.global_options()
    if shared := [one.heading.upper() for one in page.sections if _is_shared(one) and one != everywhere]:
        text = f"It also accepts the options under {' and '.join(shared)}.{_fewer_formats(page)}"
        yield from (".PP", _roff(text))
    if page.examples:
        yield from _shown(page)


def _lines_of(usages: Iterable[str]) -> Iterable[str]:
    for number, usage in enumerate(usages):
        command = " ".join(takewhile(str.islower, usage.split(" ")))
        yield from [".br"] if number else []
        yield f"\\fB{_roff(command)}\\fR{_roff(usage[len(command) :])}"


def _tagged(entries: Iterable[HelpEntry]) -> Iterable[str]:
    for entry in entries:
        names = ", ".join(f"\\fB{_roff(name)}\\fR" for name in entry.names)
        metavar = f"\\fI{_roff(entry.metavar)}\\fR" if entry.metavar else ""
        yield from (".TP", f"{names} {metavar}".strip(), _roff(entry.text))


def _shown(page: Page) -> Iterable[str]:
    for example in page.examples:
        yield from (".TP", f"\\fB{_roff(example.line)}\\fR", _roff(example.what))


def _roff(text: str) -> str:
    """Return ``text`` escaped for troff and mandoc, with text in backquotes in bold."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = MARKED.sub(lambda found: f"\\fB{found[1]}\\fR", text)
    text = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)
    return f"\\&{text}" if text.startswith(".") else text


def _called(words: str) -> str:
    return f"summit {words}".rstrip()


def _shared() -> list[Section]:
    return [manual.filters(), manual.output(), manual.global_options()]


def _own(page: Page) -> list[Section]:
    """Return the sections that a command does not share with others."""
    return [section for section in page.sections if not _is_shared(section)]


def _is_shared(section: Section) -> bool:
    """Return whether a section has the options that commands share, maybe with fewer formats."""
    return any(
        section.heading == one.heading
        and [entry.names for entry in section.entries] == [entry.names for entry in one.entries]
        for one in _shared()
    )


def _fewer_formats(page: Page) -> str:
    """Return a sentence with the formats of a command if it does not accept all, else an empty string."""
    usual = manual.output()
    found = (
        one for one in page.sections if one.heading == usual.heading and _is_shared(one) and one != usual
    )
    return "".join(f" Its formats are {section.entries[0].text}" for section in found)


FILES = {DOCS / "reference.md": reference, DOCS / "summit.1": man}
"""The function that generates each file."""


if __name__ == "__main__":
    for path, made in FILES.items():
        path.write_text(made(), "utf-8")
