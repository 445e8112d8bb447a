"""The terminal output of ``summit update --log``: the changes in each update, the latest update first."""

import re
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.changes import KINDS, ONE_SIDED
from summitcli.exports.announcement.texts import before_to_after, kind_name
from summitcli.i18n import _, ngettext
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.render.changes import ChangeDetails, heading
from summitcli.render.lines import DIM, Columns, Line, Lines
from summitcli.text import dates

_ISO_DATE = re.compile(r"(?:^|(?<=, ))\d{4}-\d\d-\d\d(?=[ ,]|$)")
"""The ISO dates in a text of the log such as ``2022-07-23 10:00 Hall, 2022-07-24 11:00``."""


def log(updates: Sequence[LoggedUpdate]) -> RenderableType:
    """Return updates of a schedule drawn for a terminal, each with its date and its changes."""
    columns = Columns([_line(change) for update in updates for change in update.changes])
    pieces: list[RenderableType] = []
    for update in updates:
        pieces.append(heading(_moment(update.date), _counts(update)))
        for change in update.changes:
            pieces += [Lines([_line(change)], columns), ChangeDetails([("", _detail(change))])]
        if more := sum(update.counts.values()) - len(update.changes):
            pieces.append(Text("  " + ngettext("{n} more change", "{n} more changes", more), DIM))
        pieces.append(Text())
    return Group(*pieces[:-1])


def _counts(update: LoggedUpdate) -> str:
    names = {kind: kind_name(kind) for kind in KINDS}
    return _(", ").join(f"{names[kind]} {update.counts[kind]}" for kind in KINDS if kind in update.counts)


def _line(change: LoggedChange) -> Line:
    names = {str(kind): kind_name(kind) for kind in KINDS}
    return Line(change.title, (names.get(change.kind, change.kind), change.id))


def _detail(change: LoggedChange) -> str:
    was, now = change.was or "", change.now or ""
    if change.kind == "moved" or change.kind in ONE_SIDED:
        was, now = _with_readable_dates(was), _with_readable_dates(now)
    return (now or was) if change.kind in ONE_SIDED else before_to_after(was, now)


def _moment(instant: str) -> str:
    """Return an RFC 3339 timestamp as readable text: the date and time in the local time zone."""
    local = dates.local(instant)
    day = local.date().isoformat()
    return _("{date}, {times}").format(date=dates.period(day, day), times=f"{local:%H:%M}")


def _with_readable_dates(slots: str) -> str:
    """Return ``slots``, a text of the log such as ``2022-07-23 10:00 Hall``, with readable dates."""
    return _ISO_DATE.sub(lambda found: dates.period(found[0], found[0]), slots)
