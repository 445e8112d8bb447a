"""Selections, which read listings row by row, compared with lists."""

from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.catalog import conditions
from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.rows import Listing
from tests.conftest import examples
from tests.exports.published import load
from tests.schedules import schedules
from tests.search.conferences import built

FORUMS = Query(categories=("forum",), days=("2022-07-23", "2022-07-24"))


@settings(max_examples=examples(300))
@given(schedules())
def test_it_is_what_a_list_of_the_same_query_is(content: dict[str, Any]) -> None:
    catalog = built(load(content))
    selection, rows = Selection(catalog, EVERYTHING), catalog.listings()
    assert bool(selection) is bool(rows)
    assert [list(selection), list(selection)] == [rows, rows]
    assert selection.sessions() == len({row.id for row in rows})
    assert selection.longest_id() == max((len(row.id) for row in rows), default=0)
    assert set(selection.rooms()) == {row.room for row in rows if row.room}
    assert set(selection.kinds()) == {(row.status, row.part, row.parts, row.all_day) for row in rows}
    assert set(selection.nights()) == {
        (row.day, row.start, row.end)
        for row in rows
        if row.start and row.end and {row.start[:10], row.end[:10]} != {row.day}
    }
    assert [day.day for day in selection.days()] == list(dict.fromkeys(row.day for row in rows))
    for day in selection.days():
        on_day = [row for row in rows if row.day == day.day]
        assert day.timed is any(not row.all_day for row in on_day)
        assert list(selection.on(day.day)) == on_day
        known = [category for category in day.categories if category is not None]
        for category, count in day.categories.items():
            held = [row for row in on_day if row.category == category]
            assert count == len(held)
            assert list(selection.on(day.day, category, known if category is None else ())) == held


def test_what_is_picked_is_marked(bundled: Catalog) -> None:
    marks = {
        "yes": (("main-forum", None),),
        "maybe": (("digital-product-expo", "2022-07-24"),),
        "hidden": (("opening-ceremony", None),),
    }
    rows = list(Selection(bundled, EVERYTHING, marks))
    assert [row._replace(in_agenda=False, pick=None) for row in rows] == bundled.listings()
    assert [(row.id, row.day, row.pick, row.in_agenda) for row in rows if row.pick or row.in_agenda] == [
        ("opening-ceremony", "2022-07-23", "hidden", False),
        ("main-forum", "2022-07-23", "yes", True),
        ("digital-product-expo", "2022-07-24", "maybe", True),
    ]


PICKS = (("main-forum", None), ("digital-product-expo", "2022-07-24"))


def test_a_query_for_picks_alone_marks_all(bundled: Catalog) -> None:
    asked = Query(picks=PICKS)
    told, untold = Selection(bundled, asked, {"yes": PICKS}), Selection(bundled, asked, {"yes": list(PICKS)})
    assert list(told) == list(untold)
    assert list(told.objects(Listing._fields)) == list(untold.objects(Listing._fields))
    assert all(row.in_agenda for row in told)
    assert list(told.on("2022-07-24")) == [row for row in untold if row.day == "2022-07-24"]


def test_very_many_picks_are_the_same_and_need_no_sorting(
    bundled: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = list(Selection(bundled, Query(picks=PICKS), {"yes": PICKS}))
    monkeypatch.setattr(conditions, "MANY_PICKS", len(PICKS))
    asked: list[str] = []
    bundled._connection.set_trace_callback(asked.append)
    assert list(Selection(bundled, Query(picks=PICKS), {"yes": PICKS})) == few
    bundled._connection.set_trace_callback(None)
    plan = [row[3] for row in bundled.select(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert [step for step in plan if "ORDER BY" in step] == []


def test_filters_hold_on_each_day(bundled: Catalog) -> None:
    selection = Selection(bundled, FORUMS)
    wanted = bundled.listings(FORUMS)
    assert [row for day in selection.days() for row in selection.on(day.day)] == wanted
    assert selection.sessions() == len({row.id for row in wanted})
    assert not Selection(bundled, Query(rooms=("nowhere",)))


def test_checking_for_emptiness_runs_no_further_query(bundled: Catalog) -> None:
    asked: list[str] = []
    bundled._connection.set_trace_callback(asked.append)
    selection = Selection(bundled, EVERYTHING)
    assert selection
    assert (len(list(selection)), len(asked)) == (51, 1)
    assert (len(list(selection)), len(asked)) == (51, 2)
    bundled._connection.set_trace_callback(None)


def test_rows_are_read_as_they_are_taken(bundled: Catalog) -> None:
    taken = iter(Selection(bundled, EVERYTHING))
    assert isinstance(next(taken), Listing)
    assert bundled.counts() == (38, 51), "another question can be asked meanwhile"
    assert len(list(taken)) == 50
