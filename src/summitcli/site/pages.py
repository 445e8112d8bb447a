"""The pages of a site in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from markupsafe import Markup

from summitcli.catalog.conditions import Query
from summitcli.catalog.detailed import known_people, with_details
from summitcli.catalog.neighbours import Neighbours, neighbours
from summitcli.details import PersonRow, SessionDetails
from summitcli.exports.page.details import link_list, links_of_session
from summitcli.exports.web_urls import is_web_url
from summitcli.i18n import _, ngettext, using_language
from summitcli.lazy_typing import Any
from summitcli.progress import steps
from summitcli.rows import DayRow, Listing, SessionRow
from summitcli.site.contents import Contents, File
from summitcli.site.feeds import Alternate, alternates, calendar_of
from summitcli.site.grid import tables
from summitcli.site.public import public_links, public_session
from summitcli.site.rendering import Here, Text, fragment, render
from summitcli.site.structured import StructuredData
from summitcli.site.views import Views, category_names, names, texts_of
from summitcli.text import dates
from summitcli.text.batches import batches

MAX_DAYS_IN_MENU = 14
"""The maximum number of days in the menu of a page.

If the conference has more days, the menu of a day's page has only this day, the day before and the day after.
"""


class Pages:
    """The pages of a site in one language.

    Args:
        contents: the contents of the site.
        language: the language.
    """

    def __init__(self, contents: Contents, language: str) -> None:
        self._contents = contents
        self._catalog = contents.catalog
        self._conference = contents.catalog.conference()
        self._language = language
        self._structured_data: StructuredData | None = None
        self._fragments: dict[tuple[str, str], Markup] = {}
        self._notes: list[Text] = []

    def detail_pages(self) -> Iterator[File]:
        """Yield the pages that are each about one session, speaker, room, category or day."""
        number, _listings = self._catalog.counts()
        for session, beside in steps(_("publishing"), self._sessions(), number):
            yield self._file("sessions", session.id, partial(self._session, session, beside))
        for batch in batches(self._catalog.speakers()):
            names_ = [speaker.name for speaker in batch]
            people, held = known_people(self._catalog, names_), self._listings_of_speakers(names_)
            for name in names_:
                person = people.get(name) or PersonRow(name)
                yield self._file("speakers", name, partial(self._speaker, person, held[name]))
        for room in self._catalog.rooms():
            yield self._file("screens", room.name, partial(self._room, room.name, True))
            yield self._file("rooms", room.name, partial(self._room, room.name, False))
        for category in self._categories:
            yield self._file("categories", category.id, partial(self._category, category.id))
        for day in self._days:
            yield self._file("days", day.day, partial(self._day, day))

    def main_pages(self) -> Iterator[File]:
        """Yield the pages of rooms, of speakers, of changes and about the conference; the overview is last.

        The site has each of these pages only once in each language.
        """
        has_any = self._contents.addresses.has_any
        if has_any("rooms"):
            yield self._main_file("rooms", self._rooms)
        if has_any("speakers"):
            yield self._main_file("speakers", self._speakers)
        from summitcli.site.facts import about
        from summitcli.site.news import changes

        yield self._main_file("changes", lambda here: changes(here, self._contents, self._frame(here)))
        titles, facts = self._contents.titles, self._catalog.facts()
        yield self._main_file("about", lambda here: about(here, titles, facts, self._frame(here)))
        yield self._main_file("index", self._index)

    def _sessions(self) -> Iterator[tuple[SessionRow, Neighbours]]:
        for ids in batches(self._catalog.ids()):
            beside = neighbours(self._catalog, ids)
            for session in with_details(self._catalog, self._catalog.sessions(Query(ids=tuple(ids)))):
                yield session, beside.get(session.id, Neighbours())

    def _listings_of_speakers(self, speakers: Sequence[str]) -> Mapping[str, list[Listing]]:
        """Return the listings of each of ``speakers``, by name.

        They are loaded together, as most speakers have only a few.
        """
        found: dict[str, list[Listing]] = {name: [] for name in speakers}
        for listing in self._catalog.listings(Query(speakers=tuple(speakers))):
            for name in found.keys() & listing.speakers:
                found[name].append(listing)
        return found

    @cached_property
    def _days(self) -> list[DayRow]:
        return self._catalog.days()

    @cached_property
    def _categories(self) -> list[Any]:
        return self._catalog.categories()

    def _file(self, kind: str, key: str, make: Callable[[Here], bytes]) -> File:
        return self._made(self._contents.addresses.of(self._language, kind, key), make)

    def _main_file(self, name: str, make: Callable[[Here], bytes]) -> File:
        return self._made(self._contents.addresses.page(self._language, name), make)

    def _made(self, path: str, make: Callable[[Here], bytes]) -> File:
        name = path.removeprefix(self._contents.addresses.root(self._language))
        here = Here(self._contents, self._language, path, name)

        def pieces() -> Iterable[bytes]:
            with using_language(self._language):
                return (make(here),)

        return File(path, pieces)

    def _views(self, here: Here) -> Views:
        return Views(here, self._categories, len(self._days))

    def _structured(self, here: Here) -> StructuredData:
        if self._structured_data is None:
            self._structured_data = StructuredData(self._contents, here)
        return self._structured_data

    def _frame(self, here: Here, kind: str = "", key: str = "") -> dict[str, Any]:
        """Return the values that are the same on all pages, and the calendar of the sessions on this page.

        The values are the title of the site, its feeds, and the notes at the bottom of the page.

        Args:
            here: the page.
            kind: what the page is about, such as ``rooms``; empty if it has no calendar. See
                :func:`calendar_of`.
            key: the day, ID or name that identifies its subject, such as the name of the room.
        """
        if not self._notes:
            self._notes = list(self._all_notes(here))
        return {
            "site": here.text(self._contents.titles),
            "notes": self._notes,
            "body": "",
            "menu": self._fragment(here, "menu.html"),
            "alternates": self._fragment(here, "alternates.html", feeds=self._feeds),
            "feeds": self._feeds,
            "calendar": calendar_of(self._contents, self._language, kind, key) if kind else None,
        }

    def _all_notes(self, here: Here) -> Iterator[Text]:
        """Yield the notes that every page has at its bottom, in the language of the page ``here``."""
        conference = self._conference
        notice, source = here.text(conference.notice), here.text(conference.source)
        if notice.text:
            yield notice
        if source.text:
            yield source._replace(text=_("Source: {source}").format(source=source.text))
        if conference.revised:
            day = conference.revised[:10]
            yield Text(_("Last updated {date}").format(date=dates.period(day, day)))
        if self._catalog.publishes_times():
            yield Text(_("times in {zone}").format(zone=dates.zone(conference.time_zone)))

    def _fragment(self, here: Here, template: str, **values: Any) -> Markup:
        """Return a part of a page, made from ``template`` only once for all pages in a directory."""
        key = template, here.menu_key
        if key not in self._fragments:
            self._fragments[key] = fragment(here, template, **values)
        return self._fragments[key]

    @cached_property
    def _feeds(self) -> list[Alternate]:
        return alternates(self._contents, self._language)

    def _session(self, session: SessionRow, beside: Neighbours, here: Here) -> bytes:
        views = self._views(here)
        session = public_session(session)
        details = SessionDetails(session.level, session.tags, session.links, session.feedback_url)
        facts = (
            (_("Language"), session.language),
            (_("Level"), session.level),
            (_("Tags"), _(", ").join(session.tags)),
        )
        slots = [
            {"day": slot.day, "when": dates.date_and_clock(slot.day, slot.start, slot.end), "room": slot.room}
            for slot in session.slots
        ]
        texts = texts_of(session.descriptions, session.description, self._conference.language)
        return render(
            here,
            "session.html",
            **self._frame(here, "sessions", session.id),
            heading=views.title(session),
            data=self._structured(here).session(here, session),
            row=views.row(session),
            slots=slots,
            facts=[fact for fact in facts if fact[1]],
            url=session.url if is_web_url(session.url) else None,
            links=Markup("\n".join(links_of_session(details))),  # noqa: S704
            description=_shown(here.text(texts)),
            beside=views.sessions_beside(beside),
        )

    def _speaker(self, person: PersonRow, held: Sequence[Listing], here: Here) -> bytes:
        own = self._conference.language
        return self._listed(
            here,
            "speakers",
            person.name,
            here.text(person.names or {own: person.name}, others=True),
            held,
            text=_shown(here.text(texts_of(person.biographies, person.biography, own))),
            links=Markup("\n".join(link_list(public_links(person.links)))),  # noqa: S704
        )

    def _room(self, name: str, is_screen: bool, here: Here) -> bytes:
        return self._listed(
            here,
            "rooms",
            name,
            Text(name),
            self._catalog.listings(Query(rooms=(name,))),
            body="screen sheet" if is_screen else "sheet",
            screen=None if is_screen else here.of("screens", name),
            **({"calendar": None} if is_screen else {}),
        )

    def _category(self, id_: str, here: Here) -> bytes:
        names_ = next(row.names for row in self._categories if row.id == id_)
        heading = here.text(names_, others=True)
        held = self._catalog.listings(Query(categories=(id_,)))
        return self._listed(here, "categories", id_, heading, held)

    def _listed(
        self, here: Here, kind: str, key: str, heading: Text, listings: Sequence[Listing], **values: Any
    ) -> bytes:
        """Return a page with ``listings``, in sections for days.

        Args:
            here: the page.
            kind: what the page is about, such as ``rooms``.
            key: the day, ID or name that identifies its subject, such as the name of the room; see
                :meth:`Addresses.of`.
            heading: the heading of the page.
            listings: the listings, in order.
            values: other values that the page shows.
        """
        sessions = len({listing.id for listing in listings})
        shown = {"text": None, "links": "", "screen": None, **self._frame(here, kind, key), **values}
        return render(
            here,
            "listing.html",
            **shown,
            heading=heading,
            kind=kind,
            facts=ngettext("{n} session", "{n} sessions", sessions),
            sections=list(self._views(here).sections(listings)),
        )

    def _day(self, day: DayRow, here: Here) -> bytes:
        views = self._views(here)
        listings = self._catalog.listings(Query(days=(day.day,)))
        section = views.section(day.day, day.day_number, listings, by_hour=True)
        hours = [hour for group in section.groups if not group.heading for hour in group.hours()]
        held = ((listing, views.row(listing)) for listing in listings)
        rooms = [row.name for row in self._catalog.rooms()] if listings else []
        grid = tables(day.day, section.name, held, rooms)
        return render(
            here,
            "day.html",
            **{**self._frame(here, "days", day.day), "body": "wide" if grid else ""},
            heading=Text(section.name),
            facts=section.facts,
            section=section,
            days=[
                {"day": row.day, "short": dates.short_day_and_weekday(row.day)}
                for row in self._days
                if len(self._days) <= MAX_DAYS_IN_MENU or abs(row.day_number - day.day_number) <= 1
            ],
            hours=[hour for hour in hours if hour.anchor],
            grid=grid,
            beside=views.days_beside(self._days, day.day_number),
        )

    def _rooms(self, here: Here) -> bytes:
        rows = names(self._catalog.rooms())
        heading = Text(_("Rooms"))
        return render(here, "names.html", **self._frame(here), heading=heading, kind="rooms", rows=rows)

    def _speakers(self, here: Here) -> bytes:
        rows = names((row.name, row.sessions) for row in self._catalog.speakers())
        heading = Text(_("Speakers"))
        return render(here, "names.html", **self._frame(here), heading=heading, kind="speakers", rows=rows)

    def _index(self, here: Here) -> bytes:
        conference, facts = self._conference, self._catalog.facts()
        known = [dates.period(conference.start, conference.end)]
        place = here.text(facts["place"] or {}).text
        sessions, _listings = self._catalog.counts()
        known += [place] if place else []
        known.append(ngettext("{n} session", "{n} sessions", sessions))
        frame, notice = self._frame(here), here.text(conference.notice)
        return render(
            here,
            "index.html",
            # The notice stands above.
            **{**frame, "notes": [note for note in frame["notes"] if note != notice]},
            data=self._structured(here).conference(here),
            heading=here.text(self._contents.titles, others=True),
            facts=" · ".join(known),
            theme=_shown(here.text(facts["theme"] or {})),
            notice=_shown(notice),
            days=[
                {
                    "day": row.day,
                    "name": dates.day_and_weekday(row.day),
                    "facts": ngettext("{n} session", "{n} sessions", row.sessions),
                }
                for row in self._days
            ],
            categories=category_names(here, self._categories, self._views(here).color),
        )


def _shown(text: Text) -> Text | None:
    """Return ``text``; None if it is blank."""
    return text if text.text.strip() else None
