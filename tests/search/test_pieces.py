"""What a catalog keeps of descriptions."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.catalog import schema
from summitcli.search import pieces as module
from summitcli.search.descriptions import in_descriptions
from summitcli.search.normalising import normalised
from summitcli.search.pieces import Pieces
from summitcli.search.typed import read
from summitcli.search.vocabulary import Vocabulary

LETTERS = st.sampled_from("ab1ÄßéΣ数字會か\u3099ｶﾞ㋿⾦・-_ ,\n\u0301\u200d\U00020000\U0002f800")
TEXTS = st.text(LETTERS, max_size=8)


def pieces_of(*texts: str) -> sqlite3.Connection:
    """A catalog's tables with the pieces of these descriptions."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema.TABLES)
    pieces = Pieces(connection)
    for text in texts:
        pieces.add(text)
    pieces.write()
    return connection


def kept(connection: sqlite3.Connection) -> list[str]:
    return [piece for (piece,) in connection.execute("SELECT piece FROM search_piece ORDER BY piece")]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("An open forum: OPEN data_2", ["2", "an", "data", "forum", "open"]),
        ("Größe, Café", ["cafe", "grosse"]),
        ("数字。5G大会", ["5g", "~大", "~数", "会~", "大会", "字~", "数字"]),
        ("㋿か\u3099", ["~令", "が~", "令和", "和が"]),
        ("", []),
    ],
)
def test_words_and_neighbours_are_kept(text: str, pieces: list[str]) -> None:
    assert kept(pieces_of(text)) == pieces


def test_each_piece_is_kept_once_however_often_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kept(pieces_of("数字 forum", "forum ü 数字", "a b c"))
    monkeypatch.setattr(module, "BATCH_LENGTH", 1)
    monkeypatch.setattr(module, "MAX_HELD", 1)
    assert kept(pieces_of("数字 forum", "forum ü 数字", "a b c")) == whole


def test_the_letters_of_descriptions_are_known() -> None:
    pieces = Pieces(pieces_of())
    for text in ("数字 ü", "か", "abc"):
        pieces.add(text)
    pieces.write()
    assert pieces.letters == set("数字üか~") - {"~"}


@given(st.lists(TEXTS, max_size=3), TEXTS)
def test_whatever_stands_in_a_description_may_occur_one(texts: list[str], typed: str) -> None:
    connection = pieces_of(*texts)
    characters = [(0, letter, letter) for letter in {*normalised("".join(texts))}]
    connection.executemany("INSERT OR IGNORE INTO search_spelling VALUES (?, ?, ?)", characters)
    for question in in_descriptions(Vocabulary(connection, read(typed))):
        for word in question.words:
            if any(word.pattern.search(normalised(text)) for text in texts):
                assert word.may_occur(connection)
