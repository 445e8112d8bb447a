"""JSON of listings from SQLite, compared with Python's encoder."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.catalog.columns import LISTING
from summitcli.catalog.conditions import EVERYTHING, NO_MARKS, Picks, Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.model import Schedule
from summitcli.rows import Listing
from tests.conftest import examples
from tests.schedules import document, schedules, session
from tests.search.conferences import built

EVERY_CHARACTER = "".join(
    chr(code) for code in [*range(1, 0xD800), *range(0xE000, 0x10000), 0x1F600, 0x10FFFF]
)


def of(made: dict[str, Any]) -> Catalog:
    return built(Schedule.model_validate_json(json.dumps(made)))


def by_python(catalog: Catalog, query: Query, marks: Mapping[str, Picks] = NO_MARKS) -> list[str]:
    rows = Selection(catalog, query, marks)
    return [json.dumps(row._asdict(), ensure_ascii=False) for row in rows]


def test_every_field_of_a_listing_has_a_column_in_their_order() -> None:
    assert tuple(LISTING) == Listing._fields


def test_the_bundled_schedule_is_the_same_by_sqlite_and_by_python(bundled: Catalog) -> None:
    for query in (
        EVERYTHING,
        Query(categories=("forum",)),
        Query(days=("2022-07-24",)),
        Query(rooms=("none",)),
    ):
        assert list(bundled.iterate_json(query)) == by_python(bundled, query)


@settings(max_examples=examples(300))
@given(schedules())
def test_any_schedule_is_the_same_by_sqlite_and_by_python(made: dict[str, Any]) -> None:
    catalog = of(made)
    assert list(catalog.iterate_json()) == by_python(catalog, EVERYTHING)


def test_every_character_is_written_as_python_writes_it() -> None:
    # In a text that the model trims or folds, these would not be the characters that were given.
    connection = sqlite3.connect(":memory:")
    (written,) = connection.execute("SELECT json_quote(?)", [EVERY_CHARACTER]).fetchone()
    assert written == json.dumps(EVERY_CHARACTER, ensure_ascii=False)
    catalog = of(document(session("a", description=EVERY_CHARACTER, speakers=['"\\', "Bo"])))
    assert list(catalog.iterate_json()) == by_python(catalog, EVERYTHING)


def test_what_is_in_the_agenda_is_marked(bundled: Catalog) -> None:
    marks = {
        "yes": (("main-forum", None), ("future-dialogue", "2022-07-24"), ("future-dialogue", "2022-07-26")),
        "maybe": (("opening-ceremony", None),),
        "hidden": (("digital-product-expo", "2022-07-24"),),
    }
    query = Query(days=("2022-07-23", "2022-07-24"))
    documents = list(bundled.iterate_json(query, marks=marks))
    assert documents == by_python(bundled, query, marks)
    found = [(row["id"], row["day"], row["pick"], row["in_agenda"]) for row in map(json.loads, documents)]
    assert [row for row in found if row[2] or row[3]] == [
        ("opening-ceremony", "2022-07-23", "maybe", True),
        ("main-forum", "2022-07-23", "yes", True),
        ("digital-product-expo", "2022-07-24", "hidden", False),
        ("future-dialogue", "2022-07-24", "yes", True),
    ]


def test_fields_are_written_in_the_order_asked_for(bundled: Catalog) -> None:
    query = Query(ids=("main-forum",))
    fields = ("title", "pick", "in_agenda", "id")
    marks = {"maybe": [("main-forum", None)], "hidden": [("opening-ceremony", None)]}
    assert list(bundled.iterate_json(query, fields, marks)) == [
        '{"title": "主论坛", "pick": "maybe", "in_agenda": true, "id": "main-forum"}'
    ]
    assert list(bundled.iterate_json(query, ("id",), marks)) == ['{"id": "main-forum"}']


@pytest.mark.parametrize("query", [EVERYTHING, Query(categories=("forum",))], ids=["all", "filtered"])
def test_rows_one_by_one_are_those_of_the_list(bundled: Catalog, query: Query) -> None:
    assert list(bundled.iterate_listings(query)) == bundled.listings(query)
