"""A table of labelled facts in two aligned columns."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.render.lines import DIM, GAP, MARK_WIDTH
from summitcli.render.wrapping import wrapped
from summitcli.text.printable import printable, printable_block

MAX_WIDTH, MIN_WIDTH = 96, 8


class Facts:
    """A table of facts in two columns: labels and texts.

    It is made of pairs of a label and a text. Pairs with an empty text are left out.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = [(printable(name), printable_block(text)) for name, text in pairs if text]
        self._name_width = max((cell_len(name) for name, _text in self._pairs), default=0)

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the facts."""
        indent = MARK_WIDTH + self._name_width + GAP
        width = max(min(options.max_width - indent, MAX_WIDTH), MIN_WIDTH)
        for name, text in self._pairs:
            before = Text(" " * MARK_WIDTH).append(name, DIM)
            for line in text.splitlines():
                for piece in wrapped(Text(line), width):
                    yield before.append(" " * (indent - before.cell_len)).append_text(piece)
                    before = Text()
