import os
import re
import stat
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from summitcli.agenda import document, store
from summitcli.agenda.document import InvalidAgenda
from summitcli.agenda.editing import cleared
from summitcli.agenda.history import MAX_HISTORY, Action, undone
from summitcli.agenda.picks import Agenda, OwnEntry, Pick, RemovedPick
from summitcli.agenda.place import is_kept, names, path_of
from summitcli.agenda.store import change, load
from summitcli.agenda.writing import dumps
from summitcli.errors import ScheduleError, Status, Unreachable, UsageError
from summitcli.rows import SessionRow
from summitcli.storage import paths
from summitcli.text.printable import printable
from tests.agenda.agenda_samples import (
    CONFERENCE,
    D23,
    Edit,
    adding,
    clearing,
    content,
    files,
    pick_of,
    session,
)

OPENING, TALK = session("opening"), session("talk")
EMPTY = Agenda("summit-5", "", "default")
WITH_OPENING = Agenda(
    "summit-5",
    "峰会",
    "default",
    (pick_of("opening", None, "Opening", OPENING.slots),),
    CONFERENCE.start,
    CONFERENCE.end,
)
FIRST = Path(__file__).resolve().parent.parent / "data" / "agendas" / "first.json"
"""An agenda in the first format."""
DEMO = CONFERENCE._replace(id="demo")

posix_only = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


