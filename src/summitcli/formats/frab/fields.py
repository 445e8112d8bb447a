"""JSON that may hold anything anywhere, read without ever failing: what is odd is a finding and counts as
empty.
"""

import json
import math
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple, TypeGuard, TypeVar

from summitcli import budgets
from summitcli.budgets import Budget, Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.json_shape import LongList, Shape, load
from summitcli.formats.times import UNREADABLE, read_day, read_instant, read_length
from summitcli.i18n import _
from summitcli.text import strict_json

UNEXPECTED = Kind("{n} value of an unexpected kind", "{n} values of an unexpected kind")
UNKNOWN = Kind(
    "{n} reference to what is not in the schedule", "{n} references to what is not in the schedule"
)

Value = TypeVar("Value")

_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_TAG = re.compile(r"[a-z]{2}([-_][A-Za-z0-9]{2,8})*")
"""Language tags whose language has two letters, as all do that schedules are published in; longer ones can't
be told from the names of other keys."""
_SHOWN = 60
"""How many characters of an odd text a finding shows."""

_BUDGETS: Mapping[str, Budget] = {
    "attachments": budgets.LINKS,
    "days": budgets.DAYS,
    "events": budgets.EVENTS,
    "links": budgets.LINKS,
    "participants": budgets.PERSONS,
    "persons": budgets.PERSONS,
    "rooms": budgets.ROOMS,
    "speakers": budgets.PERSONS,
    "talks": budgets.EVENTS,
    "tracks": budgets.TRACKS,
}
"""What the entries of a list are counted as; those of others are only counted as values."""

LARGE = 1_000_000
"""In bytes. Smaller documents are decoded at once, which takes less time."""
LISTS = list, LongList

IDENTIFIERS = ("guid", "slug", "code", "id")
"""The keys by which one part of a schedule names another."""


def looks_like_object(data: bytes) -> bool:
    """Whether the bytes begin as a JSON object does."""
    return _OBJECT.match(data) is not None


def decode(data: bytes, name: str, shape: Shape) -> dict[str, Any]:
    """The object that is the document.

    Args:
        data: the document.
        name: what it is called in messages.
        shape: says which lists of a large document are not decoded with it; of each of their entries the text
            of the field ``start`` is kept.

    Raises:
        InvalidSchedule: it is not JSON, or no object.
    """
    try:
        document = _large(data, shape) if len(data) > LARGE else None
        if document is None:
            document = strict_json.loads(data.removeprefix(BOM_UTF8))
    except strict_json.NotJson as error:
        raise InvalidSchedule(name, [("", str(error))], error.place) from None
    if not isinstance(document, dict):
        raise InvalidSchedule(name, [("", _("must be an object"))])
    return document


def _large(data: bytes, shape: Shape) -> Any:
    """Return a document with lists of that shape where they are; None where anything is wrong with it."""
    texts: dict[str, str] = {}

    def start(entry: Any) -> str | None:
        text = entry.get("start") if isinstance(entry, dict) else None
        return texts.setdefault(text, text) if isinstance(text, str) else None

    try:
        return load(data, shape, start)
    except (ValueError, RecursionError):
        # What is wrong is said of the whole.
        return None


def starts(entries: Sequence[Any] | LongList) -> Iterator[str]:
    """Yield the texts of the field ``start`` of the entries of a list that have one."""
    if isinstance(entries, LongList):
        return (gist for gist in entries.gists if gist is not None)
    found = (entry.get("start") for entry in entries if isinstance(entry, dict))
    return (text for text in found if isinstance(text, str))


def required(value: Any, kind: type, path: str, name: str) -> Any:
    """``value``, which must be a list or an object.

    Raises:
        InvalidSchedule: it is neither there nor of that kind.
    """
    if isinstance(value, LISTS if kind is list else kind):
        return value
    must = _("must be a list") if kind is list else _("must be an object")
    raise InvalidSchedule(name, [(path, _("is missing") if value is None else must)])


