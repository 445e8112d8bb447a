"""Sessions as they are listed on pages: rows, groups of rows, and sections for days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from summitcli.catalog.neighbours import Neighbours
from summitcli.exports.calendar.content import clean
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import CategoryRow, DayRow, Listing, SessionRow
from summitcli.site.rendering import Here, Text
from summitcli.text import dates
from summitcli.text.status import status_word

DIRECTIONS = ("prev", "next")
"""The types of the links to the pages before and after a page (HTML Living Standard, 4.6.7)."""

_ANCHOR = Markup('<a class="plain" href="{}"{}>{}</a>')
_NO_ATTRIBUTES = Markup()


class Row(NamedTuple):
    """A session, or a listing (a session at one of its times), as a page shows it."""

    title: Text
    href: str
    when: str
    start: str | None
    status: str
    category: Text | None
    category_id: str | None
    category_link: Markup
    color: str
    """The CSS class for the colour of the category; empty if the session has no category."""
    room: Markup
    """A link to the page of the room; empty if the session has no room."""
    speakers: Markup
    """Links to the pages of the speakers; empty if the session has none."""
    language: str | None
    part: str

    @property
    def classes(self) -> str:
        """Return the CSS classes of the row."""
        return " ".join(filter(None, (self.color, "timed" if self.when else "")))

    def has_facts(self, room: bool, category: bool) -> bool:
        """Return whether there is anything to show below the title, such as the speakers.

        Args:
            room: whether the room may be shown.
            category: whether the category may be shown.
        """
        shown = (room and self.room, category and self.category, self.speakers, self.language, self.part)
        return any(shown)


class Beside(NamedTuple):
    """A link to the page before or after another one, such as that of the next day."""

    rel: str
    """The type of the link, one of :data:`DIRECTIONS`."""
    href: str
    note: str
    title: Text


class Hour(NamedTuple):
    """The rows that begin within one hour.

    ``anchor``, the HTML id of its heading, is empty if there is no heading.
    """

    anchor: str
    name: str
    rows: Sequence[Row]


class Group(NamedTuple):
    """Rows below one heading.

    If the sessions of a day have no times, each category is a group; otherwise the whole day is one group.
    """

    rows: Sequence[Row]
    heading: Text | None = None
    classes: str = ""
    day: str = ""
    """The ISO date of the rows if they are to be grouped by hour; empty if they are not."""

    def hours(self) -> list[Hour]:
        """Return the rows grouped by the hour in which they begin.

        If ``day`` is empty, return all rows in one :class:`Hour` without a heading.
        """
        if not self.day:
            return [Hour("", "", self.rows)]
        groups = groupby(self.rows, key=lambda row: _hour(self.day, row.start))
        return [
            Hour(f"h{hour}" if hour >= 0 else "", f"{hour % 24:02}:00", tuple(rows)) for hour, rows in groups
        ]


class Section(NamedTuple):
    """The section of a page for one day, with its rows."""

    day: str
    name: str
    facts: str
    groups: Sequence[Group]

    @property
    def anchor(self) -> str:
        """Return the HTML id of the section's heading, such as ``day.2022-07-23``."""
        return f"day.{self.day}"


