"""What the documents show: fenced blocks, the command lines in them, tables and links."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "


class Block(NamedTuple):
    """What stands between two fences."""

    kind: str
    """The word behind the first fence."""
    text: str
    line: int
    """Where its first line stands, from 1."""


class Line(NamedTuple):
    """One command line, however many lines it is written on."""

    text: str
    line: int


class Transcript(NamedTuple):
    """One command line after a prompt, and what it is said to answer."""

    words: str
    answer: str
    line: int


def text_of(name: str) -> str:
    """A document, by its path from the root of the project."""
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, *kinds: str) -> Iterator[Block]:
    """The fenced blocks of the kinds given, in order."""
    text = text_of(name)
    for found in FENCED.finditer(text):
        if found[1] in kinds:
            yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


def lines(block: Block) -> Iterator[Line]:
    """The command lines of a block; one that ends with a pipe or a backslash goes on with the next line."""
    begun, began = "", 0
    for number, written in enumerate(block.text.splitlines(), block.line):
        if not written.strip():
            continue
        begun, began = (f"{begun}\n{written}", began) if begun else (written, number)
        if not uncommented(begun).endswith(("|", "\\")):
            yield Line(begun, began)
            begun = ""
    assert not begun, f"line {began} has no end"


def uncommented(text: str) -> str:
    """A command line without the remark behind it."""
    return re.sub(r"\s+# .*$", "", text).rstrip()


def transcripts(block: Block) -> Iterator[Transcript]:
    """The commands of a transcript with their answers."""
    assert block.text.startswith(PROMPT), f"line {block.line} has no prompt"
    number = block.line
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        words, _newline, answer = part.partition("\n")
        yield Transcript(words, answer, number)
        number += part.count("\n")


def rows(text: str) -> list[list[str]]:
    """The cells of the table's rows in ``text``, without its heading."""
    written = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in written[2:]]


def section(name: str, heading: str) -> str:
    """What stands below a heading of a document, up to the next one of any level."""
    below = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text_of(name), re.MULTILINE | re.DOTALL)
    assert below, f"{name} has no {heading}"
    return below[1]


def links(name: str) -> Iterator[str]:
    """The files of the project that a document links to or shows."""
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", text_of(name))):
        path = target.partition("#")[0]
        if path and "://" not in path:
            yield path


def beside(name: str, path: str) -> Path:
    """The file that ``path`` means in a document."""
    return (ROOT / name).parent / path
