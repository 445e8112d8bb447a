"""Removing temporary files that dead processes left."""

import os
import sys
import time
from pathlib import Path

import pytest

from summitcli.storage import temporary


def descriptors() -> int:
    """Return the number of open files of this process."""
    return len(os.listdir("/dev/fd"))


def test_only_temporary_files_are_removed(tmp_path: Path) -> None:
    kept = {
        ".default.1-2.tmp.bak", ".default.1-2.tmp~", "default.1-2.tmp", ".default.x-2.tmp", ".default.1-.tmp",
        ".default.1-2-3.tmp", ".default.0123456-1-2.tmp", ".default.0123456g-1-2.tmp", ".other.1-2.tmp",
        ".default.tmp", ".default.1-2.TMP", ".defaults.1-2.tmp", "default.json", ".default.lock",
        ".another.1-2.tmp", ".1-2.tmp",
    }  # fmt: skip
    for name in (*kept, "..1-2.tmp", ".default.1-2.tmp", ".default.0123abcd-12-345.tmp"):
        (tmp_path / name).write_bytes(b"")
    before = descriptors()
    temporary.sweep(str(tmp_path / "default.json"))
    assert set(os.listdir(tmp_path)) == {*kept, "..1-2.tmp"}
    temporary.sweep_folder(str(tmp_path))
    assert set(os.listdir(tmp_path)) == kept - {
        ".other.1-2.tmp", ".defaults.1-2.tmp", ".another.1-2.tmp",
    }  # fmt: skip
    assert descriptors() == before
    temporary.sweep_folder(str(tmp_path / "nothing"))


def test_a_failed_removal_does_not_prevent_others(tmp_path: Path) -> None:
    (tmp_path / ".a.1-2.tmp").mkdir()
    for name in (".a.1-1.tmp", ".a.1-3.tmp"):
        (tmp_path / name).write_bytes(b"")
    temporary.sweep_folder(str(tmp_path))
    assert os.listdir(tmp_path) == [".a.1-2.tmp"]


def test_a_hidden_path_is_named_after_the_file_with_a_limited_length() -> None:
    for name, stem in (
        ("default.json", "default"), ("x" * 200 + ".json", "x" * 200), ("x" * 201 + ".json", "x" * 50),
        ("峰" * 66, "峰" * 66), ("峰" * 67, "峰" * 50),
    ):  # fmt: skip
        path = temporary.hidden_path(os.path.join("folder", name), "lock")
        assert path == os.path.join("folder", f".{stem}.lock")
        assert len(os.fsencode(os.path.basename(path))) <= 255


def test_a_file_whose_lock_says_nothing_is_abandoned_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_700_000_000
    monkeypatch.setattr(time, "time", lambda: now)
    for age in (86_400, 86_401):
        (tmp_path / f".a.{age}-1.tmp").write_bytes(b"")
        os.utime(tmp_path / f".a.{age}-1.tmp", (now - age, now - age))
    temporary.sweep_in(str(tmp_path), ".a.", alone=False)
    assert os.listdir(tmp_path) == [".a.86400-1.tmp"]


def test_an_interrupted_creation_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    before = descriptors()
    monkeypatch.setattr(temporary, "_lock_now", interrupt)
    with pytest.raises(KeyboardInterrupt):
        temporary.create(str(tmp_path / "a.json"), 0o600)
    assert (os.listdir(tmp_path), descriptors()) == ([], before)


def test_without_a_module_for_locks_a_young_temporary_file_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    descriptor, path = temporary.create(str(tmp_path / "a.json"), 0o600)
    os.close(descriptor)
    assert (os.listdir(tmp_path), os.stat(path).st_mode & 0o777) == ([os.path.basename(path)], 0o600)
    temporary.sweep_in(str(tmp_path), ".a.", alone=False)
    assert os.listdir(tmp_path) == [os.path.basename(path)]
    monkeypatch.undo()
    temporary.sweep_in(str(tmp_path), ".a.", alone=False)
    assert os.listdir(tmp_path) == []


def test_no_link_is_followed_to_lock_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check that a file replaced by a link after it was looked at is not opened."""
    (tmp_path / "victim").write_bytes(b"precious")
    state = os.stat(tmp_path / "victim")
    (tmp_path / ".a.1-2.tmp").symlink_to("victim")
    locked: list[int] = []
    monkeypatch.setattr(os, "lstat", lambda _path: state)
    monkeypatch.setattr(temporary, "_lock_now", locked.append)
    temporary.sweep(str(tmp_path / "a.json"))
    assert (locked, (tmp_path / "victim").read_bytes()) == ([], b"precious")
