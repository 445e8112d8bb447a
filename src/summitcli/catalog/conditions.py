"""Queries for listings (each a session on one of its days), and their conditions in SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from summitcli.lazy_typing import NamedTuple
from summitcli.rows import PLANNED
from summitcli.text.plain_json import encode_ascii

Picks = Collection[tuple[str, "str | None"]]
"""The sessions in an agenda: pairs of a session ID and an ISO date; None for the date means all days."""

NO_MARKS: Mapping[str, Picks] = {}
"""The value of ``marks`` for an empty agenda: no session has a mark."""


class Query(NamedTuple):
    """The conditions that a listing must meet to be selected: each field that is set is one condition.

    With ``days=("2022-07-23", "2022-07-24")``, the listing must be on one of these days. With
    ``excluded_categories``, it must be in none of these categories. An empty tuple is no condition. Days are
    ISO dates, categories are IDs; rooms, speakers and languages are written as in the schedule.

    ``picks`` are the sessions in an agenda. ``picks`` and ``ids`` are no conditions if they are None; if they
    are empty, no listing matches.
    """

    days: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    from_minute: int | None = None
    """The earliest start of a listing, in minutes since midnight of its conference day, in local time."""
    to_minute: int | None = None
    """The time before which a listing must begin, in minutes since midnight of its conference day."""
    picks: Picks | None = None
    excluded_picks: Picks = ()
    ids: tuple[str, ...] | None = None


EVERYTHING = Query()

MANY_PICKS = 50_000
"""With this many sessions in an agenda, its listings are read in order instead of being looked up by ID."""

LANGUAGE_SEPARATOR = ", "
"""The separator in the language field of a session held in several languages."""

Condition = tuple[str, tuple[object, ...]]
"""An SQL condition with ``?`` placeholders, and their values."""


def where(query: Query, *others: Condition) -> tuple[str, list[object]]:
    """Return the WHERE clause for ``query`` and ``others``, and the values of its ``?`` placeholders.

    The clause is an empty text if there are no conditions.
    """
    conditions = [*others, *_conditions(query)]
    clause = " AND ".join(clause for clause, _values in conditions)
    return f"WHERE {clause}" if clause else "", [value for _clause, values in conditions for value in values]


def _conditions(query: Query) -> Iterator[Condition]:
    if query.days:
        yield _one_of("day.day", query.days)
    if query.categories:
        yield _one_of("category.id", query.categories)
    if query.excluded_categories:
        clause, values = _one_of("category.id", query.excluded_categories)
        yield f"(category.id IS NULL OR NOT {clause})", values
    if query.rooms:
        yield _one_of("room.name", query.rooms)
    if query.languages:
        # A session may be held in several: "de, en".
        mark = f"'{LANGUAGE_SEPARATOR}'"
        held = f"instr({mark} || session.language || {mark}, {mark} || ? || {mark})"
        yield f"({' OR '.join([held] * len(query.languages))})", query.languages
    if query.speakers:
        clause, values = _one_of("speaker.name", query.speakers)
        appearances = "appearance JOIN speaker ON speaker.position = appearance.speaker"
        yield f"listing.session IN (SELECT appearance.session FROM {appearances} WHERE {clause})", values  # noqa: S608
    if query.from_minute is not None:
        yield "listing.minute >= ?", (query.from_minute,)
    if query.to_minute is not None:
        yield "listing.minute < ?", (query.to_minute,)
    if query.ids is not None:
        yield "session.id IN (SELECT value FROM json_each(?))", (encode_ascii(query.ids),)
    if query.picks is not None:
        yield from _picks_conditions(query.picks)
    if query.excluded_picks:
        clause, values = picks_condition(query.excluded_picks)
        yield f"NOT {clause}", values


def _one_of(column: str, wanted: Collection[str]) -> Condition:
    return f"{column} IN ({', '.join('?' * len(wanted))})", tuple(wanted)


def _picks_conditions(picks: Picks) -> Iterator[Condition]:
    # First the IDs alone, by their index; then the days of each. The unary + disables the index for very many
    # picks: listings are then read in order, as sorting them would delay the first.
    no_index = "+" if len(picks) >= MANY_PICKS else ""
    ids = "SELECT json_extract(value, '$[0]') FROM json_each(?)"
    yield f"{no_index}session.id IN ({ids})", (encode_ascii(picks),)
    clause, values = picks_condition(picks)
    yield clause.replace("session.id", f"{no_index}session.id"), values


def picks_condition(picks: Picks) -> Condition:
    """Return the SQL condition that selects the sessions in ``picks``, and the values of its placeholders."""
    document = encode_ascii(list(picks))
    # Neither subquery depends on the row, so SQLite evaluates each only once.
    pairs = (
        "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
        " WHERE json_extract(value, '$[1]') NOT NULL"
    )
    whole = "SELECT json_extract(value, '$[0]') FROM json_each(?) WHERE json_extract(value, '$[1]') IS NULL"
    return f"(session.id IN ({whole}) OR (session.id, day.day) IN ({pairs}))", (document, document)


def marks_conditions(marks: Mapping[str, Picks], query: Query) -> dict[str, Condition]:
    """Return the SQL expressions for the fields ``in_agenda`` and ``pick`` of listings that match ``query``.

    Args:
        marks: the sessions in the agenda, with a day or None for all days, by mark: ``{"yes": [("a1", None)],
            "maybe": []}``.
        query: the query. Its ``picks`` may be one of the lists in ``marks``, the same object. Then all
            listings that it finds have this mark, and the expressions are constants, such as ``'maybe'``.
    """
    for mark, picks in marks.items():
        if picks is query.picks:
            return {"in_agenda": (str(int(mark in PLANNED)), ()), "pick": (f"'{mark}'", ())}
    planned = [pair for mark in PLANNED for pair in marks.get(mark, ())]
    cases: list[str] = []
    values: list[object] = []
    for mark, picks in marks.items():
        clause, its_values = picks_condition(picks)
        cases.append(f"WHEN {clause} THEN '{mark}'")
        values += its_values
    return {
        "in_agenda": picks_condition(planned) if planned else ("0", ()),
        "pick": (f"CASE {' '.join(cases)} END" if cases else "NULL", tuple(values)),
    }
