"""The parts of a page around its sessions: the head, the header, the links to the days and the footer."""

from base64 import b64encode
from collections.abc import Iterable, Iterator

from summitcli.exports.page import PageOptions
from summitcli.exports.page.markup import Markup, block, element, start
from summitcli.exports.page.script import POLICY, SCRIPT
from summitcli.exports.page.texts import Texts
from summitcli.i18n import _, ngettext
from summitcli.rows import ConferenceRow
from summitcli.text import dates
from summitcli.text.reader_zone import reader_zone

STILL_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The Content Security Policy (CSP Level 3) of a page without the script.

It allows inline styles. Nothing else may be loaded or run.
"""
BAR_OF_ONE_LINE = 6
"""The largest number of days whose links fit on one line.

Such a line stays in view while the page scrolls.
"""
ZONE_NOTE = "viewer.zone"
"""The HTML id of the note on the viewer's time zone. It contains a dot, so no session ID can equal it."""


class Frame:
    """The parts of a page around its sessions.

    Args:
        conference: the conference.
        texts: the texts of the schedule in the language of the page.
        options: how the page is written.
        timed: whether any session on the page has times.
    """

    def __init__(self, conference: ConferenceRow, texts: Texts, options: PageOptions, timed: bool) -> None:
        self._conference = conference
        self._texts = texts
        self._options = options
        self._timed = timed
        # Times that were asked for in one zone stay alone.
        self._has_script = timed and not reader_zone()

    def head(self, style: Markup) -> str:
        """Return everything up to the start tag of the body."""
        title = self._texts.choose(self._conference.titles)[0]
        if self._options.title is not None:
            title = f"{self._options.title} – {title}"
        policy = POLICY if self._has_script else STILL_POLICY
        head = element(
            "head",
            Markup("\n"),
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="color-scheme", content="light dark"),
            element("meta", name="generator", content="summitcli"),
            element("title", title),
            element("style", style),
            Markup("\n"),
        )
        body = start("body", class_="sheet" if self._options.is_sheet else None)
        return f"<!DOCTYPE html>\n{start('html', lang=self._texts.language)}{head}{body}"

    def header(self, sessions: int, calendar: Iterable[str]) -> Iterator[str]:
        """Yield the header: the heading, facts such as the number of sessions, and a link to save a calendar.

        Args:
            sessions: the number of sessions.
            calendar: the text of the calendar in pieces; not used if the page is to have no calendar.
        """
        conference, title = self._conference, self._options.title
        facts = [dates.period(conference.start, conference.end)]
        if self._timed:
            zone = dates.zone(str(reader_zone() or conference.time_zone))
            facts.append(_("times in {zone}").format(zone=zone))
        facts.append(ngettext("{n} session", "{n} sessions", sessions))
        if title is None:
            yield f"<header>\n{self._texts.localized('h1', conference.titles)}\n"
        else:
            yield f"<header>\n{element('h1', title, dir='auto')}\n{self._subtitle()}\n"
        yield from (f"{line}\n" for line in self._texts.translations(conference.titles))
        yield element("p", " · ".join(facts), class_="facts") + "\n"
        if self._has_script:
            note = _("in small type: the same times in {zone}, your time zone")
            own_zone = Markup(note.format(zone=element("span")))
            yield element("p", own_zone, class_="facts yours", id=ZONE_NOTE, hidden="") + "\n"
        yield from self._calendar_link(calendar)
        yield "</header>"

    def navigation(self, days: Iterable[str]) -> str:
        """Return a list of links to the days on the page; empty if there is only one day.

        Args:
            days: the days as ISO dates.
        """
        links = [
            element("li", element("a", dates.day_and_weekday(day), href=f"#{day_anchor(day)}"))
            for day in days
        ]
        if len(links) < 2:
            return ""
        kind = "long" if len(links) > BAR_OF_ONE_LINE else None
        return element("nav", block("ul", links), aria_label=_("Days"), class_=kind)

    def repeated_heading(self) -> str:
        """Return the HTML of the heading that is repeated above each day but the first.

        It is empty except on a sheet, a page to be printed and hung up.
        """
        if not self._options.is_sheet:
            return ""
        return element("p", self._options.title or "", class_="again", aria_hidden="true", dir="auto") + "\n"

    def footer(self) -> str:
        """Return the footer and the end of the page."""
        conference, texts = self._conference, self._texts
        lines = []
        for known, sentence in ((conference.notice, "{text}"), (conference.source, _("Source: {source}"))):
            text, language = texts.choose(known)
            if text:
                said = sentence.format(text=text, source=text)
                lines.append(element("p", said, lang=texts.foreign(language), dir="auto"))
        if conference.revised:
            day = conference.revised[:10]
            lines.append(element("p", _("Last updated {date}").format(date=dates.period(day, day))))
        script = element("script", Markup(SCRIPT)) if self._has_script else ""
        return f"{block('footer', lines)}{script}</body></html>\n"

    def _subtitle(self) -> Markup:
        text, language = self._texts.choose(self._conference.titles)
        return element("p", text, class_="conference", lang=self._texts.foreign(language), dir="auto")

    def _calendar_link(self, calendar: Iterable[str]) -> Iterator[str]:
        """Yield a link that contains the calendar itself, so that no other file is needed on a phone."""
        if not self._options.has_calendar:
            return
        yield '<p class="facts calendar"><a href="data:text/calendar;charset=utf-8;base64,'
        yield from _base64(calendar)
        yield f'" download="{self._conference.id}.ics">'
        yield f"{Markup(element('span', _('Download as a calendar (.ics)')))}</a></p>\n"


def day_anchor(day: str) -> str:
    """Return the HTML id of a day's heading, such as ``day.2022-07-23``.

    As it has dots, no session ID equals it.
    """
    return f"day.{day}"


def _base64(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the Base64 form (RFC 4648) of a text, which is given in pieces and encoded in UTF-8."""
    held = b""
    for piece in pieces:
        held += piece.encode()
        # Only the end may have a number of bytes that three doesn't divide.
        whole = len(held) - len(held) % 3
        yield b64encode(held[:whole]).decode()
        held = held[whole:]
    yield b64encode(held).decode()
