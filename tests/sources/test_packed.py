import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.errors import ScheduleError, Status
from summitcli.sources.packed import MAX_MEMBERS, Damaged, Decompressor, TooLarge, decompressed
from tests.limits import in_proportion

MB = 2**20


@given(st.binary(max_size=300), st.integers(1, 40))
def test_gzip_data_is_decompressed_in_any_pieces(content: bytes, size: int) -> None:
    packed = gzip.compress(content)
    unpacker = Decompressor(300)
    pieces = [unpacker.feed(packed[start : start + size]) for start in range(0, len(packed), size)]
    unpacker.finish()
    assert b"".join(pieces) == content


def test_several_members_are_joined() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + bytes(512)
    assert decompressed(packed, "s", 100) == b"one two"


def test_uncompressed_data_is_unchanged() -> None:
    assert decompressed(b'{"format"', "s", 3) == b'{"format"'


def test_the_result_may_be_as_large_as_the_limit() -> None:
    packed = gzip.compress(bytes(1000))
    assert decompressed(packed, "s", 1000) == bytes(1000)
    with pytest.raises(ScheduleError):
        decompressed(packed, "s", 999)


def test_a_zip_bomb_is_stopped_early() -> None:
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as bomb:
        for _ in range(500):
            bomb.write(bytes(MB))
    unpacker, made = Decompressor(MB), 0
    with pytest.raises(TooLarge):
        for start in range(0, len(file.getvalue()), 1000):
            made += len(unpacker.feed(file.getvalue()[start : start + 1000]))
    assert made <= MB
    with pytest.raises(ScheduleError) as caught:
        decompressed(file.getvalue(), "bomb.gz", MB)
    assert (caught.value.status, str(caught.value)) == (
        Status.INVALID,
        "bomb.gz is too large for a schedule: more than 1 MB when unpacked",
    )


@in_proportion()
def test_too_many_members_are_refused() -> None:
    packed = gzip.compress(b"") * (MAX_MEMBERS * 20)
    with pytest.raises(Damaged):
        Decompressor(MB).feed(packed)


PACKED = gzip.compress(b"a schedule" * 50, mtime=0)


@pytest.mark.parametrize(
    "damaged",
    [PACKED[:-1], PACKED[:10], PACKED[:2], PACKED + b"x", PACKED + PACKED[:12], PACKED[:-8] + bytes(8),
     b"\x1f\x8b\x00" + PACKED[3:]],
    ids=["a byte short", "a header", "two bytes", "text behind", "half behind", "wrong sum", "wrong kind"],
)  # fmt: skip
def test_damaged_data_is_refused_in_one_line(damaged: bytes) -> None:
    with pytest.raises(ScheduleError) as caught:
        decompressed(damaged, "s.gz", 10_000)
    assert (caught.value.status, str(caught.value)) == (
        Status.INVALID,
        "can't unpack s.gz: damaged or incomplete gzip data",
    )


@given(st.binary(max_size=60), st.integers(0, 60), st.binary(max_size=3))
def test_any_bytes_are_decompressed_or_refused(content: bytes, place: int, other: bytes) -> None:
    packed = bytearray(gzip.compress(content))
    packed[place : place + len(other)] = other
    try:
        decompressed(bytes(packed), "s.gz", 100)
    except ScheduleError as error:
        assert "\n" not in str(error)


def test_a_stream_without_a_gzip_header_is_refused() -> None:
    with pytest.raises(Damaged):
        Decompressor(100).feed(zlib.compress(b"x"))
    with pytest.raises(Damaged):
        Decompressor(100).finish()
