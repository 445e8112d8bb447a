"""HTML elements as text, by the HTML Living Standard. All text that is not :class:`Markup` is escaped."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from summitcli.exports.calendar.content import clean

VOID = ("meta", "br")
"""The HTML elements that never have content or an end tag."""


class Markup(str):
    """A string that is HTML already and must not be escaped."""


def element(name: str, /, *content: str, **attributes: str | None) -> Markup:
    """Return the HTML of an element.

    Args:
        name: the tag name.
        content: the children, as HTML (:class:`Markup`) or as plain text, which is escaped.
        attributes: the attributes by name; those that are None are left out. ``_`` within a name becomes a
            hyphen; at the end of a name, as in ``class_``, it is removed.
    """
    tag = name + "".join([_attribute(*pair) for pair in attributes.items()]) if attributes else name
    if name in VOID:
        return Markup(f"<{tag}>")
    inside = "".join([piece if type(piece) is Markup else _text(piece) for piece in content])
    return Markup(f"<{tag}>{inside}</{name}>")


def block(name: str, pieces: Iterable[str], /, **attributes: str | None) -> Markup:
    """Return the HTML of an element like :func:`element`, but with each child on its own line."""
    tag = name + "".join([_attribute(*pair) for pair in attributes.items()]) if attributes else name
    inside = "\n".join([piece if type(piece) is Markup else _text(piece) for piece in pieces])
    return Markup(f"<{tag}>\n{inside}\n</{name}>")


def start(name: str, /, **attributes: str | None) -> Markup:
    """Return only the start tag of an element; the attributes are as for :func:`element`."""
    return Markup(f"<{name}{''.join([_attribute(*pair) for pair in attributes.items()])}>")


@lru_cache(1024)
def _attribute(name: str, value: str | None) -> str:
    return "" if value is None else f' {name.rstrip("_").replace("_", "-")}="{escape(clean(value))}"'


def _text(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return clean(text)
