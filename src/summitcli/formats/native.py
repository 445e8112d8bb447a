"""The reader of our own format as JSON, for :class:`summitcli.model.Schedule`.

``docs/schedule.schema.json`` is the schema of the format.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summitcli.budgets import EVENTS, KNOWN_SPEAKERS, LABELS, LINKS, PERSONS, Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.advice import Advice
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import ListedSessions, Parsed
from summitcli.formats.places import Step, write_path
from summitcli.formats.repairs import Repairs
from summitcli.formats.streamed_json import list_bounds
from summitcli.i18n import _
from summitcli.model import Schedule, Session, SessionCheck, Speaker, ValuePath
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.text import strict_json

_MARK = re.compile(rb'"format"\s*:\s*"summit-schedule/([0-9]*)')
_VERSION = b"1"

Model = TypeVar("Model", bound=BaseModel)

MAX_VALUES = 100_000
"""The largest number of JSON values in a session, in a speaker, and in the rest of the document."""
MAX_FAULTS = 10_000
"""The number of errors after which the validation stops."""
MAX_REPAIRS = 8
"""The maximum number of times that a part of a document is repaired and validated again."""

_MISSING = "missing"
_QUOTED = re.compile(r"'([^']*)'")


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like a JSON object whose ``format`` begins with ``summit-schedule/``."""
    return data.removeprefix(BOM_UTF8).lstrip()[:1] == b"{" and _MARK.search(data) is not None


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Parsed:
    """Return the schedule in ``data``.

    Each session is validated when an iteration over the sessions reaches it.

    Raises:
        InvalidSchedule: the document is not JSON, is too large (:mod:`summitcli.budgets`), or does not follow
            the format. The error lists everything that is wrong, with paths. If only sessions are wrong, the
            iteration over the sessions raises it.
    """
    try:
        strict_json.check_budget(data)
        sessions = _Sessions(data.removeprefix(BOM_UTF8), name)
    except (ValueError, RecursionError):
        # Report every fault, not only the first.
        return read_whole(data, name)
    return Parsed(sessions.outline, sessions, Findings())


def read_whole(data: bytes, name: str) -> Parsed:
    """Return the schedule in ``data``. All sessions are validated at once, so that every error is found.

    Raises:
        InvalidSchedule: as for :func:`read`, with the errors of all sessions.
    """
    mark = _MARK.search(data)
    if mark and mark[1] != _VERSION:
        fault = _("it was written for another version of summit")
        raise InvalidSchedule(name, [("format", fault)])
    data = data.removeprefix(BOM_UTF8)
    try:
        document = strict_json.loads(data)
    except strict_json.NotJson as error:
        raise InvalidSchedule(name, [("", str(error))], error.place) from None
    try:
        validation = _Validation(document, Spending(name, len(data)))
        sessions = tuple(validation.sessions())
    except RecursionError:
        # It was decoded from a shallower stack.
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    if validation.outline is None or validation.faults:
        raise InvalidSchedule(name, validation.faults)
    return Parsed(validation.outline, ListedSessions(sessions), Findings())


class _Sessions:
    """The sessions of a file. Each is decoded and validated when an iteration over them reaches it.

    The file is held as text in Latin-1, so that each character is one byte. Decoding UTF-8 as Latin-1 does
    not change the structure of JSON, as its punctuation is ASCII, and longer UTF-8 characters contain no
    ASCII bytes.

    Raises:
        ValueError: the file is not a valid schedule, or has no list of sessions.
    """

    def __init__(self, data: bytes, name: str) -> None:
        if not data.isascii():
            data.decode()
        self._name = name
        self._text = data.decode("latin-1")
        del data
        self._bounds = list_bounds(self._text, "sessions")
        begin, end = self._bounds.begin, self._bounds.end
        rest = f"{self._text[:begin]}[]{self._text[end:]}"
        self.outline = _validated_outline(rest.encode("latin-1"), Spending(name, len(self._text)))

    def __iter__(self) -> Iterator[Session]:
        check = SessionCheck(self.outline)
        spending = Spending(self._name, len(self._text))
        for number, (begin, end) in enumerate(self._bounds.entries()):
            try:
                session = _validated(Session, self._text[begin:end].encode("latin-1"))
                if faults := check.faults(number, session):
                    raise ValidationError.from_exception_data("Session", faults)
            except (ValueError, RecursionError):
                # Report every fault, not only the first.
                read_whole(self._text.encode("latin-1"), self._name)
                raise
            _count(session, spending)
            yield session

    def __len__(self) -> int:
        return len(self._bounds)

    def ids(self) -> Sequence[str]:
        return [session.id for session in self]


def _count(session: Session, spending: Spending) -> None:
    """Count a session's slots, speakers, links and tags in ``spending``; raise InvalidSchedule at a limit."""
    spending.spend(EVENTS, len(session.slots))
    spending.spend(PERSONS, len(session.speakers))
    spending.spend(LINKS, len(session.links))
    spending.spend(LABELS, len(session.tags))


