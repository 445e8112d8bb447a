"""Cleaning the texts of published schedules: HTML becomes Markdown, invalid characters are removed.

A text is treated as HTML only if it has the tag of a known element, and its end tag, if
the element needs one. So "a < b", "<3" and "vector<int>" stay as they are. For entities (``&amp;``) in texts
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

_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?")
_LONG_BLANKS = re.compile(r"(?<!\s)(?:\s|&nbsp;){50,}")
"""The pattern of 50 or more blanks in a row. They mean nothing in HTML, but parsers take minutes for them.

The lookbehind keeps the search fast.
"""
_GAP = re.compile(r"\n{3,}")

_WITHOUT_END_TAG = frozenset({"br", "hr", "img", "p", "li", "td", "th", "tr", "wbr"})
_ELEMENTS = _WITHOUT_END_TAG | {
    "a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "center", "cite", "code", "dd",
    "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "html", "i", "ins", "kbd", "main", "mark", "ol", "pre", "q", "s", "samp",
    "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table",
    "tbody", "tfoot", "thead", "tt", "u", "ul", "var",
}  # fmt: skip
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(\s[^<>]*|/)?>")
_IMPOSSIBLE_REFERENCE = re.compile(r"&#(\d{8,}|[xX][0-9a-fA-F]{8,});?")
"""The pattern of references to characters beyond Unicode (``&#99999999;``), which are slow to parse."""
_ESCAPED_TAG = re.compile(r"&lt;/?[A-Za-z]")
_ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_INVISIBLE = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script\s*>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile(r"</style\s*>", re.IGNORECASE)),
)
ENDS_LINE = frozenset({
    "br", "p", "li", "tr", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol",
    "table", "hr",
})  # fmt: skip

MAX_TAGS = 5_000
"""The largest number of tags in a text that is converted to Markdown. If there are more, tags are removed."""
MAX_ITEMS = 500
"""The largest number of list items in a text that is converted. Long lists take quadratic time."""
MAX_CHARACTERS = 200_000
"""The largest length of a text that is converted to Markdown, in characters."""
_ITEMS_AS_TAG = 200
"""The number by which n² is divided: n list items take as long to convert as n² / 200 tags."""
_CHARACTERS_AS_TAG = 200
"""The number of characters that take as long to convert as one tag."""
_CACHED_CHARACTERS = 200
"""The length, in characters, above which :func:`line` does not cache its result for a text."""
_ITEM = re.compile(r"<li\b", re.IGNORECASE)


class HtmlBudget:
    """The limit on how much HTML of one schedule is converted to Markdown, because conversion is slow.

    Args:
        work: the amount of work allowed; the conversion of one tag counts as 1.
    """

    def __init__(self, work: int = MAX_HTML_TAGS) -> None:
        self._left = work
        self.tags_removed = 0
        """The number of texts whose tags were removed because the limit did not allow a conversion."""

    def spend(self, text: str) -> bool:
        """Return whether ``text`` may be converted; if so, subtract its work from the budget."""
        tags, items = text.count("<"), len(_ITEM.findall(text))
        work = tags + items * items // _ITEMS_AS_TAG + len(text) // _CHARACTERS_AS_TAG
        if tags > MAX_TAGS or items > MAX_ITEMS or len(text) > MAX_CHARACTERS or work > self._left:
            self.tags_removed += 1
            return False
        self._left -= work
        return True


def line(text: str) -> str:
    """Return ``text`` on one line and without HTML tags, to make IDs from. The result may be empty.

    A text that is shown to users is read by :class:`summitcli.formats.assembly.texts.Texts` instead.
    """
    if is_simple(text):
        return text.strip()
    return _line(text) if len(text) <= _CACHED_CHARACTERS else _line.__wrapped__(text)


def is_simple(text: str) -> bool:
    """Return whether a text needs no cleaning except removing the spaces around it.

    That is so if it is printable, without HTML, and without several spaces in a row.
    """
    return text.isprintable() and "<" not in text and "&" not in text and "  " not in text


@lru_cache(maxsize=1024)
def _line(text: str) -> str:
    """Return ``text`` on one line and without HTML tags.

    The result is cached, because names of rooms, tracks and people occur many times.
    """
    if "<" in text or "&lt;" in text:
        text = _without_tags(text)
    return one_line(text)


def one_line(text: str) -> str:
    """Return ``text`` on one line, without invalid characters."""
    return " ".join(_cleaned(text).split())


