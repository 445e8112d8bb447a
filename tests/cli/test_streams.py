"""Pipes, closed and full outputs, encodings, signals, colours: the right exit code and no traceback."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summitcli.exports import formats_for
from summitcli.rows import Listing
from tests.conftest import Asked, Run

SUMMIT = [sys.executable, "-m", "summitcli"]
COMMANDS = [
    [], ["today", "--at", "1"], ["tomorrow", "--at", "1"], ["day", "1"], ["now", "--at", "1"], ["next",
    "--at", "1"],
    ["list"], ["search", "论坛"], ["show", "main-forum"], ["days"], ["categories"], ["rooms"], ["speakers"],
    ["about"], ["grid"],
]  # fmt: skip
TEXTS = [name for name in formats_for(Listing, drawn=False) if name not in ("ics", "html")]


def shell(script: str, *, status: int = 0) -> tuple[str, str]:
    """Return the output of a shell script, in which ``summit`` is the program."""
    summit = f'summit() {{ "{sys.executable}" -m summitcli "$@"; }}\n'
    done = subprocess.run(["bash", "-c", summit + script], capture_output=True, text=True, timeout=60)
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


@pytest.mark.usefixtures("warm")
def test_a_broken_pipe_is_silent() -> None:
    assert shell("summit list | head -1") == ("2022-07-23\t\topening-ceremony\topening\t开幕式\n", "")
    assert shell("summit list | true; exit ${PIPESTATUS[0]}", status=141) == ("", "")
    assert shell("for i in 1 2 3 4 5; do summit about --json | true; done") == ("", "")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("command", ["list", "list --json", "about", "day 1 -f table", "show main-forum"])
def test_a_full_disk_is_one_line_and_status_4(command: str) -> None:
    assert shell(f"summit {command} > /dev/full", status=4) == (
        "", "summit: can't write the output: No space left on device\n",
    )  # fmt: skip


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("command", ["list", "list --json", "about", "day 1 -f table", "--version", "--help"])
def test_a_closed_standard_output_is_no_traceback(command: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m summitcli {command} >&-'],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n") <= 1, "Traceback" in done.stderr) == (4, True, False)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("command", ["list", "show nope", "today"])
def test_with_a_closed_standard_error_the_status_is_the_same(command: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m summitcli {command} 2>&-'], capture_output=True
    )
    assert done.returncode == {"list": 0, "show nope": 2, "today": 1}[command]


@pytest.mark.usefixtures("warm")
def test_a_closed_standard_input_is_one_line() -> None:
    out, err = shell("summit list --schedule - <&-; exit $(( $? == 70 ? 70 : 0 ))")
    assert (out, err.count("\n"), err[:8]) == ("", 1, "summit: ")


@pytest.mark.usefixtures("warm")
def test_no_confirmation_is_asked_with_closed_standard_input(ask: Asked) -> None:
    ask("agenda", "add", "main-forum")
    _out, err = shell("summit agenda clear <&-", status=2)
    assert err == "summit: use --yes to clear your agenda without confirmation\n"


@pytest.mark.usefixtures("warm")
def test_an_interrupt_is_silent_and_130() -> None:
    process = subprocess.Popen(
        [*SUMMIT, "list", "--schedule", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    # More than a pipe buffers, so that reading has begun.
    process.stdin.write(bytes(2**20))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) in [(130, b"", b""), (-signal.SIGINT, b"", b"")]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "cp936:strict", "utf-8"])
def test_characters_missing_in_the_encoding_are_escaped(warm: None, encoding: str) -> None:
    name = encoding.partition(":")[0]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    for command in (
        "day 1",
        "day 1 -f table --lang zh",
        "about -f table --lang zh",
        "show main-forum --json",
    ):
        done = subprocess.run([*SUMMIT, *command.split()], env=environment, capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")
        text = done.stdout.decode(name)
        assert ("主论坛" if name in ("gbk", "cp936", "utf-8") else "\\u4e3b\\u8bba\\u575b") in text


def test_every_command_works_in_the_c_locale(run: Run) -> None:
    environment = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert run("show", "main-forum", env=environment).endswith("\\u4e3b\\u8bba\\u575b\n")
    assert run("list", "-c", "forun", status=2, err=None, env=environment) == ""


@pytest.mark.parametrize(
    ("command", "format_"),
    list(itertools.product(COMMANDS, [*TEXTS, "table"])),
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_no_pipe_holds_an_escape_byte(ask: Asked, command: list[str], format_: str) -> None:
    if command[:1] in ([], ["about"]) and format_ not in ("tsv", "json", "table"):
        assert ask(*command, "-f", format_).status == 2
        return
    status, out, err = ask(*command, "-f", format_)
    no_ids = format_ == "ids" and command[:1] in (["days"], ["rooms"], ["speakers"])
    assert status == 2 if no_ids else status in (0, 1)
    assert "\x1b" not in out + err
    assert (out == "") == (no_ids or (status == 1 and format_ not in ("json", "csv", "md")))


@pytest.mark.parametrize(
    "wish",
    [
        {"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"FORCE_COLOR": "0"}, {"FORCE_COLOR": ""},
        {"CLICOLOR_FORCE": "0"},
        {"TTY_COMPATIBLE": "1"}, {"COLORTERM": "truecolor"}, {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_a_picture_in_a_pipe_is_plain_unless_colour_is_asked_for(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, wish: dict[str, str]
) -> None:
    for name, value in wish.items():
        monkeypatch.setenv(name, value)
    assert "\x1b" not in ask("day", "1", "-f", "table").out


def test_a_picture_in_a_pipe_is_plain_where_the_option_forbids_colour(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in ask("day", "1", "-f", "table", "--color", "never").out


@pytest.mark.parametrize("wish", [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {}], ids=str)
def test_a_picture_in_a_pipe_is_coloured_where_that_is_asked_for(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, wish: dict[str, str]
) -> None:
    for name, value in wish.items():
        monkeypatch.setenv(name, value)
    option = [] if wish else ["--color", "always"]
    assert "\x1b[" in ask("day", "1", "-f", "table", *option).out
    assert "\x1b" not in ask("day", "1", *option).out


def test_the_schedule_from_standard_input_a_pipe_and_a_file_are_the_same(run: Run, shared_file: Path) -> None:
    whole = run("list")
    assert run("list", "--schedule", "-", stdin=shared_file.read_bytes()) == whole
    assert run("list", "--schedule", str(shared_file)) == whole
    assert run("list", env={"SUMMIT_SCHEDULE": str(shared_file)}) == whole
    out, err = shell(f'cat "{shared_file}" | summit list --schedule /dev/stdin')
    assert (out, err) == (whole, "")


@pytest.fixture
def shared_file(tmp_path: Path) -> Path:
    """Write the built-in schedule to a file whose name needs escaping in a URI."""
    file = tmp_path / "第 5 届?#%20.json"
    file.write_bytes((Path(__file__).parents[2] / "data" / "schedule.json").read_bytes())
    return file


def test_the_version(run: Run) -> None:
    from summitcli import __version__

    assert run("--version") == run("-V") == f"summit {__version__}\n"


@pytest.mark.parametrize("command", [[], ["list"], ["day"], ["show"]], ids=str)
def test_help_is_on_standard_output(run: Run, command: list[str]) -> None:
    assert "Usage: summit" in run(*command, "--help")
