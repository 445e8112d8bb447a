"""Texts of published schedules: HTML becomes Markdown, and what no text should hold is taken out.

Only what is HTML beyond doubt is treated as such: a tag of a known element, and where it is one that must be
closed, closed in the same text. So "a < b", "<3" and "vector<int>" stay as they are, and so do entities in a
text without tags.
"""

import html
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdownify import MarkdownConverter

_BROKEN = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?")
_BLANKS = re.compile(r"(?:\s|&nbsp;){50,}")
"""White space of a length that means nothing in HTML and takes parsers minutes."""
_GAP = re.compile(r"\n{3,}")

_STANDING_ALONE = frozenset({"br", "hr", "img", "p", "li", "td", "th", "tr", "wbr"})
_ELEMENTS = _STANDING_ALONE | {
    "a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "center", "cite", "code", "dd",
    "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "html", "i", "ins", "kbd", "main", "mark", "ol", "pre", "q", "s", "samp",
    "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table",
    "tbody", "tfoot", "thead", "tt", "u", "ul", "var",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(\s[^<>]*|/)?>")
_NO_CHARACTER = re.compile(r"&#(\d{8,}|[xX][0-9a-fA-F]{8,});?")
"""A reference to a character by a number that none has, and that may take long to read."""
_ESCAPED_TAG = re.compile(r"&lt;/?[A-Za-z]")
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_UNSEEN = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)
_ENDS_LINE = frozenset({
    "br", "p", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol",
    "table", "hr",
})  # fmt: skip

MOST_TAGS = 5_000
"""In a text with more of them they are left out, instead of becoming Markdown."""


def line(text: str) -> str:
    """``text`` as one line, such as a title: without tags, white space collapsed; may be empty."""
    if "<" in text or "&lt;" in text:
        text = _as_html(text)
        if _is_html(text):
            text = _stripped(text)
    return " ".join(_mended(text).split())


def plain(text: str) -> str | None:
    r"""``text`` of any length, HTML as Markdown, each line ended by ``\n``; None where it is blank."""
    text = _NEWLINE.sub("\n", _mended(text))
    if "<" in text or "&lt;" in text:
        text = _as_html(text)
        if _is_html(text):
            lines = _mended(_markdown(text)).split("\n")
            text = _GAP.sub("\n\n", "\n".join(map(str.rstrip, lines)))
    return text.strip() or None


def first(texts: Iterable[str | None]) -> str | None:
    """The first that is not empty."""
    return next((text for text in texts if text), None)


def _mended(text: str) -> str:
    """Without NUL, and what is no character as U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else _BROKEN.sub("\ufffd", text)


def _as_html(text: str) -> str:
    """``text``, unescaped where it is HTML that was escaped once too often."""
    if _ESCAPED_TAG.search(text) and not _is_html(text):
        unescaped = _unescaped(text)
        return unescaped if _is_html(unescaped) else text
    return text


def _is_html(text: str) -> bool:
    return any(_evident(tag, closed) for closed in [_closed(text)] for tag in _TAG.finditer(text))


def _closed(text: str) -> frozenset[str]:
    """The elements that are closed somewhere in ``text``."""
    return frozenset(tag[2].lower() for tag in _TAG.finditer(text) if tag[1])


def _evident(tag: re.Match[str], closed: frozenset[str]) -> bool:
    name = tag[2].lower()
    return name in _ELEMENTS and (name in _STANDING_ALONE or name in closed)


def _markdown(text: str) -> str:
    """HTML as Markdown, without the backslashes that only a Markdown program would take away."""
    if text.count("<") > MOST_TAGS:
        return _stripped(text)
    try:
        return str(_converter().convert(_tidy(text)))
    # Elements nested too deeply, and whatever else a parser of HTML meets in the texts of strangers.
    except Exception:
        return _stripped(text)


@cache
def _converter() -> "MarkdownConverter":
    from markdownify import MarkdownConverter

    return MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )


def _tidy(text: str) -> str:
    """HTML of which a parser sees nothing but tags of known elements, complete and with quoted attributes.

    Parsers take minutes for some thousands of tags that are begun and never ended.
    """
    text = _BLANKS.sub(" ", _seen(text))
    closed = _closed(text)
    pieces = []
    end = 0
    for tag in _TAG.finditer(text):
        if _evident(tag, closed):
            pieces += [_escaped(text[end : tag.start()]), f"<{tag[1]}{tag[2].lower()}{_attributes(tag)}>"]
            end = tag.end()
    return "".join([*pieces, _escaped(text[end:])])


def _attributes(tag: re.Match[str]) -> str:
    if not tag[3] or tag[1]:
        return ""
    found = _ATTRIBUTE.findall(tag[3])
    return "".join(
        f' {name.lower()}="{html.escape(_unescaped(value.strip(chr(34) + chr(39))))}"'
        for name, value in found
    )


def _escaped(text: str) -> str:
    """Text between tags: its entities stay, and what looks like a tag and is none is escaped."""
    return _NO_CHARACTER.sub("\ufffd", text).replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    """With each entity as what it stands for."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def _stripped(text: str) -> str:
    """HTML as text: tags left out, entities as what they stand for."""
    text = _seen(text)
    closed = _closed(text)

    def ended(tag: re.Match[str]) -> str:
        if not _evident(tag, closed):
            return tag[0]
        return "\n" if tag[2].lower() in _ENDS_LINE else ""

    return _unescaped(_TAG.sub(ended, text))


def _seen(text: str) -> str:
    """Without comments, scripts and style sheets, each from its beginning to its end."""
    for opening, closing in _UNSEEN:
        seen, position = [], 0
        while (begin := opening.search(text, position)) and (end := closing.search(text, begin.end())):
            seen.append(text[position : begin.start()])
            position = end.end()
        text = "".join([*seen, text[position:]])
    return text
