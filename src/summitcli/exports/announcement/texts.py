"""Changes of a session as text in the current language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summitcli.changes import ONE_SIDED, Kind, are_many, unmatched_names
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.rows import SessionRow
from summitcli.text import dates
from summitcli.text.enumeration import enumeration
from summitcli.text.status import status_word

if TYPE_CHECKING:
    from summitcli.library.log import LoggedChange

ARROW = "→"
UNKNOWN = "–"
"""The text in the place of a value that is missing."""

_ISO_DATE = re.compile(r"(?:^|(?<=, ))\d{4}-\d\d-\d\d(?=[ ,]|$)")
"""The pattern of an ISO date in a list of times and rooms from the log; each entry begins with its date."""


def kind_name(kind: Kind) -> str:
    """Return the heading for a kind of change, such as ``No longer listed`` for ``missing``."""
    return {
        "moved": _("Moved"),
        "cancelled": _("Cancelled"),
        "missing": _("No longer listed"),
        "new": _("New"),
        "renamed": _("Renamed"),
        "speakers": _("Speakers changed"),
        "text": _("Text changed"),
    }[kind]


def before_to_after(was: str, now: str) -> str:
    """Return two texts with an arrow between them, such as ``en → zh``; either text may be empty."""
    return " ".join(filter(None, (was, ARROW, now)))


def speakers_text(before: Sequence[str], after: Sequence[str]) -> str:
    """Return the old and new speakers as text; if there are many, name only those removed and added."""
    if not are_many(before, after):
        return before_to_after(enumeration(before), enumeration(after))
    gone, come = unmatched_names(before, after)
    detail = (
        _("no longer {names}").format(names=enumeration(gone)) if gone else "",
        _("also {names}").format(names=enumeration(come)) if come else "",
    )
    return _(", ").join(filter(None, detail))


def field_text(field: str, before: SessionRow, after: SessionRow) -> str:
    """Return the name of the changed field ``field``, with its old and new value if they are short.

    Examples are ``Language en → zh`` and ``Description``.
    """
    values: Mapping[str, tuple[str | None, str | None]] = {
        "language": (before.language, after.language),
        "category": (before.category_name, after.category_name),
        "status": (status_word(before.status), status_word(after.status)),
    }
    names = {
        "description": _("Description"),
        "language": _("Language"),
        "url": _("Link"),
        "status": _("Status"),
        "category": _("Category"),
        "titles": _("Translation"),
    }
    was, now = values.get(field, (None, None))
    return f"{names[field]} {before_to_after(was or '', now or '')}" if was or now else names[field]


def logged_text(change: LoggedChange) -> str:
    """Return the old and the new value of a logged change as text; empty if neither is known.

    If the session is only in one of the two versions of the schedule, return only the value in that version.
    """
    was, now = change.was or "", change.now or ""
    if change.kind == "moved" or change.kind in ONE_SIDED:
        was, now = _with_readable_dates(was), _with_readable_dates(now)
    if change.kind in ONE_SIDED or not (was or now):
        return now or was
    return before_to_after(was or UNKNOWN, now or UNKNOWN)


def _with_readable_dates(slots: str) -> str:
    """Return a list of times and rooms, taken from the log, with its ISO dates as people write them."""
    return _ISO_DATE.sub(lambda found: dates.period(found[0], found[0]), slots)
