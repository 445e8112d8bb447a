"""Fixtures of all tests: an isolated environment, and ways to run the program."""

import contextlib
import gc
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from hypothesis import settings

import summitcli
from summitcli.cli import main
from summitcli.i18n import set_language
from summitcli.text.reader_zone import show_times_in
from tests import inside

# How long an example takes says nothing on a machine that has other things to do. The suite tries the same
# examples every time; the long runs ask for others.
FRESH = "SUMMIT_FRESH_EXAMPLES"
# Whoever starts the tests in the background has them ignore what Ctrl-C sends, and all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("summit", deadline=None, derandomize=True, database=None, max_examples=25)
settings.register_profile("fresh", deadline=None)
settings.load_profile("fresh" if os.environ.get(FRESH) else "summit")


def pytest_collection_finish() -> None:
    """Exclude the tests themselves from garbage collection.

    They stay until the end, and each collection would visit the parameters of ten thousand tests.
    """
    gc.collect()
    gc.freeze()


def examples(number: int) -> int:
    """Return the number of examples for a property: ``number`` in long runs, a tenth of it otherwise."""
    return number if os.environ.get(FRESH) else number // 10


ROOT = Path(__file__).resolve().parents[1]
BUNDLED = ROOT / "data" / "schedule.json"
SHARED = ROOT.parent / "shared"
FIGURES = "figures"
"""The property of a test report whose lines are printed at the end of the run."""
STYLE = re.compile(r"\x1b\[[0-9;]*m")
"""The only escape sequences allowed in output: colour and weight (ECMA-48, SGR)."""

WIPED = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "TTY_COMPATIBLE", "COLUMNS",
    "LINES",
    "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANGUAGE", "SUMMIT_NOW", "SUMMIT_LANG", "SUMMIT_SCHEDULE",
    "SUMMIT_AGENDA", "XDG_CACHE_HOME", "XDG_DATA_HOME", "PYTHONIOENCODING", "PYTHONUTF8", "TZ",
    "XDG_CONFIG_HOME", "ZDOTDIR", "SHELL", "SUMMIT_DIRECTORY",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy",
    "no_proxy", "SUMMIT_TIMEZONE", "PAGER", "LESS",
    "TMUX", "KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "VTE_VERSION", "ITERM_SESSION_ID",
    "WT_SESSION", "ConEmuPID", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY",
)  # fmt: skip


class Answer(NamedTuple):
    """The result of a command."""

    status: int
    out: str
    err: str


class Run(Protocol):
    """The type of the fixture :func:`run`."""

    def __call__(
        self,
        *words: str,
        status: int = 0,
        err: str | None = "",
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = b"",
        cwd: Path | None = None,
    ) -> str: ...


class Terminal(Protocol):
    """The type of the fixture :func:`terminal`."""

    def __call__(
        self,
        *words: str,
        columns: int = 80,
        status: int = 0,
        env: Mapping[str, str] | None = None,
        styled: bool = False,
    ) -> str: ...


Asked = Callable[..., Answer]


_NUMBERS = itertools.count()


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create and return a directory for a test.

    Pytest's own fixture searches all directories of earlier tests for a free name: with ten thousand tests
    that takes longer than most of them.
    """
    folder = tmp_path_factory.getbasetemp() / str(next(_NUMBERS))
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolate each test: own directories, a working one too; no settings; only local connections."""
    for name in WIPED:
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "SUMMIT_CACHE": str(tmp_path / "cache"),
        "SUMMIT_DATA": str(tmp_path / "data"),
        "HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "SUMMIT_PAGER": "",
        "PYTHONPATH": str(Path(summitcli.__file__).parents[1]),
    }.items():
        monkeypatch.setenv(name, value)
    # What a test writes under a relative name belongs to it.
    monkeypatch.chdir(tmp_path)
    # The language and the time zone of the last call of the program stay with the process.
    set_language("en")
    show_times_in(None)
    really_connect = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test may not reach {host}")
        really_connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def local_zone() -> Iterator[Callable[[str], None]]:
    """Yield a function that sets the local time zone, in POSIX notation: ``XXX5`` is UTC-5."""
    with pytest.MonkeyPatch.context() as patch:

        def set_zone(zone: str) -> None:
            patch.setenv("TZ", zone)
            time.tzset()

        yield set_zone
    time.tzset()


