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
    """What was found while reading one schedule, in the order of finding. Reading goes on."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[Kind] = Counter()

    def add(
        self,
        kind: Kind,
        where: str = "",
        line: int | None = None,
        value: str = "",
        n: int = 1,
        also: str = "",
    ) -> None:
        """Note an oddity, ``n`` times over where it concerns so many events at one place."""
        if self._counts[kind] < MOST:
            self._kept.append(Finding(kind, where, line, value, also, n))
        self._counts[kind] += n

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._kept)

    def __len__(self) -> int:
        return self._counts.total()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind, also of those whose places are not kept."""
        return self._counts

    def sentences(self) -> Sequence[str]:
        """One line a kind with its count, such as "12 events without a title", in the language spoken."""
        first = {finding.kind: (finding.value, finding.also) for finding in reversed(self._kept)}
        said = ((kind, n, *first.get(kind, ("", ""))) for kind, n in self._counts.items())
        return [ngettext(kind.one, kind.many, n, value=value, also=also) for kind, n, value, also in said]
