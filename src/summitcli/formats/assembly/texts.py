"""What the texts of a schedule are meant to say, where a program has encoded them once too often.

Ids are made of the texts as the source has them (:func:`summitcli.formats.assembly.prose.line`), so that they
stay what they are however well texts are read.
"""

import re
from collections.abc import Iterator
from html.entities import html5

from summitcli.formats.assembly import prose
from summitcli.formats.draft import Draft, Event
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


class Texts:
    """Reads the texts of one schedule.

    Args:
        draft: what the source says, as it says it.
        findings: where it is noted that something was undone.
    """

    def __init__(self, draft: Draft, findings: Findings) -> None:
        self._findings = findings
        self._event: Event | None = None
        self._allowance = prose.Allowance()
        self._doubled = _are_doubled(draft)
        if self._doubled:
            findings.add(DOUBLED)

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
        text = self._undoubled(text)
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

    def plain(self, text: str) -> str | None:
        """Return ``text`` of any length, HTML as Markdown; None where it is blank."""
        text = self._undoubled(text)
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

    def _undoubled(self, text: str) -> str:
        if not self._doubled or text.isascii():
            return text
        return _BEYOND_ASCII.sub(lambda run: _once(run[0]) or run[0], text)


def is_escaped(text: str) -> bool:
    """Return whether a text that is no HTML was escaped as if it were: each ``&`` in it begins an entity."""
    ampersands = text.count("&")
    return ampersands > 0 and ampersands == sum(
        found[1] is None or f"{found[1]};" in html5 for found in _ENTITY.finditer(text)
    )


def _are_doubled(draft: Draft) -> bool:
    """Return whether all that is not ASCII was encoded in UTF-8, taken for octets, and encoded again.

    Some programs put such texts together with others that are right. Where controls of Latin-1 prove that
    there are such texts, it is enough that all which could be of their kind are.
    """
    every = proven = others = False
    for text in _said(draft):
        for run in () if text.isascii() else _BEYOND_ASCII.findall(text):
            every = True
            if _once(run) is not None:
                proven |= _CONTROL.search(run) is not None
            elif max(run) <= _LAST_OCTET:
                return False
            else:
                others = True
    return every and (proven or not others)


def _said(draft: Draft) -> Iterator[str]:
    yield from (draft.title, draft.place, *draft.titles.values(), *draft.rooms)
    yield from (name for track in draft.tracks for name in (track.name, *track.names.values()))
    for event in draft.events:
        yield from (event.title, event.subtitle, event.abstract, event.description, event.room, event.track)
        yield from (event.type, *event.speakers, *event.titles.values())
        yield from (link.title for link in event.links)


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
