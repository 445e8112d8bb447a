"""What is made in one order and needed in another, kept outside of memory where it is much.

It lies in a file without a name, which the system removes when it is closed, however the program ends. Where
no such file can be had or written, it lies in memory after all.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

IN_MEMORY = 4_000_000
"""How many bytes stay in memory; what is more goes into a file."""

BLOCK = 1 << 16
"""How many bytes are written at once when there is a file."""


class Spool:
    """Byte strings, each known by its number from 0.

    Args:
        in_memory: how many bytes stay in memory.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        from array import array

        self._most: float = in_memory
        """How many bytes may wait to be written."""
        self._waiting = bytearray()
        """What is not in the file, and follows on what is."""
        self._file: IO[bytes] | None = None
        self._written = 0
        """How many bytes are in the file."""
        self._ends = array("Q", [0])

    def __del__(self) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, data: bytes) -> int:
        """Keep ``data`` and return its number."""
        self._waiting += data
        self._ends.append(self._written + len(self._waiting))
        if len(self._waiting) > self._most:
            self._write()
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        if self._file and start < self._written:
            self._file.seek(start)
            return self._file.read(end - start)
        return bytes(self._waiting[start - self._written : end - self._written])

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))

    def _write(self) -> None:
        """Write what waits into the file; where that is not possible, let everything wait for ever."""
        try:
            if self._file is None:
                self._file = _file()
            self._file.seek(self._written)
            _write_all(self._file, self._waiting)
        except OSError:
            # There is no place for temporary files, or their disk is full: memory is the place that is left.
            self._take_back()
        else:
            self._written += len(self._waiting)
            self._waiting = bytearray()
            self._most = BLOCK

    def _take_back(self) -> None:
        """Have everything in memory."""
        if self._file:
            self._file.seek(0)
            self._waiting = bytearray(self._file.read(self._written)) + self._waiting
            self._file.close()
        self._file, self._written, self._most = None, 0, float("inf")


class TextSpool:
    """Texts, each known by its number from 0.

    Args:
        in_memory: how many bytes of them stay in memory.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._spool = Spool(in_memory)

    def __len__(self) -> int:
        return len(self._spool)

    def add(self, text: str) -> int:
        """Keep ``text`` and return its number."""
        return self._spool.add(text.encode("utf-8", "surrogatepass"))

    def __getitem__(self, number: int) -> str:
        return self._spool[number].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))


def _file() -> IO[bytes]:
    """Return an empty file that has no name.

    Raises:
        OSError: there is no place for one.
    """
    from tempfile import TemporaryFile

    # Unbuffered: what could not be written is to be known at once.
    return TemporaryFile(buffering=0)


def _write_all(file: IO[bytes], data: bytearray) -> None:
    """Write ``data``, of which a file takes as much at once as it has room for.

    Raises:
        OSError: there is no room for it.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
