"""Writing events into a vdir: what is written, replaced and removed, and what is left as it is."""

import os
import threading
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError, Unreachable
from summitcli.storage import atomic
from summitcli.vdir import record, syncing
from summitcli.vdir.folder import MAX_BYTES
from summitcli.vdir.plan import Event
from summitcli.vdir.syncing import sync

MINE, FRIENDS = "conf/default", "conf/friends"


def event(name: str, title: str = "Opening", stamp: str = "20240101T000000Z") -> Event:
    """Return an event whose UID is long enough to be folded."""
    uid = f"{name}@{'conf-' * 12}a.summitcli"
    lines = ["BEGIN:VEVENT", f"UID:{uid[:60]}", f" {uid[60:]}", f"DTSTAMP:{stamp}", f"SUMMARY:{title}"]
    return Event(uid, title, "\r\n".join([*lines, "END:VEVENT", ""]).encode())


def actions(folder: Path, *events: Event, agenda: str = MINE, force: bool = False) -> list[tuple[str, str]]:
    """Sync, and return what was done with the events, with their titles."""
    done = sync(str(folder), events, agenda, force)
    return [(step.action, step.title) for step in done.steps]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name[0] != "."}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and the time of all files, which any writing would change."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_events_are_added_changed_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "calendar"
    a, b, c = event("a"), event("b"), event("c")
    assert actions(folder, a, b) == [("add", "Opening"), ("add", "Opening")]
    assert files(folder) == {f"{a.uid}.ics": a.data, f"{b.uid}.ics": b.data}
    later = event("b", "Moved")
    assert actions(folder, later, c) == [("change", "Moved"), ("add", "Opening"), ("remove", "Opening")]
    assert files(folder) == {f"{b.uid}.ics": later.data, f"{c.uid}.ics": c.data}


def test_the_same_state_writes_nothing_and_neither_does_a_new_time_of_writing(tmp_path: Path) -> None:
    actions(tmp_path, event("a"), event("b"))
    before = states(tmp_path)
    assert set(before) == {f"{event(name).uid}.ics" for name in "ab"} | {".summitcli.json", ".summitcli.lock"}
    assert sync(str(tmp_path), [event("a"), event("b")], MINE) == syncing.Synced((), 2)
    assert sync(str(tmp_path), [event("a", stamp="20250101T000000Z"), event("b")], MINE).steps == ()
    assert states(tmp_path) == before


def test_a_server_that_folds_and_sorts_lines_in_its_own_way_has_edited_nothing(tmp_path: Path) -> None:
    actions(tmp_path, event("a"))
    path = tmp_path / f"{event('a').uid}.ics"
    first, *lines, last = path.read_text().replace("\n ", "").splitlines()
    path.write_text("\n".join([first, "PRODID:theirs", "CREATED:20240101T000000Z", *reversed(lines), last]))
    before = states(tmp_path)
    assert actions(tmp_path, event("a")) == []
    assert states(tmp_path) == before
    assert actions(tmp_path, event("a", "Moved")) == [("change", "Moved")]


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    done = sync(str(folder), [event("a")], MINE, dry_run=True)
    assert [step.action for step in done.steps] == ["add"]
    assert not folder.exists()


def test_what_the_reader_has_edited_or_deleted_stays_so_unless_forced(tmp_path: Path) -> None:
    a, b, c = event("a", "A"), event("b", "B"), event("c", "C")
    actions(tmp_path, a, b, c)
    edited = a.data.replace(b"SUMMARY:A", b"SUMMARY:My own")
    (tmp_path / f"{a.uid}.ics").write_bytes(edited)
    (tmp_path / f"{b.uid}.ics").unlink()
    left = [("edited", "A"), ("deleted", "B")]
    assert [(step.action, step.title) for step in sync(str(tmp_path), [a, b, c], MINE).steps] == left
    assert actions(tmp_path, a, b, c) == actions(tmp_path, a, b, c) == left
    # One that the reader has edited is not removed, either.
    assert actions(tmp_path, b, c) == [("deleted", "B"), ("edited", "A")]
    assert files(tmp_path) == {f"{a.uid}.ics": edited, f"{c.uid}.ics": c.data}
    assert actions(tmp_path, a, b, c, force=True) == [("change", "A"), ("add", "B")]
    assert files(tmp_path) == {f"{each.uid}.ics": each.data for each in (a, b, c)}


