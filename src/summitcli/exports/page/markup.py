"""HTML (the living standard) from text: whatever is not marked up by this module is escaped."""

from html import escape

from summitcli.exports.calendar.content import clean

VOID = ("meta", "br")
"""The elements that have neither content nor an end tag."""


class Markup(str):
    """Text that is HTML already."""


def element(name: str, /, *content: str, **attributes: str | None) -> Markup:
    """An element with its content; what is not :class:`Markup` is text.

    Args:
        name: of the element.
        content: what is in it.
        attributes: by name, in which ``_`` stands for a hyphen and none at the end; None leaves one out.
    """
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    tag = "".join(f' {key}="{escape(clean(value))}"' for key, value in pairs if value is not None)
    if name in VOID:
        return Markup(f"<{name}{tag}>")
    return Markup(f"<{name}{tag}>{joined(content)}</{name}>")


def joined(pieces: "tuple[str, ...] | list[str]", between: str = "") -> Markup:
    """Pieces one after the other; what is not :class:`Markup` is text."""
    return Markup(
        between.join(
            piece if isinstance(piece, Markup) else escape(clean(piece), quote=False) for piece in pieces
        )
    )
