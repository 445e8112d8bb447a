"""What the texts of a schedule are meant to say, where a program has encoded them once too often.

Ids are made of the texts as the source has them (:func:`summitcli.formats.assembly.prose.line`), so that they
stay what they are however well texts are read.
"""

import re
from collections.abc import Mapping
from html.entities import html5

from summitcli.formats.assembly import languages, prose
from summitcli.formats.draft import Event
from summitcli.formats.findings import Findings, Kind

ESCAPED = Kind(
    "{n} text with escaped characters, such as &amp;, which are read as what they stand for",
    "{n} texts with escaped characters, such as &amp;, which are read as what they stand for",
)
DOUBLED = Kind(
    "some texts are encoded in UTF-8 twice, which is undone",
    "some texts are encoded in UTF-8 twice, which is undone",
)

_SHOWN = 60
"""How many characters of an odd text a finding shows."""

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
"""What Windows-1252 has where Latin-1 has controls."""
_OCTETS_ALONE = re.compile(rf"(?<![\x80-\U0010ffff])[\x80-\xff{''.join(_WINDOWS)}]++(?![\x80-\U0010ffff])")
"""All characters beyond ASCII on end, if each may stand for an octet."""


class Texts:
    """Reads the texts of one schedule.

    Args:
        doubled: whether all that is not ASCII in them was encoded twice.
        findings: where it is noted that a text was escaped.
    """

    def __init__(self, doubled: bool, findings: Findings) -> None:
        self._findings = findings
        self._event: Event | None = None
        self._allowance = prose.Allowance()
        self._doubled = doubled

    @property
    def refused(self) -> int:
        """How many texts in HTML only lost their tags."""
        return self._allowance.refused

    def of(self, event: Event) -> None:
        """Have what is found from now on be of ``event``."""
        self._event = event

    def line(self, text: str, told: bool = True) -> str:
        """Return ``text`` on one line, such as a title; may be empty.

        Tags that format are left out, others are what it is about: "The <br> tag considered harmful".

        Args:
            text: as the source has it.
            told: whether it is noted that it was escaped; else that is done where it is read again.
        """
        if self._doubled:
            text = _undoubled(text)
        if prose.is_simple(text):
            return text.strip()
        if "&" not in text and "<" not in text:
            return prose.line(text)
        html = _without_formatting(text)
        if html is None and "&lt;" in text:
            html = _without_formatting(prose.unescaped(text))
        if html is not None:
            text = prose.unescaped(html)
        elif is_escaped(text):
            text = self._noted(text) if told else prose.unescaped(text)
        return prose.one_line(text)

    def versions(self, text: str, versions: Mapping[str, str], own: str) -> str | dict[str, str]:
        """Return a text in the conference's language, and where that is among them, in others.

        Args:
            text: as the source has it.
            versions: by language tag, where the source gives it in several.
            own: the conference's language.
        """
        text = self.line(text)
        if not versions:
            return text
        told = {languages.tag(tag): self.line(version) for tag, version in versions.items()}
        known = {tag: version for tag, version in told.items() if tag and version}
        in_own = known.get(own) or next(
            (known[tag] for tag in known if tag.partition("-")[0] == own.partition("-")[0]), None
        )
        if in_own is None:
            return text or next(iter(known.values()), "")
        others = {tag: version for tag, version in known.items() if tag != own}
        return {own: in_own, **others} if others else in_own

    def plain(self, text: str) -> str | None:
        """Return ``text`` of any length, HTML as Markdown; None where it is blank."""
        if self._doubled:
            text = _undoubled(text)
        if "&" in text and is_escaped(text) and not prose.is_html(prose.as_html(text)):
            text = self._noted(text)
            # What was a tag in so many words is none.
            return prose.mended_block(text)
        return prose.plain(text, self._allowance)

    def _noted(self, text: str) -> str:
        """Return ``text`` unescaped, which is noted with the first that is escaped in it."""
        event = self._event
        begin = max(0, text.index("&") - _SHOWN // 2)
        shown = text[begin : begin + _SHOWN].strip()
        self._findings.add(ESCAPED, event.where if event else "", event.line if event else None, shown)
        return prose.unescaped(text)


class Encoding:
    """Tells whether all that is not ASCII was encoded in UTF-8, taken for octets, and encoded again.

    Some programs put such texts together with others that are right. Where controls of Latin-1 prove that
    there are such texts, it is enough that all which could be of their kind are.
    """

    def __init__(self) -> None:
        self._every = self._proven = self._others = False
        self.is_right = False
        """True if some texts are as they should be, so that all are; no more need be seen."""

    def see(self, text: str) -> None:
        """Take another text into account."""
        if self.is_right or text.isascii():
            return
        self._every = True
        for run in (_OCTETS_ALONE if self._others else _BEYOND_ASCII).findall(text):
            if _once(run) is not None:
                self._proven |= _CONTROL.search(run) is not None
            elif max(run) <= _LAST_OCTET:
                self.is_right = True
                return
            else:
                self._others = True

    @property
    def is_doubled(self) -> bool:
        """True if it was, in all texts so far."""
        return not self.is_right and self._every and (self._proven or not self._others)


def is_escaped(text: str) -> bool:
    """Return whether a text that is no HTML was escaped as if it were: each ``&`` in it begins an entity."""
    ampersands = text.count("&")
    return ampersands > 0 and ampersands == sum(
        found[1] is None or f"{found[1]};" in html5 for found in _ENTITY.finditer(text)
    )


def _undoubled(text: str) -> str:
    """Return a text of which each run that was encoded twice is what it was."""
    return text if text.isascii() else _BEYOND_ASCII.sub(lambda run: _once(run[0]) or run[0], text)


def _once(run: str) -> str | None:
    """Return what characters beyond ASCII are that were encoded twice; None where they were not."""
    try:
        octets = bytes(_WINDOWS.get(character) or ord(character) for character in run)
        return octets.decode()
    except ValueError:
        # A character is no octet, or together they are no UTF-8.
        return None


def _without_formatting(text: str) -> str | None:
    """Return a line of HTML without the tags that format it; None where there are none.

    Such tags come in pairs with something between them, or stand for a break between two words.
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
