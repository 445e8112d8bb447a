"""What each update of a schedule has changed, the latest first."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.changes import KINDS, ONE_SIDED
from summitcli.i18n import _, ngettext
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.render.changes import ChangeDetails, before_to_after, heading, kind_name
from summitcli.render.lines import DIM, Columns, Line, Lines
from summitcli.text import dates


def log(updates: Sequence[LoggedUpdate]) -> RenderableType:
    """Return each update with its date, how much it changed of each kind, and what it changed."""
    columns = Columns([_line(change) for update in updates for change in update.changes])
    pieces: list[RenderableType] = []
    for update in updates:
        pieces.append(heading(f"{dates.local(update.date):%Y-%m-%d %H:%M}", _counts(update)))
        for change in update.changes:
            pieces += [Lines([_line(change)], columns), ChangeDetails([("", _detail(change))])]
        if more := sum(update.counts.values()) - len(update.changes):
            pieces.append(Text("  " + ngettext("{n} more", "{n} more", more), DIM))
        pieces.append(Text())
    return Group(*pieces[:-1])


def _counts(update: LoggedUpdate) -> str:
    names = {kind: kind_name(kind) for kind in KINDS}
    return _(", ").join(f"{names[kind]} {update.counts[kind]}" for kind in KINDS if kind in update.counts)


def _line(change: LoggedChange) -> Line:
    names = {str(kind): kind_name(kind) for kind in KINDS}
    return Line(change.title, (names.get(change.kind, change.kind), change.id))


def _detail(change: LoggedChange) -> str:
    if change.kind in ONE_SIDED:
        return change.now or change.was or ""
    return before_to_after(change.was or "", change.now or "")
