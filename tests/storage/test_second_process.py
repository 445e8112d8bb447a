"""A second process of the program: what it is sent, what it returns, and how it fails."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import summitcli
from summitcli.progress import Work
from summitcli.storage.second_process import SecondProcess, SecondProcessError, processors
from tests.listeners import recording

SUMS = """
import time
from summitcli.storage.second_process import serve
def rest(number):
    time.sleep(number / 1_000_000)
    return number
if __name__ == "__main__":
    serve(lambda numbers: {"sum": sum(map(rest, numbers))})
    open("finished", "w").close()
"""

PROCESSES = Path("/proc")
NAMELESS = type("Nameless", (), {})()
"""An object of a class that has no place in a module."""


@pytest.fixture
def sums(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module that adds up the numbers sent to it, and sleeps so many microseconds."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "sums.py").write_text(SUMS)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ["PYTHONPATH"]]))
    return "sums"


def test_it_returns_a_result_after_all_messages(sums: str) -> None:
    with closing(SecondProcess(sums)) as process:
        for number in range(1000):
            process.send(number)
        assert process.finish() == {"sum": 499_500}
        assert not is_running(process)


@pytest.mark.parametrize("message", ["no number", None], ids=repr)
def test_an_error_in_it_is_an_error_here(
    sums: str, message: object, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(SecondProcess(sums)) as process:
        process.send(message)
        with pytest.raises(SecondProcessError):
            process.finish()
    assert capfd.readouterr() == ("", "")


def test_a_module_that_is_missing_is_an_error_at_the_end() -> None:
    with closing(SecondProcess("summitcli.missing")) as process, pytest.raises(SecondProcessError):
        process.finish()


def test_a_result_that_something_else_is_printed_into_is_an_error(sums: str, tmp_path: Path) -> None:
    (tmp_path / "modules" / "sitecustomize.py").write_text('print("hello")\n')
    with closing(SecondProcess(sums)) as process, pytest.raises(SecondProcessError):
        process.finish()


def test_another_copy_of_the_program_does_nothing(sums: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summitcli, "__file__", "/elsewhere/summitcli/__init__.py")
    with closing(SecondProcess(sums)) as process, pytest.raises(SecondProcessError):
        process.finish()


STARTER = """
import time
from summitcli.storage.second_process import SecondProcess
process = SecondProcess("sums")
process.send(60_000_000)
print(process._process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not (PROCESSES / "self" / "stat").exists(), reason="the system does not list processes")
def test_it_ends_soon_after_its_parent_even_if_it_reads_nothing(sums: str) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        parent.kill()
    while is_there(child):
        time.sleep(0.01)
    assert not Path("finished").exists()


def is_running(process: SecondProcess) -> bool:
    return process._process.poll() is None


def is_there(process: int) -> bool:
    """Return whether a process has not ended; one whose parent has not noticed its end has."""
    try:
        return (PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_messages_to_a_process_that_has_ended_are_an_error(sums: str) -> None:
    with closing(SecondProcess(sums)) as process:
        process.send("no number")
        with pytest.raises(SecondProcessError):
            while True:
                process.send("x" * 100_000)


def test_what_can_not_be_pickled_is_an_error(sums: str) -> None:
    with closing(SecondProcess(sums)) as process:
        for message in (NAMELESS, lambda: None, sys.__stdout__):
            with pytest.raises(SecondProcessError):
                process.send(message)


@pytest.mark.parametrize("program", ["/missing/python", "", None])
def test_without_a_program_to_start_it_is_an_error(
    program: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(SecondProcessError):
        SecondProcess("sums")


def test_it_ends_when_it_is_closed(sums: str) -> None:
    process = SecondProcess(sums)
    assert is_running(process)
    process.close()
    assert not is_running(process)


def test_it_imports_nothing_from_the_current_directory(sums: str) -> None:
    Path("pickle.py").write_text('open("imported", "w").close()\n')
    Path("sums.py").write_text('open("imported", "w").close()\n')
    with closing(SecondProcess(sums)) as process:
        assert process.finish() == {"sum": 0}
    assert not Path("imported").exists()


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system has no such call")
def test_processors_are_those_that_may_be_used() -> None:
    usable = os.sched_getaffinity(0)
    assert processors() == len(usable)
    os.sched_setaffinity(0, {min(usable)})
    try:
        assert processors() == 1
    finally:
        os.sched_setaffinity(0, usable)


def test_without_that_call_all_processors_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for known, number in ((3, 3), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda known=known: known)
        assert processors() == number


def test_the_wait_for_its_end_is_reported_as_work(sums: str) -> None:
    with recording() as recorded, closing(SecondProcess(sums)) as process, Work("reading"):
        process.send(1_000_000)
        assert process.finish() == {"sum": 1_000_000}
    assert recorded.told == [("reading", 0, None)] * (len(recorded.told) - 1) + ["end"]
    assert len(recorded.told) > 2
