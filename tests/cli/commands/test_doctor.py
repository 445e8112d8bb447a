"""What `summit doctor` says of the program's own files, and what it repairs."""

import json
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import NamedTuple

import pytest

from summitcli import __version__, doctor
from summitcli.errors import Status
from summitcli.library.reference import bundled_path
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import document, session, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes, owners and pipes are those of POSIX")

REPAIR = "summit doctor --repair"


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


@pytest.fixture
def world(ask: Asked, tmp_path: Path) -> World:
    """Files that are as they should be."""
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    file = write(tmp_path / "plan.json", document(session("a"), session("b")))
    for words in (["use", str(file)], ["agenda", "add", "a"], ["agenda", "add", "b", "--name", "friends"]):
        answer = ask(*words)
        assert answer.status == 0, answer
    cache, data = Path(os.environ["SUMMIT_CACHE"]), Path(os.environ["SUMMIT_DATA"])
    agenda, kept = data / "agendas" / "conf" / "default.json", data / "schedules" / "conf"
    (catalog,) = cache.glob("catalog-*.sqlite")
    return World(cache, data, catalog, agenda, kept, data / "schedules" / "current")


def faults(ask: Asked, *words: str) -> list[tuple[str, ...]]:
    """Kind, path, problem and remedy of each fault; the status and the last line tell the same."""
    answer = ask("doctor", *words, "--fields", "status,kind,path,problem,remedy")
    rows = [tuple(line.split("\t")) for line in answer.out.splitlines()]
    found = [row[1:] for row in rows if row[0] == "fault"]
    assert answer.status == (Status.INVALID if found else Status.DONE), answer
    number = len(found)
    last = "no problems" if not number else f"{number} problem{'s' if number > 1 else ''}"
    assert answer.err.endswith(f"{last}\n") or (not number and "repaired" in answer.err), answer
    return found


def test_all_is_well(ask: Asked, world: World) -> None:
    answer = ask("doctor")
    version = ".".join(map(str, sys.version_info[:3]))
    friends = world.agenda.with_name("friends.json")
    bundled = bundled_path()
    rows = [
        ("program", sys.executable, f"summit {__version__}, Python {version}, {sys.platform}"),
        ("bundled schedule", bundled, ""), ("SQLite", sqlite3.__file__, sqlite3.sqlite_version),
        ("cache", world.cache, ""), ("catalog", world.catalog, ""), ("data", world.data, ""),
        ("locks", world.data, ""),
        *(("lock", file, "") for file in sorted(world.agenda.parent.glob(".*.lock"))),
        ("agenda", world.agenda, "1 session"), ("agenda", friends, "1 session"),
        ("lock", world.current.with_name(".current.lock"), ""),
        ("saved schedule", world.copy, ""), ("saved schedule", world.note, ""),
        ("saved schedule", world.kept, "2 sessions"),
        ("current schedule", world.current, "conf"),
    ]  # fmt: skip
    assert answer.out == "".join(f"ok\t{kind}\t{path}\t{found}\t\t\n" for kind, path, found in rows)
    assert (answer.status, answer.err) == (0, "no problems\n")
    checks = json.loads(ask("doctor", "--json").out)
    assert [tuple(check) for check in checks] == [doctor.Check._fields] * len(rows)
    assert [(check["kind"], check["path"], check["found"] or "") for check in checks] == [
        (kind, str(path), found) for kind, path, found in rows
    ]


def test_nothing_is_there_yet(ask: Asked) -> None:
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    answer = ask("doctor")
    assert [line.split("\t")[:4] for line in answer.out.splitlines()][3:] == [
        ["ok", "cache", os.environ["SUMMIT_CACHE"], "it is made when it is needed"],
        ["ok", "data", os.environ["SUMMIT_DATA"], "it is made when it is needed"],
    ]
    assert (answer.status, answer.err) == (0, "no problems\n")
    assert not os.path.exists(os.environ["SUMMIT_CACHE"])


