"""From what a published schedule says to a schedule that the model accepts: what all formats have in common.

Lenient: every event that has a date is kept, what is missing is left empty, what is odd is a finding, and
nothing is invented. The ids depend on what the events are, never on their order, so that they are the same
in every publication.

Events are gone through once for what all of them decide, and then session by session.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import languages, prose
from summitcli.formats.assembly.addresses import absolute
from summitcli.formats.assembly.categories import Categories
from summitcli.formats.assembly.days import Days, Placement
from summitcli.formats.assembly.period import Gathered, Helds, gathered, period
from summitcli.formats.assembly.programme import Content, Context, Programme, faults_of
from summitcli.formats.assembly.sessions import Grouped, ids
from summitcli.formats.assembly.sightings import by_clock
from summitcli.formats.assembly.slugs import SHORT, slug
from summitcli.formats.assembly.survey import Survey, Times
from summitcli.formats.assembly.texts import DOUBLED, Texts
from summitcli.formats.assembly.zones import localise, settle
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import NOT_HELD, Findings, Kind
from summitcli.formats.parsed import Parsed
from summitcli.formats.spooled import SpooledEvents
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
CLOCK_TAKEN = Kind(
    "{n} event whose date and clock time contradict each other; the clock time is taken",
    "{n} events whose dates and clock times contradict each other; the clock times are taken",
)

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


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
    events = draft.events
    survey = events.survey if isinstance(events, SpooledEvents) else Survey(events)
    zone = settle(draft, survey, hints, draft.findings)
    clocks = zone if find_zone(draft.time_zone) == zone else None
    times = _by_clocks(draft, survey, clocks) if clocks else survey.times
    days = Days(draft, zone, [*zip(times, survey.numbers, strict=True)], draft.findings)
    helds = _dated(draft, survey, [*map(days.of, times)], name)
    placed = gathered(helds, draft, survey, days, name, hints.around)
    event = events.__getitem__ if times == survey.times else lambda number: by_clock(events[number], zone)
    held = Grouped(event, placed.helds, survey.identities)
    return _Assembly(draft, survey, hints, zone, placed).parsed(held, name)


def _by_clocks(draft: Draft, survey: Survey, zone: ZoneInfo) -> Sequence[Times]:
    """Return the times of events as their clocks show them, where those are right."""
    found = [by_clock(times, zone) for times in survey.times]
    moved = [times is not said for times, said in zip(found, survey.times, strict=True)]
    for number, place in enumerate(survey.times_of) if any(moved) else ():
        if moved[place]:
            event = draft.events[number]
            draft.findings.add(CLOCK_TAKEN, event.where, event.line, event.title)
    return found


def _dated(draft: Draft, survey: Survey, placements: Sequence[Placement], name: str) -> Sequence[Helds]:
    """Return when each event is held; none says that of those without a date.

    Args:
        draft: the events, and where it is noted what is odd about their times.
        survey: of the events.
        placements: of each of its times.
        name: the source's, for messages.

    Raises:
        InvalidSchedule: there is none that has one.
    """
    if not any(placement.helds for placement in placements):
        raise InvalidSchedule(name, [("", _("none of its events has a date"))])
    odd = [bool(placement.odd) or not placement.helds for placement in placements]
    for number, place in enumerate(survey.times_of) if any(odd) else ():
        if odd[place]:
            _note(draft.events[number], placements[place], draft.findings)
    return [placements[place].helds for place in survey.times_of]


def _note(event: Event, placement: Placement, findings: Findings) -> None:
    """Note what is odd about the times of an event."""
    for kind, value in placement.odd:
        findings.add(kind, event.where, event.line, value or event.title)
    if not placement.helds:
        findings.add(NO_DATE, event.where, event.line, event.title)


class _Assembly:
    """One schedule being put together."""

    def __init__(self, draft: Draft, survey: Survey, hints: Hints, zone: ZoneInfo, held: Gathered) -> None:
        self._draft = draft
        self._survey = survey
        self._hints = hints
        self._zone = zone
        self._findings: Findings = draft.findings
        self._gathered = held
        self._language = languages.own(draft.language, survey.languages)
        self._doubled = _are_doubled(draft, survey)
        self._texts = Texts(self._doubled, draft.findings)
        self._base = absolute(draft.base_url, "") or hints.url or ""

    def parsed(self, held: Grouped, name: str) -> Parsed:
        """The whole.

        Args:
            held: the events as sessions.
            name: the source's, for messages.
        """
        if self._doubled:
            self._findings.add(DOUBLED)
        draft, survey = self._draft, self._survey
        kinds, tracks = survey.tracks, draft.tracks
        by_track = any(map(prose.line, self._used(kinds)))
        if not by_track:
            kinds, tracks = survey.types, ()
        categories = Categories(tracks, self._used(kinds))
        content = {
            "format": "summit-schedule/1",
            "version": prose.line(draft.version) or None,
            "revised": self._revised(),
            "conference": self._conference(),
            "categories": tuple(
                {"id": id_, "name": self._text(track.name, track.names), "color": _color(track.color)}
                for id_, track in categories.all()
            ),
        }
        try:
            outline = Schedule.model_validate(content)
        except ValidationError as error:
            # Everything is made so that the model accepts it; should something slip through, it is said.
            raise InvalidSchedule(name, faults_of(error)) from None
        context = Context(outline, categories, by_track, self._doubled, self._base)
        sessions = Programme(held, ids(held, survey.names), context, self._findings, name)
        return Parsed(outline, sessions, self._findings, cancelled=draft.cancelled)

    def _used(self, texts: Sequence[str]) -> Mapping[str, None]:
        """Return what of some texts is said of events that are held, each once, in their order."""
        return dict.fromkeys(text for text, helds in zip(texts, self._gathered.helds, strict=True) if helds)

    def _conference(self) -> Content:
        draft = self._draft
        start, end = period(draft, self._gathered.days(), self._findings)
        acronym, title = prose.line(draft.acronym), prose.line(draft.title)
        id_ = draft.id if len(draft.id) <= LONGEST and is_id(draft.id) else ""
        id_ = id_ or self._hints.id or slug(acronym, SHORT) or slug(title, SHORT)
        if not (acronym or title or self._hints.id or self._hints.fallback_name):
            self._findings.add(NO_NAME)
        id_ = id_ or slug(self._hints.fallback_name or "", SHORT) or f"conference-{start}"
        return {
            "id": id_,
            "title": self._text(draft.title, draft.titles) or acronym or id_,
            "acronym": acronym or None,
            "language": self._language,
            "time_zone": self._zone.key,
            "start": start,
            "end": end,
            "rooms": self._rooms(),
            "outside": self._gathered.outside,
            "url": absolute(draft.url, self._base),
            "place": self._texts.line(draft.place) or None,
        }

    def _rooms(self) -> tuple[str, ...]:
        """The rooms in the order of the source, as far as anything is held in them."""
        used = {self._texts.line(room, told=False) for room in self._used(self._survey.rooms)}
        named = (self._texts.line(room, told=False) for room in self._draft.rooms)
        return tuple(dict.fromkeys(room for room in named if room and room in used))

    def _text(self, text: str, versions: Mapping[str, str]) -> str | dict[str, str]:
        return self._texts.versions(text, versions, self._language)

    def _revised(self) -> date | datetime | None:
        """When the schedule was last changed: as it says, else as its server says."""
        for moment in (self._draft.revised, self._hints.modified):
            said = localise(moment, self._zone) if isinstance(moment, datetime) else moment
            if said and FIRST_YEAR <= said.year <= LAST_YEAR:
                return said
        return None


def _are_doubled(draft: Draft, survey: Survey) -> bool:
    """Return whether all that is not ASCII in a schedule was encoded twice."""
    names = (name for track in draft.tracks for name in (track.name, *track.names.values()))
    for text in (draft.title, draft.place, *draft.titles.values(), *draft.rooms, *names):
        survey.encoding.see(text)
    return survey.encoding.is_doubled


def _color(text: str) -> str | None:
    """A colour as ``#rrggbb``; None where it is none."""
    text = (
        _SHORT_COLOR.sub(r"#\1\1\2\2\3\3", text.strip()) if len(text.strip()) == len("#rgb") else text.strip()
    )
    return text if _COLOR.fullmatch(text) else None
