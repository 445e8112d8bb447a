"""Our own format: the JSON of :class:`summitcli.model.Schedule`, as in ``docs/schedule.schema.json``."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from summitcli.budgets import EVENTS, LINKS, PERSONS, Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import ListedSessions, Parsed
from summitcli.formats.places import Step, write_path
from summitcli.formats.streamed_json import places
from summitcli.i18n import _
from summitcli.model import Schedule, Session, SessionCheck, ValuePath
from summitcli.sources.source import Hints
from summitcli.text import strict_json

_MARK = re.compile(rb'"format"\s*:\s*"summit-schedule/([0-9]*)')
_VERSION = b"1"

Model = TypeVar("Model", bound=BaseModel)

MOST_VALUES = 100_000
"""How many values a session may hold, and how many all that is not the sessions."""
MOST_FAULTS = 10_000
"""About how many faults are told of a document that has more."""

_MISSING = "missing"
_QUOTED = re.compile(r"'([^']*)'")


def detect(data: bytes) -> bool:
    """Whether the bytes are a JSON object with the mark of our own format."""
    return data.removeprefix(BOM_UTF8).lstrip()[:1] == b"{" and _MARK.search(data) is not None


def parse(data: bytes, name: str, hints: Hints) -> Parsed:  # noqa: ARG001
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it is not JSON, or not what the model asks for; every fault with its path. It holds
            more than :mod:`summitcli.budgets` allows. What is wrong with a session shows when they are gone
            through.
    """
    try:
        strict_json.check_budget(data)
        sessions = _Sessions(data.removeprefix(BOM_UTF8), name)
    except (ValueError, RecursionError):
        # All that is wrong is to be said, wherever it is.
        return read_whole(data, name)
    return Parsed(sessions.outline, sessions, Findings())


def read_whole(data: bytes, name: str) -> Parsed:
    """The same, decoded at once; every fault is found.

    Raises:
        InvalidSchedule: as for :func:`parse`, and of all sessions.
    """
    mark = _MARK.search(data)
    if mark and mark[1] != _VERSION:
        fault = _("it is written for another version of this program, which may read it")
        raise InvalidSchedule(name, [("format", fault)])
    data = data.removeprefix(BOM_UTF8)
    try:
        document = strict_json.loads(data)
    except strict_json.NotJson as error:
        raise InvalidSchedule(name, [("", str(error))], error.place) from None
    try:
        reading = _Reading(document, Spending(name, len(data)))
        sessions = tuple(reading.sessions())
    except RecursionError:
        # It was decoded with less below it on the stack.
        raise InvalidSchedule(name, [("", _("it is nested too deeply"))]) from None
    if reading.outline is None or reading.faults:
        raise InvalidSchedule(name, reading.faults)
    return Parsed(reading.outline, ListedSessions(sessions), Findings())


class _Sessions:
    """The sessions of a file, each validated when it comes.

    The file is held as a text with a character for each byte. The structure of JSON does not mind: its marks
    are ASCII, which no byte of a longer UTF-8 sequence is.

    Raises:
        ValueError: the file is no schedule, or has no list of sessions.
    """

    def __init__(self, data: bytes, name: str) -> None:
        if not data.isascii():
            data.decode()
        self._name = name
        self._text = data.decode("latin-1")
        del data
        self._places = places(self._text, "sessions")
        begin, end = self._places.begin, self._places.end
        rest = f"{self._text[:begin]}[]{self._text[end:]}"
        self.outline = _validated(Schedule, rest.encode("latin-1"))

    def __iter__(self) -> Iterator[Session]:
        check = SessionCheck(self.outline)
        spending = Spending(self._name, len(self._text))
        for number, (begin, end) in enumerate(self._places.entries()):
            try:
                session = _validated(Session, self._text[begin:end].encode("latin-1"))
                if faults := check.faults(number, session):
                    raise ValidationError.from_exception_data("Session", faults)
            except (ValueError, RecursionError):
                # All that is wrong is to be said.
                read_whole(self._text.encode("latin-1"), self._name)
                raise
            _count(session, spending)
            yield session

    def __len__(self) -> int:
        return len(self._places)

    def ids(self) -> Sequence[str]:
        """Return the id of each, in order."""
        return [session.id for session in self]


def _count(session: Session, spending: Spending) -> None:
    """Count what a session holds.

    Raises:
        InvalidSchedule: with it, the file holds more of something than it may.
    """
    spending.spend(EVENTS, len(session.slots))
    spending.spend(PERSONS, len(session.speakers))
    spending.spend(LINKS, len(session.links))


def _validated(model: type[Model], data: bytes) -> Model:
    """A piece of a document as a model.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested too deeply to be counted.
    """
    if _crowded(data):
        raise ValueError(model.__name__)
    return model.model_validate_json(data)


