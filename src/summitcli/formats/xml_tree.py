"""XML as schedules are written in it: bytes to elements that know their line, safely and leniently.

What could harm the reader is refused: any document type, and with it every entity of a document's own, and
nesting beyond :data:`DEEPEST`. What only breaks the letter of XML 1.0 is read: blanks before the declaration,
prefixes that no namespace is declared for, and characters that XML forbids, which are left out. Namespaces
are not looked up: a prefix is cut off every name.
"""

import codecs
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from textwrap import dedent
from typing import TYPE_CHECKING
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from summitcli.budgets import (
    ATTRIBUTES,
    ATTRIBUTES_OF_ONE,
    ELEMENTS,
    Budget,
    Spending,
    overspent_xml,
    too_many,
)
from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import MOST, Findings, Kind
from summitcli.formats.places import lines_of, place_of
from summitcli.i18n import _
from summitcli.sources.charsets import SUPERSETS

if TYPE_CHECKING:
    from defusedxml.expatreader import DefusedExpatParser

FORBIDDEN = Kind(
    "{n} character that XML forbids was left out", "{n} characters that XML forbids were left out"
)

DEEPEST = 100
"""How many elements may stand inside each other; a schedule needs eight, and the HTML in its texts few."""

HEAD = 65536
"""How many bytes are searched for a document's first element, past its comments."""

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    # Before those of UTF-16, one of which begins it.
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_DECLARATION = re.compile(r"\s*<\?xml\s.*?\?>", re.DOTALL)

_ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|tis-620|gb18030|big5(hkscs)?|euc_jp|iso2022_jp"
)
"""Those that hold ASCII as it is, by Python's names. Python knows others that are not meant for documents,
and some of those take very long."""

