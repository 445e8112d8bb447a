"""XML as schedules are written in it: bytes to elements that know their line, safely and leniently.

What could harm the reader is refused: any document type, and with it every entity of a document's own, and
nesting beyond :data:`DEEPEST`. What only breaks the letter of XML 1.0 is read: blanks before the declaration,
prefixes that no namespace is declared for, and characters that XML forbids, which are left out. Namespaces
are not looked up: a prefix is cut off every name.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from textwrap import dedent
from typing import TYPE_CHECKING, Protocol

from summitcli.budgets import (
    ATTRIBUTES,
    ATTRIBUTES_PER_ELEMENT,
    ELEMENTS,
    Budget,
    Spending,
    overspent_xml,
    too_many,
)
from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import Findings
from summitcli.formats.xml_text import pieces
from summitcli.i18n import _

if TYPE_CHECKING:
    from xml.parsers.expat import ExpatError, XMLParserType

DEEPEST = 100
"""How many elements may stand inside each other; a schedule needs eight, and the HTML in its texts few."""

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

    __slots__ = ("_named", "attributes", "content", "line", "name")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:
        self.name = name
        self.line = line
        """Where it begins, counted from 1."""
        self.attributes = attributes
        self.content: list[Element | str] = []
        self._named: dict[str, list[Element]] | None = None
        """The elements directly inside by their names, once they were asked for."""

    def append(self, element: "Element") -> None:
        """Add an element to what it holds."""
        self.content.append(element)
        self._named = None

    def drop_last(self) -> None:
        """Forget the element that it holds last, and the text before that."""
        self.content.pop()
        self._named = None
        if self.content and isinstance(self.content[-1], str):
            self.content.pop()

    def children(self, name: str | None = None) -> "Sequence[Element]":
        """Return the elements directly inside, all or those of a name."""
        if name is None:
            return [piece for piece in self.content if not isinstance(piece, str)]
        return self._by_name().get(name, ())

    def _by_name(self) -> "dict[str, list[Element]]":
        named = self._named
        if named is None:
            named = self._named = {}
            for piece in self.content:
                if not isinstance(piece, str):
                    named.setdefault(piece.name, []).append(piece)
        return named

    def child(self, name: str) -> "Element | None":
        """The first element of a name directly inside."""
        return next(iter(self.children(name)), None)

    def within(self, name: str) -> "Iterator[Element]":
        """The elements of a name anywhere inside, in the document's order."""
        for piece in self.content:
            if not isinstance(piece, str):
                if piece.name == name:
                    yield piece
                if not piece.holds_text_alone:
                    yield from piece.within(name)

    @property
    def holds_text_alone(self) -> bool:
        """Whether there is one text inside and nothing else, or nothing at all."""
        content = self.content
        return not content or (len(content) == 1 and isinstance(content[0], str))

    def text(self) -> str:
        """All the text inside, also that of the elements inside, without blanks at its ends."""
        content = self.content
        if len(content) == 1 and isinstance(text := content[0], str):
            return text.strip()
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
        attributes, named = self.attributes, self._by_name()
        for name in names:
            if name in attributes and (said := attributes[name].strip()):
                return said
            for child in named.get(name, ()):
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
        if self.holds_text_alone:
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


def read_xml(
    data: bytes, name: str, findings: Findings, counted: Mapping[str, Budget] | None = None
) -> Element:
    """Return the outermost element of the document in ``data``; for what else see :func:`growing_tree`."""
    *_grown, root = growing_tree(data, name, findings, counted or {})
    return root


class Watcher(Protocol):
    """What is told of each element while a document is parsed, but for those inside of :attr:`whole`."""

    whole: str
    """The name of elements that are of interest as a whole."""

    def begin(self, element: Element) -> None:
        """Take note of an element that begins, of which nothing but its attributes is known."""
        ...

    def end(self, element: Element) -> bool:
        """Take note of an element that ends, and return whether it may leave the tree."""
        ...