class _Reading:
    """A document validated piece by piece, and what is wrong with it: each place once, with the reason."""

    def __init__(self, document: dict[str, Any], spending: Spending) -> None:
        self._document = document
        self._spending = spending
        self.faults: list[tuple[str, str]] = []
        listed = document.get("sessions")
        self._entries: list[Any] = listed if isinstance(listed, list) else []
        rest = {**document, "sessions": []} if isinstance(listed, list) else document
        self.outline = self._piece(Schedule, rest, ())

    def sessions(self) -> Iterator[Session]:
        """The sessions that are right, as long as not too many are wrong."""
        check = SessionCheck(self.outline) if self.outline else None
        for number, entry in enumerate(self._entries):
            if len(self.faults) >= MOST_FAULTS:
                more = _("there is more, which is not looked at after {n} faults").format(n=MOST_FAULTS)
                self.faults[MOST_FAULTS:] = [("", more)]
                return
            session = self._piece(Session, entry, ("sessions", number))
            if session is None:
                continue
            _count(session, self._spending)
            if check and (faults := check.faults(number, session)):
                self._tell(ValidationError.from_exception_data("Session", faults))
            yield session

    def _piece(self, model: type[Model], content: object, where: ValuePath) -> Model | None:
        """``content`` as a model; None where it is none, and then it is told why."""
        data = json.dumps(content).encode()
        if _crowded(data):
            much = _("must not hold more than {n} values").format(n=MOST_VALUES)
            self.faults.append((write_path(where), much))
            return None
        try:
            return model.model_validate_json(data)
        except ValidationError as error:
            self._tell(error, where)
            return None

    def _tell(self, error: ValidationError, where: ValuePath = ()) -> None:
        faults = [{**fault, "loc": (*where, *fault["loc"])} for fault in error.errors(include_url=False)]
        self.faults += _told(faults, self._document)


def _crowded(data: bytes) -> bool:
    """Whether a piece of a document holds more values than any has.

    pydantic remembers all that is wrong before it says anything: of what is nothing but wrong, that takes a
    thousand times its memory.
    """
    return data.count(b",") > MOST_VALUES and _values(json.loads(data)) > MOST_VALUES


def _values(content: object) -> int:
    """How many values there are in ``content``, itself among them."""
    if isinstance(content, dict):
        content = [*content.values()]
    return 1 + sum(map(_values, content)) if isinstance(content, list) else 1


def _told(faults: Iterable[Mapping[str, Any]], document: Any) -> list[tuple[str, str]]:
    """pydantic's errors as places in the document, each once, with the reason."""
    found: dict[str, str] = {}
    for fault in faults:
        path = _path(fault["loc"], document, fault["type"] == _MISSING)
        found.setdefault(path, _reason(fault["type"], fault["msg"], fault.get("ctx", {})))
    # Of a list whose entries have failed pydantic also says that it is short of entries, and of what can be
    # of two types that it is not of the other.
    deeper = {path[:place] for path in found for place, mark in enumerate(path) if mark in ".["}
    return [(path, reason) for path, reason in found.items() if path not in deeper]


def _path(location: Sequence[int | str], document: Any, missing: bool) -> str:
    """A place in the document as people write it: ``sessions[3].slots[0].day``.

    What pydantic adds to say which of several types it tried is left out: it names nothing in the document.
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
    return write_path(path)


def _reason(kind: str, message: str, words: Mapping[str, Any]) -> str:
    """What is wrong, in the words of who writes schedules; pydantic's own where we have none.

    Args:
        kind: the type of pydantic's error.
        message: its sentence, which is ours where the model found the fault.
        words: what the sentence is filled in with.
    """
    if kind.startswith("datetime") or kind == "timezone_aware":
        return _("must be a time with its offset from UTC, such as {example}").format(
            example="2022-07-23T09:00:00+08:00"
        )
    if kind.startswith("date"):
        return _("must be a day such as {day}").format(day="2022-07-23")
    if kind == "json_invalid":
        # What comes to pydantic is JSON, but it goes less deep than Python, and takes no halves of letters.
        if "recursion" in message:
            return _("it is nested too deeply")
        return _("a letter is written as one half of a surrogate pair, such as \\ud83d, without the other")
    if kind == "string_too_long":
        return _("must not be longer than {n} letters").format(n=words["max_length"])
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
        "extra_forbidden": _("this key is not known"),
        _MISSING: _("is missing"),
        "string_type": _("must be text"),
        "too_short": _("must not be empty"),
        "string_too_short": _("must not be empty"),
        "tuple_type": _("must be a list"),
        "string_pattern_mismatch": _(
            "must not be blank, and an id is small ASCII letters, digits and hyphens"
        ),
    }
    return ours.get(kind) or message
