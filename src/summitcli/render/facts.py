"""Facts with their names, the names aligned."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from summitcli.printable import printable, printable_block
from summitcli.render.lines import DIM


def facts(pairs: Sequence[tuple[str, str]]) -> Table:
    """A line or more for each pair of a name and a text; pairs without a text are left out."""
    known = [(name, text) for name, text in pairs if text]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=max((cell_len(name) for name, _text in known), default=0) + 2, no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in known:
        table.add_row(Text(f"  {printable(name)}", DIM), Text(printable_block(text)))
    return table
