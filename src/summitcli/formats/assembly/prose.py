"""Texts of published schedules: HTML becomes Markdown, and what no text should hold is taken out.

Only what is HTML beyond doubt is treated as such: a tag of a known element, and where it is one that must be
closed, closed in the same text. So "a < b", "<3" and "vector<int>" stay as they are. Of entities in a text
without tags see :mod:`summitcli.formats.assembly.texts`.
"""

import html
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summitcli.budgets import MAX_HTML_TAGS

if TYPE_CHECKING:
    from markdownify import MarkdownConverter

_BROKEN = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?")
_BLANKS = re.compile(r"(?<!\s)(?:\s|&nbsp;){50,}")
"""White space of a length that means nothing in HTML and takes parsers minutes. It is only looked for from
its beginning, or every stretch that is a little shorter would be gone through from each of its blanks."""
_GAP = re.compile(r"\n{3,}")

_STANDING_ALONE = frozenset({"br", "hr", "img", "p", "li", "td", "th", "tr", "wbr"})
_ELEMENTS = _STANDING_ALONE | {
    "a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "center", "cite", "code", "dd",
    "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "html", "i", "ins", "kbd", "main", "mark", "ol", "pre", "q", "s", "samp",
    "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table",
    "tbody", "tfoot", "thead", "tt", "u", "ul", "var",
}  # fmt: skip
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(\s[^<>]*|/)?>")
_NO_CHARACTER = re.compile(r"&#(\d{8,}|[xX][0-9a-fA-F]{8,});?")
"""A reference to a character by a number that none has, and that may take long to read."""
_ESCAPED_TAG = re.compile(r"&lt;/?[A-Za-z]")
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_UNSEEN = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)
ENDS_LINE = frozenset({
    "br", "p", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol",
    "table", "hr",
})  # fmt: skip

MOST_TAGS = 5_000
"""In a text with more of them they are left out, instead of becoming Markdown."""
MOST_ITEMS = 500
"""Likewise of list items, since the converter counts those before each of a numbered list."""
LONGEST = 200_000
"""Likewise of characters."""
_ITEMS_AS_TAG = 200
"""How many items of a list the converter counts in the time that it takes for a tag."""
_CHARACTERS_AS_TAG = 200
"""How many characters it goes through in that time."""
_SHORT = 200
"""The most characters of a text whose line is remembered."""
_ITEM = re.compile(r"<li\b", re.IGNORECASE)


class Allowance:
    """How much HTML of one schedule may still become Markdown.

    Args:
        work: in tags.
    """

    def __init__(self, work: int = MAX_HTML_TAGS) -> None:
        self._left = work
        self.refused = 0
        """How many texts only lost their tags."""

    def allows(self, text: str) -> bool:
        """Return whether ``text`` may become Markdown, and count it."""
        tags, items = text.count("<"), len(_ITEM.findall(text))
        work = tags + items * items // _ITEMS_AS_TAG + len(text) // _CHARACTERS_AS_TAG
        if tags > MOST_TAGS or items > MOST_ITEMS or len(text) > LONGEST or work > self._left:
            self.refused += 1
            return False
        self._left -= work
        return True


def line(text: str) -> str:
    """Return ``text`` as the line that ids are made of: without tags, white space collapsed; may be empty.

    What is shown is read better, by :class:`summitcli.formats.assembly.texts.Texts`.
    """
    if is_simple(text):
        return text.strip()
    return _line(text) if len(text) <= _SHORT else _line.__wrapped__(text)


def is_simple(text: str) -> bool:
    """Return whether a text is a line already, but for blanks around it: all that can be seen, and no HTML.

    Nothing but a blank is both printable and white space.
    """
    return text.isprintable() and "<" not in text and "&" not in text and "  " not in text


@lru_cache(maxsize=1024)
def _line(text: str) -> str:
    """Return the line of a text; of names, rooms and tracks it is often asked again."""
    if "<" in text or "&lt;" in text:
        text = _without_tags(text)
    return one_line(text)


def one_line(text: str) -> str:
    """Return ``text`` mended and on one line."""
    return " ".join(_mended(text).split())


