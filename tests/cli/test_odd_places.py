"""Broken links, pipes, directories, sockets and devices in the place of each file of the program.

Each is reported in one line with an exit code, without hanging, and never treated as a missing file. It is
left unchanged, and a command that fails changes nothing.
"""

import os
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from summitcli.cli.terminal.environment import COMPLETION
from tests.conftest import BUNDLED, Asked, Run
from tests.inside import Answer, ask, environment

PICK = "main-forum"
TOO_LONG = 30
"""The time after which a command is considered to hang, in seconds; usually it takes a fraction of one."""

LISTS = "list -f ids"
ICS = "export -d 1 -f ics --stars"
MARKING = (LISTS, ICS)
"""Commands that read the agenda only to mark its sessions."""
READING = (
    "agenda -f ids",
    "agenda export",
    "agenda conflicts",
    "agenda compare {ids}",
    "list --agenda",
)
WRITING = ("agenda add opening", f"agenda remove {PICK}", "agenda clear --yes", "agenda import {ids}")
AGENDA = (*READING, *WRITING)
OTHERS = ("schedules", "use {file} --name other", "use bundled", "use conf", "update conf", "update",
          "schedules remove conf")  # fmt: skip
COMMANDS = (*MARKING, *AGENDA, *OTHERS)

DONE = (0, 1)
"""The exit codes of commands that found something, or nothing."""


def link_to_nothing(path: Path) -> None:
    path.symlink_to(path.parent / "drive" / "that is not mounted")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_an_endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def socket_at(path: Path) -> None:
    before = os.getcwd()
    os.chdir(path.parent)
    try:
        # The path of a socket is limited to about a hundred bytes.
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def endless_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
        path.open("rb").close()
    except PermissionError:
        path.unlink(missing_ok=True)
        pytest.skip("only root can make devices, and not everywhere")


Put = Callable[[Path], None]
BROKEN: dict[str, Put] = {"link to nothing": link_to_nothing, "link to itself": link_to_itself}
NO_FILE: dict[str, Put] = {
    "pipe": os.mkfifo,
    "socket": socket_at,
    "device": endless_device,
    "link to a device": link_to_an_endless_device,
}
KINDS: dict[str, Put] = {**BROKEN, **NO_FILE, "folder": Path.mkdir, "file": Path.touch}


class Place(NamedTuple):
    """A file or directory below the data directory, and the commands that need it.

    ``broken`` and ``no_file`` are the exit codes for a broken link, and for another kind of file; a pair is
    for reading and for writing commands.
    """

    path: str
    needs: tuple[str, ...]
    no_file: int = 4
    says: tuple[str, ...] = ()
    """Commands that answer nevertheless, with a one-line warning."""
    but: dict[str, int] = {}  # noqa: RUF012
    """The exit codes of commands with another result, for another kind of file."""
    is_folder: bool = False
    cache: bool = True
    """Whether catalogs are kept, which answer without their source files."""


ID = "digital-china-summit-5"
PLACES = {
    "agenda": Place(f"agendas/{ID}/default.json", AGENDA, 3, MARKING),
    "lock of the agenda": Place(f"agendas/{ID}/.default.lock", (*WRITING, "agenda export")),
    "folder of the agendas of a conference": Place(f"agendas/{ID}", AGENDA, says=MARKING, is_folder=True),
    "folder of all agendas": Place("agendas", AGENDA, says=MARKING, is_folder=True),
    "note of a kept schedule": Place(
        "schedules/conf/source.json",
        (*MARKING, *AGENDA, "use conf", "update conf", "update", "schedules remove conf"),
        3,
        ("schedules",),
        {"schedules remove conf": 4},
    ),
    "content of a kept schedule": Place(
        "schedules/conf/schedule-*",
        (*MARKING, *AGENDA, "update conf", "update"),
        3,
        but={"update conf": 4, "update": 4},
        cache=False,
    ),
    "name of the schedule in use": Place(
        "schedules/current",
        (*MARKING, *AGENDA, *OTHERS[1:]),
        3,
        ("schedules",),
        {command: 4 for command in OTHERS[1:] if command != "update"},
    ),
    "lock of what is kept": Place(
        "schedules/.current.lock",
        (
            "use {file} --name other",
            "use bundled",
            "use conf",
            "update",
            "update conf",
            "schedules remove conf",
        ),
    ),
    "folder of what is kept": Place("schedules", COMMANDS, is_folder=True),
    "data folder": Place(".", COMMANDS, is_folder=True),
}


class Hangs(BaseException):
    """A command that hangs; no Exception, which the program would report as an internal error."""


