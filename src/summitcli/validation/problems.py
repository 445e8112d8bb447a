"""Every problem of a file that is meant to be a schedule, with its place, for who publishes it."""

import re
from codecs import BOM_UTF8, iterdecode
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats import parse
from summitcli.formats.findings import MAX_KEPT, Findings, Kind, Severity
from summitcli.formats.places import Place, locate
from summitcli.i18n import _, ngettext
from summitcli.sources.source import Hints
from summitcli.validation.strict import Fault, broken, check

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The worst first."""

MAX_FAULTS = 100_000
"""Checking stops at so many broken rules. A file of 20 MB can break ten million, which takes minutes to find;
the worst published one that is known breaks 2,328."""

_PIECE = 2**16
_JSON = re.compile(rb"\s*[{\[]")
"""How a file of JSON begins."""


class Problem(NamedTuple):
    """One problem at one place; an empty path is that of the whole file, null stands for no known place.

    Lines and columns are counted from 1, columns in characters.
    """

    severity: Severity
    path: str
    line: int | None
    column: int | None
    reason: str


class Group(NamedTuple):
    """The problems of a kind, in the order of their places; only the first :data:`MAX_KEPT` are kept."""

    severity: Severity
    heading: str
    """What is wrong with them, and how many they are."""
    problems: Sequence[Problem]
    number: int


class Examination(NamedTuple):
    """What is wrong with a file: its groups by severity, and of one severity as they come in the file."""

    groups: Sequence[Group]
    lines: Mapping[int, str]
    """The lines that problems are in, by their numbers from 1, where the text is in UTF-8."""
    stopped: bool = False
    """Whether checking stopped at :data:`MAX_FAULTS`, so that there may be more."""

    @property
    def problems(self) -> list[Problem]:
        """Every problem that is kept, by severity and place."""
        kept = [problem for group in self.groups for problem in group.problems]
        return sorted(kept, key=lambda problem: (SEVERITIES.index(problem.severity), *_position(problem)))

    def number(self, severity: Severity) -> int:
        """How many problems of that severity there are, kept or not."""
        return sum(group.number for group in self.groups if group.severity == severity)


def examine(data: bytes, name: str, hints: Hints, strict: bool = False) -> Examination:
    """What is wrong with the schedule that ``data`` holds.

    What our own format forbids is an error, what another format's reader finds odd a warning. With
    ``strict``, what the definition of another format forbids is an error too, where its rules are known, and
    otherwise every warning is one.

    Raises:
        UnknownFormat: no format recognises the bytes.
    """
    found = _Found()
    readable = True
    invalid = False
    try:
        found.add_findings(_findings(data, name, hints))
    except InvalidSchedule as error:
        found.add_invalid(error)
        invalid = True
    except UnknownFormat:
        end = broken(data)
        if end is None:
            raise
        found.add_fault(end)
        readable = False
    # Only here, as what the error held of the document is gone by now.
    if strict and invalid:
        readable = broken(data) is None
    if strict and readable:
        faults = check(data)
        if faults is None:
            found.turn_into_errors()
        found.add_broken_rules(faults or ())
    return found.examination(data)


def _findings(data: bytes, name: str, hints: Hints) -> Findings:
    """Return what is odd about a schedule, of which nothing else is kept.

    Raises:
        UnknownFormat: no format recognises the bytes.
        InvalidSchedule: it can't be read.
    """
    return parse(data, name, hints).check()


class _Kept:
    """The faults of a kind, as many as are kept, and how many there are."""

    def __init__(self, severity: Severity, kind: Kind | str, value: str = "", also: str = "") -> None:
        self.severity = severity
        self.kind = kind
        self.value = value
        """That of the first; likewise what it was taken for."""
        self.also = also
        self.faults: list[Fault] = []
        self.number = 0
        self.times = 0
        """How often a kind was found, which is more than once at some places."""

    def heading(self) -> str:
        """What is wrong, and how often."""
        if isinstance(self.kind, Kind):
            return ngettext(self.kind.one, self.kind.many, self.times, value=self.value, also=self.also)
        return self.kind if self.number == 1 else f"{self.kind} · {self.number}"


class _Found:
    """The problems found so far, by kind: what a reader calls it, or a sentence."""

    def __init__(self) -> None:
        self._kinds: dict[Kind | str, _Kept] = {}
        self._stopped = False

    def add_fault(self, fault: Fault) -> None:
        """Add an error."""
        kept = self._kinds.setdefault(fault.sentence, _Kept("error", fault.sentence))
        kept.number += 1
        if kept.number <= MAX_KEPT:
            kept.faults.append(fault)

    def add_broken_rules(self, faults: Iterable[Fault]) -> None:
        """Add what breaks the rules of a format, the first :data:`MAX_FAULTS`, and look for no more."""
        for number, fault in enumerate(faults):
            if number == MAX_FAULTS:
                self._stopped = True
                break
            self.add_fault(fault)

    def add_invalid(self, error: InvalidSchedule) -> None:
        """Add what keeps a schedule from being read."""
        place = Place(*error.place) if error.place else None
        for path, reason in error.faults:
            self.add_fault(Fault(path, reason, place=None if path else place))

    def add_findings(self, findings: Findings) -> None:
        """Add what a reader found odd, as warnings."""
        for kind, number in findings.counts.items():
            first = next(finding for finding in findings if finding.kind == kind)
            self._kinds[kind] = _Kept("warning", kind, first.value, first.also)
            self._kinds[kind].number = findings.places[kind]
            self._kinds[kind].times = number
        for finding in findings:
            kind, place = finding.kind, (finding.line, None) if finding.line else None
            sentence = ngettext(kind.one, kind.many, finding.n, value=finding.value, also=finding.also)
            value = "" if "{value}" in kind.one else finding.value
            self._kinds[kind].faults.append(Fault(finding.where, sentence, value, place))

    def turn_into_errors(self) -> None:
        """Let the warnings be errors."""
        for kept in self._kinds.values():
            kept.severity = "error"

    def examination(self, data: bytes) -> Examination:
        """All of it, each problem with its place in the file."""
        if not self._kinds:
            return Examination((), {})
        places = _places(data, (fault for kept in self._kinds.values() for fault in kept.faults))
        groups = [
            Group(kept.severity, kept.heading(), _problems(kept.severity, kept.faults, places), kept.number)
            for kept in self._kinds.values()
        ]
        groups.sort(key=lambda group: (SEVERITIES.index(group.severity), *_position(group.problems[0])))
        wanted = {problem.line for group in groups for problem in group.problems if problem.line}
        return Examination(groups, _lines(data, wanted), self._stopped)


def _lines(data: bytes, wanted: Collection[int]) -> dict[int, str]:
    """Return some lines of a file by their numbers; none of one that is not in UTF-8.

    There may be millions of lines, so that never all of them are held.
    """
    if not _is_utf_8(data):
        return {}
    found: dict[int, str] = {}
    begin = _begin(data)
    for number in range(1, max(wanted, default=0) + 1):
        end = data.find(b"\n", begin)
        if number in wanted:
            found[number] = (data[begin:] if end < 0 else data[begin:end]).decode()
        if end < 0:
            break
        begin = end + 1
    return found


def _places(data: bytes, faults: Iterable[Fault]) -> dict[str, Place]:
    """The places that the paths of ``faults`` lead to in JSON; none in anything else."""
    paths = {fault.path for fault in faults if fault.place is None and fault.path}
    if not paths or not _JSON.match(data, _begin(data)) or not _is_utf_8(data):
        return {}
    return locate(data.removeprefix(BOM_UTF8).decode(), paths)


def _begin(data: bytes) -> int:
    """Return where the text of a file begins, behind the mark of UTF-8."""
    return len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0


def _is_utf_8(data: bytes) -> bool:
    """Return whether a file is in UTF-8, of which no more than a piece is decoded at once."""
    pieces = (data[begin : begin + _PIECE] for begin in range(0, len(data), _PIECE))
    try:
        for _text in iterdecode(pieces, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _problems(severity: Severity, faults: Iterable[Fault], places: dict[str, Place]) -> list[Problem]:
    """``faults`` as problems, in the order of their places."""
    made = []
    for fault in faults:
        place = fault.place or places.get(fault.path)
        reason = fault.sentence
        if fault.value:
            reason = _("{sentence}: {value}").format(sentence=reason, value=fault.value)
        line, column = place or (None, None)
        made.append(Problem(severity, fault.path, line, column, reason))
    return sorted(made, key=_position)


def _position(problem: Problem) -> tuple[int, int]:
    """Where it stands in the file; what has no place comes first."""
    return problem.line or 0, problem.column or 0
