"""Rules for XML documents: the types in which the rules of a format are written, and the validator.

The rules of a format are a table of elements, such as that in
:mod:`summitcli.validation.strict.schedule_xml`. The document is parsed once. Only the elements whose end has
not been read are in memory.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from summitcli import progress
from summitcli.formats.places import Place
from summitcli.i18n import _
from summitcli.validation.strict.faults import Fault, shortened
from summitcli.validation.strict.shapes import Shape

XSI = "http://www.w3.org/2001/XMLSchema-instance"
HINTS = {f"{XSI} schemaLocation", f"{XSI} noNamespaceSchemaLocation"}
"""The attributes that refer to a schema. They are allowed in every element."""

MAX_ELEMENTS = 750_000
"""The number of elements after which checking stops.

Published files have at most one per 50 bytes. So the largest that we read, of 20 MB, have 420,000; a
malicious file can have seven times as many.
"""

_PIECE = 2**16
_BLANKS = " \t\r\n"


class Attribute(NamedTuple):
    """A rule for an attribute.

    If ``unique``, attributes of this name must have different values in the whole document.
    """

    shape: Shape
    required: bool = False
    unique: bool = False


class Element(NamedTuple):
    """A rule for an element, which has either a text or child elements."""

    text: Shape | None = None
    """The form of the text; None for an element with child elements."""
    attributes: Mapping[str, Attribute] = {}
    children: Mapping[str, "Child"] = {}
    in_order: bool = False
    """True if the child elements must be in the order of ``children``."""
    unique: bool = False
    """True if elements of this name must have different texts in the whole document."""
    any_attribute: bool = False
    """True if attributes that are not in ``attributes`` are allowed."""
    counted: bool = False
    """True if the number of these elements is shown as the progress of the validation."""


class Child(NamedTuple):
    """A rule for a child element: it must occur ``least`` to ``most`` times.

    ``most`` is None for no limit.
    """

    element: Element
    least: int = 0
    most: int | None = 1


def once(element: Element) -> Child:
    """Return the rule for a child element that must occur exactly once."""
    return Child(element, least=1)


def maybe(element: Element) -> Child:
    """Return the rule for a child element that may occur once or not at all."""
    return Child(element)


def many(element: Element, least: int = 0) -> Child:
    """Return the rule for a child element that must occur at least ``least`` times."""
    return Child(element, least, None)


def check(data: bytes, name: str, root: Element) -> Iterator[Fault]:
    """Yield the faults of a document. Stop at the first syntax error.

    Args:
        data: the document.
        name: the required name of the root element.
        root: the rule for the root element.
    """
    validator = _Validator(name, root)
    for piece, last in _pieces(data):
        end = _end_in(validator.parser, piece, last)
        yield from validator.take_faults()
        if end:
            yield end
            return


def syntax_error(data: bytes) -> Fault | None:
    """Return the fault that makes it impossible to parse ``data``, such as bad syntax or a DTD.

    Return None if there is no such fault.
    """
    parser = _parser()
    ends = (_end_in(parser, piece, last) for piece, last in _pieces(data))
    return next(filter(None, ends), None)


def root_name(data: bytes) -> str | None:
    """Return the name of the root element of a document; None if there is none.

    If the element has a namespace, the result is the namespace, a space, and the name.
    """
    names: list[str] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    for piece, last in _pieces(data):
        if _end_in(parser, piece, last) or names:
            break
    return names[0] if names else None


def _pieces(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Yield the pieces of the document, each with True if it is the last one, else False."""
    for start in range(0, len(data) + 1, _PIECE):
        yield data[start : start + _PIECE], start + _PIECE > len(data)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise _DoctypeFound(_here(parser))

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _end_in(parser: expat.XMLParserType, piece: bytes, last: bool) -> Fault | None:
    """Parse ``piece``, the next part of a document; return the fault that ends parsing, else None."""
    try:
        parser.Parse(piece, last)
    except expat.ExpatError as error:
        return Fault("", _("not well-formed XML"), place=Place(error.lineno, error.offset + 1))
    except (LookupError, ValueError):
        # The encoding is unknown, or a multi-byte one that expat can't decode.
        return Fault("", _("unknown or unsupported encoding"), place=Place(1, 1))
    except _DoctypeFound as found:
        return Fault("", _("document types (DTD) are not allowed"), place=found.place)
    except _TooManyElements as found:
        sentence = _("more than {n} elements; the rest was not checked")
        return Fault("", sentence.format(n=f"{MAX_ELEMENTS:,}"), place=found.place)
    return None


def _here(parser: expat.XMLParserType) -> Place:
    return Place(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)


