"""The files of a user, what is done to them, and what the doctor should then say."""

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
NOWHERE = "it is a link to /nowhere/at/all, which is not there"
PIPE, LINK, DIRECTORY = (f"it is {a}, not a file" for a in ("a pipe", "a link", "a directory"))


class World(NamedTuple):
    """The places of the files of a user who has a schedule, an agenda of it, and a catalog."""

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
    def copy(self) -> Path:
        (found,) = self.kept.glob("schedule-*")
        return found


def faults(ask: Asked, *words: str) -> list[tuple[str, ...]]:
    """Kind, path, problem and remedy of each fault; the status and the last line tell the same."""
    answer = ask("doctor", *words, "--fields", "status,kind,path,problem,remedy")
    rows = [tuple(line.split("\t")) for line in answer.out.splitlines()]
    found = [row[1:] for row in rows if row[0] == "fault"]
    assert answer.status == (Status.INVALID if found else Status.DONE), answer
    number = len(found)
    last = "no problems found" if not number else f"{number} problem{'s' if number > 1 else ''}"
    assert answer.err.endswith(f"{last}\n") or (not number and "repaired" in answer.err), answer
    return found


class Fault(NamedTuple):
    """What is done to a place, and the fault that it comes to: its place, problem and remedy.

    ``repaired`` is whether a repair loses nothing.
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
    """Something else in the place of what is there."""

    def change(path: Path) -> None:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        make(path)

    return change


def nothing(_path: Path) -> None:
    """Nothing is put there."""


def nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def itself(path: Path) -> None:
    path.symlink_to(path)


def check(ask: Asked, world: World, fault: Fault) -> None:
    """Check that a fault is named with its remedy, and repaired where nothing is lost by that."""
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
    """The mode and the content of everything below a directory."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }
