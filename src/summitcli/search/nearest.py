"""The names that look most like a text that was not found."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.search.answers import Kind
from summitcli.search.index import Filter
from summitcli.search.typed import read
from summitcli.search.units import GAP
from summitcli.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    import sqlite3

_MOST_COMPARED = 2000
"""How many sessions are compared at the most: those that share a unit with the text, then the first."""
_MOST_TOKENS = 1000
_FEWEST_LETTERS = 2
_MOST_LETTERS = 100


def nearest(connection: sqlite3.Connection, text: str, within: Filter, number: int) -> list[int]:
    """The ``number`` sessions whose names have the longest piece of ``text``, two letters or more.

    Returns their positions, nearest first; of equally near names the shortest says least besides.

    Raises:
        sqlite3.Error: the catalog can't be read.
    """
    vocabulary = Vocabulary(connection, read(text))
    wanted = vocabulary.typed.text[:_MOST_LETTERS]
    if len(wanted) < _FEWEST_LETTERS:
        return []
    sounds = _sounds(connection, wanted)
    ranked = []
    for session, keys in _candidates(vocabulary, within).items():
        names = [[unit for unit in key.split(" ") if unit != GAP] for key in keys.split("\n")]
        spelled = ["".join(name) for name in names]
        spelled += ["".join(sounds.get(unit, unit) for unit in name) for name in names]
        length, shortness = max((_common(wanted, name), -len(name)) for name in spelled)
        ranked.append((-length, -shortness, session))
    return [session for length, _, session in sorted(ranked)[:number] if -length >= _FEWEST_LETTERS]


def _common(one: str, other: str) -> int:
    """The length of the longest piece that two texts have in common."""
    length = start = 0
    while start + length < len(one):
        if one[start : start + length + 1] in other:
            length += 1
        else:
            start += 1
    return length


def _candidates(vocabulary: Vocabulary, within: Filter) -> Mapping[int, str]:
    """Sessions with the keys of their names."""
    meanings = [
        meaning
        for kind in (Kind.LITERAL, Kind.PINYIN)
        for stretches in (vocabulary.whole(kind), vocabulary.begun(kind))
        for (start, end), meaning in stretches.items()
        if kind is Kind.LITERAL or end - start > 1
    ]
    shared = {unit for meaning in meanings for unit in (*meaning.characters, *meaning.words)}
    for beginning in {meaning.beginning for meaning in meanings if meaning.many}:
        shared.update(vocabulary.words(beginning, _MOST_TOKENS))
    expression = " OR ".join(f'"{unit}"' for unit in sorted(shared)[:_MOST_TOKENS])
    rows: list[tuple[int, str]] = []
    if shared:
        rows = vocabulary.connection.execute(
            "SELECT search.rowid, keys.name"  # noqa: S608
            " FROM search CROSS JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE search MATCH ? AND {within.condition} LIMIT ?",
            [f"name : ({expression})", *within.values, _MOST_COMPARED],
        ).fetchall()
    rows += vocabulary.connection.execute(
        f"SELECT search.rowid, search.name FROM search_text AS search WHERE {within.condition} LIMIT ?",  # noqa: S608
        [*within.values, _MOST_COMPARED - len(rows)],
    )
    return dict(rows)


def _sounds(connection: sqlite3.Connection, text: str) -> Mapping[str, str]:
    """One reading of each character, one that is in ``text`` before others."""
    rows = connection.execute("SELECT typed, units FROM search_spelling WHERE kind = ?", [Kind.PINYIN])
    readings = sorted((typed in text, typed, units) for typed, units in rows)
    return {character: typed for _, typed, units in readings for character in units.split()}
