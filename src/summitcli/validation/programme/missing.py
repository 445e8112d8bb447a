"""The checks for missing rooms and durations."""

from collections.abc import Iterator
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.i18n import _
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery, SlotDiscovery
from summitcli.validation.programme.timetable import NO_TIME, Timetable


@dataclass(frozen=True, slots=True)
class NoRoom(SlotDiscovery):
    """The problem that a session has no room."""

    rule = rules.NO_ROOM
    heading = Kind("{n} session without a room", "{n} sessions without a room")

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that says which session has no room."""
        return _('"{title}" has no room: {when}').format(
            title=table.title(self.slot), when=table.when(self.slot)
        )


@dataclass(frozen=True, slots=True)
class NoDuration(SlotDiscovery):
    """The problem that a session ends when it begins."""

    rule = rules.NO_DURATION
    heading = Kind("{n} session without a duration", "{n} sessions without a duration")

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that says which session has no duration."""
        return _('"{title}" has no duration: {when}').format(
            title=table.title(self.slot), when=table.when(self.slot)
        )


def missing_rooms(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each session with speakers but no room, if most sessions have a room.

    Sessions without speakers, such as breaks, need no room.
    """
    if len(table.without_room) < sum(map(len, table.slots_in.values())):
        yield from map(NoRoom, table.without_room)


def missing_durations(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each session that ends when it begins."""
    for slot, (start, end) in enumerate(zip(table.starts, table.ends, strict=True)):
        if start == end and start != NO_TIME:
            yield NoDuration(slot)
