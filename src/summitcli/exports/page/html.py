"""One page of HTML: a selection of the schedule to read anywhere, to print, to put on a server.

It is whole in itself: no script, no picture, no font, nothing that is fetched. The text depends on nothing
but what is passed in, so the same selection gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import groupby

from summitcli.exports.calendar.content import clean
from summitcli.exports.page.markup import Markup, block, element, start
from summitcli.exports.page.stylesheet import STYLE
from summitcli.i18n import _, ngettext, speaking
from summitcli.rows import CategoryRow, ConferenceRow, Listing
from summitcli.storage.spool import TextSpool
from summitcli.text import dates
from summitcli.text.colors import assigned
from summitcli.text.status import status_word

STAR = "★"

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the page may load (CSP Level 3): nothing but the style that it holds itself."""

_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


def html(
    conference: ConferenceRow,
    categories: Sequence[CategoryRow],
    colors: Mapping[str, str],
    listings: Iterable[Listing],
    language: str,
) -> Iterator[str]:
    """Yield the page of ``listings``.

    Args:
        conference: the conference.
        categories: its categories, in their own order.
        colors: the colours, ``#rrggbb``, of those that have one of their own, by id.
        listings: what is on the page, in order of output; they are gone through twice.
        language: of names and of the page's own words; a name that lacks it is in the conference's own.
    """
    pieces = _Page(conference, categories, colors, language).pieces(listings)
    while True:
        # The language is the page's only while it is written, not while its pieces are on their way.
        with speaking(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


class _Day:
    """A day on the page, and what stands before its listings."""

    def __init__(self, first: Listing) -> None:
        self.day = first.day
        self.number = first.day_number
        self.count = 0
        self.timed = False
        self.has_categories = False

    def add(self, listing: Listing) -> None:
        """Count a listing."""
        self.count += 1
        self.timed = self.timed or not listing.all_day
        self.has_categories = self.has_categories or listing.category is not None


class _Page:
    """What all parts of one page share."""

    def __init__(
        self,
        conference: ConferenceRow,
        categories: Sequence[CategoryRow],
        colors: Mapping[str, str],
        language: str,
    ) -> None:
        self._conference = conference
        self._language = language
        length = date.fromisoformat(conference.end) - date.fromisoformat(conference.start)
        self._length = length.days + 1
        self._categories = {row.id: row for row in categories}
        self._number = {row.id: number for number, row in enumerate(categories)}
        self._colors = list(assigned(self._categories, colors).values())
        self._anchored: set[str] = set()
        self._category = cache(self._category_named)

    def pieces(self, listings: Iterable[Listing]) -> Iterator[str]:
        """Yield the document."""
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
            yield self._days_to_choose(days)
        yield "<main>"
        yield from self._days(days, listings)
        yield f"</main>{self._footer()}</body></html>\n"

    def _style(self) -> Markup:
        """The style with the colours of the categories, which bear numbers there."""
        rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(self._colors))
        return Markup(STYLE + "".join(rules))

    def _header(self, sessions: int, timed: bool) -> Markup:
        conference = self._conference
        facts = [dates.period(conference.start, conference.end)]
        if timed:
            facts.append(_("times are those of {zone}").format(zone=conference.time_zone))
        facts.append(ngettext("{n} session", "{n} sessions", sessions))
        return block(
            "header",
            [
                self._named("h1", conference.titles),
                *self._otherwise(conference.titles),
                element("p", " · ".join(facts), class_="facts"),
            ],
        )

    def _days_to_choose(self, days: Iterable[_Day]) -> Markup:
        links = [
            element("li", element("a", dates.day_and_weekday(day.day), href=f"#{_anchor(day.day)}"))
            for day in days
        ]
        return element("nav", block("ul", links), aria_label=_("Days"))

    def _days(self, days: Sequence[_Day], listings: Iterable[Listing]) -> Iterator[str]:
        if not days:
            yield element("p", _("no session matches"))
        groups = groupby(listings, key=lambda listing: listing.day)
        for day, (_date, held) in zip(days, groups, strict=True):
            facts = (
                dates.day_number(day.number, self._length),
                ngettext("{n} session", "{n} sessions", day.count),
            )
            name, facts_ = dates.day_and_weekday(day.day), element("small", " · ".join(facts))
            yield start("section", aria_labelledby=_anchor(day.day)) + "\n"
            yield element("h2", name, " ", facts_, id=_anchor(day.day)) + "\n"
            yield from self._by_the_clock(held) if day.timed else self._by_category(held, day)
            yield "</section>"

    def _by_the_clock(self, held: Iterable[Listing]) -> Iterator[str]:
        for listing in held:
            category = self._category("li", listing.category)
            yield self._session(listing, "h3", self._when(listing), category) + "\n"

    def _by_category(self, held: Iterable[Listing], day: _Day) -> Iterator[str]:
        """A day without clock times: each category's sessions below its name, if there is any."""
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
            yield self._category("h3", id_, count) or _counted("h3", _("Other"), count, class_="category")
            yield from (f"\n{written[number]}" for number in groups[id_])
            yield "\n</div>\n"

    def _session(
        self, listing: Listing, heading: str, when: Markup | None, category: Markup | None
    ) -> Markup:
        """One listing; ``when`` stands beside what it is about, where there are clock times that day."""
        part = dates.part(listing.part, listing.parts) if listing.parts > 1 else None
        facts = [
            category,
            _fact(_("Room"), listing.room, "room"),
            _fact(_("Speakers"), _(", ").join(listing.speakers), "speakers"),
            _fact(_("Language"), listing.language, "language"),
            element("li", part) if part and not (when and listing.all_day) else None,
        ]
        known = [fact for fact in facts if fact]
        about = [
            self._title(listing, heading),
            *self._otherwise(listing.titles),
            *([block("ul", known, class_="facts")] if known else []),
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
        if listing.url and _ADDRESS.fullmatch(listing.url) and clean(listing.url) == listing.url:
            title = element("a", title, href=listing.url, rel="noopener")
        mark = element("span", f"{STAR} ", element("span", _("In my agenda"), class_="said"), class_="mine")
        return element(
            heading,
            *([mark, " "] if listing.in_agenda else []),
            title,
            lang=self._other(language),
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
        """The description behind its name; what is unfolded is printed as well."""
        paragraphs = [part for part in re.split(r"\n\s*\n", clean(listing.description or "")) if part.strip()]
        if paragraphs:
            texts = (element("p", paragraph.strip(), dir="auto") for paragraph in paragraphs)
            language = self._other(self._conference.language)
            yield block("details", [element("summary", _("Description")), block("div", texts, lang=language)])

    def _category_named(self, name: str, id_: str | None, count: int = 1) -> Markup | None:
        row = self._categories.get(id_ or "")
        if row is None:
            return None
        text, language = self._in_language(row.names)
        classes = f"category {self._color(id_)}"
        return _counted(name, text, count, class_=classes, lang=self._other(language))

    def _color(self, category: str | None) -> str:
        """The class that gives a category's colour."""
        return f"c{self._number[category]}" if category in self._number else ""

    def _footer(self) -> Markup:
        conference = self._conference
        lines = []
        for texts, sentence in ((conference.notice, "{text}"), (conference.source, _("Source: {source}"))):
            text, language = self._in_language(texts)
            if text:
                said = sentence.format(text=text, source=text)
                lines.append(element("p", said, lang=self._other(language), dir="auto"))
        if conference.revised:
            day = conference.revised[:10]
            lines.append(element("p", _("As of {date}").format(date=dates.period(day, day))))
        return block("footer", lines)

    def _named(self, name: str, texts: Mapping[str, str]) -> Markup:
        """An element with a text in the language shown, or marked with the one that it is in."""
        text, language = self._in_language(texts)
        return element(name, text, lang=self._other(language), dir="auto")

    def _otherwise(self, texts: Mapping[str, str]) -> Iterator[Markup]:
        """The same in the other languages that there are."""
        shown = {self._in_language(texts)[0]}
        for language, text in texts.items():
            if text not in shown:
                shown.add(text)
                yield element("p", text, class_="other", lang=language, dir="auto")

    def _in_language(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """A text in the language shown, or else in the conference's own, and which of them it is."""
        language = self._language if texts.get(self._language) else self._conference.language
        return texts.get(language, ""), language

    def _other(self, language: str) -> str | None:
        """``language``, where it is not that of the page."""
        return None if language == self._language else language


def _counted(name: str, text: str, count: int, **attributes: str | None) -> Markup:
    """An element with a text, and how many there are of it where they are more than one."""
    number = [element("small", f" · {count}")] if count > 1 else []
    return element(name, text, *number, **attributes)


def _fact(name: str, text: str | None, kind: str) -> Markup | None:
    """A fact, with its name for those who hear the page."""
    return element("li", _said(f"{name}: "), text, class_=kind, dir="auto") if text else None


@lru_cache(64)
def _said(text: str) -> Markup:
    """A text for those who hear the page."""
    return element("span", text, class_="said")


def _anchor(day: str) -> str:
    """The id of a day's heading, which no session's id can be, as they have no dots."""
    return f"day.{day}"
