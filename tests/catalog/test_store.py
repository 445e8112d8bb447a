"""Storing catalogs: found again, rebuilt, cleaned up; a damaged one never stops a command."""

import errno
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import pytest

import summitcli
from summitcli.catalog import build, seal, store, writing
from summitcli.catalog.files import MAX_UNUSED_AGE
from summitcli.catalog.queries import Catalog
from summitcli.catalog.seal import FORMAT
from summitcli.catalog.store import build_catalog, distrust_opened, open_catalog, temporary_catalog
from summitcli.errors import ScheduleError
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import Parsed
from summitcli.library.reference import resolve
from summitcli.model import Schedule
from summitcli.sources.source import Source
from summitcli.storage import sqlite
from tests.conftest import BUNDLED, Asked, Run
from tests.schedules import document, session, write
from tests.storage.places import ROOT

SUMMIT = [sys.executable, "-m", "summitcli"]


def cache() -> Path:
    return Path(os.environ["SUMMIT_CACHE"])


def catalog() -> Path:
    (file,) = cache().glob("*.sqlite")
    return file


def test_a_catalog_is_built_once_and_found_again(ask: Asked) -> None:
    before = catalog().stat()
    whole = ask("list")
    assert ask("list") == whole
    after = catalog().stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_catalog_is_built_where_there_is_none(ask: Asked) -> None:
    whole = ask("list")
    shutil.rmtree(cache())
    assert ask("list") == whole
    assert [path.name for path in cache().iterdir()] == [catalog().name]
    assert cache().stat().st_mode & 0o777 == 0o700
    assert catalog().stat().st_mode & 0o777 == 0o600


def test_a_file_that_changes_is_read_again(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("before")))
    assert ask("list", "--schedule", str(file)).out == "2024-05-01\t\tbefore\t\tBefore\n"
    write(file, document(session("behind")))
    os.utime(file, ns=(1, 1))
    assert ask("list", "--schedule", str(file)).out == "2024-05-01\t\tbehind\t\tBehind\n"
    assert len(list(cache().iterdir())) == 2, "one file for each place, whatever its state"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no time of the last change of a file's state")
@pytest.mark.parametrize("replaced", [False, True], ids=["in place", "by another file"])
def test_an_edit_that_keeps_size_and_time_is_read(ask: Asked, tmp_path: Path, replaced: bool) -> None:
    file = write(tmp_path / "s.json", document(session("before")))
    os.utime(file, ns=(5, 5))
    assert ask("list", "--schedule", str(file), "-f", "ids").out == "before\n"
    changed = file.stat().st_ctime_ns
    while changed == file.stat().st_ctime_ns:
        # Until the system's clock for files has moved on; it stands still for some milliseconds.
        edited = write(tmp_path / "new.json" if replaced else file, document(session("behind")))
        os.utime(edited, ns=(5, 5))
        os.replace(edited, file)
    assert (file.stat().st_mtime_ns, file.stat().st_size) == (
        5,
        len(json.dumps(document(session("before")), ensure_ascii=False).encode()),
    )
    assert ask("list", "--schedule", str(file), "-f", "ids").out == "behind\n"


def test_a_file_is_the_same_from_wherever_it_is_named(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("a")))
    run("list", "--schedule", "s.json", cwd=tmp_path)
    run("list", "--schedule", str(file), cwd=Path("/"))
    assert len(list(cache().iterdir())) == 2


