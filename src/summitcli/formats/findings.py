"""Findings: irregularities in a published schedule, with their places.

Attendees are shown how many there are of each kind; publishers get a list.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from summitcli.i18n import ngettext

Severity = Literal["error", "warning", "note"]

MAX_KEPT = 1000
"""The number of findings of one kind that are kept with their places; further ones are only counted."""


class Kind(NamedTuple):
    """A kind of finding: its message in the singular and the plural, for :func:`summitcli.i18n.ngettext`.

    ``{n}`` in a message stands for the number of findings. If a schedule has at most one of the kind, it may
    also contain ``{value}`` and ``{also}``, the fields of that finding.
    """

    singular: str
    plural: str


CUT_SHORT = Kind(
    "the calendar is incomplete: {value} has no end", "the calendar is incomplete: {value} has no end"
)
"""The kind for a calendar file that ends too early, from which no agenda is imported."""
CANCELLED = Kind("{n} cancelled event left out", "{n} cancelled events left out")
ALL_TAKEN_OUT = Kind(
    "{n} event left out: all of its times are excluded",
    "{n} events left out: all of their times are excluded",
)
NOT_HELD = frozenset({CANCELLED, ALL_TAKEN_OUT})
"""The kinds for events that are left out because they don't take place."""


class Finding(NamedTuple):
    """An irregularity that a reader noticed at one place of a schedule's source."""

    kind: Kind
    where: str = ""
    """The path of the place, such as ``schedule.conference.days[0]…``; empty for the whole file."""
    line: int | None = None
    value: str = ""
    """The irregular value, if showing it helps."""
    also: str = ""
    """The value used instead, or another value for the message."""
    n: int = 1
    """The number of times that the irregularity occurs at the place."""


class Findings:
    """The findings about one schedule, grouped by kind in the order in which they were first made."""

    def __init__(self) -> None:
        self._kept: dict[Kind, dict[Finding, int]] = {}
        self._counts: Counter[Kind] = Counter()
        self._places: Counter[Kind] = Counter()
        self.notes: list[tuple[str, int | None]] = []
        """Sentences on how the schedule was read, with the line of each, if known. They are no findings."""

    def note(self, sentence: str, line: int | None = None) -> None:
        """Add a fact about how the schedule was read, as a sentence in the current language."""
        self.notes.append((sentence, line))

    def add(
        self,
        kind: Kind,
        where: str = "",
        line: int | None = None,
        value: str = "",
        n: int = 1,
        also: str = "",
    ) -> None:
        """Add a finding that concerns ``n`` events or values at one place.

        If there is an equal finding at the same place, only its ``n`` is increased.

        Args:
            kind: the kind of irregularity.
            where: the path to the place; empty for the whole file.
            line: the line, if known.
            value: the irregular value, if showing it helps.
            n: how often it occurs there.
            also: the value used instead, or another value for the message.
        """
        self.add_finding(Finding(kind, where, line, value, also), n)

    def add_finding(self, finding: Finding, n: int) -> None:
        """Count a finding ``n`` times, and keep it unless there are too many of its kind."""
        kept = self._kept.setdefault(finding.kind, {})
        self._counts[finding.kind] += n
        self._places[finding.kind] += finding not in kept
        if finding in kept or len(kept) < MAX_KEPT:
            kept[finding] = kept.get(finding, 0) + n

    def __iter__(self) -> Iterator[Finding]:
        return (finding._replace(n=n) for kept in self._kept.values() for finding, n in kept.items())

    def __len__(self) -> int:
        return self._counts.total()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """Return how often each kind occurs, including findings that were counted but not kept."""
        return self._counts

    @property
    def places(self) -> Mapping[Kind, int]:
        """Return the number of places for each kind, including findings that were counted but not kept."""
        return self._places

    def sentences(self) -> Sequence[str]:
        """Return one line per kind, such as "12 events without a title", in the current language."""
        kinds = ((kind, n, next(iter(self._kept[kind]))) for kind, n in self._counts.items())
        return [
            ngettext(kind.singular, kind.plural, n, value=first.value, also=first.also)
            for kind, n, first in kinds
        ]
