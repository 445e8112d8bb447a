"""Turning a draft, which may come from any format, into a valid schedule.

This is lenient: every event with a date is kept, missing values stay empty, problems are reported as
findings, and nothing is invented. IDs are made from the content of events, never from their order, so that
they stay the same when the schedule is published again.

All events are read twice: first to collect their times, rooms and so on, then session by session.
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
from summitcli.formats.assembly.links import Links
from summitcli.formats.assembly.offsets import by_local_time
from summitcli.formats.assembly.people import speakers
from summitcli.formats.assembly.period import KeptOccurrences, Occurrences, densest_period, period
from summitcli.formats.assembly.programme import Content, Context, Programme, validation_problems
from summitcli.formats.assembly.sessions import GroupedEvents, ids
from summitcli.formats.assembly.slugs import SHORT, slug
from summitcli.formats.assembly.survey import Survey, Times
from summitcli.formats.assembly.texts import DOUBLE_ENCODED, Texts
from summitcli.formats.assembly.zones import determine_zone, localise
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import NO_NAME, NOT_HELD, Findings, Kind
from summitcli.formats.parsed import Parsed
from summitcli.formats.spooled import SpooledEvents
from summitcli.formats.times import find_zone
from summitcli.i18n import _
from summitcli.model import Schedule
from summitcli.sources.source import Hints
from summitcli.text.days import FIRST_YEAR, LAST_YEAR
from summitcli.text.ids import MAX_ID_LENGTH, is_id

NO_DATE = Kind("{n} event without a date was left out", "{n} events without a date were left out")
SPEAKERS_LEFT_OUT = Kind(
    "there are too many speakers; the biographies and links of {n} were left out",
    "there are too many speakers; the biographies and links of {n} were left out",
)
TIME_CORRECTED = Kind(
    "{n} event with two different start times; its local time is used",
    "{n} events with two different start times; their local times are used",
)

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORT_COLOR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


def assemble(draft: Draft, name: str, hints: Hints) -> Parsed:
    """Return the schedule made from ``draft``. Problems are added to ``draft.findings``.

    Args:
        draft: the data of the source.
        name: the source's name, for messages.
        hints: what the user or the web server says about the source, such as its time zone.

    Raises:
        InvalidSchedule: there are no events, all are cancelled, or none has a date in a supported year.
        UnknownValue: the time zone in ``hints`` does not exist.
    """
    if not draft.events:
        gone = NOT_HELD & draft.findings.counts.keys()
        sentence = _("all its events are cancelled, or the calendar excludes all their dates")
        raise InvalidSchedule(name, [("", sentence if gone else _("it has no events"))])
    events = draft.events
    survey = events.survey if isinstance(events, SpooledEvents) else Survey(events)
    zone = determine_zone(draft, survey, hints, draft.findings)
    local_zone = zone if find_zone(draft.time_zone) == zone else None
    times = _corrected_times(draft, survey, local_zone) if local_zone else survey.times
    days = Days(draft, zone, [*zip(times, survey.counts, strict=True)], draft.findings)
    occurrences = _occurrences(draft, survey, [*map(days.of, times)], name)
    kept = densest_period(occurrences, draft, survey, days, name, hints.around)
    event = (
        events.__getitem__ if times == survey.times else lambda number: by_local_time(events[number], zone)
    )
    groups = GroupedEvents(event, kept.occurrences, survey.identities)
    parsed = _Assembly(draft, survey, hints, zone, kept).parsed(groups, name)
    return parsed._replace(origin=groups.origin, hours=days.hours())


def _corrected_times(draft: Draft, survey: Survey, zone: ZoneInfo) -> Sequence[Times]:
    """Return ``survey.times``, with wrong times corrected.

    A source may give a start both with a UTC offset and as a local time. If they differ, the start with the
    offset may be wrong; see :func:`by_local_time`.

    Args:
        draft: the data of the source. Its findings collect the corrections.
        survey: the data collected from all events, such as their times.
        zone: the conference's time zone.
    """
    found = [by_local_time(times, zone) for times in survey.times]
    moved = [times is not said for times, said in zip(found, survey.times, strict=True)]
    for number, place in enumerate(survey.times_of) if any(moved) else ():
        if moved[place]:
            event = draft.events[number]
            draft.findings.add(TIME_CORRECTED, event.where, event.line, event.title)
    return found


def _occurrences(
    draft: Draft, survey: Survey, placements: Sequence[Placement], name: str
) -> Sequence[Occurrences]:
    """Return the days (with times, if published) on which each event takes place; empty if it has no date.

    Args:
        draft: the data of the source. Its findings collect problems with the times of events.
        survey: the data collected from all events, such as their times.
        placements: for each entry of ``survey.times`` (events with equal times share one entry), the days on
            which such an event takes place.
        name: the source's name, for messages.

    Raises:
        InvalidSchedule: no event has a date.
    """
    if not any(placement.occurrences for placement in placements):
        raise InvalidSchedule(name, [("", _("none of its events has a date"))])
    has_problems = [bool(placement.problems) or not placement.occurrences for placement in placements]
    for number, place in enumerate(survey.times_of) if any(has_problems) else ():
        if has_problems[place]:
            _report(draft.events[number], placements[place], draft.findings)
    return [placements[place].occurrences for place in survey.times_of]


def _report(event: Event, placement: Placement, findings: Findings) -> None:
    """Add the problems found in the times of an event to ``findings``."""
    for kind, value in placement.problems:
        findings.add(kind, event.where, event.line, value or event.title)
    if not placement.occurrences:
        findings.add(NO_DATE, event.where, event.line, event.title)


class _Assembly:
    """The data that is needed to turn one draft into a schedule."""

    def __init__(
        self, draft: Draft, survey: Survey, hints: Hints, zone: ZoneInfo, kept: KeptOccurrences
    ) -> None:
        self._draft = draft
        self._survey = survey
        self._hints = hints
        self._zone = zone
        self._findings: Findings = draft.findings
        self._kept = kept
        self._language = languages.own(draft.language, survey.languages)
        self._double_encoded = _is_double_encoded(draft, survey)
        self._texts = Texts(self._double_encoded, draft.findings, bool(draft.id))
        self._base = absolute(draft.base_url, "") or hints.url or ""

    def parsed(self, groups: GroupedEvents, name: str) -> Parsed:
        """Return the finished schedule.

        Args:
            groups: the events, grouped into sessions.
            name: the source's name, for messages.
        """
        if self._double_encoded:
            self._findings.add(DOUBLE_ENCODED)
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
            "speakers": self._speakers(),
        }
        try:
            outline = Schedule.model_validate(content)
        except ValidationError as error:
            # A bug in this package, since all content should be valid.
            raise InvalidSchedule(name, validation_problems(error)) from None
        context = Context(outline, categories, by_track, bool(draft.id), self._double_encoded, self._base)
        sessions = Programme(groups, ids(groups, survey.names), context, self._findings, name)
        return Parsed(outline, sessions, self._findings, cancelled=draft.cancelled)

    def _used(self, texts: Sequence[str]) -> Mapping[str, None]:
        """Return the different texts in ``texts``, without those of events that are left out of the schedule.

        They are the keys of a dict, in the order of the events.

        Args:
            texts: one text, such as the room, for each event of the source. Some events are left out of the
                schedule, for example because they are too far from the others in time.
        """
        return dict.fromkeys(
            text for text, occurrences in zip(texts, self._kept.occurrences, strict=True) if occurrences
        )

    def _conference(self) -> Content:
        draft = self._draft
        start, end = period(draft, self._kept.days(), self._findings)
        acronym, title = prose.line(draft.acronym), prose.line(draft.title)
        fallback = prose.line(self._hints.fallback_title or "")
        id_ = draft.id if len(draft.id) <= MAX_ID_LENGTH and is_id(draft.id) else ""
        id_ = id_ or self._hints.id or slug(acronym, SHORT) or slug(title, SHORT)
        if not (acronym or title or self._hints.id or self._hints.fallback_name):
            self._findings.add(NO_NAME)
        id_ = id_ or slug(self._hints.fallback_name or "", SHORT) or f"conference-{start}"
        return {
            "id": id_,
            "title": self._text(draft.title, draft.titles) or acronym or fallback or id_,
            "acronym": acronym or None,
            "language": self._language,
            "time_zone": self._zone.key,
            "start": start,
            "end": end,
            "rooms": self._rooms(),
            "outside": self._kept.outside,
            "url": absolute(draft.url, self._base),
            "place": self._texts.line(draft.place) or None,
        }

    def _speakers(self) -> tuple[Content, ...]:
        """Return the fields of the speakers with details; those that the conference lists come first."""
        people = self._survey.people.after(self._draft.people)
        if people.left_out:
            self._findings.add(SPEAKERS_LEFT_OUT, n=people.left_out)
        links = Links(self._base, self._texts, self._findings)
        return tuple(speakers(people, self._texts, links, self._language))

    def _rooms(self) -> tuple[str, ...]:
        """Return the rooms in the source's list of rooms, in its order, without those that no event uses."""
        used = {self._texts.line(room, report=False) for room in self._used(self._survey.rooms)}
        named = (self._texts.line(room, report=False) for room in self._draft.rooms)
        return tuple(dict.fromkeys(room for room in named if room and room in used))

    def _text(self, text: str, versions: Mapping[str, str]) -> str | dict[str, str]:
        return self._texts.versions(text, versions, self._language)

    def _revised(self) -> date | datetime | None:
        """Return when the schedule was last changed: as the source states it, or else as the web server does.

        Return None if neither states it. A time in an unsupported year is ignored.
        """
        for moment in (self._draft.revised, self._hints.modified):
            said = localise(moment, self._zone) if isinstance(moment, datetime) else moment
            if said and FIRST_YEAR <= said.year <= LAST_YEAR:
                return said
        return None


def _is_double_encoded(draft: Draft, survey: Survey) -> bool:
    """Return whether all non-ASCII text in a schedule was encoded in UTF-8 twice, as in ``fÃ¼r``."""
    names = (name for track in draft.tracks for name in (track.name, *track.names.values()))
    for text in (draft.title, draft.place, *draft.titles.values(), *draft.rooms, *names):
        survey.encoding.add(text)
    return survey.encoding.is_double_encoded


def _color(text: str) -> str | None:
    """Return a colour such as ``#fb0`` or ``#ffbb00`` in the long form; None for any other text."""
    text = (
        _SHORT_COLOR.sub(r"#\1\1\2\2\3\3", text.strip()) if len(text.strip()) == len("#rgb") else text.strip()
    )
    return text if _COLOR.fullmatch(text) else None
