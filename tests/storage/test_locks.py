"""Locks for writers."""

import os
from pathlib import Path

import pytest

from summitcli.storage import atomic, locks, paths


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
        assert str(caught.value) == "it is in use by another process; try again"
        locks.lock(str(tmp_path / "b.json"), 0).release()
    finally:
        held.release()
    locks.lock(str(tmp_path / "a.json"), 0).release()


def test_a_lock_file_must_be_a_regular_file(tmp_path: Path) -> None:
    (tmp_path / ".a.lock").mkdir()
    with pytest.raises(paths.NotAFile):
        locks.lock(str(tmp_path / "a.json"), 0)
