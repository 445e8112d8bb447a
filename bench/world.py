"""The commands to measure: the program with schedules of every size, and its alternatives."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

from measure import Command, output_of

HERE = Path(__file__).resolve().parent
BUNDLED = HERE.parent / "data" / "schedule.json"
SCRIPTS = Path(sysconfig.get_path("scripts"))
SUMMIT = str(SCRIPTS / "summit")

SIZES = (51, 1000, 10_000, 100_000)
SMALL, LARGE = SIZES[0], SIZES[-1]
THOUSAND = 1000
PICKS = 20
ROOM = "1号厅"
MORNING = "2022-07-23T08:50"
DAY = "2022-07-23"

VALIDATE = """
import sys
from summitcli.model import Schedule
Schedule.model_validate_json(open(sys.argv[1], "rb").read())
"""
LOAD = "import json, sys; json.load(open(sys.argv[1], 'rb'))"
FORUMS = '.sessions[] | select(.category == "forum")'
DAYS_IDS = f'.sessions[] | select(any(.slots[]; .day == "{DAY}")) | .id'

KHAL = """
[calendars]
[[conference]]
path = {folder}/khal
type = calendar
[default]
default_calendar = conference
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
"""


class World:
    """An isolated environment with schedules of every size, their catalogs, an agenda, and the peers' data.

    Args:
        folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._picked = {
            "SUMMIT_CACHE": str(folder / "cache"),
            "SUMMIT_DATA": str(folder / "data"),
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "SUMMIT_PAGER": "",
        }
        self._plain = {**self._picked, "SUMMIT_DATA": str(folder / "empty")}
        self.files = {size: folder / f"{size}.json" for size in SIZES}
        for size, file in self.files.items():
            output_of([sys.executable, str(HERE / "schedules.py"), str(file), str(size)], self._plain)
            output_of([SUMMIT, "use", str(file), "--name", f"bench{size}"], self._picked)
        output_of([SUMMIT, "use", "bundled"], self._picked)
        ids = output_of([SUMMIT, "list", "-f", "ids"], self._picked).split()
        output_of([SUMMIT, "agenda", "add", *ids[:PICKS]], self._picked)
        self._calendar = folder / "plan.ics"
        output_of([SUMMIT, "export", "-o", str(self._calendar)], self._plain)

    def light(self) -> Iterator[tuple[str, Command]]:
        """Yield the commands that take less than a second."""
        yield "version", self._summit("--version")
        yield "day", self._summit("day", "1")
        yield "next", self._summit("next", "--at", "2022-07-22")
        yield "show", self._summit("show", "main-forum", "--json")
        yield "search", self._summit("search", "数字")
        yield "picked day", Command((SUMMIT, "day", "1"), self._picked)
        yield "tab id", self._tab("show", "big")
        yield "tab category", self._tab("list", "-c", "fo")
        yield "screen", self._summit("day", "1")._replace(terminal=True)
        yield "help", self._summit("--help")
        yield "export", Command((SUMMIT, "agenda", "export"), self._picked)
        for size in SIZES:
            at = ("--schedule", f"bench{size}")
            asked = {
                "room": ("day", "1", "-r", ROOM, "--from", "9:00", "--to", "10:00"),
                "next": ("next", "-n", "5", "--at", MORNING),
                "show": ("show", "s-000020", "--json"),
                "search": ("search", "数字", "-n", "20"),
            }
            for name, words in asked.items():
                yield f"{name} {size}", Command((SUMMIT, *words, *at), self._picked, statuses=(0, 1))
            yield f"tab {size}", self._tab("show", *at, "s-00002", environment=self._picked)
        yield from self._peers()

    def heavy(self) -> Iterator[tuple[str, Command]]:
        """Yield the commands that take seconds: on a large conference, and switching to a schedule."""
        large, thousand = str(self.files[LARGE]), str(self.files[THOUSAND])
        forums = (SUMMIT, "list", "-c", "forum", "--json", "--schedule", f"bench{LARGE}")
        anew, used = str(self._folder / "anew"), str(self._folder / "used")
        yield "list", Command(forums, self._picked)
        if jq := shutil.which("jq"):
            yield "jq list", Command((jq, "-c", FORUMS, large))
        if grep := shutil.which("grep"):
            yield "grep", Command((grep, "-c", "forum", large))
        yield "validate", Command((sys.executable, "-c", VALIDATE, large))
        build = (SUMMIT, "days", "--schedule", large)
        yield "build", Command(build, {**self._plain, "SUMMIT_CACHE": anew}, removed=anew)
        elsewhere = {**self._plain, "SUMMIT_DATA": f"{used}/data", "SUMMIT_CACHE": f"{used}/cache"}
        yield "use", Command((SUMMIT, "use", thousand), elsewhere, removed=used)
        yield "rows", Command((sys.executable, str(HERE / "rows.py"), thousand))
        yield "load", Command((sys.executable, "-c", LOAD, thousand))

    def _peers(self) -> Iterator[tuple[str, Command]]:
        yield "naive", Command((sys.executable, str(HERE / "naive.py"), str(BUNDLED), DAY), self._plain)
        if jq := shutil.which("jq"):
            yield "jq", Command((jq, "-r", DAYS_IDS, str(BUNDLED)))
        khal = SCRIPTS / "khal"
        if khal.exists():
            yield "khal", Command((str(khal), "-c", self._khal(khal), "list", DAY), self._plain)
        if gcalcli := shutil.which("gcalcli"):
            yield "gcalcli", Command((gcalcli, "--version"), self._plain)
        if calcurse := shutil.which("calcurse"):
            kept = ("-q", "-D", str(self._folder / "calcurse"))
            os.mkdir(self._folder / "calcurse")
            output_of([calcurse, *kept, "-i", str(self._calendar)], self._plain)
            yield "calcurse", Command((calcurse, *kept, "-Q", "--from", "07/23/2022"), self._plain)

    def _khal(self, khal: Path) -> str:
        """Return the path of a configuration of khal with a calendar of all sessions."""
        config = self._folder / "khal.conf"
        config.write_text(KHAL.format(folder=self._folder), "utf-8")
        os.mkdir(self._folder / "khal")
        output_of([str(khal), "-c", str(config), "import", "--batch", str(self._calendar)], self._plain)
        return str(config)

    def _summit(self, *words: str) -> Command:
        return Command((SUMMIT, *words), self._plain)

    def _tab(self, *words: str, environment: Mapping[str, str] | None = None) -> Command:
        """Return the command by which zsh completes ``words``."""
        asking = {**(environment or self._plain), "_SUMMIT_COMPLETE": "zsh"}
        return Command((SUMMIT, "summit", *words), asking)
