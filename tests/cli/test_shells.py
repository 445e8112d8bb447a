"""The TAB key in real shells: what is on the line after it has been pressed."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import summitcli
from tests.conftest import WIPED
from tests.schedules import document, session, timed, write

pexpect = pytest.importorskip("pexpect", reason="there is no way to drive a shell here")

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?>]*[A-Za-z]|[()][A-Z0-9]|[=>])|\x0f")
"""What a terminal acts on (ECMA-48) and the shells here send."""

PATIENCE = 30
"""In seconds; a machine may be busy."""

SHOW_LINE = {
    "bash": """
PS1='ready> '
bind 'set enable-bracketed-paste off'
show_line() { printf %s "$READLINE_LINE" >line.part; READLINE_LINE=; mv line.part line; }
bind -x '"\\C-g": show_line'
""",
    "zsh": """
PS1='ready> '
show_line() { print -rn -- "$BUFFER" >line.part; BUFFER=; mv line.part line; }
zle -N show_line
bindkey -e
bindkey '^G' show_line
""",
    "fish": """
function fish_prompt; echo -n 'ready> '; end
set fish_greeting
bind \\cg 'commandline -b >line.part; commandline ""; mv line.part line'
""",
}
"""What a shell reads when it starts: a key that moves its line into a file."""

COMPLETE = {
    "bash": 'eval "$(summit completion bash)"\n',
    "zsh": 'eval "$(summit completion zsh)"\n',
    "fish": "summit completion fish | source\n",
}
"""How it is told to complete."""

STARTS = {
    "bash": ["--noprofile", "--rcfile", "settings", "-i"],
    "zsh": ["-d", "-i"],
    "fish": ["-i", "-C", "source settings"],
}


class Shell:
    """A shell that somebody types into, in a folder of its own; ``settings`` is what it reads first."""

    def __init__(self, name: str, settings: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.folder = Path(environment["HOME"])
        (self.folder / "settings").write_text(settings)
        if name == "zsh":
            with (self.folder / ".zshrc").open("a") as file:
                file.write(settings)
        self._process: Any = pexpect.spawn(
            shutil.which(name), STARTS[name], cwd=self.folder, env=dict(environment), encoding="utf-8",
            timeout=PATIENCE, dimensions=(50, 200),
        )  # fmt: skip
        self._process.delaybeforesend = None
        self._process.expect_exact("ready> ")

    def line(self, typed: str) -> str:
        """What is on the line after ``typed``; the line is empty again afterwards."""
        self._process.send(typed + "\x07")
        return self._appears("line").rstrip("\n")

    def answer(self, typed: str) -> str:
        """What the command writes that is on the line after ``typed``."""
        self._process.send(f"{typed}>answer.part; mv answer.part answer\r")
        return self._appears("answer")

    def close(self) -> None:
        """End the shell."""
        self._process.close(force=True)

    def shows(self, typed: str, *texts: str) -> None:
        """Hold that the terminal shows ``texts`` after ``typed``, in this order, whatever their colours."""
        self._process.send(typed)
        wanted = re.compile(".*?".join(map(re.escape, texts)), re.DOTALL)
        end = time.monotonic() + PATIENCE
        shown = ""
        while not wanted.search(ESCAPES.sub("", shown)):
            with contextlib.suppress(pexpect.TIMEOUT):
                shown += self._process.read_nonblocking(65536, timeout=0.02)
            assert time.monotonic() < end, shown
        self.line("")

    def _appears(self, name: str) -> str:
        path = self.folder / name
        end = time.monotonic() + PATIENCE
        while not path.exists():
            # What a shell shows must be read, or it waits.
            with contextlib.suppress(pexpect.TIMEOUT):
                self._process.read_nonblocking(65536, timeout=0.02)
            assert time.monotonic() < end, self._process
        text = path.read_text("utf-8")
        path.unlink()
        return text


def world(folder: Path, cache: Path) -> dict[str, str]:
    """The environment of a shell whose home is ``folder``, where ``summit`` is a program."""
    shutil.copytree(cache, folder / "cache")
    program = folder / "bin" / "summit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m summitcli "$@"\n')
    program.chmod(0o755)
    return {
        **{name: value for name, value in os.environ.items() if name not in WIPED},
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(summitcli.__file__).parents[1]),
        "SUMMIT_CACHE": str(folder / "cache"),
        "SUMMIT_DATA": str(folder / "data"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "HISTFILE": "",
    }


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
def test_a_tab_completes_the_word(shell: Shell, typed: str, line: str) -> None:
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
    space = " " if shell.name == "fish" else ""  # fish puts one behind whatever is the only one.
    assert shell.line("summit list --fields day,spe\t") == f"summit list --fields day,speakers{space}"


def test_what_can_mean_several_is_left_or_gone_through(shell: Shell) -> None:
    if shell.name == "zsh":
        assert shell.line("summit show szjj\t") == "summit show digital-economy-forum"
        assert shell.line("summit show szjj\t\t") == "summit show project-signing-ceremony"
    else:
        assert shell.line("summit show szjj\t") == "summit show szjj"


def test_sessions_are_shown_with_their_names(shell: Shell) -> None:
    tabs = "\t\t" if shell.name == "bash" else "\t"
    shell.shows(f"summit show digital-e{tabs}", "数字经济分论坛")


def test_the_completed_line_names_the_room(shell: Shell) -> None:
    assert shell.answer(f"{ROOMS} -f ids -r Gr\t") == "a\n"
    assert shell.answer(f"{ROOMS} -f ids -s ada\t") == "a\n"


@pytest.mark.parametrize("name", list(SHOW_LINE))
def test_what_is_put_in_place_works_in_the_next_shell(built_cache: Path, tmp_path: Path, name: str) -> None:
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    environment = world(tmp_path, built_cache)
    subprocess.run(
        ["summit", "completion", name, "--install"], env=environment, check=True, capture_output=True
    )
    settings = SHOW_LINE[name]
    if name == "bash":
        # As bash-completion does when the name of the program is typed for the first time.
        settings += 'source "$HOME/.local/share/bash-completion/completions/summit"\n'
    opened = Shell(name, settings, environment)
    assert opened.line("summit show big\t") == "summit show big-data-forum "
    opened.close()
