"""The names of columns."""

import pytest

from summitcli.formats.tables.words import FIELDS, LONGEST, field_of, key


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("title", "title"),
        ("TITLE", "title"),
        ("Session Title", "title"),
        ("session_title", "title"),
        ("Titles", "title"),
        ("题目", "title"),
        ("Titel", "title"),
        ("Titre", "title"),
        ("Name", "title"),
        ("Intitulé", "title"),
        ("Tag", "day"),
        ("tags", "tags"),
        ("Date", "day"),
        ("日期", "day"),
        ("Jour", "day"),
        ("Date / Time", "day"),
        ("日期 Date", "day"),
        ("Start time", "start"),
        ("Début", "start"),
        ("Von", "start"),
        ("Start (CEST)", "start"),
        ("Zeit", "start"),
        ("开始时间", "start"),
        ("End", "end"),
        ("Bis", "end"),
        ("Fin", "end"),
        ("Dauer (min)", "duration"),
        ("Länge", "duration"),
        ("时长（分钟）", "duration"),
        ("Raum", "room"),
        ("Salle", "room"),
        ("地点", "room"),
        ("Speaker(s)", "speakers"),
        ("SPEAKERS", "speakers"),
        ("Referent*in", "speakers"),
        ("Referent/in", "speakers"),
        ("讲者", "speakers"),
        ("Orateurs", "speakers"),
        ("Track", "category"),
        ("Kategorie", "category"),
        ("Type", "type"),
        ("Ｔｉｔｌｅ", "title"),
        ("Session ID", "id"),
        ("链接", "url"),
        ("Sprache", "language"),
        ("Time zone", "zone"),
    ],
)
def test_a_column_is_known_by_its_name(name: str, field: str) -> None:
    found = field_of(name)
    assert found is not None and found[0] == field


@pytest.mark.parametrize(
    "name", ["", " ", "Notes", "Email", "E-Mail", "Mail", "电子邮件", "123", "t" * (LONGEST + 1)]
)
def test_other_names_are_unknown(name: str) -> None:
    assert field_of(name) is None


def test_a_name_says_more_than_another() -> None:
    title, name = field_of("Title"), field_of("Name")
    assert title and name and title[1] < name[1]


def test_names_are_compared_without_accents_blanks_and_case() -> None:
    assert key(" Heure de DÉBUT ") == key("heure_de-debut") == "heurededebut"
    assert key("会场（主）") == "会场主"


def test_the_fields_that_columns_may_hold() -> None:
    assert FIELDS == (
        "title",
        "subtitle",
        "day",
        "start",
        "end",
        "duration",
        "room",
        "speakers",
        "category",
        "type",
        "abstract",
        "description",
        "language",
        "url",
        "id",
        "level",
        "tags",
        "zone",
    )
