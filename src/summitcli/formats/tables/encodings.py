"""Detecting the encoding of a text table from its bytes."""

import codecs
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

_HEAD = 2**16
_HIGH = re.compile(rb"[\x80-\xff]+")
_COMMON = re.compile(rb"(?:[\xb0-\xd7\xa1-\xa3][\xa1-\xfe])+")
"""The pattern of the most common characters of GB 2312: Chinese characters of level 1, and punctuation."""


def find_encoding(data: bytes) -> str | None:
    """Return the encoding of a text table; None if the bytes are not text.

    UTF-16 is recognised by its byte order mark, or because most of its even (or odd) bytes are NUL. Text that
    is not UTF-8 is read as GB 18030 if most of its characters beyond ASCII are then common Chinese
    characters, otherwise as Windows-1252.
    """
    if data.startswith(BOM_UTF8):
        return "utf-8-sig" if _is_valid(data, "utf-8") else None
    for mark, encoding in ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return "utf-16" if _is_valid(data[2:], encoding) else None
    if b"\0" in data[:_HEAD]:
        return _without_mark(data)
    if _is_valid(data, "utf-8"):
        return "utf-8"
    if _is_chinese(data) and _is_valid(data, "gb18030"):
        return "gb18030"
    return "cp1252" if _is_valid(data, "cp1252") else "latin-1"


def _without_mark(data: bytes) -> str | None:
    """Return the encoding of UTF-16 text without a byte order mark; None if the bytes are something else."""
    head = data[: _HEAD - _HEAD % 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    for few, many, encoding in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
        if not few and 2 * many > len(head) // 2 and len(data) % 2 == 0 and _is_valid(data, encoding):
            return encoding
    return None


def _is_chinese(data: bytes) -> bool:
    """Return whether most of the bytes that are not ASCII are common Chinese characters in GB 2312."""
    high = _HIGH.findall(data[: 16 * _HEAD])
    common = sum(len(found) for run in high for found in _COMMON.findall(run))
    return 10 * common > 8 * sum(map(len, high))


def _is_valid(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for begin in range(0, len(data), _HEAD):
            decoder.decode(data[begin : begin + _HEAD])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
