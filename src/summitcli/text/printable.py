"""The one place where text from a schedule is made safe to print.

A terminal acts on control characters, and bidirectional overrides show text in an order that is not its
own (CWE-150). Schedules come from strangers, so such characters are shown as escapes, never sent. Those that
can't be seen at all are left out, unless a script needs them (:mod:`summitcli.text.invisible`).
"""

from collections.abc import Callable
from functools import cache

BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
LINE_SEPARATORS = (0x2028, 0x2029)
_CONTROLS = (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)


def _escape(code: int) -> str:
    short = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    return short.get(code) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


# Each is made when it is first needed: most answers hold nothing that is escaped.


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
    """Return ``text`` on one line, with nothing in it that a terminal acts on or that can't be seen.

    Line ends, tabs, controls and halves of characters become visible escapes.
    """
    if text.isprintable() and not may_hide(text):
        return text
    return _visible(text.translate(_escapes()))


def printable_block(text: str) -> str:
    """Return ``text`` as :func:`printable` does, with its line ends and tabs kept."""
    if text.isprintable() and not may_hide(text):
        return text
    return _visible(text.translate(_escapes_in_block()))


def escaped_block(text: str) -> str:
    """Return ``text`` with its line ends and tabs, and also with what can't be seen, for a file of text.

    Everything else a terminal acts on becomes an escape.
    """
    return text if text.isprintable() else text.translate(_escapes_in_block())


def printable_json(document: str) -> str:
    """A JSON document with the same meaning and without raw DEL, C1 or bidirectional controls."""
    # Asking is far faster than translating, and only a document of several lines is not printable as it is.
    return document if document.isprintable() else document.translate(_escapes_in_json())


def printable_document(write: Callable[[Callable[[str], str]], str]) -> str:
    """Return the document that ``write`` makes with :func:`printable` for each text that it is given.

    A document is looked through at once for what can't be seen, which takes far less than text by text.

    Args:
        write: makes the document with the function that it gets for its texts.
    """
    document = write(_printable_unless_hidden)
    return write(printable) if may_hide(document) else document


def _printable_unless_hidden(text: str) -> str:
    return text if text.isprintable() else printable(text)


def may_hide(text: str) -> bool:
    """Return whether ``text`` may hold what can't be seen though Python takes it for printable.

    Those are marks and letters, in UTF-8: U+034F, U+115F and U+1160, U+17B4 and U+17B5, U+180B to U+180F,
    U+3164, U+FE00 to U+FE0F, U+FFA0, and U+E0100 to U+E01EF. A few others share their first bytes.
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
    """Return ``text``, whose controls are escaped, without halves of characters and what can't be seen."""
    if text.isascii():
        return text
    if text.replace("\n", "").replace("\t", "").isprintable() and not may_hide(text):
        return text
    from summitcli.text.invisible import visible

    return visible(text.encode("utf-8", "backslashreplace").decode())