def test_many_processes_build_at_once_and_all_answer(run: Run) -> None:
    whole = run("list")
    shutil.rmtree(cache())
    processes = [
        subprocess.Popen([*SUMMIT, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)
    ]
    answers = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert answers == [(whole.encode(), b"", 0)] * 6
    assert [path.name for path in cache().iterdir()] == [catalog().name]


@pytest.mark.parametrize("kind", ["below a file", "below /proc", "a file", "a device", "a pipe",
                                  "an unwritable name", "a long path", "a deep path"])  # fmt: skip
def test_without_a_cache_folder_every_command_answers(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    whole, found = ask("list"), ask("search", "论坛")
    (tmp_path / "file").write_text("mine")
    os.mkfifo(tmp_path / "pipe")
    places = {
        "a device": Path("/dev/null"),
        "a pipe": tmp_path / "pipe",
        "a long path": tmp_path.joinpath(*["y" * 200] * 30),
        "a deep path": tmp_path.joinpath(*["y"] * 1900),
        "below a file": tmp_path / "file" / "cache",
        "below /proc": Path("/proc/summit/cache"),
        "a file": tmp_path / "file",
        "an unwritable name": tmp_path / ("x" * 300),
    }
    monkeypatch.setenv("SUMMIT_CACHE", str(places[kind]))
    assert (ask("list"), ask("search", "论坛")) == (whole, found)
    assert ask("categories").status == ask("about").status == ask("show", "main-forum").status == 0
    assert (tmp_path / "file").read_text() == "mine"


AS_NOBODY = """
import os, sys
import opencc, pypinyin, summitcli.catalog.build, summitcli.formats, unicodedata, zoneinfo
from summitcli.cli import main
words = ["list", "--schedule", sys.argv[2]]
main(words)  # Imports what the other user may not be allowed to read.
os.environ["SUMMIT_CACHE"] = os.environ["SUMMIT_DATA"] = sys.argv[1]
if os.geteuid() == 0:
    os.setuid(65534)
print("--", flush=True)
sys.exit(main(words))
"""


def test_a_damaged_catalog_that_can_not_be_replaced_does_not_stop_a_command(ask: Asked) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        file = write(place / "s.json", document(*(session(f"s{number}") for number in range(500))))
        whole = ask("list", "--schedule", str(file)).out
        folder = place / "cache"
        shutil.copytree(cache(), folder)
        for path in folder.iterdir():
            content = path.read_bytes()
            path.write_bytes(content[:8192] + bytes(len(content) - 8192))
            path.chmod(0o444)
        folder.chmod(0o555)
        words = [sys.executable, "-c", AS_NOBODY, str(folder), str(file)]
        done = subprocess.run(words, capture_output=True, text=True, cwd="/", check=False)
        folder.chmod(0o755)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{whole}--\n{whole}", "")


def damage(file: Path, kind: str) -> None:
    content = file.read_bytes()
    match kind:
        case "empty":
            file.write_bytes(b"")
        case "not SQLite":
            file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
        case "text":
            file.write_text("hello")
        case "a folder":
            file.unlink()
            file.mkdir()
        case "a pipe":
            file.unlink()
            os.mkfifo(file)
        case "another database":
            file.unlink()
            with sqlite3.connect(file) as connection:
                connection.execute("CREATE TABLE listing (x)")
            connection.close()
        case "an older format":
            with sqlite3.connect(file) as connection:
                connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
                connection.execute("DROP TABLE listing")
            connection.close()
        case "without rows":
            with sqlite3.connect(file) as connection:
                connection.execute("DELETE FROM conference")
            connection.close()
        case "of other types":
            with sqlite3.connect(file) as connection:
                connection.execute("UPDATE session SET titles = '{'")
                connection.execute("UPDATE conference SET titles = '[', facts = ''")
                connection.execute("UPDATE category SET names = x'ff'")
            connection.close()
        case "dangling":
            file.unlink()
            file.symlink_to("/nonexistent/catalog")
        case _:
            file.write_bytes(content[: int(kind)])


@pytest.mark.parametrize(
    "kind",
    ["empty", "not SQLite", "text", "another database", "an older format", "without rows", "of other types",
     "dangling", "a folder", "a pipe", "16", "100", "4096", "8192", "20000", "60000"],
)  # fmt: skip
@pytest.mark.parametrize(
    "command", ["list", "day 1", "show main-f", "categories", "about", "search 论坛", ""]
)
def test_a_damaged_catalog_is_built_again_and_the_answer_is_the_same(
    ask: Asked, kind: str, command: str
) -> None:
    words = [*command.split(), *(["--at", "1"] if not command else [])]
    whole = ask(*words)
    damage(catalog(), kind)
    assert ask(*words) == whole
    assert ask(*words) == whole


def test_truncated_catalogs_never_cause_an_internal_error(ask: Asked) -> None:
    whole = ask("list", "--json")
    file = catalog()
    content = file.read_bytes()
    for length in random.Random(2022).sample(range(len(content)), 40):
        file.unlink()
        file.write_bytes(content[:length])
        assert ask("list", "--json") == whole


@pytest.mark.parametrize("command", ["list --json", "about --json", "categories"])
def test_catalogs_with_damaged_bytes_never_cause_an_internal_error(ask: Asked, command: str) -> None:
    ask("list")
    file = catalog()
    content = file.read_bytes()
    chance = random.Random(2022)
    for _ in range(20):
        damaged = bytearray(content)
        start = chance.randrange(len(content))
        damaged[start : start + chance.choice([1, 16, 4096])] = chance.randbytes(chance.choice([1, 16, 4096]))
        file.unlink()
        file.write_bytes(damaged)
        answer = ask(*command.split())
        assert (answer.status, answer.err) == (0, "")


def test_old_catalogs_are_removed_and_other_files_are_not(ask: Asked, tmp_path: Path) -> None:
    ask("list")
    old = time.time() - MAX_UNUSED_AGE - 60
    day_old = time.time() - 90_000
    swept = {
        "catalog-0123.sqlite": old, "catalog-0123.sqlite.1.2.tmp": time.time(),
        "catalog-0123.sqlite.seal.1.2.tmp": day_old, "catalog-89ab.sqlite.seal": time.time(),
        "catalog-cdef.sqlite.1.2.tmp-journal": time.time(),
    }  # fmt: skip
    kept = {
        "catalog-4567.sqlite": day_old, "notes.txt": old, "my.sqlite": old,
        "x.tmp": old, "catalog-x.txt": old,
    }  # fmt: skip
    for name, when in {**swept, **kept}.items():
        (cache() / name).write_text("")
        os.utime(cache() / name, (when, when))
    own = catalog_names()
    ask("list", "--schedule", str(write(tmp_path / "s.json", document(session("a")))))
    assert own - catalog_names() == set(swept)
    assert set(kept) < catalog_names()


def catalog_names() -> set[str]:
    return {path.name for path in cache().iterdir()}


def test_a_catalog_in_use_is_not_removed(ask: Asked, tmp_path: Path) -> None:
    file = catalog()
    os.utime(file, (0, 0))
    ask("list")
    assert time.time() - file.stat().st_mtime < 3600
    ask("list", "--schedule", str(write(tmp_path / "s.json", document(session("a")))))
    assert file.exists()


def test_a_folder_of_any_name_holds_catalogs(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask("list")
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "50% ?#&é 缓存 \udcff"))
    assert ask("list") == ask("list") == whole
    assert len(list((tmp_path / "50% ?#&é 缓存 \udcff").iterdir())) == 1


def test_in_a_folder_whose_name_a_uri_would_escape_a_catalog_is_found_again(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask("list")
    name = catalog().name
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "a%3Fb?c#d%"))
    assert ask("list") == whole
    assert catalog_names() == {name}
    before = catalog().stat()
    assert ask("list") == whole
    after = catalog().stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_schedule_that_can_not_be_built_leaves_nothing_behind(ask: Asked, tmp_path: Path) -> None:
    before = catalog_names()
    sessions = [session(f"s{number}") for number in range(200)]
    bad = write(tmp_path / "bad.json", document(*sessions, session("s0")))
    assert ask("list", "--schedule", str(bad)).status == 3
    assert catalog_names() == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_catalog_that_the_disk_does_not_take_leaves_nothing_behind(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    whole = ask("list")
    catalog().unlink()

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        assert ask("list") == whole
        assert catalog_names() == set()
    assert ask("list") == whole
    assert len(catalog_names()) == 1


def test_findings_are_passed_on_when_a_catalog_is_built(tmp_path: Path) -> None:
    event = {"title": "Talk", "start": "10:00", "duration": "1:00", "id": 1, "date": "2024-05-01T10:00:00"}
    day = {"date": "2024-05-01", "index": 1, "rooms": {"A": [event]}}
    file = tmp_path / "schedule.json"
    file.write_text(json.dumps({"schedule": {"conference": {"title": "Conf", "days": [day]}}}))
    told: list[Findings] = []
    source = resolve(str(file))
    with closing(open_catalog(source, told.append)) as built:
        assert len(built.listings()) == 1
    (findings,) = told
    assert "".join(findings.sentences()) == (
        "the schedule has no time zone; reading its times as UTC (choose another with --assume-timezone ZONE)"
    )
    open_catalog(source, told.append).close()
    assert len(told) == 1
    catalog().unlink()
    open_catalog(source).close()
    assert len(told) == 1


def test_a_distrusted_catalog_is_rebuilt() -> None:
    source = resolve("bundled")
    distrust_opened()
    open_catalog(source).close()
    assert distrust_opened() is False, "none was found that this process has not built"
    open_catalog(source).close()
    file, content = catalog(), catalog().read_bytes()
    assert distrust_opened() is True
    assert catalog_names() == set()
    file.write_bytes(content)
    file.chmod(0o600)
    before = file.stat().st_ino
    open_catalog(source).close()
    written = file.stat().st_ino
    assert written != before, "nor is it opened when it is there again"
    assert distrust_opened() is False
    open_catalog(source).close()
    assert (file.stat().st_ino, distrust_opened()) == (written, True)


@pytest.mark.parametrize(("age", "touched"), [(86_000, False), (86_800, True)])
def test_a_catalog_that_was_opened_longer_than_a_day_ago_is_marked_as_opened(
    ask: Asked, age: int, touched: bool
) -> None:
    ask("list")
    then = time.time() - age
    os.utime(catalog(), (then, then))
    ask("list")
    assert (catalog().stat().st_mtime > then + 1000) is touched


def test_a_catalog_of_a_schedule_that_was_read_is_kept_for_the_next_command() -> None:
    content = document(session("a"), session("b"))
    schedule = Schedule.model_validate_json(json.dumps(content))
    source = Source("mine", "first state", content=b"not read", place="a place \udcff")
    with closing(build_catalog(source, Parsed.of(schedule))) as built:
        assert [listing.id for listing in built.listings()] == ["a", "b"]
    with closing(open_catalog(source)) as found:
        assert [listing.id for listing in found.listings()] == ["a", "b"]
    before = catalog_names()
    with closing(temporary_catalog(Parsed.of(schedule))) as alone:
        assert [listing.id for listing in alone.listings()] == ["a", "b"]
    assert catalog_names() == before
    with pytest.raises(ScheduleError):
        open_catalog(source._replace(identity="second state"))


@pytest.fixture
def source() -> Source:
    """Return a source with two sessions, whose catalog is in the cache."""
    made = Source("mine", "state", content=json.dumps(document(session("a"), session("b"))).encode())
    open_catalog(made).close()
    return made


def ids(catalog: Catalog) -> list[str]:
    return [listing.id for listing in catalog.listings()]


@pytest.mark.parametrize(("less", "watched"), [(0, False), (1, True)])
def test_a_catalog_up_to_a_size_is_read_whole_and_a_larger_one_watched(
    less: int, watched: bool, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_SMALL_SIZE", catalog().stat().st_size - less)
    os.utime(catalog(), (0, 0))
    with closing(open_catalog(source)) as found:
        assert (found.is_watched, ids(found)) == (watched, ["a", "b"])
        # The time of a large one must not change: its seal has it.
        assert (catalog().stat().st_mtime == 0) is watched
        os.truncate(catalog(), 0)
        if not watched:
            assert ids(found) == ["a", "b"]
    catalog().unlink()
    with closing(open_catalog(source)) as built:
        assert (built.is_watched, ids(built)) == (watched, ["a", "b"])


def test_a_large_catalog_is_read_only_and_has_a_large_page_cache(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_SMALL_SIZE", 0)
    with closing(open_catalog(source)) as found:
        assert found.select("PRAGMA cache_size") == [(-16_000,)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            found._connection.execute("DELETE FROM session")
    parsed = Parsed.of(Schedule.model_validate_json(source.content or b""))
    with closing(temporary_catalog(parsed)) as alone:
        assert alone.select("PRAGMA cache_size") == [(-16_000,)]


def test_a_large_catalog_replaced_while_it_is_opened_is_opened_again(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_SMALL_SIZE", 0)
    really_connect, connected = seal.connect, list[sqlite3.Connection]()

    def connect(path: str, options: str) -> sqlite3.Connection:
        if not connected:
            shutil.copy(path, f"{path}.copy")
            os.replace(f"{path}.copy", path)
        connected.append(really_connect(path, options))
        return connected[-1]

    monkeypatch.setattr(store, "connect", connect)
    with closing(open_catalog(source)) as found:
        assert (found.is_watched, ids(found), len(connected)) == (True, ["a", "b"], 2)
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connected[0].execute("SELECT 1")


@pytest.mark.parametrize(
    ("added", "owner", "verified"),
    [
        (None, -1, True), (b"", -1, False), (b"\n", -1, True),
        pytest.param(b"", 65534, True, marks=pytest.mark.skipif(not ROOT, reason="only root")),
    ],
)  # fmt: skip
def test_a_large_catalog_is_verified_unless_a_seal_of_the_user_has_its_state(
    added: bytes | None, owner: int, verified: bool, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def verify(path: str, _file: object) -> bool:
        asked.append(path)
        return True

    monkeypatch.setattr(store, "MAX_SMALL_SIZE", 0)
    monkeypatch.setattr(writing, "verify", verify)
    note = Path(f"{catalog()}.seal")
    if added is not None:
        note.write_bytes(seal.mark(catalog().stat()) + added)
    if owner >= 0:
        os.chown(note, owner, -1)
    with closing(open_catalog(source)) as found:
        assert (ids(found), asked) == (["a", "b"], [str(catalog())] if verified else [])


def test_a_catalog_installed_with_the_program_is_trusted_whoever_may_write_to_it(
    source: Source, tmp_path: Path
) -> None:
    installed = tmp_path / "installed.sqlite"
    os.replace(catalog(), installed)
    installed.chmod(0o666)
    with closing(open_catalog(source._replace(prepared=str(installed), content=b"not read"))) as found:
        assert (ids(found), found.is_watched, catalog_names()) == (["a", "b"], False, set())


class Older(sqlite3.Connection):
    """A database of an SQLite that was built without deserialization."""

    @property
    def deserialize(self) -> NoReturn:
        raise AttributeError


def test_without_deserialization_a_small_catalog_is_read_from_its_file(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_connect, connected = sqlite3.connect, list[sqlite3.Connection]()

    def connect(path: str, **options: Any) -> sqlite3.Connection:
        connected.append(really_connect(path, factory=Older, **options))
        return connected[-1]

    monkeypatch.setattr(sqlite.sqlite3, "connect", connect)
    with closing(open_catalog(source)) as found:
        assert (found.is_watched, ids(found)) == (False, ["a", "b"])
        assert found.select("SELECT file FROM pragma_database_list") == [(str(catalog()),)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            found._connection.execute("DELETE FROM session")
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connected[0].execute("SELECT 1")


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), sqlite3.OperationalError("odd")])
def test_a_catalog_that_can_not_be_read_is_built_in_memory(
    error: Exception, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> NoReturn:
        raise error

    monkeypatch.setattr(store, "_open_small", fail)
    with closing(open_catalog(source)) as found:
        assert ids(found) == ["a", "b"]
        assert {*found.select("SELECT file FROM pragma_database_list")} == {("",)}
        assert [hit.session.id for hit in found.search("a").hits] == ["a"]


def test_where_no_temporary_database_can_be_written_a_catalog_is_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really_build, really_connect, names = build.build, sqlite3.connect, list[str]()

    def build_once_full(*arguments: Any, **options: Any) -> None:
        if len(names) == 1:
            raise sqlite3.OperationalError("database or disk is full")
        really_build(*arguments, **options)

    def connect(name: str) -> sqlite3.Connection:
        names.append(name)
        return really_connect(name)

    monkeypatch.setattr(build, "build", build_once_full)
    monkeypatch.setattr(sqlite.sqlite3, "connect", connect)
    parsed = Parsed.of(Schedule.model_validate_json(json.dumps(document(session("a")))))
    for searchable in (True, False):
        names.clear()
        with closing(temporary_catalog(parsed, searchable)) as made:
            assert (ids(made), names) == (["a"], ["", ":memory:"])
            assert bool(made.search("a").hits) is searchable


def test_a_pipe_in_place_of_a_catalog_is_replaced_whatever_it_holds(source: Source) -> None:
    fcntl = pytest.importorskip("fcntl", reason="pipes of POSIX")
    if not hasattr(fcntl, "F_SETPIPE_SZ"):
        pytest.skip("the system can't enlarge a pipe")
    file, content = catalog(), catalog().read_bytes()
    file.unlink()
    os.mkfifo(file, 0o600)
    with open(os.open(file, os.O_RDWR), "wb", buffering=0) as pipe:
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 2**20)
        pipe.write(content)
        with closing(open_catalog(source)) as found:
            assert (ids(found), file.is_file()) == (["a", "b"], True)


def test_an_unsearchable_catalog_lacks_only_the_search_tables() -> None:
    parsed = Parsed.of(Schedule.model_validate_json(json.dumps(document(session("a"), session("b")))))
    with (
        closing(temporary_catalog(parsed)) as whole,
        closing(temporary_catalog(parsed, searchable=False)) as lesser,
    ):
        assert lesser.listings() == whole.listings()
        assert lesser.sessions() == whole.sessions()
        assert [hit.session.id for hit in whole.search("a").hits] == ["a"]
        assert lesser.search("a").hits == ()
        assert lesser.select("SELECT count(*) FROM search_text") == [(0,)]


def test_people_may_open_a_catalog_with_sqlite(ask: Asked) -> None:
    ask("list")
    connection = sqlite3.connect(f"file:{catalog()}?mode=ro", uri=True)
    assert connection.execute("SELECT count(*), min(day), max(day) FROM listings").fetchall() == [
        (51, "2022-07-23", "2022-07-26")
    ]
    assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (38,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_the_bundled_schedule_is_found_from_any_folder(run: Run) -> None:
    assert Path(summitcli.__file__).exists() and BUNDLED.exists()
    assert len(run("list", cwd=Path("/")).splitlines()) == 51
