"""Paths within a JSON document, such as ``sessions[3].slots[0].day``, and where in its text they lead.

``json`` tells no places, so the text is read once more here: token by token, from front to back, following
the paths that are asked for and no others.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

Step = str | int
"""A key of an object, or a number in a list, counted from 0."""


class Name(str):
    """A key that is a name of something and no word of a format; it is written in quotes in any case."""

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
_MOST_DIGITS = 9


class Place(NamedTuple):
    """A place in a text; lines and columns are counted from 1, columns in characters."""

    line: int
    column: int


def write_path(steps: Iterable[Step]) -> str:
    """The path of ``steps`` as people write it; a key that is not a plain word is quoted as in JSON."""
    return "".join(map(_written, steps)).removeprefix(".")


def read_path(path: str) -> list[Step]:
    """The steps of a written path; what can't be a step ends it."""
    steps: list[Step] = []
    place = 0
    while found := _STEP.match(path, place):
        place = found.end()
        if found["plain"] is not None:
            steps.append(found["plain"])
        elif found["quoted"] is not None:
            steps.append(_decoded(found["quoted"]))
        elif len(found["number"]) <= _MOST_DIGITS:
            steps.append(int(found["number"]))
        else:
            break
    return steps


def locate(text: str, paths: Iterable[str]) -> dict[str, Place]:
    """Where in the JSON document ``text`` the value at each path begins.

    A path that leads to nothing, such as that of a missing key, has the place of the innermost value on its
    way that is there. Nothing is said of a text that holds no value at all.
    """
    root = _Wanted()
    wanted = {path: root.at(read_path(path)) for path in paths}
    if not wanted:
        # To go through a large document for nothing would take seconds.
        return {}
    _walk(text, root)
    offsets = sorted({node.offset for node in wanted.values() if node.offset is not None})
    places = dict(zip(offsets, _places(text, offsets), strict=True))
    return {path: places[node.offset] for path, node in wanted.items() if node.offset is not None}


def place_of(text: str, offset: int) -> Place:
    """The place of a character of ``text``."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def lines_of(text: str, offsets: Iterable[int]) -> Iterator[int]:
    """Yield the lines of characters of ``text``, whose offsets ascend; they are counted from 1."""
    line, before = 1, 0
    for offset in offsets:
        line += text.count("\n", before, offset)
        before = offset
        yield line


class _Wanted:
    """A value that a path leads to or through."""

    def __init__(self, parent: "_Wanted | None" = None) -> None:
        self._parent = parent
        self._start: int | None = None
        self.members: dict[Step, _Wanted] = {}

    def at(self, steps: Sequence[Step]) -> "_Wanted":
        """The value that ``steps`` lead to from here."""
        node = self
        for step in steps:
            node = node.members.setdefault(step, _Wanted(node))
        return node

    def note(self, offset: int) -> None:
        """Take down where the value begins. Of a key that is there twice the last one counts, as in JSON."""
        self._start = offset

    @property
    def offset(self) -> int | None:
        """Where it begins, or else the innermost value around it; None where there is not even that."""
        node: _Wanted | None = self
        while node is not None and node._start is None:
            node = node._parent
        return None if node is None else node._start


class _Open:
    """An object or a list that the reading is inside of."""

    def __init__(self, wanted: _Wanted | None, is_list: bool) -> None:
        self.members = wanted.members if wanted else {}
        self.key: Step | None = 0 if is_list else None
        """The place of the value that comes next; None where a key comes next."""

    def value(self) -> _Wanted | None:
        """What is wanted of the value that comes next, if anything is."""
        return None if self.key is None else self.members.get(self.key)

    def next(self) -> None:
        """A comma was read."""
        self.key = self.key + 1 if isinstance(self.key, int) else None


def _walk(text: str, root: _Wanted) -> None:
    """Note where each of the values below ``root`` begins."""
    around: list[_Open] = []
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == ",":
            if around:
                around[-1].next()
        elif word in "]}":
            if around:
                around.pop()
        elif around and around[-1].key is None:
            around[-1].key = _decoded(word[1:-1])
        else:
            wanted = around[-1].value() if around else root
            if wanted:
                wanted.note(token.start())
            if word in "[{":
                around.append(_Open(wanted, word == "["))


def _written(step: Step) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    plain = _PLAIN_KEY.fullmatch(step) and not isinstance(step, Name)
    return f".{step}" if plain else f"[{json.dumps(step, ensure_ascii=False)}]"


def _decoded(key: str) -> str:
    """A key as JSON writes it, or as it is where that is no JSON."""
    if "\\" not in key:
        return key
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key


def _places(text: str, offsets: Iterable[int]) -> Iterator[Place]:
    """Yield the places of characters of a text, in order."""
    number, begin, before = 1, 0, 0
    for offset in offsets:
        number += text.count("\n", before, offset)
        begin = text.rfind("\n", before, offset) + 1 or begin
        before = offset
        yield Place(number, offset - begin + 1)
