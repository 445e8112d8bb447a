"""The table of drawing functions."""

import pytest

from summitcli.cli.grammar.commands import COMMANDS
from summitcli.render import PICTURES, Picture


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_picture_can_be_drawn(picture: Picture) -> None:
    assert callable(picture.load())


def test_every_kind_of_row_that_a_command_answers_with_has_a_picture() -> None:
    rows = {command.rows() for command in COMMANDS.values() if command.rows()}
    assert [place for place in rows if place.rpartition(":")[2] not in PICTURES] == []
