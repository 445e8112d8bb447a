"""Decompression of gzip data (RFC 1952), with a limit on the size of the result."""

import zlib

from summitcli.errors import ScheduleError
from summitcli.i18n import _

GZIP_MAGIC = b"\x1f\x8b"
"""The first bytes of gzip data (RFC 1952, 2.3.1)."""

MAX_MEMBERS = 10_000
"""The maximum number of members (separately compressed parts) of gzip data.

Programs that write several members put at least 64 KB into each.
"""

ALWAYS_ALLOWED = 20 * 2**20
"""The size up to which data may always be decompressed, in bytes; above it, :data:`MAX_RATIO` applies."""
MAX_RATIO = 100
"""The maximum compression ratio of data that is larger than :data:`ALWAYS_ALLOWED` when decompressed.

Schedules are compressed to a tenth of their size, generated ones to a thirtieth, harmful files to a
thousandth.
"""

_WITH_HEADER = zlib.MAX_WBITS | 16
"""The ``wbits`` argument with which zlib expects the header and checksum of gzip."""
_SLICE = 64 * 1024
"""The size, in bytes, of the pieces that are decompressed at once.

With larger pieces, data with many small members (separately compressed parts) would take long.
"""


MAX_CODINGS = 3
"""The maximum number of times that a response may be compressed; some servers do it twice."""

REGISTERED = frozenset(
    {"aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "pack200-gzip", "x-compress", "zstd"}
)
"""The content codings in IANA's registry (RFC 9110, 16.6.1) that the program does not accept."""


class UnknownCoding(Exception):
    """The error that the compression of a response (its content coding) is not accepted."""


class TooLarge(Exception):
    """The error that the decompressed data is larger than the limit."""


class Damaged(Exception):
    """The error that the data is incomplete or not gzip."""


class Decompressor:
    """A decompressor of gzip data that comes piece by piece.

    Args:
        largest: the maximum number of bytes to return in total.
    """

    def __init__(self, largest: int) -> None:
        self._left = largest
        self._members = 0
        self._open: zlib._Decompress | None = None

    def feed(self, piece: bytes) -> bytes:
        """Return the decompressed bytes of ``piece``, the next piece of the compressed data.

        Raises:
            TooLarge: the limit is exceeded; decompression stopped there.
            Damaged: the data is not gzip.
        """
        slices = (piece[start : start + _SLICE] for start in range(0, len(piece), _SLICE))
        return b"".join(map(self._slice, slices))

    def finish(self) -> None:
        """Check that the compressed data is complete.

        Raises:
            Damaged: the data is empty, or ends in the middle of a member (a separately compressed part).
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
            # As the limit was not reached, only data after the end of the member is left.
            rest = self._open.unused_data
            if self._open.eof:
                self._open = None
        return b"".join(made)

    def _begin(self, rest: bytes) -> bytes:
        """Begin the next member (separately compressed part) of the gzip data, unless no data is left.

        Args:
            rest: the data that is left.

        Returns:
            ``rest`` without the zero bytes that some programs put between members.
        """
        if self._members:
            rest = rest.lstrip(b"\0")
        if rest:
            self._members += 1
            if self._members > MAX_MEMBERS:
                raise Damaged
            self._open = zlib.decompressobj(_WITH_HEADER)
        return rest


def decompressors(content_encoding: str, largest: int) -> list[Decompressor]:
    """Return a decompressor for each ``gzip`` in the Content-Encoding of a response (RFC 9110, 8.4).

    Words that are not content codings, such as ``none``, ``UTF-8`` or ``aws-chunked``, are ignored.

    Raises:
        UnknownCoding: a coding is not accepted, or there are more than :data:`MAX_CODINGS`.
    """
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    layers = [coding for coding in codings if coding in ("gzip", "x-gzip")]
    if REGISTERED.intersection(codings) or len(layers) > MAX_CODINGS:
        raise UnknownCoding
    return [Decompressor(largest) for _layer in layers]


def decompressed(content: bytes, name: str, largest: int) -> bytes:
    """Return ``content`` decompressed if it is gzip data, otherwise unchanged.

    Args:
        content: the bytes.
        name: the name of the source, for messages.
        largest: the maximum size of the result, in bytes.

    Raises:
        ScheduleError: the result exceeds ``largest`` or :data:`MAX_RATIO`, or the data is damaged.
    """
    if not content.startswith(GZIP_MAGIC):
        return content
    largest = min(largest, max(ALWAYS_ALLOWED, MAX_RATIO * len(content)))
    decompressor = Decompressor(largest)
    try:
        made = decompressor.feed(content)
        decompressor.finish()
    except TooLarge:
        sentence = _("{name} is too large for a schedule: more than {n} MB when unpacked")
        raise ScheduleError(sentence.format(name=name, n=largest // 2**20)) from None
    except Damaged:
        raise ScheduleError(
            _("can't unpack {name}: damaged or incomplete gzip data").format(name=name)
        ) from None
    return made
