"""Validation of values read from JSON; each error says where the invalid value is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import MAXYEAR, MINYEAR, date, datetime
from functools import lru_cache

from summitcli.i18n import _
from summitcli.lazy_typing import Any, TypeVar
from summitcli.text.calendar_properties import MAX_INTEGER

_YEARS = range(MINYEAR + 1, MAXYEAR)
"""The years accepted in times: all that Python supports except the first and the last.

A time in those two years could not be converted to every time zone.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOCK = re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]")

Value = TypeVar("Value")


class LazyList(Iterable[object]):
    """A JSON list too large to decode at once; a value is decoded only when an iteration reaches it."""


class Fault(ValueError):
    """The error raised for an invalid value in a JSON document, with its path, such as ``.picks[2].days``."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        pair = _("{path}: {reason}")
        super().__init__(pair.format(path=where.removeprefix("."), reason=reason) if where else reason)

    def within(self, outer: str) -> Fault:
        """Return this error with ``outer`` put before its path.

        ``.days`` within ``.picks[2]`` gives ``.picks[2].days``.
        """
        return Fault(outer + self.where, self.reason)


def check_keys(value: Any, needed: frozenset[str]) -> None:
    """Raise Fault unless ``value`` is a JSON object (a dict) with at least the keys ``needed``."""
    if not isinstance(value, dict):
        raise Fault("", _("must be an object"))
    if missing := needed - value.keys():
        raise Fault("", _('the key "{key}" is missing').format(key=min(missing)))


def unknown_keys(value: dict[str, Any], known: frozenset[str]) -> tuple[tuple[str, Any], ...]:
    """Return the entries of ``value`` whose keys are not in ``known``, as pairs of key and value, in order.

    Raises:
        Fault: the value of an unknown key can't be written back as JSON.
    """
    if value.keys() <= known:
        return ()
    found = tuple((key, value[key]) for key in value if key not in known)
    for key, unknown in found:
        try:
            json.dumps((key, unknown), allow_nan=False)
        except (ValueError, RecursionError):
            # A number too large for a float is read as infinity.
            raise Fault(f".{key}", _("can't be saved")) from None
    return found


def text(value: dict[str, Any], key: str) -> str:
    """Return the string at ``key`` of a JSON object.

    Raises:
        Fault: the value at ``key`` is missing, not a string, or can't be encoded in UTF-8.
    """
    try:
        return plain_text(value[key])
    except Fault as fault:
        raise fault.within(f".{key}") from None


def text_or_none(value: dict[str, Any], key: str) -> str | None:
    """Return the string at ``key`` of a JSON object, or None if the key is missing or its value null.

    Raises:
        Fault: the value at ``key`` is neither a string nor null.
    """
    return None if value.get(key) is None else text(value, key)


def whole_number(value: dict[str, Any], key: str) -> int:
    """Return the integer at ``key`` of a JSON object, or 0 if the key is missing.

    Raises:
        Fault: the value at ``key`` is not an integer from 0 to 2147483647.
    """
    try:
        return plain_number(value.get(key, 0))
    except Fault as fault:
        raise fault.within(f".{key}") from None


def plain_number(value: Any) -> int:
    """Return ``value`` if it is an integer from 0 to 2147483647, the maximum in iCalendar (RFC 5545, 3.3.8).

    Raises:
        Fault: ``value`` is anything else.
    """
    if type(value) is not int or not 0 <= value <= MAX_INTEGER:
        raise Fault("", _("must be an integer from 0 to {n}").format(n=MAX_INTEGER))
    return value


def member(value: dict[str, Any], key: str, members: tuple[str, ...]) -> Any:
    """Return the value at ``key`` of a JSON object if it is one of ``members``.

    Return the first of ``members`` if the key is missing.

    Raises:
        Fault: the value is none of ``members``.
    """
    found = value.get(key, members[0])
    if not isinstance(found, str) or found not in members:
        raise Fault(f".{key}", _("must be one of {values}").format(values=_(", ").join(members)))
    return found


def items(value: dict[str, Any], key: str, item: Callable[[Any], Value]) -> tuple[Value, ...]:
    """Return the list at ``key`` of a JSON object, with each value converted; () if the key is missing.

    Args:
        value: the object.
        key: the key.
        item: the function that checks and converts one value.

    Raises:
        Fault: the value at ``key`` is not a list, or ``item`` raised a Fault for one of its values.
    """
    found = value.get(key, [])
    if not isinstance(found, list | LazyList):
        raise Fault(f".{key}", _("must be an array"))
    read: list[Value] = []
    for entry in found:
        try:
            read.append(item(entry))
        except Fault as fault:
            raise fault.within(f".{key}[{len(read)}]") from None
    return tuple(read)


def plain_text(value: Any) -> str:
    """Return ``value`` if it is a string.

    Raises:
        Fault: ``value`` is not a string, or can't be encoded in UTF-8.
    """
    # A JSON escape can be half of a surrogate pair, which UTF-8 can't encode.
    if not isinstance(value, str) or _SURROGATE.search(value):
        raise Fault("", _("must be a string"))
    return value


def day(value: Any) -> str:
    """Return ``value`` if it is a string with an ISO date, such as ``2022-07-23``.

    Raises:
        Fault: ``value`` is anything else.
    """
    if not isinstance(value, str) or not _is_day(value):
        raise Fault("", _("must be a date such as {day}").format(day="2022-07-23"))
    return value


@lru_cache(maxsize=1000)
def _is_day(text: str) -> bool:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return False
    return found.isoformat() == text and found.year in _YEARS


def day_of(value: dict[str, Any], key: str) -> str:
    """Return the ISO date at ``key`` of a JSON object.

    Raises:
        Fault: the key is missing, or its value is not an ISO date.
    """
    try:
        return day(value[key])
    except Fault as fault:
        raise fault.within(f".{key}") from None


def clock_time(value: dict[str, Any], key: str) -> str | None:
    """Return the time of day (HH:MM) at ``key`` of a JSON object, or None if it is missing or null.

    Raises:
        Fault: the value at ``key`` is anything else.
    """
    found = value.get(key)
    if found is None or (isinstance(found, str) and _CLOCK.fullmatch(found)):
        return found
    raise Fault(f".{key}", _("must be a time such as {time}").format(time="09:30"))


def is_instant(value: Any) -> bool:
    """Return whether ``value`` is an ISO 8601 date and time with a UTC offset."""
    return isinstance(value, str) and _is_instant(value)


@lru_cache(maxsize=10_000)
def _is_instant(text: str) -> bool:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return False
    return instant.tzinfo is not None and instant.year in _YEARS


def instant(value: dict[str, Any], key: str) -> str:
    """Return the time at ``key``, such as ``2022-07-23T09:00+08:00``, exactly as it is written.

    Raises:
        Fault: it is not an ISO 8601 date and time with a UTC offset.
    """
    if not is_instant(value[key]):
        raise Fault(f".{key}", _("must be a time with a UTC offset"))
    found: str = value[key]
    return found
