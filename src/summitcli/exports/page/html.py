"""One page of HTML: a selection of the schedule to read anywhere, to print, to put on a server.

It is whole in itself: no script, no picture, no font, nothing that is fetched. The text depends on nothing
but what is passed in, so the same selection gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from summitcli.exports.calendar.content import clean
from summitcli.exports.page.markup import Markup, element, joined
from summitcli.exports.page.stylesheet import STYLE
from summitcli.i18n import _, ngettext, speaking
from summitcli.rows import CategoryRow, ConferenceRow, Listing
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
    listings: Sequence[Listing],
    language: str,
) -> str:
    """The page of ``listings``.

    Args:
        conference: the conference.
        categories: its categories, in their own order.
        colors: the colours, ``#rrggbb``, of those that have one of their own, by id.
        listings: what is on the page, in order of output.
        language: of names and of the page's own words; a name that lacks it is in the conference's own.
    """
    with speaking(language):
        return _Page(conference, categories, colors, language).whole(listings)


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

    def whole(self, listings: Sequence[Listing]) -> str:
        """The document."""
        days = [(day, list(held)) for day, held in groupby(listings, key=lambda listing: listing.day)]
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
        body = element(
            "body",
            self._header(listings),
            self._days_to_choose(days) if len(days) > 1 else Markup(""),
            element("main", *self._days(days)),
            self._footer(),
        )
        return f"<!DOCTYPE html>\n{element('html', head, body, lang=self._language)}\n"

    def _style(self) -> Markup:
        """The style with the colours of the categories, which bear numbers there."""
        rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(self._colors))
        return Markup(STYLE + "".join(rules))

    def _header(self, listings: Sequence[Listing]) -> Markup:
        conference = self._conference
        sessions = len({listing.id for listing in listings})
        facts = [dates.period(conference.start, conference.end)]
        if any(not listing.all_day for listing in listings):
            facts.append(_("times are those of {zone}").format(zone=conference.time_zone))
        facts.append(ngettext("{n} session", "{n} sessions", sessions))
        return _block(
            "header",
            [
                self._named("h1", conference.titles),
                *self._otherwise(conference.titles),
                element("p", " · ".join(facts), class_="facts"),
            ],
        )

    def _days_to_choose(self, days: Iterable[tuple[str, Sequence[Listing]]]) -> Markup:
        links = [
            element("li", element("a", dates.day_and_weekday(day), href=f"#{_anchor(day)}"))
            for day, _held in days
        ]
        return element("nav", _block("ul", links), aria_label=_("Days"))

    def _days(self, days: Sequence[tuple[str, Sequence[Listing]]]) -> Iterator[Markup]:
        if not days:
            yield element("p", _("no session matches"))
        for day, held in days:
            facts = (
                dates.day_number(held[0].day_number, self._length),
                ngettext("{n} session", "{n} sessions", len(held)),
            )
            heading = element(
                "h2", dates.day_and_weekday(day), " ", element("small", " · ".join(facts)), id=_anchor(day)
            )
            timed = any(not listing.all_day for listing in held)
            parts = self._by_the_clock(held) if timed else self._by_category(held)
            yield _block("section", [heading, *parts], aria_labelledby=_anchor(day))

    def _by_the_clock(self, held: Iterable[Listing]) -> Iterator[Markup]:
        for listing in held:
            yield self._session(listing, "h3", self._when(listing), self._category("li", listing.category))

    def _by_category(self, held: Iterable[Listing]) -> Iterator[Markup]:
        """A day without clock times: each category's sessions below its name, if there is any."""
        order = self._number
        groups: dict[str | None, list[Listing]] = {}
        for listing in held:
            groups.setdefault(listing.category, []).append(listing)
        if not groups.keys() - {None}:
            yield from (self._session(listing, "h3", None, None) for listing in groups[None])
            return
        for id_ in sorted(groups, key=lambda id_: order.get(id_ or "", len(order))):
            count = len(groups[id_])
            heading = self._category("h3", id_, count) or _counted("h3", _("Other"), count, class_="category")
            sessions = [self._session(listing, "h4", None, None) for listing in groups[id_]]
            yield _block("div", [heading, *sessions], class_="group")

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
            *([_block("ul", known, class_="facts")] if known else []),
            *self._description(listing),
        ]
        first = listing.id not in self._anchored
        self._anchored.add(listing.id)
        return _block(
            "article",
            [*([when] if when else []), _block("div", about)],
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
            yield _block(
                "details", [element("summary", _("Description")), _block("div", texts, lang=language)]
            )

    def _category(self, name: str, id_: str | None, count: int = 1) -> Markup | None:
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
        return _block("footer", lines)

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


def _block(name: str, pieces: Iterable[str], **attributes: str | None) -> Markup:
    """An element with each of ``pieces`` on a line of its own."""
    return element(name, Markup("\n"), joined(list(pieces), "\n"), Markup("\n"), **attributes)


def _counted(name: str, text: str, count: int, **attributes: str | None) -> Markup:
    """An element with a text, and how many there are of it where they are more than one."""
    number = [element("small", f" · {count}")] if count > 1 else []
    return element(name, text, *number, **attributes)


def _fact(name: str, text: str | None, kind: str) -> Markup | None:
    """A fact, with its name for those who hear the page."""
    if not text:
        return None
    return element("li", element("span", f"{name}: ", class_="said"), text, class_=kind, dir="auto")


def _anchor(day: str) -> str:
    """The id of a day's heading, which no session's id can be, as they have no dots."""
    return f"day.{day}"
