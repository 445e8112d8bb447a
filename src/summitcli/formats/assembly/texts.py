"""Undoing repeated encoding (``fÃ¼r`` for ``für``) and escaping (``&amp;``) in the texts of a schedule.

IDs are made from the source's own texts (:func:`summitcli.formats.assembly.prose.line`), so that they don't
change if this module is improved.
"""

import re
from collections.abc import Callable, Mapping
from html.entities import html5

from summitcli.formats.assembly import languages, prose
from summitcli.formats.draft import Event
from summitcli.formats.findings import Findings, Kind

ESCAPED = Kind(
    "{n} text with escaped characters such as &amp;, which were decoded",
    "{n} texts with escaped characters such as &amp;, which were decoded",
)
DOUBLE_ENCODED = Kind(
    "some texts were encoded in UTF-8 twice; this was undone",
    "some texts were encoded in UTF-8 twice; this was undone",
)

_EXCERPT_LENGTH = 60
"""The number of characters of a text that a finding quotes."""

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_BEYOND_ASCII = re.compile("[\x80-\U0010ffff]+")
_CONTROL = re.compile("[\x80-\x9f]")
_LAST_OCTET = "\xff"
_FORMATTING = frozenset({
    "a", "abbr", "b", "big", "center", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4",
    "h5", "h6", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "ul", "var",
})  # fmt: skip
_BREAKS = frozenset({"br", "hr", "wbr"})
_WINDOWS = {
    bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
"""The bytes that mean other characters in Windows-1252 than in Latin-1, such as ``{"€": 0x80}``."""
_OCTETS_ALONE = re.compile(rf"(?<![\x80-\U0010ffff])[\x80-\xff{''.join(_WINDOWS)}]++(?![\x80-\U0010ffff])")
"""The pattern of a run of characters beyond ASCII, all of which exist in Latin-1 or Windows-1252."""


class Texts:
    """A reader of the texts of one schedule. It undoes repeated encoding and escaping, and removes HTML.

    Args:
        double_encoded: True if all text beyond ASCII was encoded in UTF-8 twice.
        findings: collects a finding for each text with escapes that had to be undone.
        is_own: True if this program wrote the source. Then texts have no such escapes.
    """

    def __init__(self, double_encoded: bool, findings: Findings, is_own: bool = False) -> None:
        self._findings = findings
        self._event: Event | None = None
        self._budget = prose.HtmlBudget()
        self._double_encoded = double_encoded
        self._is_own = is_own

    @property
    def tags_removed(self) -> int:
        """Return the number of texts whose HTML tags were removed, not converted, to save time."""
        return self._budget.tags_removed

    def set_event(self, event: Event) -> None:
        """Set the event whose texts are read next. Findings about them show its place."""
        self._event = event

    def line(self, text: str, report: bool = True) -> str:
        """Return a short text, such as a title, on one line. The result may be empty.

        Tags for formatting such as ``<b>`` are removed. Others are kept, as in "The <script> tag considered
        harmful".

        Args:
            text: the text as the source has it.
            report: True to report a text with escapes; False if the same text is also read elsewhere.
        """
        if self._double_encoded:
            text = _decoded(text)
        if prose.is_simple(text):
            return text.strip()
        if "&" not in text and "<" not in text:
            return prose.line(text)
        html = _without_formatting(text)
        if html is None and "&lt;" in text:
            html = _without_formatting(prose.unescaped(text))
        if html is not None:
            text = prose.unescaped(html)
        elif self._is_escaped(text):
            if report:
                self._report_escapes(text)
            text = prose.unescaped(text)
        return prose.one_line(text)

    def versions(self, text: str, versions: Mapping[str, str], own: str) -> str | dict[str, str]:
        """Return a text for the model: a string, or for several languages a dict: ``{"en": "…", "zh": "…"}``.

        If no version is in the conference's language, return ``text``. If ``text`` is blank too, return the
        first version.

        Args:
            text: the text as the source has it, without a language.
            versions: the text by language, such as ``{"en": "…"}``, if the source has it in several.
            own: the conference's language.
        """
        return _versions(text, versions, own, self.line)

    def long_versions(self, text: str, versions: Mapping[str, str], own: str) -> str | dict[str, str]:
        """Return a long text for the model, with HTML converted to Markdown.

        The arguments and the result are as for :meth:`versions`: a string, or a dict for several languages.
        """
        return _versions(text, versions, own, lambda text: self.plain(text) or "")

    def plain(self, text: str) -> str | None:
        """Return a long text with its HTML converted to Markdown; None if it is blank."""
        if self._double_encoded:
            text = _decoded(text)
        if "&" in text and self._is_escaped(text) and not prose.is_html(prose.unescaped_html(text)):
            self._report_escapes(text)
            # An escaped tag in it is meant as text.
            return prose.cleaned_block(prose.unescaped(text))
        return prose.plain(text, self._budget)

    def _is_escaped(self, text: str) -> bool:
        return not self._is_own and is_escaped(text)

    def _report_escapes(self, text: str) -> None:
        """Add a finding that quotes the first entity, such as ``&amp;``, in ``text``."""
        event = self._event
        begin = max(0, text.index("&") - _EXCERPT_LENGTH // 2)
        shown = text[begin : begin + _EXCERPT_LENGTH].strip()
        self._findings.add(ESCAPED, event.where if event else "", event.line if event else None, shown)


class Encoding:
    """A detector of texts that were encoded in UTF-8 twice.

    For example, ``für`` was encoded in UTF-8, decoded as Latin-1 or Windows-1252, and encoded again:
    ``fÃ¼r``. If the source also has text that was encoded only once, such as correct Chinese, ``fÃ¼r`` alone
    is not enough. Then a text encoded twice must also contain a control character (U+0080 to U+009F), which
    nobody writes on purpose.
    """

    def __init__(self) -> None:
        self._any = self._proof = self._others = False
        self.is_right = False
        """True if a text has proved that texts were encoded only once. Then no more texts are needed."""

    def add(self, text: str) -> None:
        """Examine one more text for signs that texts were encoded only once, or twice."""
        if self.is_right or text.isascii():
            return
        self._any = True
        for run in (_OCTETS_ALONE if self._others else _BEYOND_ASCII).findall(text):
            if _decoded_run(run) is not None:
                self._proof |= _CONTROL.search(run) is not None
            elif max(run) <= _LAST_OCTET:
                self.is_right = True
                return
            else:
                self._others = True

    @property
    def is_double_encoded(self) -> bool:
        """Return whether the texts added so far were encoded in UTF-8 twice."""
        return not self.is_right and self._any and (self._proof or not self._others)


def _versions(
    text: str, versions: Mapping[str, str], own: str, read: Callable[[str], str]
) -> str | dict[str, str]:
    """Return a text for the model: a string, or for several languages a dict: ``{"en": "…", "zh": "…"}``.

    It is chosen as in :meth:`Texts.versions`.

    Args:
        text: the text as the source has it, without a language.
        versions: the text by language, if the source has it in several languages.
        own: the conference's language.
        read: a function that cleans a text. It is applied to each version.
    """
    text = read(text)
    if not versions:
        return text
    texts = {languages.tag(tag): read(version) for tag, version in versions.items()}
    known = {tag: version for tag, version in texts.items() if tag and version}
    in_own = known.get(own) or next(
        (known[tag] for tag in known if tag.partition("-")[0] == own.partition("-")[0]), None
    )
    if in_own is None:
        return text or next(iter(known.values()), "")
    others = {tag: version for tag, version in known.items() if tag != own}
    return {own: in_own, **others} if others else in_own


def is_escaped(text: str) -> bool:
    """Return whether a text without tags was HTML-escaped: it has ``&``, and each ``&`` begins an entity."""
    ampersands = text.count("&")
    return ampersands > 0 and ampersands == sum(
        found[1] is None or f"{found[1]};" in html5 for found in _ENTITY.finditer(text)
    )


def _decoded(text: str) -> str:
    """Undo the second encoding of characters that were encoded in UTF-8 twice: ``für`` for ``fÃ¼r``."""
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: _decoded_run(run[0]) or run[0], text)


def _decoded_run(run: str) -> str | None:
    """Return characters beyond ASCII with one encoding undone: ``ü`` for ``Ã¼``.

    Return None if the characters in ``run`` were not encoded in UTF-8 twice.
    """
    try:
        octets = bytes(_WINDOWS.get(character) or ord(character) for character in run)
        return octets.decode()
    except ValueError:
        # A character is not an octet, or the octets are not UTF-8.
        return None


def _without_formatting(text: str) -> str | None:
    """Return a text without its tags for formatting: ``big news`` for ``<b>big</b> news``.

    Return None if there is no tag to remove. A start tag and its end tag are removed only if there is text
    between them. A tag without an end tag, such as ``<br>``, is kept if it stands between two spaces.
    """
    opened: dict[str, list[re.Match[str]]] = {}
    left_out: list[re.Match[str]] = []
    for tag in prose.TAG.finditer(text):
        name = tag[2].lower()
        if name in _BREAKS and not (text[: tag.start()][-1:].isspace() and text[tag.end() :][:1].isspace()):
            left_out.append(tag)
        elif name in _FORMATTING and not tag[1]:
            opened.setdefault(name, []).append(tag)
        elif name in _FORMATTING and opened.get(name):
            begin = opened[name].pop()
            if text[begin.end() : tag.start()].strip():
                left_out += [begin, tag]
    if not left_out:
        return None
    pieces, end = [], 0
    for tag in sorted(left_out, key=lambda tag: tag.start()):
        pieces += [text[end : tag.start()], "\n" if tag[2].lower() in prose.ENDS_LINE else ""]
        end = tag.end()
    return "".join([*pieces, text[end:]])
