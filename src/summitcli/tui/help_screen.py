"""The dialog that explains all keys."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from summitcli.i18n import _
from summitcli.render.lines import ACCENT, DIM
from summitcli.tui import keys


class HelpScreen(ModalScreen[None]):
    """A dialog with all keys and what they do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss", show=False)]
    CSS = """
    HelpScreen { align: center middle; }
    #help { width: 64; max-width: 96%; height: auto; max-height: 96%; border: round $primary; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        with VerticalScroll(id="help"):
            yield Static(_table())
            note = _("For screen readers, `summit list` and `summit show` work better and show the same.")
            yield Static(Text(note, DIM))


def _table() -> Table:
    table = Table.grid(padding=(0, 2))
    for heading, entries in keys.groups():
        table.add_row(Text(heading, ACCENT))
        for key in entries:
            table.add_row(Text(f"  {key.shown}", "bold"), key.label)
    return table
