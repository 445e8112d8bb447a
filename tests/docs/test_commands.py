"""Every command shown in the documents is run, page by page, each page in one environment from top to bottom.

Lines that only run our program are run in this process, which is faster; all others in bash. Transcripts are
run in a terminal and compared whole.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from summitcli.cli.grammar.commands import COMMANDS
from tests.conftest import ROOT, Asked, Terminal
from tests.directory.samples import directory
from tests.docs.markdown import FENCED, Line, Transcript, blocks, lines, text_of, transcripts, uncommented
from tests.webserver import Site, page, serving

PAGES = {
    "README.md": "en_US.UTF-8",
    "README.zh-CN.md": "zh_CN.UTF-8",
    "docs/schedule-format.md": "en_US.UTF-8",
    "docs/design.md": "en_US.UTF-8",
}
"""The pages that show commands, with the locale of the terminals that they show."""

RUN = [page for page in PAGES if page != "README.zh-CN.md"]
"""The pages whose command lines are run; the Chinese README has the same as the English one."""

BASH = shutil.which("bash")
NOW = "2022-07-22T20:00+08:00"
"""The evening before the summit."""

SERVER = "https://conference.example"
"""A reserved address (RFC 2606), for which a server on this machine stands in."""

NOT_RUN = {
    "make demo": "installs packages",
    "make test": "would run this test",
}
"""Command lines that are not run, targets of the Makefile, with the reason."""

ENDLESS = ("summit remind --before 10m", "summit remind --pick yes")
"""Command lines that run until they are interrupted; tests/cli/test_reminding.py runs the command."""

STATUS = {
    "summit browse": (2, "it needs a terminal"),
    "summit browse -d 2 -c forum": (2, "it needs a terminal"),
    "summit browse 区块链": (2, "it needs a terminal"),
    "summit agenda gaps": (1, "the summit publishes no times, so nothing is known to be free"),
    "summit diff last.json plan.json": (1, "something differs"),
    "summit diff last.json plan.json -f md": (1, "something differs"),
    "summit new plan.yaml": (2, "it asks its questions in a terminal only"),
    "summit update --check -q": (1, "something differs"),
    "summit validate broken.json": (3, "it is broken"),
}
"""Command lines with another exit code than 0, with the reason."""

STAND_INS = {
    "summit": f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m summitcli "$@"\n',
    # Somebody who looks at the first line, and takes it.
    "fzf": """#!/bin/sh
        test "$1 $2" = "-m --preview" || exit 2
        read -r line
        field=${line%%[[:blank:]]*}
        preview=$(printf %s "$3" | sed "s/{1}/'$field'/")
        sh -c "$preview" >preview.txt || exit
        printf '%s\\n' "$line"
        cat >/dev/null
        """,
}
"""Programs that come first in the search path."""


OPERATORS = set("|&;<>()")
"""The characters of shell operators."""


class Ran(NamedTuple):
    """The result of a command line."""

    line: Line
    status: int
    said: str


def script_of(page: str) -> Iterator[Line]:
    """Return the command lines of a page in order, as bash takes them."""
    for block in blocks(page, "sh", "tmux", "crontab"):
        for line in lines(block):
            if block.kind == "tmux":
                yield from (line._replace(text=command) for command in re.findall(r"#\((.*)\)", line.text))
            elif block.kind == "crontab":
                # With a schedule in use that changes, as the bundled one does not.
                yield line._replace(text=f"summit use {SERVER}/schedule.json")
                yield line._replace(text=line.text.split(maxsplit=5)[5])
                yield line._replace(text="summit use bundled")
            elif line.text.startswith("PS1="):
                yield line._replace(text=f'{line.text}\nprintf %s "${{PS1@P}}"')
            else:
                yield line._replace(text=uncommented(line.text))


def words_of(text: str) -> list[str] | None:
    """Return the arguments of ``summit``; None for a line that needs a shell."""
    tokens = shlex.shlex(text, posix=True, punctuation_chars=True)
    tokens.whitespace_split = True
    program, *words = tokens
    needs_a_shell = program != "summit" or any(word and set(word) <= OPERATORS for word in words)
    return None if needs_a_shell else words


def bash(text: str, folder: Path) -> tuple[int, str]:
    """Return the exit code and output of a command line that bash runs in ``folder``."""
    done = subprocess.run(
        [str(BASH), "-o", "pipefail", "-c", text],
        cwd=folder,
        env={**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return done.returncode, done.stdout.decode()


@pytest.fixture
def desk(tmp_path: Path, ask: Asked) -> Path:
    """Return a directory with the files that the pages refer to, and stand-ins for other programs."""
    (tmp_path / "bin").mkdir()
    for name, text in STAND_INS.items():
        program = tmp_path / "bin" / name
        program.write_text(text)
        program.chmod(0o755)
    for name, text in files().items():
        (tmp_path / name).write_text(text, "utf-8")
    assert ask("export", "-c", "contest", "-d", "1", "-o", str(tmp_path / "colleague.ics")).status == 0
    return tmp_path


def files() -> Mapping[str, str]:
    """Return the example, an earlier version of it, and one with a mistake."""
    plan = next(block.text for block in blocks("docs/schedule-format.md", "json"))
    last = plan.replace("T10:15:00", "T10:30:00").replace("Night tea", "Late tea")
    broken = plan.replace('"category": "workshop"', '"category": "workshops"')
    assert len({plan, last, broken}) == 3
    return {"plan.json": plan, "last.json": last, "broken.json": broken}


@pytest.fixture
def site() -> Iterator[Site]:
    """Yield a conference's server, whose schedule differs on each request."""
    with serving() as site:
        states = [page(files()[name].encode()) for name in ("plan.json", "last.json")]

        def alternate(handler: object) -> None:
            states.reverse()
            states[0](handler)  # type: ignore[arg-type]

        site["/schedule.json"] = alternate
        site["/fosdem.json"] = page(files()["plan.json"].encode())
        yield site