@contextmanager
def not_for_ever(what: object) -> Iterator[None]:
    """Fail the test if a command hangs."""

    def end(_number: int, _frame: object) -> None:
        raise Hangs(what)

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(TOO_LONG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def tree(folder: Path) -> dict[str, tuple[int, str | bytes]]:
    """Return the kind, mode and content or target of all files below ``folder``, without lock files."""
    found: dict[str, tuple[int, str | bytes]] = {}
    for path in [folder, *folder.rglob("*")]:
        mode = path.lstat().st_mode
        content: str | bytes = b""
        if stat.S_ISLNK(mode):
            content = os.readlink(path)
        elif stat.S_ISREG(mode):
            content = path.read_bytes()
        if not (stat.S_ISREG(mode) and path.name.endswith(".lock")):
            found[str(path.relative_to(folder))] = (mode, content)
    return found


class World(NamedTuple):
    """The files of a test."""

    root: Path
    whole: Path
    """A data directory with an agenda of one session and a saved current schedule."""
    file: Path
    ids: Path

    def line(self, command: str) -> list[str]:
        return command.replace("{file}", str(self.file)).replace("{ids}", str(self.ids)).split()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("odd")
    made = World(root, root / "whole", root / "plan.json", root / "mine.ids")
    made.file.write_bytes(BUNDLED.read_bytes())
    made.ids.write_text(f"{PICK}\n")
    with environment({"SUMMIT_DATA": str(made.whole), "SUMMIT_CACHE": str(root / "cache")}):
        assert ask(["use", str(made.file), "--name", "conf"]).status == 0
        assert ask(["agenda", "add", PICK]).status == 0
        # Both catalogs exist.
        assert ask(["list", "--schedule", "bundled"]).status == 0
    return made


def put(world: World, place: Place, kind: Put) -> tuple[Path, Path]:
    """Create the data directory with an unusual file in one place; return both paths."""
    home = world.root / "home"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(world.whole, home / "data", symlinks=True)
    (path,) = (home / "data").glob(place.path) if "*" in place.path else [home / "data" / place.path]
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    kind(path)
    return home, path


def identity(path: Path) -> tuple[int, int, str]:
    state = path.lstat()
    return state.st_mode, state.st_ino, os.readlink(path) if path.is_symlink() else ""


def expected(place: Place, kind: str, command: str) -> int | None:
    """Return the exit code of a command that must fail; None for one that must answer."""
    if command not in place.needs:
        return None
    if kind in BROKEN and not place.path.endswith(".lock"):
        return 4
    return 4 if place.is_folder else place.but.get(command, place.no_file)


EACH = [
    pytest.param(name, kind, marks=[] if kind in ("link to nothing", "pipe") else pytest.mark.soak)
    for name, place in PLACES.items()
    for kind in KINDS
    if kind != ("folder" if place.is_folder else "file")
]


@pytest.mark.parametrize(("name", "kind"), EACH)
def test_every_command_reports_an_unusual_file_in_one_line(name: str, kind: str, world: World) -> None:
    place = PLACES[name]
    for command in COMMANDS:
        home, path = put(world, place, KINDS[kind])
        odd, before = identity(path), tree(home)
        cache = str(world.root / "cache") if place.cache else os.devnull
        answer = answered(world, command, {"SUMMIT_DATA": str(home / "data"), "SUMMIT_CACHE": cache})
        status, said = expected(place, kind, command), answer.err.splitlines()
        if status is None:
            assert answer.status in DONE, (command, answer)
            if command in place.says:
                assert [str(path) in line or '"conf"' in line for line in said] == [True], (command, answer)
            if command != "schedules remove conf":
                assert identity(path) == odd, command
            continue
        assert (answer.status, answer.out, len(said)) == (status, "", 1), (command, answer)
        assert said[0].startswith("summit: ")
        if kind in BROKEN and not path.name.endswith(".lock"):
            target = os.readlink(path)
            assert f"{path} is a link to {target}, which " in said[0], said
        elif not (place.path.startswith("agendas") and said[0].find("it is not a file") > 0):
            assert f"{path} must be a " in said[0], said
        assert (identity(path), tree(home)) == (odd, before), command


def answered(world: World, command: str, variables: dict[str, str]) -> Answer:
    with environment({**variables, "SUMMIT_LANG": "en"}), not_for_ever(command):
        return ask(world.line(command))


@pytest.mark.parametrize("kind", BROKEN)
def test_an_unreadable_agenda_leaves_out_the_stars_with_a_warning(kind: str, world: World) -> None:
    home, path = put(world, PLACES["agenda"], BROKEN[kind])
    whole = answered(world, "list", {"SUMMIT_DATA": str(world.whole), "SUMMIT_CACHE": os.devnull})
    answer = answered(world, "list", {"SUMMIT_DATA": str(home / "data"), "SUMMIT_CACHE": os.devnull})
    assert (answer.status, answer.out) == (0, whole.out)
    drive = path.parent / "drive" / "that is not mounted"
    why = {
        "link to nothing": f"{drive}, which does not exist; mount its drive or fix the link",
        "link to itself": "default.json, which leads back to itself; fix the link",
    }[kind]
    assert answer.err == f"can't read the agenda {path}: {path} is a link to {why}\n"


def test_a_given_schedule_works_without_the_data_directory(world: World) -> None:
    home, path = put(world, PLACES["data folder"], link_to_nothing)
    answer = answered(world, f"{LISTS} --schedule bundled", {"SUMMIT_DATA": str(path)})
    whole = answered(world, f"{LISTS} --schedule bundled", {"SUMMIT_DATA": str(home / "nothing yet")})
    assert (answer.status, answer.out) == (0, whole.out)
    assert answer.err.count("\n") == 1
    assert f"{path} is a link to {path.parent}/drive/that is not mounted, which does not exist" in answer.err


def test_an_agenda_comes_back_with_its_drive(world: World, call: Run) -> None:
    drive = world.root / "usb"
    home, path = put(world, PLACES["agenda"], lambda path: path.symlink_to(drive / "mine.json"))
    env = {"SUMMIT_DATA": str(home / "data")}
    fault = f"{path} is a link to {drive}/mine.json, which does not exist; mount its drive or fix the link"
    call("agenda", status=4, err=f"summit: can't read the agenda {path}: {fault}\n", env=env)
    call("agenda", "add", PICK, status=4, err=f"summit: can't write the agenda {path}: {fault}\n", env=env)
    assert not drive.exists()
    drive.mkdir()
    shutil.copy(world.whole / PLACES["agenda"].path, drive / "mine.json")
    assert call("agenda", "-f", "ids", env=env) == f"{PICK}\n"
    call("agenda", "add", "opening", err=None, env=env)
    assert (call("agenda", "-f", "ids", env=env).split(), path.is_symlink()) == (
        ["opening-ceremony", PICK],
        True,
    )


INSTALLED = {"script": ".local/share/zsh/site-functions/_summit", "settings": ".zshrc"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "file"])
@pytest.mark.parametrize("what", INSTALLED)
def test_completion_replaces_only_an_ordinary_file(what: str, kind: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = home / INSTALLED[what]
    path.parent.mkdir(parents=True)
    KINDS[kind](path)
    odd = identity(path)
    with environment({"HOME": str(home), "SUMMIT_LANG": "en"}), not_for_ever(kind):
        answer = ask(["completion", "zsh", "--install"])
    assert (answer.status, identity(path)) == (4, odd), answer
    last = answer.err.splitlines()[-1]
    assert last.startswith("summit: can't ")
    assert f"{path} {'is a link to' if kind in BROKEN else 'must be a file'}" in last


def test_completion_waits_for_no_pipe(world: World) -> None:
    for place in PLACES.values():
        _home, path = put(world, place, os.mkfifo)
        with environment({"SUMMIT_DATA": str(_home / "data"), COMPLETION: "zsh"}), not_for_ever(path):
            for words in (["show", "ma"], ["agenda", "remove", ""], ["use", ""], ["list", "--name", ""]):
                assert ask(["summit", *words]).status == 0


LONG = {
    "a long name": "/" + "x" * 300,
    "long names": ("/" + "x" * 200) * 30,
    "many short names": "/x" * 3000,
}
"""A directory name that makes a path too long for the system."""


@pytest.mark.parametrize("long", LONG)
@pytest.mark.parametrize("there", [True, False], ids=["in a folder", "in no folder"])
def test_a_data_directory_with_a_path_too_long_is_an_error_in_one_line(
    long: str, there: bool, ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "long"
    if there:
        base.mkdir()
    monkeypatch.setenv("SUMMIT_DATA", f"{base}{LONG[long]}")
    bundled = ["--schedule", "bundled"]
    # The system checks names further down only if the directory exists.
    unseen = not there and long == "a long name"
    for line in (["days"], ["agenda", *bundled], ["schedules"], ["use", str(BUNDLED)], ["use", "bundled"],
                 ["agenda", "add", PICK, *bundled], ["list", *bundled]):  # fmt: skip
        answer = ask(*line)
        writes = (line[0] == "use" and line[1] != "bundled") or line[:2] == ["agenda", "add"]
        if line[0] == "list" or (unseen and not writes):
            assert answer.status in DONE, (line, answer)
        else:
            assert (answer.status, answer.out) == (4, ""), (line, answer)
            assert "File name too long" in answer.err
        assert answer.err.count("\n") <= 1, (line, answer)
    assert [*tmp_path.glob("long/*")] == []
    assert base.exists() == there


def test_a_deeply_nested_data_directory_works(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deeper than the recursion limit of Python.
    monkeypatch.setenv("SUMMIT_DATA", f"{tmp_path}/deep{'/x' * 1050}")
    try:
        assert ask("agenda", "add", PICK).status == 0
        assert ask("agenda", "-f", "ids") == (0, f"{PICK}\n", "")
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "deep"], check=True)