class Views:
    """Sessions in the form in which one page shows them. Links are relative to that page.

    Args:
        here: the page.
        categories: the categories of the schedule, in order.
        length: the number of days of the conference.
    """

    def __init__(self, here: Here, categories: Sequence[CategoryRow], length: int) -> None:
        self._here = here
        self._length = length
        self._categories = {row.id: row for row in categories}
        self._number = {row.id: number for number, row in enumerate(categories)}

    def row(self, listing: Listing | SessionRow, timed: bool = True) -> Row:
        """Return a session, or a listing (a session at one of its times), as the page shows it.

        Args:
            listing: the session or listing.
            timed: whether the row shows times; False for a day on which no session has times.
        """
        title = self.title(listing)
        category = self._categories.get(listing.category or "")
        part = dates.part(listing.part, listing.parts, listing.all_day) if listing.parts > 1 else ""
        when = self._when(listing, part) if timed else ""
        return Row(
            title,
            self._here.of("sessions", listing.id),
            when,
            listing.start,
            status_word(listing.status) or "",
            None if category is None else self._here.text(category.names),
            listing.category,
            self._category_link(category),
            self.color(listing.category),
            self._link("rooms", listing.room) if listing.room else Markup(),
            escape(_(", ")).join(self._link("speakers", name) for name in listing.speakers),
            listing.language,
            "" if when and listing.all_day else part,
        )

    def title(self, listing: Listing | SessionRow) -> Text:
        """Return the title of a session; its ID if the title has no visible characters."""
        return self._named(listing.id, listing.titles, others=True)

    def _named(self, id_: str, titles: Mapping[str, str], others: bool = False) -> Text:
        title = self._here.text(titles, others)
        return title if clean(title.text).strip() else Text(id_)

    def color(self, category: str | None) -> str:
        """Return the CSS class for the colour of a category, such as ``c2``; empty if it is unknown."""
        return f"c{self._number[category]}" if category in self._number else ""

    def _category_link(self, category: CategoryRow | None) -> Markup:
        if category is None:
            return Markup()
        text = self._here.text(category.names)
        return _anchor(self._here.of("categories", category.id), text.text, text.attributes)

    def _link(self, kind: str, name: str) -> Markup:
        return _anchor(self._here.of(kind, name), name)

    def sessions_beside(self, sides: Neighbours) -> list[Beside]:
        """Return links to the sessions before and after the one that the page is about."""
        found = []
        words = (_("Previous session"), _("Next session"))
        for rel, word, other in zip(DIRECTIONS, words, sides, strict=True):
            if other:
                facts = (word, other.room, dates.clock_on(other.day, other.start, other.end))
                title = self._named(other.id, other.titles)
                href = self._here.of("sessions", other.id)
                found.append(Beside(rel, href, " · ".join(filter(None, facts)), title))
        return found

    def days_beside(self, days: Sequence[DayRow], number: int) -> list[Beside]:
        """Return links to the days before and after a day.

        Args:
            days: all days of the conference.
            number: the number of the day; that of the first one is 1.
        """
        held = {row.day_number: row.day for row in days}
        sides = zip(DIRECTIONS, (_("Previous day"), _("Next day")), (number - 1, number + 1), strict=True)
        return [
            Beside(rel, self._here.of("days", held[other]), word, Text(dates.day_and_weekday(held[other])))
            for rel, word, other in sides
            if other in held
        ]

    def sections(self, listings: Iterable[Listing]) -> Iterator[Section]:
        """Yield a section for each day of ``listings``, which are sessions in order of days."""
        for day, held in groupby(listings, key=lambda listing: (listing.day, listing.day_number)):
            yield self.section(*day, list(held))

    def section(self, day: str, number: int, listings: Sequence[Listing], by_hour: bool = False) -> Section:
        """Return the section of a day.

        Args:
            day: the day as an ISO date.
            number: the number of the day in the conference.
            listings: the sessions of that day, as listings (each a session at one of its times).
            by_hour: whether each hour gets a heading.
        """
        timed = any(not listing.all_day for listing in listings)
        facts = (
            dates.day_number(number, self._length),
            ngettext("{n} session", "{n} sessions", len(listings)),
        )
        rows = [self.row(listing, timed) for listing in listings]
        groups = [Group(rows, day=day if by_hour else "")] if timed else self._by_category(rows)
        return Section(day, dates.day_and_weekday(day), " · ".join(facts), groups if rows else [])

    def _by_category(self, rows: Sequence[Row]) -> list[Group]:
        """Return the rows of a day without times in groups, one for each category.

        If no row has a category, there is one group without a heading.
        """
        found: dict[str | None, list[Row]] = {}
        for row in rows:
            found.setdefault(row.category_id if row.category else None, []).append(row)
        if len(found) == 1 and None in found:
            return [Group(rows)]
        groups = []
        for id_ in sorted(found, key=lambda id_: self._number.get(id_ or "", len(self._number))):
            heading = found[id_][0].category or Text(_("Other"))
            groups.append(Group(found[id_], heading, f"category {self.color(id_)}".strip()))
        return groups

    def _when(self, listing: Listing | SessionRow, part: str) -> str:
        if listing.start is None:
            return part or _("all day")
        return dates.clock_on(listing.day, listing.start, listing.end)


def names(rows: Iterable[tuple[str, int]], color: Callable[[str], str] = lambda _key: "") -> list[Name]:
    """Return the entries of a list of rooms or speakers, which are shown as links.

    Args:
        rows: pairs of a name and a number of sessions, such as ``("Hall 1", 12)``.
        color: a function that returns the CSS class of an entry, given its name. By default no entry has a
            class.
    """
    return [Name(name, Text(name), number, color(name)) for name, number in rows]


class Name(NamedTuple):
    """A room, a speaker or a category in a list, with its number of sessions."""

    key: str
    name: Text
    sessions: int
    color: str = ""


def category_names(here: Here, rows: Iterable[CategoryRow], color: Callable[[str], str]) -> list[Name]:
    """Return the entries of a list of categories, which are shown as links.

    Categories without sessions are left out.

    Args:
        here: the page.
        rows: the categories.
        color: a function that returns the CSS class of a category, given its ID.
    """
    return [Name(row.id, here.text(row.names), row.sessions, color(row.id)) for row in rows if row.sessions]


def texts_of(texts: Mapping[str, str], text: str | None, own: str) -> Mapping[str, str]:
    """Return a text by language, such as ``{"zh": "…"}``.

    Args:
        texts: the text by language; empty if it is stored in only one language.
        text: the text in the conference's own language, used if ``texts`` is empty; None if there is no text.
        own: the conference's own language.
    """
    return texts or ({own: text} if text else {})


@lru_cache(5_000)
def _anchor(href: str, text: str, attributes: Markup = _NO_ATTRIBUTES) -> Markup:
    """Return an HTML link (``<a>``), from a cache, as many pages have the same links."""
    return _ANCHOR.format(href, attributes, clean(text))


def _hour(day: str, start: str | None) -> int:
    """Return the hour in which a session starts, counted from midnight of ``day``.

    An example is 25 for 01:00 in the night after that day. Return -1 if the session has no start or starts on
    an earlier day.
    """
    if start is None:
        return -1
    later = (date.fromisoformat(start[:10]) - date.fromisoformat(day)).days
    return max(later * 24 + int(start[11:13]), -1) if later >= 0 else -1
