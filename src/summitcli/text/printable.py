"""Escaping of untrusted text for terminals.

Terminals interpret control characters, and bidirectional overrides change the order of the text (CWE-150).
Schedules are untrusted, so such characters are shown as escapes. Invisible characters are removed, unless a
script needs them (:mod:`summitcli.text.invisible`).
"""

from collections.abc import Callable
from functools import cache

BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
LINE_SEPARATORS = (0x2028, 0x2029)
_CONTROLS = (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)


def _escape(code: int) -> str:
    short = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    return short.get(code) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


# The tables are created on first use: most output has nothing to escape.


@cache
def _escapes() -> dict[int, str]:
    return {code: _escape(code) for code in (*_CONTROLS, *LINE_SEPARATORS)}


@cache
def _escapes_in_block() -> dict[int, str]:
    return {**{code: _escape(code) for code in _CONTROLS}, 0x09: "\t", 0x0A: "\n", 0x0D: ""}


@cache
def _escapes_in_json() -> dict[int, str]:
    return {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)}


def printable(text: str) -> str:
    """Return ``text`` on one line, without invisible characters and without control characters.

    Line ends, tabs, controls and lone surrogates become visible escapes.
    """
    if text.isprintable() and not may_hide(text):
        return text
    return _visible(text.translate(_escapes()))


def printable_block(text: str) -> str:
    """Return ``text`` escaped as by :func:`printable`, but with line ends and tabs kept."""
    if text.isprintable() and not may_hide(text):
        return text
    return _visible(text.translate(_escapes_in_block()))


def escaped_block(text: str) -> str:
    """Return ``text`` with control characters escaped, but line ends, tabs and invisible characters kept."""
    return text if text.isprintable() else text.translate(_escapes_in_block())


def printable_json(document: str) -> str:
    """Return a JSON text with DEL, C1 and bidirectional control characters written as JSON escapes."""
    # The check is far faster than translating.
    return document if document.isprintable() else document.translate(_escapes_in_json())


def printable_document(write: Callable[[Callable[[str], str]], str]) -> str:
    """Return the document that ``write`` makes, with :func:`printable` applied to each text in it.

    To save time, the document is first made without looking for invisible characters in each text. Then the
    whole document is checked. Only if it may contain any, it is made again.

    Args:
        write: a function that returns the document. Its argument is the function to apply to each text.
    """
    document = write(_printable_unless_hidden)
    return write(printable) if may_hide(document) else document


def _printable_unless_hidden(text: str) -> str:
    return text if text.isprintable() else printable(text)


def may_hide(text: str) -> bool:
    """Return whether ``text`` may contain invisible characters that ``str.isprintable`` accepts.

    These are U+034F, U+115F and U+1160, U+17B4 and U+17B5, U+180B to U+180F, U+3164, U+FE00 to U+FE0F,
    U+FFA0, and U+E0100 to U+E01EF. The function only looks for the first bytes of their UTF-8. A few visible
    characters begin with the same bytes, so the result is True for these, too.
    """
    if text.isascii():
        return False
    octets = text.encode("utf-8", "surrogatepass")
    # Looking for a number is far faster than looking for one octet.
    return (
        (0xCD in octets and b"\xcd\x8f" in octets)
        or (0xE1 in octets and (b"\xe1\x85" in octets or b"\xe1\x9e" in octets or b"\xe1\xa0" in octets))
        or (0xE3 in octets and octets.find(b"\xe3\x85\xa4") >= 0)
        or (0xEF in octets and (b"\xef\xb8" in octets or b"\xef\xbe\xa0" in octets))
        or (0xF3 in octets and b"\xf3\xa0" in octets)
    )


def _visible(text: str) -> str:
    """Return ``text`` with lone surrogates escaped and without invisible characters."""
    if text.isascii():
        return text
    if text.replace("\n", "").replace("\t", "").isprintable() and not may_hide(text):
        return text
    from summitcli.text.invisible import visible

    return visible(text.encode("utf-8", "backslashreplace").decode())