class Fields:
    """The fields of one JSON object. Any may be missing or null, which is as good as empty.

    Args:
        values: the object itself.
        where: its place in the document, for findings.
        findings: where to note what is odd.
        spending: where to count what the document holds.
        language: which of several languages is preferred; empty for English, else the first.
    """

    __slots__ = ("_findings", "_language", "_spending", "_values", "where")

    def __init__(
        self,
        values: Mapping[str, Any],
        where: str,
        findings: Findings,
        spending: Spending,
        language: str = "",
    ) -> None:
        self._values = values
        self.where = where
        self._findings = findings
        self._spending = spending
        self._language = language

    def raw(self, key: str) -> Any:
        """The value itself, of whatever kind."""
        return self._values.get(key)

    def text(self, key: str) -> str:
        """A text, or the preferred one of a map of languages."""
        value = self._values.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        texts = self.languages(key)
        if not texts and not _is_by_language(value):
            self.note(UNEXPECTED, key)
        return texts.get(self._language) or texts.get("en") or next(iter(texts.values()), "")

    def texts(self, keys: Sequence[str]) -> list[str]:
        """Return what :meth:`text` does of each of some keys; nearly all are texts, and are not asked for."""
        values = map(self._values.get, keys)
        return [
            value if isinstance(value, str) else self.text(key)
            for key, value in zip(keys, values, strict=True)
        ]

    def labels(self, keys: Sequence[str]) -> list[str]:
        """Return what :meth:`label` does of each of some keys."""
        values = map(self._values.get, keys)
        return [
            value if isinstance(value, str) else self.label(key)
            for key, value in zip(keys, values, strict=True)
        ]

    def first(self, *keys: str) -> str:
        """Return the first text that is not empty under some keys, as :meth:`text` reads them."""
        for key in keys:
            if self._values.get(key) is not None and (text := self.text(key)):
                return text
        return ""

    def languages(self, key: str) -> Mapping[str, str]:
        """The texts of a map of languages, by tag; none where it is no such map."""
        value = self._values.get(key)
        if not isinstance(value, dict) or not _is_by_language(value):
            return {}
        return {tag.replace("_", "-"): text for tag, text in value.items() if text}

    def label(self, key: str) -> str:
        """A text that may be written as a number, such as an id or a version."""
        value = self._values.get(key)
        if isinstance(value, str):
            return value
        return "" if value is None else _number(value) or self.text(key)

    def named(self, key: str, known: Mapping[str, str]) -> str:
        """The name of a thing: as text, as an object with a name, or by one of its ``known`` identifiers."""
        value = self._values.get(key)
        if isinstance(value, str):
            return known.get(value, value)
        if not isinstance(value, dict) or _is_by_language(value):
            label = self.label(key)
            return known.get(label, label)
        name = self.child(key).own_name(known)
        if value and not name:
            self.note(UNKNOWN, key)
        return name

    def own_name(self, known: Mapping[str, str], names: Sequence[str] = ("name",)) -> str:
        """The name in these fields, under any of the keys ``names``, else the one ``known`` by one of the
        identifiers in them; empty where there is neither.
        """
        name = next(filter(None, map(self.label, names)), "")
        identifiers = (known.get(self.label(key), "") for key in IDENTIFIERS)
        return name or next(filter(None, identifiers), "")

    def flag(self, key: str) -> bool | None:
        """True or false, also where they are written as text."""
        value = self._values.get(key)
        if isinstance(value, str):
            value = {"true": True, "false": False, "": None}.get(value.lower(), value)
        if value is None or isinstance(value, bool):
            return value
        self.note(UNEXPECTED, key)
        return None

    def day(self, key: str, zone: tzinfo | None = None) -> date | None:
        """A day; see :func:`summitcli.formats.times.read_day`."""
        text = self.text(key)
        return self._noted(read_day(text, zone), key, text)

    def instant(self, key: str) -> datetime | None:
        """A time on a day; see :func:`summitcli.formats.times.read_instant`."""
        if self._values.get(key) is None:
            return None
        text = self.text(key)
        return self._noted(read_instant(text), key, text)

    def length(self, key: str) -> timedelta | None:
        """A length; see :func:`summitcli.formats.times.read_length`."""
        text = self.text(key)
        return self._noted(read_length(text), key, text)

    def child(self, key: str) -> "Fields":
        """The fields of an object within this one."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.note(UNEXPECTED, key)
            value = {}
        return self.like(value, self._place(key))

    def entries(self, *keys: str) -> Iterator[tuple[Any, str]]:
        """Each entry of the first of these lists that has any, with its place; nulls are left out.

        Raises:
            InvalidSchedule: the document holds more of them than it may.
        """
        for key in keys:
            value = self._values.get(key)
            if isinstance(value, LISTS):
                if not value:
                    continue
                if budget := _BUDGETS.get(key):
                    self.spend(budget, len(value))
                place = self._place(key)
                yield from ((entry, f"{place}[{i}]") for i, entry in enumerate(value) if entry is not None)
                return
            if value is not None:
                self.note(UNEXPECTED, key)

    def children(self, *keys: str) -> Iterator["Fields"]:
        """Each object of such a list; other entries are findings."""
        for entry, place in self.entries(*keys):
            if isinstance(entry, dict):
                yield self.like(entry, place)
            else:
                self._findings.add(UNEXPECTED, place)

    def like(self, values: Mapping[str, Any], where: str) -> "Fields":
        """Other fields of the same document."""
        return Fields(values, where, self._findings, self._spending, self._language)

    def spend(self, budget: Budget, number: int) -> None:
        """Count ``number`` things that the document holds.

        Raises:
            InvalidSchedule: it holds more of them than it may.
        """
        self._spending.spend(budget, number)

    def note(self, kind: Kind, key: str = "", value: str = "") -> None:
        """Note that something is odd about the field ``key``, or about the whole."""
        self._findings.add(kind, self._place(key) if key else self.where, value=value[:_SHOWN])

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _noted(self, value: Value | None, key: str, text: str) -> Value | None:
        """``value``; that it can't be told from a ``text`` that is not blank is noted."""
        if value is None and text.strip():
            self.note(UNREADABLE, key, text)
        return value


