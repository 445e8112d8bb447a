"""The files of a user, ways to damage them, and the problems that the doctor should report."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import NamedTuple

import pytest

from summitcli.errors import Status
from tests.conftest import Asked

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes, owners and pipes are those of POSIX")

REPAIR = "summit doctor --repair"
AWAY, DAMAGED = "mv {path} {path}.away", "mv {path} {path}.damaged"
PRIVATE, LOOK = "chmod 600 {path}", "ls -l {path}"
NOWHERE = "it is a broken link to /nowhere/at/all"
PIPE, LINK, DIRECTORY = (f"it is {a}, not a file" for a in ("a pipe", "a link", "a directory"))


class World(NamedTuple):
    """The paths of the files of a user with a schedule, an agenda and a catalog."""

    cache: Path
    data: Path
    catalog: Path
    agenda: Path
    kept: Path
    current: Path

    @property
    def note(self) -> Path:
        return self.kept / "source.json"

    @property
    def agendas(self) -> Path:
        return self.data / "agendas"

    @property
    def lock(self) -> Path:
        return self.agenda.with_name(".default.lock")

    @property
    def calendar(self) -> Path:
        return self.agenda.with_name("default.sync")

    @property
    def copy(self) -> Path:
        (found,) = self.kept.glob("schedule-*")
        return found


def faults(ask: Asked, *words: str) -> list[tuple[str, ...]]:
    """Return kind, path, problem and remedy of each problem, after checking exit code and last line."""
    answer = ask("doctor", *words, "--fields", "status,kind,path,problem,remedy")
    rows = [tuple(line.split("\t")) for line in answer.out.splitlines()]
    found = [row[1:] for row in rows if row[0] == "fault"]
    assert answer.status == (Status.INVALID if found else Status.DONE), answer
    number = len(found)
    last = "no problems found" if not number else f"{number} problem{'s' if number > 1 else ''}"
    assert answer.err.endswith(f"{last}\n") or (not number and "repaired" in answer.err), answer
    return found


class Fault(NamedTuple):
    """A way to damage a path, and the expected problem and remedy.

    ``repaired`` is True if it can be repaired without losing data.
    """

    spoil: Callable[[Path], object]
    place: str
    problem: str
    remedy: str
    repaired: bool = False
    kind: str = ""
    named: str = ""


def mode(bits: int) -> Callable[[Path], object]:
    return lambda path: path.chmod(bits)


def holding(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def instead(make: Callable[[Path], object]) -> Callable[[Path], object]:
    """Return a function that replaces a path by something else."""

    def change(path: Path) -> None:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        make(path)

    return change


def nothing(_path: Path) -> None:
    """Put nothing there."""


def nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def itself(path: Path) -> None:
    path.symlink_to(path)


def check(ask: Asked, world: World, fault: Fault) -> None:
    """Check that a problem is reported with its remedy, and repaired if no data is lost."""
    path = getattr(world, fault.named or fault.place)
    fault.spoil(getattr(world, fault.place))
    remedy = fault.remedy.format(path=quote(str(path)))
    named = (fault.kind or fault.place, str(path), fault.problem, remedy)
    assert named in faults(ask)
    before = state(world.data)
    assert (named in faults(ask, "--repair")) is not fault.repaired
    assert (named in faults(ask)) is not fault.repaired
    if not fault.repaired:
        # The other files are as they were.
        assert state(world.data) == before


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the mode and content of everything below a directory."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }
