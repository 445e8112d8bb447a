"""The queries of a catalog, the database of a schedule: each is one SQL statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from summitcli.catalog.columns import FROM_LISTING, FROM_WHOLE_LISTING, SELECT_LISTING, select_json
from summitcli.catalog.conditions import (
    EVERYTHING,
    LANGUAGE_SEPARATOR,
    NO_MARKS,
    Condition,
    Picks,
    Query,
    marks_conditions,
    where,
)
from summitcli.catalog.database import Database
from summitcli.catalog.decoding import IDENTITY, decode_json, identities, listing, sessions
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.rows import CategoryRow, ConferenceRow, DayRow, Listing, NameRow, SessionRow
from summitcli.text.days import NIGHT_ENDS
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    from summitcli.details import SpeakerRow
    from summitcli.identity import Identity
    from summitcli.search.answers import Answer
    from summitcli.search.index import Filter


_NIGHT_END_MINUTE = (24 + int(NIGHT_ENDS[:2])) * 60
"""The end of the night after a day (09:00 on the next day), in minutes since midnight of the day itself."""
_MAX_CLOCK_CHANGE = 120


class Catalog(Database):
    """The database of a schedule, and its queries. A *listing* is a session on one of its days."""

    _conference: ConferenceRow | None = None

    def conference(self) -> ConferenceRow:
        """Return the conference's ID, title, dates and other data as a row."""
        if self._conference is None:
            row = self._single_row(
                'SELECT id, title, titles, language, time_zone, start, "end", revised, notice, source,'
                " outside FROM conference"
            )
            texts = {2, 8, 9}
            self._conference = ConferenceRow._make(
                decode_json(value) if position in texts else value for position, value in enumerate(row)
            )
        return self._conference

    def facts(self) -> dict[str, Any]:
        """Return the fields of :class:`summitcli.model.Conference`; a text is a dict: ``{"en": "Forum"}``."""
        (facts,) = self._single_row("SELECT facts FROM conference")
        answer: dict[str, Any] = decode_json(facts)
        return answer

    def days(self, query: Query = EVERYTHING) -> list[DayRow]:
        """Return the days with their numbers of matching sessions; with a query, only days that have any."""
        if query == EVERYTHING:
            return [DayRow(*row) for row in self.select("SELECT day, number, weekday, sessions FROM day")]
        clause, values = where(query)
        return [
            DayRow(*row)
            for row in self.select(
                "SELECT day.day, day.number, day.weekday, count(DISTINCT listing.session)"
                f" {FROM_LISTING} {clause} GROUP BY day.number ORDER BY day.number",
                values,
            )
        ]

    def days_by_category(self, query: Query = EVERYTHING) -> list[tuple[str, str | None, int]]:
        """Return the number of sessions in each category on each day: ``("2022-07-23", "forum", 12)``.

        The category ID is None for sessions without a category. A number is never 0.
        """
        clause, values = where(query)
        return self.select(
            "SELECT day.day, category.id, count(DISTINCT listing.session)"
            f" {FROM_LISTING} {clause} GROUP BY day.number, category.position",
            values,
        )

    def categories(self, query: Query = EVERYTHING) -> list[CategoryRow]:
        """Return the categories in the schedule's order; with a query, only those with matching sessions."""
        if query == EVERYTHING:
            rows = self.select("SELECT id, name, names, sessions, listings FROM category ORDER BY position")
        else:
            clause, values = where(query)
            rows = self.select(
                "SELECT category.id, category.name, category.names, count(DISTINCT listing.session), count(*)"
                f" {FROM_LISTING} {clause} GROUP BY listing.category HAVING category.id IS NOT NULL"
                " ORDER BY category.position",
                values,
            )
        return [CategoryRow(id_, name, decode_json(names), *counts) for id_, name, names, *counts in rows]

    def colors(self) -> dict[str, str]:
        """Return the colours that the source gives to categories, by their IDs: ``{"forum": "#f9b000"}``."""
        return dict(self.select("SELECT id, color FROM category WHERE color IS NOT NULL"))

    def rooms(self, query: Query = EVERYTHING) -> list[NameRow]:
        """Return the rooms with their numbers of sessions that match ``query``, in the schedule's order."""
        return [NameRow(*row) for row in self._rooms(query)]

    def speakers(self, query: Query = EVERYTHING) -> list[SpeakerRow]:
        """Return the speakers by name, with numbers of sessions that match ``query``, but no biographies."""
        from summitcli.details import SpeakerRow

        return [SpeakerRow(*row) for row in self._speakers(query)]

    def _rooms(self, query: Query) -> list[tuple[str, int]]:
        if query == EVERYTHING:
            return self.select("SELECT name, sessions FROM room ORDER BY position")
        clause, values = where(query)
        return self.select(
            f"SELECT room.name, count(DISTINCT listing.session) {FROM_LISTING} {clause}"
            " GROUP BY listing.room HAVING room.name IS NOT NULL ORDER BY room.position",
            values,
        )

    def _speakers(self, query: Query) -> list[tuple[str, int]]:
        if query == EVERYTHING:
            return self.select("SELECT name, sessions FROM speaker ORDER BY position")
        clause, values = where(query)
        return self.select(
            f"SELECT speaker.name, count(DISTINCT listing.session) {FROM_LISTING}"
            " JOIN appearance ON appearance.session = listing.session"
            " JOIN speaker ON speaker.position = appearance.speaker"
            f" {clause} GROUP BY speaker.position ORDER BY speaker.position",
            values,
        )

    def listings(self, query: Query = EVERYTHING) -> list[Listing]:
        """Return the listings that match ``query``, sorted by day and start; all-day sessions come first."""
        return self._listings(query)

    def iterate_listings(self, query: Query = EVERYTHING) -> Iterator[Listing]:
        """Yield the listings that :meth:`listings` returns, one at a time, which takes less memory."""
        return map(listing, self.iterate(*_statement(SELECT_LISTING, query)))

    def iterate_json(
        self,
        query: Query = EVERYTHING,
        fields: Sequence[str] = Listing._fields,
        marks: Mapping[str, Picks] = NO_MARKS,
    ) -> Iterator[str]:
        """Yield each listing as the text of a JSON object, in the format of ``json.dumps``.

        Args:
            query: the conditions for listings.
            fields: the fields to include, in order.
            marks: the sessions in the agenda, by mark, from which ``in_agenda`` and ``pick`` are set.
        """
        own = marks_conditions(marks, query)
        clauses = {field: clause for field, (clause, _values) in own.items()}
        statement, values = _statement(select_json(fields, clauses), query)
        own_values = [value for field in fields if field in own for value in own[field][1]]
        return (text for (text,) in self.iterate(statement, [*own_values, *values]))

    def continuing(self, day: str, query: Query = EVERYTHING) -> list[Listing]:
        """Return the listings that began before ``day`` and go on after 09:00 of that day.

        Until 09:00, sessions belong to the night of the day before.

        Args:
            day: the ISO date.
            query: the listings to consider.
        """
        # The duration of the longest listing limits how early such a listing can have begun; a clock change
        # may add up to two hours.
        runs = (
            "listing.position IN (SELECT late.position FROM day CROSS JOIN listing AS late"
            " ON late.day = day.number AND late.minute >= ? - (SELECT longest / 60 FROM conference)"
            " WHERE day.day BETWEEN date(?, '-' || (SELECT 1 + longest / 86400 FROM conference) || ' days')"
            " AND date(?, '-1 day'))"
            ' AND substr(listing."end", 1, 16) > ?'
        )
        values = (_NIGHT_END_MINUTE - _MAX_CLOCK_CHANGE, day, day, f"{day}T{NIGHT_ENDS}")
        return self._listings(query, (runs, values))

    def running(self, instant: int, query: Query = EVERYTHING) -> list[Listing]:
        """Return the listings that match ``query`` and run at ``instant``, a time in seconds since 1970."""
        # The duration of the longest listing gives the index on starts a lower bound, too.
        runs = "listing.starts BETWEEN ? - (SELECT longest FROM conference) AND ? AND listing.ends > ?"
        return self._listings(query, (runs, (instant,) * 3))

    def upcoming(self, instant: int, query: Query = EVERYTHING, limit: int | None = None) -> list[Listing]:
        """Return the listings that begin after ``instant``, soonest first.

        Args:
            instant: the time in seconds since 1970.
            query: the listings to consider.
            limit: the maximum number of listings; None for all listings that begin at the earliest start.
        """
        # An all-day session of several days begins on the first of them.
        first = "(listing.start IS NOT NULL OR listing.part = 1)"
        coming = f"listing.starts > ? AND {first}", (instant,)
        if limit is not None:
            return self._listings(query, coming, order="listing.starts, listing.position", limit=limit)
        clause, values = where(query, coming)
        (moment,) = self._single_row(f"SELECT min(listing.starts) {FROM_LISTING} {clause}", values)
        return self._listings(query, (f"listing.starts = ? AND {first}", (moment,)))

    def sessions(self, query: Query = EVERYTHING) -> list[SessionRow]:
        """Return the sessions with a listing that matches ``query``, in the schedule's order."""
        clause, values = where(query)
        return self._sessions(query, f"SELECT listing.session {FROM_LISTING} {clause}", values)

    def identities(self) -> list[Identity]:
        """Return the identity of each session, in the schedule's order.

        An identity holds the GUID, the title and other data by which a session is recognised in another
        version of the schedule or in an imported file.
        """
        rows = self.iterate(f"{IDENTITY} {FROM_LISTING} ORDER BY listing.session, listing.part")
        return list(identities(rows))

    def search(
        self, text: str, query: Query = EVERYTHING, full: bool = False, limit: int | None = None
    ) -> Answer:
        """Search the sessions for ``text``; the best matches come first.

        Args:
            text: the search text, as typed.
            query: the listings to consider.
            full: whether to search descriptions and biographies, too.
            limit: the maximum number of matches; None for all.
        """
        from summitcli.search.answers import Answer, Hit
        from summitcli.search.finding import find

        with self._reading():
            found = find(self._connection, text, _within(query), full, limit)
        rows = self.sessions_at(found.sessions, query)
        hits = (
            Hit(
                session, asked.kind, asked.field, asked.position, partial(asked.spans, typed=found.typed.text)
            )
            for session, asked in zip(rows, found.sessions.values(), strict=True)
        )
        return Answer(tuple(hits), found.stage, found.more)

    def nearest(self, text: str, query: Query = EVERYTHING, number: int = 3) -> list[SessionRow]:
        """Return up to ``number`` sessions with the names most similar to ``text``, to suggest them."""
        from summitcli.search.nearest import nearest

        with self._reading():
            found = nearest(self._connection, text, _within(query), number)
        return self.sessions_at(found, query)

    def matching_ids(self, beginning: str, limit: int) -> list[str]:
        """Return at most ``limit`` IDs that begin with ``beginning``, in the schedule's order.

        If ``beginning`` is itself an ID, it comes first.
        """
        end = beginning + "\U0010ffff"
        rows = self.select(
            "SELECT id FROM session WHERE id >= ? AND id < ? ORDER BY id <> ?, position LIMIT ?",
            [beginning, end, beginning, limit],
        )
        return [id_ for (id_,) in rows]

    def beginning(self, table: str, text: str, limit: int) -> list[tuple[str, Mapping[str, str]]]:
        """Return the IDs or names that begin with ``text``, in alphabetical order, for completion in a shell.

        An ID is paired with the session's titles by language tag, a name with an empty dict.

        A shell inserts the letters with which all results begin. So if more than ``limit`` match, the results
        are the first matches and the very last one: no match between them begins with other letters.

        Args:
            table: ``session`` for IDs of sessions, ``room`` or ``speaker`` for names.
            text: the beginning of an ID, or of a name folded with :func:`summitcli.text.folding.fold`.
            limit: the maximum number of results.
        """
        key, value, names = {
            "session": ("id", "id", "titles"),
            "room": ("folded", "name", "'{}'"),
            "speaker": ("folded", "name", "'{}'"),
        }[table]
        found = f"SELECT {value}, {names} FROM {table} WHERE {key} >= ? AND {key} < ? ORDER BY {key}"  # noqa: S608
        ends = [text, text + "\U0010ffff"]
        rows = self.select(f"{found} LIMIT ?", [*ends, limit + 1])
        if len(rows) > limit:
            rows[limit - 1 :] = self.select(f"{found} DESC LIMIT 1", ends)
        return [(value, decode_json(names)) for value, names in rows]

    def ids(self) -> list[str]:
        """Return the IDs of all sessions, in the schedule's order."""
        return [id_ for (id_,) in self.select("SELECT id FROM session ORDER BY position")]

    def existing_ids(self, texts: Collection[str]) -> list[str]:
        """Return the ``texts`` that are IDs of sessions, in any order."""
        known = "SELECT id FROM session WHERE id IN (SELECT value FROM json_each(?))"
        return [id_ for (id_,) in self.select(known, [encode_ascii(list(texts))])]

    def positions(self, query: Query = EVERYTHING) -> list[int]:
        """Return the positions of sessions with a listing that matches ``query``, in ascending order."""
        clause, values = where(query)
        rows = self.select(
            f"SELECT DISTINCT listing.session {FROM_LISTING} {clause} ORDER BY listing.session", values
        )
        return [position for (position,) in rows]

    def names_like(self, table: str, folded: str) -> list[str]:
        """Return the rooms or speakers named ``folded``; if there are none, those whose names contain it.

        Case, width and white space are ignored.

        Args:
            table: ``room`` or ``speaker``.
            folded: the name, folded with :func:`summitcli.text.folding.fold`.
        """
        assert table in ("room", "speaker")  # noqa: S101
        exact = self.select(f"SELECT name FROM {table} WHERE folded = ? ORDER BY position", [folded])  # noqa: S608
        rows = exact or self.select(
            f"SELECT name FROM {table} WHERE instr(folded, ?) ORDER BY position",  # noqa: S608
            [folded],
        )
        return [name for (name,) in rows]

    def publishes_times(self) -> bool:
        """Return whether any listing has times."""
        (answer,) = self._single_row("SELECT EXISTS (SELECT 1 FROM listing WHERE minute IS NOT NULL)")
        return bool(answer)

    def counts(self) -> tuple[int, int]:
        """Return the number of sessions and the number of listings."""
        sessions, listings = self._single_row(
            "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM listing)"
        )
        return sessions, listings

    def languages(self) -> list[str]:
        """Return the distinct languages in which sessions are held, sorted."""
        rows = self.select("SELECT DISTINCT language FROM session WHERE language NOT NULL ORDER BY language")
        return sorted({language for (field,) in rows for language in field.split(LANGUAGE_SEPARATOR)})

    def sessions_at(self, positions: Collection[int], query: Query = EVERYTHING) -> list[SessionRow]:
        """Return the sessions with the given positions in the schedule, in the order of ``positions``.

        A session with several slots gets the day, times and room of the first slot that matches ``query``.
        Sessions that don't match are returned, too.
        """
        rows = self._sessions(query, "SELECT value FROM json_each(?)", [encode_ascii(list(positions))])
        found = dict(zip(sorted(positions), rows, strict=True))
        return [found[position] for position in positions]

    def _sessions(self, query: Query, positions: str, values: Iterable[object]) -> list[SessionRow]:
        """Return the sessions at the positions that a SELECT statement yields.

        Args:
            query: a session gets the day, times and room of its first slot that matches this query.
            positions: a SELECT statement that yields positions in the schedule.
            values: the values of the statement's ``?`` placeholders.
        """
        clause, its_values = where(query)
        asked = clause.removeprefix("WHERE ") or "1"
        rows = self.select(
            f"{SELECT_LISTING}, {asked} {FROM_WHOLE_LISTING} WHERE listing.session IN ({positions})"
            " ORDER BY listing.session, listing.part",
            [*its_values, *values],
        )
        return list(sessions((listing(row[:-1]), row[-1] == 1) for row in rows))

    def _listings(
        self, query: Query, *others: Condition, order: str = "listing.position", limit: int | None = None
    ) -> list[Listing]:
        statement, values = _statement(SELECT_LISTING, query, *others, order=order)
        if limit is not None:
            statement, values = f"{statement} LIMIT ?", [*values, limit]
        return [listing(row) for row in self.select(statement, values)]


def _statement(
    select: str, query: Query, *others: Condition, order: str = "listing.position"
) -> tuple[str, list[object]]:
    """Return the SQL statement that selects listings, and the values of its ``?`` placeholders."""
    clause, values = where(query, *others)
    return f"{select} {FROM_WHOLE_LISTING} {clause} ORDER BY {order}", values


def _within(query: Query) -> Filter:
    """Return a search filter that admits only the sessions with a listing that matches ``query``."""
    from summitcli.search.index import ANY, Filter

    if query == EVERYTHING:
        return ANY
    clause, values = where(query, ("listing.session = search.rowid", ()))
    return Filter(f"EXISTS (SELECT 1 {FROM_LISTING} {clause})", tuple(values))