def growing_tree(
    data: bytes, name: str, findings: Findings, counted: Mapping[str, Budget], watcher: Watcher | None = None
) -> Iterator[Element]:
    """Yield the outermost element of a document again and again, each time with more in it, then all of it.

    Args:
        data: the whole file.
        name: the source as the user knows it, for messages.
        findings: where it is noted that characters were left out.
        counted: what elements are counted as, by their names, beside that each is an element.
        watcher: what says which elements may leave the tree.

    Raises:
        InvalidSchedule: it is not well-formed, with the line and the column; it has a document type; it is
            nested too deeply; it is not written in the encoding that it declares; it holds more than
            :mod:`summitcli.budgets` allows.
    """
    if fault := overspent_xml(data):
        raise InvalidSchedule(name, [("", fault)])
    # Loaded for XML alone: telling that something is none is all that most schedules need of this module.
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DTDForbidden

    parser = _parser()
    builder = _Builder(parser, name, len(data), counted, watcher)
    try:
        for piece in pieces(data, name, findings):
            parser.Parse(piece, False)
            builder.spend()
            yield builder.root
        parser.Parse(b"", True)
    except ExpatError as error:
        place = error.lineno, error.offset + 1
        raise InvalidSchedule(name, [("", _not_well_formed(error))], place) from None
    except DTDForbidden:
        fault = _("it has a document type (<!DOCTYPE …>), which is not read, for safety; take it out")
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise InvalidSchedule(name, [("", fault)], place) from None
    except _TooDeep:
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    yield builder.root


def _parser() -> "XMLParserType":
    """Return a parser that raises DTDForbidden at a document type, before anything in it can do harm."""
    from defusedxml.expatreader import DefusedExpatParser

    defused = DefusedExpatParser(forbid_dtd=True)  # type: ignore[no-untyped-call]
    defused.reset()  # type: ignore[no-untyped-call]
    # Used as it is: what lies between it and the program takes a third of the time.
    parser: XMLParserType = defused._parser  # type: ignore[attr-defined]
    parser.buffer_text = True
    return parser


class _TooDeep(Exception):
    """More than :data:`DEEPEST` elements stand inside each other."""


class _Builder:
    """Makes elements of what the parser comes across."""

    def __init__(
        self,
        parser: "XMLParserType",
        name: str,
        size: int,
        counted: Mapping[str, Budget],
        watcher: Watcher | None,
    ) -> None:
        self.root = Element("", 1, {})
        self._parser = parser
        self._name = name
        self._size = size
        self._spending = Spending(name, size)
        self._elements = 0
        """How many began since they were counted last."""
        self._counted = counted
        self._watcher = watcher
        self._whole: Element | None = None
        """The element that is of interest as a whole, while it is open."""
        self._open: list[Element] = []
        self._text: list[str] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append

    def spend(self) -> None:
        """Count the elements that began since the last call.

        Raises:
            InvalidSchedule: there have been more than the file may hold.
        """
        self._spending.spend(ELEMENTS, self._elements)
        self._elements = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        around = self._open
        self._elements += 1
        if attributes:
            attributes = self._without_prefixes(attributes)
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self._counted:
            self._spending.spend(self._counted[name])
        element = Element(name, self._parser.CurrentLineNumber, attributes or _NO_ATTRIBUTES)
        text = self._text
        if around:
            if text:
                around[-1].content.append("".join(text))
            around[-1].append(element)
            if len(around) == DEEPEST:
                raise _TooDeep
        else:
            self.root = element
        text.clear()
        around.append(element)
        if self._watcher and not self._whole:
            if name == self._watcher.whole and element is not self.root:
                self._whole = element
            self._watcher.begin(element)

    def _without_prefixes(self, attributes: dict[str, str]) -> dict[str, str]:
        if len(attributes) > ATTRIBUTES_PER_ELEMENT.maximum:
            raise InvalidSchedule(self._name, [("", too_many(ATTRIBUTES_PER_ELEMENT, self._size))])
        self._spending.spend(ATTRIBUTES, len(attributes))
        return {key.rpartition(":")[2]: value for key, value in attributes.items()}

    def _end(self, name: str) -> None:  # noqa: ARG002
        """The element that began last ends."""
        element = self._open.pop()
        text = self._text
        if text:
            element.content.append("".join(text))
            text.clear()
        watcher = self._watcher
        if watcher and (self._whole is None or self._whole is element):
            self._whole = None
            if watcher.end(element) and self._open:
                self._open[-1].drop_last()


def _not_well_formed(error: "ExpatError") -> str:
    from xml.parsers.expat import ErrorString

    said = ErrorString(error.code)
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
    return fault.format(line=error.lineno, column=error.offset + 1, reason=reasons.get(said, said))


def _unindented(text: str) -> str:
    """A text without the indentation that all of its lines have, where it begins on a line of its own."""
    if not text.strip():
        return ""
    return dedent(text).strip("\r\n").rstrip() if text.lstrip(" \t\r")[:1] == "\n" else text
