"""Schedules kept, replaced, chosen and removed, and what is left of them whenever a process stops."""

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
from summitcli.library.store import Overtaken, choose, is_whole, keep, log, note, remove
from tests.library.kept_samples import A, B, changed, said, schedules_folder


def test_everything_is_for_its_owner_alone() -> None:
    choose(keep(A, b"content").name)
    modes = {
        path.name.split("-")[0]: path.stat().st_mode & 0o777
        for path in [schedules_folder(), *schedules_folder().rglob("*")]
    }
    del modes[".current.lock"]
    assert modes == {
        "schedules": 0o700, "conf": 0o700, "schedule": 0o600, "source.json": 0o600, "current": 0o600,
    }  # fmt: skip


def test_without_a_name_each_conference_has_one_of_its_own() -> None:
    assert keep(A, b"1").name == "conf"
    assert keep(B, b"2").name == "conf-2"
    assert keep(changed(B, reference="https://c.example/s", title="C"), b"3").name == "conf-3"
    assert keep(changed(A, title="A, renamed"), b"4").name == "conf", "the same address"
    assert keep(changed(A, title="Another", id="other"), b"6").name == "other", "another at the same address"
    assert keep(changed(B, reference="/home/b.json"), b"5").name == "conf-2", "the same conference"
    assert [load(name).source().read() for name in names()] == [b"4", b"5", b"3", b"6"]


def test_what_is_read_from_standard_input_is_known_by_its_conference() -> None:
    piped = changed(A, reference="-")
    kept_as = [keep(one, b"").name for one in (piped, changed(piped, title="B"), piped)]
    assert kept_as == ["conf", "conf-2", "conf"]


@pytest.mark.parametrize("id_", ["bundled", "current", "aux", "con"])
def test_a_conference_whose_id_means_something_else(id_: str) -> None:
    assert keep(changed(A, id=id_), b"").name == f"{id_}-2"


def test_a_long_id_makes_a_name_that_can_be() -> None:
    for number in range(3):
        keep(changed(A, id="x" * 100, reference=f"https://{number}", title=str(number)), b"")
    assert names() == ("x" * 56, "x" * 56 + "-2", "x" * 56 + "-3")


def test_a_name_that_another_conference_has_is_not_taken() -> None:
    keep(A, b"1", "mine")
    assert said(keep, B, b"2", "mine") == (
        '2 the name "mine" is taken by A; `summit schedules remove mine` makes it free'
    )
    assert load("mine").source().read() == b"1"
    assert keep(A, b"3", "mine").source().read() == b"3"


def test_what_is_forgotten_is_gone_and_no_longer_in_use() -> None:
    keep(A, b"1")
    keep(B, b"2")
    choose("conf")
    remove("conf-2")
    assert (names(), current()) == (("conf",), load("conf"))
    remove("conf")
    assert (names(), current(), sorted(os.listdir(schedules_folder()))) == ((), None, [".current.lock"])


def test_what_another_process_has_removed_since_it_was_found_is_not_chosen() -> None:
    keep(A, b"1")
    remove("conf")
    assert said(choose, "conf") == '2 no schedule "conf". There is: bundled'
    assert current() is None


def test_what_another_process_has_replaced_since_it_was_found_stays() -> None:
    one = keep(A, b"1")
    other = keep(A, b"2")
    newer = other.origin._replace(etag="2")
    note(one, newer)
    assert load("conf") == other
    note(other, newer)
    assert load("conf") == other._replace(origin=newer, updates=1)
    remove("conf")
    note(other, newer)
    assert names() == ()


def test_what_is_replaced_is_the_very_one_that_was_found() -> None:
    one = keep(A, b"1")
    keep(changed(A, title="B"), b"2", "conf", replaces=one)
    for gone in (one, changed(one, name="other")):
        with pytest.raises(Overtaken):
            keep(A, b"3", replaces=gone)
    assert load("conf").source().read() == b"2"


def test_what_is_remembered_lies_beside_the_bytes_and_goes_with_them() -> None:
    for number in range(4):
        one = keep(A, b"%d" % number, memory=b"remembered %d" % number)
        path = schedules_folder() / "conf" / f"memory-{one.memory}"
        assert path.read_bytes() == b"remembered %d" % number
    assert len(list(path.parent.glob("memory-*"))) == 2, "who has just read of the one before may open it"
    assert keep(A, b"5").memory == ""
    log(one, LoggedUpdate(0, "", {}, ()))
    remove("conf")
    assert not path.parent.exists()


def test_a_description_of_the_first_format_stays_beside_the_one_that_replaces_it() -> None:
    one = keep(A, b"1")
    path = schedules_folder() / "conf" / "source.json"
    old = path.read_bytes().replace(b"summit-kept/2", b"summit-kept/1")
    for change in (lambda: note(one, one.origin), lambda: keep(A, b"2")):
        path.write_bytes(old)
        change()
        assert (path.with_name("source.json.1")).read_bytes() == old
        assert b"summit-kept/2" in path.read_bytes()
    remove("conf")
    assert not path.parent.exists()


@pytest.mark.parametrize("damage", [None, b"", b"conten", b"contents", b"Content"])
def test_damaged_bytes_are_told_from_those_that_were_kept(damage: bytes | None) -> None:
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


def test_of_a_schedule_that_is_replaced_the_copy_before_stays_for_who_is_about_to_read_it() -> None:
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


def test_writers_killed_leave_the_old_schedule_or_the_new_one(record_property: Callable[..., None]) -> None:
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


def test_a_data_folder_that_can_not_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("SUMMIT_DATA", str(file / "data"))
    fault = f"{file} is not a directory; move it away"
    assert said(keep, A, b"") == f"4 can't write to {schedules_folder()}: {fault}"
    assert said(names) == f"4 can't read {schedules_folder()}: {fault}"
    assert said(current) == f"4 the schedule in use is not known: {fault}"
    assert said(find, "conf") == f"4 can't read conf: {fault}"


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_the_null_device_for_a_data_folder_means_that_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMIT_DATA", os.devnull)
    assert (names(), current(), find("conf")) == ((), None, None)
    assert said(keep, A, b"") == f"4 can't write to {schedules_folder()}: Not a directory"


def test_a_lock_that_is_held_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr(store, "PATIENCE", 0.2)
    keep(A, b"old")
    with FileLock(schedules_folder() / ".current.lock"):
        line = f"4 can't write to {schedules_folder()}: it is in use by another process; try again"
        assert said(keep, A, b"new") == said(choose, "conf") == said(remove, "conf") == line
    assert load("conf").source().read() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_files_that_are_symbolic_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    one = keep(A, b"content")
    for path in (Path(one.source().path or ""), schedules_folder() / "conf" / "source.json"):
        path.unlink()
        path.symlink_to(victim)
    keep(A, b"content", "conf")
    (schedules_folder() / "current").symlink_to(victim)
    choose("conf")
    assert (victim.read_text(), current()) == ("precious", load("conf"))
