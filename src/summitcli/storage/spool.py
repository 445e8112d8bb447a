"""A list of strings that moves to a temporary file when it grows large."""

from __future__ import annotations

import io
from collections.abc import Iterator

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

MAX_IN_MEMORY = 4_000_000
"""How many bytes stay in memory before everything moves to a file."""

BLOCK = 1 << 16
"""The buffer size of the file, in bytes."""


class Spool:
    """An append-only list of strings, numbered from 0.

    Args:
        in_memory: how many bytes to keep in memory before moving to a file.
    """

    def __init__(self, in_memory: int = MAX_IN_MEMORY) -> None:
        from array import array

        self._in_memory = in_memory
        self._file: IO[bytes] = io.BytesIO()
        self._ends = array("Q", [0])
        self._is_read = False

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> int:
        """Append ``text`` and return its number.

        Raises:
            OSError: the disk is full.
        """
        if self._is_read:
            self._file.seek(0, io.SEEK_END)
            self._is_read = False
        octets = text.encode("utf-8", "surrogatepass")
        self._file.write(octets)
        end = self._ends[-1] + len(octets)
        if self._ends[-1] <= self._in_memory < end:
            self._leave_memory()
        self._ends.append(end)
        return len(self) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self._ends[number], self._ends[number + 1]
        self._is_read = True
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def _leave_memory(self) -> None:
        """Move everything to an anonymous temporary file, which is deleted when it is closed."""
        from tempfile import TemporaryFile

        try:
            file = TemporaryFile(buffering=BLOCK)  # noqa: SIM115
        except OSError:
            # Without a place for temporary files, stay in memory.
            return
        kept = self._file
        assert isinstance(kept, io.BytesIO)  # noqa: S101
        file.write(kept.getbuffer())
        self._file = file
