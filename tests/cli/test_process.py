"""The process: its errors, streams and exit codes, and the report of an internal error."""

import errno
import io
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import pytest

from summitcli import __version__
from summitcli.cli import main
from summitcli.storage import sqlite
from tests.inside import ask, environment, look

LINE = (
    "summit: internal error: RuntimeError: \\x1b]0;x\\x07 \\u202e;"
    " please report it with the output of --debug\n"
)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, warm: None) -> None:
    """Make a library raise an unexpected error."""

    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise RuntimeError("\x1b]0;x\x07 \u202e")

    monkeypatch.setattr(sqlite.sqlite3, "connect", fail)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("words", [["list"], ["show", "opening"], ["agenda"], ["today", "--json"]], ids=str)
def test_an_internal_error_is_one_line_that_asks_for_a_report(words: list[str]) -> None:
    assert ask(words) == (70, "", LINE)


@pytest.mark.usefixtures("broken")
def test_debug_shows_the_traceback_of_an_internal_error() -> None:
    status, out, err = ask(["list", "--debug"])
    first, *_way, reason, last = err.splitlines(keepends=True)
    assert (status, out, first, last) == (70, "", "Traceback (most recent call last):\n", LINE)
    assert reason == "RuntimeError: \\x1b]0;x\\x07 \\u202e\n"


@pytest.mark.usefixtures("broken")
def test_an_internal_error_is_reported_in_the_language_of_the_call() -> None:
    status, _out, err = ask(["list", "--lang", "zh"])
    assert (status, err.count("\n"), err.isascii()) == (70, 1, False)


def test_an_error_breaks_between_words_on_a_narrow_terminal() -> None:
    status, shown, _err = look(["list", "-c", "forun"], columns=30)
    assert (status, shown) == (2, 'summit: no category "forun".\nDid you mean "forum"?\n')


def test_too_little_memory_is_no_internal_error(monkeypatch: pytest.MonkeyPatch, warm: None) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(sqlite.sqlite3, "connect", fail)
    assert ask(["list"]) == (4, "", "summit: out of memory\n")


def test_an_interrupt_wrapped_in_another_error_is_an_interrupt(
    monkeypatch: pytest.MonkeyPatch, warm: None
) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        try:
            raise ImportError("initialization failed") from KeyboardInterrupt()
        except ImportError:
            raise ImportError("there is no other, either")  # noqa: B904

    monkeypatch.setattr(sqlite.sqlite3, "connect", fail)
    assert ask(["list"]) == (130, "", "")


@pytest.mark.usefixtures("warm")
def test_a_non_blocking_pipe_gets_the_whole_output() -> None:
    line = "x" * 10_000
    read, write = os.pipe()
    os.set_blocking(write, False)
    command = [sys.executable, "-m", "summitcli", "list", "--template", line]
    got: list[bytes] = []
    with open(read, "rb") as pipe, subprocess.Popen(command, stdout=write) as process:
        reader = threading.Thread(target=lambda: got.append(pipe.read()))
        reader.start()
        process.wait(timeout=60)
        left = os.get_blocking(write)
        os.close(write)
        reader.join()
    assert (process.returncode, got == [f"{line}\n".encode() * 51], left) == (0, True, False)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "没有名为“lst”的命令。是不是要输入“list”？"),
        ({"LANG": "C", "LC_ALL": "zh_CN"}, "没有名为“lst”的命令。是不是要输入“list”？"),
        ({"LANG": "C", "SUMMIT_LANG": "zh"}, "没有名为“lst”的命令。是不是要输入“list”？"),
        ({"LANG": "zh_CN.UTF-8", "SUMMIT_LANG": "en"}, 'no command "lst". Did you mean "list"?'),
        ({"LANG": "C"}, 'no command "lst". Did you mean "list"?'),
        (
            {"LANG": "zh_CN.UTF-8", "SUMMIT_LANG": "xx"},
            'SUMMIT_LANG: no language "xx". Available: en, zh, auto',
        ),
    ],
    ids=str,
)
def test_a_usage_error_is_in_the_language_of_the_environment(
    variables: dict[str, str], sentence: str
) -> None:
    with environment(variables):
        assert ask(["lst"]) == (2, "", f"summit: {sentence}\n")


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words", [["--version"], ["-V"], ["list", "--version"], ["--version", "list"]], ids=" ".join
)
def test_version_prints_only_the_version(words: list[str]) -> None:
    expected = (0, f"summit {__version__}\n", "")
    assert (ask(words) == expected) is (words != ["list", "--version"])


@pytest.mark.usefixtures("warm")
def test_help_asked_for_with_an_option_is_that_of_the_command_help() -> None:
    for option in ("--help", "-h"):
        assert ask(["list", option]) == ask(["help", "list"])
        assert ask([option]) == ask(["help"])
    assert "List sessions" in ask(["list", "-h"])[1]


LONG = "x" * 100_000
"""A text longer than the buffer of a pipe (pipe(7): 64 KiB)."""


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("blocking", [(True, True), (True, False), (False, True), (False, False)], ids=str)
def test_streams_get_the_whole_output_and_are_left_unchanged(blocking: tuple[bool, bool]) -> None:
    pipes = [os.pipe() for _stream in blocking]
    for (_read, write), waits in zip(pipes, blocking, strict=True):
        os.set_blocking(write, waits)
    command = [sys.executable, "-m", "summitcli", "day", LONG]
    got: list[bytes] = [b"", b""]

    def read(number: int) -> None:
        with open(pipes[number][0], "rb") as pipe:
            got[number] = pipe.read()

    readers = [threading.Thread(target=read, args=(number,)) for number in (0, 1)]
    with subprocess.Popen(command, stdout=pipes[0][1], stderr=pipes[1][1]) as process:
        for reader in readers:
            reader.start()
        process.wait(timeout=60)
    left = tuple(os.get_blocking(write) for _read, write in pipes)
    for _read, write in pipes:
        os.close(write)
    for reader in readers:
        reader.join()
    assert (process.returncode, left) == (2, blocking)
    assert got[1].decode().startswith(f'summit: no day "{LONG}"; use a number from 1 to 4')
    assert got[1].count(b"\n") == 1


