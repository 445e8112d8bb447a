"""Checks of the values of a file; each names the place of the one that is wrong."""

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
"""In which a day has one before and one after it, in whatever zone."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOCK = re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]")

Value = TypeVar("Value")


class Parts(Iterable[object]):
    """The values of a list that is too large to be decoded as a whole."""


class Fault(ValueError):
    """A fault of a value, with its place as far as that is known by now."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        pair = _("{path}: {reason}")
        super().__init__(pair.format(path=where.removeprefix("."), reason=reason) if where else reason)

    def within(self, outer: str) -> Fault:
        """Return the same fault with the place of what the value is in."""
        return Fault(outer + self.where, self.reason)


def check_keys(value: Any, needed: frozenset[str]) -> None:
    """Raise Fault unless ``value`` is an object with these keys."""
    if not isinstance(value, dict):
        raise Fault("", _("must be an object"))
    if missing := needed - value.keys():
        raise Fault("", _('the key "{key}" is missing').format(key=min(missing)))


def unknown_keys(value: dict[str, Any], known: frozenset[str]) -> tuple[tuple[str, Any], ...]:
    """Return the keys that are not known, with their values, in their order.

    Raises:
        Fault: a value could not be written again.
    """
    if value.keys() <= known:
        return ()
    found = tuple((key, value[key]) for key in value if key not in known)
    for key, one in found:
        try:
            json.dumps((key, one), allow_nan=False)
        except (ValueError, RecursionError):
            # A number beyond all bounds is read as infinite.
            raise Fault(f".{key}", _("can't be kept")) from None
    return found


def text(value: dict[str, Any], key: str) -> str:
    """Return the text of a key.

    Raises:
        Fault: it is none, or not one that can be written in UTF-8.
    """
    try:
        return plain_text(value[key])
    except Fault as fault:
        raise fault.within(f".{key}") from None


def text_or_none(value: dict[str, Any], key: str) -> str | None:
    """Return the text of a key, None where there is none.

    Raises:
        Fault: it is anything else.
    """
    return None if value.get(key) is None else text(value, key)


def whole_number(value: dict[str, Any], key: str) -> int:
    """Return the number of a key, see :func:`plain_number`, and 0 where there is no such key.

    Raises:
        Fault: it is none.
    """
    try:
        return plain_number(value.get(key, 0))
    except Fault as fault:
        raise fault.within(f".{key}") from None


def plain_number(value: Any) -> int:
    """Return a value that is a whole number from 0 up, and no larger than calendars have.

    Raises:
        Fault: it is none.
    """
    if type(value) is not int or not 0 <= value <= MAX_INTEGER:
        raise Fault("", _("must be a whole number from 0 to {n}").format(n=MAX_INTEGER))
    return value


def member(value: dict[str, Any], key: str, members: tuple[str, ...]) -> Any:
    """Return the value of a key, the first of ``members`` where there is no such key.

    Raises:
        Fault: it is none of them.
    """
    found = value.get(key, members[0])
    if not isinstance(found, str) or found not in members:
        raise Fault(f".{key}", _("must be one of {values}").format(values=_(", ").join(members)))
    return found


def items(value: dict[str, Any], key: str, item: Callable[[Any], Value]) -> tuple[Value, ...]:
    """Return the values of a list, each as ``item`` reads it; none where there is no such key.

    Raises:
        Fault: it is no list, or one of its values is wrong.
    """
    found = value.get(key, [])
    if not isinstance(found, list | Parts):
        raise Fault(f".{key}", _("must be an array"))
    read: list[Value] = []
    for one in found:
        try:
            read.append(item(one))
        except Fault as fault:
            raise fault.within(f".{key}[{len(read)}]") from None
    return tuple(read)


def plain_text(value: Any) -> str:
    """Return a value that is text.

    Raises:
        Fault: it is none, or not one that can be written in UTF-8.
    """
    # JSON may hold half of a surrogate pair, which no file in UTF-8 can.
    if not isinstance(value, str) or _SURROGATE.search(value):
        raise Fault("", _("must be a string"))
    return value


def day(value: Any) -> str:
    """Return an ISO date.

    Raises:
        Fault: it is none.
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
    """Return the ISO date of a key.

    Raises:
        Fault: it is none.
    """
    try:
        return day(value[key])
    except Fault as fault:
        raise fault.within(f".{key}") from None


def clock_time(value: dict[str, Any], key: str) -> str | None:
    """Return the time of day of a key, None where there is none.

    Raises:
        Fault: it is anything else.
    """
    found = value.get(key)
    if found is None or (isinstance(found, str) and _CLOCK.fullmatch(found)):
        return found
    raise Fault(f".{key}", _("must be a time such as {time}").format(time="09:30"))


def is_instant(value: Any) -> bool:
    """Return whether a value is a time with its offset from UTC."""
    return isinstance(value, str) and _is_instant(value)


@lru_cache(maxsize=10_000)
def _is_instant(text: str) -> bool:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return False
    return instant.tzinfo is not None and instant.year in _YEARS


def instant(value: dict[str, Any], key: str) -> str:
    """Return the time of a key, with its offset from UTC.

    Raises:
        Fault: it is none.
    """
    if not is_instant(value[key]):
        raise Fault(f".{key}", _("must be a time with its offset from UTC"))
    found: str = value[key]
    return found
