"""Integrity of catalog files: torn writes, swapped, truncated or altered files, and other users' files."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from summitcli.catalog.seal import DIGEST_LENGTH, MAX_SMALL_SIZE, SEAL, connect, mark
from summitcli.catalog.store import open_catalog
from summitcli.errors import CatalogDamaged
from summitcli.library.reference import resolve
from summitcli.sources.source import fingerprint
from tests.catalog import sealed
from tests.conftest import Asked
from tests.schedules import document, session, write

SUMMIT = [sys.executable, "-m", "summitcli"]
SECTOR = 512
"""The unit of a disk's atomic writes, in bytes."""
ASKED = (("list",), ("search", "数据"), ("show", "opening-ceremony"))


def cache() -> Path:
    return Path(os.environ["SUMMIT_CACHE"])


def catalog() -> Path:
    (file,) = cache().glob("*.sqlite")
    return file


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_world: None) -> Path:
    """Return the current schedule, whose catalog is too large to be verified whenever it is opened."""
    text = "Von diesem und jenem. " * 12
    sessions = (session(f"s{number}", description=f"{number} {text}") for number in range(2000))
    file = write(tmp_path / "large.json", document(*sessions))
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(file))
    return file


@pytest.mark.parametrize("name", ["a%3Fb?c#d", "100%", "%", "?", "#", "é 缓存", "\udcff", "a&b=c"])
def test_a_database_lies_where_its_path_says(name: str, tmp_path: Path) -> None:
    with closing(connect(str(tmp_path / name), "mode=rwc")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [name]
    with (
        closing(connect(str(tmp_path / name), "mode=ro")) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DROP TABLE t")


# Torn and damaged ------------------------------------------------------------------------------------------


def torn(whole: bytes) -> Iterator[bytes]:
    for start in range(0, len(whole), SECTOR):
        if any(whole[start : start + SECTOR]):
            yield whole[:start] + bytes(len(whole[start : start + SECTOR])) + whole[start + SECTOR :]


@pytest.mark.parametrize("every", [34, pytest.param(1, marks=pytest.mark.soak)])
def test_a_catalog_with_a_sector_that_was_never_written_gives_the_same_answers(
    ask: Asked, every: int
) -> None:
    before = {words: ask(*words) for words in ASKED}
    file = catalog()
    whole = file.read_bytes()
    for damaged in list(torn(whole))[::every]:
        for words in ASKED:
            file.write_bytes(damaged)
            assert ask(*words) == before[words]


@pytest.mark.parametrize("every", [74, pytest.param(3, marks=pytest.mark.soak)])
def test_a_large_catalog_with_a_sector_that_was_never_written_gives_the_same_answer(
    ask: Asked, large: Path, every: int
) -> None:
    before = ask("list", "--json")
    (file,) = (path for path in cache().glob("*.sqlite") if path.stat().st_size > MAX_SMALL_SIZE)
    whole = file.read_bytes()
    for damaged in list(torn(whole))[:: every * 20]:
        file.write_bytes(damaged)
        assert ask("list", "--json") == before


@pytest.mark.parametrize("every", [977, pytest.param(61, marks=pytest.mark.soak)])
def test_a_catalog_of_any_length_gives_the_same_answer(ask: Asked, every: int) -> None:
    before = ask("list", "--json")
    file = catalog()
    whole = file.read_bytes()
    for length in range(0, len(whole), every * 7):
        file.write_bytes(whole[:length])
        assert ask("list", "--json") == before
    for more in (b"\0", whole, whole[-DIGEST_LENGTH:]):
        file.write_bytes(whole + more)
        assert ask("list", "--json") == before


def test_the_catalog_of_another_schedule_is_not_used(ask: Asked, tmp_path: Path) -> None:
    before = ask("list")
    file = catalog()
    other = write(tmp_path / "s.json", document(session("a")))
    ask("list", "--schedule", str(other))
    (its,) = (path for path in cache().glob("*.sqlite") if path != file)
    shutil.copyfile(its, file)
    assert ask("list") == before


def test_a_catalog_that_is_left_alone_is_not_written_again(ask: Asked, large: Path) -> None:
    ask("list")
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in cache().iterdir()}
    assert any(path.name.endswith(SEAL) for path in before)
    ask("list")
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in cache().iterdir()} == before


# Valid, and of wrong content -------------------------------------------------------------------------------

