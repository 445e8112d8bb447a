"""The names of sessions most similar to a search text that matches nothing."""

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

_MAX_COMPARED = 2000
"""The largest number of sessions that are compared with the text.

First come sessions whose name shares a character or word with the text, then others in the schedule's order.
"""
_MAX_TOKENS = 1000
_MIN_CHARACTERS, _MIN_LETTERS = 2, 4
"""The smallest number of characters that a name must share with the text: in general, and for ASCII text."""
_MAX_LETTERS = 100


def nearest(connection: sqlite3.Connection, text: str, within: Filter, number: int) -> list[int]:
    """Return the positions of up to ``number`` sessions whose names are most similar to ``text``.

    Similarity is the length of the longest common substring. Of equally similar names, the shorter come
    first. Names are left out if the substring is shorter than half of ``text``, or than two characters (four
    if ``text`` is ASCII).

    Args:
        connection: the connection to the catalog.
        text: the text as typed.
        within: a filter for the sessions.
        number: the largest number of sessions.

    Raises:
        sqlite3.Error: the catalog can't be read.
    """
    vocabulary = Vocabulary(connection, read(text))
    wanted = vocabulary.typed.text[:_MAX_LETTERS]
    fewest = max(_MIN_LETTERS if wanted.isascii() else _MIN_CHARACTERS, (len(wanted) + 1) // 2)
    if len(wanted) < fewest:
        return []
    sounds = _sounds(connection, wanted)
    ranked = []
    for session, keys in _candidates(vocabulary, within).items():
        names = [[unit for unit in key.split(" ") if unit != GAP] for key in keys.split("\n")]
        spelled = ["".join(name) for name in names]
        spelled += ["".join(sounds.get(unit, unit) for unit in name) for name in names]
        length, shortness = max((_common_length(wanted, name), -len(name)) for name in spelled)
        ranked.append((-length, -shortness, session))
    return [session for length, _, session in sorted(ranked)[:number] if -length >= fewest]


def _common_length(one: str, other: str) -> int:
    """Return the length of the longest common substring of two texts."""
    length = start = 0
    while start + length < len(one):
        if one[start : start + length + 1] in other:
            length += 1
        else:
            start += 1
    return length


def _candidates(vocabulary: Vocabulary, within: Filter) -> Mapping[int, str]:
    """Return the names of the sessions to compare with the typed text, by session position.

    The names of a session are one string, with a line for each name and spaces between Chinese characters and
    words. ``within`` is the filter that the sessions must pass.
    """
    meanings = [
        meaning
        for kind in (Kind.LITERAL, Kind.PINYIN)
        for stretches in (vocabulary.whole(kind), vocabulary.begun(kind))
        for (start, end), meaning in stretches.items()
        if kind is Kind.LITERAL or end - start > 1
    ]
    shared = {unit for meaning in meanings for unit in (*meaning.characters, *meaning.words)}
    for beginning in {meaning.beginning for meaning in meanings if meaning.many}:
        shared.update(vocabulary.words(beginning, _MAX_TOKENS))
    expression = " OR ".join(f'"{unit}"' for unit in sorted(shared)[:_MAX_TOKENS])
    rows: list[tuple[int, str]] = []
    if shared:
        rows = vocabulary.connection.execute(
            "SELECT search.rowid, keys.name"  # noqa: S608
            " FROM search CROSS JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE search MATCH ? AND {within.condition} LIMIT ?",
            [f"name : ({expression})", *within.values, _MAX_COMPARED],
        ).fetchall()
    rows += vocabulary.connection.execute(
        f"SELECT search.rowid, search.name FROM search_text AS search WHERE {within.condition} LIMIT ?",  # noqa: S608
        [*within.values, _MAX_COMPARED - len(rows)],
    )
    return dict(rows)


def _sounds(connection: sqlite3.Connection, text: str) -> Mapping[str, str]:
    """Return one pinyin reading of each Chinese character in the catalog, by character.

    If a character has several readings, one that occurs in ``text``, the typed text, is preferred.
    """
    rows = connection.execute("SELECT typed, units FROM search_spelling WHERE kind = ?", [Kind.PINYIN])
    readings = sorted((typed in text, typed, units) for typed, units in rows)
    return {character: typed for _, typed, units in readings for character in units.split()}
