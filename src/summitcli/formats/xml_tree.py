"""A safe XML parser for schedules that accepts small faults. Each element knows its line.

It refuses, for safety, document types (and so all custom entities) and elements nested deeper than
:data:`MAX_DEPTH`. It accepts, although XML 1.0 forbids it, white space before the declaration, namespace
prefixes that are not declared, and forbidden characters, which are left out. Namespaces are ignored: prefixes
are removed from all names.
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

MAX_DEPTH = 100
"""The deepest nesting of elements. A schedule needs eight levels, HTML in its texts a few more."""

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
"""The dict that all elements without attributes share. A dict for each would take a third of the memory."""


class Element:
    """An element: its name and attributes, without namespace prefixes, and its content in order."""

    __slots__ = ("_named", "attributes", "content", "line", "name")

    def __init__(self, name: str, line: int, attributes: dict[str, str]) -> None:
        self.name = name
        self.line = line
        """The line on which the element begins, counted from 1."""
        self.attributes = attributes
        self.content: list[Element | str] = []
        self._named: dict[str, list[Element]] | None = None
        """The child elements by name; None until they are needed."""

    def append(self, element: "Element") -> None:
        """Add a child element."""
        self.content.append(element)
        self._named = None

    def drop_last(self) -> None:
        """Remove the last child element, together with the text before it."""
        self.content.pop()
        self._named = None
        if self.content and isinstance(self.content[-1], str):
            self.content.pop()

    def children(self, name: str | None = None) -> "Sequence[Element]":
        """Return the child elements with this name; if ``name`` is None, all child elements."""
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
        """Return the first child element with this name; None if there is none."""
        return next(iter(self.children(name)), None)

    def descendants(self, name: str) -> "Iterator[Element]":
        """Yield the elements with this name in this element, at any depth, in the order of the document."""
        for piece in self.content:
            if not isinstance(piece, str):
                if piece.name == name:
                    yield piece
                if not piece.has_only_text:
                    yield from piece.descendants(name)

    @property
    def has_only_text(self) -> bool:
        """Return whether the element has no child elements."""
        content = self.content
        return not content or (len(content) == 1 and isinstance(content[0], str))

    def text(self) -> str:
        """Return the text of the element and of all elements in it, without outer white space."""
        content = self.content
        if len(content) == 1 and isinstance(text := content[0], str):
            return text.strip()
        return "".join(self._texts()).strip()

    def own_text(self) -> str:
        """Return the text directly in the element, not in its child elements, without outer white space."""
        return "".join(piece for piece in self.content if isinstance(piece, str)).strip()

    def _texts(self) -> Iterator[str]:
        for piece in self.content:
            if isinstance(piece, str):
                yield piece
            else:
                yield from piece._texts()

    def first_text(self, *names: str) -> str:
        """Return the first text that is not blank, of attributes or child elements; empty if there is none.

        Args:
            names: the names of the attributes or child elements, in the order in which they are tried.
        """
        attributes, named = self.attributes, self._by_name()
        for name in names:
            if name in attributes and (text := attributes[name].strip()):
                return text
            for child in named.get(name, ()):
                if text := child.text():
                    return text
        return ""

    def long_text(self, name: str) -> str:
        """Return the content of the first child element called ``name`` that is not blank, as HTML source.

        Elements in it (the text may be XHTML) are written as tags again. If the text begins on a new line,
        the indentation that all lines share is removed.
        """
        for child in self.children(name):
            if text := _unindented(child._inside()):
                return text
        return ""

    def _inside(self) -> str:
        if self.has_only_text:
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


class Watcher(Protocol):
    """An object that is told of the elements of a document while it is parsed.

    It is not told of elements within an element with the name :attr:`whole`.
    """

    whole: str
    """The name of the elements that are handled only when they end, together with everything in them."""

    def begin(self, element: Element) -> None:
        """Handle the beginning of an element. Its attributes are known, but not its content."""
        ...

    def end(self, element: Element) -> bool:
        """Handle the end of an element. Return whether to remove the element from the tree."""
        ...


def growing_tree(
    data: bytes, name: str, findings: Findings, counted: Mapping[str, Budget], watcher: Watcher | None = None
) -> Iterator[Element]:
    """Yield the root element again after each piece of the document. At the last time it is complete.

    Args:
        data: the whole file.
        name: the source's name, for messages.
        findings: collects the characters that were left out.
        counted: limits on the number of elements, by their name. All elements together have a limit, too.
        watcher: an object that is told of the elements, and decides which are removed from the tree.

    Raises:
        InvalidSchedule: the document is not well-formed (the error has the line and column), has a document
            type, is nested too deeply, can't be decoded, or is too large
            (:mod:`summitcli.budgets`).
    """
    if fault := overspent_xml(data):
        raise InvalidSchedule(name, [("", fault)])
    # Imported here, as schedules of other formats don't need it.
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DTDForbidden

    parser = safe_parser()
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
        fault = _("document types (<!DOCTYPE …>) are not allowed, for safety; remove it")
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        raise InvalidSchedule(name, [("", fault)], place) from None
    except _TooDeep:
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    yield builder.root


def safe_parser() -> "XMLParserType":
    """Return a parser that raises DTDForbidden at a document type, before it reads the declarations in it."""
    from defusedxml.expatreader import DefusedExpatParser

    defused = DefusedExpatParser(forbid_dtd=True)  # type: ignore[no-untyped-call]
    defused.reset()  # type: ignore[no-untyped-call]
    # Used directly, as the SAX layer around it takes a third of the time.
    parser: XMLParserType = defused._parser  # type: ignore[attr-defined]
    parser.buffer_text = True
    return parser


class _TooDeep(Exception):
    """The error that elements are nested deeper than :data:`MAX_DEPTH`."""


class _Builder:
    """A builder of the tree of elements. The parser calls its methods."""

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
        """The number of elements since the last call of :meth:`spend`."""
        self._counted = counted
        self._watcher = watcher
        self._whole: Element | None = None
        """The open element of which the watcher is told again only at its end; None if there is none."""
        self._open: list[Element] = []
        self._text: list[str] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append

    def spend(self) -> None:
        """Count the elements since the last call, to limit their number.

        Raises:
            InvalidSchedule: the document has more elements than allowed.
        """
        self._spending.spend(ELEMENTS, self._elements)
        self._elements = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        stack = self._open
        self._elements += 1
        if attributes:
            attributes = self._without_prefixes(attributes)
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in self._counted:
            self._spending.spend(self._counted[name])
        element = Element(name, self._parser.CurrentLineNumber, attributes or _NO_ATTRIBUTES)
        text = self._text
        if stack:
            if text:
                stack[-1].content.append("".join(text))
            stack[-1].append(element)
            if len(stack) == MAX_DEPTH:
                raise _TooDeep
        else:
            self.root = element
        text.clear()
        stack.append(element)
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
        """Handle the end of the innermost open element."""
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

    english = ErrorString(error.code)
    reasons = {
        "mismatched tag": _("mismatched end tag"),
        "no element found": _("the document ends too early"),
        "unclosed token": _("the document ends too early"),
        "unclosed CDATA section": _("the document ends too early"),
        "not well-formed (invalid token)": _("invalid character; write & as &amp; and < as &lt;"),
        "undefined entity": _("undefined entity; write the character itself"),
        "duplicate attribute": _("duplicate attribute"),
        "syntax error": _("syntax error"),
        "XML declaration not well-formed": _("invalid XML declaration"),
        "XML or text declaration not at start of entity": _("misplaced XML declaration"),
        "junk after document element": _("unexpected content after the end of the document"),
    }
    fault = _("not well-formed XML at line {line}, column {column}: {reason}")
    return fault.format(line=error.lineno, column=error.offset + 1, reason=reasons.get(english, english))


def _unindented(text: str) -> str:
    """Return ``text`` without the indentation that all lines share, if it begins on a new line."""
    if not text.strip():
        return ""
    return dedent(text).strip("\r\n").rstrip() if text.lstrip(" \t\r")[:1] == "\n" else text
