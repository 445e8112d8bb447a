"""What is odd in a published schedule, each with its place: summed up for who reads it, listed for who
publishes it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from summitcli.i18n import ngettext

Severity = Literal["error", "warning", "note"]

MOST = 1000
"""How many findings of a kind are kept with their places; more are only counted."""


class Kind(NamedTuple):
    """A kind of oddity: how it is said of one event and of ``{n}``, with :func:`summitcli.i18n.ngettext`.

    It may show the ``{value}`` of the first, and what it was taken for, ``{also}``, where there is but one in
    a schedule.
    """

    one: str
    many: str


CUT_SHORT = Kind(
    "the calendar was cut short: {value} does not end", "the calendar was cut short: {value} does not end"
)
"""Said of what is only the beginning of a file; an agenda is not taken from such."""
CANCELLED = Kind("{n} cancelled event left out", "{n} cancelled events left out")
ALL_TAKEN_OUT = Kind(
    "{n} event of which every time is taken out, so that it is left out",
    "{n} events of which every time is taken out, so that they are left out",
)
NOT_HELD = frozenset({CANCELLED, ALL_TAKEN_OUT})
"""Said of events that are left out because they don't take place."""


class Finding(NamedTuple):
    """One oddity at one place."""

    kind: Kind
    where: str = ""
    """A path such as ``schedule.conference.days[0].rooms["Ada"][3].duration``; empty for the whole."""
    line: int | None = None
    value: str = ""
    """What is odd, where showing it helps."""
    also: str = ""
    """What it was taken for instead, or what else the sentence says."""
    n: int = 1
    """How many are odd at that place."""


class Findings:
    """What was found while reading one schedule, by kind in the order of finding. Reading goes on."""

    def __init__(self) -> None:
        self._kept: dict[Kind, dict[Finding, int]] = {}
        self._counts: Counter[Kind] = Counter()
        self._places: Counter[Kind] = Counter()

    def add(
        self,
        kind: Kind,
        where: str = "",
        line: int | None = None,
        value: str = "",
        n: int = 1,
        also: str = "",
    ) -> None:
        """Note an oddity, ``n`` times over where it concerns so many events at one place.

        What is noted again in the same words at the same place is one finding, of so many more.
        """
        self.note(Finding(kind, where, line, value, also), n)

    def note(self, finding: Finding, n: int) -> None:
        """Note a finding of one event ``n`` times over, as :meth:`add` does."""
        kept = self._kept.setdefault(finding.kind, {})
        self._counts[finding.kind] += n
        self._places[finding.kind] += finding not in kept
        if finding in kept or len(kept) < MOST:
            kept[finding] = kept.get(finding, 0) + n

    def __iter__(self) -> Iterator[Finding]:
        return (finding._replace(n=n) for kept in self._kept.values() for finding, n in kept.items())

    def __len__(self) -> int:
        return self._counts.total()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind, also of those whose places are not kept."""
        return self._counts

    @property
    def places(self) -> Mapping[Kind, int]:
        """At how many places each kind was found, also those that are not kept."""
        return self._places

    def sentences(self) -> Sequence[str]:
        """One line a kind with its count, such as "12 events without a title", in the language spoken."""
        said = ((kind, n, next(iter(self._kept[kind]))) for kind, n in self._counts.items())
        return [
            ngettext(kind.one, kind.many, n, value=first.value, also=first.also) for kind, n, first in said
        ]
