"""The languages of a schedule's texts."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from summitcli.catalog.build import build
from summitcli.catalog.languages import has_chinese, is_chinese, languages
from summitcli.catalog.queries import Catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from tests.schedules import document, session

ENDS, BESIDE = "\u3400\u9fff\uf900\ufaff\U00020000\U0003ffff", "\u33ff\ua000\uf8ff\ufb00\U0001ffff\U00040000"
"""The first and last characters of the blocks with Chinese characters, and the characters beside them."""


@pytest.mark.parametrize(
    ("fields", "is_found", "tags"),
    [
        ({"title": "Tea"}, False, ["en"]),
        ({"title": "Tea 茶"}, True, ["en"]),
        ({"title": "茶"}, True, ["en"]),
        ({"title": "\U00020000"}, True, ["en"]),
        ({"title": "차"}, False, ["en"]),
        ({"title": {"en": "Tea", "zh": "品茶"}}, True, ["en", "zh"]),
        ({"description": "绿茶"}, True, ["en"]),
        ({"speakers": ["茶"]}, True, ["en"]),
        ({"language": "de, pt-BR"}, False, ["de", "en", "pt-BR"]),
    ],
)
def test_chinese_in_any_text_is_found(fields: dict[str, Any], is_found: bool, tags: list[str]) -> None:
    made = document(session("tea") | fields)
    made["categories"] = []
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(Schedule.model_validate_json(json.dumps(made))), connection, "test")
        catalog = Catalog(connection)
        assert (has_chinese(catalog), languages(catalog)) == (is_found, tags)


def test_an_unknown_language_is_not_listed() -> None:
    made = document(session("tea"), language="und")
    made["categories"] = []
    with closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(Schedule.model_validate_json(json.dumps(made))), connection, "test")
        assert languages(Catalog(connection)) == []


def test_kana_and_hangul_are_not_chinese() -> None:
    assert [text for text in ("tea", "ティー", "차", "品茶", "a茶b", *ENDS, *BESIDE) if is_chinese(text)] == [
        "品茶", "a茶b", *ENDS,
    ]  # fmt: skip
