"""The messages that the panes with a cursor send to the browser."""

from textual.message import Message

from summitcli.errors import SummitError


class Moved(Message):
    """The cursor is on another session, or on none."""


class Chosen(Message):
    """The session under the cursor was chosen, by a double click."""


class Failed(Message):
    """The sessions can't be read.

    Args:
        error: the error.
    """

    def __init__(self, error: SummitError) -> None:
        super().__init__()
        self.error = error
