"""The grid of a whole schedule, which is drawn piece by piece."""

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from summitcli.render.console import Piece, console
from summitcli.render.grid.axis import Block
from summitcli.render.grid.hours import Hours
from summitcli.render.grid.whole import grid
from summitcli.render.marks import Marks
from summitcli.render.setting import Setting
from tests.exports.published import load
from tests.render.grid_schedule import conference
from tests.search.conferences import built


def test_the_first_rooms_appear_before_the_others_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = built(load(conference()))
    about = catalog.conference()
    setting = Setting(about, catalog.categories(), len(catalog.days()), about.language)
    now = datetime(2024, 5, 1, 10, tzinfo=ZoneInfo(about.time_zone))
    made = console(io.StringIO(), None)
    made.width = 40
    written: list[Block] = []
    write = Hours._block_texts

    def noted(hours: Hours, block: Block) -> Any:
        written.append(block)
        return write(hours, block)

    monkeypatch.setattr(Hours, "_block_texts", noted)
    listings = catalog.listings()
    picture = grid(setting, listings, {}, catalog.days(), every_day=False, marks=Marks(now))
    pieces = picture.pieces(made, made.options)
    next(piece for piece in pieces if isinstance(piece, Piece))
    first = len(written)
    assert first > 0
    list(pieces)
    assert first < len(written)
