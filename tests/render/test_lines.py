"""Lists in thousands of pieces, whose columns are measured once."""

from collections.abc import Callable

import pytest
from rich.console import RenderableType

from summitcli.agenda.planner import conflicts as find_conflicts
from summitcli.changes import Change
from summitcli.render.changes import changes
from summitcli.render.listings import schedule
from summitcli.render.planning import conflicts
from summitcli.render.setting import Setting
from summitcli.rows import CategoryRow, ConferenceRow, Listing, SlotRow
from tests.limits import in_proportion
from tests.render.test_overview import drawn
from tests.session_rows import session_row

PIECES = 3_000
DAY = "2024-05-01"
CONFERENCE = ConferenceRow("c", "C", {"en": "C"}, "en", "UTC", DAY, DAY, None, {}, {})
SETTING = Setting(
    CONFERENCE, [CategoryRow(f"c{n}", "", {"en": f"C{n}"}, 1, 1) for n in range(PIECES)], 1, "en"
)


def listing(number: int, start: str | None = None, end: str | None = None) -> Listing:
    title = f"Session {number}"
    return Listing(
        f"s-{number}", title, {"en": title}, f"c{number}", None, DAY, 1, start, end, start is None, 1, 1,
        "Hall", (), None, None, None,
    )  # fmt: skip


def clashing() -> RenderableType:
    held = []
    for number in range(PIECES):
        second, minute = number % 60, number // 60
        start, end = f"{DAY}T09:{minute:02}:{second:02}+00:00", f"{DAY}T09:{minute:02}:{second:02}.5+00:00"
        held += [listing(2 * number, start, end), listing(2 * number + 1, start, end)]
    return conflicts(SETTING, find_conflicts(held), held, {})


def by_category() -> RenderableType:
    return schedule(SETTING, [listing(number) for number in range(PIECES)])


def changed() -> RenderableType:
    slots = (SlotRow(DAY, None, None, True, None),)
    rows = [session_row(f"s-{n}", slots, title=f"S {n}") for n in range(PIECES)]
    return changes(SETTING, [Change("new", None, row, ()) for row in rows])


@pytest.mark.parametrize(
    ("picture", "lines"), [(clashing, 3 * PIECES + 1), (by_category, 2 * PIECES + 4), (changed, PIECES + 3)]
)
@in_proportion()
def test_a_list_of_very_many_pieces_is_measured_once(
    picture: Callable[[], RenderableType], lines: int
) -> None:
    shown = drawn(picture(), 100)
    assert len(shown) == lines