def test_a_deleted_event_that_leaves_the_agenda_and_returns_is_written_again(tmp_path: Path) -> None:
    actions(tmp_path, event("a"))
    (tmp_path / f"{event('a').uid}.ics").unlink()
    assert actions(tmp_path) == []
    assert actions(tmp_path, event("a")) == [("add", "Opening")]


def test_strangers_events_are_untouched_under_whatever_name(tmp_path: Path) -> None:
    a, b, c = event("a", "A"), event("b", "B"), event("c", "C")
    strangers = {
        # Another event under our name, our UID in the file of another program, and a copy of our own event.
        f"{a.uid}.ics": b"BEGIN:VEVENT\r\nUID:lunch\r\nEND:VEVENT\r\n",
        "import.ics": b.data.replace(b"SUMMARY:B", b"SUMMARY:Other"),
        "copied.ics": c.data,
        "large.ics": b"x" * (MAX_BYTES + 1),
        "notes.txt": a.data,
    }
    for name, data in strangers.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder.ics").mkdir()
    os.mkfifo(tmp_path / "pipe.ics")
    assert actions(tmp_path, a, b, c) == [("add", "A"), ("foreign", "B")]
    assert {name: (tmp_path / name).read_bytes() for name in strangers} == strangers
    ours = [path for path in tmp_path.glob("*.ics") if path.is_file() and path.name not in strangers]
    assert [path.read_bytes() for path in ours] == [a.data]
    # The copy is ours from now on, and is removed like any other.
    assert actions(tmp_path, b) == [("foreign", "B"), ("remove", "A"), ("remove", "C")]
    assert sorted(path.name for path in tmp_path.glob("*.ics")) == [
        f"{a.uid}.ics", "folder.ics", "import.ics", "large.ics", "pipe.ics",
    ]  # fmt: skip


@pytest.mark.parametrize("uid", [".hidden@conf.summitcli", "a/../b@conf", "x" * 300, "李@conf", "NUL\n@c"])
def test_a_uid_never_leaves_the_directory(tmp_path: Path, uid: str) -> None:
    calendar = tmp_path / "calendar"
    sync(str(calendar), [Event(uid, "x", f"UID:{uid}\r\n".encode())], MINE)
    [name] = files(calendar)
    assert name.endswith(".ics") and name.removesuffix(".ics").isalnum()
    assert [path.name for path in tmp_path.iterdir()] == ["calendar"]


def test_two_agendas_share_a_directory(tmp_path: Path) -> None:
    a, b = event("a"), event("b")
    actions(tmp_path, a, b)
    assert actions(tmp_path, a, agenda=FRIENDS) == []
    assert actions(tmp_path, b) == [("remove", "Opening")]
    assert actions(tmp_path, a, agenda=FRIENDS) == [("add", "Opening")]
    assert actions(tmp_path, agenda=FRIENDS) == [("remove", "Opening")]
    assert files(tmp_path) == {f"{b.uid}.ics": b.data}


