"""Search in descriptions."""

import sqlite3

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.model import Session, Slot, Text
from tests.search.conferences import DAY, built, schedule_of


def described(*descriptions: str) -> Catalog:
    """Return the catalog of sessions with these descriptions."""
    return built(
        schedule_of(
            *(
                Session(id=f"s{n}", title=Text("Talk"), slots=(Slot(day=DAY),), description=Text(description))
                for n, description in enumerate(descriptions)
            )
        )
    )


def found(catalog: Catalog, text: str) -> list[str]:
    return [hit.session.id for hit in catalog.search(text, full=True).hits]


@pytest.mark.parametrize(
    ("description", "typed"),
    [
        ("关于区块链的讨论", "区块链"), ("關於區塊鏈", "区块链"), ("关于区块链", "區塊鏈"),
        ("㋿元年", "令和"), ("⾦融", "金融"), ("ロボットの話", "ロボット"), ("か\u3099くせい", "がくせい"),
        ("The Ｇröße", "größe"), ("Café", "cafe"),
    ],
)  # fmt: skip
def test_words_of_descriptions_are_found_however_they_are_written(description: str, typed: str) -> None:
    assert found(described("nothing", description), typed) == ["s1"]
    assert described("nothing", description).search(typed).hits == ()


def test_no_description_is_read_for_a_character_that_occurs_nowhere() -> None:
    catalog = described(*["关于区块链的讨论"] * 50)
    read: list[tuple[object, ...]] = []

    def note(_cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
        read.append(row)
        return row

    catalog._connection.row_factory = note
    assert found(catalog, "魑魅") == []
    assert found(catalog, "区块链 魅") == []
    assert len(read) < 50


@pytest.mark.parametrize("typed", ["qzx", "discuss nothingness", "讨链", "区块讨", "forum4711"])
def test_no_description_is_read_for_a_word_that_stands_in_none(typed: str) -> None:
    catalog = described(*["关于区块链的讨论", "An open discussion in the forum"] * 50)
    read: list[tuple[object, ...]] = []

    def note(_cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
        read.append(row)
        return row

    catalog._connection.row_factory = note
    assert found(catalog, typed) == []
    assert len(read) < 50


def test_a_word_may_stand_in_names_and_another_in_descriptions() -> None:
    assert found(described("nothing", "An open discussion"), "talk discuss") == ["s1"]


def test_characters_are_neighbours_over_a_sign() -> None:
    assert found(described("nothing", "区块-链, 分 论坛"), "区块链分论坛") == ["s1"]
