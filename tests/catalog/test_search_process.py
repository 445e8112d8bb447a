"""The search tables that a second process writes are those that a single process writes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from summitcli.catalog import search_process, writing
from summitcli.catalog.build import build
from summitcli.catalog.search_process import BATCH_SIZE, MIN_SESSIONS, SearchProcess, is_worthwhile
from summitcli.catalog.store import open_catalog
from summitcli.errors import InvalidSchedule
from summitcli.formats import parse
from summitcli.sources.source import Source
from summitcli.storage.second_process import SecondProcess, processors
from tests.conftest import BUNDLED
from tests.published import DATA
from tests.schedules import document, session

FILES = [BUNDLED, DATA / "harbour.json", DATA / "kolkata.xml", DATA / "island.json"]
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage ORDER BY name"
PROCESSES = Path("/proc")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[SecondProcess]:
    """Use a second process for every schedule; return a list to which each of them is appended."""
    processes: list[SecondProcess] = []

    def start(module: str) -> SecondProcess:
        processes.append(SecondProcess(module))
        return processes[-1]

    monkeypatch.setattr(search_process, "is_worthwhile", lambda _sessions: True)
    monkeypatch.setattr(search_process, "SecondProcess", start)
    return processes


def found(text: str) -> list[str]:
    """Return the IDs found in the bundled schedule, whose catalog is built if there is none."""
    with closing(open_catalog(Source("bundled", "state", path=str(BUNDLED)))) as catalog:
        return [hit.session.id for hit in catalog.search(text).hits]


def endings() -> list[str]:
    """Return the endings of the files in the directory of catalogs."""
    return sorted(path.suffix for path in Path(os.environ["SUMMIT_CACHE"]).iterdir())


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a schedule whose texts are sent in several batches, the last of which is incomplete."""
    file = tmp_path_factory.mktemp("batches") / "batches.json"
    number = 2 * BATCH_SIZE + 1
    file.write_text(json.dumps(document(*(session(f"s{n}", title=f"Talk {n}") for n in range(number)))))
    return file


@pytest.mark.parametrize("file", [*FILES, None], ids=lambda file: file.name if file else "batches")
def test_every_table_is_that_of_a_single_process(file: Path | None, batches: Path, tmp_path: Path) -> None:
    file = file or batches
    second_file = tmp_path / "second"
    second_file.touch()
    with (
        closing(sqlite3.connect(":memory:")) as alone,
        closing(sqlite3.connect(":memory:", uri=True)) as together,
    ):
        build(parse(file.read_bytes(), file.name), alone, "state")
        build(parse(file.read_bytes(), file.name), together, "state", second_file=str(second_file))
        names = [name for (name,) in alone.execute(TABLES)]
        assert {"session", "search_text", "search_spelling", "search_data", "search_idx"} <= {*names}
        for name in names:
            select = f"SELECT * FROM {name}"
            assert together.execute(select).fetchall() == alone.execute(select).fetchall(), name
        # It raises an error if the index is damaged (SQLite, FTS5, "The 'integrity-check' Command").
        together.execute("INSERT INTO search (search) VALUES ('integrity-check')")


def test_it_is_used_for_large_schedules_on_several_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_process, "processors", lambda: 2)
    numbers = (51, MIN_SESSIONS - 1, MIN_SESSIONS, 100_000)
    assert [*map(is_worthwhile, numbers)] == [False, False, True, True]
    monkeypatch.setattr(search_process, "processors", lambda: 1)
    assert not is_worthwhile(100_000)


def test_a_catalog_is_searched_as_usual(started: list[SecondProcess]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMIT_CACHE", str(Path("alone").absolute()))
        patch.setattr(search_process, "is_worthwhile", lambda _sessions: False)
        expected = found("shuzi jingji")
    assert len(expected) > 1 and not started
    assert found("shuzi jingji") == expected
    assert (len(started), endings()) == (1, [".sqlite"])


def not_started(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "executable", str(Path("missing").absolute()))


def killed(patch: pytest.MonkeyPatch) -> None:
    finish = SecondProcess.finish

    def kill_first(self: SecondProcess) -> object:
        self._process.kill()
        return finish(self)

    patch.setattr(SecondProcess, "finish", kill_first)


def without_its_file(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(writing, "scratch_file", lambda _path: nullcontext("missing/second"))


def on_a_full_disk(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(writing, "scratch_file", lambda _path: nullcontext("/dev/full"))


def without_space_for_two_databases(patch: pytest.MonkeyPatch) -> None:
    def write(_self: SearchProcess) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    patch.setattr(SearchProcess, "write", write)


FAULTS = [not_started, killed, without_its_file, on_a_full_disk, without_space_for_two_databases]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.usefixtures("started")
def test_if_it_fails_this_process_builds_the_catalog(
    fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    assert len(found("shuzi jingji")) > 1
    assert endings() == [".sqlite"]


def test_an_invalid_session_ends_it(started: list[SecondProcess], tmp_path: Path) -> None:
    file = tmp_path / "schedule.json"
    file.write_text(json.dumps(document(session("a"), session("b", category="unknown"))))
    with pytest.raises(InvalidSchedule):
        open_catalog(Source("x", "state", path=str(file)))
    assert [process._process.poll() is None for process in started] == [False]
    assert endings() == []


def members(session: int) -> list[str]:
    """Return the processes of a session (in the sense of POSIX), from the list of the system."""
    found = []
    for status in PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has ended.
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(status.parent.name)
    return found


@pytest.mark.skipif(not (PROCESSES / "self" / "stat").exists(), reason="the system does not list processes")
@pytest.mark.skipif(processors() < 2, reason="there is only one processor")
@pytest.mark.parametrize(("number", "status", "left"), [(signal.SIGINT, 130, 0), (signal.SIGKILL, -9, 2)])
def test_it_ends_with_the_process_that_has_started_it(
    number: signal.Signals, status: int, left: int, tmp_path: Path
) -> None:
    file = tmp_path / "large.json"
    file.write_text(json.dumps(document(*(session(f"s{n}") for n in range(20_000)))))
    words = [sys.executable, "-m", "summitcli", "use", str(file)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as one:
        while one.poll() is None and len(members(one.pid)) < 2:
            time.sleep(0.01)
        if number == signal.SIGINT:
            # As by Ctrl-C in a terminal, which interrupts both.
            os.killpg(one.pid, number)
        else:
            one.send_signal(number)
        out, err = one.communicate(timeout=60)
    assert (one.returncode, out) == (status, b"")
    assert b"Traceback" not in err
    # If it did not end, this test would not either.
    while members(one.pid):
        time.sleep(0.01)
    assert endings() == [".tmp"] * left
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    assert ".tmp" not in endings()
