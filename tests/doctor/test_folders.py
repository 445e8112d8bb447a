"""Checks of the cache and data directories, and of the locks and temporary files in them."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.doctor.worlds import (
    AWAY,
    LINK,
    NOWHERE,
    PIPE,
    POSIX,
    REPAIR,
    Fault,
    World,
    check,
    faults,
    instead,
    itself,
    mode,
    nowhere,
)

pytestmark = POSIX

FAULTS = {
    "a cache for all": Fault(
        mode(0o777), "cache", "other users can write to it (mode 0777)", "chmod 700 {path}", True
    ),
    "data for all": Fault(
        mode(0o755), "data", "other users can read it (mode 0755)", "chmod 700 {path}", True
    ),
    "a file for the agendas": Fault(instead(Path.touch), "agendas", "it is not a directory", AWAY),
    "a pipe for a lock": Fault(instead(os.mkfifo), "lock", PIPE, "rm {path}", True),
    "a link for a lock": Fault(instead(nowhere), "lock", LINK, "rm {path}", True),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_problem_is_reported_and_repaired_if_no_data_is_lost(
    ask: Asked, world: World, fault: Fault
) -> None:
    check(ask, world, fault)


def test_a_directory_with_other_files_is_never_made_private(ask: Asked, world: World, tmp_path: Path) -> None:
    for folder in (world.cache, world.data):
        (folder / "holiday.jpg").touch()
        folder.chmod(0o755)
    assert faults(ask, "--repair") == []
    world.data.chmod(0o777)
    assert faults(ask, "--repair") == [
        ("data", str(world.data), "other users can write to it (mode 0777)", f"chmod go-w {world.data}")
    ]
    world.data.chmod(0o1777)
    assert faults(ask) == []
    assert stat.S_IMODE(world.cache.stat().st_mode) == 0o755


def test_temporary_files_of_dead_processes_are_reported(ask: Asked, world: World) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True
    )
    dead, now = int(gone.stdout), time.time()
    files = {
        world.agenda.with_name(f".default.{dead}-1.tmp"): 3600,
        world.kept / f".source.{dead}-1.tmp": 3600,
        world.cache / f"{world.catalog.name}.{dead}.1.tmp": 3600,
        world.agenda.with_name(f".default.{os.getpid()}-1.tmp"): 2 * 86400,
        world.agenda.with_name(f".default.{dead}-2.tmp"): 0,
        world.agenda.with_name(f".default.{os.getpid()}-2.tmp"): 3600,
    }
    for file, age in files.items():
        file.touch(0o600)
        os.utime(file, (now - age, now - age))
    left = [*files][:4]
    found = faults(ask)
    assert sorted(found) == sorted(
        ("temporary file", str(file), "left over from an interrupted process", REPAIR) for file in left
    )
    assert faults(ask, "--repair") == []
    assert [file.exists() for file in files] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("variable", ["SUMMIT_CACHE", "SUMMIT_DATA"])
@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (Path.touch, "it is not a directory"),
        (os.mkfifo, "it is not a directory"),
        (itself, "Too many levels of symbolic links"),
        (nowhere, NOWHERE),
        (lambda path: path.parent.joinpath("file").touch(), "{parent}"),
        (None, "File name too long"),
    ],
    ids=["file", "pipe", "loop", "link", "below a file", "long"],
)
def test_a_path_that_can_not_be_a_directory_is_reported(
    ask: Asked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    make: Callable[[Path], object] | None,
    problem: str,
) -> None:
    place = tmp_path / "place" if make else Path("/tmp", *["x" * 250] * 20)
    remedy = f"export {variable}=…"
    if make:
        make(place)
    if problem == "{parent}":
        place = tmp_path / "file" / "x"
        problem = "Not a directory"
    if problem == NOWHERE:
        remedy = f"ls -l {place}"
    monkeypatch.setenv(variable, str(place))
    kind = {"SUMMIT_CACHE": "cache", "SUMMIT_DATA": "data"}[variable]
    for words in ([], ["--repair"]):
        assert faults(ask, *words) == [(kind, str(place), problem, remedy)]


def test_missing_support_for_locks_is_reported(
    ask: Asked, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import fcntl

    def flock(_file: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    problem = f"files can't be locked there: {os.strerror(errno.ENOLCK)}"
    assert faults(ask) == [("locks", str(world.data), problem, "export SUMMIT_DATA=…")]
    assert [path for path in world.data.iterdir() if path.name.startswith(".")] == []