WRONG = {
    "a missing table": "DROP TABLE listing",
    "a missing index": "DROP TABLE search_text; DROP TABLE search_spelling",
    "other columns": "ALTER TABLE conference RENAME COLUMN titles TO title_by_language",
    "no conference": "DELETE FROM conference",
    "two conferences": "INSERT INTO conference SELECT * FROM conference",
    "JSON cut short": "UPDATE session SET titles = '{'; UPDATE conference SET titles = '{', facts = '{'",
    "JSON of another kind": "UPDATE session SET titles = '[]'; UPDATE category SET names = '3';"
    " UPDATE conference SET titles = '7', facts = 'null', notice = '[]'",
    "bytes that are no text": "UPDATE conference SET titles = x'ff', facts = x'ff'",
    "an unknown zone": "UPDATE conference SET time_zone = 'Nowhere/At all'",
}
COMMANDS = (
    "list", "list --json", "list --lang en", "day 1", "now --at 2022-07-23T10:00", "search 论坛",
    "show main-forum", "categories --lang en", "about", "about --json", "export -f ics", "grid", "days", "",
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_catalog_with_invalid_content_is_rebuilt(ask: Asked, wrong: str) -> None:
    at = ("--at", "2022-07-23T10:00")
    lines = [(*line.split(), *(() if "--at" in line else at)) for line in COMMANDS]
    before = {words: ask(*words) for words in lines}
    whole = catalog().read_bytes()
    for words in lines:
        sealed.change(catalog(), WRONG[wrong])
        assert ask(*words) == before[words], words
        catalog().unlink()
        catalog_is(whole)


def catalog_is(content: bytes) -> None:
    """Write ``content`` to the catalog file of the built-in schedule."""
    name = f"catalog-{fingerprint(resolve('bundled').home.encode())}.sqlite"
    (cache() / name).write_bytes(content)
    (cache() / name).chmod(0o600)


VALUES = ("x'ff'", "'\u202e{['", "-1e308", "''")


@pytest.mark.parametrize("step", [16, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("value", VALUES)
def test_no_value_in_any_column_causes_an_internal_error(ask: Asked, value: str, step: int) -> None:
    lines = [*(line.split() for line in COMMANDS if "--at" not in line), ["today", "--at", "1"]]
    for words in lines:
        ask(*words)
    whole = catalog().read_bytes()
    for number, (table, column) in enumerate(columns(catalog()), VALUES.index(value)):
        # Each column with other commands, in the long runs with all of them.
        for words in lines[number % step :: step]:
            try:
                sealed.change(catalog(), f'UPDATE OR IGNORE "{table}" SET "{column}" = {value}')
            except sqlite3.Error:
                continue
            answer = ask(*words)
            # That an agenda can have no such id is said in one line.
            assert answer.status in (0, 1, 2, 3), (table, column, words, answer)
            catalog_is(whole)


def columns(file: Path) -> list[tuple[str, str]]:
    """Return each table with each of its columns."""
    plain = file.with_suffix(".plain")
    plain.write_bytes(sealed.parts(file)[0])
    with closing(sqlite3.connect(plain)) as connection:
        found = connection.execute(
            "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'search_%_'"
            " AND m.name <> 'search'"
        ).fetchall()
    plain.unlink()
    return found


def test_an_error_without_a_damaged_catalog_is_reported_after_one_retry(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summitcli.catalog.queries import Catalog

    asked: list[Catalog] = []

    def fail(catalog: Catalog, *_query: object) -> None:
        asked.append(catalog)
        raise KeyError("days")

    monkeypatch.setattr(Catalog, "days", fail)
    answer = ask("days")
    assert (answer.status, answer.out, len(asked)) == (70, "", 2)


# While it is read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short_while_it_is_read_is_damaged(large: Path, share: float) -> None:
    open_catalog(resolve(str(large))).close()
    with closing(open_catalog(resolve(str(large)))) as found:
        assert found.is_watched
        file = catalog()
        os.truncate(file, int(file.stat().st_size * share))
        with pytest.raises(CatalogDamaged):
            found.listings()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not tell who has opened what")
def test_a_file_that_is_cut_short_below_a_running_command_gives_the_whole_answer(large: Path) -> None:
    command = [*SUMMIT, "list", "--json"]
    whole = subprocess.run(command, capture_output=True, check=True).stdout
    for share in (0.0, 0.3, 0.8):
        file = catalog()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while not is_open(process.pid, file) and process.poll() is None:
                time.sleep(0.0005)
            os.truncate(file, int(file.stat().st_size * share))
            # Nobody reads the pipe until now, which holds a small part of the answer.
            out, err = process.communicate(timeout=60)
        assert (process.returncode, out == whole, err) == (0, True, b"")


def is_open(pid: int, file: Path) -> bool:
    try:
        links = [f"/proc/{pid}/fd/{link}" for link in os.listdir(f"/proc/{pid}/fd")]
        return any(os.readlink(link) == str(file) for link in links)
    except OSError:
        return False


def test_nothing_is_mapped_into_memory(large: Path) -> None:
    for reference in (str(large), "bundled"):
        open_catalog(resolve(reference)).close()
        with closing(open_catalog(resolve(reference))) as found:
            assert found._connection.execute("PRAGMA mmap_size").fetchall() in ([(0,)], [])


@pytest.mark.parametrize("turns", [1, pytest.param(4, marks=pytest.mark.soak)])
def test_readers_answer_while_others_build(ask: Asked, large: Path, turns: int) -> None:
    whole = ask("list", "--json").out.encode()
    answers: list[tuple[int, bytes, bytes]] = []

    def read() -> None:
        for _turn in range(turns):
            done = subprocess.run([*SUMMIT, "list", "--json"], capture_output=True, check=False)
            answers.append((done.returncode, done.stdout, done.stderr))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        for path in cache().glob("*.sqlite"):
            path.unlink(missing_ok=True)
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    assert [one == (0, whole, b"") for one in answers] == [True] * 3 * turns
    assert list(cache().glob("*.tmp")) == []


# Copied, and by whom ---------------------------------------------------------------------------------------


def test_a_copied_cache_is_trusted_after_one_verification(
    ask: Asked, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask("list")
    shutil.copytree(cache(), tmp_path / "copy")
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "copy"))
    (note,) = cache().glob(f"*{SEAL}")
    file = Path(str(note).removesuffix(SEAL))
    before, noted = file.stat().st_ino, note.read_bytes()
    assert ask("list") == whole
    assert (file.stat().st_ino, note.read_bytes() != noted) == (before, True)
    assert note.read_bytes() == mark(file.stat())
    note.unlink()
    assert ask("list") == whole
    assert (file.stat().st_ino, note.read_bytes()) == (before, mark(file.stat()))


def test_a_large_catalog_in_use_is_not_removed(ask: Asked, large: Path, tmp_path: Path) -> None:
    ask("list")
    (note,) = cache().glob(f"*{SEAL}")
    file = Path(str(note).removesuffix(SEAL))
    os.utime(file, (0, 0))
    assert ask("list").status == 0
    os.utime(note, (0, 0))
    ask("list")
    assert time.time() - note.stat().st_mtime < 3600
    ask("list", "--schedule", str(write(tmp_path / "s.json", document(session("a")))))
    assert file.exists() and note.exists()


ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
NOBODY = 65534


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_the_catalog_of_another_user_is_replaced(ask: Asked) -> None:
    whole = ask("list")
    sealed.change(catalog(), "UPDATE session SET title = 'Not so'")
    os.chown(catalog(), NOBODY, NOBODY)
    assert ask("list") == whole
    assert (catalog().stat().st_uid, catalog().stat().st_mode & 0o777) == (0, 0o600)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_catalog_that_others_may_write_to_is_replaced(ask: Asked, mode: int) -> None:
    whole = ask("list")
    sealed.change(catalog(), "UPDATE session SET title = 'Not so'")
    catalog().chmod(mode)
    assert ask("list") == whole
    assert catalog().stat().st_mode & 0o777 == 0o600


def give_away(folder: Path) -> None:
    os.chown(folder, NOBODY, NOBODY)


def open_to_all(folder: Path) -> None:
    folder.chmod(0o777)


@pytest.mark.parametrize(
    "spoil", [pytest.param(give_away, marks=pytest.mark.skipif(not ROOT, reason="only root")), open_to_all]
)
def test_in_a_directory_writable_by_others_nothing_is_read_or_written(
    ask: Asked, spoil: Callable[[Path], None]
) -> None:
    whole = ask("list")
    sealed.change(catalog(), "UPDATE session SET title = 'Not so'")
    spoil(cache())
    there = {path.name: path.read_bytes() for path in cache().iterdir()}
    assert ask("list") == ask("list") == whole
    assert {path.name: path.read_bytes() for path in cache().iterdir()} == there


@pytest.mark.parametrize("mode", [0o770, 0o750, 0o755, 0o1777])
def test_a_directory_of_the_user_is_trusted(ask: Asked, mode: int) -> None:
    ask("list")
    cache().chmod(mode)
    before = catalog().stat().st_ino
    sealed.change(catalog(), "UPDATE session SET title = 'Believed'")
    assert before != catalog().stat().st_ino
    assert "Believed" in ask("list").out


# Its temporary files ---------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from summitcli.storage import atomic
from summitcli.cli import main
def die(*_words):
    os.kill(os.getpid(), signal.SIGKILL)
atomic.rename_and_sync = die
main(["list"])
"""


def test_what_a_killed_builder_left_is_removed_by_the_next(ask: Asked) -> None:
    whole = ask("list")
    catalog().unlink()
    done = subprocess.run([sys.executable, "-c", KILLED], check=False)
    (left,) = cache().iterdir()
    assert (done.returncode, left.suffix) == (-9, ".tmp")
    assert ask("list") == whole
    assert [path.name for path in cache().iterdir()] == [catalog().name]


HELD = """
import sys
from summitcli.catalog.files import temporary_file
with temporary_file(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_file_of_a_running_builder_is_kept(ask: Asked) -> None:
    file = catalog()
    words = [sys.executable, "-c", HELD, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as builder:
        assert builder.stdout and builder.stdout.readline() == b"held\n"
        file.unlink()
        assert ask("list").status == 0
        assert sorted(path.suffix for path in cache().iterdir()) == [".sqlite", ".tmp"]
        builder.communicate()
    assert [path.suffix for path in cache().iterdir()] == [".sqlite"]


def test_everything_is_on_the_disk_before_it_has_its_name(
    ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)

        def noted(*words: object, name: str = name, real: Callable[..., None] = real) -> None:
            calls.append(name)
            real(*words)

        monkeypatch.setattr(os, name, noted)
    catalog().unlink()
    ask("list")
    assert calls == ["fsync", "replace", "fsync"]