def mode(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def refused(name: str = "default") -> str:
    """Return the error line when changing an agenda fails, and check that nothing was changed."""
    before = content(name)
    with pytest.raises((Unreachable, InvalidAgenda)) as caught:
        change(CONFERENCE, name, adding(TALK))
    assert content(name) == before
    assert "\n" not in str(caught.value)
    return f"{int(caught.value.status)} {caught.value}"


def test_a_missing_agenda_is_empty_and_reading_creates_nothing(data: Path) -> None:
    assert load("summit-5") == EMPTY
    assert names("summit-5") == ()
    assert not data.exists()


def test_a_change_is_saved_and_returns_both_states() -> None:
    assert change(CONFERENCE, "default", adding(OPENING)) == (EMPTY, WITH_OPENING, None, "")
    assert load("summit-5") == WITH_OPENING
    after = WITH_OPENING._replace(
        picks=(*WITH_OPENING.picks, pick_of("talk", None, "Talk", TALK.slots)),
    )
    assert change(CONFERENCE, "default", adding(TALK)) == (WITH_OPENING, after, None, "")
    assert content() == dumps(after)
    assert files() == [".default.lock", "default.json"]


def test_a_large_agenda_is_decoded_again_when_its_file_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []

    def read(data: bytes, path: str, conference: str, name: str) -> document.Reading:
        decoded.append(data)
        return document.read(data, path, conference, name)

    monkeypatch.setattr(store, "MAX_DECODED_AT_ONCE", 0)
    monkeypatch.setattr(store, "read_document", read)
    change(CONFERENCE, "default", adding(OPENING))
    assert load("summit-5") == load("summit-5") == WITH_OPENING
    first = content()
    change(CONFERENCE, "default", adding(TALK))
    assert [pick.id for pick in load("summit-5").picks] == ["opening", "talk"]
    assert decoded == [first, content()]


def test_a_cleared_agenda_is_saved_without_picks() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    change(CONFERENCE, "default", clearing)
    former = RemovedPick("opening", None, "opening@summit-5.summitcli", 0)
    assert load("summit-5") == WITH_OPENING._replace(picks=(), former=(former,))


def test_an_unchanged_agenda_is_not_written(data: Path) -> None:
    assert change(CONFERENCE, "default", clearing) == (EMPTY, EMPTY, None, "")
    assert content() is None
    change(CONFERENCE, "default", adding(OPENING))
    before = os.stat(path_of("summit-5"))
    assert change(CONFERENCE, "default", adding(OPENING)) == (WITH_OPENING, WITH_OPENING, None, "")
    after = os.stat(path_of("summit-5"))
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_new_titles_and_dates_of_the_conference_are_saved_with_unchanged_picks() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    for new in (
        CONFERENCE._replace(title="新峰会"),
        CONFERENCE._replace(start="2022-07-22", end="2022-07-25"),
    ):
        change(new, "default", lambda agenda: (agenda, None))
        saved = load("summit-5")
        assert (saved.title, saved.start, saved.end) == (new.title, new.start, new.end)
        assert saved.picks == WITH_OPENING.picks


def replacing(new: SessionRow) -> Edit:
    """Return an edit that makes this session the only pick."""
    return lambda agenda: adding(new)(cleared(agenda))


def put_first(name: str = "default") -> Path:
    """Write the agenda in the first format to its path."""
    path = Path(path_of("demo", name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FIRST.read_bytes())
    return path


def test_a_file_of_the_first_format_is_backed_up() -> None:
    path = put_first()
    beside = path.with_name("default.json.1")
    before = load("demo")
    assert change(DEMO, "default", lambda agenda: (agenda, None)).after == before
    # What is told of the conference alone is no change.
    assert path.read_bytes() == FIRST.read_bytes()
    assert not beside.exists()
    change(DEMO, "default", adding(TALK))
    assert load("demo").picks[: len(before.picks)] == before.picks
    assert beside.read_bytes() == FIRST.read_bytes()
    assert mode(beside) == mode(path)
    assert names("demo") == ("default",)
    change(DEMO, "default", adding(OPENING))
    assert beside.read_bytes() == FIRST.read_bytes()


def test_a_backup_is_never_overwritten() -> None:
    path = put_first()
    beside = path.with_name("default.json.1")
    beside.write_text("precious")
    change(DEMO, "default", adding(TALK))
    assert load("demo").ids() == ("1", "2", "3", "5", "talk")
    assert beside.read_text() == "precious"


def test_changes_by_the_user_are_recorded_and_those_by_a_schedule_are_not() -> None:
    change(CONFERENCE, "default", adding(OPENING), Action("add", "2022-07-23T14:02:00+08:00"))
    change(CONFERENCE, "default", adding(session("opening", title="Renamed")))
    agenda = load("summit-5")
    (past,) = agenda.history
    assert (past.done, past.at, past.ids) == ("add", "2022-07-23T14:02:00+08:00", ("opening",))
    back = undone(agenda)
    assert back is not None
    assert back.agenda.picks == ()


def test_the_history_is_limited() -> None:
    for number in range(MAX_HISTORY + 3):
        change(
            CONFERENCE, "default", adding(session(f"s{number}")), Action("add", "2022-07-23T14:02:00+08:00")
        )
    assert [past.ids for past in load("summit-5").history] == [(f"s{n}",) for n in range(3, MAX_HISTORY + 3)]


def test_a_changed_entry_is_a_change() -> None:
    entry = OwnEntry("lunch", "Lunch", D23)
    change(CONFERENCE, "default", lambda agenda: (agenda._replace(entries=(entry,)), None))
    assert load("summit-5").entries == (entry,)


def test_an_agenda_that_becomes_too_large_loses_its_oldest_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 3000)
    for number in range(20):
        action = Action("add", "2022-07-23T14:02:00+08:00")
        alone = replacing(session(f"s{number}", title="x" * 100))
        change(CONFERENCE, "default", alone, action)
        assert load("summit-5").ids() == (f"s{number}",)
    agenda = load("summit-5")
    assert len(dumps(agenda)) <= 3000
    assert 0 < len(agenda.history) < 19
    assert agenda.history[-1].ids == ("s18", "s19")


def test_an_agenda_of_exactly_the_largest_size_keeps_its_history(monkeypatch: pytest.MonkeyPatch) -> None:
    action = Action("add", "2022-07-23T14:02:00+08:00")
    change(CONFERENCE, "default", adding(OPENING), action)
    before = content() or b""
    change(CONFERENCE, "default", adding(TALK), action)
    after = content() or b""
    for largest, kept in ((len(after), 2), (len(after) - 1, 1)):
        Path(path_of("summit-5")).write_bytes(before)
        monkeypatch.setattr(store, "LARGEST", largest)
        change(CONFERENCE, "default", adding(TALK), action)
        assert (len(load("summit-5").history), content() == after) == (kept, kept == 2)


def test_an_agenda_that_can_not_be_read_is_reported_with_the_systems_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(path: str, _most: int) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(paths, "read", fail)
    with pytest.raises(InvalidAgenda, match=r": Permission denied\b") as caught:
        load("summit-5")
    assert "Errno" not in str(caught.value)


def test_an_edit_that_raises_changes_nothing_and_releases_the_lock() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    before = content()
    with pytest.raises(UsageError):
        change(CONFERENCE, "default", adding(TALK, day="2022-07-30"))
    assert content() == before
    change(CONFERENCE, "default", adding(TALK))
    assert load("summit-5").ids() == ("opening", "talk")


def test_agendas_of_other_names_and_conferences_are_separate() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    change(CONFERENCE, "工作_2", adding(TALK))
    change(CONFERENCE._replace(id="other"), "default", adding(TALK))
    assert load("summit-5").ids() == ("opening",)
    assert load("summit-5", "工作_2").ids() == ("talk",)
    assert load("other").ids() == ("talk",)
    assert names("summit-5") == ("default", "工作_2")
    assert names("other") == ("default",)


def test_a_copied_file_is_an_agenda_of_its_new_name() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    Path(path_of("summit-5", "copy")).write_bytes(content() or b"")
    assert load("summit-5", "copy") == WITH_OPENING._replace(name="copy")


def test_other_files_are_not_listed_as_agendas() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    folder = Path(path_of("summit-5")).parent
    for name in (".hidden.json", "a b.json", "notes.txt", ".json", "x.json.bak", "con.json"):
        (folder / name).write_text("")
    assert names("summit-5") == ("default",)


@pytest.mark.parametrize("name", ["default", "Työ", "日程", "कार्य", "a-b_c", "2022", "_", "-", "x" * 64])
def test_a_name_may_have_letters_of_every_script(name: str) -> None:
    assert os.path.basename(path_of("summit-5", name)) == name + ".json"


LETTERS = "use letters, digits, hyphens and underscores"


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", LETTERS),
        (".", LETTERS),
        ("..", LETTERS),
        (".hidden", LETTERS),
        ("a/b", LETTERS),
        ("../a", LETTERS),
        ("a\\b", LETTERS),
        ("C:a", LETTERS),
        ("a b", LETTERS),
        ("a.b", LETTERS),
        ("a\0", LETTERS),
        ("a\n", LETTERS),
        ("\udcff", LETTERS),
        ("x" * 65, "longer than 64 characters"),
        ("𠮷" * 60, "longer than 64 characters"),
        ("nul", "reserved by Windows"),
        ("CoM1", "reserved by Windows"),
    ],
)
def test_any_other_name_is_a_usage_error(name: str, fault: str, data: Path) -> None:
    for ask in (lambda: load("summit-5", name), lambda: change(CONFERENCE, name, clearing)):
        with pytest.raises(UsageError) as caught:
            ask()
        shown = printable(name)
        assert str(caught.value) == f'invalid agenda name "{shown}": {fault}'
    assert not data.exists()


