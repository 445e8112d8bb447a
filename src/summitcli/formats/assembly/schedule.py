"""From what a published schedule says to a schedule that the model accepts: what all formats have in common.

Lenient: every event that has a date is kept, what is missing is left empty, what is odd is a finding, and
nothing is invented. The ids depend on what the events are, never on their order, so that they are the same
in every publication.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import languages, prose
from summitcli.formats.assembly.addresses import LINKS, PAGES, absolute, is_relative, turned
from summitcli.formats.assembly.categories import Categories
from summitcli.formats.assembly.days import Days
from summitcli.formats.assembly.period import Gathered, Placed, gathered, period
from summitcli.formats.assembly.sessions import OneSession, ids, sessions
from summitcli.formats.assembly.sightings import by_clock
from summitcli.formats.assembly.slugs import SHORT, slug
from summitcli.formats.assembly.texts import Texts
from summitcli.formats.assembly.zones import localise, settle
from summitcli.formats.draft import Draft, Event, Track
from summitcli.formats.findings import NOT_HELD, Findings, Kind
from summitcli.formats.parsed import Parsed
from summitcli.formats.times import find_zone
from summitcli.i18n import _
from summitcli.model import Schedule
from summitcli.sources.source import Hints
from summitcli.text.days import FIRST_YEAR, LAST_YEAR
from summitcli.text.ids import LONGEST, is_id

NO_DATE = Kind("{n} event without a date, which is left out", "{n} events without a date, which are left out")
NO_NAME = Kind(
    "the schedule does not name its conference; `summit use REF --name NAME` does",
    "the schedule does not name its conference; `summit use REF --name NAME` does",
)
NO_TITLE = Kind("{n} event without a title", "{n} events without a title")
NO_ADDRESS = Kind(
    "{n} link that is not a web address, which is left out",
    "{n} links that are not web addresses, which are left out",
)
CLOCK_TAKEN = Kind(
    "{n} event whose date and clock time contradict each other; the clock time is taken",
    "{n} events whose dates and clock times contradict each other; the clock times are taken",
)
RELATIVE = Kind(
    "{n} relative link, which is left out, as nothing says where it lies",
    "{n} relative links, which are left out, as nothing says where they lie",
)
SHAPE_LOST = Kind(
    "{n} text in HTML whose tags are only left out, as there are so many",
    "{n} texts in HTML whose tags are only left out, as there are so many",
)

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")

Model = dict[str, Any]
"""What a model is made from: validated with the whole, once."""


def assemble(draft: Draft, name: str, hints: Hints) -> Parsed:
    """The schedule that ``draft`` says, and what is odd about it, which is added to the draft's findings.

    Args:
        draft: what the source says.
        name: the source as the user knows it, for messages.
        hints: what is known beside what the source says itself.

    Raises:
        InvalidSchedule: it holds no events, none that is held, none with a date, or none in a year of
            conferences.
        UnknownValue: no time zone has the name that the user gives.
    """
    if not draft.events:
        gone = NOT_HELD & draft.findings.counts.keys()
        sentence = _("none of its events is held, as each is cancelled or has every time taken out")
        raise InvalidSchedule(name, [("", sentence if gone else _("it holds no events"))])
    zone = settle(draft, hints, draft.findings)
    if find_zone(draft.time_zone) == zone:
        draft = _by_clocks(draft, zone)
    days = Days(draft, zone, draft.findings)
    placed = gathered(list(_dated(draft, days, name)), days, name, draft.findings, hints.around)
    try:
        schedule = Schedule.model_validate(_Assembly(draft, hints, zone, placed).schedule())
    except ValidationError as error:
        # Everything is made so that the model accepts it; should something slip through, it is said plainly.
        faults = error.errors(include_url=False)
        raise InvalidSchedule(name, [(_path(fault["loc"]), fault["msg"]) for fault in faults]) from None
    return Parsed.of(schedule, draft.findings, draft.cancelled)


def _by_clocks(draft: Draft, zone: ZoneInfo) -> Draft:
    """Return a draft whose events are at the times that their clocks show, where those are right."""
    moved = tuple(by_clock(event, zone) for event in draft.events)
    for event, before in zip(moved, draft.events, strict=True):
        if event is not before:
            draft.findings.add(CLOCK_TAKEN, event.where, event.line, event.title)
    return draft._replace(events=moved)


def _path(location: Sequence[int | str]) -> str:
    return ".".join(map(str, location))


def _dated(draft: Draft, days: Days, name: str) -> Iterator[Placed]:
    """Every event that has a date, with when it is held.

    Raises:
        InvalidSchedule: there is none.
    """
    none = True
    for event in draft.events:
        helds = days.of(event)
        if helds:
            none = False
            yield event, helds
        else:
            draft.findings.add(NO_DATE, event.where, event.line, event.title)
    if none:
        raise InvalidSchedule(name, [("", _("none of its events has a date"))])


class _Assembly:
    """One schedule being put together."""

    def __init__(self, draft: Draft, hints: Hints, zone: ZoneInfo, gathered: Gathered) -> None:
        self._draft = draft
        self._hints = hints
        self._zone = zone
        self._findings: Findings = draft.findings
        self._placed, self._outside = gathered
        self._language = languages.own(draft)
        self._texts = Texts(draft, draft.findings)
        self._base = absolute(draft.base_url, "") or hints.url or ""

    def schedule(self) -> Model:
        """The whole."""
        kind: Callable[[Event], str] = attrgetter("track")
        tracks: Sequence[Track] = self._draft.tracks
        by_track = any(prose.line(event.track) for event, _helds in self._placed)
        if not by_track:
            kind, tracks = attrgetter("type"), ()
        categories = Categories(tracks, (kind(event) for event, _helds in self._placed))
        held = list(sessions(self._placed))
        made: Model = {
            "format": "summit-schedule/1",
            "version": prose.line(self._draft.version) or None,
            "revised": self._revised(),
            "conference": self._conference(),
            "categories": tuple(
                {"id": id_, "name": self._text(track.name, track.names), "color": _color(track.color)}
                for id_, track in categories.all()
            ),
            "sessions": tuple(
                self._session(id_, one, categories.of(map(kind, one.events)), keeps_type=by_track)
                for id_, one in zip(ids(held), held, strict=True)
            ),
        }
        if self._texts.refused:
            self._findings.add(SHAPE_LOST, n=self._texts.refused)
        return made

    def _conference(self) -> Model:
        draft = self._draft
        start, end = period(draft, self._placed, self._findings)
        acronym, title = prose.line(draft.acronym), prose.line(draft.title)
        id_ = draft.id if len(draft.id) <= LONGEST and is_id(draft.id) else ""
        id_ = id_ or self._hints.id or slug(acronym, SHORT) or slug(title, SHORT)
        if not (acronym or title or self._hints.id or self._hints.called):
            self._findings.add(NO_NAME)
        id_ = id_ or slug(self._hints.called or "", SHORT) or f"conference-{start}"
        return {
            "id": id_,
            "title": self._text(draft.title, draft.titles) or acronym or id_,
            "acronym": acronym or None,
            "language": self._language,
            "time_zone": self._zone.key,
            "start": start,
            "end": end,
            "rooms": self._rooms(),
            "outside": self._outside,
            "url": absolute(draft.url, self._base),
            "place": self._texts.line(draft.place) or None,
        }

    def _rooms(self) -> tuple[str, ...]:
        """The rooms in the order of the source, as far as anything is held in them."""
        used = {self._texts.line(event.room, told=False) for event, _helds in self._placed}
        named = (self._texts.line(room, told=False) for room in self._draft.rooms)
        return tuple(dict.fromkeys(room for room in named if room and room in used))

    def _session(self, id_: str, held: OneSession, category: str | None, *, keeps_type: bool) -> Model:
        events, line = held.events, self._texts.line
        self._texts.of(events[0])
        if not held.title:
            for event in events:
                self._findings.add(NO_TITLE, event.where, event.line, id_)
        return {
            "id": id_,
            "guid": prose.first(prose.line(event.guid) for event in events),
            "title": self._text(events[0].title, events[0].titles) or untitled(self._language),
            "subtitle": prose.first(line(event.subtitle) for event in events),
            "category": category,
            "type": prose.first(line(event.type) for event in events) if keeps_type else None,
            "slots": tuple(
                {"day": slot.day, "start": slot.start, "end": slot.end, "room": line(room) or None}
                for slot, room in held.slots
            ),
            "speakers": tuple(dict.fromkeys(filter(None, map(line, held.speakers)))),
            "language": prose.first(languages.spoken(event.language) for event in events),
            "url": prose.first(self._address(event, event.url, PAGES) for event in events),
            "abstract": prose.first(self._texts.plain(event.abstract) for event in events),
            "description": prose.first(self._texts.plain(event.description) for event in events),
            "links": tuple(self._links(events)),
            "recorded": next((event.recorded for event in events if event.recorded is not None), None),
            "status": prose.first(line(event.status) for event in events),
        }

    def _links(self, events: Iterable[Event]) -> Iterator[Model]:
        """Each link once."""
        known = set()
        for event in events:
            for link in map(turned, event.links):
                url = self._address(event, link.url, LINKS)
                if url and url not in known:
                    known.add(url)
                    yield {"url": url, "title": self._texts.line(link.title) or None}

    def _address(self, event: Event, url: str, schemes: frozenset[str]) -> str | None:
        """Return an address of an event whole; one that can't be is noted."""
        whole = absolute(url, self._base, schemes)
        # A name, as "urn:uuid:…", leads nowhere on purpose (RFC 8141).
        if whole is None and url.strip() and not url.strip().lower().startswith("urn:"):
            kind = RELATIVE if is_relative(url) and not self._base else NO_ADDRESS
            self._findings.add(kind, event.where, event.line, url)
        return whole

    def _text(self, text: str, versions: Mapping[str, str]) -> str | dict[str, str]:
        """A text in the conference's own language and, where that is among them, in others."""
        text = self._texts.line(text)
        if not versions:
            return text
        told = {languages.tag(tag): self._texts.line(version) for tag, version in versions.items()}
        known = {tag: version for tag, version in told.items() if tag and version}
        own = known.get(self._language) or next(
            (known[tag] for tag in known if tag.partition("-")[0] == self._language.partition("-")[0]), None
        )
        if own is None:
            return text or next(iter(known.values()), "")
        others = {tag: version for tag, version in known.items() if tag != self._language}
        return {self._language: own, **others} if others else own

    def _revised(self) -> date | datetime | None:
        """When the schedule was last changed: as it says, else as its server says."""
        for moment in (self._draft.revised, self._hints.modified):
            said = localise(moment, self._zone) if isinstance(moment, datetime) else moment
            if said and FIRST_YEAR <= said.year <= LAST_YEAR:
                return said
        return None


def untitled(language: str) -> str:
    """Return what a session without a title is called in ``language``."""
    return "未命名场次" if language.partition("-")[0] == "zh" else "Untitled"


def _color(text: str) -> str | None:
    """A colour as ``#rrggbb``; None where it is none."""
    text = (
        _SHORT_COLOR.sub(r"#\1\1\2\2\3\3", text.strip()) if len(text.strip()) == len("#rgb") else text.strip()
    )
    return text if _COLOR.fullmatch(text) else None