def _without_tags(text: str) -> str:
    """Return the text of a line."""
    text = as_html(text)
    return _stripped(text) if is_html(text) else text


def plain(text: str, allowance: Allowance | None = None) -> str | None:
    r"""Return ``text`` of any length, HTML as Markdown, each line ended by ``\n``; None where it is blank.

    Beyond ``allowance``, which is that of the whole schedule, and beyond what one text may hold, tags are
    only left out.
    """
    if not text:
        return None
    text = mended_block(text) or ""
    if "<" in text or "&lt;" in text:
        text = as_html(text)
        if is_html(text):
            lines = _mended(_markdown(text, allowance or Allowance())).split("\n")
            text = _GAP.sub("\n\n", "\n".join(map(str.rstrip, lines)))
    return text.strip() or None


def mended_block(text: str) -> str | None:
    r"""Return ``text`` as it is, with each line ended by ``\n``, without NUL; None where it is blank."""
    text = _mended(text)
    return (_NEWLINE.sub("\n", text) if "\r" in text else text).strip() or None


def first(texts: Iterable[str | None]) -> str | None:
    """The first that is not empty."""
    for text in texts:
        if text:
            return text
    return None


def _mended(text: str) -> str:
    """Without NUL, and what is no character as U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        # Faster than to look for halves of characters.
        text.encode()
    except UnicodeEncodeError:
        return _BROKEN.sub("\ufffd", text)
    return text


def as_html(text: str) -> str:
    """Return ``text``, unescaped where it is HTML that was escaped once too often."""
    if _ESCAPED_TAG.search(text) and not is_html(text):
        once = unescaped(text)
        return once if is_html(once) else text
    return text


def is_html(text: str) -> bool:
    """Return whether there is a tag in ``text`` that is one beyond doubt."""
    return any(_evident(tag, closed) for closed in [_closed(text)] for tag in TAG.finditer(text))


def _closed(text: str) -> frozenset[str]:
    """The elements that are closed somewhere in ``text``."""
    return frozenset(tag[2].lower() for tag in TAG.finditer(text) if tag[1])


def _evident(tag: re.Match[str], closed: frozenset[str]) -> bool:
    name = tag[2].lower()
    return name in _ELEMENTS and (name in _STANDING_ALONE or name in closed)


def _markdown(text: str, allowance: Allowance) -> str:
    """HTML as Markdown, without the backslashes that only a Markdown program would take away."""
    if not allowance.allows(text):
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
    for tag in TAG.finditer(text):
        if _evident(tag, closed):
            pieces += [_escaped(text[end : tag.start()]), f"<{tag[1]}{tag[2].lower()}{_attributes(tag)}>"]
            end = tag.end()
    return "".join([*pieces, _escaped(text[end:])])


def _attributes(tag: re.Match[str]) -> str:
    if not tag[3] or tag[1]:
        return ""
    found = _ATTRIBUTE.findall(tag[3])
    return "".join(
        f' {name.lower()}="{html.escape(unescaped(value.strip(chr(34) + chr(39))))}"' for name, value in found
    )


def _escaped(text: str) -> str:
    """Text between tags: its entities stay, and what looks like a tag and is none is escaped."""
    return _NO_CHARACTER.sub("\ufffd", text).replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Return ``text`` with each entity as what it stands for."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def _stripped(text: str) -> str:
    """HTML as text: tags left out, entities as what they stand for."""
    text = _seen(text)
    closed = _closed(text)

    def ended(tag: re.Match[str]) -> str:
        if not _evident(tag, closed):
            return tag[0]
        return "\n" if tag[2].lower() in ENDS_LINE else ""

    return unescaped(TAG.sub(ended, text))


def _seen(text: str) -> str:
    """Without comments, scripts and style sheets, each from its beginning to its end."""
    for opening, closing in _UNSEEN:
        seen, position = [], 0
        while (begin := opening.search(text, position)) and (end := closing.search(text, begin.end())):
            seen.append(text[position : begin.start()])
            position = end.end()
        text = "".join([*seen, text[position:]])
    return text