@pytest.mark.parametrize("conference", ["", "..", "a/b", "../a", "A", "a_b", "a--b", "a\n"])
def test_an_invalid_conference_id_is_an_error(conference: str, data: Path) -> None:
    for ask in (
        lambda: load(conference),
        lambda: names(conference),
        lambda: change(CONFERENCE._replace(id=conference), "default", clearing),
    ):
        with pytest.raises(ScheduleError):
            ask()
    assert not data.exists()


DAMAGED = {
    "empty": b"",
    "blank": b"\n\n",
    "cut short": dumps(WITH_OPENING)[:100],
    "not JSON": b"my agenda",
    "newer": b'{"format": "summit-agenda/3"}',
    "of another conference": dumps(WITH_OPENING._replace(conference="other")),
    "with a key twice": dumps(WITH_OPENING).replace(b'"uid"', b'"uid": "", "uid"'),
}


@pytest.mark.parametrize("state", DAMAGED)
def test_a_damaged_file_is_never_written_to(state: str) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    path = Path(path_of("summit-5"))
    path.write_bytes(DAMAGED[state])
    with pytest.raises(InvalidAgenda):
        load("summit-5")
    assert refused().startswith(f"3 can't read the agenda {path}: ")
    with pytest.raises(InvalidAgenda):
        change(CONFERENCE, "default", clearing)
    assert path.read_bytes() == DAMAGED[state]
    # The way back that the message gives.
    path.rename(path.with_suffix(".old"))
    change(CONFERENCE, "default", adding(OPENING))
    assert load("summit-5") == WITH_OPENING


