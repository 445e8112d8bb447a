"""The registry of output formats, and the help, completion and errors derived from it."""

import re
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from summitcli.cli.grammar import manual
from summitcli.cli.grammar.commands import COMMANDS
from summitcli.cli.grammar.formats import row_class_of
from summitcli.errors import UnknownValue
from summitcli.exports import (
    FORMATS,
    IDS,
    OBJECT,
    ROWS,
    SCHEDULE,
    SESSIONS,
    TABLE,
    Format,
    format_named,
    format_of_file,
    formats_for,
    formats_of,
)
from summitcli.rows import DayRow, Listing
from tests.conftest import Asked

KINDS: dict[str, Any] = {
    words: kind for words, command in COMMANDS.items() if (kind := row_class_of(command)) is not None
}
"""The class of the rows that each command prints."""

ARGUMENTS = {
    "day": ["1"],
    "search": ["论坛"],
    "show": ["main-forum"],
    "diff": ["bundled", "bundled"],
    "validate": ["bundled"],
    "agenda compare": ["friends"],
    "agenda sync": ["nowhere", "--dry-run"],
}
ROW_FORMATS = tuple(dict.fromkeys(one.name for one in FORMATS if one.takes in (ROWS, IDS, SESSIONS)))


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: f"{one.takes} as {one.name}")
def test_every_format_has_a_writer_in_the_package_for_its_kind(format_: Format) -> None:
    assert callable(format_.writer)
    room = {OBJECT: "objects", SCHEDULE: "schedules"}.get(format_.takes, "rows")
    assert format_.write.startswith(room)


@pytest.mark.parametrize("kind", [Listing, DayRow, OBJECT, SCHEDULE])
def test_names_and_extensions_are_unambiguous_for_each_kind(kind: Any) -> None:
    names = Counter(format_.name for format_ in formats_of(kind))
    extensions = Counter(ending for format_ in formats_of(kind) for ending in format_.extensions)
    assert {*names.values(), *extensions.values()} <= {1}


def test_the_registry_loads_no_writer_and_no_picture() -> None:
    code = "import sys, summitcli.exports, summitcli.render; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    below = ("summitcli.exports.", "summitcli.render.", "rich", "ics")
    assert [module for module in loaded if module.startswith(below)] == []


@pytest.mark.parametrize(
    ("name", "kind", "format_"),
    [
        ("a.CSV", Listing, "csv"), ("a.htm", Listing, "html"), ("a.ifb", Listing, "ics"),
        ("a.b/c.markdown", Listing, "md"), ("C:\\x.y\\z", Listing, None), ("-", Listing, None),
        ("", Listing, None), (".ics", Listing, None), ("a.json", SCHEDULE, "json"),
        ("a.xml", SCHEDULE, "frab-xml"),
    ],
)  # fmt: skip
def test_the_extension_of_a_file_determines_the_format(name: str, kind: Any, format_: str | None) -> None:
    found = format_of_file(name, kind)
    assert (found and found.name) == format_


@pytest.mark.parametrize("command", KINDS)
@pytest.mark.parametrize("format_", [TABLE, *ROW_FORMATS])
def test_a_command_accepts_its_formats_and_refuses_others(ask: Asked, command: str, format_: str) -> None:
    if command == "agenda compare":
        ask("agenda", "add", "opening", "--name", "friends")
    words = [*command.split(), *ARGUMENTS.get(command, []), "-f", format_]
    answer = ask(*words)
    if format_ in formats_for(KINDS[command]):
        assert answer.status in (0, 1), answer.err
    else:
        assert (answer.status, answer.out) == (2, "")
        advice = "choose another format than ids" if format_ == "ids" else f"leave out --format {format_}"
        assert answer.err.endswith(f"; {advice}\n")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_of_a_command_names_the_formats_that_it_takes(command: str) -> None:
    named = [entry.text for section in manual.page(command).sections for entry in section.entries]
    formats = [text.removeprefix("Output format: ") for text in named if text.startswith("Output format: ")]
    lists = [re.split(r", | or ", text.partition(" (default")[0].rstrip(".")) for text in formats]
    taken = {
        "": formats_for(OBJECT),
        "about": formats_for(OBJECT),
        "export": formats_for(Listing, drawn=False),
        "agenda export": formats_for(Listing, drawn=False),
        "convert": formats_for(SCHEDULE, drawn=False),
    }
    expected = formats_for(KINDS[command]) if command in KINDS else taken.get(command, ())
    assert [tuple(names) for names in lists if len(names) > 1] == ([expected] if expected else [])


def test_an_unknown_format_lists_the_formats_of_these_rows() -> None:
    with pytest.raises(UnknownValue) as caught:
        format_named("idz", DayRow)
    assert str(caught.value) == 'no format "idz". Available: table, tsv, csv, json, jsonl, md'
