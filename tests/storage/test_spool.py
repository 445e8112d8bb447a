"""Append-only lists that move to a temporary file."""

import random
import tempfile
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.storage.spool import BLOCK, Spool, TextSpool

TEXTS = st.lists(st.text(max_size=20))


@given(TEXTS, st.integers(0, 60), st.randoms(use_true_random=False))
def test_texts_are_read_by_number_in_any_order(texts: list[str], most: int, chance: random.Random) -> None:
    spool = TextSpool(most)
    numbers = [spool.add(text) for text in texts]
    assert (numbers, len(spool), list(spool)) == (list(range(len(texts))), len(texts), texts)
    chance.shuffle(numbers)
    assert [spool[number] for number in numbers] == [texts[number] for number in numbers]


def test_texts_can_be_added_after_reading() -> None:
    for most in (0, 100):
        spool = TextSpool(most)
        spool.add("first")
        assert spool[0] == "first"
        spool.add("数字")
        spool.add("x" * BLOCK)
        assert spool[0] == "first"
        spool.add("last")
        assert [spool[3], spool[0], spool[1]] == ["last", "first", "数字"]


def test_iterating_goes_through_the_file_and_what_is_still_in_memory() -> None:
    entries = [
        bytes([n]) * size for n, size in enumerate((1, 0, BLOCK - 1, BLOCK, 2 * BLOCK, 3, 0, BLOCK, 5))
    ]
    spool = Spool(0)
    for entry in entries:
        spool.add(entry)
    assert list(spool) == entries


def test_a_lone_surrogate_is_preserved() -> None:
    spool = TextSpool()
    spool.add("\ud800")
    assert spool[0] == "\ud800"


@pytest.mark.parametrize(("size", "files"), [(10, 0), (11, 1)])
def test_memory_use_is_limited(monkeypatch: pytest.MonkeyPatch, size: int, files: int) -> None:
    made = []
    make = tempfile.TemporaryFile

    def counted(**options: Any) -> Any:
        made.append(options)
        return make(**options)

    monkeypatch.setattr(tempfile, "TemporaryFile", counted)
    spool = Spool(10)
    for _turn in range(size):
        spool.add(b"x")
    assert (len(made), b"".join(spool)) == (files, b"x" * size)


def test_a_file_is_written_in_blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = FileIO(tmp_path / "file", "w+b")
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: file)
    spool = Spool(0)
    sizes = []
    for data in (b"1", b"2" * BLOCK, b"3", b"4"):
        spool.add(data)
        sizes.append((tmp_path / "file").stat().st_size)
    assert sizes == [1, 1, BLOCK + 2, BLOCK + 2]
    assert [*spool] == [b"1", b"2" * BLOCK, b"3", b"4"]


def test_without_temporary_files_everything_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_options: object) -> None:
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    spool = Spool(3)
    pieces = [str(number).encode() for number in range(20)]
    for piece in pieces:
        spool.add(piece)
    assert list(spool) == pieces


def test_on_a_full_disk_everything_returns_to_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Full(FileIO):
        """A file that accepts some bytes at a time, until the disk is full."""

        def write(self, data: Any) -> int:
            if self.tell() > BLOCK:
                raise OSError(28, "No space left on device")
            return super().write(bytes(data)[:1_000])

    file = Full(tmp_path / "full", "w+b")
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: file)
    spool = Spool(100)
    pieces = [str(number).encode() * 5_000 for number in range(20)]
    for piece in pieces:
        spool.add(piece)
    assert (list(spool), file.closed) == (pieces, True)
