"""Saving, replacing, selecting and removing schedules, also when a process stops."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from summitcli.library import store
from summitcli.library.folder import names
from summitcli.library.kept import current, find, load
from summitcli.library.log import LoggedUpdate
from summitcli.library.store import (
    ConcurrentChange,
    append_to_log,
    is_whole,
    keep,
    record_unchanged,
    remove,
    set_current,
)
from tests.library.kept_samples import A, B, changed, said, schedules_folder


def test_all_files_are_private() -> None:
    set_current(keep(A, b"content").name)
    modes = {
        path.name.split("-")[0]: path.stat().st_mode & 0o777
        for path in [schedules_folder(), *schedules_folder().rglob("*")]
    }
    del modes[".current.lock"]
    assert modes == {
        "schedules": 0o700, "conf": 0o700, "schedule": 0o600, "source.json": 0o600, "current": 0o600,
    }  # fmt: skip


def test_without_a_given_name_each_conference_gets_its_own() -> None:
    assert keep(A, b"1").name == "conf"
    assert keep(B, b"2").name == "conf-2"
    assert keep(changed(B, reference="https://c.example/s", title="C"), b"3").name == "conf-3"
    assert keep(changed(A, title="A, renamed"), b"4").name == "conf", "the same address"
    assert keep(changed(A, title="Another", id="other"), b"6").name == "other", "another at the same address"
    assert keep(changed(B, reference="/home/b.json"), b"5").name == "conf-2", "the same conference"
    assert [load(name).source().read() for name in names()] == [b"4", b"5", b"3", b"6"]


def test_a_schedule_from_standard_input_is_identified_by_its_conference() -> None:
    piped = changed(A, reference="-")
    kept_as = [keep(one, b"").name for one in (piped, changed(piped, title="B"), piped)]
    assert kept_as == ["conf", "conf-2", "conf"]


@pytest.mark.parametrize("id_", ["bundled", "current", "aux", "con"])
def test_a_conference_whose_id_is_reserved(id_: str) -> None:
    assert keep(changed(A, id=id_), b"").name == f"{id_}-2"


def test_a_long_id_gives_a_valid_name() -> None:
    for number in range(3):
        keep(changed(A, id="x" * 100, reference=f"https://{number}", title=str(number)), b"")
    assert names() == ("x" * 56, "x" * 56 + "-2", "x" * 56 + "-3")


def test_a_name_used_for_another_conference_is_refused() -> None:
    keep(A, b"1", "mine")
    assert said(keep, B, b"2", "mine") == (
        '2 the name "mine" is in use for A; free it with `summit schedules remove mine`'
    )
    assert load("mine").source().read() == b"1"
    assert keep(A, b"3", "mine").source().read() == b"3"


def test_a_removed_schedule_is_no_longer_current() -> None:
    keep(A, b"1")
    keep(B, b"2")
    set_current("conf")
    remove("conf-2")
    assert (names(), current()) == (("conf",), load("conf"))
    remove("conf")
    assert (names(), current(), sorted(os.listdir(schedules_folder()))) == ((), None, [".current.lock"])


def test_a_file_of_the_users_beside_a_removed_schedule_stays() -> None:
    keep(A, b"1")
    notes = schedules_folder() / "conf" / "notes.txt"
    notes.write_text("mine")
    remove("conf")
    assert (names(), os.listdir(notes.parent), notes.read_text()) == ((), ["notes.txt"], "mine")


def test_a_schedule_removed_by_another_process_can_not_be_made_current() -> None:
    keep(A, b"1")
    remove("conf")
    assert said(set_current, "conf") == '2 no schedule named "conf". Available: bundled'
    assert current() is None


def test_a_schedule_replaced_by_another_process_is_kept() -> None:
    one = keep(A, b"1")
    other = keep(A, b"2")
    newer = other.origin._replace(etag="2")
    record_unchanged(one, newer)
    assert load("conf") == other
    record_unchanged(other, newer)
    assert load("conf") == other._replace(origin=newer, updates=1)
    remove("conf")
    record_unchanged(other, newer)
    assert names() == ()


def test_only_the_schedule_found_before_is_replaced() -> None:
    one = keep(A, b"1")
    keep(changed(A, title="B"), b"2", "conf", replaces=one)
    for gone in (one, changed(one, name="other")):
        with pytest.raises(ConcurrentChange):
            keep(A, b"3", replaces=gone)
    assert load("conf").source().read() == b"2"


def test_the_memory_file_is_stored_and_removed_with_the_bytes() -> None:
    for number in range(4):
        one = keep(A, b"%d" % number, memory=b"remembered %d" % number)
        path = schedules_folder() / "conf" / f"memory-{one.memory}"
        assert path.read_bytes() == b"remembered %d" % number
    assert len(list(path.parent.glob("memory-*"))) == 2, "who has just read of the one before may open it"
    assert keep(A, b"5").memory == ""
    append_to_log(one, LoggedUpdate(0, "", {}, ()))
    remove("conf")
    assert not path.parent.exists()


def test_a_source_json_of_the_first_format_is_backed_up() -> None:
    one = keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    old = path.read_bytes().replace(b"summit-kept/2", b"summit-kept/1")
    for change in (lambda: record_unchanged(one, one.origin), lambda: keep(A, b"2")):
        path.write_bytes(old)
        change()
        assert (path.with_name("source.json.1")).read_bytes() == old
        assert b"summit-kept/2" in path.read_bytes()
    remove("conf")
    assert not path.parent.exists()


@pytest.mark.parametrize("damage", [None, b"", b"conten", b"contents", b"Content"])
def test_damaged_bytes_are_detected(damage: bytes | None) -> None:
    one = keep(A, b"content")
    path = Path(one.source().path or "")
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert not is_whole(one)
    assert said(one.source().read) == (
        '3 the saved copy of "conf" is damaged; download it again with `summit update conf`'
    )
    assert is_whole(keep(A, b"content"))
    assert one.source().read() == b"content"


def test_the_replaced_copy_stays_for_processes_that_are_reading_it() -> None:
    sources = [keep(A, b"%d" % number).source() for number in range(4)]
    assert [sources[2].read(), sources[3].read()] == [b"2", b"3"]
    assert len(list((schedules_folder() / "conf").iterdir())) == 3
    assert len({source.home for source in sources}) == 1, "one catalog for all"
    assert len({source.identity for source in sources}) == 4


KEEPER = """
import itertools, sys
import filelock
from summitcli.library.kept import KeptSchedule, Origin
from summitcli.library.store import keep
print("ready", flush=True)
for number in itertools.count():
    title = f"{sys.argv[1]}-{number}"
    one = KeptSchedule("", Origin("https://a.example/s"), id="conf", title=title)
    keep(one, (title + " ").encode() * 5000)
    print(title, flush=True)
