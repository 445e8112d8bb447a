"""Spools: lists that are only appended to, and that move to a temporary file when they grow large.

The file has no name, so the system removes it however the program ends. If it can't be created or written,
the list stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

MAX_IN_MEMORY = 4_000_000
"""The number of bytes that a list keeps in memory before it moves to a file."""

BLOCK = 1 << 16
"""The number of bytes that are collected before they are written to the file."""


class Spool:
    """A list of byte strings that moves to a temporary file when it grows large.

    Args:
        in_memory: the number of bytes to keep in memory before moving to a file.
    """

    def __init__(self, in_memory: int = MAX_IN_MEMORY) -> None:
        from array import array

        self._max_waiting: float = in_memory
        """The number of bytes from which on ``_waiting`` is written to the file."""
        self._waiting = bytearray()
        """The data at the end of the list that has not been written to the file yet."""
        self._file: IO[bytes] | None = None
        self._written = 0
        """The number of bytes in the file."""
        self._ends = array("Q", [0])

    def __del__(self) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, data: bytes) -> int:
        """Append ``data`` to the list and return its index."""
        self._waiting += data
        self._ends.append(self._written + len(self._waiting))
        if len(self._waiting) > self._max_waiting:
            self._write()
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._between(self._ends[number], self._ends[number + 1])

    def __iter__(self) -> Iterator[bytes]:
        number = 0
        while number < len(self):
            # Read the file in blocks, as each call of the system takes longer than an entry.
            start = self._ends[number]
            end = max(self._ends[number + 1], min(start + BLOCK, self._written))
            block = self._between(start, end)
            while number < len(self) and self._ends[number + 1] <= end:
                yield block[self._ends[number] - start : self._ends[number + 1] - start]
                number += 1

    def _between(self, start: int, end: int) -> bytes:
        """Return the bytes from ``start`` to ``end``, which are all in the file or all in memory."""
        if self._file and start < self._written:
            self._file.seek(start)
            return self._file.read(end - start)
        return bytes(self._waiting[start - self._written : end - self._written])

    def _write(self) -> None:
        """Write the waiting data to the file; if that fails, keep everything in memory from now on."""
        try:
            if self._file is None:
                self._file = _file()
            self._file.seek(self._written)
            _write_all(self._file, self._waiting)
        except OSError:
            # There is no directory for temporary files, or its disk is full.
            self._return_to_memory()
        else:
            self._written += len(self._waiting)
            self._waiting = bytearray()
            self._max_waiting = BLOCK

    def _return_to_memory(self) -> None:
        """Read the file back into memory and close it."""
        if self._file:
            self._file.seek(0)
            self._waiting = bytearray(self._file.read(self._written)) + self._waiting
            self._file.close()
        self._file, self._written, self._max_waiting = None, 0, float("inf")


class TextSpool:
    """A list of strings that moves to a temporary file when it grows large.

    Args:
        in_memory: the number of bytes of UTF-8 to keep in memory before moving to a file.
    """

    def __init__(self, in_memory: int = MAX_IN_MEMORY) -> None:
        self._spool = Spool(in_memory)

    def __len__(self) -> int:
        return len(self._spool)

    def add(self, text: str) -> int:
        """Append ``text`` to the list and return its index."""
        return self._spool.add(text.encode("utf-8", "surrogatepass"))

    def __getitem__(self, number: int) -> str:
        return self._spool[number].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))


def _file() -> IO[bytes]:
    """Return an empty unnamed temporary file.

    Raises:
        OSError: it can't be created.
    """
    from tempfile import TemporaryFile

    # Unbuffered, so that a failed write is noticed at once.
    return TemporaryFile(buffering=0)


def _write_all(file: IO[bytes], data: bytearray) -> None:
    """Write all of ``data`` to an unbuffered file, with further calls if a call writes only a part.

    Raises:
        OSError: the disk is full.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
