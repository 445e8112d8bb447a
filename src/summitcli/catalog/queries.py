"""What can be asked of a catalog. Each question is one SQL statement, answered in the order of output."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from summitcli.catalog.columns import FROM_LISTING, SELECT_LISTING, select_json
from summitcli.catalog.conditions import EVERYTHING, SEVERAL, Condition, Picks, Query, picked, where
from summitcli.catalog.database import Database
from summitcli.catalog.decoding import IDENTITY, decoded, identities, listing, sessions
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.rows import CategoryRow, ConferenceRow, DayRow, Listing, NameRow, SessionRow
from summitcli.text.days import NIGHT_ENDS
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    from summitcli.identity import Identity
    from summitcli.search.answers import Answer
    from summitcli.search.index import Filter


_MORNING = (24 + int(NIGHT_ENDS[:2])) * 60
"""When the night after a day is over, in minutes from the day's midnight."""
_CLOCK_CHANGES = 120


class Catalog(Database):
    """An open catalog."""

    _conference: ConferenceRow | None = None

    def conference(self) -> ConferenceRow:
        """The conference."""
        if self._conference is None:
            row = self._one(
                'SELECT id, title, titles, language, time_zone, start, "end", revised, notice, source,'
                " outside FROM conference"
            )
            texts = {2, 8, 9}
            self._conference = ConferenceRow._make(
                decoded(value) if position in texts else value for position, value in enumerate(row)
            )
        return self._conference

    def facts(self) -> dict[str, Any]:
        """Everything the conference says of itself: the fields of :class:`summitcli.model.Conference`.

        Each text is a map of languages.
        """
        (facts,) = self._one("SELECT facts FROM conference")
        answer: dict[str, Any] = decoded(facts)
        return answer

    def days(self, query: Query = EVERYTHING) -> list[DayRow]:
        """The days of the conference, with the number of sessions on each."""
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
        """For each day and category with sessions on it: both, and their number; None is no category."""
        clause, values = where(query)
        return self.select(
            "SELECT day.day, category.id, count(DISTINCT listing.session)"
            f" {FROM_LISTING} {clause} GROUP BY day.number, category.position",
            values,
        )

    def categories(self, query: Query = EVERYTHING) -> list[CategoryRow]:
        """The categories in the schedule's own order, with their counts; unfiltered also the empty ones."""
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
        return [CategoryRow(id_, name, decoded(names), *counts) for id_, name, names, *counts in rows]

    def colors(self) -> dict[str, str]:
        """The colours, ``#rrggbb``, of the categories that the source gives one, by id."""
        return dict(self.select("SELECT id, color FROM category WHERE color IS NOT NULL"))

    def rooms(self, query: Query = EVERYTHING) -> list[NameRow]:
        """The rooms in the schedule's order, else by the alphabet, with the number of sessions in each."""
        if query == EVERYTHING:
            return self._names("SELECT name, sessions FROM room ORDER BY position")
        clause, values = where(query)
        return self._names(
            f"SELECT room.name, count(DISTINCT listing.session) {FROM_LISTING} {clause}"
            " GROUP BY listing.room HAVING room.name IS NOT NULL ORDER BY room.position",
            values,
        )

    def speakers(self, query: Query = EVERYTHING) -> list[NameRow]:
        """The speakers in alphabetical order, with the number of sessions of each."""
        if query == EVERYTHING:
            return self._names("SELECT name, sessions FROM speaker ORDER BY position")
        clause, values = where(query)
        return self._names(
            f"SELECT speaker.name, count(DISTINCT listing.session) {FROM_LISTING}"
            " JOIN appearance ON appearance.session = listing.session"
            " JOIN speaker ON speaker.position = appearance.speaker"
            f" {clause} GROUP BY speaker.position ORDER BY speaker.position",
            values,
        )

    def listings(self, query: Query = EVERYTHING) -> list[Listing]:
        """The listings that ``query`` asks for, by day, then all-day first, then start."""
        return self._listings(query)

    def iterate_listings(self, query: Query = EVERYTHING) -> Iterator[Listing]:
        """Yield what :meth:`listings` returns."""
        return map(listing, self.iterate(*_statement(SELECT_LISTING, query)))

    def iterate_json(
        self, query: Query = EVERYTHING, fields: Iterable[str] = Listing._fields, picks: Picks = ()
    ) -> Iterator[str]:
        """Yield what :meth:`listings` returns as JSON objects, the very text that Python would encode.

        Args:
            query: which listings.
            fields: which of their fields, in order.
            picks: which of them are in the agenda.
        """
        in_agenda, values = picked(picks) if picks else ("0", ())
        if picks is query.picks:
            in_agenda, values = "1", ()
        statement, its_values = _statement(select_json(fields, in_agenda), query)
        if picks and "in_agenda" in fields:
            its_values = [*values, *its_values]
        return (text for (text,) in self.iterate(statement, its_values))

    def continuing(self, day: str, query: Query = EVERYTHING) -> list[Listing]:
        """The listings that began before ``day``, an ISO date, and last past the night before it."""
        # By the longest listing it is known on which days, and how late, such a thing can have begun at the
        # earliest. Clocks that change may make it seem up to two hours longer.
        runs = (
            "listing.position IN (SELECT late.position FROM day CROSS JOIN listing AS late"
            " ON late.day = day.number AND late.minute >= ? - (SELECT longest / 60 FROM conference)"
            " WHERE day.day BETWEEN date(?, '-' || (SELECT 1 + longest / 86400 FROM conference) || ' days')"
            " AND date(?, '-1 day'))"
            ' AND substr(listing."end", 1, 16) > ?'
        )
        return self._listings(query, (runs, (_MORNING - _CLOCK_CHANGES, day, day, f"{day}T{NIGHT_ENDS}")))

    def running(self, instant: int, query: Query = EVERYTHING) -> list[Listing]:
        """The listings that have begun and not ended at ``instant``, in seconds since 1970."""
        # Nothing that began longer ago than the longest listing lasts can still run: the index on starts
        # then bounds the search from both sides.
        runs = "listing.starts BETWEEN ? - (SELECT longest FROM conference) AND ? AND listing.ends > ?"
        return self._listings(query, (runs, (instant,) * 3))

    def within(self, start: int, end: int, query: Query = EVERYTHING) -> list[Listing]:
        """The listings with clock times that begin and end between two instants, in seconds since 1970."""
        held = "listing.starts BETWEEN ? AND ? AND listing.ends <= ? AND listing.start NOT NULL"
        return self._listings(query, (held, (start, end, end)))

    def upcoming(self, instant: int, query: Query = EVERYTHING, limit: int | None = None) -> list[Listing]:
        """What begins after ``instant``, in seconds since 1970, soonest first.

        Args:
            instant: seconds since 1970.
            query: what to look among.
            limit: how many at the most; None for everything that begins at the next moment when anything
                does.
        """
        # A session that lasts several days begins on the first of them.
        first = "(listing.start IS NOT NULL OR listing.part = 1)"
        coming = f"listing.starts > ? AND {first}", (instant,)
        if limit is not None:
            return self._listings(query, coming, order="listing.starts, listing.position", limit=limit)
        clause, values = where(query, coming)
        (moment,) = self._one(f"SELECT min(listing.starts) {FROM_LISTING} {clause}", values)
        return self._listings(query, (f"listing.starts = ? AND {first}", (moment,)))

    def sessions(self, query: Query = EVERYTHING) -> list[SessionRow]:
        """The sessions with a listing that ``query`` asks for, whole, in the schedule's own order."""
        clause, values = where(query)
        return self._sessions(query, f"SELECT listing.session {FROM_LISTING} {clause}", values)

    def identities(self) -> list[Identity]:
        """What each session is recognised by, in the schedule's own order."""
        rows = self.iterate(f"{IDENTITY} {FROM_LISTING} ORDER BY listing.session, listing.part")
        return list(identities(rows))

    def search(
        self, text: str, query: Query = EVERYTHING, full: bool = False, limit: int | None = None
    ) -> Answer:
        """The sessions that ``text`` means, best first, among those with a listing that ``query`` asks for.

        Args:
            text: what someone typed.
            query: what to look among.
            full: whether to search descriptions, too.
            limit: how many at the most; None for all.
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
        """The sessions with the names that look most like ``text``, which no search finds."""
        from summitcli.search.nearest import nearest

        with self._reading():
            found = nearest(self._connection, text, _within(query), number)
        return self.sessions_at(found, query)

    def matching_ids(self, beginning: str, limit: int) -> list[str]:
        """The ids that begin with ``beginning``, an exact one first, in the schedule's own order."""
        end = beginning + "\U0010ffff"
        rows = self.select(
            "SELECT id FROM session WHERE id >= ? AND id < ? ORDER BY id <> ?, position LIMIT ?",
            [beginning, end, beginning, limit],
        )
        return [id_ for (id_,) in rows]

    def beginning(self, table: str, text: str, limit: int) -> list[tuple[str, Mapping[str, str]]]:
        """What begins with ``text``, in the order of letters, with names by language where there are any.

        Where there is more than ``limit``, the last of all stands at the end, so that what all of the answer
        have in common is what all of them do.

        Args:
            table: ``session``, looked up by id, or ``room`` or ``speaker``, by folded name.
            text: the beginning of an id, or of a name through :func:`summitcli.text.folding.fold`.
            limit: how many at the most.
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
        return [(value, decoded(names)) for value, names in rows]

    def ids(self) -> list[str]:
        """Every session's id, in the schedule's own order."""
        return [id_ for (id_,) in self.select("SELECT id FROM session ORDER BY position")]

    def known_ids(self, texts: Collection[str]) -> list[str]:
        """Those of ``texts`` that are ids of sessions, in any order."""
        known = "SELECT id FROM session WHERE id IN (SELECT value FROM json_each(?))"
        return [id_ for (id_,) in self.select(known, [encode_ascii(list(texts))])]

    def positions(self, query: Query = EVERYTHING) -> list[int]:
        """The places in the schedule of the sessions with a listing that ``query`` asks for, in its order."""
        clause, values = where(query)
        rows = self.select(
            f"SELECT DISTINCT listing.session {FROM_LISTING} {clause} ORDER BY listing.session", values
        )
        return [position for (position,) in rows]

    def names_like(self, table: str, folded: str) -> list[str]:
        """The rooms or speakers of exactly that folded name, or else those whose name contains it.

        Args:
            table: ``room`` or ``speaker``.
            folded: a name through :func:`summitcli.text.folding.fold`.
        """
        assert table in ("room", "speaker")  # noqa: S101
        exact = self.select(f"SELECT name FROM {table} WHERE folded = ? ORDER BY position", [folded])  # noqa: S608
        rows = exact or self.select(
            f"SELECT name FROM {table} WHERE instr(folded, ?) ORDER BY position",  # noqa: S608
            [folded],
        )
        return [name for (name,) in rows]

    def publishes_times(self) -> bool:
        """Whether any listing has a clock time."""
        (answer,) = self._one("SELECT EXISTS (SELECT 1 FROM listing WHERE minute IS NOT NULL)")
        return bool(answer)

    def counts(self) -> tuple[int, int]:
        """The number of sessions, and of their listings."""
        sessions, listings = self._one(
            "SELECT (SELECT count(*) FROM session), (SELECT count(*) FROM listing)"
        )
        return sessions, listings

    def languages(self) -> list[str]:
        """The languages that sessions are held in, some in several at once."""
        rows = self.select("SELECT DISTINCT language FROM session WHERE language NOT NULL ORDER BY language")
        return sorted({one for (language,) in rows for one in language.split(SEVERAL)})

    def sessions_at(self, positions: Collection[int], query: Query = EVERYTHING) -> list[SessionRow]:
        """The sessions at these positions in the schedule, in the order asked for."""
        rows = self._sessions(query, "SELECT value FROM json_each(?)", [encode_ascii(list(positions))])
        found = dict(zip(sorted(positions), rows, strict=True))
        return [found[position] for position in positions]

    def _sessions(self, query: Query, positions: str, values: Iterable[object]) -> list[SessionRow]:
        """Return the sessions at the positions that a statement selects, each with what ``query`` asks of it.

        Args:
            query: which of a session's slots are asked for.
            positions: a SELECT of positions in the schedule.
            values: those of its placeholders.
        """
        clause, its_values = where(query)
        asked = clause.removeprefix("WHERE ") or "1"
        rows = self.select(
            f"{SELECT_LISTING}, {asked} {FROM_LISTING} WHERE listing.session IN ({positions})"
            " ORDER BY listing.session, listing.part",
            [*its_values, *values],
        )
        return list(sessions((listing(row[:-1]), row[-1] == 1) for row in rows))

    def _names(self, statement: str, values: Iterable[object] = ()) -> list[NameRow]:
        return [NameRow(*row) for row in self.select(statement, values)]

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
    """Return the question for listings, with the values of its conditions."""
    clause, values = where(query, *others)
    return f"{select} {FROM_LISTING} {clause} ORDER BY {order}", values


def _within(query: Query) -> Filter:
    """What a session must fulfil for ``query`` to ask for one of its listings."""
    from summitcli.search.index import ANY, Filter

    if query == EVERYTHING:
        return ANY
    clause, values = where(query, ("listing.session = search.rowid", ()))
    return Filter(f"EXISTS (SELECT 1 {FROM_LISTING} {clause})", tuple(values))