def test_an_edit_that_can_not_be_read_back_is_not_written() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    before = content()
    with pytest.raises(InvalidAgenda):
        change(CONFERENCE, "default", adding(session("Not An Id")))
    assert content() == before


def test_a_directory_instead_of_the_file_is_refused() -> None:
    os.makedirs(path_of("summit-5"))
    with pytest.raises(InvalidAgenda) as caught:
        load("summit-5")
    assert "it is not a file" in str(caught.value)


@posix_only
def test_a_pipe_instead_of_the_file_is_refused_without_blocking() -> None:
    os.makedirs(os.path.dirname(path_of("summit-5")))
    os.mkfifo(path_of("summit-5"))
    with pytest.raises(InvalidAgenda) as caught:
        load("summit-5")
    assert "it is not a file" in str(caught.value)


@posix_only
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_directories_and_files_are_private(data: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        change(CONFERENCE, "default", adding(OPENING))
        change(CONFERENCE, "default", adding(TALK))
    finally:
        os.umask(before)
    assert mode(data) == mode(data / "agendas") == mode(data / "agendas" / "summit-5") == 0o700
    assert mode(path_of("summit-5")) == 0o600
    assert mode(data / "agendas" / "summit-5" / ".default.lock") == 0o600


def test_temporary_files_of_dead_writers_are_removed_by_the_next() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    folder = Path(path_of("summit-5")).parent
    for name in (".default.1-2.tmp", ".default.99-123456.tmp"):
        (folder / name).write_text("half")
    kept = [".default.x.tmp", ".default2.1-2.tmp", ".other.1-2.tmp", "default.1-2.tmp"]
    for name in kept:
        (folder / name).write_text("not ours")
    change(CONFERENCE, "default", adding(OPENING))
    assert files() == sorted([*kept, ".default.lock", "default.json"])


@posix_only
def test_a_lock_that_is_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    victim.chmod(0o644)
    os.makedirs(os.path.dirname(path_of("summit-5")))
    os.symlink(victim, Path(path_of("summit-5")).parent / ".default.lock")
    assert refused().startswith(f"4 can't write the agenda {path_of('summit-5')}: ")
    assert (victim.read_text(), mode(victim)) == ("precious", 0o644)


@posix_only
def test_a_temporary_file_that_is_a_symbolic_link_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    monkeypatch.setattr(time, "monotonic_ns", lambda: 7)
    host = f"{zlib.crc32(os.uname().nodename.encode()):08x}"
    link = Path(path_of("summit-5")).parent / f".default.{host}-{os.getpid()}-7.tmp"

    def edit(agenda: Agenda) -> tuple[Agenda, None]:
        # Laid after the sweep, in the moment before the file is made.
        os.symlink(victim, link)
        return adding(OPENING)(agenda)

    with pytest.raises(Unreachable) as caught:
        change(CONFERENCE, "default", edit)
    assert caught.value.status == Status.UNREACHABLE
    assert content() is None
    assert victim.read_text() == "precious"
    change(CONFERENCE, "default", adding(OPENING))
    assert victim.read_text() == "precious"
    assert files() == [".default.lock", "default.json"]


@posix_only
def test_an_agenda_that_is_a_symbolic_link_remains_one(tmp_path: Path) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    path, real = Path(path_of("summit-5")), tmp_path / "synchronised" / "my.agenda.json"
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to(real)
    change(CONFERENCE, "default", adding(TALK))
    assert path.is_symlink()
    assert load("summit-5").ids() == ("opening", "talk")
    assert sorted(os.listdir(real.parent)) == [".my.agenda.lock", "my.agenda.json"]


HOLD = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_held_by_another_process_is_an_error_until_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert store.LOCK_TIMEOUT <= 5
    monkeypatch.setattr(store, "LOCK_TIMEOUT", 0.5)
    change(CONFERENCE, "default", adding(OPENING))
    lock = Path(path_of("summit-5")).parent / ".default.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        assert refused() == (
            f"4 can't change the agenda {path_of('summit-5')}: another program is using it; try again later"
        )
        assert load("summit-5") == WITH_OPENING
        change(CONFERENCE, "other", adding(TALK))
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    change(CONFERENCE, "default", adding(TALK))
    assert load("summit-5").ids() == ("opening", "talk")