_FIRST_ELEMENT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL
)
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The opposite of Char in XML 1.0, section 2.2."""
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&#(?:x([0-9A-Fa-f]+)|([0-9]+));", re.DOTALL
)
"""A reference to a character by its number, or something longer in which such a thing is none."""

_SHOWN = 12
"""How much of a reference is shown that stands for no character."""

_EMPTY_IN_HTML = {
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}


_NO_ATTRIBUTES: dict[str, str] = {}
"""Those of an element that has none, as most do: an object for each would take a third of its memory."""


class Element:
    """One element of a document: its name and attributes without prefixes, and what it holds, in order."""

    __slots__ = ("attributes", "content", "line", "name")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:
        self.name = name
        self.line = line
        """Where it begins, counted from 1."""
        self.attributes = attributes
        self.content: list[Element | str] = []

    def children(self, name: str | None = None) -> Iterator["Element"]:
        """The elements directly inside, all or those of a name."""
        for piece in self.content:
            if isinstance(piece, Element) and name in (None, piece.name):
                yield piece

    def child(self, name: str) -> "Element | None":
        """The first element of a name directly inside."""
        return next(self.children(name), None)

    def within(self, name: str) -> Iterator["Element"]:
        """The elements of a name anywhere inside, in the document's order."""
        for child in self.children():
            if child.name == name:
                yield child
            yield from child.within(name)

    def text(self) -> str:
        """All the text inside, also that of the elements inside, without blanks at its ends."""
        return "".join(self._texts()).strip()

    def own_text(self) -> str:
        """The text inside that is not within other elements, without blanks at its ends."""
        return "".join(piece for piece in self.content if isinstance(piece, str)).strip()

    def _texts(self) -> Iterator[str]:
        for piece in self.content:
            if isinstance(piece, str):
                yield piece
            else:
                yield from piece._texts()

    def said(self, *names: str) -> str:
        """What an attribute or an element directly inside says: the first of ``names`` that is not blank."""
        for name in names:
            if said := self.attributes.get(name, "").strip():
                return said
            for child in self.children(name):
                if said := child.text():
                    return said
        return ""

    def long_text(self, name: str) -> str:
        """The first text of a name directly inside that is not blank, as the source has it.

        Elements inside it, as of XHTML, are written as HTML. The indentation that a program gave to a text
        on lines of its own is taken away.
        """
        for child in self.children(name):
            if text := _unindented(child._inside()):
                return text
        return ""

    def _inside(self) -> str:
        if not any(self.children()):
            return "".join(self._texts())
        return "".join(
            escape(piece, quote=False) if isinstance(piece, str) else piece._html() for piece in self.content
        )

    def _html(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        inside = "".join(
            escape(piece, quote=False) if isinstance(piece, str) else piece._html() for piece in self.content
        )
        name = self.name
        if name in _EMPTY_IN_HTML and not inside:
            return f"<{name}{attributes}>"
        return f"<{name}{attributes}>{inside}</{name}>"


def first_element(data: bytes) -> str:
    """The name of the outermost element, without its prefix, at a glance; empty where ``data`` is no XML."""
    head = data[:HEAD]
    try:
        text = head.decode(_encoding(head), "replace")
    except LookupError:
        text = head.decode("ascii", "replace")
    found = _FIRST_ELEMENT.match(text.removeprefix("\ufeff"))
    return found[1] if found else ""


def read_xml(
    data: bytes, name: str, findings: Findings, counted: Mapping[str, Budget] | None = None
) -> Element:
    """The outermost element of the document in ``data``.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.
        findings: where it is noted that characters were left out.
        counted: what elements are counted as, by their names, beside that each is an element.

    Raises:
        InvalidSchedule: it is not well-formed, with the line and the column; it has a document type; it is
            nested too deeply; it is not written in the encoding that it declares; it holds more than
            :mod:`summitcli.budgets` allows.
    """
    if fault := overspent_xml(data):
        raise InvalidSchedule(name, [("", fault)])
    text = _without_forbidden(_decoded(data, name), findings)
    # What the declaration says is known by now. Blanks in its place keep lines and columns, and where blanks
    # stand before it, it would be no declaration.
    if declaration := _DECLARATION.match(text):
        text = re.sub(r"[^\r\n]", " ", declaration[0]) + text[declaration.end() :]
    # Loaded for XML alone: telling that something is none is all that most schedules need of this module.
    from defusedxml.common import DTDForbidden
    from defusedxml.expatreader import DefusedExpatParser

    parser = DefusedExpatParser(forbid_dtd=True)  # type: ignore[no-untyped-call]
    builder = _Builder(parser, name, len(data), counted or {})
    parser.setContentHandler(builder)
    try:
        parser.feed(text)
        parser.close()
    except SAXParseException as error:
        place = error.getLineNumber() or 1, (error.getColumnNumber() or 0) + 1
        raise InvalidSchedule(name, [("", _not_well_formed(error))], place) from None
    except DTDForbidden:
        fault = _("it has a document type (<!DOCTYPE …>), which is not read, for safety; take it out")
        place = parser.getLineNumber(), (parser.getColumnNumber() or 0) + 1
        raise InvalidSchedule(name, [("", fault)], place) from None
    except _TooDeep:
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    return builder.root


class _TooDeep(Exception):
    """More than :data:`DEEPEST` elements stand inside each other."""


class _Builder(ContentHandler):
    """Makes elements of what the parser comes across."""

    def __init__(
        self, parser: "DefusedExpatParser", name: str, size: int, counted: Mapping[str, Budget]
    ) -> None:
        super().__init__()
        self._parser = parser
        self._name = name
        self._size = size
        self._spending = Spending(name, size)
        self._counted = counted
        self._open: list[Element] = []
        self._text: list[str] = []
        self.root = Element("", 1, {})

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """An element begins."""
        self._end_text()
        self._spending.spend(ELEMENTS)
        if attrs:
            self._count(len(attrs))
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()} or _NO_ATTRIBUTES
        local = name.rpartition(":")[2]
        if budget := self._counted.get(local):
            self._spending.spend(budget)
        element = Element(local, self._parser.getLineNumber(), attributes)
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element
        self._open.append(element)
        if len(self._open) > DEEPEST:
            raise _TooDeep

    def _count(self, attributes: int) -> None:
        if attributes > ATTRIBUTES_OF_ONE.most:
            raise InvalidSchedule(self._name, [("", too_many(ATTRIBUTES_OF_ONE, self._size))])
        self._spending.spend(ATTRIBUTES, attributes)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002
        """The element that began last ends."""
        self._end_text()
        self._open.pop()

    def characters(self, content: str) -> None:
        """Some of the text of the element that began last."""
        self._text.append(content)

    def _end_text(self) -> None:
        if self._text and self._open:
            self._open[-1].content.append("".join(self._text))
        self._text.clear()


