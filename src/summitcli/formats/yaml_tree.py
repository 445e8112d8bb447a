"""Reading YAML by strict rules: a value is a mapping, a list, a text, or None.

``14:00`` is not a number here, ``no`` not a boolean and ``2030-05-10`` not a date: all are texts. Nothing,
``~`` and ``null`` are None. Anchors, aliases, tags, merge keys and several documents in one file are refused.
So a file means what it shows, and does not become larger when it is read.
"""

from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from summitcli.budgets import CONTAINERS, VALUES, too_many
from summitcli.formats.places import Place, Wanted, place_of
from summitcli.i18n import _

MAX_SIZE = 32 * 2**20
"""The size of the largest file that is read, in bytes. Parsing takes a second for each seven megabytes."""
MAX_DEPTH = 50
"""The deepest nesting of mappings and lists that is read."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader of PyYAML. Only its parser is used.

The loader in C is ten times as fast, but not every installation has it.
"""
_FORBIDDEN: Any = yaml.reader.Reader.NON_PRINTABLE
_UNKNOWN = ("", "~", "null")
_MERGE = "<<"


class NotYaml(ValueError):
    """The error that a text is not valid YAML, or uses a feature that is refused.

    ``str()`` returns the reason. ``place`` is the line and column of the error; None if unknown.
    """

    def __init__(self, sentence: str, place: Place | None = None) -> None:
        self.place = place
        super().__init__(sentence)


def load(data: bytes) -> Any:
    """Return the document in ``data`` as dicts, lists, strings and None.

    Raises:
        NotYaml: the document is invalid, is too large, or uses a feature that is refused.
    """
    if len(data) > MAX_SIZE:
        sentence = _("it is larger than {n} MB, too large for YAML; write it as JSON")
        raise NotYaml(sentence.format(n=MAX_SIZE >> 20))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        *before, last = data[: error.start].decode("utf-8-sig").split("\n")
        raise NotYaml(_("it is not UTF-8 text"), Place(len(before) + 1, len(last) + 1)) from None
    return _Composer(text, len(data)).document(None)


def walk(text: str, root: Wanted) -> None:
    """Store where the wanted values begin. If the YAML is invalid, stop at the error.

    Args:
        text: the document.
        root: the root of a tree with a node for each wanted value. The offset at which the value begins is
            stored in the node.
    """
    try:
        _Composer(text, len(text)).document(root)
    except NotYaml:
        return


class _Composer:
    """A converter of a YAML document to Python values.

    Args:
        text: the document.
        size: the size of the file in bytes. Limits on the number of values grow with it.
    """

    def __init__(self, text: str, size: int) -> None:
        self._events = _events(text)
        self._size = size
        self._left = {budget: budget.limit(size) for budget in (CONTAINERS, VALUES)}

    def document(self, wanted: Wanted | None) -> Any:
        """Return the document as a Python value.

        Args:
            wanted: the root of a tree with a node for each value whose offset in the text is wanted. The
                offset is stored in the node. None if no offsets are wanted.

        Raises:
            NotYaml: the text is not a single document that follows the rules.
        """
        event = next(self._events, None)
        value = None if event is None else self._value(event, wanted, 0)
        if another := next(self._events, None):
            _refuse(_("it contains more than one YAML document"), another)
        return value

    def _value(self, event: Any, wanted: Wanted | None, depth: int) -> Any:
        """Return a value, which is a dict, a list, a string or None.

        Args:
            event: the parser's event with which the value begins.
            wanted: the node in which to store the offset at which the value begins; None if the offset is not
                wanted.
            depth: the number of mappings and lists around the value.
        """
        if wanted is not None:
            wanted.note(event.start_mark.index)
        self._spend(VALUES)
        _check_features(event)
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0]
            return None if is_plain and event.value in _UNKNOWN else event.value
        if depth == MAX_DEPTH:
            _refuse(_("it is nested too deeply"), event)
        self._spend(CONTAINERS)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(wanted, depth + 1)
        return self._list(wanted, depth + 1)

    def _list(self, wanted: Wanted | None, depth: int) -> list[Any]:
        made: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._value(event, wanted.members.get(len(made)) if wanted else None, depth))
        return made

    def _mapping(self, wanted: Wanted | None, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            _check_features(event)
            if not isinstance(event, yaml.ScalarEvent):
                _refuse(_("a key must be text"), event)
            key = event.value
            if key == _MERGE:
                _refuse(_("merge keys (<<) are not supported; write the values out"), event)
            if key in made:
                _refuse(_('duplicate key "{key}"').format(key=key), event)
            made[key] = None
            made[key] = self._value(next(self._events), wanted.members.get(key) if wanted else None, depth)
        return made

    def _spend(self, budget: Any) -> None:
        self._left[budget] -= 1
        if self._left[budget] < 0:
            raise NotYaml(too_many(budget, self._size))


def _check_features(event: Any) -> None:
    """Raise NotYaml if a value or key has an anchor or a tag, or is an alias. All these are refused."""
    if event.anchor is not None:
        _refuse(_("anchors (&) and aliases (*) are not supported; write the values out"), event)
    if event.tag is not None:
        _refuse(_("tags (!) are not supported; put a text that begins with ! in quotes"), event)


def _refuse(sentence: str, event: Any) -> NoReturn:
    raise NotYaml(sentence, _place(event.start_mark))


def _events(text: str) -> Iterator[Any]:
    """Yield the events of PyYAML's parser for the content of a document.

    Raises:
        NotYaml: the text is not valid YAML.
    """
    ignored = yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent
    try:
        for event in yaml.parse(text, _LOADER):  # type: ignore[no-untyped-call]
            if not isinstance(event, ignored):
                yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(_reason(error.problem or "", mark, text), _place(mark)) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        found = _FORBIDDEN.search(text)
        place = place_of(text, found.start()) if found else None
        raise NotYaml(_("it contains a character that YAML forbids"), place) from None


def _place(mark: Any) -> Place | None:
    return None if mark is None else Place(mark.line + 1, mark.column + 1)


def _reason(problem: str, mark: Any, text: str) -> str:
    """Return a sentence that says where a text is not valid YAML, with advice on common mistakes.

    Args:
        problem: the parser's message.
        mark: the position of the error, as an object of the parser.
        text: the whole text.
    """
    if text[mark.index : mark.index + 1] == "\t":
        sentence = _("it is not valid YAML at line {line}, column {column}: indent with spaces, not tabs")
    elif "mapping values are not allowed" in problem:
        sentence = _('it is not valid YAML at line {line}, column {column}: put a text with ": " in quotes')
    else:
        sentence = _("it is not valid YAML at line {line}, column {column}")
    return sentence.format(line=mark.line + 1, column=mark.column + 1)