class Thing(NamedTuple):
    """Something with a name that events refer to: a room, a track, a person."""

    name: str
    slug: str
    identifiers: tuple[str, ...]
    fields: Fields


def read_things(fields: Fields, key: str, names: Sequence[str] = ("name",)) -> list[Thing]:
    """The things in a list that have a name, under any of the keys ``names``; a text alone is a name."""
    things = []
    for entry, where in fields.entries(key):
        if not isinstance(entry, dict | str):
            fields.like({}, where).note(UNEXPECTED)
            continue
        thing = fields.like({names[0]: entry} if isinstance(entry, str) else entry, where)
        name = next(filter(None, map(thing.label, names)), "")
        if name.strip():
            slug = thing.label("slug")
            others = (thing.label(key) for key in IDENTIFIERS if key != "slug")
            identifiers = tuple(filter(None, (slug, *others)))
            things.append(Thing(name, slug, identifiers, thing))
    return things


def names_by_identifier(things: Sequence[Thing]) -> dict[str, str]:
    """The name of each thing by each of its identifiers, and by itself, which comes first."""
    found: dict[str, str] = {}
    for thing in things:
        for identifier in thing.identifiers:
            found.setdefault(identifier, thing.name)
    return {**found, **{thing.name: thing.name for thing in things}}


def quoted(key: str) -> str:
    """A key as a place in a document shows it, such as ``["Ada"]``."""
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def _is_by_language(value: Any) -> TypeGuard[dict[str, str | None]]:
    """Whether a value is a map of language tags to texts, of which some may be null."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(_TAG.fullmatch(tag) and isinstance(text, str | None) for tag, text in value.items())
    )


def _number(value: Any) -> str:
    """A number as text; empty for anything else, also for one that is infinite."""
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
