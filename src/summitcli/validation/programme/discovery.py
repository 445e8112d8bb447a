"""The base class of what the checks of a programme discover."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Steps
from summitcli.validation.programme.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Discovery:
    """A broken rule: a number or two, from which the texts are made only for those that are shown."""

    rule: ClassVar[str]
    heading: ClassVar[Kind]
    """What is wrong, for all discoveries of this class."""

    def sentence(self, table: Timetable) -> str:
        """Return what is wrong in the current language."""
        raise NotImplementedError

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the numbers of the sessions concerned; the first is the one to look at."""
        raise NotImplementedError

    def steps(self, table: Timetable) -> Steps:  # noqa: ARG002
        """Return the path to the value in question within the first session."""
        return ()


@dataclass(frozen=True, slots=True)
class SlotDiscovery(Discovery):
    """A broken rule about one slot."""

    slot: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the slot's session."""
        return (table.session_of[self.slot],)

    def steps(self, table: Timetable) -> Steps:
        """Return the path to the slot."""
        return table.steps_of(self.slot)


@dataclass(frozen=True, slots=True)
class PairDiscovery(SlotDiscovery):
    """A broken rule about a slot and an earlier one, of another session."""

    other: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the sessions of both slots."""
        return table.session_of[self.slot], table.session_of[self.other]
