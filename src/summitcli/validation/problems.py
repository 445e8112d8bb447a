"""The problems of a schedule file with their places, for publishers.

There are three sources of problems. A *finding* is something odd that was noticed when the file was read. A
*fault* is a broken rule of the format. A *discovery* is a mistake in the programme, such as two sessions in
one room at the same time. Problems are grouped by kind, such as "events without a title".
"""

import re
from codecs import BOM_UTF8, iterdecode
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats import native_yaml, parse, yaml_tree
from summitcli.formats.collector import without_collector
from summitcli.formats.findings import MAX_KEPT, Findings, Kind, Severity
from summitcli.formats.parsed import Origin, Parsed
from summitcli.formats.places import Place, locate
from summitcli.i18n import _, ngettext
from summitcli.sources.source import Hints
from summitcli.validation.programme import Discovery, Timetable, discoveries
from summitcli.validation.reading import rule_of
from summitcli.validation.rules import COLUMNS, FORMAT, READING, RULES, SPECIFICATION
from summitcli.validation.strict import Fault, check, syntax_error

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The severities of problems, worst first."""

MAX_FAULTS = 100_000
"""The number of broken rules after which a check stops.

A file of 20 MB can break ten million, and finding them takes minutes. The worst published file that we know
breaks 2,328.
"""

_PIECE = 2**16
_JSON = re.compile(rb"\s*[{\[]")
"""The beginning of a JSON file."""


class Problem(NamedTuple):
    """One problem at one place.

    ``path`` leads to the wrong value, as in ``sessions[3].title``; it is empty for the whole file. ``line``
    and ``column`` (in characters) are counted from 1; None if unknown.
    """

    severity: Severity
    path: str
    line: int | None
    column: int | None
    reason: str
    rule: str = FORMAT
    """The name of the rule that is broken, a key of :data:`summitcli.validation.rules.RULES`."""
    sessions: tuple[str, ...] = ()
    """The IDs of the sessions that have the problem; empty if it is not about sessions."""

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the fields that are written by default in formats with columns."""
        return cls._fields[: cls._fields.index("rule")]


class Group(NamedTuple):
    """The problems of one kind, in order of place.

    ``problems`` contains at most :data:`MAX_KEPT` of them; ``number`` is the number of all.
    """

    severity: Severity
    rule: str
    heading: str
    """The sentence about all problems of the kind, with their number: ``3 events without a title``."""
    problems: Sequence[Problem]
    number: int


class Examination(NamedTuple):
    """The problems of a file, in groups ordered by severity and then by place."""

    groups: Sequence[Group]
    lines: Mapping[int, str]
    """The text of each line with a problem, by line number from 1; empty if the file is not UTF-8."""
    stopped: bool = False
    """True if the check stopped after :data:`MAX_FAULTS` broken rules, so that there may be more problems."""

    @property
    def problems(self) -> list[Problem]:
        """Return the problems of all groups, the worst severity first.

        Those of one severity are ordered by place.
        """
        kept = [problem for group in self.groups for problem in group.problems]
        return sorted(kept, key=lambda problem: (SEVERITIES.index(problem.severity), *_position(problem)))

    def number(self, severity: Severity) -> int:
        """Return the number of problems of a severity, including those that are counted but not kept."""
        return sum(group.number for group in self.groups if group.severity == severity)


def examine(
    data: bytes, name: str, hints: Hints, strict: bool = False, rules: Collection[str] = RULES.keys()
) -> Examination:
    """Return the problems of the schedule in ``data``.

    In our own format, every broken rule is an error. Other formats are read leniently: what is noticed while
    reading is a warning. With ``strict``, the rules of these formats are checked, too, and every broken one
    is an error. If the rules of a format are not implemented here, all warnings become errors instead.

    Args:
        data: the whole file.
        name: the name of the source for the user, for messages.
        hints: what is known about the schedule besides the file, such as its URL or its time zone.
        strict: whether to check the rules of formats that are read leniently.
        rules: the names of the rules to check. If the schedule can't be read, this is always a problem.

    Raises:
        UnknownFormat: the file is in no format that the program knows.
    """
    found = _Problems(rules)
    readable = True
    invalid = False
    try:
        _check_content(parse(data, name, hints), found)
    except InvalidSchedule as error:
        found.add_invalid(error)
        invalid = True
    except UnknownFormat:
        fault = syntax_error(data)
        if fault is None:
            raise
        found.add_fault(fault, FORMAT)
        readable = False
    # Not within the except clause, where the error would still keep the document in memory.
    if strict and invalid:
        readable = syntax_error(data) is None
    if strict and readable:
        faults = check(data)
        if faults is None:
            found.turn_into_errors()
        elif SPECIFICATION in rules:
            found.add_broken_rules(faults)
    return found.examination(data)


