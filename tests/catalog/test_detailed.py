"""Details of sessions and speakers in a catalog."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from summitcli.catalog import detailed
from summitcli.catalog.build import build
from summitcli.catalog.queries import Catalog
from summitcli.details import LinkRow, PersonRow, SessionDetails, SpeakerRow
from summitcli.errors import CatalogDamaged
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from tests.schedules import document, session

CODE = {"url": "https://code.example/ada", "title": "Code"}
LIVE = {"url": "https://live.example/", "kind": "stream"}


def made() -> dict[str, Any]:
    """Return a schedule with details of every kind, and with a speaker who has no session."""
    content = document(
        session("talk", speakers=["Ada", "Bob"], level="expert", tags=["Data", "R&D"], links=[LIVE]),
        session("plain", speakers=["Cem"]),
        session("rated", feedback_url="https://conf.example/f"),
    )
    content["speakers"] = [
        {"name": {"en": "Ada", "zh": "艾达"}, "biography": "Counts.", "links": [CODE]},
        {"name": "Bob", "biography": {"en": "Sails.", "zh": "航海。"}},
        {"name": "Dee", "biography": "Ill."},
    ]
    return content


ADA = PersonRow(
    "Ada", {"en": "Ada", "zh": "艾达"}, "Counts.", {}, (LinkRow("https://code.example/ada", "Code"),)
)
BOB = PersonRow("Bob", {}, "Sails.", {"en": "Sails.", "zh": "航海。"})


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(Schedule.model_validate_json(json.dumps(made()))), connection, "test")
        yield Catalog(connection)


def test_sessions_get_their_details_and_all_their_speakers(catalog: Catalog) -> None:
    rows = {row.id: row for row in detailed.with_details(catalog, catalog.sessions())}
    fields = SessionDetails._fields
    assert {id_: (*(getattr(row, name) for name in fields), row.people) for id_, row in rows.items()} == {
        "talk": ("expert", ("Data", "R&D"), (LinkRow(LIVE["url"], None, "stream"),), None, (ADA, BOB)),
        "plain": (None, (), (), None, (PersonRow("Cem"),)),
        "rated": (None, (), (), "https://conf.example/f", ()),
    }


def test_sessions_have_no_details_but_tags_until_they_are_asked_for(catalog: Catalog) -> None:
    rows = catalog.sessions()
    assert {(row.level, row.links, row.people) for row in rows} == {(None, (), ())}
    tags = {"talk": ("Data", "R&D"), "plain": (), "rated": ()}
    assert {row.id: row.tags for row in rows} == {row.id: row.tags for row in catalog.listings()} == tags


def test_speakers_get_their_details(catalog: Catalog) -> None:
    assert list(detailed.speakers_with_details(catalog, catalog.speakers())) == [
        SpeakerRow("Ada", 1, *ADA[1:]),
        SpeakerRow("Bob", 1, *BOB[1:]),
        SpeakerRow("Cem", 1),
    ]
    assert detailed.names_of_known_people(catalog) == ["Ada", "Bob"]
    assert detailed.known_people(catalog, []) == {}


def test_only_sessions_and_speakers_with_details_have_a_row(catalog: Catalog) -> None:
    assert catalog.select("SELECT session FROM session_detail") == [(0,), (2,)]
    assert catalog.select("SELECT speaker FROM speaker_detail") == [(0,), (1,)]
    assert detailed.has_session_details(catalog)


def test_damaged_details_are_noticed(catalog: Catalog) -> None:
    catalog.select("UPDATE session_detail SET tags = '{}' RETURNING 1")
    with pytest.raises(CatalogDamaged):
        detailed.session_details(catalog, ["talk"])


@pytest.mark.parametrize("links", ['[{"title": "x"}]', "[1]", "{}", "["])
def test_damaged_links_are_noticed(catalog: Catalog, links: str) -> None:
    catalog.select("UPDATE session_detail SET links = ? RETURNING 1", [links])
    with pytest.raises(CatalogDamaged):
        detailed.session_details(catalog, ["talk"])


def test_a_name_with_a_nul_is_found() -> None:
    content = document(session("talk", speakers=["A\0da"]))
    content["speakers"] = [{"name": "A\0da", "biography": "Counts."}]
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(Schedule.model_validate_json(json.dumps(content))), connection, "test")
        people = detailed.known_people(Catalog(connection), ["A\0da"])
    assert people == {"A\0da": PersonRow("A\0da", {}, "Counts.")}
