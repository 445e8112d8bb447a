"""Real shells in a pseudo-terminal, for tests that type into them."""

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import summitcli
from tests.conftest import WIPED

pexpect = pytest.importorskip("pexpect", reason="there is no way to drive a shell here")

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?>]*[A-Za-z]|[()][A-Z0-9]|[=>])|\x0f")
"""The control sequences (ECMA-48) that these shells send."""

PATIENCE = 30
"""The timeout in seconds; the machine may be busy."""

SHOW_LINE = {
    "bash": """
PS1='ready> ' PS2='more> '
PROMPT_COMMAND=': >prompt'
bind '"\\C-t": menu-complete'
bind 'set enable-bracketed-paste off'
show_line() { printf %s "$READLINE_LINE" >line.part; READLINE_LINE=; mv line.part line; }
bind -x '"\\C-g": show_line'
""",
    "zsh": """
PS1='ready> ' PS2='more> '
precmd() { : >prompt }
show_line() { print -rn -- "$BUFFER" >line.part; BUFFER=; mv line.part line; }
zle -N show_line
bindkey -e
bindkey '^G' show_line
""",
    "fish": """
function fish_prompt; echo -n 'ready> '; echo >prompt; end
set fish_greeting
bind \\cg 'commandline -b >line.part; commandline ""; mv line.part line'
""",
}
"""The settings of each shell: a prompt that creates a file, and a key that writes the line to one."""

ARGUMENTS = {
    "bash": 'summit() { printf "%s\\0" "$@" >arguments.part; mv arguments.part arguments; }\n',
    "zsh": 'summit() { printf "%s\\0" "$@" >arguments.part; mv arguments.part arguments; }\n',
    "fish": "function summit; string join0 -- $argv >arguments.part; mv arguments.part arguments; end\n",
}
"""The definition of ``summit`` as a function that records its arguments."""

COMPLETE = {
    "bash": 'eval "$(summit completion bash)"\n',
    "zsh": 'eval "$(summit completion zsh)"\n',
    "fish": "summit completion fish | source\n",
}
"""The command that turns on completion."""

STARTS = {
    "bash": ["--noprofile", "--rcfile", "settings", "-i"],
    "zsh": ["-d", "-i"],
    "fish": ["-i", "-C", "source settings"],
}


class Shell:
    """A running shell in a directory of its own; it reads ``settings`` first."""

    def __init__(self, name: str, settings: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.folder = Path(environment["HOME"])
        (self.folder / "settings").write_text(settings)
        if name == "zsh":
            with (self.folder / ".zshrc").open("a") as file:
                file.write(settings)
        if name == "fish":
            # Without this directory fish reads all man pages in the background.
            data = Path(environment.get("XDG_DATA_HOME") or self.folder / ".local" / "share")
            (data / "fish" / "generated_completions").mkdir(parents=True, exist_ok=True)
        self._process: Any = pexpect.spawn(
            shutil.which(name), STARTS[name], cwd=self.folder, env=dict(environment), encoding="utf-8",
            timeout=PATIENCE, dimensions=(50, 200),
        )  # fmt: skip
        self._process.delaybeforesend = None
        self._process.expect_exact("ready> ")

    def line(self, typed: str) -> str:
        """Type a text, and return and clear the line."""
        self._process.send(typed + "\x07")
        return self._appears("line").rstrip("\n")

    def answer(self, typed: str) -> str:
        """Type a command and Enter, and return its output."""
        (self.folder / "prompt").unlink(missing_ok=True)
        self._process.send(f"{typed}>answer.part; mv answer.part answer\r")
        answer = self._appears("answer")
        self._shown_until_prompt()
        return answer

    def arguments(self, typed: str) -> list[str] | str:
        """Type a command and Enter, and return the arguments of ``summit``, or else the output of the shell.

        The settings must have :data:`ARGUMENTS`.
        """
        for name in ("arguments", "prompt"):
            (self.folder / name).unlink(missing_ok=True)
        self._process.send(typed + "\r")
        shown = self._shown_until_prompt()
        if not (self.folder / "prompt").exists():
            self._process.send("\x03")
            self._shown_until_prompt()
            return f"not accepted: {shown!r}"
        try:
            return (self.folder / "arguments").read_text("utf-8").split("\0")[:-1]
        except FileNotFoundError:
            return f"not run: {shown!r}"

    def _shown_until_prompt(self) -> str:
        """Return the output until the shell waits for a command, or for the rest of one."""
        shown = ""
        end = time.monotonic() + PATIENCE
        while not (self.folder / "prompt").exists() and "more> " not in shown and time.monotonic() < end:
            with contextlib.suppress(pexpect.TIMEOUT):
                shown += ESCAPES.sub("", self._process.read_nonblocking(65536, timeout=0.01))
        return shown

    def close(self) -> None:
        """End the shell."""
        self._process.close(force=True)

    def shows(self, typed: str, *texts: str) -> None:
        """Check that the terminal shows ``texts`` in this order after ``typed``, ignoring colours."""
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
            # The output of a shell must be read, or it blocks.
            with contextlib.suppress(pexpect.TIMEOUT):
                self._process.read_nonblocking(65536, timeout=0.02)
            assert time.monotonic() < end, self._process
        text = path.read_text("utf-8")
        path.unlink()
        return text


def world(folder: Path, cache: Path) -> dict[str, str]:
    """Return the environment of a shell whose home is ``folder``, with ``summit`` as a program."""
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
