"""The content of Markdown documents: fenced blocks, command lines in them, tables and links."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "


class Block(NamedTuple):
    """A fenced block."""

    kind: str
    """The word behind the first fence."""
    text: str
    line: int
    """Where its first line stands, from 1."""


class Line(NamedTuple):
    """A command line, which may be written on several lines."""

    text: str
    line: int


class Transcript(NamedTuple):
    """A command line after a prompt, and its expected output."""

    words: str
    answer: str
    line: int


def text_of(name: str) -> str:
    """Return a document, by its path from the root of the project."""
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, *kinds: str) -> Iterator[Block]:
    """Return the fenced blocks of the given kinds, in order."""
    text = text_of(name)
    for found in FENCED.finditer(text):
        if found[1] in kinds:
            yield Block(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


def lines(block: Block) -> Iterator[Line]:
    """Return the command lines of a block; one that ends with a pipe or backslash goes on with the next."""
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
    """Return a command line without its comment."""
    return re.sub(r"\s+# .*$", "", text).rstrip()


def transcripts(block: Block) -> Iterator[Transcript]:
    """Return the commands of a transcript with their output."""
    assert block.text.startswith(PROMPT), f"line {block.line} has no prompt"
    number = block.line
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        words, _newline, answer = part.partition("\n")
        yield Transcript(words, answer, number)
        number += part.count("\n")


def rows(text: str) -> list[list[str]]:
    """Return the cells of the rows of tables in ``text``, without headings."""
    written = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in written[2:]]


def section(name: str, heading: str) -> str:
    """Return the text below a heading, up to the next one of any level."""
    below = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text_of(name), re.MULTILINE | re.DOTALL)
    assert below, f"{name} has no {heading}"
    return below[1]


def links(name: str) -> Iterator[str]:
    """Return the files of the project that a document links to or shows."""
    for target in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", text_of(name))):
        path = target.partition("#")[0]
        if path and "://" not in path:
            yield path


def beside(name: str, path: str) -> Path:
    """Return the file that ``path`` refers to in a document."""
    return (ROOT / name).parent / path