def test_a_data_folder_that_is_a_file_is_an_error(data: Path) -> None:
    data.write_text("")
    fault = f"{data} must be a directory; move or rename what is there"
    for ask in (lambda: load("summit-5"), lambda: names("summit-5")):
        with pytest.raises(Unreachable, match=re.escape(fault)):
            ask()
    assert refused() == f"4 can't write the agenda {path_of('summit-5')}: {fault}"
    assert data.read_text() == ""


@posix_only
def test_with_the_null_device_as_data_directory_there_are_no_agendas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUMMIT_DATA", os.devnull)
    assert load("summit-5") == EMPTY
    assert names("summit-5") == ()
    assert not is_kept("summit-5")
    assert refused() == f"4 can't write the agenda {path_of('summit-5')}: Not a directory"


@posix_only
def test_a_read_only_directory_can_be_read(tmp_path: Path, data: Path) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    path = Path(path_of("summit-5"))
    (path.parent / ".default.lock").unlink()
    path.parent.chmod(0o500)
    try:
        if os.access(path.parent, os.W_OK):
            pytest.skip("this user may write anywhere")
        assert load("summit-5") == WITH_OPENING
        assert refused() == f"4 can't write the agenda {path}: Permission denied"
    finally:
        path.parent.chmod(0o700)


@posix_only
def test_an_unreadable_file_is_an_error_and_unchanged() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    path = Path(path_of("summit-5"))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read anything")
    with pytest.raises(InvalidAgenda) as caught:
        load("summit-5")
    assert str(caught.value).startswith(f"can't read the agenda {path}: Permission denied")


SMALL = """
import resource, signal
from tests.agenda.agenda_samples import *
from summitcli.agenda.store import change
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
try:
    change(CONFERENCE, "default", adding(session("talk")))
except Exception as error:
    print(int(error.status), error)
"""


@posix_only
def test_a_partial_write_leaves_the_old_agenda() -> None:
    change(CONFERENCE, "default", adding(OPENING))
    before = content()
    assert len(before or b"") > 300
    here = os.path.dirname(__file__)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, *sys.path])}
    said = subprocess.run(
        [sys.executable, "-c", SMALL], capture_output=True, text=True, env=environment, check=True
    )
    assert (said.stdout, said.stderr) == (
        f"4 can't write the agenda {path_of('summit-5')}: File too large\n",
        "",
    )
    assert content() == before
    assert files() == [".default.lock", "default.json"]


def test_an_invalid_day_is_reported() -> None:
    with pytest.raises(UsageError):
        change(CONFERENCE, "default", adding(OPENING, day=D23 + "x"))


@pytest.mark.parametrize(
    ("pick", "said"),
    [
        (Pick("talk", (), "Talk", TALK.slots), "picks[1].days: must be null, or days in chronological order"),
        (Pick("opening", None, "Opening", OPENING.slots), '"opening" is already in picks[0]'),
        # A list is read back as a tuple.
        (Pick("talk", None, "Talk", [*TALK.slots]), "would not be read back as it is"),  # type: ignore[arg-type]
    ],
)
def test_an_agenda_that_would_be_read_back_differently_is_not_written(pick: Pick, said: str) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    before = content()
    with pytest.raises((InvalidAgenda, ValueError)) as caught:
        change(CONFERENCE, "default", lambda agenda: (agenda._replace(picks=(*agenda.picks, pick)), None))
    assert said in str(caught.value)
    assert (content(), files()) == (before, [".default.lock", "default.json"])


def test_an_agenda_that_is_too_large_is_neither_written_nor_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(CONFERENCE, "default", adding(OPENING))
    before = content()
    assert before is not None
    for module in (document, store):
        monkeypatch.setattr(module, "LARGEST", len(before))
    assert load(CONFERENCE.id) == WITH_OPENING
    with pytest.raises(ScheduleError, match="would exceed the limit of"):
        change(CONFERENCE, "default", adding(TALK))
    assert content() == before
    with open(path_of(CONFERENCE.id), "ab") as file:
        file.write(b"\n")
    with pytest.raises(InvalidAgenda, match="it is larger than"):
        load(CONFERENCE.id)
    assert refused() and content() == before + b"\n"
