"""Tests for what the search index has of a text, beyond the searches that find it."""

from summitcli.search.characters import first_letters
from summitcli.search.keys import Tokens
from summitcli.search.units import row


def test_the_characters_of_texts_are_known_even_if_they_are_in_no_pair() -> None:
    tokens = Tokens(first_letters)
    for text in ("云", "AI", "AI 2022", "数据 4", "AI国"):
        tokens.of(row(text))
    assert tokens.characters == set("云数据国")
