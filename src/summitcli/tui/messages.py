"""The messages that lists and grids send to the full-screen browser."""

from textual.message import Message

from summitcli.errors import SummitError


class Moved(Message):
    """The message that the cursor has moved to another session, or that it is on no session now."""


class Chosen(Message):
    """The message that the user has double-clicked a session. The cursor is on it."""


class Failed(Message):
    """The message that the sessions can't be read.

    Args:
        error: the error.
    """

    def __init__(self, error: SummitError) -> None:
        super().__init__()
        self.error = error
