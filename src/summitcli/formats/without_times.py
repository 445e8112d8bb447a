"""Recognising exports of conference software that have no times, to advise which export to use instead."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from summitcli.i18n import _

_LISTS = ("results", "data", "submissions", "proposals", "talks", "sessions", "speakers")
"""The keys at which an export that is an object may have its list of entries."""
_SAMPLE = 20
"""The number of entries of an export that are examined, from the first on."""
_TIME = re.compile(r"start|begin|date|day|time|when", re.IGNORECASE)
"""The pattern of a key that may have a time, by a word in it."""
_ABOUT_TALKS = frozenset({"abstract", "description", "talk_format", "submission_type", "format", "state"})
_ABOUT_SPEAKERS = frozenset({"biography", "bio", "short_biography", "short-biography", "fullName"})


def describe(document: Any) -> str:
    """Return advice if a JSON document is an export without times; empty for any other document."""
    keys = _keys(document)
    if not keys:
        return ""
    if isinstance(document, dict) and {"startDate", "timezone"} <= keys:
        return _(
            "it is a conference from Indico without its contributions; add `detail=contributions` to the URL"
        )
    if {"code", "title"} <= keys and keys & {"submission_type", "state", "slot", "slots"}:
        return _("it is a list of submissions from pretalx; use the conference's schedule.json")
    if {"code", "name", "biography"} <= keys:
        return _("it is a list of speakers from pretalx; use the conference's schedule.json")
    if {"fullName", "tagLine"} <= keys:
        return _("it is a list of speakers from Sessionize; use its view All or GridSmart")
    if keys & {"short_biography", "short-biography"}:
        return _("it is a list of speakers from eventyay; use eventyay's list of sessions instead")
    if any(map(_TIME.search, keys)):
        return ""
    if "title" in keys and keys & _ABOUT_TALKS:
        return _("it looks like a list of submissions, which has no times; use the schedule instead")
    if keys & {"name", "fullName"} and keys & _ABOUT_SPEAKERS:
        return _("it looks like a list of speakers, which has no times; use the schedule instead")
    return ""


def _keys(document: Any) -> frozenset[str]:
    """Return all keys that the first entries of the document's list have."""
    return frozenset(key for entry in islice(_entries(document), _SAMPLE) for key in entry)


def _entries(document: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in the document's list: the document itself, or the list at one of the usual keys."""
    if isinstance(document, dict):
        lists = (document[key] for key in _LISTS if isinstance(document.get(key), list))
        document = next(filter(None, lists), None)
    entries = document if isinstance(document, list) else ()
    return (entry for entry in entries if isinstance(entry, dict))
