"""Findings: irregularities in a published schedule, with their places in the source.

Attendees see the number of findings of each kind; publishers see a list of all.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from summitcli.i18n import ngettext

Severity = Literal["error", "warning", "note"]

MAX_KEPT = 1000
"""The number of findings of one kind that are kept with their places. Further ones are only counted."""


class Kind(NamedTuple):
    """A kind of finding, such as "event without a title": its message in the singular and in the plural.

    The messages are for :func:`summitcli.i18n.ngettext`. ``{n}`` in a message is replaced by the number of
    findings. If a schedule can have only one finding of the kind, the message may also contain ``{value}``
    and ``{also}``, which are fields of :class:`Finding`.
    """

    singular: str
    plural: str


CUT_SHORT = Kind(
    "the calendar is incomplete: {value} has no end", "the calendar is incomplete: {value} has no end"
)
"""The finding that a calendar file ends too early. No agenda is imported from such a file."""
CANCELLED = Kind("{n} cancelled event left out", "{n} cancelled events left out")
ALL_TAKEN_OUT = Kind(
    "{n} event left out: all of its times are excluded",
    "{n} events left out: all of their times are excluded",
)
NO_NAME = Kind(
    "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`",
    "the schedule has no conference name; set one with `summit use SCHEDULE --name NAME`",
)
"""The finding that the source does not name its conference."""
NOT_HELD = frozenset({CANCELLED, ALL_TAKEN_OUT})
"""The kinds of findings about events that are left out because they don't take place."""


class Finding(NamedTuple):
    """An irregularity that was found at one place of a schedule's source."""

    kind: Kind
    where: str = ""
    """The path of the place, such as ``schedule.conference.days[0]``; empty if it is about the whole file."""
    line: int | None = None
    value: str = ""
    """The irregular value; empty if it need not be shown."""
    also: str = ""
    """A second value for the message, most often the one that is used instead of the irregular value."""
    n: int = 1
    """The number of times that the irregularity occurs at the place."""


class Findings:
    """The findings about one schedule, grouped by kind; the kind that was found first comes first."""

    def __init__(self) -> None:
        self._kept: dict[Kind, dict[Finding, int]] = {}
        self._counts: Counter[Kind] = Counter()
        self._places: Counter[Kind] = Counter()
        self.notes: list[tuple[str, int | None]] = []
        """Sentences that say how the schedule was read, each with a line number or None.

        They are not findings.
        """

    def note(self, sentence: str, line: int | None = None) -> None:
        """Add a sentence that says how the schedule was read.

        Args:
            sentence: the sentence, in the language of the output.
            line: the line of the source that it is about, if there is one.
        """
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
        """Add a finding about one place of the source.

        If there already is an equal finding at the same place, only its ``n`` is increased.

        Args:
            kind: the kind of irregularity.
            where: the path of the place; empty for the whole file.
            line: the line, if known.
            value: the irregular value, if it helps to show it.
            n: the number of times that the irregularity occurs there.
            also: a second value for the message, such as the value that is used instead.
        """
        self.add_finding(Finding(kind, where, line, value, also), n)

    def add_finding(self, finding: Finding, n: int) -> None:
        """Count a finding ``n`` times; keep it, unless too many findings of its kind are kept already."""
        kept = self._kept.setdefault(finding.kind, {})
        self._counts[finding.kind] += n
        self._places[finding.kind] += finding not in kept
        if finding in kept or len(kept) < MAX_KEPT:
            kept[finding] = kept.get(finding, 0) + n

    def discard(self, kind: Kind) -> bool:
        """Remove the findings of a kind; return whether there were any."""
        self._kept.pop(kind, None)
        self._places.pop(kind, None)
        return self._counts.pop(kind, 0) > 0

    def __iter__(self) -> Iterator[Finding]:
        return (finding._replace(n=n) for kept in self._kept.values() for finding, n in kept.items())

    def __len__(self) -> int:
        return self._counts.total()

    @property
    def counts(self) -> Mapping[Kind, int]:
        """Return how often each kind of finding occurs, including findings that were only counted."""
        return self._counts

    @property
    def places(self) -> Mapping[Kind, int]:
        """Return the number of places for each kind of finding, including findings that were only counted."""
        return self._places

    def sentences(self) -> Sequence[str]:
        """Return one line for each kind, such as "12 events without a title", in the output's language."""
        kinds = ((kind, n, next(iter(self._kept[kind]))) for kind, n in self._counts.items())
        return [
            ngettext(kind.singular, kind.plural, n, value=first.value, also=first.also)
            for kind, n, first in kinds
        ]
