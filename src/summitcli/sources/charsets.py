"""Conversion to UTF-8 of text that a server sends in another encoding.

The formats read UTF-8. The Content-Type of a response may declare another encoding; for iCalendar it must
(RFC 5545, 3.1.4). It takes precedence over the encoding in an XML declaration (RFC 7303, 3.2). Many servers
declare a wrong encoding, so text that is valid UTF-8 is always read as UTF-8.
"""

import re
from codecs import BOM_UTF8, lookup

_CHARSET = re.compile(r"""(?i);\s*charset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{1,40})""")
_KNOWN = re.compile(
    r"utf-(16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|gb\w+|big5(hkscs)?|euc_(jp|kr)"
    r"|shift_jis|iso2022_jp"
)
"""The pattern of the encodings that are allowed, by Python's names.

Python's other encodings are not meant for documents, and some are very slow.
"""

SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""The encoding that is used in place of the declared one, because it has more characters."""
_LATIN_1 = ("iso8859-1", "ascii")
"""The encodings that servers often declare for texts that are in fact in Windows-1252.

Windows-1252 has curly quotes and dashes where these encodings have control characters.
"""
_OF_WINDOWS = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}


def in_utf_8(content: bytes, content_type: str) -> bytes:
    """Return ``content`` in UTF-8; unchanged if the encoding in ``content_type`` can't decode it.

    Converted XML begins with a byte order mark, so that parsers ignore the encoding in its declaration.

    Args:
        content: the content of the response, decompressed.
        content_type: the Content-Type of the response, such as ``text/calendar; charset=iso-8859-1``.
    """
    named = _CHARSET.search(content_type)
    if not named or _is_utf_8(content):
        return content
    try:
        encoding = lookup(named[1]).name
        if encoding in _LATIN_1:
            text = content.decode("latin-1").translate(_OF_WINDOWS)
        elif _KNOWN.fullmatch(encoding):
            text = content.decode(SUPERSETS.get(encoding, encoding)).removeprefix("\ufeff")
        else:
            return content
    except (LookupError, UnicodeError):
        return content
    mark = BOM_UTF8 if text.lstrip().startswith("<") else b""
    return mark + text.encode("utf-8", "surrogatepass")


def _is_utf_8(content: bytes) -> bool:
    """Return whether ``content`` is valid UTF-8 without NUL bytes (English text in UTF-16 has them)."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content
