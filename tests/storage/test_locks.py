"""Locks for writers."""

import errno
import os
import stat
import warnings
from pathlib import Path

import filelock
import pytest

from summitcli.storage import atomic, locks, paths
from tests.storage.places import failing

NO_LOCKS = "files can't be locked there ({}); set SUMMIT_DATA to a directory on a local disk"


@pytest.mark.parametrize("length", [195, 200, 201, 250])
def test_a_long_name_has_a_valid_lock_file(length: int, tmp_path: Path) -> None:
    path = tmp_path / ("x" * length)
    atomic.write(str(path), b"long")
    held = locks.lock(str(path), 1)
    held.release()
    assert path.read_bytes() == b"long"
    stem = "x" * (length if length <= 200 else 50)
    assert {name for name in os.listdir(tmp_path) if name != path.name} <= {f".{stem}.lock"}


def test_waiting_for_a_held_lock_times_out(tmp_path: Path) -> None:
    held = locks.lock(str(tmp_path / "a.json"), 0)
    try:
        assert ".a.lock" in os.listdir(tmp_path)
        with pytest.raises(TimeoutError) as caught:
            locks.lock(str(tmp_path / "a.json"), 0)
        assert str(caught.value) == "another program is using it; try again later"
        locks.lock(str(tmp_path / "b.json"), 0).release()
    finally:
        held.release()
    locks.lock(str(tmp_path / "a.json"), 0).release()


def test_a_lock_file_must_be_a_regular_file(tmp_path: Path) -> None:
    (tmp_path / ".a.lock").mkdir()
    with pytest.raises(paths.NotAFile):
        locks.lock(str(tmp_path / "a.json"), 0)


def test_a_lock_file_is_private_and_may_be_there(tmp_path: Path) -> None:
    (tmp_path / ".a.lock").write_bytes(b"")
    locks.lock(str(tmp_path / "a.json"), 0).release()
    locks.lock(str(tmp_path / "b.json"), 0).release()
    assert stat.S_IMODE((tmp_path / ".b.lock").stat().st_mode) == 0o600


def test_the_lock_file_is_looked_for_every_hundredth_of_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    def acquire(_lock: object, **options: object) -> None:
        warnings.warn("said by a library", stacklevel=1)
        asked.append(options)

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    assert locks.lock(str(tmp_path / "a.json"), 7).timeout == 7
    assert asked == [{"poll_interval": 0.01}]


CODES = sorted({errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS})


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_a_file_system_without_locks_is_reported(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filelock.FileLock, "acquire", failing(code))
    with pytest.raises(OSError, match="files can't be locked") as caught:
        locks.lock(str(tmp_path / "a.json"), 0)
    assert str(caught.value) == NO_LOCKS.format(os.strerror(code))


def test_another_error_of_the_lock_file_is_raised_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filelock.FileLock, "acquire", failing(errno.EROFS))
    with pytest.raises(OSError, match="Read-only file system") as caught:
        locks.lock(str(tmp_path / "a.json"), 0)
    assert caught.value.errno == errno.EROFS


def test_a_library_that_has_no_locks_of_the_system_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def acquire(_lock: object, **_options: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    with pytest.raises(OSError, match="files can't be locked") as caught:
        locks.lock(str(tmp_path / "a.json"), 0)
    assert str(caught.value) == NO_LOCKS.format(os.strerror(errno.ENOSYS))


@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_a_lock_that_only_checks_for_a_file_is_not_used(
    held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Check that what filelock falls back to is refused, and not left behind."""
    released: list[bool] = []

    def acquire(lock: object, **_options: object) -> None:
        lock.__class__ = filelock.SoftFileLock  # As filelock does where the system has no locks.
        if held:
            raise filelock.Timeout("a.lock")

    def release(_lock: object) -> None:
        released.append(True)
        raise OSError(errno.EIO, "the disk is gone")

    monkeypatch.setattr(filelock.FileLock, "acquire", acquire)
    monkeypatch.setattr(filelock.SoftFileLock, "release", release)
    with pytest.raises(OSError, match="files can't be locked") as caught:
        locks.lock(str(tmp_path / "a.json"), 0)
    assert str(caught.value) == NO_LOCKS.format(os.strerror(errno.ENOSYS))
    assert released == ([] if held else [True])