"""


def test_killed_writers_leave_the_old_or_the_new_schedule(record_property: Callable[..., None]) -> None:
    chance = random.Random(7)
    kills, unfinished, kept_last = 30, 0, ""
    for number in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(number)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        acknowledged = [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        unfinished += any(path.name.endswith(".tmp") for path in schedules_folder().rglob("*"))
        if not acknowledged and not kept_last:
            continue
        one = load("conf")
        assert one.source().read() == (one.title + " ").encode() * 5000
        last = acknowledged[-1] if acknowledged else kept_last
        turns = [int(title.rpartition("-")[2]) for title in (one.title, last)]
        assert one.title == kept_last or turns[0] >= turns[1] or not acknowledged
        kept_last = one.title
    keep(A, b"last")
    assert [path.name for path in schedules_folder().rglob("*") if path.name.endswith(".tmp")] == []
    record_property(
        "figures",
        f"keepers of a schedule killed: {kills}, in the middle of a write: {unfinished}, damaged: 0",
    )


def test_an_unwritable_data_directory_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("SUMMIT_DATA", str(file / "data"))
    fault = f"{file} must be a directory; move or rename what is there"
    assert said(keep, A, b"") == f"4 can't write to {schedules_folder()}: {fault}"
    assert said(names) == f"4 can't read {schedules_folder()}: {fault}"
    assert said(current) == f"4 can't determine the current schedule: {fault}"
    assert said(find, "conf") == f"4 can't read conf: {fault}"


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_with_the_null_device_as_data_directory_nothing_can_be_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMIT_DATA", os.devnull)
    assert (names(), current(), find("conf")) == ((), None, None)
    assert said(keep, A, b"") == f"4 can't write to {schedules_folder()}: Not a directory"


def test_a_held_lock_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr(store, "LOCK_TIMEOUT", 0.2)
    keep(A, b"old")
    with FileLock(schedules_folder() / ".current.lock"):
        line = f"4 can't write to {schedules_folder()}: another program is using it; try again later"
        assert said(keep, A, b"new") == said(set_current, "conf") == said(remove, "conf") == line
    assert load("conf").source().read() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_symbolic_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    one = keep(A, b"content")
    for path in (Path(one.source().path or ""), schedules_folder() / "conf" / "source.json"):
        path.unlink()
        path.symlink_to(victim)
    keep(A, b"content", "conf")
    (schedules_folder() / "current").symlink_to(victim)
    set_current("conf")
    assert (victim.read_text(), current()) == ("precious", load("conf"))
