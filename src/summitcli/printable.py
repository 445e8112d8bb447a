"""The one place where text from a schedule is made safe to print.

A terminal acts on control characters, and bidirectional overrides show text in an order that is not its
own (CWE-150). Schedules come from strangers, so such characters are shown as escapes, never sent.
"""

BIDI_CONTROLS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
LINE_SEPARATORS = (0x2028, 0x2029)
_CONTROLS = (*range(0x20), 0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)


def _escape(code: int) -> str:
    short = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    return short.get(code) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


_ESCAPES = {code: _escape(code) for code in (*_CONTROLS, *LINE_SEPARATORS)}
_ESCAPES_IN_BLOCK = {**{code: _escape(code) for code in _CONTROLS}, 0x09: "\t", 0x0A: "\n", 0x0D: ""}
_ESCAPES_IN_JSON = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), *BIDI_CONTROLS)}


def printable(text: str) -> str:
    """``text`` on one line: line ends, tabs and everything a terminal acts on become visible escapes."""
    return text if text.isprintable() else text.translate(_ESCAPES)


def printable_block(text: str) -> str:
    """``text`` with its line ends and tabs kept; everything else a terminal acts on becomes an escape."""
    return text if text.isprintable() else text.translate(_ESCAPES_IN_BLOCK)


def printable_json(document: str) -> str:
    """A JSON document with the same meaning and without raw DEL, C1 or bidirectional controls."""
    # Asking is far faster than translating, and only a document of several lines is not printable as it is.
    return document if document.isprintable() else document.translate(_ESCAPES_IN_JSON)
