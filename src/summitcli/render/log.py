"""The terminal output of ``summit update --log``: the changes in each update, the latest update first."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.changes import KINDS
from summitcli.exports.announcement.texts import kind_name, logged_text
from summitcli.i18n import _, ngettext
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.render.changes import ChangeDetails, heading
from summitcli.render.lines import DIM, Columns, Line, Lines
from summitcli.text import dates


def log(updates: Sequence[LoggedUpdate]) -> RenderableType:
    """Return updates of a schedule drawn for a terminal, each with its date and its changes."""
    columns = Columns([_line(change) for update in updates for change in update.changes])
    pieces: list[RenderableType] = []
    for update in updates:
        pieces.append(heading(_moment(update.date), _counts(update)))
        for change in update.changes:
            pieces += [Lines([_line(change)], columns), ChangeDetails([("", logged_text(change))])]
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


def _moment(instant: str) -> str:
    """Return an RFC 3339 timestamp as readable text: the date and time in the local time zone."""
    local = dates.local(instant)
    day = local.date().isoformat()
    return _("{date}, {times}").format(date=dates.period(day, day), times=f"{local:%H:%M}")