def _validated_outline(data: bytes, spending: Spending) -> Schedule:
    """Return the document without its sessions, after validating it.

    If it has too many values to be validated at once, its speakers are validated one by one first.

    Raises:
        ValueError: the document is invalid, or a part of it has too many values.
        RecursionError: the document is nested too deeply for its values to be counted.
        InvalidSchedule: the document has more speakers than allowed.
    """
    if not _has_too_many_values(data):
        outline = Schedule.model_validate_json(data)
        spending.spend(KNOWN_SPEAKERS, len(outline.speakers))
        return outline
    rest, speakers = _split(json.loads(data))
    spending.spend(KNOWN_SPEAKERS, len(speakers))
    _validated(Schedule, json.dumps(rest).encode())
    for speaker in speakers:
        _validated(Speaker, json.dumps(speaker).encode())
    return Schedule.model_validate_json(data)


def _split(document: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """Return a document without its speakers, and the list of its speakers."""
    speakers = document.get("speakers")
    if not isinstance(speakers, list):
        return document, []
    return {**document, "speakers": []}, speakers


def _validated(model: type[Model], data: bytes) -> Model:
    """Return a part of a document as an instance of ``model``, after decoding and validating it.

    Raises:
        ValueError: the part is invalid, or has too many values.
        RecursionError: the part is nested too deeply for its values to be counted.
    """
    if _has_too_many_values(data):
        raise ValueError(model.__name__)
    return model.model_validate_json(data)


class _Validation:
    """A document that is validated part by part, and the errors found in it.

    The errors are pairs of a path and a reason, at most one for each path. Rules about several values are
    checked even if one of them is invalid (:mod:`summitcli.formats.repairs`).
    """

    def __init__(self, document: dict[str, Any], spending: Spending) -> None:
        self._document = document
        self._spending = spending
        self._advice = Advice(document)
        self.faults: list[tuple[str, str]] = []
        listed = document.get("sessions")
        self._entries: list[Any] = listed if isinstance(listed, list) else []
        rest = {**document, "sessions": []} if isinstance(listed, list) else document
        self._repairs = Repairs(None)
        spending.spend(KNOWN_SPEAKERS, len(_split(rest)[1]))
        self.outline, self._repairs = self._outline(rest)

    def sessions(self) -> Iterator[Session]:
        """Yield the sessions.

        Invalid values are replaced by valid ones. Stop after :data:`MAX_FAULTS` errors.
        """
        check = SessionCheck(self.outline) if self.outline else None
        for number, entry in enumerate(self._entries):
            if len(self.faults) >= MAX_FAULTS:
                more = _("stopped after {n} errors").format(n=MAX_FAULTS)
                self.faults[MAX_FAULTS:] = [("", more)]
                return
            session, repairs = self._piece(Session, entry, ("sessions", number))
            if session is None:
                continue
            _count(session, self._spending)
            if check and (faults := check.faults(number, session)):
                self._add_faults(ValidationError.from_exception_data("Session", faults), (), repairs)
            yield session

    def _outline(self, rest: dict[str, Any]) -> tuple[Schedule | None, Repairs]:
        """Validate the document without its sessions, and store the errors found in it.

        Return the valid model (None if it could not be made valid), and the repairs: the invalid values that
        were replaced.
        """
        outline, speakers = _split(rest)
        if not speakers or not _has_too_many_values(json.dumps(rest).encode()):
            return self._piece(Schedule, rest, ())
        validated, self._repairs = self._piece(Schedule, outline, ())
        for number, speaker in enumerate(speakers):
            if len(self.faults) >= MAX_FAULTS:
                break
            self._piece(Speaker, speaker, ("speakers", number))
        if self.faults:
            return validated, self._repairs
        try:
            return Schedule.model_validate_json(json.dumps(rest)), self._repairs
        except ValidationError as error:
            self._add_faults(error, (), self._repairs)
            return validated, self._repairs

    def _piece(self, model: type[Model], content: object, where: ValuePath) -> tuple[Model | None, Repairs]:
        """Validate a part of the document, and store the errors found in it.

        Values with errors are replaced by valid ones, and the part is validated again, to find more errors.
        Return the valid model (None if replacing values could not make it valid), and the repairs.

        Args:
            model: the model of the part, such as ``Session``.
            content: the part.
            where: the path of the part in the document.
        """
        data = json.dumps(content).encode()
        if _has_too_many_values(data):
            reason = _("must not contain more than {n} values").format(n=MAX_VALUES)
            self.faults.append((write_path(where), reason))
            return None, Repairs(None)
        repairs = Repairs(json.loads(data), where, self._repairs if where else None)
        for _attempt in range(MAX_REPAIRS):
            try:
                return model.model_validate_json(data), repairs
            except ValidationError as error:
                paths = self._add_faults(error, where, repairs)
                if len(paths) > MAX_FAULTS or not repairs.repair(paths):
                    break
                data = json.dumps(repairs.document).encode()
        return None, repairs

    def _add_faults(
        self, error: ValidationError, where: ValuePath, repairs: Repairs
    ) -> list[tuple[str, ValuePath]]:
        """Store pydantic's errors; return the type and path of each error.

        An error that was only caused by the repair of another value is returned, but not stored. An error
        about a list or an object is ignored if a value inside it has an error, too: if a list has an invalid
        entry, for example, pydantic also reports that the list is too short.
        """
        found = error.errors(include_url=False, include_input=False)
        located = [((*where, *fault["loc"]), fault) for fault in found]
        around = {location[:length] for location, _fault in located for length in range(len(location))}
        located = [(location, fault) for location, fault in located if location not in around]
        self.faults += _faults_of(
            (
                (_steps(location, self._document, fault["type"] == _MISSING), fault)
                for location, fault in located
                if repairs.applies(fault["type"], location)
            ),
            self._advice,
        )
        return [(fault["type"], location) for location, fault in located]


def _has_too_many_values(data: bytes) -> bool:
    """Return whether a part of a document has more than :data:`MAX_VALUES` values.

    pydantic collects all errors before it raises one. For content that is invalid throughout, this takes a
    thousand times as much memory as the content.
    """
    return data.count(b",") > MAX_VALUES and _values(json.loads(data)) > MAX_VALUES


def _values(content: object) -> int:
    """Return the number of JSON values in ``content``: it counts as one, and so does each value within it."""
    if isinstance(content, dict):
        content = [*content.values()]
    return 1 + sum(map(_values, content)) if isinstance(content, list) else 1


def _faults_of(
    faults: Iterable[tuple[ValuePath, Mapping[str, Any]]], advice: Advice
) -> list[tuple[str, str]]:
    """Return pydantic's errors as pairs of a path and a reason, at most one for each path.

    Args:
        faults: pairs of a path and one of pydantic's errors.
        advice: adds suggestions ("did you mean …?") to the reasons.
    """
    found: dict[str, str] = {}
    for steps, fault in faults:
        reason = _reason(fault["type"], fault["msg"], fault.get("ctx", {}))
        found.setdefault(write_path(steps), advice.added(reason, fault["type"], steps))
    # pydantic reports a value that matches neither type of a union once for each type; only the deepest error
    # is useful.
    deeper = {path[:place] for path in found for place, mark in enumerate(path) if mark in ".["}
    return [(path, reason) for path, reason in found.items() if path not in deeper]


def _steps(location: Sequence[Step], document: Any, missing: bool) -> ValuePath:
    """Return the location of a pydantic error as a path in the document: ``("sessions", 3, "title")``.

    pydantic's locations also say which type of a union was tried; this is left out.

    Args:
        location: the location, as pydantic states it.
        document: the document.
        missing: True if the error is that a key is missing. Then the path ends with this key (the last of
            ``location``), although the document does not have it.
    """
    path: list[Step] = []
    here = document
    for step in location:
        if isinstance(here, list) and isinstance(step, int) and step < len(here):
            path.append(step)
            here = here[step]
        elif isinstance(here, dict) and (step in here or (missing and step == location[-1])):
            path.append(step)
            here = here.get(step)
    return tuple(path)


def _reason(kind: str, message: str, words: Mapping[str, Any]) -> str:
    """Return a sentence that explains a pydantic error to authors; if we have none, pydantic's message.

    Args:
        kind: the type of pydantic's error, such as ``string_too_long``.
        message: pydantic's message; it is our own if a validator of the model raised the error.
        words: values to insert in the sentence, such as the maximum length.
    """
    if kind.startswith("datetime") or kind == "timezone_aware":
        return _("must be a time with a UTC offset, such as {example}").format(
            example="2022-07-23T09:00:00+08:00"
        )
    if kind.startswith("date"):
        return _("must be a date such as {day}").format(day="2022-07-23")
    if kind == "json_invalid":
        # Python accepted this JSON; pydantic allows less nesting and no unpaired surrogates.
        if "recursion" in message:
            return _("it is nested too deeply")
        return _("a text contains half of a character, such as \\ud83d")
    if kind == "string_too_long":
        return _("must not be longer than {n} characters").format(n=words["max_length"])
    if kind == "literal_error":
        names = _(", ").join(_QUOTED.findall(words["expected"]))
        return _("must be one of: {names}").format(names=names)
    ours = {
        "bool_type": _("must be true or false"),
        "int_type": _("must be a whole number"),
        "int_from_float": _("must be a whole number"),
        "float_type": _("must be {kinds}").format(kinds=_("a number")),
        "dict_type": _("must be an object"),
        "model_type": _("must be an object"),
        "extra_forbidden": _("unknown key"),
        _MISSING: _("is missing"),
        "string_type": _("must be a string"),
        "too_short": _("must not be empty"),
        "string_too_short": _("must not be empty"),
        "tuple_type": _("must be an array"),
        "string_pattern_mismatch": _(
            "must not be blank; IDs are lower-case ASCII letters, digits and hyphens"
        ),
    }
    return ours.get(kind) or message
