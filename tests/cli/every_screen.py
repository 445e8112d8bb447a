"""The expected screens of all commands that draw, for several schedules, languages and widths.

A file in ``screens`` has the screens of one world in one language: each command line and its output, once for
all widths with the same output. ``front`` is the main page of the help, 80 columns wide.
``python -m tests.cli.every_screen`` writes the files again after an intended change; look
at every difference.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from tests.cli import timed_screens
from tests.conftest import STYLE, WIPED
from tests.inside import ask, environment, look
from tests.render import grid_schedule
from tests.schedules import DATA, document, session, timed, write

FOLDER = Path(__file__).with_name("screens")
WIDTHS = (60, 80, 120, 160)
LOCALES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
FETCHED = "2024-05-30"
"""The date on which schedules were downloaded, in the place of today."""

COMMAND, WIDTH = "$ summit", "=== "


class World(NamedTuple):
    """A schedule with an agenda, and the command lines to run."""

    files: Callable[[], Mapping[str, Mapping[str, Any]]]
    """The schedules in the current directory, by file name."""
    begin: Sequence[str]
    """The command lines to run before, whose output is ignored."""
    commands: Sequence[str]


def _changed(made: dict[str, Any]) -> dict[str, Any]:
    """Return a later version of a schedule: one session renamed, one cancelled, one moved, one new."""
    first, _second, third, *others = made["sessions"]
    first = {**first, "title": {"en": "Another name", "zh": "另一个名称"}}
    slot = third["slots"][0]
    moved = {"room": "Moved"} if "start" in slot else {"day": made["conference"]["end"]}
    third = {**third, "slots": [{**slot, **moved}, *third["slots"][1:]]}
    new = session("new", {"day": made["conference"]["end"]}, title={"en": "What is new", "zh": "新增的场次"})
    return {**made, "sessions": [first, third, *others, new]}


def _night() -> dict[str, Any]:
    """Return a conference with sessions after midnight, and three sessions that overlap."""
    first, last, after = "2024-05-01", "2024-05-02", "2024-05-03"
    held = (
        ("long", first, f"{first}T10:00", f"{first}T14:00", "Workshop of the whole day", "Lab"),
        ("early", first, f"{first}T10:30", f"{first}T11:00", "An early talk", "Hall"),
        ("late", first, f"{first}T12:00", f"{first}T13:00", "A late talk", "Hall"),
        ("party", last, f"{last}T22:00", f"{after}T03:00", "Party", "Hall"),
        ("coffee", last, f"{after}T05:00", f"{after}T06:00", "Coffee for all who are left", "Hall"),
    )
    return document(
        *(
            session(id_, timed(day, f"{start}:00+02:00", f"{end}:00+02:00", room=room), title=title)
            for id_, day, start, end, title, room in held
        )
    )


def _bundled() -> Mapping[str, Mapping[str, Any]]:
    return {"changed.json": _changed(DATA), "spoilt.json": {**DATA, "color": "red"}}


def _timed() -> Mapping[str, Mapping[str, Any]]:
    made = timed_screens.conference()
    return {"timed.json": made, "changed.json": _changed(made)}


WORLDS = {
    "bundled": World(
        _bundled,
        ["agenda add main-forum big-data-forum contest-vehicle-security"],
        [
            "--at 2", "--at 2022-07-22", "--at 2022-08-01", "today --at 1", "today --at 2022-07-22",
            "today --at 2022-08-01", "list -c contest", "search 大数据", "search nothing-of-this-name",
            "show contest-vehicle-security", "grid --at 2", "about", "agenda", "agenda conflicts",
            "agenda gaps", "days", "now --at 3", "next --at 2022-07-23", "next --at 4", "categories", "rooms",
            "speakers", "schedules", "diff bundled changed.json", "validate changed.json",
            "validate spoilt.json",
        ],
    ),
    "timed": World(
        _timed,
        ["use timed.json", "agenda add clear soldering stars"],
        [
            "--at 2024-05-31T09:50", "today --at 1", "list", "search programs", "show clear",
            "grid --at 2024-05-31T10:15", "about", "agenda", "agenda conflicts", "agenda gaps", "days",
            "now --at 2024-05-31T10:15", "now --at 2024-06-01T03:00", "next --at 2024-05-31T09:05",
            "next -n 5 --at 2024-05-31T09:05", "categories", "rooms", "speakers", "schedules",
            "diff timed.json changed.json", "validate changed.json", "agenda sync calendar --dry-run",
        ],
    ),
    "hours": World(
        lambda: {"hours.json": grid_schedule.conference()},
        ["use hours.json", "agenda add opening workshop party"],
        ["grid --at 2024-05-01T10:20", "today --at 1", "agenda conflicts"],
    ),
    "night": World(
        lambda: {"night.json": _night()},
        ["use night.json", "agenda add long early late party"],
        [
            "--at 2024-05-03T01:00", "today --at 2024-05-03T01:00", "now --at 2024-05-03T01:00",
            "now --at 2024-05-03T04:00", "next --at 2024-05-03T01:00", "next --at 2024-05-03T05:30",
            "grid --at 2024-05-03T01:00", "--at 2024-05-03T06:30", "next --at 2024-05-03T06:30",
            "agenda conflicts", "agenda gaps",
        ],
    ),
}  # fmt: skip

Screens = dict[tuple[str, int], str]
"""The output by command line and width."""


def enter(world: World) -> None:
    """Create the files of ``world`` in the current directory and environment."""
    for name, made in world.files().items():
        write(Path(name), made)
    for words in world.begin:
        assert ask(words.split()).status == 0, words


def seen(words: str, width: int) -> str:
    """Return the output in a terminal, with styles."""
    screen = look(words.split(), width).out
    if words == "schedules":
        for row in json.loads(ask(["schedules", "--json"]).out):
            screen = screen.replace((row["fetched"] or FETCHED)[:10], FETCHED)
    return screen


def plain(screen: str) -> str:
    """Return a screen without styles and trailing spaces."""
    return "".join(f"{line.rstrip()}\n" for line in STYLE.sub("", screen).splitlines())


def kept(world: str, language: str) -> Screens:
    """Return the screens in a file."""
    screens: Screens = {}
    words, widths = "", [0]
    for line in (FOLDER / f"{world}.{language}.txt").read_text("utf-8").splitlines(keepends=True):
        if line.startswith(COMMAND):
            words = line.removeprefix(COMMAND).strip()
        elif line.startswith(WIDTH):
            widths = [int(width) for width in line.removeprefix(WIDTH).split()]
            screens |= {(words, width): "" for width in widths}
        else:
            for width in widths:
                screens[words, width] += line
    return screens


def written(screens: Screens) -> str:
    """Return the text of a file with these screens."""
    text = ""
    for words, shown in groupby(screens.items(), key=lambda pair: pair[0][0]):
        text += f"{COMMAND} {words}".rstrip() + "\n"
        by_screen: dict[str, list[str]] = {}
        for (_words, width), screen in shown:
            by_screen.setdefault(screen, []).append(str(width))
        text += "".join(f"{WIDTH}{' '.join(widths)}\n{screen}" for screen, widths in by_screen.items())
    return text


def _worlds() -> Iterator[tuple[str, str]]:
    return ((world, language) for world in WORLDS for language in LOCALES)


def _write_anew() -> None:
    for world, language in _worlds():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            places = {name: f"{folder}/{name.lower()}" for name in ("HOME", "SUMMIT_CACHE", "SUMMIT_DATA")}
            places |= {"LANG": LOCALES[language], "TERM": "xterm-256color", "SUMMIT_PAGER": ""}
            with environment(places):
                for name in WIPED:
                    os.environ.pop(name, None)
                enter(WORLDS[world])
                screens = {
                    (words, width): plain(seen(words, width))
                    for words in WORLDS[world].commands
                    for width in WIDTHS
                }
        (FOLDER / f"{world}.{language}.txt").write_text(written(screens), "utf-8")
    for language in LOCALES:
        with environment({"COLUMNS": "80"}):
            (FOLDER / f"front.{language}.txt").write_text(ask(["help", "--lang", language]).out, "utf-8")


if __name__ == "__main__":
    _write_anew()
