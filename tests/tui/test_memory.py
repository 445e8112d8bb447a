"""The browser's settings on the disk."""

import os
from pathlib import Path

import pytest

from summitcli.tui import memory


def test_what_is_saved_is_loaded() -> None:
    assert memory.load() == memory.Remembered()
    memory.save(memory.Remembered(True, "nord"))
    assert memory.load() == memory.Remembered(True, "nord")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"grid": 1}', b"\xff", b"[" * 5000])
def test_a_file_that_can_not_be_read_is_ignored(content: bytes) -> None:
    place = Path(memory.path())
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    assert memory.load() == memory.Remembered()


def test_a_directory_that_can_not_be_made_is_ignored() -> None:
    Path(os.environ["SUMMIT_DATA"]).write_text("a file")
    memory.save(memory.Remembered(True))
    assert memory.load() == memory.Remembered()