@pytest.mark.parametrize("name", ["write", "remove"])
def test_the_next_sync_completes_one_that_was_stopped_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    a, b, c, d = event("a", "A"), event("b", "B"), event("c", "C"), event("d", "D")
    moved = event("a", "Moved")
    stopped_at = 0
    for allowed in range(10):
        folder = tmp_path / str(allowed)
        actions(folder, a, b, d)
        stops(monkeypatch, name, allowed)
        try:
            actions(folder, moved, c)
        except KeyboardInterrupt:
            stopped_at += 1
        monkeypatch.undo()
        # The agenda has changed once more since.
        actions(folder, event("a", "Moved again"), b)
        assert files(folder) == {f"{a.uid}.ics": event("a", "Moved again").data, f"{b.uid}.ics": b.data}
        assert actions(folder, event("a", "Moved again"), b) == []
    assert stopped_at == {"write": 4, "remove": 2}[name]


def stops(monkeypatch: pytest.MonkeyPatch, name: str, allowed: int) -> None:
    """Interrupt the process at the call of a function of ``atomic`` after ``allowed`` calls."""
    really, calls = getattr(atomic, name), iter(range(allowed))

    def interrupted(*arguments: object) -> None:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        really(*arguments)

    monkeypatch.setattr(atomic, name, interrupted)


def test_an_edit_during_the_sync_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actions(tmp_path, event("a", "A"))
    path = tmp_path / f"{event('a').uid}.ics"
    really = record.write

    def write(folder: str, records: record.Record) -> None:
        really(folder, records)
        path.write_bytes(b"UID:" + event("a").uid.encode())

    monkeypatch.setattr(record, "write", write)
    actions(tmp_path, event("a", "B"))
    monkeypatch.undo()
    assert path.read_bytes() == b"UID:" + event("a").uid.encode()
    assert actions(tmp_path, event("a", "B")) == [("edited", "B")]


@pytest.mark.parametrize("data", [b"UID:lunch\r\n", event("a", "Mine").data])
def test_an_event_that_others_write_during_the_sync_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    path = tmp_path / f"{event('a').uid}.ics"
    really = record.write

    def write(folder: str, records: record.Record) -> None:
        really(folder, records)
        path.write_bytes(data)

    monkeypatch.setattr(record, "write", write)
    assert actions(tmp_path, event("a", "A")) == []
    monkeypatch.undo()
    # It is still to be written, beside the other event, unless it is itself the other one.
    is_ours = event("a").uid.encode() in data.replace(b"\r\n ", b"")
    assert actions(tmp_path, event("a", "A")) == [("edited" if is_ours else "add", "A")]
    assert path.read_bytes() == data


def test_a_removed_event_that_is_deleted_meanwhile_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions(tmp_path, event("a"), event("b"))
    really = record.write

    def write(folder: str, records: record.Record) -> None:
        really(folder, records)
        for path in tmp_path.glob("*.ics"):
            path.unlink()

    monkeypatch.setattr(record, "write", write)
    assert actions(tmp_path, event("a", "Moved")) == []
    monkeypatch.undo()
    assert actions(tmp_path, event("a", "Moved")) == [("deleted", "Moved")]
    assert list(record.read(str(tmp_path))) == [event("a").uid]


def test_two_syncs_at_once_both_succeed(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=actions, args=(tmp_path, event(name)), kwargs={"agenda": f"conf/{name}"})
        for name in "abcd"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(tmp_path)) == len(record.read(str(tmp_path))) == 4


def test_errors_say_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Unreachable, match=f"can't write {file}: it is not a directory"):
        actions(file, event("a"))
    with pytest.raises(Unreachable, match=f"can't write {file}/x: Not a directory"):
        actions(file / "x", event("a"))
    monkeypatch.setattr(syncing, "LOCK_TIMEOUT", 0)
    in_use = pytest.raises(Unreachable, match="another program is using it; try again later")
    with syncing._locked(str(tmp_path)), in_use:
        actions(tmp_path, event("a"))
    (tmp_path / record.NAME).write_text('{"format": "summit-sync/9", "events": {}}')
    with pytest.raises(
        ScheduleError, match="json is damaged, or was written by a newer version of summit; move or rename it"
    ):
        actions(tmp_path, event("a"))
    assert files(tmp_path) == {"file": b""}
