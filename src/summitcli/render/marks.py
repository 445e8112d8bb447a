"""The marks in lists and grids: for the current moment, and for sessions in the agenda that conflict."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from summitcli.agenda.planner import key_of, span
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, MARK_WIDTH, Columns, Line, Lines
from summitcli.rows import Listing
from summitcli.text.reader_zone import shown

CONFLICT_MARK = "!"
NOW_MARK, NOW_LINE = "▸", "╌"


class Marks(NamedTuple):
    """The facts by which sessions are marked when they are drawn: current time, conflicts and colours."""

    now: datetime
    """The current moment in the conference's time zone."""
    conflicting: Collection[tuple[str, int]] = ()
    """The listings in the agenda that conflict with others, as pairs such as ``("tea", 1)``.

    A listing is a session at one of its times. A pair has the session's ID and the number of the time within
    the session.
    """
    colors: Mapping[str, str] = MappingProxyType({})
    """The colours that the schedule gives to categories, by ID, such as ``{"forum": "#aa3300"}``."""
    hidden: int = 0
    """The number of sessions that are left out because the user has hidden them."""

    def conflicts(self, listing: Listing) -> bool:
        """Return whether ``listing`` (a session at one of its times) is in the agenda and has a conflict."""
        return listing.in_agenda and key_of(listing) in self.conflicting

    def notes(self, listings: Sequence[Listing]) -> Iterator[str]:
        """Yield the notes below a list: how many sessions are hidden, and what the mark ``!`` means."""
        if self.hidden:
            yield ngettext("{n} hidden", "{n} hidden", self.hidden)
        if any(map(self.conflicts, listings)):
            yield f"{CONFLICT_MARK} {_('conflict in your agenda')}"


class NowMark:
    """The line that marks the current moment in the list of a day with times.

    It is drawn above the first session that has not begun. Sessions that have ended are dimmed.

    Args:
        marks: the marks for lists, with the current moment; None for no line.
        day: the day as an ISO date.
        columns: the columns of the list.
    """

    def __init__(self, marks: Marks | None, day: str, columns: Columns) -> None:
        self._columns = columns
        self._now = marks.now if marks and marks.now.date().isoformat() == day else None

    def pieces(self, pairs: Sequence[tuple[Listing, Line]]) -> Iterator[RenderableType]:
        """Yield the next lines of the list of a day, with the line of the current moment among them.

        That line is yielded only once: before the first session that has not begun.

        Args:
            pairs: the next listings (each a session at one of its times), with their lines in the list.
        """
        now = self._now
        if now is None:
            yield Lines([line for _listing, line in pairs], self._columns)
            return
        begun = [number for number, (listing, _line) in enumerate(pairs) if _has_begun(listing, now)]
        place = begun[-1] + 1 if begun else 0
        yield Lines([_dimmed(line, listing, now) for listing, line in pairs[:place]], self._columns)
        if place < len(pairs):
            yield from self.end()
            yield Lines([line for _listing, line in pairs[place:]], self._columns)

    def end(self) -> Iterator[RenderableType]:
        """Yield the line of the current moment, unless it has been yielded before."""
        if self._now is not None:
            yield _NowLine(self._now)
            self._now = None


class _NowLine:
    """A line across the terminal with the current time."""

    def __init__(self, now: datetime) -> None:
        self._clock = shown(now.isoformat())[11:16]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the line."""
        label = Text(f"{NOW_MARK.ljust(MARK_WIDTH)}{self._clock} {_('now')} ", f"bold {ACCENT}")
        yield label.append(NOW_LINE * (options.max_width - label.cell_len), f"not bold {ACCENT}")


def _has_begun(listing: Listing, now: datetime) -> bool:
    when = span(listing)
    return when is None or when.start <= now


def _dimmed(line: Line, listing: Listing, now: datetime) -> Line:
    """Return ``line``, dimmed if the session has ended."""
    when = span(listing)
    return line if when is None or when.end > now else line._replace(past=True)