class _Stop(Exception):
    """An error that ends parsing, at the place ``place`` in the document."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__()


class _DoctypeFound(_Stop):
    """The error that the document has a document type (DTD), which could define entities."""


class _TooManyElements(_Stop):
    """The error that the document has more than :data:`MAX_ELEMENTS` elements."""


class _OpenElement:
    """An element whose start tag has been read, but not its end tag."""

    def __init__(self, element: Element, path: str, place: Place) -> None:
        self.element = element
        self.path = path
        self.place = place
        self.counts: Counter[str] = Counter()
        self.order = list(element.children) if element.in_order else []
        self.latest = 0
        self.text: list[str] = []


class _Validator:
    """A parser that checks a document by the rule for its root element, and collects the faults."""

    def __init__(self, name: str, root: Element) -> None:
        self._open = [_OpenElement(Element(children={name: once(root)}), "", Place(1, 1))]
        self._elements = 0
        self._unknown = 0
        """The number of open elements that no rule knows, or that are within such an element.

        Their content is not checked.
        """
        self._meanings: dict[tuple[str, Hashable], str] = {}
        """The path at which each unique value was first found.

        A key is the name of the element or attribute, and the value in a form that is equal for all texts
        with the same meaning, such as ``7`` and ``07``.
        """
        self._found: list[Fault] = []
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def take_faults(self) -> list[Fault]:
        """Return the faults that have been found since the last call."""
        taken, self._found = self._found, []
        return taken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise _TooManyElements(_here(self.parser))
        parent = self._open[-1]
        child = None if self._unknown else parent.element.children.get(name)
        if child is None:
            if not self._unknown:
                self._note(_below(parent.path, _local(name)), _("unexpected element"))
            self._unknown += 1
            return
        parent.counts[name] += 1
        if child.element.counted:
            progress.step()
        opened = _OpenElement(child.element, _path(parent, name, child), _here(self.parser))
        if child.most is not None and parent.counts[name] > child.most:
            self._note(opened.path, _("must not occur more than once"))
        self._keep_order(parent, name, opened)
        self._open.append(opened)
        self._attributes(opened, attributes)

    def _keep_order(self, parent: _OpenElement, name: str, opened: _OpenElement) -> None:
        if not parent.order:
            return
        number = parent.order.index(name)
        if number < parent.latest:
            latest = parent.order[parent.latest]
            self._note(opened.path, _("must come before {name}").format(name=latest))
        parent.latest = max(number, parent.latest)

    def _attributes(self, opened: _OpenElement, attributes: Mapping[str, str]) -> None:
        known = opened.element.attributes
        for name, text in attributes.items():
            path = f"{opened.path}/@{_local(name)}"
            if attribute := known.get(name):
                self._text(path, name, text, attribute, opened.place)
            elif name not in HINTS and not opened.element.any_attribute:
                self._note(path, _("unexpected attribute"))
        for name, attribute in known.items():
            if attribute.required and name not in attributes:
                self._note(f"{opened.path}/@{name}", _("is missing"))

    def _characters(self, text: str) -> None:
        opened = self._open[-1]
        between = opened.element.text is None and opened.element.children and not text.strip(_BLANKS)
        if self._unknown or between:
            return
        if opened.element.text is None and not opened.text:
            self._note(opened.path, _("text is not allowed here"), text.strip(_BLANKS))
        opened.text.append(text)

    def _end(self, name: str) -> None:
        if self._unknown:
            self._unknown -= 1
            return
        opened = self._open.pop()
        element = opened.element
        if element.text is not None:
            rule = Attribute(element.text, unique=element.unique)
            self._text(opened.path, name, "".join(opened.text), rule, opened.place)
        for child_name, child in element.children.items():
            if opened.counts[child_name] < child.least:
                self._note(f"{opened.path}/{child_name}", _("is missing"), place=opened.place)

    def _text(self, path: str, name: str, text: str, rule: Attribute, place: Place) -> None:
        """Check the text of an attribute or element, and record a fault if it is invalid.

        The text must have the form that ``rule`` requires. If ``rule.unique``, its value must also
        differ from those of all earlier attributes or elements with this name.

        Args:
            path: the path of the attribute or element.
            name: its name.
            text: its text.
            rule: the rule.
            place: its place in the file.
        """
        shape = rule.shape
        if not shape.fits(text):
            self._note(path, _(shape.sentence).format(example=shape.example), text, place)
        elif rule.unique:
            key = name, shape.meaning(text)
            first = self._meanings.setdefault(key, path)
            if first != path:
                self._note(path, _("duplicate value; must be unique"), text, place)

    def _note(self, path: str, sentence: str, value: str = "", place: Place | None = None) -> None:
        self._found.append(Fault(path, sentence, shortened(value), place or _here(self.parser)))


def _path(parent: _OpenElement, name: str, child: Child) -> str:
    """Return the path of a child element (XPath), such as ``schedule/day[2]``.

    The number is included if there are, or may be, several children of this name.
    """
    count = parent.counts[name]
    numbered = f"{name}[{count}]" if child.most is None or count > 1 else name
    return _below(parent.path, numbered)


def _below(path: str, name: str) -> str:
    return f"{path}/{name}".removeprefix("/")


def _local(name: str) -> str:
    """Return the name of an element without its namespace.

    The parser puts the namespace and a space before it.
    """
    return name.rpartition(" ")[2]
