"""The titles, times, rooms and speakers of sessions, as compact arrays for the checks of a programme.

To save memory, the sessions are read one after the other and not kept. Sessions and their slots (times and
rooms) are numbered from 0. Their details are in arrays: ``starts[7]`` is the start of slot 7. For each name,
such as a room's, there is a list of the slots with it. So the checks sort numbers, and no session is compared
with all others.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from math import inf

from summitcli.formats.parsed import Parsed, Steps
from summitcli.i18n import _
from summitcli.model import Session
from summitcli.text import dates
from summitcli.validation.programme.urls import is_placeholder, is_sound

NO_TIME = -inf
"""The value for the start and the end of a slot without times."""

ROOM, SPEAKER, CATEGORY = KINDS = ("room", "speaker", "category")
"""The kinds of names that are checked."""


class Timetable:
    """The details of a schedule's sessions and their slots (times and rooms) that the checks need.

    Args:
        parsed: the schedule; its sessions are iterated over once.

    Raises:
        InvalidSchedule: a session is invalid.
    """

    def __init__(self, parsed: Parsed) -> None:
        conference = parsed.outline.conference
        self.hours: Mapping[date, tuple[datetime, datetime]] = parsed.hours
        """The start and the end of each day for which the source states them."""
        self._categories = {
            category.id: category.name.own(conference.language) for category in parsed.outline.categories
        }
        self._language = conference.language
        self._zone = conference.zone
        self.titles: list[str] = []
        """The title of each session, by the number of the session; ``ids`` has their IDs in the same way."""
        self.ids: list[str] = []
        self.contents = array("q")
        """The hash of each session's title and speakers, by the number of the session."""
        self.has_speakers = bytearray()
        """1 if a session has speakers, else 0, by the number of the session."""
        self.starts = array("d")
        """The start of each slot in seconds since 1970, or NO_TIME, by the number of the slot.

        ``ends``, ``days``, ``session_of`` and ``room_of`` are by the number of the slot, too.
        """
        self.ends = array("d")
        self.days: list[date] = []
        self.session_of = array("L")
        self.room_of: list[str | None] = []
        self.slots_in: dict[str, array[int]] = {}
        """The numbers of the slots in each room, by the room's name."""
        self.slots_of: dict[str, array[int]] = {}
        """The numbers of the slots of each speaker, by the speaker's name."""
        self.sessions_in: dict[str, array[int]] = {}
        """The numbers of the sessions in each category, by the category's name."""
        self.without_room = array("L")
        """The numbers of the slots without a room whose sessions have speakers and a time."""
        self.bad_links: list[tuple[int, Steps, str]] = []
        """The links that can't work, such as ``(12, ("links", 0, "url"), "http//…")``.

        Each has the number of the session, the path within the session, and the URL.
        """
        url = conference.url
        self._is_sample = url is not None and is_placeholder(url)
        for number, session in enumerate(parsed.with_progress(_("checking")).sessions):
            self._add(number, session)
            if session.url is not None or session.links:
                self._add_links(number, session)

    def _add(self, number: int, session: Session) -> None:
        title, speakers = session.title.root, session.speakers
        if not isinstance(title, str):
            title = title[self._language]
        self.titles.append(title)
        self.ids.append(session.id)
        self.contents.append(hash((title, speakers)))
        self.has_speakers.append(bool(speakers))
        if session.category is not None:
            _use(self.sessions_in, self._categories[session.category], number)
        for slot in session.slots:
            at = len(self.starts)
            start, end, room = slot.start, slot.end, slot.room
            self.starts.append(start.timestamp() if start else NO_TIME)
            self.ends.append(end.timestamp() if end else NO_TIME)
            self.days.append(slot.day)
            self.session_of.append(number)
            self.room_of.append(room)
            if room is not None:
                _use(self.slots_in, room, at)
            elif start and speakers:
                self.without_room.append(at)
            for name in speakers:
                _use(self.slots_of, name, at)

    def _add_links(self, number: int, session: Session) -> None:
        """Record each link in ``session`` whose URL can't work.

        In a sample schedule, placeholders such as ``https://example.org`` are not recorded.
        """
        if session.url is not None and not is_sound(session.url):
            self._add_link(number, ("url",), session.url)
        for position, link in enumerate(session.links):
            if not is_sound(link.url):
                self._add_link(number, ("links", position, "url"), link.url)

    def _add_link(self, number: int, steps: Steps, url: str) -> None:
        if not (self._is_sample and is_placeholder(url)):
            self.bad_links.append((number, steps, url))

    def _number_in_session(self, slot: int) -> int:
        """Return the position of a slot among the slots of its session, from 0."""
        session, number = self.session_of[slot], 0
        while number < slot and self.session_of[slot - number - 1] == session:
            number += 1
        return number

    def names(self, kind: str) -> Collection[str]:
        """Return all names of rooms, speakers or categories, in the order in which they are first used.

        ``kind`` is ``room``, ``speaker`` or ``category``.
        """
        return {ROOM: self.slots_in, SPEAKER: self.slots_of, CATEGORY: self.sessions_in}[kind]

    def sessions_with(self, kind: str, name: str) -> Sequence[int]:
        """Return the numbers of the sessions with the room, speaker or category ``name``.

        ``kind`` is ``room``, ``speaker`` or ``category``.
        """
        if kind == CATEGORY:
            return self.sessions_in[name]
        slots = self.slots_in[name] if kind == ROOM else self.slots_of[name]
        return [*dict.fromkeys(self.session_of[slot] for slot in slots)]

    def steps_to(self, kind: str, name: str) -> Steps:
        """Return the path to ``name`` within the first session that has it, as ``("slots", 0, "room")``.
        ``kind`` is ``room``, ``speaker`` or ``category``.
        """
        if kind == ROOM:
            return (*self.steps_of(self.slots_in[name][0]), "room")
        return ("speakers",) if kind == SPEAKER else ("category",)

    def steps_of(self, slot: int) -> Steps:
        """Return the path to a slot within its session, such as ``("slots", 0)``."""
        return ("slots", self._number_in_session(slot))

    def title(self, slot: int) -> str:
        """Return the title of the session of a slot."""
        return self.titles[self.session_of[slot]]

    def when(self, slot: int, end: float | None = None) -> str:
        """Return the day and the time of a slot as text in the current language.

        Args:
            slot: the number of the slot.
            end: the end to show, in seconds since 1970; None for the end of the slot.
        """
        day = self.days[slot].isoformat()
        if self.starts[slot] == NO_TIME:
            return dates.day_and_weekday(day)
        until = self.ends[slot] if end is None else end
        return dates.date_and_clock(day, self._iso(self.starts[slot]), self._iso(until))

    def overlap(self, slot: int, other: int) -> str:
        """Return the day and the time at which two slots overlap, as text. ``other`` must begin first."""
        return self.when(slot, min(self.ends[slot], self.ends[other]))

    def clock(self, start: float, end: float) -> str:
        """Return a start and an end, in seconds since 1970, as text: two times of day."""
        return dates.clock(self._iso(start), self._iso(end))

    def are_duplicates(self, slot: int, other: int) -> bool:
        """Return whether two slots have the same title, speakers and start."""
        contents, session_of = self.contents, self.session_of
        is_same_content = contents[session_of[slot]] == contents[session_of[other]]
        return is_same_content and self.starts[slot] == self.starts[other]

    def _iso(self, moment: float) -> str:
        return datetime.fromtimestamp(moment, self._zone).isoformat()


def _use(numbers: dict[str, "array[int]"], name: str, number: int) -> None:
    """Record in ``numbers`` that ``name``, such as a room's, is used by the session or slot ``number``."""
    used = numbers.get(name)
    if used is None:
        used = numbers[name] = array("L")
    used.append(number)
