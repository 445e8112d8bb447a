"""Exports of conference software that lack times, and which export to use instead."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from summitcli.i18n import _

_LISTS = ("results", "data", "submissions", "proposals", "talks", "sessions", "speakers")
"""The keys of the list of entries in an export that is an object."""
_SAMPLE = 20
"""The number of entries whose keys are examined."""
_TIME = re.compile(r"start|begin|date|day|time|when", re.IGNORECASE)
"""The pattern of a part of a key whose value may be a time."""
_ABOUT_TALKS = frozenset({"abstract", "description", "talk_format", "submission_type", "format", "state"})
_ABOUT_SPEAKERS = frozenset({"biography", "bio", "short_biography", "short-biography", "fullName"})


def describe(document: Any) -> str:
    """Return advice on a JSON document that is an export without times; empty for other documents."""
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
        return _("it is a list of speakers from eventyay; use its sessions")
    if any(map(_TIME.search, keys)):
        return ""
    if "title" in keys and keys & _ABOUT_TALKS:
        return _("it looks like a list of submissions, which has no times; use the schedule instead")
    if keys & {"name", "fullName"} and keys & _ABOUT_SPEAKERS:
        return _("it looks like a list of speakers, which has no times; use the schedule instead")
    return ""


def _keys(document: Any) -> frozenset[str]:
    """Return the keys of the first entries of the list in a document."""
    return frozenset(key for entry in islice(_entries(document), _SAMPLE) for key in entry)


def _entries(document: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a document that is a list, or that has a list at one of the usual keys."""
    if isinstance(document, dict):
        lists = (document[key] for key in _LISTS if isinstance(document.get(key), list))
        document = next(filter(None, lists), None)
    entries = document if isinstance(document, list) else ()
    return (entry for entry in entries if isinstance(entry, dict))
