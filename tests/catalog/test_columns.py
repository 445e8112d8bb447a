"""JSON of listings from SQLite, compared with Python's encoder."""

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.catalog.columns import LISTING
from summitcli.catalog.conditions import EVERYTHING, Picks, Query
from summitcli.catalog.queries import Catalog
from summitcli.model import Schedule
from summitcli.rows import Listing
from tests.schedules import document, schedules, session
from tests.search.conferences import built

EVERY_CHARACTER = "".join(
    chr(code) for code in [*range(1, 0xD800), *range(0xE000, 0x10000), 0x1F600, 0x10FFFF]
)


def of(made: dict[str, Any]) -> Catalog:
    return built(Schedule.model_validate_json(json.dumps(made)))


def by_python(catalog: Catalog, query: Query, picks: Picks = ()) -> list[str]:
    return [
        json.dumps(
            row._replace(in_agenda=(row.id, None) in picks or (row.id, row.day) in picks)._asdict(),
            ensure_ascii=False,
        )
        for row in catalog.listings(query)
    ]


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


@settings(max_examples=60)
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
    picks = (("main-forum", None), ("future-dialogue", "2022-07-24"), ("future-dialogue", "2022-07-26"))
    query = Query(days=("2022-07-23", "2022-07-24"))
    documents = list(bundled.iterate_json(query, picks=picks))
    assert documents == by_python(bundled, query, picks)
    assert 0 < sum('"in_agenda": true' in one for one in documents) < len(documents)


def test_fields_are_written_in_the_order_asked_for(bundled: Catalog) -> None:
    query = Query(ids=("main-forum",))
    fields = ("title", "in_agenda", "id")
    assert list(bundled.iterate_json(query, fields, [("main-forum", None)])) == [
        '{"title": "主论坛", "in_agenda": true, "id": "main-forum"}'
    ]
    assert list(bundled.iterate_json(query, ("id",), [("main-forum", None)])) == ['{"id": "main-forum"}']


@pytest.mark.parametrize("query", [EVERYTHING, Query(categories=("forum",))], ids=["all", "filtered"])
def test_rows_one_by_one_are_those_of_the_list(bundled: Catalog, query: Query) -> None:
    assert list(bundled.iterate_listings(query)) == bundled.listings(query)
