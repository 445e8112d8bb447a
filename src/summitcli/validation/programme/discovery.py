"""The base classes of the problems that checks of a programme discover."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Steps
from summitcli.validation.programme.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Discovery:
    """A problem in a programme.

    It is stored as one or two numbers, to save memory. Texts are made from them only if the problem is shown.
    """

    rule: ClassVar[str]
    heading: ClassVar[Kind]
    """The sentence about all problems of this class, in the singular and in the plural."""

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that describes the problem, in the current language."""
        raise NotImplementedError

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the numbers, in ``table``, of the sessions that have the problem.

        The problem is shown at the place of the first one.
        """
        raise NotImplementedError

    def steps(self, table: Timetable) -> Steps:  # noqa: ARG002
        """Return the path to the wrong value in the first session that has the problem.

        An example is ``("slots", 0, "room")``. The path is empty if the session itself is wrong.
        """
        return ()


@dataclass(frozen=True, slots=True)
class SlotDiscovery(Discovery):
    """A problem of one slot (time and room) of a session."""

    slot: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the number of the slot's session, in a tuple."""
        return (table.session_of[self.slot],)

    def steps(self, table: Timetable) -> Steps:
        """Return the path to the slot within its session, such as ``("slots", 0)``."""
        return table.steps_of(self.slot)


@dataclass(frozen=True, slots=True)
class PairDiscovery(SlotDiscovery):
    """A problem of two slots (times and rooms) of different sessions.

    ``other`` comes before ``slot``.
    """

    other: int

    def sessions(self, table: Timetable) -> Sequence[int]:
        """Return the numbers of the sessions of both slots."""
        return table.session_of[self.slot], table.session_of[self.other]
