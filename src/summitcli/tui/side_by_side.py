"""The dialog that shows two sessions side by side."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from summitcli.render.session import details
from summitcli.render.setting import Setting
from summitcli.rows import SessionRow


class SideBySide(ModalScreen[None]):
    """A dialog with the details of two sessions beside each other.

    Args:
        setting: the conference and the language to show.
        sessions: the two sessions.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,d,q,enter", "dismiss", show=False)]
    CSS = """
    SideBySide { align: center middle; }
    #pair { width: 96%; height: 90%; border: round $primary; }
    #pair VerticalScroll { width: 1fr; padding: 0 1; }
    """

    def __init__(self, setting: Setting, sessions: tuple[SessionRow, SessionRow]) -> None:
        super().__init__()
        self._setting = setting
        self._sessions = sessions

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        with Horizontal(id="pair"):
            for session in self._sessions:
                with VerticalScroll():
                    yield Static(details(self._setting, [session]))
