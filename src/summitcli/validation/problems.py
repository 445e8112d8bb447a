"""The problems of a schedule file with their places, for publishers.

A *finding* is what a lenient reader noticed, a *fault* is a broken rule; both become problems. A kind of
problem is what is wrong, whatever the place: one kind is "events without a title".
"""

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
from summitcli.validation.strict import Fault, check, syntax_error

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The severities, worst first."""

MAX_FAULTS = 100_000
"""The number of broken rules after which checking stops. A file of 20 MB can break ten million, which takes
minutes to find; the worst published file we know breaks 2,328."""

_PIECE = 2**16
_JSON = re.compile(rb"\s*[{\[]")
"""A pattern for the beginning of a JSON file."""


class Problem(NamedTuple):
    """One problem at one place.

    ``path`` leads to the value, as in ``sessions[3].title``; it is empty for the whole file. ``line`` and
    ``column`` are counted from 1, columns in characters; None if unknown.
    """

    severity: Severity
    path: str
    line: int | None
    column: int | None
    reason: str


class Group(NamedTuple):
    """The problems of one kind, ordered by place.

    ``problems`` has at most :data:`MAX_KEPT` of them; ``number`` is how many there are in all.
    """

    severity: Severity
    heading: str
    """What is wrong, and how often it occurs."""
    problems: Sequence[Problem]
    number: int


class Examination(NamedTuple):
    """The problems of a file, in groups ordered by severity and then by place."""

    groups: Sequence[Group]
    lines: Mapping[int, str]
    """The text of the lines with problems, by number from 1; empty if the file is not UTF-8."""
    stopped: bool = False
    """Whether checking stopped at :data:`MAX_FAULTS`, so that there may be more problems."""

    @property
    def problems(self) -> list[Problem]:
        """Return the problems of all groups, the worst severity first, each ordered by place."""
        kept = [problem for group in self.groups for problem in group.problems]
        return sorted(kept, key=lambda problem: (SEVERITIES.index(problem.severity), *_position(problem)))

    def number(self, severity: Severity) -> int:
        """Return the number of problems of a severity, including those that were counted but not kept."""
        return sum(group.number for group in self.groups if group.severity == severity)


def examine(data: bytes, name: str, hints: Hints, strict: bool = False) -> Examination:
    """Return the problems of the schedule in ``data``.

    In our own format, every broken rule is an error. Other formats are read leniently, and what their readers
    notice are warnings. With ``strict``, the rules of the other format are checked too, and broken ones are
    errors; if its rules are not implemented here, all warnings become errors.

    Args:
        data: the whole file.
        name: the file's name, for messages.
        hints: what the user says about the schedule in addition to the file.
        strict: whether to check the rules of formats that are read leniently.

    Raises:
        UnknownFormat: no format recognises the bytes.
    """
    found = _Problems()
    readable = True
    invalid = False
    try:
        found.add_findings(_findings(data, name, hints))
    except InvalidSchedule as error:
        found.add_invalid(error)
        invalid = True
    except UnknownFormat:
        fault = syntax_error(data)
        if fault is None:
            raise
        found.add_fault(fault)
        readable = False
    # Not within the except clause, where the error would still keep the document in memory.
    if strict and invalid:
        readable = syntax_error(data) is None
    if strict and readable:
        faults = check(data)
        if faults is None:
            found.turn_into_errors()
        found.add_broken_rules(faults or ())
    return found.examination(data)


def _findings(data: bytes, name: str, hints: Hints) -> Findings:
    """Read the schedule in ``data`` and return only what its reader noticed.

    Raises:
        UnknownFormat: no format recognises the bytes.
        InvalidSchedule: it can't be read.
    """
    return parse(data, name, hints).check()


class _KindOfProblem:
    """The problems of one kind so far: the first ones, and the number of all."""

    def __init__(self, severity: Severity, kind: Kind | str, value: str = "", also: str = "") -> None:
        self.severity = severity
        self.kind = kind
        self.value = value
        """The value that the heading shows, from the first finding; ``also`` is another one."""
        self.also = also
        self.faults: list[Fault] = []
        self.number = 0
        self.times = 0
        """How often the problem occurs, where several times at one place all count."""

    def heading(self) -> str:
        """Return what is wrong, and how often it occurs."""
        if isinstance(self.kind, Kind):
            return ngettext(
                self.kind.singular, self.kind.plural, self.times, value=self.value, also=self.also
            )
        return self.kind if self.number == 1 else f"{self.kind} · {self.number}"


class _Problems:
    """The problems found so far, by kind: the kind of a reader's finding, or the sentence of an error."""

    def __init__(self) -> None:
        self._kinds: dict[Kind | str, _KindOfProblem] = {}
        self._stopped = False

    def add_fault(self, fault: Fault) -> None:
        """Add ``fault`` as an error."""
        kept = self._kinds.setdefault(fault.sentence, _KindOfProblem("error", fault.sentence))
        kept.number += 1
        if kept.number <= MAX_KEPT:
            kept.faults.append(fault)

    def add_broken_rules(self, faults: Iterable[Fault]) -> None:
        """Add broken rules as errors; stop after :data:`MAX_FAULTS`, since each is only found when needed."""
        for number, fault in enumerate(faults):
            if number == MAX_FAULTS:
                self._stopped = True
                break
            self.add_fault(fault)

    def add_invalid(self, error: InvalidSchedule) -> None:
        """Add the faults for which the schedule was rejected, as errors."""
        place = Place(*error.place) if error.place else None
        for path, reason in error.faults:
            self.add_fault(Fault(path, reason, place=None if path else place))

    def add_findings(self, findings: Findings) -> None:
        """Add the findings of a reader, as warnings."""
        for kind, number in findings.counts.items():
            first = next(finding for finding in findings if finding.kind == kind)
            self._kinds[kind] = _KindOfProblem("warning", kind, first.value, first.also)
            self._kinds[kind].number = findings.places[kind]
            self._kinds[kind].times = number
        for finding in findings:
            kind, place = finding.kind, (finding.line, None) if finding.line else None
            sentence = ngettext(kind.singular, kind.plural, finding.n, value=finding.value, also=finding.also)
            value = "" if "{value}" in kind.singular else finding.value
            self._kinds[kind].faults.append(Fault(finding.where, sentence, value, place))

    def turn_into_errors(self) -> None:
        """Turn all warnings into errors."""
        for kept in self._kinds.values():
            kept.severity = "error"

    def examination(self, data: bytes) -> Examination:
        """Return all problems in groups, with the places in the file ``data``."""
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
    """Return the text of the lines ``wanted`` of a file, by number from 1; empty if it is not UTF-8."""
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
    """Return the places in a JSON file to which the paths of ``faults`` lead; empty for other formats."""
    paths = {fault.path for fault in faults if fault.place is None and fault.path}
    if not paths or not _JSON.match(data, _begin(data)) or not _is_utf_8(data):
        return {}
    return locate(data.removeprefix(BOM_UTF8).decode(), paths)


def _begin(data: bytes) -> int:
    """Return the offset at which a file's text begins, after a byte order mark."""
    return len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0


def _is_utf_8(data: bytes) -> bool:
    """Return whether a file is UTF-8; it is decoded in pieces to save memory."""
    pieces = (data[begin : begin + _PIECE] for begin in range(0, len(data), _PIECE))
    try:
        for _text in iterdecode(pieces, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _problems(severity: Severity, faults: Iterable[Fault], places: dict[str, Place]) -> list[Problem]:
    """Return ``faults`` as problems, ordered by place.

    Args:
        severity: the severity of all of them.
        faults: the faults.
        places: the places in the file by path, for faults that have none of their own.
    """
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
    """Return the sort key of a problem: its line and column; problems without a place come first."""
    return problem.line or 0, problem.column or 0
