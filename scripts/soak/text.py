"""Untrusted text: in terminals, in files and in file names."""

import random
import re
from collections.abc import Iterable
from pathlib import Path

from tests.cli.walk import Step, walk
from tests.hostile import EVIL, SCHEDULES, STYLE, dumped, frab, native, one_by_one
from tests.inside import ask, look

from scripts.soak.sandbox import home, scaled
from scripts.soak.table import Row, Tally, check
from summitcli.exports.rows import Request
from summitcli.exports.rows.delimited import csv


def escapes(scale: float) -> Row:
    """Test escape sequences in every text field with every command in terminals, pipes, errors and others."""
    from tests.cli.test_hostile import complaints, served
    from tests.webserver import serving

    tally = Tally(
        "terminal escapes in schedule text", "command lines on terminals, in pipes, errors, offers, help"
    )
    for kind in SCHEDULES:
        with home() as folder:
            _judge(tally, walk(folder, kind, whole=scale >= 1))
    for document in (native(), frab()):
        with home() as folder:
            documents = [*one_by_one(document)]
            _judge(tally, complaints(folder, documents[:: max(1, round(1 / scale))]))
    with home(), serving() as site:
        _judge(tally, served(site))
    return tally.row()


def _judge(tally: Tally, steps: Iterable[Step]) -> None:
    for step in steps:
        tally.number += 1
        if step.sent or step.answer.status == 70:
            tally.fail(repr(step))


MARKUP = "[/][red]x[link=http://y]z[/link][bold]"


def markup(_scale: float) -> Row:
    """Test that Rich markup in every field is printed literally."""
    tally = Tally("Rich markup in text", "command lines on a terminal")
    words = ("show a", "show b", "list", "day 1", "about --full", "rooms", "speakers", "categories",
             "search red", "", "grid", "agenda add a", "agenda", "agenda conflicts")  # fmt: skip
    with home() as folder:
        for name, document in (("native", native(MARKUP)), ("frab", frab(MARKUP))):
            file = folder / f"{name}.json"
            file.write_bytes(dumped(document).replace(dumped(EVIL), dumped(MARKUP)))
            for line in words:
                with tally.attempt((name, line)):
                    # Long text is wrapped, or truncated with "…".
                    shown = STYLE.sub("", look([*line.split(), "--schedule", str(file)], 1000).out)
                    left = shown.replace(MARKUP, "")
                    check(
                        left != shown or line not in ("list", "day 1", "about --full", "rooms"), shown[:500]
                    )
                    for piece in re.findall(r"\[/\]\S*", left):
                        check(MARKUP.startswith(piece.rstrip("…")), (piece, shown[:500]))
    return tally.row()


def calendars(scale: float) -> Row:
    """Test that 10,000 generated strings in every field of a calendar are read back unchanged."""
    from hypothesis import HealthCheck, given, settings
    from tests.exports.calendar.test_ics_text import TEXTS, assert_read_back

    tally = Tally("iCalendar injection", "generated strings in every field, read back")
    number = scaled(10_000, scale)

    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS, TEXTS)
    def each(text: str, other: str) -> None:
        with tally.attempt((text, other), 2):
            assert_read_back(text, other)

    each()
    return tally.row()


LEADS = ("=", "+", "-", "@", "\t", "\r", "\0")


def spreadsheets(scale: float) -> Row:
    """Test that no cell begins with a character that starts a formula, and TSV has one line per row."""
    import csv as reader

    tally = Tally("CSV formulas", "generated cells with each of the seven leads")
    rng = random.Random(2)
    letters = "=+-@\t\r\n\0\"',;|AZaz09 (){}!数字\u202e\x1b"
    for turn in range(scaled(10_000, scale)):
        text = LEADS[turn % len(LEADS)] + "".join(rng.choices(letters, k=rng.randint(0, 12)))
        with tally.attempt(text, 2):
            from summitcli.exports.rows.delimited import tsv
            from summitcli.rows import NameRow

            request = Request(("name", "sessions"))
            rows = [NameRow(text, 1), NameRow("x" + text, 2)]
            (_head, *lines) = reader.reader("".join(csv(rows, request)).splitlines(keepends=True))
            check(len(lines) == 2 and lines[0][0][:1] not in LEADS, lines)
            check("".join(tsv(rows, request)).count("\n") == 2, text)
    return tally.row()


NAMES = (
    "../../x",
    "/etc/x",
    "C:\\x",
    "..",
    ".",
    "~",
    "con",
    "NUL",
    "aux.json",
    "a/b",
    "-rf",
    "x\0y",
    "\x1b[2J",
    "a" * 400,
)


def names(scale: float) -> Row:
    """Test that no text of a schedule determines the name or place of a file."""
    tally = Tally("file names", "hostile names × commands that write")
    for name in NAMES[: scaled(len(NAMES), max(scale, 0.2))]:
        with home() as folder:
            document = frab(name)
            document["schedule"]["conference"]["acronym"] = name
            file = folder / "plan.json"
            file.write_bytes(dumped(document))
            out = folder / "out.ics"
            for words in (
                ["use", str(file)], ["update"], ["agenda", "add", "-d", "1"],
                ["agenda", "export", "-o", str(out)], ["export", "-f", "ics", "-o", str(out)],
                ["convert", str(file), "-o", str(out)], ["use", "bundled"],
            ):  # fmt: skip
                with tally.attempt((name, words)):
                    check(ask(words).status != 70, words)
                    check(_misplaced(folder, file, out) == [], _misplaced(folder, file, out))
    return tally.row()


def _misplaced(folder: Path, *known: Path) -> list[Path]:
    """Return files in places, or with names, that the program never uses."""
    kept = re.compile(
        r"(agendas|schedules)(/\.?[a-z0-9-]+)*(/(schedule-[0-9a-f]{32}|source\.json))?|.*\.(json|lock)"
    )
    files = [path for path in folder.rglob("*") if path.is_file() and path not in known]
    own = folder / "data"
    return [
        path
        for path in files
        if not path.is_relative_to(folder / "cache")
        and not (path.is_relative_to(own) and kept.fullmatch(path.relative_to(own).as_posix()))
    ]
