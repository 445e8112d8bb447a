"""A run of every command, in every format and with every option, on a hostile schedule.

Commands, formats and options come from their declarations; only the arguments are listed here, and a command
without an entry fails.
"""

import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from summitcli.cli.grammar.commands import COMMANDS, GLANCE, Command, Parameter, common, find
from summitcli.cli.options import GROUPS
from summitcli.exports import OBJECT, SCHEDULE, formats_for
from summitcli.rows import Listing
from tests.hostile import EVIL, SCHEDULES, STYLE, path_in, sent
from tests.inside import Answer, ask, environment, look, tab

WORD = EVIL.replace("\0", "") + "\udcff"
"""Hostile text as a word of a command line: without NUL, but with invalid UTF-8 (PEP 383)."""

FILE, OTHER, BAD, KEPT, ID, CALENDAR = "{file}", "{other}", "{bad}", "{kept}", "{id}", "{calendar}"
"""The placeholders for the schedule, another one, an invalid one, the name of a saved one, a session, a
calendar."""

WHOLE = frozenset({"csv", "json", "jsonl", "ics", "html", "--json"})
"""Formats of whole schedules, written to files."""

DURING = "--at", "2024-05-01T10:45"
TEMPLATE = "{id} {title} {room} {speakers} {description} {url} {language} {category_name}"
SHELLS = ("bash", "zsh", "fish")
WIDTHS = (40, 80, 160)

LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "": ((), DURING),
    "today": (DURING, ("--at", "2030-01-01")),
    "tomorrow": (("--at", "2024-04-30"),),
    "day": (("1",), ("2",), (WORD,)),
    "now": (DURING,),
    "next": (("--at", "2024-04-30"), DURING),
    "list": ((), ("-c", "nope"), ("-r", "nope"), ("-s", "nope"), ("--language", "nope"), ("-d", "9")),
    "search": (("red",), ("rad",), ("nothing of the kind",), (WORD,), ("evil", "--full")),
    "show": ((ID,), ("evil",), ("nope",), (WORD,)),
    "grid": ((), ("1",), ("2",), DURING),
    "about": ((), ("--full",)),
    "browse": ((), ("word",)),
    "agenda add": ((ID, "b"), (ID,), ("nope",), ("-c", "nope"), ("-d", "1"), ("evil", "--day", "9")),
    "star": ((ID, "--maybe"), ("nope",), (WORD,)),
    "hide": ((ID, "b"), ("-c", "nope"), ("evil", "--day", "9")),
    "unstar": ((ID,), ("--pick", "hidden"), (WORD,)),
    "agenda": ((), ("--name", WORD), ("--pick", "hidden"), ("--pick", WORD)),
    "agenda conflicts": ((),),
    "agenda gaps": ((), ("--at", "2024-05-01")),
    "agenda block": (
        (WORD, "-d", "1", "--from", "10:00", "--to", "11:00", "-r", WORD), (), (WORD,),
        (WORD, "-d", WORD, "--from", WORD, "--to", WORD),
    ),
    "agenda busy": ((CALENDAR,), (), (BAD,), (WORD,), ("--remove", WORD)),
    "agenda plan": (
        (), ("--walk", "10m", "--lunch", "12:00-14:00=45m"), ("--apply",), DURING, ("--lunch", WORD),
        ("--weight", WORD), ("--weight", f"{WORD}=2"), ("-d", WORD),
    ),
    "agenda share": ((), ("-d", "1"), ("-o", "{folder}/agenda.txt")),
    "agenda compare": ((FILE,), (FILE, CALENDAR), (BAD,), (CALENDAR,), (WORD,)),
    "agenda import": ((CALENDAR,), (FILE,), (BAD,), (OTHER,), (WORD,)),
    "agenda export": ((), ("-o", "{folder}/agenda.ics"), ("-o", f"{{folder}}/{WORD}/no")),
    "remind": (("--once", *DURING), ("--once", "--before", "2h", *DURING), ("--once", "--run", WORD)),
    "agenda sync": (
        ("{folder}/vdir", "--keep"), ("--dry-run", "--pick", "yes"), (BAD,), (WORD, "--force"), ("--stop",),
    ),
    "agenda remove": ((ID,), ("nope",), (WORD,)),
    "agenda undo": ((), ("--name", WORD)),
    "agenda clear": ((), ("--forget",)),
    "export": (
        *(("-f", one) for one in formats_for(Listing, drawn=False)), ("-o", f"{{folder}}/{WORD}/no"),
        *(("--per", one, "-f", "html", "-o", f"{{folder}}/{WORD}") for one in (*GROUPS, WORD)),
    ),
    "days": ((),),
    "categories": ((),),
    "rooms": ((),),
    "speakers": ((),),
    "find": (("fosdem",), ("fosdm",), ("nothing of the kind",), (WORD,), ("--directory", BAD), ("-n", "3")),
    "use": ((FILE,), (OTHER,), (BAD,), (WORD,), (FILE, "--name", WORD), (KEPT,), ("bundled",)),
    "schedules": ((),),
    "update": ((KEPT,), (KEPT, "--check"), (WORD,), ()),
    "schedules remove": ((WORD,), (KEPT,)),
    "new": (
        ("-", "--title", WORD, "--start", "2024-05-01", "--room", WORD, "--category", WORD),
        ("{folder}/new.json", "--title", WORD, "--start", "2024-05-01"), (FILE,), (WORD,),
        ("{folder}/new.yaml", "--title", "x", "--start", WORD),
    ),
    "diff": ((FILE, OTHER), (FILE, "bundled"), ("bundled", FILE), (FILE, BAD), (FILE, WORD)),
    "validate": ((FILE,), (FILE, "--strict"), (FILE, "--only", WORD), (BAD,), (BAD, "--strict"), (WORD,)),
    "convert": (
        *((FILE, "-f", one) for one in formats_for(SCHEDULE, drawn=False)),
        (FILE, "-f", "ics", "-o", "{folder}/converted.ics"), (BAD, "-f", "json"),
        (FILE, "--strict", "-f", "ics"),
    ),
    "publish": (
        ("{folder}/site",), ("{folder}/site", "--title", WORD, "--check"),
        ("{folder}/site", "--dry-run", "--only", "feeds", "--base-url", "https://example.org"),
        (FILE,), (f"{{folder}}/{WORD}", "--base-url", WORD), (f"{{folder}}/{WORD}", "--only", WORD),
    ),
    "completion": (("bash",), ("fish", "--install"), (WORD,)),
    "doctor": ((), ("--repair",)),
    "help": ((), ("list",), (WORD,)),
}  # fmt: skip
"""The arguments of each command, in all ways that change the output; later ones depend on earlier ones."""