@pytest.fixture(scope="session")
def built_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache directory with the catalog of the built-in schedule."""
    folder = tmp_path_factory.mktemp("built") / "cache"
    # Without the directories of whoever runs the tests, where another schedule may be the current one.
    home = str(folder.with_name("home"))
    environment = {
        **os.environ,
        "SUMMIT_CACHE": str(folder),
        "SUMMIT_DATA": home,
        "HOME": home,
        "LANG": "C.UTF-8",
    }
    environment["PYTHONPATH"] = str(Path(summitcli.__file__).parents[1])
    for name in WIPED:
        environment.pop(name, None)
    words = [sys.executable, "-m", "summitcli", "days"]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    return folder


@pytest.fixture
def warm(own_world: None, built_cache: Path) -> None:
    """Copy the catalog of the built-in schedule to the test's cache directory."""
    shutil.copytree(built_cache, os.environ["SUMMIT_CACHE"], dirs_exist_ok=True)


@pytest.fixture
def run(warm: None, tmp_path: Path) -> Run:
    """Run ``summit`` as a process and return its standard output.

    It must exit with ``status`` (0) and write exactly ``err`` to standard error (default: nothing; None
    allows anything). ``env`` is added to the environment, ``stdin`` is its input, ``cwd`` its working
    directory.
    """

    def run(
        *words: str,
        status: int = 0,
        err: str | None = "",
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = b"",
        cwd: Path | None = None,
    ) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "summitcli", *words],
            env={**os.environ, **(env or {})},
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd or tmp_path,
            timeout=60,
        )
        said = done.stderr.decode("utf-8", "surrogateescape")
        assert (done.returncode, said) == (status, said if err is None else err)
        return done.stdout.decode("utf-8", "surrogateescape")

    return run


@pytest.fixture
def ask(warm: None, capsysbinary: pytest.CaptureFixture[bytes]) -> Asked:
    """Run ``summit`` in this process, in a pipe: much faster than ``run``.

    Returns status, standard output and standard error.
    """

    def ask(*words: str) -> Answer:
        capsysbinary.readouterr()
        status = int(main(list(words)))
        captured = capsysbinary.readouterr()
        return Answer(status, captured.out.decode(), captured.err.decode())

    return ask


@pytest.fixture
def call(warm: None, tmp_path: Path) -> Run:
    """Run ``summit`` in this process, in a pipe, and return its standard output; else as ``run``."""

    def call(
        *words: str,
        status: int = 0,
        err: str | None = "",
        env: Mapping[str, str] | None = None,
        stdin: str | bytes = b"",
        cwd: Path | None = None,
    ) -> str:
        with contextlib.chdir(cwd or tmp_path), inside.environment(env or {}):
            answer = inside.ask(words, stdin=stdin.encode() if isinstance(stdin, str) else stdin)
        assert (answer.status, answer.err) == (status, answer.err if err is None else err)
        return answer.out

    return call


@pytest.fixture
def terminal(warm: None, tmp_path: Path) -> Terminal:
    """Run ``summit`` in a terminal of ``columns`` columns and return what it shows.

    Escape sequences for colour and weight are removed, unless ``styled``; others are errors. Standard error
    goes to the same terminal. The locale is Chinese unless ``env`` sets another.

    It runs in this process, or in one of its own if ``styled``, because Rich remembers the sequence of each
    style from the first terminal that it draws in.
    """

    def terminal(
        *words: str,
        columns: int = 80,
        status: int = 0,
        env: Mapping[str, str] | None = None,
        styled: bool = False,
    ) -> str:
        look = _look_from_outside if styled else inside.look
        with contextlib.chdir(tmp_path), inside.environment({"LANG": "zh_CN.UTF-8", **(env or {})}):
            answer = look(words, columns, typed=b"")
        assert answer.status == status, answer.out
        if styled:
            return answer.out
        screen = STYLE.sub("", answer.out)
        assert "\x1b" not in screen
        return screen

    return terminal


def _look_from_outside(words: Sequence[str], columns: int, typed: bytes) -> inside.Answer:
    """Run ``summit`` in a process of its own, in a terminal, and return everything sent to it."""
    master, slave = inside.open_terminal(columns, typed)
    process = subprocess.Popen(
        [sys.executable, "-m", "summitcli", *words],
        stdin=slave, stdout=slave, stderr=slave,
        env={**os.environ, "PYTHONUTF8": "1"}, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    shown = inside.drain(master)
    os.close(master)
    return inside.Answer(process.wait(60), shown, "")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the directory of test material beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder is not beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """Return the directory of published schedules of other conferences."""
    if not (shared / "corpus").is_dir():
        pytest.skip("the shared folder holds no corpus")
    return shared / "corpus"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests have recorded, including those of other processes."""
    for report in terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", []):
        for name, lines in getattr(report, "user_properties", ()):
            if name == FIGURES:
                terminalreporter.write_sep("-")
                terminalreporter.write_line(str(lines))
