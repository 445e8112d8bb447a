"""Drawing the description of a session or conference, with its paragraphs and lists, in a readable width.

Many sources write Markdown. Headings and stressed words are drawn bold, without their marks, and the address
of a link follows its text. All other text stays as it is, because other sources write plain text.
"""

import re
from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.render.lines import DIM
from summitcli.render.wrapping import wrapped
from summitcli.text.printable import printable_block

MAX_WIDTH, MIN_WIDTH = 88, 16
INDENT = 2
MAX_LIST_INDENT = 8
"""The maximum indentation of a nested list, in columns."""

_ITEM = re.compile(r" *(?:[-*+•–]|\d{1,3}[.)]) +(?=\S)")
_HEADING = re.compile(r"#{1,6} +(?=\S)")
# Bounded repetition, so that no text makes matching slow.
_INLINE = re.compile(
    r"\[(?P<words>[^\[\]\n]{1,300})\]\(<?(?P<url>https?://[^\s()<>]{1,1000})>?\)"
    r"|\*\*(?=\S)(?P<stressed>[^*\n]{1,300})(?<=\S)\*\*"
)


class Description:
    """An indented description of several paragraphs."""

    def __init__(self, text: str) -> None:
        self._lines = printable_block(text).expandtabs(4).splitlines()

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the text, with its blank lines."""
        width = max(min(options.max_width - INDENT, MAX_WIDTH), MIN_WIDTH)
        for line in self._lines:
            yield from (
                Text(" " * INDENT).append_text(piece) for piece in _wrapped_line(line.rstrip(), width)
            )


def _wrapped_line(line: str, width: int) -> Iterator[Text]:
    """Yield the lines into which ``line`` is wrapped, each at most ``width`` columns wide.

    If it is a list item, its later lines are indented to where its first word begins.
    """
    item = _ITEM.match(line)
    depth = min(item.end() if item else len(line) - len(line.lstrip()), MAX_LIST_INDENT)
    before = item.group().lstrip() if item else ""
    words = _styled(line[item.end() :] if item else line.lstrip())
    first = " " * (depth - len(before)) + before
    for piece in wrapped(words, width - len(first)):
        yield Text(first).append_text(piece)
        first = " " * len(first)


def _styled(line: str) -> Text:
    """Return a line with Markdown drawn as styles: headings and stressed words become bold.

    The address of a link is shown in brackets after its text.
    """
    heading = _HEADING.match(line)
    rest = line[heading.end() :] if heading else line
    text = Text(style="bold" if heading else "")
    start = 0
    for found in _INLINE.finditer(rest):
        text.append(rest[start : found.start()])
        words, url = found["words"], found["url"]
        if url is None:
            text.append(found["stressed"], "bold")
        elif words == url:
            text.append(url, DIM)
        else:
            text.append(words).append(f" ({url})", DIM)
        start = found.end()
    return text.append(rest[start:])
