"""Text from strangers in every field, in every command, on a terminal and in a pipe."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from summitcli.printable import BIDI_CONTROLS
from tests.conftest import STYLE, Asked, Terminal
from tests.schedules import document, session, timed, write

EVIL = (
    "\x1b[31mred\x1b]0;title\x07\x9b2J\x85\u202eevil\u2066\x7f\x00\x08"
    "[red]x[/] [link=http://x]y[/link] :smile: \t\r\n|`*"
)
ACTED_ON = {chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)}
COMMANDS = [
    "", "day 1", "list", "now --at 2024-05-01T10:30", "next --at 2024-04-30", "search red", "show a b",
    "days",
    "categories", "rooms", "speakers", "about", "about --full", "list -r x", "list -c zzz", "list -s zzz",
    "list --language zzz", "today", "grid", "grid 2",
    "list --template {title}{room}{speakers}{description}{url}{language}",
]  # fmt: skip

FORMATS = ("tsv", "json", "csv", "md", "jsonl", "html", "table")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    text = {"en": EVIL, "zh": EVIL}
    figure = {"id": "f", "label": text, "text": text, "number": 1, "unit": text, "topic": "t"}
    held = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room=EVIL)
    made: dict[str, Any] = document(
        session("a", held, title=text, subtitle=text, abstract=text, description=EVIL, speakers=[EVIL,
        "x" + EVIL],
                language=EVIL, url=EVIL, category="talk", links=[{"url": EVIL, "title": EVIL}]),
        session("b", {"day": "2024-05-01", "room": "x" + EVIL}, {"day": "2024-05-02"}, title=text),
        title=text, acronym=EVIL, url=EVIL, notice=text, source=text, place=text, headline=text, theme=text,
        hosts=[text], organisers=[text], positioning=[text], segments=[text], activities=[text],
        platforms=[text],
        topics=[{"id": "t", "title": text, "statements": [text]}], figures=[figure],
    )  # fmt: skip
    made["categories"][0]["name"] = text
    made["version"] = EVIL
    made["translations"] = [{"language": "zh", "official": False, "note": text}]
    return write(tmp_path / "evil.json", made)


def sent(text: str) -> set[str]:
    """The characters in ``text`` that a terminal acts on, but for line ends and tabs."""
    return ACTED_ON & set(text.replace("\r\n", "\n")) - {"\n", "\t"}


@pytest.mark.parametrize(
    ("command", "columns"), [*((one, 80) for one in COMMANDS), ("list", 60), ("about", 60), ("list", 160)]
)
def test_no_terminal_is_sent_what_it_acts_on(
    terminal: Terminal, hostile: Path, command: str, columns: int
) -> None:
    status = 2 if "zzz" in command else 1 if command == "today" else 0
    words = [*command.split(), "--schedule", str(hostile)]
    screen = STYLE.sub("", terminal(*words, columns=columns, status=status, styled=True))
    assert sent(screen) == set()
    if status == 0 and "template" not in command:
        assert [line for line in screen.expandtabs().splitlines() if cell_len(line) > columns] == []


@pytest.mark.parametrize(
    ("command", "format_"),
    [*itertools.product(COMMANDS[:-1], FORMATS), (COMMANDS[-1], "")],
)
def test_no_pipe_is_sent_what_a_terminal_acts_on(
    ask: Asked, hostile: Path, command: str, format_: str
) -> None:
    option = ["-f", format_] if format_ else []
    status, out, err = ask(*command.split(), *option, "--schedule", str(hostile))
    assert status in (0, 1, 2)
    assert sent(out) | sent(err) == set()
    if status == 0 and format_ in ("json", "tsv"):
        again = json.loads(out) if format_ == "json" else [line.count("\t") for line in out.splitlines()]
        assert again


def test_markup_is_printed_as_it_is(terminal: Terminal, hostile: Path) -> None:
    screen = terminal("show", "b", "--schedule", str(hostile), columns=200)
    assert "[red]x[/] [link=http://x]y[/link] :smile:" in screen


def test_an_error_names_a_hostile_file_harmlessly(ask: Asked, tmp_path: Path) -> None:
    answer = ask("list", "--schedule", str(tmp_path / "no\x1b[31m\nfile"))
    assert answer == (4, "", f"summit: can't read {tmp_path}/no\\x1b[31m\\nfile: No such file or directory\n")


def test_json_gives_hostile_text_back_unchanged(ask: Asked, hostile: Path) -> None:
    (row,) = json.loads(ask("show", "a", "--json", "--schedule", str(hostile)).out)
    assert (row["title"], row["speakers"], row["slots"][0]["room"], row["url"]) == (
        EVIL,
        [EVIL, "x" + EVIL],
        EVIL,
        EVIL,
    )
