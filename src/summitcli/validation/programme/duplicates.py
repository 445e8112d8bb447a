"""The check for sessions that are listed twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.i18n import _
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery, PairDiscovery
from summitcli.validation.programme.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Duplicate(PairDiscovery):
    """The problem that two sessions have the same title, speakers and start."""

    rule = rules.DUPLICATE
    heading = Kind("{n} session listed twice", "{n} sessions listed twice")

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the problem."""
        room, other = table.room_of[self.slot], table.room_of[self.other]
        sentence = _('"{title}" is listed twice: {when}')
        if room and other and room != other:
            sentence = _('"{title}" is listed twice, in {other} and {room}: {when}')
        return sentence.format(
            title=table.title(self.slot), room=room, other=other, when=table.when(self.slot)
        )


def duplicates(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each session with the same title, speakers and start as another one.

    Sessions without speakers, such as breaks, may be in several rooms at once. They are only reported if they
    are repeated in one room.
    """
    seen: dict[int, int] = {}
    for slot, (start, session) in enumerate(zip(table.starts, table.session_of, strict=True)):
        room = None if table.has_speakers[session] else table.room_of[slot]
        other = seen.setdefault(hash((table.contents[session], start, table.days[slot], room)), slot)
        if other != slot and table.session_of[other] != session:
            yield Duplicate(slot, other)