def _without_tags(text: str) -> str:
    """Return ``text`` without its tags if it is HTML.

    Escaped HTML (``&lt;b&gt;new&lt;/b&gt;``) is HTML too.
    """
    text = unescaped_html(text)
    return _stripped(text) if is_html(text) else text


def plain(text: str, budget: HtmlBudget | None = None) -> str | None:
    r"""Return a long text without invalid characters, with HTML converted to Markdown; None if it is blank.

    Line ends become ``\n``. If the text is too large or the budget is spent, HTML tags are only removed.

    Args:
        text: the text.
        budget: the limit on conversions for the schedule; None to convert in any case.
    """
    if not text:
        return None
    text = cleaned_block(text) or ""
    if "<" in text or "&lt;" in text:
        text = unescaped_html(text)
        if is_html(text):
            lines = _cleaned(_markdown(text, budget or HtmlBudget())).split("\n")
            text = _GAP.sub("\n\n", "\n".join(map(str.rstrip, lines)))
    return text.strip() or None


def cleaned_block(text: str) -> str | None:
    r"""Return ``text`` without invalid characters and with ``\n`` as line ends; None if it is blank."""
    text = _cleaned(text)
    return (_NEWLINE.sub("\n", text) if "\r" in text else text).strip() or None


def first(texts: Iterable[str | None]) -> str | None:
    """Return the first text that is not empty; None if there is none."""
    for text in texts:
        if text:
            return text
    return None


def _cleaned(text: str) -> str:
    """Return ``text`` without NUL characters, and with each lone surrogate replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        # Faster than searching for surrogates.
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def unescaped_html(text: str) -> str:
    """Return ``text`` unescaped if it is escaped HTML, such as ``&lt;b&gt;new&lt;/b&gt;``; else unchanged."""
    if _ESCAPED_TAG.search(text) and not is_html(text):
        once = unescaped(text)
        return once if is_html(once) else text
    return text


def is_html(text: str) -> bool:
    """Return whether ``text`` has a tag that is certainly HTML."""
    return any(_is_certain(tag, closed) for closed in [_closed_elements(text)] for tag in TAG.finditer(text))


def _closed_elements(text: str) -> frozenset[str]:
    """Return the names of the HTML elements that have an end tag in ``text``."""
    return frozenset(tag[2].lower() for tag in TAG.finditer(text) if tag[1])


def _is_certain(tag: re.Match[str], closed: frozenset[str]) -> bool:
    name = tag[2].lower()
    return name in _ELEMENTS and (name in _WITHOUT_END_TAG or name in closed)


def _markdown(text: str, budget: HtmlBudget) -> str:
    """Return HTML as Markdown.

    Characters are not escaped with backslashes, because users read the text as it is.
    """
    if not budget.spend(text):
        return _stripped(text)
    try:
        return str(_converter().convert(_sanitised(text)))
    # Elements nested too deeply, or any other error of the parser in untrusted HTML.
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


def _sanitised(text: str) -> str:
    """Return HTML that is safe to parse: tags of known elements are kept, everything else is escaped.

    Without this, parsers take minutes for thousands of tags without ``>``.
    """
    text = _LONG_BLANKS.sub(" ", _without_invisible(text))
    closed = _closed_elements(text)
    pieces = []
    end = 0
    for tag in TAG.finditer(text):
        if _is_certain(tag, closed):
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
    """Return ``text`` with ``<`` and ``>`` escaped; entities such as ``&amp;`` stay as they are.

    ``text`` is what stands between two tags.
    """
    return _IMPOSSIBLE_REFERENCE.sub("\ufffd", text).replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Return ``text`` with entities such as ``&amp;`` replaced by their characters."""
    return html.unescape(_IMPOSSIBLE_REFERENCE.sub("\ufffd", text))


def _stripped(text: str) -> str:
    """Return HTML as text: tags are removed, and entities such as ``&amp;`` replaced by their characters."""
    text = _without_invisible(text)
    closed = _closed_elements(text)

    def ended(tag: re.Match[str]) -> str:
        if not _is_certain(tag, closed):
            return tag[0]
        return "\n" if tag[2].lower() in ENDS_LINE else ""

    return unescaped(TAG.sub(ended, text))


def _without_invisible(text: str) -> str:
    """Return HTML without its comments, scripts and style sheets."""
    for opening, closing in _INVISIBLE:
        seen, position = [], 0
        while (begin := opening.search(text, position)) and (end := closing.search(text, begin.end())):
            seen.append(text[position : begin.start()])
            position = end.end()
        text = "".join([*seen, text[position:]])
    return text
