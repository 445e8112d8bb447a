"""Reliability of the process: pipes, signals, full devices, closed streams, encodings."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.cli.walk import FULL_SCREEN, LINES, every
from tests.conftest import BUNDLED

from scripts.soak.sandbox import ROOT, SUMMIT, TIMEOUT, home, scaled, summit
from scripts.soak.table import Row, Tally, check

PIPE_STATUSES = {0: "all was written before", 141: "broken pipe"}
INTERRUPT_STATUSES = {0: "finished before", 130: "exited", -signal.SIGINT: "killed by the signal"}
STEP, LAST = 0.005, 0.4
"""The interval and the end of the interrupts after the start, in seconds."""
ENCODINGS = ("ascii", "gbk", "latin-1", "C")
ARGUMENTS = {
    "day": ("1",), "search": ("digital",), "show": ("main-forum",),
    "agenda add": ("main-forum", "big-data"), "agenda remove": ("main-forum",), "agenda clear": ("--yes",),
    "agenda compare": ("{ids}",), "agenda import": ("{ids}",), "use": ("{file}", "--name", "x"),
    "schedules remove": ("x",), "update": ("bundled",), "diff": ("{file}", "bundled"),
    "new": ("-", "--title", "Tea", "--start", "2030-05-10"), "validate": ("{file}",),
    "convert": ("{file}", "-f", "ics"), "completion": ("bash",),
    "export": ("-f", "html"), "now": ("--at", "1"), "today": ("--at", "1"), "tomorrow": ("--at", "1"),
    "next": ("--at", "1"), "star": ("main-forum",), "unstar": ("main-forum",), "hide": ("main-forum",),
    "agenda block": ("Lunch", "-d", "1", "--from", "12:00", "--to", "13:00"), "agenda sync": ("{folder}",),
    "remind": ("--once", "--at", "1"), "publish": ("{site}",),
}  # fmt: skip
"""Arguments that make a command print something about the bundled schedule."""


def broken_pipes(scale: float) -> Row:
    """Test that a reader that closes the pipe after a line causes exit code 141 and no message."""
    tally = Tally("pipes and signals", "`summit … | head -1`")
    commands = (
        "list",
        "list --json",
        "about --full",
        "export -f ics",
        "grid -f table",
        "list -f html",
        "--help",
    )
    with home():
        summit("list")
        for turn in range(scaled(100, scale)):
            command = commands[turn % len(commands)]
            line = f'"{sys.executable}" -m summitcli {command} | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}'
            with tally.attempt(command, 10):
                done = subprocess.run(["bash", "-c", line], capture_output=True, timeout=TIMEOUT, check=False)
                check(done.returncode in PIPE_STATUSES and done.stderr == b"", done)
    return tally.row()


def interrupts(scale: float) -> Row:
    """Interrupt the program every 5 ms over the first 400 ms after its start."""
    tally = Tally("pipes and signals", "SIGINT every 5 ms over the first 400 ms")
    with home() as folder:
        summit("list")
        early = 0
        for cold in (False, True):
            for repetition in range(scaled(5, scale)):
                for turn in range(round(LAST / STEP)):
                    env = {
                        **os.environ,
                        **({"SUMMIT_CACHE": str(folder / f"{repetition}-{turn}")} if cold else {}),
                    }
                    with tally.attempt((cold, turn * STEP), 10):
                        early += _interrupted(env, turn * STEP)
    tally.what += f" ({early} before its first line ran)"
    return tally.row()


def _interrupted(env: dict[str, str], after: float) -> bool:
    """Interrupt a command, and return whether the interpreter had not yet reached the program."""
    process = subprocess.Popen(
        [*SUMMIT, "list"], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=TIMEOUT)
    if b"KeyboardInterrupt" in err and b"summitcli" not in err:
        return True
    check(process.returncode in INTERRUPT_STATUSES and err == b"", (process.returncode, err[-1500:]))
    return False


def devices(scale: float) -> Row:
    """Test all commands with a full device and closed standard streams: no traceback, the right exit code."""
    tally = Tally("pipes and signals", "/dev/full and closed streams × commands")
    places = {">/dev/full": (0, 1, 4), ">&-": (0, 1, 4), "2>&-": (0, 1, 2), "2>/dev/full": (0, 1, 2),
              "<&-": (0, 1), ">&- 2>&-": (0, 1, 4), "<&- >&- 2>&-": (0, 1, 4)}  # fmt: skip
    with home() as folder:
        summit("list")
        env = _with_file(folder)
        for words, _command in every():
            for place, statuses in list(places.items())[: scaled(len(places), scale)]:
                if words == "schedules remove":
                    summit("use", env["FILE"], "--name", "x")
                line = " ".join(f"'{word}'" for word in _line(words, env["FILE"]))
                script = f'"{sys.executable}" -m summitcli {line} {place}'
                with tally.attempt(script, 20):
                    done = subprocess.run(
                        ["bash", "-c", script],
                        env=env,
                        capture_output=True,
                        timeout=TIMEOUT,
                        check=False,
                        cwd=folder,
                    )
                    check(done.returncode in statuses, (done.returncode, done.stderr))
                    check(b"Traceback" not in done.stderr and b"Exception" not in done.stderr, done.stderr)
    return tally.row()


def encodings(scale: float) -> Row:
    """Test all commands in encodings that lack characters, which are escaped: same exit code as in UTF-8."""
    tally = Tally("encodings", "commands × ascii, gbk, latin-1, the C locale")
    with home() as folder:
        summit("list")
        plain: dict[str, int] = {}
        for encoding in ("utf-8", *ENCODINGS[: scaled(len(ENCODINGS), scale)]):
            own = folder / encoding
            env = {**_with_file(folder), "SUMMIT_DATA": str(own)}
            env |= _locale(encoding)
            for words, _command in every():
                with tally.attempt((encoding, words), 20):
                    done = summit(*_line(words, env["FILE"]), env=env)
                    known = plain.setdefault(words, done.returncode)
                    usual = (2,) if words in FULL_SCREEN else (0, 1)
                    check(done.returncode == known and known in usual, (known, done.returncode, done.stderr))
                    check(b"Traceback" not in done.stderr, done.stderr)
                    done.stdout.decode("ascii" if encoding == "C" else encoding)
    return tally.row()


def _locale(encoding: str) -> dict[str, str]:
    if encoding == "C":
        return {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    return {"PYTHONIOENCODING": encoding}


def _with_file(folder: Path) -> dict[str, str]:
    file = folder / "plan.json"
    file.write_bytes(BUNDLED.read_bytes().replace("开幕式".encode(), "开幕".encode()))
    file.with_suffix(".ids").write_text("main-forum\n")
    return {**os.environ, "FILE": str(file)}


def _line(words: str, file: str) -> list[str]:
    stem = file.removesuffix("json")
    known = {"{file}": file, "{ids}": stem + "ids", "{folder}": stem + "vdir", "{site}": stem + "site"}
    return [*words.split(), *(known.get(word, word) for word in ARGUMENTS.get(words, ()))]


OTHER_ROWS = (
    "formats/test_mutations.py",
    "exports/calendar/test_ics_text.py",
    "library/test_store_faults.py",
)
"""Test files whose long runs are rows of their own."""


def suite(scale: float) -> Row:
    """Run the slow tests, and property tests with more and fresh examples."""
    tally = Tally("the tests' own long runs", "pytest -m 'soak or hypothesis'")
    if scale < 1:
        return tally.row()
    command = [sys.executable, "-m", "pytest", "-q", "-m", "soak or hypothesis", "-p", "no:cacheprovider",
               "-rN", *(f"--deselect=tests/{file}" for file in OTHER_ROWS)]  # fmt: skip
    fresh = {**os.environ, "SUMMIT_FRESH_EXAMPLES": "1"}
    done = subprocess.run(command, cwd=ROOT, env=fresh, capture_output=True, text=True, check=False)
    counts = {
        word: int(number)
        for number, word in (
            part.split()[:2]
            for part in done.stdout.strip().splitlines()[-1].split(" in ")[0].strip("= ").split(", ")
        )
    }
    tally.number = counts.get("passed", 0) + counts.get("failed", 0)
    tally.fail(done.stdout, counts.get("failed", 0) + (done.returncode not in (0, 1)))
    return tally.row()


assert set(ARGUMENTS) <= set(LINES)
