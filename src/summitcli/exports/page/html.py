"""An HTML page of selected sessions, to read offline, print or publish.

The page needs no images, fonts or other files. The only script on it is that of
:mod:`summitcli.exports.page.script`. The output depends only on the arguments, so that the same selection
gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import groupby

from summitcli.exports.calendar.content import clean
from summitcli.exports.page import PLAIN, PageOptions
from summitcli.exports.page.details import SPEAKERS, Details, link_list, links_of_session, speaker_anchor
from summitcli.exports.page.frame import Frame, day_anchor
from summitcli.exports.page.markup import Markup, block, element, start
from summitcli.exports.page.stylesheet import STYLE
from summitcli.exports.page.texts import Texts
from summitcli.exports.web_urls import is_web_url
from summitcli.i18n import _, ngettext, using_language
from summitcli.rows import MAYBE, STAR, CategoryRow, ConferenceRow, Listing
from summitcli.storage.spool import TextSpool
from summitcli.text import dates
from summitcli.text.colors import assign_colors
from summitcli.text.status import status_word

CACHE_SIZE = 4096
"""The maximum number of entries in each cache of elements that many sessions have, such as their rooms."""


def html(
    conference: ConferenceRow,
    categories: Sequence[CategoryRow],
    colors: Mapping[str, str],
    listings: Iterable[Listing],
    language: str,
    details: Details,
    options: PageOptions = PLAIN,
    calendar: Iterable[str] = (),
) -> Iterator[str]:
    """Yield the HTML page with ``listings`` in pieces, which are joined without anything between them.

    Args:
        conference: the conference.
        categories: its categories, in the order of the schedule.
        colors: the colours of categories, by their ID, such as ``{"forum": "#aa3300"}``; some may be missing.
        listings: the listings (each is a session at one of its times), in the order of the page. They are
            iterated over twice.
        language: the language of the page and of names. A name that does not exist in it is shown in the
            conference's language.
        details: the details of sessions and speakers.
        options: how the page is written.
        calendar: the text of a calendar with these sessions, in pieces.
    """
    pieces = _Page(conference, categories, colors, language, details, options).pieces(listings, calendar)
    while True:
        # A caller must not run in the page's language while this generator is suspended.
        with using_language(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


class _Day:
    """A day on the page.

    Its number of sessions, and whether they have times and categories, must be known before the first session
    is written.
    """

    def __init__(self, first: Listing) -> None:
        self.day = first.day
        self.number = first.day_number
        self.count = 0
        self.timed = False
        self.has_categories = False

    def add(self, listing: Listing) -> None:
        """Count ``listing``, a session of this day."""
        self.count += 1
        self.timed = self.timed or not listing.all_day
        self.has_categories = self.has_categories or listing.category is not None


class _Page:
    """The writer of one HTML page."""

    def __init__(
        self,
        conference: ConferenceRow,
        categories: Sequence[CategoryRow],
        colors: Mapping[str, str],
        language: str,
        details: Details,
        options: PageOptions,
    ) -> None:
        self._conference = conference
        self._texts = Texts(language, conference.language)
        self._details = details
        self._options = options
        self._known = {name: number for number, name in enumerate(details.names(), 1)}
        self._speakers: dict[str, None] = {}
        length = date.fromisoformat(conference.end) - date.fromisoformat(conference.start)
        self._length = length.days + 1
        self._categories = {row.id: row for row in categories}
        self._number = {row.id: number for number, row in enumerate(categories)}
        self._colors = list(assign_colors(self._categories, colors).values())
        self._anchored: set[str] = set()
        self._category = cache(self._category_element)
        # Many sessions take place at the same time.
        self._cached_time = lru_cache(CACHE_SIZE)(self._time)

    def pieces(self, listings: Iterable[Listing], calendar: Iterable[str]) -> Iterator[str]:
        """Yield the HTML of the whole page in pieces.

        Args:
            listings: the listings on the page: each is a session at one of its times.
            calendar: the text, in pieces, of the calendar that the page offers for download. It is not used
                if the options say that the page has no calendar.
        """
        days: list[_Day] = []
        ids = set()
        for listing in listings:
            if not days or days[-1].day != listing.day:
                days.append(_Day(listing))
            days[-1].add(listing)
            ids.add(listing.id)
        frame = Frame(self._conference, self._texts, self._options, any(day.timed for day in days))
        yield frame.head(self._style())
        yield from frame.header(len(ids), calendar)
        yield frame.navigation([day.day for day in days])
        yield "<main>"
        yield from self._days(days, listings, frame.repeated_heading())
        yield from self._about_speakers()
        yield f"</main>{frame.footer()}"

    def _style(self) -> Markup:
        """Return the stylesheet, with a class such as ``.c2`` for the colour of each category."""
        rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(self._colors))
        return Markup(STYLE + "".join(rules))

    def _days(self, days: Sequence[_Day], listings: Iterable[Listing], again: str) -> Iterator[str]:
        """Yield the HTML of all days.

        Args:
            days: the days on the page.
            listings: the sessions of all these days, as listings (each a session at one of its times) in the
                same order.
            again: the HTML to write before each day but the first.
        """
        if not days:
            yield element("p", _("no matching sessions"))
        groups = groupby(listings, key=lambda listing: listing.day)
        for day, (_date, held) in zip(days, groups, strict=True):
            facts = (
                dates.day_number(day.number, self._length),
                ngettext("{n} session", "{n} sessions", day.count),
            )
            name, facts_ = dates.day_and_weekday(day.day), element("small", " · ".join(facts))
            yield start("section", aria_labelledby=day_anchor(day.day)) + "\n"
            yield again if day is not days[0] else ""
            yield element("h2", name, " ", facts_, id=day_anchor(day.day)) + "\n"
            yield from self._by_time(held) if day.timed else self._by_category(held, day)
            yield "</section>"

    def _by_time(self, held: Iterable[Listing]) -> Iterator[str]:
        for listing in held:
            category = self._category("li", listing.category)
            yield self._session(listing, "h3", self._when(listing), category) + "\n"

    def _by_category(self, held: Iterable[Listing], day: _Day) -> Iterator[str]:
        """Yield the HTML of the sessions of a day without times, grouped by category if they have categories.

        Args:
            held: the sessions of the day, as listings.
            day: the day.
        """
        if not day.has_categories:
            yield from (self._session(listing, "h3", None, None) + "\n" for listing in held)
            return
        order = self._number
        written = TextSpool()
        groups: dict[str | None, list[int]] = {}
        for listing in held:
            number = written.add(self._session(listing, "h4", None, None))
            groups.setdefault(listing.category, []).append(number)
        for id_ in sorted(groups, key=lambda id_: order.get(id_ or "", len(order))):
            count = len(groups[id_])
            yield start("div", class_="group") + "\n"
            yield self._category("h3", id_, count) or _with_count("h3", _("Other"), count, class_="category")
            yield from (f"\n{written[number]}" for number in groups[id_])
            yield "\n</div>\n"

    def _session(
        self, listing: Listing, heading: str, when: Markup | None, category: Markup | None
    ) -> Markup:
        """Return the HTML of one listing (a session at one of its times).

        Args:
            listing: the listing.
            heading: the HTML tag for its title, such as ``h3``.
            when: the HTML element with its time; None on days without times.
            category: the HTML element with its category; None to leave the category out.
        """
        part = dates.part(listing.part, listing.parts, listing.all_day) if listing.parts > 1 else None
        details = self._details.of_session(listing.id)
        # A sheet for a room has its name as the heading.
        room = None if self._options.is_sheet and listing.room == self._options.title else listing.room
        facts = [
            category,
            _cached_fact(_("Room"), room, "room") if room else None,
            _fact(_("Speakers"), self._speaker_names(listing.speakers), "speakers"),
            _cached_fact(_("Language"), listing.language, "language") if listing.language else None,
            _cached_fact(_("Level"), details.level, "level") if details.level else None,
            _fact(_("Tags"), _(", ").join(details.tags), "tags"),
            element("li", part) if part and not (when and listing.all_day) else None,
        ]
        known = [fact for fact in facts if fact]
        about = [
            self._title(listing, heading),
            *self._texts.translations(listing.titles),
            *([block("ul", known, class_="facts")] if known else []),
            *links_of_session(details),
            *self._description(listing),
        ]
        first = listing.id not in self._anchored
        self._anchored.add(listing.id)
        return block(
            "article",
            [*([when] if when else []), block("div", about)],
            id=listing.id if first else None,
            class_=f"{self._color(listing.category)}{' timed' if when else ''}".strip() or None,
        )

    def _title(self, listing: Listing, heading: str) -> Markup:
        text, language = self._texts.choose(listing.titles)
        title: str = text if clean(text).strip() else listing.id
        if is_web_url(listing.url):
            title = element("a", title, href=listing.url, rel="noopener")
        return element(
            heading,
            *self._mark(listing),
            title,
            lang=self._texts.foreign(language),
            dir="auto",
        )

    def _mark(self, listing: Listing) -> Iterator[str]:
        """Yield the mark of a session that is in the agenda, then a space; nothing if it needs no mark."""
        if listing.pick == "maybe" and (self._options.stars or self._options.is_agenda):
            yield from (element("span", f"{MAYBE} {_('maybe')}", class_="mine"), " ")
        elif listing.in_agenda and self._options.stars:
            said = element("span", _("In your agenda"), class_="said")
            yield from (element("span", f"{STAR} ", said, class_="mine"), " ")

    def _when(self, listing: Listing) -> Markup:
        if listing.start is None:
            whole = (
                dates.part(listing.part, listing.parts, listing.all_day)
                if listing.parts > 1
                else _("all day")
            )
            return element("p", whole, class_="when")
        return self._cached_time(listing.day, listing.start, listing.end, listing.status)

    def _time(self, day: str, start: str, end: str | None, status: str | None) -> Markup:
        """Return the element with the times and the status of a listing."""
        clock = dates.clock_on(day, start, end)
        said = f" · {status_word(status)}" if status else ""
        return element("p", element("time", clock, datetime=start, data_end=end), said, class_="when")

    def _description(self, listing: Listing) -> Iterator[Markup]:
        """Yield the description in an element that visitors can expand; nothing if there is no description.

        When the page is printed, the description is printed only if it is expanded.
        """
        text, language = self._texts.choose(listing.descriptions)
        if not text:
            text, language = listing.description or "", self._conference.language
        if paragraphs := self._texts.paragraphs(text, language):
            yield block("details", [element("summary", _("Description")), paragraphs])

    def _speaker_names(self, names: Sequence[str]) -> str:
        """Return the names of speakers as HTML, linked to the page's entries about the speakers, if any."""
        if self._known.keys().isdisjoint(names):
            return _(", ").join(names)
        self._speakers.update(dict.fromkeys(name for name in names if name in self._known))
        linked = (
            element("a", name, href=f"#{speaker_anchor(self._known[name])}")
            if name in self._known
            else element("span", name)
            for name in names
        )
        return Markup(_(", ").join(linked))

    def _about_speakers(self) -> Iterator[str]:
        """Yield the section about speakers: an entry for each speaker of whom more than the name is known."""
        if not self._speakers:
            return
        yield start("section", aria_labelledby=SPEAKERS, class_="speakers") + "\n"
        yield element("h2", _("About the speakers"), id=SPEAKERS) + "\n"
        for person in self._details.people(sorted(self._speakers, key=self._known.__getitem__)):
            name, language = self._texts.choose({**person.names} or {self._conference.language: person.name})
            text, its_language = self._texts.choose(person.biographies)
            if not text:
                text, its_language = person.biography or "", self._conference.language
            paragraphs = self._texts.paragraphs(text, its_language)
            pieces = [
                element("h3", name, lang=self._texts.foreign(language), dir="auto"),
                *link_list(person.links),
                *([paragraphs] if paragraphs else []),
            ]
            yield block("article", pieces, id=speaker_anchor(self._known[person.name])) + "\n"
        yield "</section>"

    def _category_element(self, name: str, id_: str | None, count: int = 1) -> Markup | None:
        row = self._categories.get(id_ or "")
        if row is None:
            return None
        text, language = self._texts.choose(row.names)
        classes = f"category {self._color(id_)}"
        return _with_count(name, text, count, class_=classes, lang=self._texts.foreign(language))

    def _color(self, category: str | None) -> str:
        """Return the CSS class for a category's colour, such as ``c2``; empty if the category is unknown."""
        return f"c{self._number[category]}" if category in self._number else ""


def _with_count(name: str, text: str, count: int, **attributes: str | None) -> Markup:
    """Return an element with ``text``, followed by ``count`` if that is more than one."""
    number = [element("small", f" · {count}")] if count > 1 else []
    return element(name, text, *number, **attributes)


def _fact(name: str, text: str | None, kind: str) -> Markup | None:
    """Return a list item with a fact, such as a room; None if ``text`` is empty.

    Args:
        name: the kind of fact, such as "Room", as text for screen readers only.
        text: the fact.
        kind: the CSS class of the item.
    """
    return element("li", _screen_reader_text(f"{name}: "), text, class_=kind, dir="auto") if text else None


@lru_cache(CACHE_SIZE)
def _cached_fact(name: str, text: str, kind: str) -> Markup | None:
    """Return what :func:`_fact` returns, from a cache, for a fact that many sessions have in common."""
    return _fact(name, text, kind)


@lru_cache(64)
def _screen_reader_text(text: str) -> Markup:
    """Return an element with text that is not shown but read aloud by screen readers."""
    return element("span", text, class_="said")
