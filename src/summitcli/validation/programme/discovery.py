"""The base classes of violations that checks of a programme discover."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Steps
from summitcli.validation.programme.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Discovery:
    """A broken rule, stored as one or two numbers, of which texts are made only if it is shown."""

    rule: ClassVar[str]
    heading: ClassVar[Kind]
    """The sentence for all violations of this class, in the singular and the plural."""

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes this violation, in the current language."""
        raise NotImplementedError

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the positions, in ``table``, of the sessions that have the problem.

        The problem is shown at the place of the first of them.
        """
        raise NotImplementedError

    def steps(self, table: Timetable) -> Steps:  # noqa: ARG002
        """Return the keys and indexes that lead to the wrong value within the first of :meth:`sessions`.

        If the value is the session itself, there are none.
        """
        return ()


@dataclass(frozen=True, slots=True)
class SlotDiscovery(Discovery):
    """A broken rule about one slot."""

    slot: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the position of the slot's session, as a tuple of one."""
        return (table.session_of[self.slot],)

    def steps(self, table: Timetable) -> Steps:
        """Return the path to the slot within its session."""
        return table.steps_of(self.slot)


@dataclass(frozen=True, slots=True)
class PairDiscovery(SlotDiscovery):
    """A broken rule about a slot and an earlier slot of another session."""

    other: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the positions of the sessions of both slots."""
        return table.session_of[self.slot], table.session_of[self.other]
