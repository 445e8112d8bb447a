"""Tests for what frab JSON says about speakers, compared with the file itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from summitcli import formats
from summitcli.budgets import Spending
from summitcli.formats.draft import DraftLink, Person
from summitcli.formats.findings import Findings
from summitcli.formats.frab.people import LISTS_OF_PERSONS, read_people
from summitcli.formats.json_fields import Fields
from tests.published import CORPUS, DATA

CORPUS_FILES = ("36c3-everything.json", "pretalx-democon.json", "pretalx-rc3.json")


def people(key: str, *entries: Any, known: dict[str, str] | None = None) -> tuple[Person, ...]:
    event = Fields({key: list(entries)}, "e", Findings(), Spending("conf.json", 0))
    return read_people(event, event.listed(*LISTS_OF_PERSONS), known or {})


def test_every_field_about_a_person_is_read() -> None:
    person = {
        "code": "ADA",
        "public_name": "Ada",
        "biography": "Counts.",
        "url": "https://ada.example/",
        "email": "ada@conf.example",
        "avatar": "https://conf.example/ada.png",
        "links": [
            {"url": "https://code.example/ada", "title": "Code", "type": "web"},
            "https://a.example/",
            {},
        ],
    }
    assert people("persons", person, "Bob", {"name": "Cem"}, {"name": "Dee", "biography": ""}) == (
        Person(
            "Ada",
            biography="Counts.",
            links=(
                DraftLink("https://ada.example/"),
                DraftLink("https://code.example/ada", "Code", "web"),
                DraftLink("https://a.example/"),
            ),
        ),
    )


def test_a_biography_may_have_two_parts_or_several_languages() -> None:
    assert people("speakers", {"name": "Ada", "abstract": "A.", "description": "B."}) == (
        Person("Ada", biography="A.\n\nB."),
    )
    (person,) = people("persons", {"name": {"en": "Ada", "zh": "艾达"}, "bio": {"en": "A.", "zh": "甲"}})
    assert person == Person("Ada", {"en": "Ada", "zh": "艾达"}, "A.", {"en": "A.", "zh": "甲"})


def test_a_person_without_a_name_has_that_of_the_list() -> None:
    assert people("persons", {"guid": "g", "biography": "A."}, known={"g": "Ada"}) == (
        Person("Ada", biography="A."),
    )


@pytest.mark.parametrize("name", CORPUS_FILES)
def test_biographies_are_those_of_the_file(name: str) -> None:
    path = CORPUS / "frab-json" / name
    if not path.exists():
        pytest.skip(f"no corpus with {name}")
    said = _biographies(path)
    read = formats.parse(path.read_bytes(), name).outline.speakers
    found = {speaker.name.root: speaker.biography.root for speaker in read if speaker.biography}
    assert said
    assert {" ".join(who.split()) for who in said} == found.keys()
    plain = {who: text for who, text in said.items() if who in found and not set("<&\r") & set(text)}
    assert {who: text.strip() for who, text in plain.items()} == {who: found[str(who)] for who in plain}


def test_the_sample_has_each_biography_once_and_no_mail_address() -> None:
    content = (DATA / "island.json").read_bytes()
    outline = formats.parse(content, "island.json").outline
    assert [speaker.name.root for speaker in outline.speakers] == ["Mo Lin", "Ada Berg"]
    assert b"mo@mail.example" in content
    assert "mo@mail.example" not in outline.model_dump_json()


def _biographies(path: Path) -> dict[str, str]:
    """Return the first biography of each name that has one, read without the program."""
    days = json.loads(path.read_bytes())["schedule"]["conference"]["days"]
    found: dict[str, str] = {}
    for day in days:
        for events in day["rooms"].values():
            for event in events:
                for person in event["persons"]:
                    if (person.get("biography") or "").strip():
                        found.setdefault(person.get("public_name") or person["name"], person["biography"])
    return found
