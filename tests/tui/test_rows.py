"""Rows of which only a window is read."""

from collections.abc import Sequence

from summitcli.rows import Listing
from summitcli.tui.rows import MAX_PAGES, PAGE, Rows
from tests.session_rows import listing


def rows(number: int) -> tuple[Rows, list[Sequence[int]]]:
    """Return rows with the positions 0, 2, 4 …, and a list of what was loaded."""
    loaded: list[Sequence[int]] = []

    def load(positions: Sequence[int]) -> list[Listing]:
        loaded.append(positions)
        return [listing(str(position)) for position in positions]

    return Rows(range(0, 2 * number, 2), load), loaded


def test_a_page_is_loaded_once() -> None:
    held, loaded = rows(1000)
    assert [held[index].id for index in (0, 5, 999, 1)] == ["0", "10", "1998", "2"]
    assert [list(positions)[:2] for positions in loaded] == [[0, 2], [1920, 1922]]
    assert len(loaded[0]) == PAGE


def test_few_pages_are_in_memory() -> None:
    held, loaded = rows(PAGE * (MAX_PAGES + 1))
    for index in (*range(0, len(held), PAGE), 0):
        held[index]
    assert len(loaded) == MAX_PAGES + 2


def test_the_row_at_a_position_or_after_it() -> None:
    held, _loaded = rows(10)
    assert [held.index_from(position) for position in (0, 1, 4, 99)] == [0, 1, 2, 9]
    assert rows(0)[0].index_from(7) == 0
