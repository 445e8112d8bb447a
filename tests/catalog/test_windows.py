"""Windows of long lists."""

from summitcli.catalog.conditions import Query
from summitcli.catalog.windows import (
    beside,
    first_ending_after,
    first_positions,
    listings_at,
    position_of,
    positions,
)
from tests.tui.browsing import HARBOUR, browser


def test_positions_are_in_the_order_of_output() -> None:
    catalog = browser().call.catalog
    everything = [(row.id, row.day) for row in catalog.listings()]
    found = positions(catalog)
    assert [(row.id, row.day) for row in listings_at(catalog, found)] == everything
    day = Query(days=("2022-07-24",))
    assert isinstance(positions(catalog, day), range)
    assert listings_at(catalog, positions(catalog, day)) == catalog.listings(day)
    assert list(positions(catalog, Query(days=("1999-01-01",)))) == []
    forums = Query(categories=("forum",))
    assert listings_at(catalog, positions(catalog, forums)) == catalog.listings(forums)


def test_the_first_listing_of_each_session() -> None:
    catalog = browser().call.catalog
    rows = listings_at(catalog, first_positions(catalog))
    assert len(rows) == 38 and {row.part for row in rows} == {1}


def test_the_position_of_a_session() -> None:
    catalog = browser().call.catalog
    assert position_of(catalog, "nothing") is None
    place = position_of(catalog, "main-forum")
    assert place is not None and listings_at(catalog, [place])[0].id == "main-forum"
    assert position_of(catalog, "main-forum", 9) == place


def test_what_is_beside_a_listing() -> None:
    catalog = browser(schedule=HARBOUR).call.catalog
    place = position_of(catalog, "tide03")
    assert place is not None
    rows, number = beside(catalog, place, 5)
    assert ([row.id for row in rows], number) == (["loeten"], 1)
    assert beside(catalog, place, 0) == ([], 1)


def test_the_first_listing_that_has_not_ended() -> None:
    catalog = browser(schedule=HARBOUR).call.catalog
    day = Query(days=("2024-10-26",))
    first = position_of(catalog, "anker1")
    assert first is not None
    # It ends at 10:30 in Berlin.
    assert first_ending_after(catalog, 1729931400 - 1, day) == first
    assert first_ending_after(catalog, 1729931400, day) == first + 1
    assert first_ending_after(catalog, 4_000_000_000) is None
