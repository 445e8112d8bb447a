"""XML elements as text (XML 1.0), without the characters that XML forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from summitcli.text.printable import BIDI_CONTROLS

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDENT = "  "
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML document may contain (XML 1.0, production 2)."""
_LINE_ENDS = re.compile("\r\n?")
_CONTROL_REFERENCES = {code: f"&#x{code:x};" for code in (*range(0x7F, 0xA0), *BIDI_CONTROLS)}


def block(name: str, attributes: Mapping[str, str], lines: Iterable[str], indent: str = "") -> str:
    """Return an element with ``lines`` as its content, each on a line of its own.

    The element is indented by ``indent``, and the lines by two more spaces.
    """
    inner = f"\n{indent}{INDENT}"
    return f"{indent}{start(name, attributes)}{inner}{inner.join(lines)}\n{indent}</{name}>\n"


def element(name: str, text: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> str:
    """Return an element that contains ``text``; if the text is empty, ``<name />``."""
    tag = start(name, attributes)
    content = _escaped(text)
    return f"{tag}{content}</{name}>" if content else f"{tag[:-1]} />"


def start(name: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> str:
    """Return the start tag of an element."""
    return f"<{name}{''.join(f' {key}={_attribute_value(value)}' for key, value in attributes.items())}>"


def _attribute_value(text: str) -> str:
    """Return ``text`` as an attribute's value in quotes, with line ends and tabs kept (XML 1.0, 3.3.3)."""
    escaped = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#09;")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    r"""Return ``text`` escaped for XML, without forbidden characters, and with ``\n`` for all line ends."""
    fit = text if text.isprintable() else _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if "&" in fit or "<" in fit or ">" in fit:
        fit = fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return fit if text.isprintable() else fit.translate(_CONTROL_REFERENCES)
