"""Small dialogs: one for choosing one of a few things, and one for typing the name of a file."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option


class ChoiceScreen(ModalScreen[str]):
    """A dialog in which the user chooses one of a few texts. Its result is that text.

    Args:
        choices: pairs of a label to show and a text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", show=False)]
    CSS = """
    ChoiceScreen { align: center middle; }
    ChoiceScreen OptionList { width: 72; max-width: 96%; height: auto; border: round $primary; }
    """

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        yield OptionList(
            *(
                Option(Content.assemble((label, "bold"), "  ", text.splitlines()[0]))
                for label, text in self._choices
            ),
            compact=True,
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog with the text that was chosen."""
        self.dismiss(self._choices[event.option_index][1])


class NameScreen(ModalScreen[str]):
    """A dialog in which the user types the name of a file. Its result is that name.

    Args:
        question: the text that asks for the name.
        name: the name that is offered.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", show=False)]
    CSS = """
    NameScreen { align: center middle; }
    #name { width: 60; max-width: 96%; height: auto; border: round $primary; padding: 0 1; }
    #name Input { border: none; height: 1; padding: 0; }
    """

    def __init__(self, question: str, name: str) -> None:
        super().__init__()
        self._question = question
        self._name = name

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        with Vertical(id="name"):
            yield Static(self._question, markup=False)
            yield Input(self._name, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the name that was typed."""
        event.stop()
        self.dismiss(event.value.strip())
