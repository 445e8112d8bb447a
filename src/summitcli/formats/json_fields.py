"""Reading JSON that may contain anything: a value of the wrong type is reported and taken as empty."""

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
from summitcli.formats.json_shape import LazyList, Shape, load
from summitcli.formats.times import UNREADABLE, read_day, read_instant, read_length
from summitcli.i18n import _
from summitcli.text import strict_json

UNEXPECTED = Kind("{n} value of an unexpected type", "{n} values of an unexpected type")
UNKNOWN = Kind(
    "{n} room, category or speaker that is named but not listed",
    "{n} rooms, categories or speakers that are named but not listed",
)
NAMELESS = Kind("{n} speaker without a name", "{n} speakers without a name")

Value = TypeVar("Value")

_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")
LANGUAGE_TAG = re.compile(r"[a-z]{2}([-_][A-Za-z0-9]{2,8})*")
"""The pattern of language tags such as ``en`` or ``zh-TW``. Other keys have three letters: ``url``."""
_SHOWN = 60

_BUDGETS: Mapping[str, Budget] = {
    "attachments": budgets.LINKS,
    "categories": budgets.LABELS,
    "categoryItems": budgets.LABELS,
    "contributions": budgets.EVENTS,
    "days": budgets.DAYS,
    "events": budgets.EVENTS,
    "items": budgets.LABELS,
    "keywords": budgets.LABELS,
    "links": budgets.LINKS,
    "participants": budgets.PERSONS,
    "persons": budgets.PERSONS,
    "resources": budgets.LINKS,
    "results": budgets.EVENTS,
    "rooms": budgets.ROOMS,
    "session_types": budgets.TRACKS,
    "sessions": budgets.EVENTS,
    "speakers": budgets.PERSONS,
    "tags": budgets.LABELS,
    "talks": budgets.EVENTS,
    "tracks": budgets.TRACKS,
}
"""The limits on the number of entries of lists, by the list's key. Other lists have no limit."""

LARGE_DOCUMENT = 1_000_000
"""The largest document, in bytes, that is decoded as a whole. Decoding a document in pieces is slower."""
LIST_TYPES = list, LazyList

IDENTIFIERS = ("guid", "slug", "code", "id")
"""The keys at which a room, track or person may have an identifier, by which events refer to it."""


def looks_like_object(data: bytes) -> bool:
    """Return whether the bytes begin like a JSON object."""
    return _OBJECT.match(data) is not None


def looks_like_array(data: bytes) -> bool:
    """Return whether the bytes begin like a JSON array."""
    return _ARRAY.match(data) is not None


def decode(data: bytes, name: str, shape: Shape) -> dict[str, Any]:
    """Return the JSON document in ``data``, which must be an object; see :func:`decode_any`.

    Raises:
        InvalidSchedule: the document is not JSON, or not an object.
    """
    document = decode_any(data, name, shape)
    if not isinstance(document, dict):
        raise InvalidSchedule(name, [("", _("must be an object"))])
    return document


def decode_any(data: bytes, name: str, shape: Shape) -> Any:
    """Return the JSON document in ``data``. It may be of any type.

    Args:
        data: the document.
        name: the source's name, for messages.
        shape: the places of the lists that stay undecoded if the document is large.

    Raises:
        InvalidSchedule: the document is not JSON.
    """
    try:
        document = _large(data, shape) if len(data) > LARGE_DOCUMENT else None
        return strict_json.loads(data.removeprefix(BOM_UTF8)) if document is None else document
    except strict_json.NotJson as error:
        raise InvalidSchedule(name, [("", str(error))], error.place) from None


def _large(data: bytes, shape: Shape) -> Any:
    """Return a document without decoding the lists that ``shape`` selects; None if it is not valid."""
    texts: dict[str, str] = {}

    def start(entry: Any) -> str | None:
        text = entry.get("start") if isinstance(entry, dict) else None
        return texts.setdefault(text, text) if isinstance(text, str) else None

    try:
        return load(data, shape, start)
    except (ValueError, RecursionError):
        # Decoding as a whole reports what is wrong.
        return None


def starts(entries: Sequence[Any] | LazyList) -> Iterator[str]:
    """Yield the value of ``start`` of each entry of a list, if it is a text."""
    if isinstance(entries, LazyList):
        return (start for start in entries.summaries if start is not None)
    found = (entry.get("start") for entry in entries if isinstance(entry, dict))
    return (text for text in found if isinstance(text, str))


