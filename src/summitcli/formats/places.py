"""Paths in a JSON document, such as ``sessions[3].slots[0].day``, and the lines and columns of their values.

Python's ``json`` does not tell the places of values, so the text is read here again, but only along the
paths.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

Step = str | int
"""A key of an object, or an index in a list."""


class Name(str):
    """A key that the author of a file may choose freely, such as a room's name.

    Paths have it in quotes: ``rooms["Ada"]``.
    """

    __slots__ = ()


_PLAIN_KEY = re.compile(r"[^\W\d][\w-]*")
_STEP = re.compile(
    r"""\.?(?P<plain>[^.\[\]]+)        # .day
    | \[(?P<number>[0-9]+)\]           # [3]
    | \["(?P<quoted>.*?)"\](?=[.\[]|\Z) # ["Ada"]
    """,
    re.VERBOSE | re.DOTALL,
)
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\],]|[^\s"{}\[\],:]+', re.DOTALL)
_MAX_DIGITS = 9
_BLANKS = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class Place(NamedTuple):
    """A line and a column of a text, both counted from 1. Columns are counted in characters."""

    line: int
    column: int


def write_path(steps: Iterable[Step]) -> str:
    """Return ``steps`` as a path: ``rooms["Ada"][3]``. A key that is not a plain word is quoted."""
    return "".join(map(_written, steps)).removeprefix(".")


def read_path(path: str) -> list[Step]:
    """Return the keys and indexes in ``path``: ``["slots", 0, "day"]`` for ``slots[0].day``.

    If a part of the path can't be read, return only the parts before it.
    """
    steps: list[Step] = []
    place = 0
    while found := _STEP.match(path, place):
        place = found.end()
        if found["plain"] is not None:
            steps.append(found["plain"])
        elif found["quoted"] is not None:
            steps.append(_decoded(found["quoted"]))
        elif len(found["number"]) <= _MAX_DIGITS:
            steps.append(int(found["number"]))
        else:
            break
    return steps


def locate(
    text: str, paths: Iterable[str], walk: "Callable[[str, Wanted], object] | None" = None
) -> dict[str, Place]:
    """Return the line and column at which the value of each path begins, by path.

    If the value is missing, return the place of the innermost value around it that exists. The result is
    empty if the text has no value at all.

    Args:
        text: a document in JSON, or in another language that ``walk`` reads.
        paths: the paths, in the form of :func:`write_path`.
        walk: a function that notes at which offsets of the text the values begin; None for JSON.
    """
    root = Wanted()
    wanted = {path: root.at(read_path(path)) for path in paths}
    if not wanted:
        # Tokenising a large document takes seconds.
        return {}
    if walk:
        walk(text, root)
    else:
        _locate(text, root)
    offsets = sorted({node.offset for node in wanted.values() if node.offset is not None})
    places = dict(zip(offsets, _places(text, offsets), strict=True))
    return {path: places[node.offset] for path, node in wanted.items() if node.offset is not None}


def place_of(text: str, offset: int) -> Place:
    """Return the line and column of the character of ``text`` at ``offset``."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def lines_of(text: str, offsets: Iterable[int]) -> Iterator[int]:
    """Yield the line number (from 1) of each offset in ``text``. The offsets must be in ascending order."""
    line, before = 1, 0
    for offset in offsets:
        line += text.count("\n", before, offset)
        before = offset
        yield line


class Wanted:
    """A node in a tree of wanted paths. It stands for a value in the document whose place is wanted."""

    def __init__(self, parent: "Wanted | None" = None) -> None:
        self._parent = parent
        self._start: int | None = None
        self.members: dict[Step, Wanted] = {}

    def at(self, steps: Sequence[Step]) -> "Wanted":
        """Return the node to which ``steps`` lead from this node. Nodes that are missing are created."""
        node = self
        for step in steps:
            node = node.members.setdefault(step, Wanted(node))
        return node

    def note(self, offset: int) -> None:
        """Store the offset at which the node's value begins. If a key is repeated, the last value is used."""
        self._start = offset

    @property
    def offset(self) -> int | None:
        """Return the offset at which the node's value begins; None if unknown.

        If the value is missing in the document, return the offset of the innermost value around it.
        """
        node: Wanted | None = self
        while node is not None and node._start is None:
            node = node._parent
        return None if node is None else node._start


class _OpenContainer:
    """An object or a list whose end has not been read yet, and the nodes for the values in it."""

    def __init__(self, wanted: Wanted | None, is_list: bool) -> None:
        self.members = wanted.members if wanted else {}
        self.key: Step | None = 0 if is_list else None
        """The key or index of the next value; None if the next token is a key."""

    def value(self) -> Wanted | None:
        """Return the node for the next value in this container; None if its place is not wanted."""
        return None if self.key is None else self.members.get(self.key)

    def next(self) -> None:
        """Go on to the next key or entry, after a comma."""
        self.key = self.key + 1 if isinstance(self.key, int) else None


def _locate(text: str, root: Wanted) -> None:
    """Parse a JSON document. Store the offset at which each wanted value begins.

    Args:
        text: the document.
        root: the root of a tree with a node for each wanted value, in which its offset is stored.
    """
    try:
        _follow(text, _blanks(text, 0), root)
    except (ValueError, IndexError, RecursionError):
        # It is no valid JSON, or nested too deeply.
        _walk(text, root)


def _follow(text: str, at: int, wanted: Wanted) -> int:
    """Store where the wanted values of a document begin, and return where the value at ``at`` ends.

    Each wanted value has a node in a tree of paths, and the node gets the offset at which the value begins.
    Values without a node are skipped by Python's decoder, which is several times as fast.

    Args:
        text: the JSON document.
        at: the offset at which the value begins.
        wanted: the value's node in the tree of wanted paths.

    Raises:
        ValueError: the text is not valid JSON.
        IndexError: the text ends too early.
        RecursionError: the text is nested too deeply.
    """
    members = wanted.members
    if not members or text[at] not in "[{":
        end = _DECODER.raw_decode(text, at)[1]
        wanted.note(at)
        return end
    wanted.note(at)
    is_list, closing = text[at] == "[", "]" if text[at] == "[" else "}"
    number = 0
    at = _blanks(text, at + 1)
    while text[at] != closing:
        key: object = number
        if not is_list:
            key, at = _DECODER.raw_decode(text, at)
            at = _blanks(text, _after(text, at, ":"))
        member = members.get(key) if isinstance(key, str | int) else None
        at = _DECODER.raw_decode(text, at)[1] if member is None else _follow(text, at, member)
        at = _blanks(text, at)
        if text[at] != closing:
            at = _blanks(text, _after(text, at, ","))
        number += 1
    return at + 1


def _after(text: str, at: int, mark: str) -> int:
    """Return the offset after ``mark`` (such as a colon), which must come next after blanks.

    Raises:
        ValueError: something else comes next.
    """
    at = _blanks(text, at)
    if text[at] != mark:
        raise ValueError(mark)
    return at + 1


def _blanks(text: str, at: int) -> int:
    """Return the offset of the first character that is not white space; begin at ``at``."""
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _walk(text: str, root: Wanted) -> None:
    """Store the offset of each value for which the tree ``root`` has a node, even if the JSON is invalid.

    ``root`` is the root of a tree of paths, one for each value whose place is wanted.
    """
    stack: list[_OpenContainer] = []
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == ",":
            if stack:
                stack[-1].next()
        elif word in "]}":
            if stack:
                stack.pop()
        elif stack and stack[-1].key is None:
            stack[-1].key = _decoded(word[1:-1])
        else:
            wanted = stack[-1].value() if stack else root
            if wanted:
                wanted.note(token.start())
            if word in "[{":
                stack.append(_OpenContainer(wanted, word == "["))


def _written(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    plain = _PLAIN_KEY.fullmatch(step) and not isinstance(step, Name)
    return f".{step}" if plain else f"[{json.dumps(step, ensure_ascii=False)}]"


def _decoded(key: str) -> str:
    """Return a key in JSON (the text between its quotes) with its escapes decoded; unchanged if invalid."""
    if "\\" not in key:
        return key
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _places(text: str, offsets: Iterable[int]) -> Iterator[Place]:
    """Yield the line and column of each offset in ``text``. The offsets must be in ascending order."""
    number, begin, before = 1, 0, 0
    for offset in offsets:
        number += text.count("\n", before, offset)
        begin = text.rfind("\n", before, offset) + 1 or begin
        before = offset
        yield Place(number, offset - begin + 1)
