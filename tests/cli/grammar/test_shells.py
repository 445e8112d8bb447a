"""Completion in real shells: the line after TAB has been pressed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.cli.grammar import shells
from summitcli.cli.grammar.shells import completion_script, has_bash_completion
from tests.cli.real_shells import COMPLETE, SHOW_LINE, Shell, world
from tests.schedules import document, session, timed, write


@pytest.fixture(scope="module", params=list(SHOW_LINE))
def shell(
    request: pytest.FixtureRequest, built_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    environment = world(folder, built_cache)
    held = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room="Großer Saal 1")
    made = document(
        session("a", held, speakers=["Ada O'Neil $HOME"]),
        session("b", {**held, "room": "Hall (West)"}, speakers=["李 雷"]),
    )
    write(folder / "rooms.json", made)
    (folder / "some notes.txt").touch()
    opened = Shell(request.param, SHOW_LINE[request.param] + COMPLETE[request.param], environment)
    opened.answer("summit agenda add big-data-forum --name work; summit days ")
    yield opened
    opened.close()


ROOMS = "summit list --schedule rooms.json"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("summit sh", "summit show "),
        ("summit agenda exp", "summit agenda export "),
        ("summit show big", "summit show big-data-forum "),
        ("summit show contest-", "summit show contest-"),
        ("summit agenda add rmb", "summit agenda add digital-rmb-forum "),
        ("summit list -c fo", "summit list -c forum "),
        ("summit list --ca", "summit list --category "),
        ("summit list --category=f", "summit list --category=forum "),
        ("summit list -d 2022-07-2", "summit list -d 2022-07-2"),
        ("summit list --day=2022-07-24", "summit list --day=2022-07-24 "),
        ("summit agenda export --name w", "summit agenda export --name work "),
        ("summit agenda remove --name work b", "summit agenda remove --name work big-data-forum "),
        (f"{ROOMS} -r Gr", f"{ROOMS} -r Großer\\ Saal\\ 1 "),
        (f"{ROOMS} --room=gr", f"{ROOMS} --room=Großer\\ Saal\\ 1 "),
        (f'{ROOMS} -r "Gr', f'{ROOMS} -r "Großer Saal 1" '),
        (f"{ROOMS} -r 'Großer S", f"{ROOMS} -r 'Großer Saal 1' "),
        (f"{ROOMS} -r Großer\\ S", f"{ROOMS} -r Großer\\ Saal\\ 1 "),
        (f"{ROOMS} -r Hall", f"{ROOMS} -r Hall\\ \\(West\\) "),
        (f"{ROOMS} -s 李", f"{ROOMS} -s 李\\ 雷 "),
        (f"{ROOMS} -s ada", f"{ROOMS} -s Ada\\ O\\'Neil\\ \\$HOME "),
        ("summit use bun", "summit use bundled "),
        ("summit validate some", "summit validate some\\ notes.txt "),
        ("summit export -o some", "summit export -o some\\ notes.txt "),
        ("summit export --output=some", "summit export --output=some\\ notes.txt "),
        ("summit nonsense ", "summit nonsense "),
        ("summit show xyzzy", "summit show xyzzy"),
        (
            "summit show --schedule http://127.0.0.1:9/s.json a",
            "summit show --schedule http://127.0.0.1:9/s.json a",
        ),
    ],
)
def test_tab_completes_the_word(shell: Shell, typed: str, line: str) -> None:
    assert shell.line(f"{typed}\t") == line


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("summit show 区块", "summit show contest-blockchain "),
        ("summit show qukuailian", "summit show contest-blockchain "),
        ("summit list -c 分", "summit list -c forum "),
        ("summit list --category=分", "summit list --category=forum "),
    ],
)
def test_a_name_in_chinese_or_pinyin_becomes_the_id(shell: Shell, typed: str, line: str) -> None:
    assert shell.line(f"{typed}\t") == line


def test_another_field_may_follow(shell: Shell) -> None:
    space = " " if shell.name == "fish" else ""  # fish adds a space after a single offer.
    assert shell.line("summit list --fields day,spe\t") == f"summit list --fields day,speakers{space}"


def test_an_ambiguous_word_is_kept_or_cycled_through(shell: Shell) -> None:
    if shell.name == "zsh":
        assert shell.line("summit show szjj\t") == "summit show digital-economy-forum"
        assert shell.line("summit show szjj\t\t") == "summit show project-signing-ceremony"
    else:
        assert shell.line("summit show szjj\t") == "summit show szjj"


def test_sessions_are_listed_with_their_titles(shell: Shell) -> None:
    tabs = "\t\t" if shell.name == "bash" else "\t"
    shell.shows(f"summit show digital-e{tabs}", "数字经济分论坛")


def test_the_completed_line_names_the_room(shell: Shell) -> None:
    assert shell.answer(f"{ROOMS} -f ids -r Gr\t") == "a\n"
    assert shell.answer(f"{ROOMS} -f ids -s ada\t") == "a\n"


@pytest.mark.parametrize("name", list(SHOW_LINE))
def test_an_installed_script_works_in_the_next_shell(built_cache: Path, tmp_path: Path, name: str) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    environment = world(tmp_path, built_cache)
    subprocess.run(
        ["summit", "completion", name, "--install"], env=environment, check=True, capture_output=True
    )
    settings = SHOW_LINE[name]
    if name == "bash":
        # The tests' shell has settings of its own.
        settings += "[[ -r ~/.bashrc ]] && source ~/.bashrc\n"
    opened = Shell(name, settings, environment)
    assert opened.line("summit show big\t") == "summit show big-data-forum "
    opened.close()


BASH_COMPLETION = """
_completion_loader() {
    source "$HOME/.local/share/bash-completion/completions/$1" && return 124
}
"""
"""What bash-completion does on the first completion of a program."""


@pytest.mark.parametrize(
    ("settings", "loads"),
    [
        ("", False),
        (BASH_COMPLETION, True),
        ("echo hello; " + BASH_COMPLETION, True),
        (BASH_COMPLETION.replace("_completion_loader", "_comp_load").replace("124", "0"), True),
        # The script is loaded, but not by bash-completion.
        ('source "$HOME/.local/share/bash-completion/completions/summit"', False),
        ("exec sleep 1000", False),
    ],
)
def test_only_bash_knows_whether_it_loads_the_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, loads: bool
) -> None:
    if not shutil.which("bash"):
        pytest.skip("bash is not installed")
    monkeypatch.setattr(shells, "PATIENCE", 120 if loads else 2)
    home = Path(os.environ["HOME"])
    script = home / ".local/share/bash-completion/completions/summit"
    script.parent.mkdir(parents=True)
    script.write_text(completion_script("bash", ["summit"]))
    # The settings of all users may load bash-completion.
    (home / ".bashrc").write_text(f"unset -f _completion_loader _comp_load\n{settings}\n")
    assert has_bash_completion() is loads


@pytest.mark.parametrize("name", list(SHOW_LINE))
def test_completion_runs_only_the_program_that_wrote_the_script(
    built_cache: Path, tmp_path: Path, name: str
) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    environment = world(tmp_path, built_cache)
    program = tmp_path / 'it\'s "a" $(touch ran) `touch ran` \\ é !! {x,y} *' / "summit"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom summitcli.__main__ import run\nrun()\n")
    program.chmod(0o755)
    script = subprocess.run([program, "completion", name], env=environment, check=True, capture_output=True)
    (tmp_path / "completion").write_bytes(script.stdout)
    for folder in (tmp_path, tmp_path / "first"):
        folder.mkdir(exist_ok=True)
        (folder / "summit").write_text("#!/bin/sh\ntouch ran\n")
        (folder / "summit").chmod(0o755)
    environment["PATH"] = f"{tmp_path / 'first'}{os.pathsep}{environment['PATH']}"
    opened = Shell(name, f"{SHOW_LINE[name]}source ./completion\n", environment)
    for typed in ("./summit", str(tmp_path / "summit"), "summit", "first/summit"):
        assert opened.line(f"{typed} show big\t") == f"{typed} show big-data-forum "
    assert not (tmp_path / "ran").exists()
    program.unlink()
    assert opened.line("summit show big\t") == "summit show big"
    assert opened.line("./summit show big\t") == "./summit show big"
    assert not (tmp_path / "ran").exists()
    assert opened.answer("./summit ") == ""
    assert (tmp_path / "ran").exists()
    opened.close()
