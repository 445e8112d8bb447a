"""Values of JSON-LD: each may be a text, an object, a reference, or a list of these."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from summitcli.model import LONGEST_CONFERENCE

Object = Mapping[str, Any]

_TAG = re.compile(r"[a-z]{2}(-[A-Za-z0-9]{2,8})*")
"""The pattern of a key that is a language tag with a language of two letters, such as ``en`` or ``zh-Hans``.

A key that begins with a longer word, such as ``name``, may be a property instead.
"""
_LENGTH = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}(?:\.\d+)?S)?)?")
"""The pattern of a duration (ISO 8601-1 section 5.5.2) in days, hours, minutes and seconds."""
_NAMESPACE = re.compile(r"(?:https?://schema\.org/|schema:)")


def entries(value: Any) -> Iterator[Any]:
    """Yield the values of a property. It may have a single value or a list, which may contain lists."""
    waiting = [value]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting.extend(reversed(entry))
        elif entry is not None:
            yield entry


def text(value: Any) -> str:
    """Return the first text of a property that is not blank; empty if there is none.

    If a value is an object, its text is at ``@value``, ``name`` or ``value``, or at a language tag such as
    ``en``.
    """
    return next(filter(None, map(_text, entries(value))), "")


def languages(value: Any) -> Mapping[str, str]:
    """Return the texts of a property by language tag; an empty mapping if it has only one language."""
    found: dict[str, str] = {}
    for entry in entries(value):
        if not isinstance(entry, dict):
            continue
        tag = entry.get("@language")
        if isinstance(tag, str) and _TAG.fullmatch(tag):
            found.setdefault(tag, _text(entry))
        elif entry and all(_TAG.fullmatch(key) and isinstance(said, str) for key, said in entry.items()):
            # A map of languages (JSON-LD 1.1 section 4.6.2).
            found = {**entry, **found}
    found = {tag: said for tag, said in found.items() if said}
    return found if len(found) > 1 else {}


def kinds(node: Object) -> list[str]:
    """Return the names of an object's types, such as ``Event``, without the URL of schema.org."""
    said = (kind for kind in entries(node.get("@type")) if isinstance(kind, str))
    return [_NAMESPACE.sub("", kind, count=1) for kind in said]


def name_in(value: Any) -> str:
    """Return ``EventCancelled`` for ``https://schema.org/EventCancelled``.

    Return an empty text if ``value`` is not a text.
    """
    return text(value).rstrip("/").rpartition("/")[2].removeprefix("schema:")


def length(value: Any) -> timedelta | None:
    """Return the duration in a text such as ``PT1H30M``.

    Return None if it is invalid, or longer than the longest conference that is supported.
    """
    found = _LENGTH.fullmatch(text(value).strip().upper())
    if not found or not any(found.groups()):
        return None
    days, hours, minutes = (int(number or 0) for number in found.groups())
    whole = timedelta(days=days, hours=hours, minutes=minutes)
    return whole if whole <= LONGEST_CONFERENCE else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        inner = value.get("@value", value.get("name", value.get("value")))
        return _preferred(value) if inner is None else text(inner)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _preferred(value: Object) -> str:
    """Return the English text of a property with texts by language; if there is none, the first text."""
    said = {key: inner for key, inner in value.items() if _TAG.fullmatch(key) and isinstance(inner, str)}
    return (said.get("en") or next(iter(said.values()), "")).strip()
