"""Text in another encoding than UTF-8, which the server that sends it names.

Formats read UTF-8. A server may name another encoding in Content-Type, as who sends iCalendar must (RFC 5545
section 3.1.4), and that counts more than what XML says of itself (RFC 7303 section 3.2). Many name one by
habit, though, so bytes that are UTF-8 are taken as that whatever is said.
"""

import re
from codecs import BOM_UTF8, lookup

_CHARSET = re.compile(r"""(?i);\s*charset\s*=\s*["']?\s*([A-Za-z0-9._:+-]{1,40})""")
_KNOWN = re.compile(
    r"utf-(16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|gb\w+|big5(hkscs)?|euc_(jp|kr)"
    r"|shift_jis|iso2022_jp"
)
"""Encodings of documents, by Python's names. It knows others that are not, and some of those take long."""

SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"}
"""What text of an encoding is read as, since publishers' texts go beyond what they name."""
_LATIN_1 = ("iso8859-1", "ascii")
"""Text of these is often of Windows, whose quotes and dashes are where they have controls."""
_OF_WINDOWS = {
    byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}


def in_utf_8(content: bytes, content_type: str) -> bytes:
    """Return ``content`` in UTF-8 if it is text in the encoding that its server names, else as it is.

    XML gets a byte order mark, which counts more than the encoding that it may declare.

    Args:
        content: what the server sent, unpacked.
        content_type: how it calls that, such as ``text/calendar; charset=iso-8859-1``.
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
    """Return whether ``content`` is text in UTF-8; NUL, half of what UTF-16 has of English, is in no text."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content
