"""Atomic writing, reading without blocking, locking, and removing temporary files of dead processes."""

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summitcli.agenda import store
from summitcli.agenda.place import path_of
from summitcli.agenda.store import change
from summitcli.library import store as library
from summitcli.library.folder import root
from summitcli.library.kept import find
from summitcli.library.store import keep, set_current
from summitcli.storage import atomic, temporary
from tests.agenda.agenda_samples import CONFERENCE, adding, session
from tests.conftest import BUNDLED, Asked
from tests.library.kept_samples import A, changed

fcntl = pytest.importorskip("fcntl", reason="locks of POSIX")

HERE = f"{zlib.crc32(os.uname().nodename.encode()):08x}"
"""The hash of this host in the names of temporary files."""
ELSEWHERE = f"{zlib.crc32(b'another computer'):08x}"
NO_LOCKS = sorted({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS})
PICK = "main-forum"

WRITER = """
import os, sys, time
from summitcli.storage import atomic, temporary
sync = os.fsync  # of the file, and then of its folder
def wait(descriptor):
    print("writing", flush=True)
    sys.stdin.readline()
    sync(descriptor)
os.fsync = wait
atomic.write(sys.argv[1], b"theirs")
"""


@pytest.fixture
def writer(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process in the middle of writing ``plan.ics``, which continues when it is sent a line."""
    command = [sys.executable, "-c", WRITER, str(tmp_path / "plan.ics")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
        process.kill()


def unfinished(folder: Path) -> list[str]:
    """Return the temporary files below ``folder``."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.tmp"))