class World(NamedTuple):
    """The files of a run, in a directory with a hostile name like theirs."""

    folder: Path
    file: Path
    other: Path
    bad: Path
    calendar: Path

    def line(self, words: Iterable[str]) -> list[str]:
        """Return ``words`` with placeholders replaced."""
        meant = {
            FILE: str(self.file), OTHER: str(self.other), BAD: str(self.bad), CALENDAR: str(self.calendar),
            KEPT: self.kept(), ID: "a" if self.file.suffix == ".native" else "b",
        }  # fmt: skip
        return [meant.get(word, word.replace("{folder}", str(self.folder))) for word in words]

    def kept(self) -> str:
        """Return the name of a saved schedule."""
        root = Path(os.environ["SUMMIT_DATA"]) / "schedules"
        folders = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
        return next(iter(folders), "none")


def world(folder: Path, kind: str, document: bytes | None = None) -> World:
    """Create the files of a run with ``document``, or with a schedule of ``kind`` from :data:`SCHEDULES`."""
    home = path_in(folder)
    home.mkdir(parents=True, exist_ok=True)
    made = World(home, *(path_in(home).with_name(f"\x1b[2J\x9b\u202e{n}.{kind}") for n in range(4)))
    content = SCHEDULES[kind]() if document is None else document
    made.file.write_bytes(content)
    made.other.write_bytes(content.replace(b"10:", b"09:").replace(b"evil", b"livid"))
    made.bad.write_bytes(
        content.replace(b"2024-05-01", b"2024-05-81").replace(b"BEGIN:VEVENT", b"BEGIN:\x1bX")
    )
    made.calendar.write_bytes(SCHEDULES["ics"]())
    return made


def variables(made: World, root: Path) -> Mapping[str, str]:
    """Return the environment of a run."""
    return {
        "SUMMIT_SCHEDULE": str(made.file),
        "SUMMIT_DATA": str(path_in(root) / "data"),
        "SUMMIT_CACHE": str(root / "cache"),
        "HOME": str(path_in(root) / "home"),
        "TERM": "xterm-256color",
        "COLUMNS": "",
    }


FULL_SCREEN = {"browse"}
"""The commands that take over the terminal until a key ends them; tests/tui shows them hostile texts."""