TO_THE_END = "import sys; from summitcli.cli import main; sys.exit(main(sys.argv[1:]))"
"""A script that runs the program in an interpreter which ends normally, so that it flushes its streams."""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no disk that is always full")
@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("list", 4, "can't write the output: No space left on device"),
        # Short output stays in the buffer of the stream until the end.
        ("--version", 4, "can't write the output: No space left on device"),
        ("help", 4, "can't write the output: No space left on device"),
        ("show nope", 2, 'no session "nope"; find its ID with `summit search`'),
        ("lst", 2, 'no command "lst". Did you mean "list"?'),
    ],
)
def test_a_full_disk_is_one_error_line_without_noise_at_exit(words: str, status: int, said: str) -> None:
    # Buffered output is written when the process ends, unless that is prevented.
    held_back = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", TO_THE_END, *words.split()],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=held_back,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
    assert done.stderr.startswith(f"summit: {said}")


class BrokenOnce(io.RawIOBase):
    """A file whose first write fails.

    Args:
        descriptor: the descriptor of the file.
        error: the error of the first write.
    """

    def __init__(self, descriptor: int, error: OSError) -> None:
        self._descriptor = descriptor
        self._error = error
        self._writes = 0

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, data: Any) -> int:
        self._writes += 1
        if self._writes == 1:
            raise self._error
        return os.write(self._descriptor, data)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "full"), 4, "summit: can't write the output: full\n"),
        (BrokenPipeError(errno.EPIPE, "odd"), 141, ""),
    ],
    ids=repr,
)
def test_after_an_error_nothing_more_of_the_output_is_written(
    error: OSError, status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    err = io.StringIO()
    with (tmp_path / "out").open("wb", buffering=0) as file:
        out = io.TextIOWrapper(io.BufferedWriter(BrokenOnce(file.fileno(), error)), encoding="utf-8")
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        assert (main(["-V"]), err.getvalue()) == (status, said)
        out.close()
    assert (tmp_path / "out").read_bytes() == b""


def test_an_error_is_reported_even_if_output_can_not_be_flushed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    err = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Full())
    monkeypatch.setattr(sys, "stderr", err)
    assert (main(["lst"]), err.getvalue()) == (2, 'summit: no command "lst". Did you mean "list"?\n')


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("closed", "words", "status"), [(2, "-V", 0), (2, "lst", 2), (1, "lst", 2), (1, "list", 4)]
)
def test_a_closed_stream_does_not_change_the_exit_code(closed: int, words: str, status: int) -> None:
    script = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.executable, sys.argv[2:])"
    command = [sys.executable, "-c", script, str(closed), "summit", "-m", "summitcli", words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False), done


def test_characters_missing_in_the_encoding_of_stderr_are_escaped() -> None:
    status, out, err = ask(["lst", "--lang", "zh"], "ascii")
    assert (status, out, err.encode().decode("unicode_escape")) == (
        2, "", "summit: 没有名为“lst”的命令。是不是要输入“list”？\n",
    )  # fmt: skip


class Malformed(sqlite3.Connection):
    """A database that is always damaged."""

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement.lstrip().startswith("SELECT") and "FROM day" in statement:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return super().execute(statement, *values)


def test_a_catalog_that_is_always_damaged_is_an_internal_error(
    monkeypatch: pytest.MonkeyPatch, warm: None
) -> None:
    really_connect = sqlite3.connect

    def connect(path: str, **options: Any) -> sqlite3.Connection:
        return really_connect(path, factory=Malformed, **options)

    monkeypatch.setattr(sqlite.sqlite3, "connect", connect)
    status, out, err = ask(["days"])
    assert (status, out, err.count("\n")) == (70, "", 1)
    assert err.startswith("summit: internal error: CatalogDamaged: ")


class Deaf(io.StringIO):
    """A stream that raises an error when written to."""

    def write(self, _text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_unwritable_messages_do_not_change_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Deaf())
    assert main(["lst"]) == 2


@pytest.mark.parametrize(("words", "status"), [(["lst"], 2), (["-V"], 0)])
def test_messages_to_a_closed_stream_are_dropped(
    words: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert main(words) == status
    assert sys.stderr.name == os.devnull
    sys.stderr.close()


@pytest.mark.parametrize(("words", "status"), [(["lst"], 2), (["-V"], 4)])
def test_output_to_a_closed_stream_is_an_error(
    words: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(words) == status
    sys.stdout.close()


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (MemoryError(), 4, "summit: out of memory\n"),
        (OSError(errno.EIO, "Input/output error"), 4, "summit: can't write the output: Input/output error\n"),
    ],
    ids=repr,
)
def test_each_reason_to_end_has_its_exit_code(
    error: BaseException, status: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(io.StringIO):
        def write(self, _text: str) -> int:
            raise error

    err = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Broken())
    monkeypatch.setattr(sys, "stderr", err)
    assert (main(["days"]), err.getvalue()) == (status, said)


def test_arguments_default_to_those_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["summit", "-V"])
    monkeypatch.setattr(sys, "stdout", out)
    assert (main(), out.getvalue()) == (0, f"summit {__version__}\n")