def test_no_cache_is_none(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", os.devnull)
    assert faults(ask) == []


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


AWAY, DAMAGED = "mv {path} {path}.away", "mv {path} {path}.damaged"
PRIVATE, LOOK = "chmod 600 {path}", "ls -l {path}"
NOWHERE = "it is a link to /nowhere/at/all, which is not there"
NEWER = b'{"format": "summit-agenda/99"}'
PIPE, LINK, DIRECTORY = (f"it is {a}, not a file" for a in ("a pipe", "a link", "a directory"))
OTHER_VERSION = "it is of another version of the program"
NO_NAME = "the schedule in use is not known: its name is damaged"
GONE = 'the schedule in use is not known: nothing is kept under "gone"'
LOOP = "Too many levels of symbolic links"
UPGRADE = "python -m pip install --upgrade summitcli"
DAMAGED_NOTE = '"conf" can\'t be read: its source.json is damaged'
NO_NOTE = "nothing says which schedule it is"
KEPT, CURRENT = "saved schedule", "current schedule"

FAULTS = {
    "a cache for all": Fault(
        mode(0o777), "cache", "others can write to it (mode 0777)", "chmod 700 {path}", True
    ),
    "data for all": Fault(mode(0o755), "data", "others can read it (mode 0755)", "chmod 700 {path}", True),
    "a catalog for all": Fault(mode(0o664), "catalog", "others can write to it (mode 0664)", PRIVATE, True),
    "an empty catalog": Fault(holding(b""), "catalog", OTHER_VERSION, REPAIR, True),
    "a catalog of text": Fault(
        holding(b"no database" * 99), "catalog", "it is damaged: file is not a database", REPAIR, True
    ),
    "a pipe for a catalog": Fault(instead(os.mkfifo), "catalog", PIPE, REPAIR, True),
    "a link for a catalog": Fault(instead(nowhere), "catalog", LINK, REPAIR, True),
    "an agenda to read": Fault(mode(0o644), "agenda", "others can read it (mode 0644)", PRIVATE, True),
    "an agenda nobody reads": Fault(
        mode(0), "agenda", "you can't read and write it (mode 0000)", PRIVATE, True
    ),
    "an empty agenda": Fault(holding(b""), "agenda", "it is empty", DAMAGED),
    "a damaged agenda": Fault(
        holding(b"[]"), "agenda", 'it does not begin with "format": "summit-agenda/1"', DAMAGED
    ),
    "a newer agenda": Fault(holding(NEWER), "agenda", "it is of the newer format summit-agenda/99", UPGRADE),
    "a link into nothing": Fault(instead(nowhere), "agenda", NOWHERE, LOOK),
    "a link to itself": Fault(instead(itself), "agenda", LOOP, LOOK),
    "a pipe for an agenda": Fault(instead(os.mkfifo), "agenda", PIPE, AWAY),
    "a directory for an agenda": Fault(instead(os.mkdir), "agenda", DIRECTORY, AWAY),
    "a damaged note": Fault(
        holding(b"{"), "note", DAMAGED_NOTE, "summit use REF --name conf", False, KEPT, "kept"
    ),
    "a pipe for a note": Fault(instead(os.mkfifo), "note", PIPE, AWAY, False, KEPT),
    "no note": Fault(instead(nothing), "note", NO_NOTE, "rm -r {path}", False, KEPT, "kept"),
    "a damaged copy": Fault(
        holding(b"{}"), "copy", "its copy is missing or damaged", "summit update conf", False, KEPT, "kept"
    ),
    "a name that is none": Fault(holding(b"\xff"), "current", NO_NAME, "summit use bundled", False, CURRENT),
    "a schedule that is gone": Fault(
        holding(b"gone\n"), "current", GONE, "summit use bundled", False, CURRENT
    ),
    "a pipe for the current one": Fault(instead(os.mkfifo), "current", PIPE, AWAY, False, CURRENT),
    "a file for the agendas": Fault(instead(Path.touch), "agendas", "it is not a directory", AWAY),
    "a pipe for a lock": Fault(instead(os.mkfifo), "lock", PIPE, "rm {path}", True),
    "a link for a lock": Fault(instead(nowhere), "lock", LINK, "rm {path}", True),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_remedy_and_repaired_where_nothing_is_lost(
    ask: Asked, world: World, fault: Fault
) -> None:
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


def test_agendas_keep_their_content_whatever_is_repaired(ask: Asked, world: World) -> None:
    before = world.agenda.read_bytes()
    for path, mode in ((world.agenda, 0o666), (world.agenda.parent, 0o777), (world.data, 0o755)):
        path.chmod(mode)
    assert len(faults(ask)) == 3
    answer = ask("doctor", "--repair")
    assert (answer.status, answer.err) == (0, "3 problems repaired\n")
    assert world.agenda.read_bytes() == before
    modes = [path.stat().st_mode for path in (world.agenda, world.agenda.parent, world.data)]
    assert [stat.S_IMODE(bits) for bits in modes] == [0o600, 0o700, 0o700]


def test_a_directory_that_holds_other_things_is_never_made_private(
    ask: Asked, world: World, tmp_path: Path
) -> None:
    for folder in (world.cache, world.data):
        (folder / "holiday.jpg").touch()
        folder.chmod(0o755)
    assert faults(ask, "--repair") == []
    world.data.chmod(0o777)
    assert faults(ask, "--repair") == [
        ("data", str(world.data), "others can write to it (mode 0777)", f"chmod go-w {world.data}")
    ]
    world.data.chmod(0o1777)
    assert faults(ask) == []
    assert stat.S_IMODE(world.cache.stat().st_mode) == 0o755


def test_temporary_files_are_left_over_when_their_writer_is_gone(ask: Asked, world: World) -> None:
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
        ("temporary file", str(file), "its writer is gone", REPAIR) for file in left
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
def test_what_can_be_no_directory_is_named(
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


def test_another_users_files_are_named(ask: Asked, world: World) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    world.agenda.touch()
    os.chown(world.agenda, 65534, -1)
    os.chown(world.catalog, 65534, -1)
    nobody = [fault for fault in faults(ask) if "belongs to" in fault[2]]
    assert [fault[:2] for fault in nobody] == [("catalog", str(world.catalog)), ("agenda", str(world.agenda))]
    assert nobody[1][3] == f"sudo chown -R $(id -u) {world.agenda}"
    assert [fault[:2] for fault in faults(ask, "--repair")] == [("agenda", str(world.agenda))]
    assert not world.catalog.exists()


def test_files_that_can_not_be_locked_are_named(
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


def test_a_script_for_completion_calls_a_program_that_is_there(ask: Asked, tmp_path: Path) -> None:
    assert ask("completion", "fish", "--install").status == 0
    (script,) = (tmp_path / "home").rglob("summit.fish")
    program = tmp_path / "it's a bin" / "summit"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    script.write_text(f"# It isn't 'closed\nset program {quote(str(program))}\n")
    assert faults(ask) == []
    program.unlink()
    again = "summit completion fish --install"
    named = f"it calls {program}, which is not there"
    assert faults(ask, "--repair") == [("completion", str(script), named, again)]
    script.unlink()
    os.mkfifo(script)
    assert faults(ask) == [("completion", str(script), "it is a pipe, not a file", f"rm {script}")]


def test_it_never_waits_whatever_lies_where_a_file_should(world: World) -> None:
    """A pipe, a socket and a directory in the place of every file at once, in a process of its own."""
    for make in (os.mkfifo, os.mkdir, _socket, itself):
        for path in [path for folder in (world.cache, world.data) for path in folder.rglob("*")]:
            if not path.is_dir() or path.is_symlink():
                path.unlink()
                make(path)
        for words in ([], ["--json"], ["--repair"]):
            done = subprocess.run(
                [sys.executable, "-m", "summitcli", "doctor", *words],
                capture_output=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == Status.INVALID, done
            assert b"fault of the program" not in done.stderr


def _socket(path: Path) -> None:
    if path.is_dir():
        path.rmdir()
    made = socket.socket(socket.AF_UNIX)
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        # A socket's path may have 107 octets.
        made.bind(path.name)
    finally:
        os.chdir(before)
        made.close()


def test_what_is_drawn_on_a_terminal(world: World) -> None:
    world.agenda.write_bytes(b"")
    version = ".".join(map(str, sys.version_info[:3]))
    screen = look(["doctor"], 4000)
    assert screen.status == 3
    assert screen.out == (
        f"\x1b[2mProgram  \x1b[0m{sys.executable} (summit {__version__}, Python {version}, {sys.platform})\n"
        f"\x1b[2mCache    \x1b[0m{world.cache}\n\x1b[2mData     \x1b[0m{world.data}\n"
        f"\x1b[1;31m✗ \x1b[0m{world.agenda}: it is empty; `mv {world.agenda} {world.agenda}.damaged`\n"
        "1 problem\n\x1b[2msummit doctor --repair\x1b[0m\n"
    )


def test_it_speaks_chinese(ask: Asked, world: World) -> None:
    world.agenda.chmod(0o644)
    answer = ask("doctor", "--lang", "zh")
    assert (
        f"fault\tagenda\t{world.agenda}\t\t其他用户可以读取（权限 0644）\tchmod 600 {world.agenda}\n"
        in answer.out
    )
    assert answer.err == "1 个问题\n"


def test_every_remedy_is_one_line_however_hostile_the_name(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "a\x1b[31m\n$(touch canary)'\u202e"
    monkeypatch.setenv("SUMMIT_DATA", str(data))
    (data / "agendas" / "conf").mkdir(parents=True)
    (data / "agendas" / "conf" / "$(id).json").touch()
    answer = ask("doctor")
    assert answer.status == 3
    assert all(len(line.split("\t")) == 6 for line in answer.out.splitlines())
    assert not {"\x1b", "\u202e"} & set(answer.out)
