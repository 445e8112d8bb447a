"""Which listings are asked for, as a question and as a condition of SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from summitcli.lazy_typing import NamedTuple
from summitcli.text.plain_json import encode_ascii

Picks = Collection[tuple[str, "str | None"]]
"""Pairs of a session's id and a day, or None for all its days."""


class Query(NamedTuple):
    """What to list. Within a field any value may match; of the fields, all must.

    Every name is the catalog's own: days are ISO dates, categories ids, rooms, speakers and languages as
    the schedule writes them.
    """

    days: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    from_minute: int | None = None
    """The earliest start, in minutes from the day's midnight by the wall clock."""
    to_minute: int | None = None
    """Starts are before it."""
    picks: Picks | None = None
    ids: tuple[str, ...] | None = None


EVERYTHING = Query()

MANY_PICKS = 50_000
"""So many picks are most of a schedule, however large it is."""

SEVERAL = ", "
"""What stands between the languages of a session that is held in several."""

Condition = tuple[str, tuple[object, ...]]
"""A clause, and the values of its placeholders."""


def where(query: Query, *others: Condition) -> tuple[str, list[object]]:
    """Return the WHERE clause of ``query`` and of other conditions, with the values of all of them."""
    conditions = [*others, *_conditions(query)]
    clause = " AND ".join(clause for clause, _values in conditions)
    return f"WHERE {clause}" if clause else "", [value for _clause, values in conditions for value in values]


def _conditions(query: Query) -> Iterator[Condition]:
    if query.days:
        yield _among("day.day", query.days)
    if query.categories:
        yield _among("category.id", query.categories)
    if query.excluded_categories:
        clause, values = _among("category.id", query.excluded_categories)
        yield f"(category.id IS NULL OR NOT {clause})", values
    if query.rooms:
        yield _among("room.name", query.rooms)
    if query.languages:
        # A session may be held in several: "de, en".
        held = f"instr('{SEVERAL}' || session.language || '{SEVERAL}', '{SEVERAL}' || ? || '{SEVERAL}')"
        yield f"({' OR '.join([held] * len(query.languages))})", query.languages
    if query.speakers:
        clause, values = _among("speaker.name", query.speakers)
        appearances = "appearance JOIN speaker ON speaker.position = appearance.speaker"
        yield f"listing.session IN (SELECT appearance.session FROM {appearances} WHERE {clause})", values  # noqa: S608
    if query.from_minute is not None:
        yield "listing.minute >= ?", (query.from_minute,)
    if query.to_minute is not None:
        yield "listing.minute < ?", (query.to_minute,)
    if query.ids is not None:
        yield "session.id IN (SELECT value FROM json_each(?))", (encode_ascii(query.ids),)
    if query.picks is not None:
        yield from _picked(query.picks)


def _among(column: str, wanted: Collection[str]) -> Condition:
    return f"{column} IN ({', '.join('?' * len(wanted))})", tuple(wanted)


def _picked(picks: Picks) -> Iterator[Condition]:
    # The ids alone first, through their index; then the days of each. Of very many, the listings are gone
    # through in their order instead, or all would have to be sorted before the first is there.
    way = "+" if len(picks) >= MANY_PICKS else ""
    yield f"{way}session.id IN (SELECT json_extract(value, '$[0]') FROM json_each(?))", (encode_ascii(picks),)  # noqa: S608
    clause, values = picked(picks)
    yield clause.replace("session.id", f"{way}session.id"), values


def picked(picks: Picks) -> Condition:
    """Return the condition that a listing is among ``picks``."""
    document = encode_ascii(list(picks))
    # Neither question depends on the row, so each is answered once, however many picks there are.
    pairs = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
    whole = "SELECT json_extract(value, '$[0]') FROM json_each(?) WHERE json_extract(value, '$[1]') IS NULL"
    return f"(session.id IN ({whole}) OR (session.id, day.day) IN ({pairs}))", (document, document)
