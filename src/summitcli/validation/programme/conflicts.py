"""The checks for rooms and speakers with two sessions at the same time.

In some rooms, such as a workshop area, sessions usually take place side by side. Some speakers' names stand
for a group. Such a *shared* room or speaker is reported only once, not for each pair of sessions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.i18n import _
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery, PairDiscovery
from summitcli.validation.programme.speakers import is_person
from summitcli.validation.programme.timetable import Timetable

MIN_SHARED, SHARED_SHARE = 5, 1 / 3
"""The limits from which on a room or speaker is called shared: meant for several sessions at a time.

A room, such as a foyer, is shared if at least 5 sessions in it begin during another session there, and these
are at least a third of its sessions.
"""


@dataclass(frozen=True, slots=True)
class RoomConflict(PairDiscovery):
    """The problem that two sessions are in one room at the same time."""

    rule = rules.ROOM_CONFLICT
    heading = Kind("{n} conflict in a room", "{n} conflicts in rooms")

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the conflict."""
        return _('"{title}" and "{other}" are both in {room}: {when}').format(
            title=table.title(self.other),
            other=table.title(self.slot),
            room=table.room_of[self.slot],
            when=table.overlap(self.slot, self.other),
        )


@dataclass(frozen=True, slots=True)
class SpeakerConflict(PairDiscovery):
    """The problem that one speaker has two sessions at the same time."""

    rule = rules.SPEAKER_CONFLICT
    heading = Kind("{n} conflict of a speaker", "{n} conflicts of speakers")
    speaker: str

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the conflict."""
        return _('{speaker} is in both "{title}" and "{other}": {when}').format(
            speaker=self.speaker,
            title=table.title(self.other),
            other=table.title(self.slot),
            when=table.overlap(self.slot, self.other),
        )


@dataclass(frozen=True, slots=True)
class _Shared(PairDiscovery):
    """The problem that many sessions in one room, or of one speaker, overlap each other.

    ``name`` is the name of the room or speaker, and ``slots`` is the number of its sessions. ``conflicts``
    is the number of those that begin while another one goes on. ``slot`` and ``other`` are the first two
    sessions that overlap.
    """

    name: str
    conflicts: int
    slots: int


@dataclass(frozen=True, slots=True)
class SharedRoom(_Shared):
    """The problem that many sessions in a room overlap each other. It is reported once for the room."""

    rule = rules.SHARED_ROOM
    heading = Kind(
        "{n} room with many sessions that conflict with each other",
        "{n} rooms with many sessions that conflict with each other",
    )

    def sentence(self, table: Timetable) -> str:  # noqa: ARG002
        """Return the sentence that describes the conflicts of the room."""
        return _("{conflicts} of {sessions} sessions in {room} conflict with another").format(
            conflicts=self.conflicts, sessions=self.slots, room=self.name
        )


@dataclass(frozen=True, slots=True)
class SharedSpeaker(_Shared):
    """The problem that many sessions of a speaker overlap each other. It is reported once for the speaker."""

    rule = rules.SHARED_SPEAKER
    heading = Kind(
        "{n} speaker with many sessions that conflict with each other",
        "{n} speakers with many sessions that conflict with each other",
    )

    def sentence(self, table: Timetable) -> str:  # noqa: ARG002
        """Return the sentence that describes the conflicts of the speaker."""
        return _("{conflicts} of {sessions} sessions of {speaker} conflict with another").format(
            conflicts=self.conflicts, sessions=self.slots, speaker=self.name
        )


def room_conflicts(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for every two sessions that overlap in a room.

    For a room with very many overlaps, yield only one problem. Such a room is probably meant for several
    sessions at a time.
    """
    for room, slots in table.slots_in.items():
        found = overlaps(table, slots) if len(slots) > 1 else []
        if _is_shared(len(found), len(slots)):
            yield SharedRoom(*found[0], room, len(found), len(slots))
        else:
            yield from (RoomConflict(slot, other) for slot, other in found)


def speaker_conflicts(table: Timetable) -> Iterator[Discovery]:
    """Yield the conflicts of each speaker.

    A conflict between sessions in the same room is left out, as it is already reported for the room.
    """
    rooms = table.room_of
    for name, slots in table.slots_of.items():
        if len(slots) == 1:
            continue
        pairs = overlaps(table, slots)
        found = [pair for pair in pairs if not rooms[pair[0]] or rooms[pair[0]] != rooms[pair[1]]]
        if not found or not is_person(name):
            continue
        if _is_shared(len(found), len(slots)):
            yield SharedSpeaker(*found[0], name, len(found), len(slots))
        else:
            yield from (SpeakerConflict(slot, other, name) for slot, other in found)


def overlaps(table: Timetable, slots: Iterable[int]) -> list[tuple[int, int]]:
    """Return pairs of slots (times and rooms) of different sessions that overlap, in order of time.

    In each pair, the first slot begins during the second. Slots without times or duration overlap nothing. A
    session that is listed twice does not overlap itself.

    Args:
        table: the sessions.
        slots: the numbers of the slots to compare.
    """
    starts, ends, session_of = table.starts, table.ends, table.session_of
    found = []
    # The slot that ends last so far, and among the slots of all other sessions the one that does.
    longest = second = -1
    for slot in sorted(slots, key=starts.__getitem__):
        start, end, session = starts[slot], ends[slot], session_of[slot]
        if not end > start:
            continue
        if longest < 0:
            longest = slot
            continue
        is_same = session_of[longest] == session
        other = second if is_same else longest
        if other >= 0 and ends[other] > start and not table.are_duplicates(slot, other):
            found.append((slot, other))
        if end > ends[longest]:
            second = second if is_same else longest
            longest = slot
        elif not is_same and (second < 0 or end > ends[second]):
            second = slot
    return found


def _is_shared(conflicts: int, slots: int) -> bool:
    return conflicts >= MIN_SHARED and conflicts >= SHARED_SHARE * slots