def left(path: Path, age: float = 0) -> Path:
    """Create an abandoned temporary file that is ``age`` seconds old."""
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_the_temporary_file_of_a_killed_writer_is_removed_by_the_next(
    writer: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    (name,) = unfinished(tmp_path)
    assert name.startswith(f".plan.ics.{HERE}-{writer.pid}-")
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    atomic.write(str(tmp_path / "other.ics"), b"other")
    assert unfinished(tmp_path) == [name]
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    assert unfinished(tmp_path) == []
    assert (tmp_path / "plan.ics").read_bytes() == b"mine"


def test_a_temporary_file_in_use_is_kept(writer: "subprocess.Popen[str]", tmp_path: Path) -> None:
    before = unfinished(tmp_path)
    # However old it is: its writer may have been suspended.
    os.utime(tmp_path / before[0], (0, 0))
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    assert unfinished(tmp_path) == before
    assert writer.communicate("go on\n")[0] == "writing\n"
    assert writer.returncode == 0
    assert ((tmp_path / "plan.ics").read_bytes(), unfinished(tmp_path)) == (b"theirs", [])


def test_a_running_process_with_the_same_id_does_not_keep_a_file(tmp_path: Path) -> None:
    left(tmp_path / f".plan.ics.{HERE}-{os.getpid()}-1.tmp")
    atomic.write(str(tmp_path / "plan.ics"), b"")
    assert unfinished(tmp_path) == []


@pytest.mark.parametrize("host", [f"{ELSEWHERE}-", ""], ids=["another computer", "an older version"])
def test_without_a_usable_lock_the_age_decides(host: str, tmp_path: Path) -> None:
    young = left(tmp_path / f".plan.ics.{host}1-2.tmp", temporary.ABANDONED_AFTER - 600)
    left(tmp_path / f".plan.ics.{host}1-3.tmp", temporary.ABANDONED_AFTER + 600)
    atomic.write(str(tmp_path / "plan.ics"), b"")
    assert unfinished(tmp_path) == [young.name]


@pytest.mark.parametrize("code", NO_LOCKS, ids=errno.errorcode.get)
def test_without_locks_files_are_written_and_swept_by_age(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    young = left(tmp_path / f".plan.ics.{HERE}-1-2.tmp")
    left(tmp_path / f".plan.ics.{HERE}-1-3.tmp", temporary.ABANDONED_AFTER + 600)
    monkeypatch.setattr(fcntl, "flock", failing(code))
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    assert ((tmp_path / "plan.ics").read_bytes(), unfinished(tmp_path)) == (b"mine", [young.name])


def test_files_with_similar_names_are_kept(tmp_path: Path) -> None:
    names = [
        ".plan.ics.x.tmp",
        f".plan.ics.b.{HERE}-1-2.tmp",
        f".plan.{HERE}-1-2.tmp",
        f"plan.ics.{HERE}-1-2.tmp",
    ]
    for name in names:
        left(tmp_path / name, 2 * temporary.ABANDONED_AFTER)
    atomic.write(str(tmp_path / "plan.ics"), b"")
    assert unfinished(tmp_path) == sorted(names)


def test_only_files_are_removed_without_the_lock(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    names = [tmp_path / f".plan.ics.{HERE}-1-{number}.tmp" for number in range(3)]
    os.mkfifo(names[0])
    names[1].mkdir()
    names[2].symlink_to("victim")
    for name in names:
        os.utime(name, (0, 0), follow_symlinks=False)
    atomic.write(str(tmp_path / "plan.ics"), b"")
    assert unfinished(tmp_path) == [name.name for name in names]
    assert (tmp_path / "victim").read_text() == "precious"


def test_a_temporary_file_removed_before_it_is_locked_is_created_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_lock = fcntl.flock
    taken: list[str] = []

    def lock(descriptor: int, operation: int) -> None:
        if not taken:
            # Another writer comes first.
            (name,) = unfinished(tmp_path)
            with (tmp_path / name).open("rb") as file:
                really_lock(file, operation)
                taken.append(name)
                (tmp_path / name).unlink()
        really_lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock)
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    assert ((tmp_path / "plan.ics").read_bytes(), unfinished(tmp_path)) == (b"mine", [])
    assert len(taken) == 1


def test_a_temporary_file_locked_by_another_process_is_created_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_lock = fcntl.flock
    held: list[Any] = []

    def lock(descriptor: int, operation: int) -> None:
        if not held:
            (name,) = unfinished(tmp_path)
            held.append((tmp_path / name).open("rb"))
            really_lock(held[0], operation)
        really_lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", lock)
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    held[0].close()
    assert ((tmp_path / "plan.ics").read_bytes(), unfinished(tmp_path)) == (b"mine", [])


def test_under_the_lock_of_an_agenda_all_its_temporary_files_are_removed() -> None:
    change(CONFERENCE, "default", adding(session("a")))
    folder = Path(path_of(CONFERENCE.id)).parent
    for host in (f"{HERE}-", f"{ELSEWHERE}-", ""):
        left(folder / f".default.{host}1-2.tmp")
    other = left(folder / f".other.{HERE}-1-2.tmp")
    change(CONFERENCE, "default", adding(session("a")))
    assert unfinished(folder) == [other.name]


def test_any_change_removes_temporary_files_of_saved_schedules() -> None:
    keep(A, b"a", "conf")
    keep(changed(A, id="other", title="B", reference="https://b.example/s"), b"b", "other")
    shelf = Path(root())
    for folder in (shelf / "conf", shelf / "other"):
        for stem in (".source", f".schedule-{'0' * 32}"):
            for host in (f"{HERE}-", f"{ELSEWHERE}-", ""):
                left(folder / f"{stem}.{host}1-2.tmp")
    left(shelf / f".current.{ELSEWHERE}-1-2.tmp")
    set_current("conf")
    assert unfinished(shelf) == []
    assert [find(name) is not None for name in ("conf", "other")] == [True, True]


def test_an_unfinished_first_save_leaves_nothing_behind() -> None:
    keep(A, b"a", "conf")
    shelf = Path(root())
    begun = shelf / "begun"
    begun.mkdir()
    (begun / f"schedule-{'0' * 32}").write_bytes(b"bytes that nothing names")
    left(begun / f".source.{HERE}-1-2.tmp")
    (shelf / "mine").mkdir()
    (shelf / "mine" / "schedule-2024.json").write_text("not ours")
    set_current("conf")
    assert sorted(os.listdir(shelf)) == [".current.lock", "conf", "current", "mine"]
    assert (shelf / "mine" / "schedule-2024.json").read_text() == "not ours"


def failing(code: int) -> Any:
    """Return a system call that fails with ``code``."""

    def fail(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("there", [False, True], ids=["no lock file yet", "a lock file"])
@pytest.mark.parametrize("code", NO_LOCKS, ids=errno.errorcode.get)
def test_a_file_system_without_locks_is_one_line_with_a_remedy(
    code: int, there: bool, ask: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (store, library):
        monkeypatch.setattr(module, "LOCK_TIMEOUT", 0.2)
    path = Path(os.environ["SUMMIT_DATA"]) / "agendas" / "digital-china-summit-5" / "default.json"
    if there:
        assert ask("agenda", "add", PICK).status == 0
        assert ask("use", "bundled").status == 0
    before = path.read_bytes() if there else None
    monkeypatch.setattr(fcntl, "flock", failing(code))
    fault = (
        f"files can't be locked there ({os.strerror(code)}); set SUMMIT_DATA to a directory on a local disk"
    )
    assert ask("agenda", "add", "opening") == (4, "", f"summit: can't write the agenda {path}: {fault}\n")
    assert ask("use", str(BUNDLED)) == (4, "", f"summit: can't write to {root()}: {fault}\n")
    assert (path.read_bytes() if path.exists() else None) == before
    assert unfinished(Path(os.environ["SUMMIT_DATA"])) == []
    assert ask("agenda", "-f", "ids") == (
        (0, f"{PICK}\n", "")
        if there
        else (1, "", "your agenda is empty; add a session with `summit agenda add ID`\n")
    )
    monkeypatch.undo()


def test_a_lock_is_created_again_once_locks_work(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", failing(errno.ENOSYS))
        assert ask("agenda", "add", PICK).status == 4
    assert ask("agenda", "add", PICK).status == 0


def test_directories_are_created_completely_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File name too long"):
        atomic.make_folder(str(tmp_path / "a" / "b" / ("x" * 300)))
    assert list(tmp_path.iterdir()) == []
    atomic.make_folder(str(tmp_path / "a" / "b"))
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]


def test_a_relative_directory_without_a_parent_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError):
        atomic.make_folder("a")
    assert list(tmp_path.iterdir()) == []


def test_renaming_is_tried_again_where_readers_prevent_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_rename = os.replace
    faults = [PermissionError(errno.EACCES, "a reader has it open")] * 2

    def rename(source: str, target: str) -> None:
        if faults:
            raise faults.pop()
        really_rename(source, target)

    waits: list[float] = []
    monkeypatch.setattr(os, "replace", rename)
    monkeypatch.setattr(atomic, "RENAME_ATTEMPTS", 20)
    monkeypatch.setattr(time, "sleep", waits.append)
    atomic.write(str(tmp_path / "plan.ics"), b"mine")
    assert ((tmp_path / "plan.ics").read_bytes(), unfinished(tmp_path), waits) == (b"mine", [], [0.05] * 2)


@pytest.mark.parametrize(
    ("owner", "group", "allowed", "asked", "mode"),
    [
        (0, 0, True, [], 0o665),
        (1, 0, True, [(1, -1)], 0o665),
        (1, 1, True, [(1, -1), (-1, 1)], 0o665),
        (1, 1, False, [(1, -1), (-1, 1)], 0o645),
    ],
)
def test_owner_and_group_are_copied_or_the_group_loses_what_others_lack(
    owner: int, group: int, allowed: bool, asked: list[tuple[int, int]], mode: int,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    calls: list[tuple[int, int]] = []

    def change_owner(_descriptor: int, user: int, its_group: int) -> None:
        calls.append(
            (user - os.geteuid() if user >= 0 else -1, its_group - os.getegid() if its_group >= 0 else -1)
        )
        if not allowed:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    like = os.stat_result((0o100665, 0, 0, 1, os.geteuid() + owner, os.getegid() + group, 0, 0, 0, 0))
    monkeypatch.setattr(os, "fchown", change_owner)
    atomic.write(str(tmp_path / "plan.ics"), b"mine", like=like)
    assert (calls, stat.S_IMODE((tmp_path / "plan.ics").stat().st_mode)) == (asked, mode)


READ_ONLY = """
mount -t tmpfs none "$1" && cp -a "$2/." "$1" && mount -o remount,ro "$1" || exit 99
shift 2
exec "$@"
"""


@pytest.fixture
def made(ask: Asked) -> Path:
    """Return a data directory with an agenda and a current saved schedule."""
    assert ask("use", str(BUNDLED), "--name", "conf").status == 0
    assert ask("agenda", "add", PICK).status == 0
    return Path(os.environ["SUMMIT_DATA"])


def test_a_read_only_file_system_can_be_read_and_writing_is_an_error(made: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    begin = ["unshare", "-rm", "sh", "-c", READ_ONLY, "sh", str(disk), str(made)]
    if not shutil.which("unshare") or subprocess.run([*begin, "true"], check=False).returncode:
        pytest.skip("this system lets nobody mount anything")
    for words, status, err in (
        (("list", "--agenda", "-f", "ids"), 0, ""),
        (("agenda", "-f", "ids"), 0, ""),
        (("schedules",), 0, ""),
        (("agenda", "add", "opening"), 4, "Read-only file system"),
        (("agenda", "export"), 4, "Read-only file system"),
        (("use", "bundled"), 4, "Read-only file system"),
        (("schedules", "remove", "conf"), 4, "Read-only file system"),
    ):
        done = subprocess.run(
            [*begin, sys.executable, "-m", "summitcli", *words],
            env={**os.environ, "SUMMIT_DATA": str(disk)}, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (status, 1 if err else 0), (words, done)
        assert err in done.stderr
        assert bool(done.stdout) is (status == 0)


@pytest.fixture
def anybodys(made: Path) -> Iterator[Path]:
    """Yield a copy of the data directory that a user other than root can read."""
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        shutil.copytree(made, folder / "data")
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


AGENDA, LIST = ("agenda", "-f", "ids"), ("list", "--agenda")


@pytest.mark.parametrize(
    ("path", "mode", "command", "reads"),
    [
        ("agendas/digital-china-summit-5/default.json", 0o000, AGENDA, 3),
        ("agendas/digital-china-summit-5/default.json", 0o000, LIST, 3),
        ("agendas/digital-china-summit-5/default.json", 0o222, LIST, 3),
        ("agendas/digital-china-summit-5/default.json", 0o7777, AGENDA, 0),
        ("agendas/digital-china-summit-5", 0o000, LIST, 3),
        ("agendas", 0o000, AGENDA, 3),
        (".", 0o000, LIST, 3),
        ("schedules/current", 0o000, AGENDA, 3),
        ("schedules/conf/source.json", 0o000, LIST, 3),
    ],
)
def test_an_unreadable_path_is_one_line(
    path: str, mode: int, command: tuple[str, ...], reads: int, anybodys: Path
) -> None:
    before: list[str] = []
    if os.geteuid() == 0:
        before = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        if not shutil.which("setpriv"):
            pytest.skip("root may read anything")
        for file in [anybodys, *anybodys.rglob("*")]:
            os.chown(file, 65534, 65534)
    (anybodys / path).chmod(mode)
    try:
        done = subprocess.run(
            [*before, sys.executable, "-m", "summitcli", *command],
            env={**os.environ, "SUMMIT_DATA": str(anybodys), "SUMMIT_CACHE": os.devnull},
            capture_output=True, text=True, timeout=60, check=False, cwd="/",
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (reads, 1 if reads else 0), done
        assert ("Permission denied" in done.stderr) is (reads != 0)
    finally:
        (anybodys / path).chmod(0o700)
