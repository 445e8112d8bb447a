"""An HTML page of selected sessions, to read offline, print or publish.

It is self-contained: no scripts, images, fonts or other resources. The output depends only on the arguments,
so that the same selection gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import groupby

from summitcli.exports.calendar.content import clean
from summitcli.exports.page.details import SPEAKERS, Details, link_list, links_of_session, speaker_anchor
from summitcli.exports.page.markup import Markup, block, element, start
from summitcli.exports.page.stylesheet import STYLE
from summitcli.exports.web_urls import is_web_url
from summitcli.i18n import _, ngettext, using_language
from summitcli.rows import CategoryRow, ConferenceRow, Listing
from summitcli.storage.spool import TextSpool
from summitcli.text import dates
from summitcli.text.colors import assign_colors
from summitcli.text.reader_zone import reader_zone
from summitcli.text.status import status_word

STAR, MAYBE = "★", "☆"

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page's Content Security Policy (CSP Level 3): nothing may be loaded but the inline stylesheet."""


def html(
    conference: ConferenceRow,
    categories: Sequence[CategoryRow],
    colors: Mapping[str, str],
    listings: Iterable[Listing],
    language: str,
    details: Details,
    stars: bool = False,
) -> Iterator[str]:
    """Yield the HTML page with ``listings`` in pieces, which are joined without anything between them.

    Args:
        conference: the conference.
        categories: its categories, in their own order.
        colors: the colours, ``#rrggbb``, of the categories that have one, by ID.
        listings: the listings, in order of output; they are iterated over twice.
        language: the language of the page and of names; a name without it is shown in the conference's own.
        details: the details of sessions and speakers.
        stars: whether to mark the listings that are in the agenda.
    """
    pieces = _Page(conference, categories, colors, language, details, stars).pieces(listings)
    while True:
        # A caller must not run in the page's language while this generator is suspended.
        with using_language(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


class _Day:
    """A day on the page, with facts about its listings that must be known before they are written."""

    def __init__(self, first: Listing) -> None:
        self.day = first.day
        self.number = first.day_number
        self.count = 0
        self.timed = False
        self.has_categories = False

    def add(self, listing: Listing) -> None:
        """Count a listing of this day."""
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
        stars: bool,
    ) -> None:
        self._conference = conference
        self._language = language
        self._details = details
        self._stars = stars
        self._known = {name: number for number, name in enumerate(details.names(), 1)}
        self._speakers: dict[str, None] = {}
        """The speakers of the sessions written so far who get an entry of their own on the page, in order."""
        length = date.fromisoformat(conference.end) - date.fromisoformat(conference.start)
        self._length = length.days + 1
        self._categories = {row.id: row for row in categories}
        self._number = {row.id: number for number, row in enumerate(categories)}
        self._colors = list(assign_colors(self._categories, colors).values())
        self._anchored: set[str] = set()
        self._category = cache(self._category_element)

    def pieces(self, listings: Iterable[Listing]) -> Iterator[str]:
        """Yield the HTML of the whole page in pieces."""
        days: list[_Day] = []
        ids = set()
        for listing in listings:
            if not days or days[-1].day != listing.day:
                days.append(_Day(listing))
            days[-1].add(listing)
            ids.add(listing.id)
        head = element(
            "head",
            Markup("\n"),
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=POLICY),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="generator", content="summitcli"),
            element("title", self._in_language(self._conference.titles)[0]),
            element("style", self._style()),
            Markup("\n"),
        )
        yield f"<!DOCTYPE html>\n{start('html', lang=self._language)}{head}<body>"
        yield self._header(len(ids), timed=any(day.timed for day in days))
        if len(days) > 1:
            yield self._navigation(days)
        yield "<main>"
        yield from self._days(days, listings)
        yield from self._about_speakers()
        yield f"</main>{self._footer()}</body></html>\n"

    def _style(self) -> Markup:
        """Return the stylesheet, with a class such as ``.c2`` for the colour of each category."""
        rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(self._colors))
        return Markup(STYLE + "".join(rules))

    def _header(self, sessions: int, timed: bool) -> Markup:
        conference = self._conference
        facts = [dates.period(conference.start, conference.end)]
        if timed:
            facts.append(_("times in {zone}").format(zone=reader_zone() or conference.time_zone))
        facts.append(ngettext("{n} session", "{n} sessions", sessions))
        return block(
            "header",
            [
                self._localized("h1", conference.titles),
                *self._translations(conference.titles),
                element("p", " · ".join(facts), class_="facts"),
            ],
        )

    def _navigation(self, days: Iterable[_Day]) -> Markup:
        links = [
            element("li", element("a", dates.day_and_weekday(day.day), href=f"#{_anchor(day.day)}"))
            for day in days
        ]
        return element("nav", block("ul", links), aria_label=_("Days"))

    def _days(self, days: Sequence[_Day], listings: Iterable[Listing]) -> Iterator[str]:
        if not days:
            yield element("p", _("no matching sessions"))
        groups = groupby(listings, key=lambda listing: listing.day)
        for day, (_date, held) in zip(days, groups, strict=True):
            facts = (
                dates.day_number(day.number, self._length),
                ngettext("{n} session", "{n} sessions", day.count),
            )
            name, facts_ = dates.day_and_weekday(day.day), element("small", " · ".join(facts))
            yield start("section", aria_labelledby=_anchor(day.day)) + "\n"
            yield element("h2", name, " ", facts_, id=_anchor(day.day)) + "\n"
            yield from self._by_time(held) if day.timed else self._by_category(held, day)
            yield "</section>"

    def _by_time(self, held: Iterable[Listing]) -> Iterator[str]:
        for listing in held:
            category = self._category("li", listing.category)
            yield self._session(listing, "h3", self._when(listing), category) + "\n"

    def _by_category(self, held: Iterable[Listing], day: _Day) -> Iterator[str]:
        """Yield the HTML of a day without times: its sessions grouped by category, if they have any.

        ``held`` are the day's listings.
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
        """Return the HTML of one listing.

        Args:
            listing: the listing.
            heading: the tag of its title, such as ``h3``.
            when: the element with its time; None on days without times.
            category: the element with its category; None to leave the category out.
        """
        part = dates.part(listing.part, listing.parts) if listing.parts > 1 else None
        details = self._details.of_session(listing.id)
        facts = [
            category,
            _fact(_("Room"), listing.room, "room"),
            _fact(_("Speakers"), self._speaker_names(listing.speakers), "speakers"),
            _fact(_("Language"), listing.language, "language"),
            _fact(_("Level"), details.level, "level"),
            _fact(_("Tags"), _(", ").join(details.tags), "tags"),
            element("li", part) if part and not (when and listing.all_day) else None,
        ]
        known = [fact for fact in facts if fact]
        about = [
            self._title(listing, heading),
            *self._translations(listing.titles),
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
        text, language = self._in_language(listing.titles)
        title: str = text if clean(text).strip() else listing.id
        if is_web_url(listing.url):
            title = element("a", title, href=listing.url, rel="noopener")
        star = MAYBE if listing.pick == "maybe" else STAR
        mark = element("span", f"{star} ", element("span", _("In your agenda"), class_="said"), class_="mine")
        return element(
            heading,
            *([mark, " "] if self._stars and listing.in_agenda else []),
            title,
            lang=self._foreign(language),
            dir="auto",
        )

    def _when(self, listing: Listing) -> Markup:
        if listing.start is None:
            whole = dates.part(listing.part, listing.parts) if listing.parts > 1 else _("all day")
            return element("p", whole, class_="when")
        clock = dates.clock_on(listing.day, listing.start, listing.end)
        status = f" · {status_word(listing.status)}" if listing.status else ""
        return element("p", element("time", clock, datetime=listing.start), status, class_="when")

    def _description(self, listing: Listing) -> Iterator[Markup]:
        """Yield the description, if there is one, in an element that readers can expand.

        It is printed only if it is expanded.
        """
        text, language = self._in_language(listing.descriptions)
        if not text:
            text, language = listing.description or "", self._conference.language
        if paragraphs := self._paragraphs(text, language):
            yield block("details", [element("summary", _("Description")), paragraphs])

    def _paragraphs(self, text: str, language: str) -> Markup | None:
        """Return a long text as paragraphs; None if it is blank."""
        paragraphs = [part for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]
        if not paragraphs:
            return None
        texts = (element("p", paragraph.strip(), dir="auto") for paragraph in paragraphs)
        return block("div", texts, lang=self._foreign(language))

    def _speaker_names(self, names: Sequence[str]) -> str:
        """Return the names of speakers as HTML; a speaker with an entry of their own is linked to it."""
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
        """Yield the section with the entries of speakers who have more than a name."""
        if not self._speakers:
            return
        yield start("section", aria_labelledby=SPEAKERS, class_="speakers") + "\n"
        yield element("h2", _("About the speakers"), id=SPEAKERS) + "\n"
        for person in self._details.people(sorted(self._speakers, key=self._known.__getitem__)):
            name, language = self._in_language({**person.names} or {self._conference.language: person.name})
            text, its_language = self._in_language(person.biographies)
            if not text:
                text, its_language = person.biography or "", self._conference.language
            paragraphs = self._paragraphs(text, its_language)
            pieces = [
                element("h3", name, lang=self._foreign(language), dir="auto"),
                *link_list(person.links),
                *([paragraphs] if paragraphs else []),
            ]
            yield block("article", pieces, id=speaker_anchor(self._known[person.name])) + "\n"
        yield "</section>"

    def _category_element(self, name: str, id_: str | None, count: int = 1) -> Markup | None:
        row = self._categories.get(id_ or "")
        if row is None:
            return None
        text, language = self._in_language(row.names)
        classes = f"category {self._color(id_)}"
        return _with_count(name, text, count, class_=classes, lang=self._foreign(language))

    def _color(self, category: str | None) -> str:
        """Return the CSS class with a category's colour, such as ``c2``; empty if there is no category."""
        return f"c{self._number[category]}" if category in self._number else ""

    def _footer(self) -> Markup:
        conference = self._conference
        lines = []
        for texts, sentence in ((conference.notice, "{text}"), (conference.source, _("Source: {source}"))):
            text, language = self._in_language(texts)
            if text:
                said = sentence.format(text=text, source=text)
                lines.append(element("p", said, lang=self._foreign(language), dir="auto"))
        if conference.revised:
            day = conference.revised[:10]
            lines.append(element("p", _("Last updated {date}").format(date=dates.period(day, day))))
        return block("footer", lines)

    def _localized(self, name: str, texts: Mapping[str, str]) -> Markup:
        """Return an element with a text in the page's language, or else in the conference's.

        In the latter case the attribute ``lang`` states the language.
        """
        text, language = self._in_language(texts)
        return element(name, text, lang=self._foreign(language), dir="auto")

    def _translations(self, texts: Mapping[str, str]) -> Iterator[Markup]:
        """Yield an element for each language of a text other than the language that is shown."""
        shown = {self._in_language(texts)[0]}
        for language, text in texts.items():
            if text not in shown:
                shown.add(text)
                yield element("p", text, class_="other", lang=language, dir="auto")

    def _in_language(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return a text in the page's language, or else in the conference's, and the tag of that language."""
        language = self._language if texts.get(self._language) else self._conference.language
        return texts.get(language, ""), language

    def _foreign(self, language: str) -> str | None:
        """Return ``language``, or None if it is that of the page and needs no ``lang`` attribute."""
        return None if language == self._language else language


def _with_count(name: str, text: str, count: int, **attributes: str | None) -> Markup:
    """Return an element with a text, followed by ``count`` if it is more than one."""
    number = [element("small", f" · {count}")] if count > 1 else []
    return element(name, text, *number, **attributes)


def _fact(name: str, text: str | None, kind: str) -> Markup | None:
    """Return a list item with a fact, such as a room; None if ``text`` is empty.

    Args:
        name: what the fact is, which only screen readers present.
        text: the fact.
        kind: the CSS class of the item.
    """
    return element("li", _screen_reader_text(f"{name}: "), text, class_=kind, dir="auto") if text else None


@lru_cache(64)
def _screen_reader_text(text: str) -> Markup:
    """Return an element with text that only screen readers present."""
    return element("span", text, class_="said")


def _anchor(day: str) -> str:
    """Return the HTML id of a day's heading, such as ``day.2022-07-23``; session IDs have no dots."""
    return f"day.{day}"
