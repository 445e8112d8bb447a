"""Sessions as pages list them: rows, their groups, and sections for days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from summitcli.exports.calendar.content import clean
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import CategoryRow, Listing, SessionRow
from summitcli.site.rendering import Here, Text
from summitcli.text import dates
from summitcli.text.status import status_word

_ANCHOR = Markup('<a class="plain" href="{}"{}>{}</a>')
_NO_ATTRIBUTES = Markup()


class Row(NamedTuple):
    """A session, or a listing (a session on one day), as a page shows it."""

    title: Text
    href: str
    when: str
    start: str | None
    status: str
    category: Text | None
    category_id: str | None
    category_link: Markup
    color: str
    """The CSS class with the colour of the category; empty if there is none."""
    room: Markup
    """A link to the page of the room; empty if there is none."""
    speakers: Markup
    """Links to the pages of the speakers; empty if there are none."""
    language: str | None
    part: str

    @property
    def classes(self) -> str:
        """Return the CSS classes of the row."""
        return " ".join(filter(None, (self.color, "timed" if self.when else "")))

    def has_facts(self, room: bool, category: bool) -> bool:
        """Return whether there is anything to show below the title.

        Args:
            room: whether the room is shown.
            category: whether the category is shown.
        """
        shown = (room and self.room, category and self.category, self.speakers, self.language, self.part)
        return any(shown)


class Hour(NamedTuple):
    """The rows that begin in one hour; ``anchor`` is empty if the hour has no heading."""

    anchor: str
    name: str
    rows: Sequence[Row]


class Group(NamedTuple):
    """Rows under one heading: those of a category on a day without times, otherwise those of a day."""

    rows: Sequence[Row]
    heading: Text | None = None
    classes: str = ""
    day: str = ""
    """The ISO date if the rows are listed by hours."""

    def hours(self) -> list[Hour]:
        """Return the rows grouped by the hour in which they begin.

        If they are not to be listed by hours (``day`` is empty), all are in one :class:`Hour` without anchor.
        """
        if not self.day:
            return [Hour("", "", self.rows)]
        groups = groupby(self.rows, key=lambda row: _hour(self.day, row.start))
        return [
            Hour(f"h{hour}" if hour >= 0 else "", f"{hour % 24:02}:00", tuple(rows)) for hour, rows in groups
        ]


class Section(NamedTuple):
    """The rows of a day."""

    day: str
    name: str
    facts: str
    groups: Sequence[Group]

    @property
    def anchor(self) -> str:
        """Return the HTML id of the section's heading."""
        return f"day.{self.day}"


class Views:
    """The listings in the form in which one page shows them, with links relative to that page.

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
        """Return a session, or a listing (a session on one day), as a page shows it.

        Args:
            listing: the session or listing.
            timed: whether the row shows times; false for a day on which no session has any.
        """
        title = self.title(listing)
        category = self._categories.get(listing.category or "")
        part = dates.part(listing.part, listing.parts) if listing.parts > 1 else ""
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
        """Return the title of a session, or its ID if the title can't be seen."""
        title = self._here.text(listing.titles, others=True)
        return title if clean(title.text).strip() else Text(listing.id)

    def color(self, category: str | None) -> str:
        """Return the CSS class with the colour of a category, such as ``c2``; empty if there is none."""
        return f"c{self._number[category]}" if category in self._number else ""

    def _category_link(self, category: CategoryRow | None) -> Markup:
        if category is None:
            return Markup()
        text = self._here.text(category.names)
        return _anchor(self._here.of("categories", category.id), text.text, text.attributes)

    def _link(self, kind: str, name: str) -> Markup:
        return _anchor(self._here.of(kind, name), name)

    def sections(self, listings: Iterable[Listing]) -> Iterator[Section]:
        """Yield the sections of the days of ``listings``, which are in order of days."""
        for day, held in groupby(listings, key=lambda listing: (listing.day, listing.day_number)):
            yield self.section(*day, list(held))

    def section(self, day: str, number: int, listings: Sequence[Listing], by_hour: bool = False) -> Section:
        """Return the section of a day.

        Args:
            day: the ISO date.
            number: the number of the day.
            listings: the listings on that day.
            by_hour: whether the hours have headings.
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
        """Return the rows of a day on which no session has a time, in a group for each category.

        If no row has a category, they are one group without a heading.
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
    """Return the entries of a list of links to rooms or speakers.

    Args:
        rows: pairs of a name and the number of its sessions.
        color: a function that returns the CSS class of an entry, given its name; by default, none has a
            class.
    """
    return [Name(name, Text(name), number, color(name)) for name, number in rows]


class Name(NamedTuple):
    """A room, a speaker or a category in a list, with the number of its sessions."""

    key: str
    name: Text
    sessions: int
    color: str = ""


def category_names(here: Here, rows: Iterable[CategoryRow], color: Callable[[str], str]) -> list[Name]:
    """Return categories for a list of links, those without sessions left out.

    Args:
        here: the page.
        rows: the categories.
        color: a function that returns the CSS class of a category, given its ID.
    """
    return [Name(row.id, here.text(row.names), row.sessions, color(row.id)) for row in rows if row.sessions]


def texts_of(texts: Mapping[str, str], text: str | None, own: str) -> Mapping[str, str]:
    """Return a text by language.

    Args:
        texts: the text by language, or empty if it is stored in only one.
        text: the text in the conference's own language, used if ``texts`` is empty; None if there is none.
        own: the conference's own language.
    """
    return texts or ({own: text} if text else {})


@lru_cache(5_000)
def _anchor(href: str, text: str, attributes: Markup = _NO_ATTRIBUTES) -> Markup:
    """Return an ``a`` element; cached, as the same ones are on many pages."""
    return _ANCHOR.format(href, attributes, clean(text))


def _hour(day: str, start: str | None) -> int:
    """Return the hour of a start from the midnight of a day, such as 25 for 1:00 in the night after it.

    Return -1 if there is no start, or if it is on an earlier day.
    """
    if start is None:
        return -1
    later = (date.fromisoformat(start[:10]) - date.fromisoformat(day)).days
    return max(later * 24 + int(start[11:13]), -1) if later >= 0 else -1