class Step(NamedTuple):
    """A command line of the run, where its output went, and the forbidden characters in it."""

    words: list[str]
    where: str
    answer: Answer
    sent: set[str]


def judged(words: list[str], where: str, answer: Answer) -> Step:
    """Return a step with the control sequences in its output; styles of a picture are allowed."""
    text = STYLE.sub("", answer.out + answer.err) if where.startswith("terminal") else answer.out + answer.err
    calendar = answer.out.startswith("BEGIN:VCALENDAR")
    whole = calendar or words[:1] in (["convert"], ["new"]) or not WHOLE.isdisjoint(words)
    return Step(words, where, answer, sent(answer.err) | sent(text.removesuffix(answer.err), whole))


def pipes(made: World, number: int | None = None) -> Iterator[Step]:
    """Run every command with all arguments and formats, or some of these, in a pipe; errors are included."""
    for words, command in every():
        for rest, format_ in itertools.product(LINES[words], itertools.islice(formats(command), number)):
            line = made.line([*words.split(), *rest, *format_])
            yield judged(line, "pipe", ask(line))


def terminals(made: World, widths: Iterable[int] = (80,)) -> Iterator[Step]:
    """Run every command with all arguments in a terminal, but those that wait for keys."""
    for columns, (words, _command) in itertools.product(widths, every()):
        for rest in LINES[words] if words not in FULL_SCREEN else ():
            line = made.line([*words.split(), *rest])
            yield judged(line, f"terminal of {columns}", look(line, columns))


def options(made: World) -> Iterator[Step]:
    """Run every command with hostile text as the value of each option."""
    for words, command in every():
        for option in (*command.parameters(), *common()):
            # The text of a template comes from the user, and is printed unchanged.
            if option.flags and option.takes_value and option.name != "template":
                line = made.line([*words.split(), *shortest(words), f"{flag(option)}={WORD}"])
                yield judged(line, "error", ask(line))


def completions(made: World, shells: Iterable[str] = SHELLS) -> Iterator[Step]:
    """Complete every value, also after a hostile beginning."""
    for shell, (words, command) in itertools.product(shells, every()):
        for one in (*command.parameters(), *common()):
            before = [flag(one)] if one.flags else []
            if one.completes:
                for begun in ("", "e", WORD.replace("\n", "")):
                    line = made.line([*words.split(), *before, begun])
                    yield judged(line, f"completion of {shell}", tab(line, shell))


def helps(made: World) -> Iterator[Step]:
    """Show the help of every command in a pipe and in a terminal."""
    for words, _command in every():
        line = [*words.split(), "--help"]
        yield judged(line, "help", ask(line))
        yield judged(line, "terminal of help", look(line))


def every() -> Iterator[tuple[str, Command]]:
    """Return all commands in the order of the run.

    Raises:
        KeyError: a command has no arguments here.
    """
    known = {"": GLANCE, **COMMANDS}
    assert set(LINES) == set(known), "say in LINES what arguments the command takes"
    for words in LINES:
        yield words, known[words]


def formats(command: Command) -> Iterator[list[str]]:
    """Return the options for all formats of ``command``, and for a template."""
    yield []
    taken = command.bundles().values()
    if "Output" in taken:
        yield from (["-f", one] for one in formats_for(Listing))
        yield ["--template", TEMPLATE]
        yield ["--header", "--fields", "help"]
    elif "Document" in taken:
        yield from (["-f", one] for one in formats_for(OBJECT))


def shortest(words: str) -> tuple[str, ...]:
    """Return the fewest arguments that a command needs."""
    needs = any(not one.flags and one.required for one in find(words).parameters())
    return LINES[words][0] if needs else ()


def flag(option: Parameter) -> str:
    """Return the longest flag of an option."""
    return option.flags[-1]


NATIVE = "native"
"""The kind of schedule for which even a short run includes everything."""


def walk(folder: Path, kind: str, whole: bool = False) -> Iterator[Step]:
    """Do the whole run with a schedule of ``kind``, with new files below ``folder``."""
    made = world(folder, kind)
    with environment(variables(made, folder)):
        everywhere = whole or kind == NATIVE
        yield from pipes(made, None if everywhere else 2)
        # Their output comes from the catalog, whatever the format of the schedule.
        if everywhere:
            yield from options(made)
            yield from completions(made, SHELLS if whole else SHELLS[:1])
            yield from helps(made)
        shutil.rmtree(os.environ["SUMMIT_DATA"], ignore_errors=True)
        yield from terminals(made, WIDTHS if whole else (80,))