def _check_content(parsed: Parsed, found: "_Problems") -> None:
    """Read the sessions of a schedule, and add its findings and the mistakes in its programme to ``found``.

    Raises:
        InvalidSchedule: the schedule can't be read.
    """
    with without_collector():
        table = Timetable(parsed)
    found.add_findings(parsed.findings)
    found.add_discoveries(table, parsed)


class _KindOfProblem:
    """The problems of one kind found so far: the first ones, and the number of all."""

    def __init__(
        self, severity: Severity, rule: str, kind: Kind | str, value: str = "", also: str = ""
    ) -> None:
        self.severity = severity
        self.rule = rule
        self.kind = kind
        self.value = value
        """The value to put into the heading, taken from the first problem of the kind.

        ``also`` is a second value for the heading.
        """
        self.also = also
        self.faults: list[Fault] = []
        self.sessions: list[tuple[str, ...]] = []
        """For each problem in ``faults``, the IDs of the sessions that have it."""
        self.number = 0
        self.times = 0
        """The number of times that the problem occurs. It may occur several times at one place."""

    def keep(self, fault: Fault, sessions: tuple[str, ...] = ()) -> None:
        """Keep a problem, with its place, in order to show it. The counters are not changed.

        Args:
            fault: the problem.
            sessions: the IDs of the sessions that have the problem.
        """
        self.faults.append(fault)
        self.sessions.append(sessions)

    def heading(self) -> str:
        """Return the sentence about all problems of the kind, with their number."""
        if isinstance(self.kind, Kind):
            return ngettext(
                self.kind.singular, self.kind.plural, self.times, value=self.value, also=self.also
            )
        return self.kind if self.number == 1 else f"{self.kind} · {self.number}"


class _Problems:
    """The problems found so far, grouped by kind.

    Args:
        rules: the names of the rules that are checked. Problems found by any other rule are not added.
    """

    def __init__(self, rules: Collection[str]) -> None:
        self._rules = rules
        self._kinds: dict[Kind | str, _KindOfProblem] = {}
        self._stopped = False

    def add_fault(self, fault: Fault, rule: str) -> None:
        """Add a broken rule as an error. ``rule`` is its name."""
        kept = self._kinds.setdefault(fault.sentence, _KindOfProblem("error", rule, fault.sentence))
        kept.number += 1
        if kept.number <= MAX_KEPT:
            kept.keep(fault)

    def add_broken_rules(self, faults: Iterable[Fault]) -> None:
        """Add broken rules as errors. Stop after :data:`MAX_FAULTS`, so that no more are looked for."""
        for number, fault in enumerate(faults):
            if number == MAX_FAULTS:
                self._stopped = True
                break
            self.add_fault(fault, SPECIFICATION)

    def add_invalid(self, error: InvalidSchedule) -> None:
        """Add the faults (broken rules) of a schedule that can't be read, as errors."""
        place = Place(*error.place) if error.place else None
        for path, reason in error.faults:
            self.add_fault(Fault(path, reason, place=None if path else place), FORMAT)

    def add_findings(self, findings: Findings) -> None:
        """Add what was noticed when the file was read: each finding as a warning, and each note as a note."""
        for kind, number in findings.counts.items():
            if (rule := rule_of(kind)) in self._rules:
                first = next(finding for finding in findings if finding.kind == kind)
                self._kinds[kind] = _KindOfProblem("warning", rule, kind, first.value, first.also)
                self._kinds[kind].number = findings.places[kind]
                self._kinds[kind].times = number
        for sentence, line in findings.notes if COLUMNS in self._rules else ():
            note = self._kinds[sentence] = _KindOfProblem("note", COLUMNS, sentence)
            note.number = 1
            note.keep(Fault("", sentence, place=(line, None) if line else None))
        for finding in findings:
            if kept := self._kinds.get(finding.kind):
                kind, place = finding.kind, (finding.line, None) if finding.line else None
                sentence = ngettext(
                    kind.singular, kind.plural, finding.n, value=finding.value, also=finding.also
                )
                value = "" if "{value}" in kind.singular else finding.value
                kept.keep(Fault(finding.where, sentence, value, place))

    def add_discoveries(self, table: Timetable, parsed: Parsed) -> None:
        """Add the mistakes in the programme, except those that were noticed when the file was read."""
        reported = {
            rule: {fault.path for kept in self._kinds.values() if kept.rule == rule for fault in kept.faults}
            for rule in {kept.rule for kept in self._kinds.values()} - {READING}
        }
        for discovery in discoveries(table, self._rules):
            places = reported.get(discovery.rule)
            if not places or (
                len(places) < MAX_KEPT and _origin(discovery, table, parsed).path not in places
            ):
                self._add_discovery(discovery, table, parsed)

    def _add_discovery(self, discovery: Discovery, table: Timetable, parsed: Parsed) -> None:
        severity = RULES[discovery.rule].severity
        kept = self._kinds.setdefault(
            discovery.heading, _KindOfProblem(severity, discovery.rule, discovery.heading)
        )
        kept.number += 1
        kept.times += 1
        if kept.number <= MAX_KEPT:
            path, line = _origin(discovery, table, parsed)
            ids = tuple(table.ids[session] for session in discovery.sessions(table))
            place = (line, None) if line else None
            kept.keep(Fault(path, discovery.sentence(table), place=place), ids)

    def turn_into_errors(self) -> None:
        """Turn all warnings into errors."""
        for kept in self._kinds.values():
            if kept.severity == "warning":
                kept.severity = "error"

    def examination(self, data: bytes) -> Examination:
        """Return all problems, grouped by kind, with their lines and columns in the file ``data``."""
        if not self._kinds:
            return Examination((), {})
        is_text = _is_utf_8(data)
        faults = (fault for kept in self._kinds.values() for fault in kept.faults)
        places = _places(data, faults) if is_text else {}
        groups = [
            Group(kept.severity, kept.rule, kept.heading(), _problems(kept, places), kept.number)
            for kept in self._kinds.values()
        ]
        groups.sort(key=lambda group: (SEVERITIES.index(group.severity), *_position(group.problems[0])))
        wanted = {problem.line for group in groups for problem in group.problems if problem.line}
        return Examination(groups, _lines(data, wanted) if is_text else {}, self._stopped)