@pytest.mark.skipif(BASH is None, reason="no bash is installed")
@pytest.mark.parametrize("page", RUN)
def test_every_command_line_runs(
    page: str, desk: Path, site: Site, ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_NOW", NOW)
    monkeypatch.setenv("SHELL", "/bin/bash")
    monkeypatch.setenv("SUMMIT_DIRECTORY", str(desk / "my-conferences.json"))
    monkeypatch.chdir(desk)
    (desk / "my-conferences.json").write_text(directory(f"{site.url}/fosdem.json"))
    script = [line for line in script_of(page) if line.text not in (*NOT_RUN, *ENDLESS)]
    if shutil.which("jq") is None:
        script = [line for line in script if "| jq " not in line.text]
    ran = []
    for line in script:
        text = line.text.replace(SERVER, site.url)
        words = words_of(text)
        status, said = bash(text, desk) if words is None else ask(*words)[:2]
        ran.append(Ran(line, status, said))

    assert ran
    assert [one for one in ran if one.status != STATUS.get(one.line.text, (0,))[0]] == []
    if page == "README.md":
        assert "开幕式" in next(one.said for one in ran if "PS1@P" in one.line.text)
        assert "开幕式" in (desk / "preview.txt").read_text("utf-8")
        assert site.asked() == [*["/schedule.json"] * 4, "/fosdem.json", *["/schedule.json"] * 2]


@pytest.mark.parametrize("page", PAGES)
def test_every_transcript_is_what_a_terminal_shows(page: str, desk: Path, terminal: Terminal) -> None:
    shown = [one for block in blocks(page, "console") for one in transcripts(block)]
    answers = [one._replace(answer=answer(one, terminal, PAGES[page])) for one in shown]

    assert answers == shown


def answer(one: Transcript, terminal: Terminal, locale: str) -> str:
    program, *words = shlex.split(one.words)
    assert program == "summit"
    return terminal(*words, env={"LANG": locale}, status=STATUS.get(one.words, (0,))[0])


def test_commands_that_are_not_run_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert [line for line in NOT_RUN if line.removeprefix("make ") not in targets] == []


def test_the_chinese_readme_shows_the_commands_of_the_english_one() -> None:
    english, chinese = (
        [uncommented(line.text) for block in blocks(page, "sh", "tmux", "crontab") for line in lines(block)]
        for page in ("README.md", "README.zh-CN.md")
    )

    assert chinese == english


@pytest.mark.parametrize("page", PAGES)
def test_commands_named_in_the_text_exist(page: str) -> None:
    named = re.findall(r"`summit ([a-z]+)", FENCED.sub("", text_of(page)))

    assert [name for name in named if name not in COMMANDS] == []
