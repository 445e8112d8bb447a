"""Search in descriptions and biographies."""

import sqlite3

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.model import Session, Slot, Speaker, Text
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
        ("区块链Web3讨论", "区块链web"), ("区块链，Web-3讨论", "链web-3讨论"),
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


@pytest.mark.parametrize(
    "typed", ["qzx", "discuss nothingness", "讨链", "区块讨", "forum4711", "区块链qzx", "区块链4711讨论"]
)
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


def told(*biographies: str | dict[str, str]) -> Catalog:
    """Return the catalog of sessions with a speaker each, who have these biographies."""
    sessions = (
        Session(id=f"s{n}", title=Text("Talk"), slots=(Slot(day=DAY),), speakers=(f"Speaker {n}", "Ada"))
        for n in range(len(biographies))
    )
    speakers = tuple(
        Speaker(name=Text(f"Speaker {n}"), biography=Text(text)) for n, text in enumerate(biographies)
    )
    return built(schedule_of(*sessions).model_copy(update={"speakers": speakers}))


@pytest.mark.parametrize(
    ("biography", "typed"),
    [
        ("研究区块链", "区块链"), ("Café owner", "cafe"),
        ({"zh": "灯塔", "en": "Lighthouse keeper"}, "lighthouse"),
        ({"zh": "灯塔", "en": "Lighthouse keeper"}, "灯塔"), ("Keeps lighthouses", "talk lighthouses"),
        ("Keeps lighthouses", "ada lighthouses"),
    ],
)  # fmt: skip
def test_sessions_are_found_by_the_biographies_of_their_speakers(
    biography: str | dict[str, str], typed: str
) -> None:
    catalog = told("nothing", biography)
    assert found(catalog, typed) == ["s1"]
    assert [hit.session.id for hit in catalog.search(typed).hits if catalog.search(typed).exact] == []


def test_words_may_be_in_the_biographies_of_several_speakers() -> None:
    schedule = schedule_of(
        Session(
            id="both",
            title=Text("Talk"),
            slots=(Slot(day=DAY),),
            speakers=("Ada", "Bob"),
            description=Text("On fog."),
        )
    )
    speakers = (
        Speaker(name=Text("Ada"), biography=Text("Keeps lighthouses.")),
        Speaker(name=Text("Bob"), biography=Text("Sails.")),
    )
    catalog = built(schedule.model_copy(update={"speakers": speakers}))
    assert found(catalog, "lighthouses sails fog") == ["both"]
    assert found(catalog, "lighthouses sails rain") == []