def _decoded(data: bytes, name: str) -> str:
    """The text of a document, without its byte order mark.

    A character that is cut off at the very end is left out: that the document ends too early is said better
    by the parser.
    """
    try:
        encoding = _encoding(data)
    except LookupError as error:
        fault = _('its encoding "{encoding}" is not known; write it in UTF-8').format(encoding=error)
        raise InvalidSchedule(name, [("", fault)]) from None
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace").removeprefix("\ufeff")
        place = place_of(before, len(before))
        fault = _("it is not {encoding} text at line {line}, column {column}")
        fault = fault.format(encoding=encoding.upper(), line=place.line, column=place.column)
        raise InvalidSchedule(name, [("", fault)], place) from None


def _encoding(data: bytes) -> str:
    """What a document is written in: as its first bytes show, else as it declares (XML 1.0, appendix F).

    Raises:
        LookupError: it declares an encoding that is not known; ``str()`` is its name.
    """
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return encoding
    if data[:2] in (b"<\0", b"\0<"):
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    said = declared[1].decode()
    try:
        known = codecs.lookup(said).name
    except LookupError:
        raise LookupError(said) from None
    known = SUPERSETS.get(known, known)
    if known.startswith(("utf-16", "utf-32")):
        # It could not be read this far if that were so.
        return "utf-8"
    if not _ENCODINGS.fullmatch(known):
        raise LookupError(said)
    return known


def _without_forbidden(text: str, findings: Findings) -> str:
    """``text`` without the characters that XML forbids, written as they are or by number."""
    without, number = _NO_CHARACTER.subn("", text)
    if number:
        _note_forbidden(text, list(islice(_NO_CHARACTER.finditer(text), MOST)), number, findings)
        text = without
    if "&#" in text and (odd := [found for found in _REFERENCE.finditer(text) if _is_odd(found)]):
        _note_forbidden(text, odd[:MOST], len(odd), findings)
        text = _REFERENCE.sub(lambda found: "" if _is_odd(found) else found[0], text)
    return text


def _note_forbidden(text: str, found: Sequence[re.Match[str]], number: int, findings: Findings) -> None:
    """Note the first of ``number`` characters or references with their lines, and how many more there are."""
    for match, line in zip(found, lines_of(text, map(re.Match.start, found)), strict=True):
        shown = match[0][:_SHOWN] if match[0].startswith("&") else f"U+{ord(match[0]):04X}"
        findings.add(FORBIDDEN, line=line, value=shown)
    if number > len(found):
        findings.add(FORBIDDEN, n=number - len(found))


def _is_odd(reference: re.Match[str]) -> bool:
    """Whether a match of :data:`_REFERENCE` is a number that stands for no character that XML allows."""
    hexadecimal, decimal = reference.groups()
    if not (hexadecimal or decimal):
        return False
    digits = (hexadecimal or decimal).lstrip("0") or "0"
    if len(digits) > len(str(sys.maxunicode)):
        return True
    code = int(digits, 16 if hexadecimal else 10)
    return code > sys.maxunicode or _NO_CHARACTER.match(chr(code)) is not None


def _not_well_formed(error: SAXParseException) -> str:
    line, column = error.getLineNumber(), error.getColumnNumber()
    said = error.getMessage()
    reasons = {
        "mismatched tag": _("a tag ends here that did not begin here"),
        "no element found": _("it ends too early"),
        "unclosed token": _("it ends too early"),
        "unclosed CDATA section": _("it ends too early"),
        "not well-formed (invalid token)": _("a character has no place here; write & as &amp; and < as &lt;"),
        "undefined entity": _("a name between & and ; is not known; write the character itself"),
        "duplicate attribute": _("an attribute is there twice"),
        "junk after document element": _("there is more after the end of the document"),
    }
    fault = _("it is not well-formed XML at line {line}, column {column}: {reason}")
    return fault.format(line=line, column=(column or 0) + 1, reason=reasons.get(said, said))


def _unindented(text: str) -> str:
    """A text without the indentation that all of its lines have, where it begins on a line of its own."""
    if not text.strip():
        return ""
    return dedent(text).strip("\r\n").rstrip() if text.lstrip(" \t\r")[:1] == "\n" else text
