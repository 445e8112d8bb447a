"""The check for sessions outside the hours of their day."""

from collections.abc import Iterator
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.i18n import _
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery, SlotDiscovery
from summitcli.validation.programme.timetable import NO_TIME, Timetable


@dataclass(frozen=True, slots=True)
class OutsideDay(SlotDiscovery):
    """The problem that a session is outside the hours of its day, such as 09:00–18:00."""

    rule = rules.OUTSIDE_DAY
    heading = Kind(
        "{n} session before the start or after the end of its day",
        "{n} sessions before the start or after the end of their days",
    )
    hours: tuple[float, float]

    def sentence(self, table: Timetable) -> str:
        """Return the sentence with the time of the session and the hours of its day."""
        return _('"{title}" ({when}) is outside the hours of its day, {hours}').format(
            title=table.title(self.slot), when=table.when(self.slot), hours=table.clock(*self.hours)
        )


def outside_hours(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each session outside the hours that the source states for its day."""
    hours = {day: (start.timestamp(), end.timestamp()) for day, (start, end) in table.hours.items()}
    if not hours:
        return
    always = (NO_TIME, -NO_TIME)
    for slot, (day, start, end) in enumerate(zip(table.days, table.starts, table.ends, strict=True)):
        begins, ends = hours.get(day, always)
        if start != NO_TIME and (start < begins or end > ends):
            yield OutsideDay(slot, (begins, ends))
