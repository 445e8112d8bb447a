"""Spools: lists to which entries are only appended; a large list moves to a temporary file.

The file has no name, so the system removes it however the program ends. If it can't be created or written,
the list stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

MAX_IN_MEMORY = 4_000_000
"""The size up to which a list stays in memory, in bytes; a larger one moves to a file."""

BLOCK = 1 << 16
"""The size of the data that is collected before it is written to the file, in bytes."""


class Spool:
    """A list of byte strings, which moves to a temporary file when it gets large.

    Args:
        in_memory: the size up to which the list stays in memory, in bytes.
    """

    def __init__(self, in_memory: int = MAX_IN_MEMORY) -> None:
        from array import array

        self._max_waiting: float = in_memory
        """The size from which ``_waiting`` is written to the file, in bytes."""
        self._waiting = bytearray()
        """The data at the end of the list that is not in the file yet."""
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
        """Append ``data`` to the list and return its position in the list."""
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
        """Write the data that is not in the file yet; if that fails, keep the whole list in memory."""
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
    """A list of strings, which moves to a temporary file when it gets large.

    Args:
        in_memory: the size up to which the list stays in memory, in bytes of UTF-8.
    """

    def __init__(self, in_memory: int = MAX_IN_MEMORY) -> None:
        self._spool = Spool(in_memory)

    def __len__(self) -> int:
        return len(self._spool)

    def add(self, text: str) -> int:
        """Append ``text`` to the list and return its position in the list."""
        return self._spool.add(text.encode("utf-8", "surrogatepass"))

    def __getitem__(self, number: int) -> str:
        return self._spool[number].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))


def _file() -> IO[bytes]:
    """Return an empty temporary file without a name.

    Raises:
        OSError: the file can't be created.
    """
    from tempfile import TemporaryFile

    # Unbuffered, so that a failed write is noticed at once.
    return TemporaryFile(buffering=0)


def _write_all(file: IO[bytes], data: bytearray) -> None:
    """Write all of ``data`` to an unbuffered file, in several calls if a call writes only a part.

    Raises:
        OSError: the disk is full.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
