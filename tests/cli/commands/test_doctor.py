"""`summit doctor`: the problems it reports and those it repairs."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from summitcli import __version__, doctor
from summitcli.errors import Status
from summitcli.library.reference import bundled_path
from tests.conftest import Asked
from tests.doctor.worlds import POSIX, World, faults, itself
from tests.inside import look

pytestmark = POSIX


def test_no_problems(ask: Asked, world: World) -> None:
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
    assert (answer.status, answer.err) == (0, "no problems found\n")
    checks = json.loads(ask("doctor", "--json").out)
    assert [tuple(check) for check in checks] == [doctor.Check._fields] * len(rows)
    assert [(check["kind"], check["path"], check["found"] or "") for check in checks] == [
        (kind, str(path), found) for kind, path, found in rows
    ]


def test_no_files_exist_yet(ask: Asked) -> None:
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    answer = ask("doctor")
    assert [line.split("\t")[:4] for line in answer.out.splitlines()][3:] == [
        ["ok", "cache", os.environ["SUMMIT_CACHE"], "it is created when needed"],
        ["ok", "data", os.environ["SUMMIT_DATA"], "it is created when needed"],
    ]
    assert (answer.status, answer.err) == (0, "no problems found\n")
    assert not os.path.exists(os.environ["SUMMIT_CACHE"])


def test_the_cache_is_disabled(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", os.devnull)
    assert faults(ask) == []


def test_files_of_another_user_are_reported(ask: Asked, world: World) -> None:
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


def test_it_never_blocks_on_special_files(world: World) -> None:
    """Replace every file by a pipe, a socket or a directory, and run doctor in a separate process."""
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


@pytest.mark.parametrize("how", ["option", "environment"])
def test_at_is_ignored_without_a_readable_schedule(
    ask: Asked, world: World, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    world.current.write_bytes(b"\xff")
    before = faults(ask)
    assert [fault[:2] for fault in before] == [("current schedule", str(world.current))]
    if how == "environment":
        monkeypatch.setenv("SUMMIT_NOW", "2022-07-23")
    assert faults(ask, *(["--at", "2022-07-23"] if how == "option" else [])) == before
    remedy = before[0][3].split()[1:]
    assert ask(*remedy).status == 0
    assert faults(ask) == []


def test_the_table_in_a_terminal(world: World) -> None:
    world.agenda.write_bytes(b"")
    version = ".".join(map(str, sys.version_info[:3]))
    screen = look(["doctor"], 4000)
    assert screen.status == 3
    assert screen.out == (
        f"\x1b[2mProgram  \x1b[0m{sys.executable} (summit {__version__}, Python {version}, {sys.platform})\n"
        f"\x1b[2mCache    \x1b[0m{world.cache}\n\x1b[2mData     \x1b[0m{world.data}\n"
        f"\x1b[1;31m✗ \x1b[0m{world.agenda}: it is empty\n  mv {world.agenda} {world.agenda}.damaged\n"
        "1 problem\n\x1b[2msummit doctor --repair\x1b[0m\n"
    )


def test_it_is_in_chinese(ask: Asked, world: World) -> None:
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
    for line in answer.out.splitlines():
        if remedy := line.split("\t")[5]:
            subprocess.run(["bash", "-c", remedy], check=True, cwd=tmp_path)
    assert os.listdir(data / "agendas" / "conf") == ["$(id).json.damaged"]
    assert not (tmp_path / "canary").exists()


def test_a_command_on_a_terminal_is_one_line_however_narrow_that_is(world: World) -> None:
    world.agenda.write_bytes(b"")
    world.agenda.with_name(world.agenda.name + ".damaged").touch()
    screen = look(["doctor"], 20)
    assert f"\n  mv {world.agenda} {world.agenda}.damaged2\n" in screen.out
