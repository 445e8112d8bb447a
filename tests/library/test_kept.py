"""Schedules that are kept: found, replaced, damaged, and what is left of them whenever a process stops."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summitcli.errors import ScheduleError, SummitError, UnknownValue
from summitcli.library import kept
from summitcli.library.kept import Kept, choose, current, find, forget, is_whole, keep, load, names, note
from summitcli.library.reference import resolve
from summitcli.sources.source import Hints, in_zone

A = Kept("", "https://a.example/s", "", "2024-05-01T10:00:00+00:00", id="conf", title="A", titles={"en": "A"})
B = A._replace(reference="https://b.example/s", title="B")


def root() -> Path:
    return Path(os.environ["SUMMIT_DATA"]) / "schedules"


def said(function: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(SummitError) as caught:
        function(*arguments)
    return f"{int(caught.value.status)} {caught.value}"


def test_what_is_kept_is_found_again() -> None:
    whole = A._replace(
        address="https://a.example/t", etag='W/"1"', last_modified="Wed", url="https://a.example/t",
        modified="2024-05-01T10:00:00+00:00", time_zone="Europe/Berlin", titles={"en": "A", "zh": "甲"},
        language="en",
        start="2024-05-01", end="2024-05-02", sessions=7,
    )  # fmt: skip
    one = keep(whole, b"content")
    assert one == whole._replace(name="conf", fingerprint=one.fingerprint, bytes=7)
    assert load("conf") == one
    source = one.source()
    assert (source.name, source.read()) == ("conf", b"content")
    modified = datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert source.hints == Hints("Europe/Berlin", "https://a.example/t", modified, "conf")


def test_everything_is_for_its_owner_alone() -> None:
    choose(keep(A, b"content").name)
    modes = {path.name.split("-")[0]: path.stat().st_mode & 0o777 for path in [root(), *root().rglob("*")]}
    del modes[".current.lock"]
    assert modes == {
        "schedules": 0o700, "conf": 0o700, "schedule": 0o600, "source.json": 0o600, "current": 0o600,
    }  # fmt: skip


def test_names() -> None:
    assert names() == ()
    for name in ("zoo", "b-2", "议程", None):
        keep(A, b"", name)
    (root() / "empty").mkdir()
    (root() / "file.txt").touch()
    assert names() == ("b-2", "zoo", "议程")
    assert find("empty") is find("nothing") is find("../conf") is find("bundled") is find("") is None
    assert said(load, "zo") == '2 no schedule "zo". Did you mean "zoo"?'
    assert said(load, "xyz") == '2 no schedule "xyz". There is: bundled, b-2, zoo, 议程'


def test_without_a_name_each_conference_has_one_of_its_own() -> None:
    assert keep(A, b"1").name == "conf"
    assert keep(B, b"2").name == "conf-2"
    assert keep(B._replace(reference="https://c.example/s", title="C"), b"3").name == "conf-3"
    assert keep(A._replace(title="A, renamed", id="other"), b"4").name == "conf", "the same address"
    assert keep(B._replace(reference="/home/b.json"), b"5").name == "conf-2", "the same conference"
    assert [load(name).source().read() for name in names()] == [b"4", b"5", b"3"]


def test_what_is_read_from_standard_input_is_known_by_its_conference() -> None:
    piped = A._replace(reference="-")
    kept_as = [keep(one, b"").name for one in (piped, piped._replace(title="B"), piped)]
    assert kept_as == ["conf", "conf-2", "conf"]


@pytest.mark.parametrize("id_", ["bundled", "current", "aux", "con"])
def test_a_conference_whose_id_means_something_else(id_: str) -> None:
    assert keep(A._replace(id=id_), b"").name == f"{id_}-2"


def test_a_long_id_makes_a_name_that_can_be() -> None:
    for number in range(3):
        keep(A._replace(id="x" * 100, reference=f"https://{number}", title=str(number)), b"")
    assert names() == ("x" * 56, "x" * 56 + "-2", "x" * 56 + "-3")


def test_a_name_that_another_conference_has_is_not_taken() -> None:
    keep(A, b"1", "mine")
    assert said(keep, B, b"2", "mine") == (
        '2 the name "mine" is taken by A; `summit schedules remove mine` makes it free'
    )
    assert load("mine").source().read() == b"1"
    assert keep(A, b"3", "mine").source().read() == b"3"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("bundled", "it means something else"), ("current", "it means something else"),
        ("", "use letters, digits, hyphens and underscores"),
        ("../x", "use letters, digits, hyphens and underscores"),
        ("a.b", "use letters, digits, hyphens and underscores"),
        ("NUL", "Windows keeps that name for itself"), ("x" * 65, "it is longer than 64 letters"),
    ],
)  # fmt: skip
def test_a_name_that_can_not_be(name: str, fault: str) -> None:
    assert said(keep, A, b"", name) == f'2 "{name}" can\'t be the name of a schedule: {fault}'
    assert not root().exists()


def test_the_schedule_in_use() -> None:
    assert current() is None
    one = keep(A, b"content")
    assert current() is None
    choose("conf")
    assert current() == one
    choose(None)
    choose(None)
    assert current() is None
    assert resolve(None).name == "bundled"


def test_what_is_forgotten_is_gone_and_no_longer_in_use() -> None:
    keep(A, b"1")
    keep(B, b"2")
    choose("conf")
    forget("conf-2")
    assert (names(), current()) == (("conf",), load("conf"))
    forget("conf")
    assert (names(), current(), sorted(os.listdir(root()))) == ((), None, [".current.lock"])


def test_what_another_process_has_removed_since_it_was_found_is_not_chosen() -> None:
    keep(A, b"1")
    forget("conf")
    assert said(choose, "conf") == '2 no schedule "conf". There is: bundled'
    assert current() is None


def test_what_another_process_has_replaced_since_it_was_found_stays() -> None:
    one = keep(A, b"1")
    other = keep(A, b"2")
    note(one._replace(etag="1"))
    assert load("conf") == other
    note(other._replace(etag="2"))
    assert load("conf").etag == "2"
    forget("conf")
    note(other)
    assert names() == ()


NOT_KNOWN = (
    "3 the schedule in use is not known: {}; `summit use bundled` goes back to the one that comes with the"
    " program, `summit schedules` lists others"
)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"conf", 'nothing is kept under "conf"'),
        *((name, "its name is damaged") for name in (b"", b"\xff", b"../x", b"bundled", b"x" * 10000)),
    ],
)
def test_a_damaged_choice_is_one_line_with_a_way_out(content: bytes, fault: str) -> None:
    root().mkdir(parents=True)
    (root() / "current").write_bytes(content)
    assert said(current) == NOT_KNOWN.format(fault)
    assert said(resolve, None) == NOT_KNOWN.format(fault)
    keep(B, b"2", "other")
    assert resolve("other").read() == b"2"
    choose(None)
    assert current() is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"format": "summit-kept/2"}', b'{"format": "summit-kept/1"}',
     b'{"format": "summit-kept/1", "reference": "r", "fingerprint": "../../../etc/passwd"}', b"[" * 100000],
)  # fmt: skip
def test_a_damaged_description_is_one_line_with_a_way_out(content: bytes) -> None:
    keep(A, b"1")
    (root() / "conf" / "source.json").write_bytes(content)
    line = said(load, "conf")
    assert line.startswith('3 "conf" can\'t be read: its source.json is ')
    assert line.endswith("; `summit use REF --name conf` keeps it anew")
    assert keep(B, b"2", "conf") == load("conf")
    (root() / "conf" / "source.json").write_bytes(content)
    forget("conf")
    assert names() == ()


@pytest.mark.parametrize("field", Kept._fields[1:])
@pytest.mark.parametrize("value", [None, 5, "x", [], {"a": 1}, True, "\ud800"])
def test_no_description_is_a_fault_of_the_program(field: str, value: object) -> None:
    keep(A, b"1")
    path = root() / "conf" / "source.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))
    try:
        source = load("conf").source()
        assert source.read() == b"1"
    except ScheduleError as error:
        assert str(error).count("\n") == 0


@pytest.mark.parametrize("field", ["reference", "url", "address", "id", "title"])
def test_text_that_no_text_can_be_is_damaged(field: str) -> None:
    said_of_it: dict[str, Any] = {field: "/tmp/\udcff"}
    keep(A._replace(**said_of_it), b"1", "conf")
    assert getattr(load("conf"), field) == "/tmp/\udcff", "the bytes of a path"
    path = root() / "conf" / "source.json"
    whole = json.loads(path.read_text())
    for odd in ("\ud800", "a\0b")[: 1 if field == "title" else 2]:
        path.write_text(json.dumps({**whole, field: odd}))
        assert said(load, "conf").startswith('3 "conf" can\'t be read: its source.json is damaged')


def test_a_title_may_hold_what_a_path_may_not() -> None:
    keep(A._replace(title="a\0b", titles={"en": "a\0b"}), b"1", "conf")
    choose("conf")
    assert (load("conf").title, load("conf").titles) == ("a\0b", {"en": "a\0b"})


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
        '3 the copy that is kept of "conf" is damaged; `summit update conf` fetches it anew'
    )
    assert is_whole(keep(A, b"content"))
    assert one.source().read() == b"content"


def test_of_a_schedule_that_is_replaced_the_copy_before_stays_for_who_is_about_to_read_it() -> None:
    sources = [keep(A, b"%d" % number).source() for number in range(4)]
    assert [sources[2].read(), sources[3].read()] == [b"2", b"3"]
    assert len(list((root() / "conf").iterdir())) == 3
    assert len({source.home for source in sources}) == 1, "one catalog for all"
    assert len({source.identity for source in sources}) == 4


def test_what_a_reading_depends_on_changes_the_identity() -> None:
    one = keep(A, b"1")
    others = [
        one._replace(time_zone="UTC"),
        one._replace(url="https://x"),
        one._replace(modified="2024-05-01"),
    ]
    identities = {other.source().identity for other in [one, *others]}
    assert len(identities) == 4
    moved = in_zone(one.source(), "UTC")
    assert moved.hints.time_zone == "UTC"
    assert (moved.identity in identities, moved.home == one.source().home) == (False, False)
    assert in_zone(one.source(), None) == one.source()


def test_a_name_is_a_kept_schedule_before_it_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf").write_bytes(b"file")
    assert resolve("conf").read() == b"file"
    keep(A, b"kept")
    assert (resolve("conf").read(), resolve("./conf").read()) == (b"kept", b"file")
    assert resolve("https://a.example/s").read() == b"kept"
    with pytest.raises(UnknownValue) as caught:
        resolve("cnf")
    assert str(caught.value) == 'no schedule "cnf". Did you mean "conf"?'


KEEPER = """
import itertools, sys
import filelock
from summitcli.library.kept import Kept, keep
print("ready", flush=True)
for number in itertools.count():
    title = f"{sys.argv[1]}-{number}"
    one = Kept("", "https://a.example/s", "", "", id="conf", title=title)
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
        unfinished += any(path.name.endswith(".tmp") for path in root().rglob("*"))
        if not acknowledged and not kept_last:
            continue
        one = load("conf")
        assert one.source().read() == (one.title + " ").encode() * 5000
        last = acknowledged[-1] if acknowledged else kept_last
        turns = [int(title.rpartition("-")[2]) for title in (one.title, last)]
        assert one.title == kept_last or turns[0] >= turns[1] or not acknowledged
        kept_last = one.title
    keep(A, b"last")
    assert [path.name for path in root().rglob("*") if path.name.endswith(".tmp")] == []
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
    assert said(keep, A, b"") == f"4 can't write to {root()}: {fault}"
    assert said(names) == f"4 can't read {root()}: {fault}"
    assert said(current) == f"4 the schedule in use is not known: {fault}"
    assert said(find, "conf") == f"4 can't read conf: {fault}"


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_the_null_device_for_a_data_folder_means_that_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMIT_DATA", os.devnull)
    assert (names(), current(), find("conf")) == ((), None, None)
    assert said(keep, A, b"") == f"4 can't write to {root()}: Not a directory"


def test_a_lock_that_is_held_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    monkeypatch.setattr(kept, "PATIENCE", 0.2)
    keep(A, b"old")
    with FileLock(root() / ".current.lock"):
        line = f"4 can't write to {root()}: it is in use by another process; try again"
        assert said(keep, A, b"new") == said(choose, "conf") == said(forget, "conf") == line
    assert load("conf").source().read() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_files_that_are_symbolic_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    one = keep(A, b"content")
    for path in (Path(one.source().path or ""), root() / "conf" / "source.json"):
        path.unlink()
        path.symlink_to(victim)
    keep(A, b"content", "conf")
    (root() / "current").symlink_to(victim)
    choose("conf")
    assert (victim.read_text(), current()) == ("precious", load("conf"))


def test_times_are_kept_as_they_were_said() -> None:
    later = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=1)
    assert load(keep(A._replace(fetched=later.isoformat()), b"").name).fetched == "2024-05-01T01:00:00+00:00"