def _origin(discovery: Discovery, table: Timetable, parsed: Parsed) -> Origin:
    """Return where in the source file a mistake in the programme stands: its path and line."""
    return parsed.origin(discovery.sessions(table)[0], discovery.steps(table))


def _lines(data: bytes, wanted: Collection[int]) -> dict[int, str]:
    """Return the text of the lines ``wanted`` of a file in UTF-8, by line number, from 1."""
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
    """Return the line and column of each fault in a JSON or YAML file, by the path of the faulty value.

    Return an empty dict for files in other formats. ``data`` must be UTF-8.
    """
    paths = {fault.path for fault in faults if fault.place is None and fault.path}
    is_yaml = native_yaml.detect(data)
    if not paths or not (is_yaml or _JSON.match(data, _begin(data))):
        return {}
    return locate(data.removeprefix(BOM_UTF8).decode(), paths, yaml_tree.walk if is_yaml else None)


def _begin(data: bytes) -> int:
    """Return the position at which the text of a file begins: after its byte order mark, if it has one."""
    return len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0


def _is_utf_8(data: bytes) -> bool:
    """Return whether a file is UTF-8. It is decoded in pieces, to save memory."""
    pieces = (data[begin : begin + _PIECE] for begin in range(0, len(data), _PIECE))
    try:
        for _text in iterdecode(pieces, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _problems(kept: _KindOfProblem, places: dict[str, Place]) -> list[Problem]:
    """Return the problems of one kind in order of place; if there are too many, only the first ones found."""
    made = []
    for fault, sessions in zip(kept.faults, kept.sessions, strict=True):
        place = fault.place or places.get(fault.path)
        reason = fault.sentence
        if fault.value:
            reason = _("{sentence}: {value}").format(sentence=reason, value=fault.value)
        line, column = place or (None, None)
        made.append(Problem(kept.severity, fault.path, line, column, reason, kept.rule, sessions))
    return sorted(made, key=_position)


def _position(problem: Problem) -> tuple[int, int]:
    """Return the key by which problems are sorted: line and column. Problems without a line come first."""
    return problem.line or 0, problem.column or 0
