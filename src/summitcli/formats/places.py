"""Paths in a JSON document, such as ``sessions[3].slots[0].day``, and their places in its text.

Python's ``json`` reports no places, so the text is tokenised here once more, but only along the paths.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

Step = str | int
"""A key of an object, or an index in a list."""


class Name(str):
    """A key that the format does not define, such as a room's name; it is always written in quotes."""

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
    """A place in a text. Lines and columns are counted from 1, columns in characters."""

    line: int
    column: int


def write_path(steps: Iterable[Step]) -> str:
    """Return ``steps`` as a path such as ``rooms["Ada"][3]``; keys that are not plain words are quoted."""
    return "".join(map(_written, steps)).removeprefix(".")


def read_path(path: str) -> list[Step]:
    """Return the steps (keys and indexes) of ``path``, such as ``sessions[3].slots[0].day``.

    They end before the first part of the path that can't be read.
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
    """Return the place in the document ``text`` at which the value of each path begins, by path.

    A path to something missing has the place of the innermost enclosing value that exists. The result is
    empty if the text contains no value at all.

    Args:
        text: a document in JSON, or in the language that ``walk`` reads.
        paths: the paths, as :func:`write_path` writes them.
        walk: records where the values below a node begin; None for JSON.
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
    """Return the place of the character of ``text`` at ``offset``."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def lines_of(text: str, offsets: Iterable[int]) -> Iterator[int]:
    """Yield the line numbers, counted from 1, of ascending ``offsets`` in ``text``."""
    line, before = 1, 0
    for offset in offsets:
        line += text.count("\n", before, offset)
        before = offset
        yield line


class Wanted:
    """A node of the tree of requested paths: a value that a path leads to or through."""

    def __init__(self, parent: "Wanted | None" = None) -> None:
        self._parent = parent
        self._start: int | None = None
        self.members: dict[Step, Wanted] = {}

    def at(self, steps: Sequence[Step]) -> "Wanted":
        """Return the node at the end of ``steps``, starting from this node; create it if necessary."""
        node = self
        for step in steps:
            node = node.members.setdefault(step, Wanted(node))
        return node

    def note(self, offset: int) -> None:
        """Record that the node's value begins at ``offset``; of a duplicate key, the last value counts."""
        self._start = offset

    @property
    def offset(self) -> int | None:
        """Return the offset of the node's value, or of the innermost enclosing value found; else None."""
        node: Wanted | None = self
        while node is not None and node._start is None:
            node = node._parent
        return None if node is None else node._start


class _OpenContainer:
    """An object or a list whose end has not been read yet."""

    def __init__(self, wanted: Wanted | None, is_list: bool) -> None:
        self.members = wanted.members if wanted else {}
        self.key: Step | None = 0 if is_list else None
        """The key or index of the next value; None if the next token is a key."""

    def value(self) -> Wanted | None:
        """Return the node, in the tree of requested paths, of the next value; None if no path leads to it."""
        return None if self.key is None else self.members.get(self.key)

    def next(self) -> None:
        """Go on to the next member, after a comma."""
        self.key = self.key + 1 if isinstance(self.key, int) else None


def _locate(text: str, root: Wanted) -> None:
    """Parse a JSON document, and record in each node below ``root`` the offset at which its value begins.

    Args:
        text: the document.
        root: the root of the tree of requested paths.
    """
    try:
        _follow(text, _blanks(text, 0), root)
    except (ValueError, IndexError, RecursionError):
        # It is no valid JSON, or nested too deeply.
        _walk(text, root)


def _follow(text: str, at: int, wanted: Wanted) -> int:
    """Record the offsets of the value at ``at`` and of those within it; return where the value ends.

    Values that no path leads to are skipped by the decoder, several times as fast as token by token.

    Raises:
        ValueError: the text is not valid JSON.
        IndexError: the text ends too early.
        RecursionError: it is nested too deeply.
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
    """Return the offset after ``mark``, such as a colon, which must come next.

    Raises:
        ValueError: something else comes next.
    """
    at = _blanks(text, at)
    if text[at] != mark:
        raise ValueError(mark)
    return at + 1


def _blanks(text: str, at: int) -> int:
    """Return the first offset from ``at`` on that is not white space."""
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _walk(text: str, root: Wanted) -> None:
    """Record the offsets of the values of all nodes below ``root`` in the JSON document ``text``."""
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
    """Return ``key``, the content of a JSON string, without its escapes; unchanged if it is not valid."""
    if "\\" not in key:
        return key
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _places(text: str, offsets: Iterable[int]) -> Iterator[Place]:
    """Yield the places of ascending ``offsets`` in ``text``."""
    number, begin, before = 1, 0, 0
    for offset in offsets:
        number += text.count("\n", before, offset)
        begin = text.rfind("\n", before, offset) + 1 or begin
        before = offset
        yield Place(number, offset - begin + 1)
