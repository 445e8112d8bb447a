"""Bytes packed with gzip (RFC 1952), unpacked no further than what they may hold."""

import zlib

from summitcli.errors import ScheduleError
from summitcli.i18n import _

PACKED = b"\x1f\x8b"
"""How bytes begin that are packed with gzip (RFC 1952, 2.3.1)."""

MOST_MEMBERS = 10_000
"""How many members may follow each other; programs that write many make each of them 64 KB or more."""

SMALL = 20 * 2**20
"""So many bytes may come out of anything, however few they are packed in."""
MOST_AGAIN = 100
"""Beyond that no more than so many times what is packed comes out: schedules are packed to a tenth of their
size, generated ones to a thirtieth, and what is meant to swell to a thousandth."""

_WITH_HEADER = zlib.MAX_WBITS | 16
"""What tells zlib that gzip's header and checksum are there."""
_SLICE = 64 * 1024
"""Members are cut from slices of this size, so that many small ones take no more time than a large one."""


MOST_CODINGS = 3
"""How many times an answer may be packed; some servers do it twice."""

REGISTERED = frozenset(
    {"aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "pack200-gzip", "x-compress", "zstd"}
)
"""The content codings of IANA's registry (RFC 9110 section 16.6.1) that are never asked for."""


class UnknownCoding(Exception):
    """It is packed in a way that was not asked for, or too many times."""


class TooLarge(Exception):
    """What was unpacked is more than it may be."""


class Damaged(Exception):
    """It is not whole, or was never gzip's."""


class Unpacker:
    """Unpacks piece by piece, as they arrive.

    Args:
        largest: how many bytes may come out.
    """

    def __init__(self, largest: int) -> None:
        self._left = largest
        self._members = 0
        self._open: zlib._Decompress | None = None

    def feed(self, piece: bytes) -> bytes:
        """What ``piece`` adds.

        Raises:
            TooLarge: that is more than is left of what may come out; no more was unpacked.
            Damaged: it is not gzip's.
        """
        slices = (piece[start : start + _SLICE] for start in range(0, len(piece), _SLICE))
        return b"".join(map(self._slice, slices))

    def finish(self) -> None:
        """Nothing, if everything is there.

        Raises:
            Damaged: the last member has no end, or there was none.
        """
        if self._open is not None or not self._members:
            raise Damaged

    def _slice(self, rest: bytes) -> bytes:
        made = []
        while rest:
            if self._open is None:
                rest = self._begin(rest)
                if self._open is None:
                    break
            try:
                unpacked = self._open.decompress(rest, self._left + 1)
            except zlib.error:
                raise Damaged from None
            self._left -= len(unpacked)
            if self._left < 0:
                raise TooLarge
            made.append(unpacked)
            # With room left, all of it was taken but for what follows the member's end.
            rest = self._open.unused_data
            if self._open.eof:
                self._open = None
        return b"".join(made)

    def _begin(self, rest: bytes) -> bytes:
        """Begin the next member; zeros between members, which tapes leave, are passed over."""
        if self._members:
            rest = rest.lstrip(b"\0")
        if rest:
            self._members += 1
            if self._members > MOST_MEMBERS:
                raise Damaged
            self._open = zlib.decompressobj(_WITH_HEADER)
        return rest


def unpackers(said: str, largest: int) -> list[Unpacker]:
    """Return what unpacks an answer, in order, by its Content-Encoding (RFC 9110 section 8.4).

    What is no coding at all, such as ``none``, ``UTF-8`` or ``aws-chunked``, packs nothing.

    Raises:
        UnknownCoding: it is packed in a way that was not asked for, or more than :data:`MOST_CODINGS` times.
    """
    codings = [coding.strip().lower() for coding in said.split(",")]
    packings = [coding for coding in codings if coding in ("gzip", "x-gzip")]
    if REGISTERED.intersection(codings) or len(packings) > MOST_CODINGS:
        raise UnknownCoding
    return [Unpacker(largest) for _packing in packings]


def unpacked(content: bytes, name: str, largest: int) -> bytes:
    """``content``, unpacked if it is packed.

    Args:
        content: the bytes.
        name: where they are from, for messages.
        largest: how many may come out.

    Raises:
        ScheduleError: more come out, or more than :data:`MOST_AGAIN` allows, or the packing is damaged.
    """
    if not content.startswith(PACKED):
        return content
    largest = min(largest, max(SMALL, MOST_AGAIN * len(content)))
    unpacker = Unpacker(largest)
    try:
        made = unpacker.feed(content)
        unpacker.finish()
    except TooLarge:
        sentence = _("{name} is too large for a schedule: more than {n} MB when unpacked")
        raise ScheduleError(sentence.format(name=name, n=largest // 2**20)) from None
    except Damaged:
        raise ScheduleError(
            _("can't unpack {name}: damaged or incomplete gzip data").format(name=name)
        ) from None
    return made