def require(value: Any, kind: type, path: str, name: str) -> Any:
    """Return ``value``, after checking that it is of the type ``kind``, which is list or dict.

    Raises:
        InvalidSchedule: the value is None, or of another type.
    """
    if isinstance(value, LIST_TYPES if kind is list else kind):
        return value
    must = _("must be an array") if kind is list else _("must be an object")
    raise InvalidSchedule(name, [(path, _("is missing") if value is None else must)])


class Fields:
    """A reader of the fields of one JSON object. A field that is missing or null is read as empty.

    Args:
        values: the object.
        where: the path of the object in the document, such as ``conference.days[0]``, for findings.
        findings: collects the problems that are found.
        spending: counts what is read of the document, to limit its size.
        language: the preferred language of texts; English is the second choice, then any language.
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
        """Return the value at ``key`` unchanged, of whatever type it is; None if it is missing."""
        return self._values.get(key)

    def has_any(self, keys: Sequence[str]) -> bool:
        """Return whether there is a value at any of ``keys`` that is not empty."""
        return any(map(self._values.get, keys))

    def text(self, key: str) -> str:
        """Return the text at ``key``; if it is in several languages, the text in the preferred language."""
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
        """Return the texts at ``keys``. This is faster than calling :meth:`text` for each."""
        get = self._values.get
        return [value if isinstance(value := get(key), str) else self.text(key) for key in keys]

    def labels(self, keys: Sequence[str]) -> list[str]:
        """Return the texts or numbers at ``keys``, as texts. It is faster than calling :meth:`label`."""
        return [value if isinstance(value := self._values.get(key), str) else self.label(key) for key in keys]

    def first(self, *keys: str) -> str:
        """Return the first text at one of ``keys`` that is not empty (see :meth:`text`); empty if all are."""
        for key in keys:
            if self._values.get(key) is not None and (text := self.text(key)):
                return text
        return ""

    def languages(self, key: str) -> Mapping[str, str]:
        """Return the texts by language at ``key``, such as ``{"zh": "开幕式"}``; empty if there are none."""
        value = self._values.get(key)
        if not isinstance(value, dict) or not _is_by_language(value):
            return {}
        return {tag.replace("_", "-"): text for tag, text in value.items() if text}

    def in_languages(self, key: str) -> dict[str, str]:
        """Return ``{"zh": "开幕式"}`` for the key ``title`` in the object ``{"zh": {"title": "开幕式"}}``."""
        found = {}
        for tag, value in self._values.items():
            if (
                isinstance(value, dict)
                and LANGUAGE_TAG.fullmatch(tag)
                and (text := self.child(tag).text(key)).strip()
            ):
                found[tag.replace("_", "-")] = text
        return found

    def label(self, key: str) -> str:
        """Return the text at ``key``, such as an ID or a version. A number is converted to text."""
        value = self._values.get(key)
        if isinstance(value, str):
            return value
        return "" if value is None else _number(value) or self.text(key)

    def named(self, key: str, known: Mapping[str, str]) -> str:
        """Return the name, such as a room's, to which the value at ``key`` refers; empty if there is none.

        The value is the name, an identifier, or an object with one of them. ``known`` has names by
        identifier.
        """
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
        """Return the name of the room, person or the like that this object describes; empty if unknown.

        The name is at one of the keys ``names``, or is in ``known`` under the object's identifier.
        """
        name = next(filter(None, map(self.label, names)), "")
        identifiers = (known.get(self.label(key), "") for key in IDENTIFIERS)
        return name or next(filter(None, identifiers), "")

    def flag(self, key: str) -> bool | None:
        """Return the Boolean at ``key``; None if it is missing or unreadable. It may be a text ("true")."""
        value = self._values.get(key)
        if isinstance(value, str):
            value = {"true": True, "false": False, "": None}.get(value.lower(), value)
        if value is None or isinstance(value, bool):
            return value
        self.note(UNEXPECTED, key)
        return None

    def day(self, key: str, zone: tzinfo | None = None) -> date | None:
        """Return the date at ``key``; see :func:`summitcli.formats.times.read_day`."""
        text = self.text(key)
        return self._noted(read_day(text, zone), key, text)

    def instant(self, key: str) -> datetime | None:
        """Return the date and time at ``key``; see :func:`summitcli.formats.times.read_instant`."""
        if self._values.get(key) is None:
            return None
        text = self.text(key)
        return self._noted(read_instant(text), key, text)

    def length(self, key: str) -> timedelta | None:
        """Return the duration at ``key``; see :func:`summitcli.formats.times.read_length`."""
        text = self.text(key)
        return self._noted(read_length(text), key, text)

    def child(self, key: str) -> "Fields":
        """Return a reader of the object at ``key``; if there is no object, a reader of an empty one."""
        value = self._values.get(key)
        if not isinstance(value, dict):
            if value is not None:
                self.note(UNEXPECTED, key)
            value = {}
        return self.fields_of(value, self._place(key))

    def listed(self, *keys: str) -> tuple[str, Sequence[Any] | LazyList]:
        """Return the first of ``keys`` that has a list with entries, and this list; else ``("", ())``.

        Raises:
            InvalidSchedule: the document has more entries than allowed.
        """
        for key in keys:
            value = self._values.get(key)
            if value and isinstance(value, LIST_TYPES):
                if budget := _BUDGETS.get(key):
                    self.spend(budget, len(value))
                return key, value
            if value is not None and not isinstance(value, LIST_TYPES):
                self.note(UNEXPECTED, key)
        return "", ()

    def entries(self, *keys: str) -> Iterator[tuple[Any, str]]:
        """Yield the entries of the list that :meth:`listed` finds, with their paths; skip nulls."""
        key, values = self.listed(*keys)
        place = self._place(key)
        return ((entry, f"{place}[{i}]") for i, entry in enumerate(values) if entry is not None)

    def children(self, *keys: str) -> Iterator["Fields"]:
        """Yield a reader of each object in a list (see :meth:`entries`); report entries of other types."""
        for entry, place in self.entries(*keys):
            if isinstance(entry, dict):
                yield self.fields_of(entry, place)
            else:
                self._findings.add(UNEXPECTED, place)

    def fields_of(self, values: Mapping[str, Any], where: str) -> "Fields":
        """Return a reader of another object of the same document, ``values``, whose path is ``where``."""
        return Fields(values, where, self._findings, self._spending, self._language)

    def spend(self, budget: Budget, number: int) -> None:
        """Count ``number`` more things that ``budget`` limits; raise InvalidSchedule if they are too many."""
        self._spending.spend(budget, number)

    def note(self, kind: Kind, key: str = "", value: str = "") -> None:
        """Add a finding about the field ``key`` and its ``value``; without a key, about the whole object."""
        self._findings.add(kind, self._place(key) if key else self.where, value=value[:_SHOWN])

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def _noted(self, value: Value | None, key: str, text: str) -> Value | None:
        """Return ``value``, which was read from ``text``; add a finding if it could not be read (is None)."""
        if value is None and text.strip():
            self.note(UNREADABLE, key, text)
        return value


class NamedEntry(NamedTuple):
    """A room, a track or a person in a list of the conference, to which events can refer."""

    name: str
    slug: str
    identifiers: tuple[str, ...]
    fields: Fields


def read_named_entries(fields: Fields, key: str, names: Sequence[str] = ("name",)) -> list[NamedEntry]:
    """Return the entries of the list at ``key`` (rooms, tracks or persons) that have a name.

    An entry is a name, or an object with a name at one of the keys ``names``.
    """
    found = []
    for entry, where in fields.entries(key):
        if not isinstance(entry, dict | str):
            fields.fields_of({}, where).note(UNEXPECTED)
            continue
        values = fields.fields_of({names[0]: entry} if isinstance(entry, str) else entry, where)
        name = next(filter(None, map(values.label, names)), "")
        if name.strip():
            slug = values.label("slug")
            others = (values.label(key) for key in IDENTIFIERS if key != "slug")
            identifiers = tuple(filter(None, (slug, *others)))
            found.append(NamedEntry(name, slug, identifiers, values))
    return found


def names_by_identifier(entries: Sequence[NamedEntry]) -> dict[str, str]:
    """Return ``{"r1": "Ada", "Ada": "Ada"}`` for an entry with the identifier ``r1`` and the name ``Ada``."""
    found: dict[str, str] = {}
    for entry in entries:
        for identifier in entry.identifiers:
            found.setdefault(identifier, entry.name)
    return {**found, **{entry.name: entry.name for entry in entries}}


def quoted(key: str) -> str:
    """Return ``key`` as it is written in a path: ``["Ada"]`` for ``Ada``."""
    return f"[{json.dumps(key, ensure_ascii=False)}]"


def _is_by_language(value: Any) -> TypeGuard[dict[str, str | None]]:
    """Return whether a value is an object such as ``{"en": "…", "zh": null}``: texts or nulls by language."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(LANGUAGE_TAG.fullmatch(tag) and isinstance(text, str | None) for tag, text in value.items())
    )


def _number(value: Any) -> str:
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
