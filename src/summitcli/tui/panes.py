"""The panes of the full-screen browser: the list, the grids, the details, and the lines around them."""

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.filter import Monochrome, NoColor
from textual.theme import Theme
from textual.timer import Timer
from textual.widgets import Input, Static

from summitcli.agenda.planner import span
from summitcli.cli.call import Call
from summitcli.cli.filters import without_chinese
from summitcli.errors import SummitError
from summitcli.i18n import _, ngettext
from summitcli.render.grid.cells import bar_colors
from summitcli.render.listings import zone_note
from summitcli.rows import Listing, SessionRow
from summitcli.text import dates
from summitcli.text.printable import printable
from summitcli.tui import keys
from summitcli.tui.day_bar import DayBar
from summitcli.tui.day_grid import DayGrid
from summitcli.tui.details import Details
from summitcli.tui.filter_screen import summary
from summitcli.tui.lines import Line
from summitcli.tui.messages import Failed, Moved
from summitcli.tui.programme import Programme
from summitcli.tui.session_list import SessionList
from summitcli.tui.time_grid import TimeGrid
from summitcli.tui.view import View

WIDE, VERY_WIDE, TALL = 120, 200, 20
"""The minimum sizes of a screen that shows several panes: two widths and a height.

On a screen of at least WIDE columns, the details are on the right; on a narrower one of at least TALL lines,
they are below. If the grid is shown, the list stands beside it from VERY_WIDE columns on.
"""
MESSAGE_TIME = 4.0
"""The time, in seconds, for which a message is shown in the status line."""
DETAILS_DELAY = 0.03
"""The time, in seconds, after which the details of the session under the cursor are shown.

If the user moves on earlier, they are not shown.
"""

TERMINAL_THEME = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_magenta",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_magenta",
        "border-blurred": "ansi_bright_black",
        "block-cursor-foreground": "ansi_black",
        "block-cursor-background": "ansi_magenta",
        "block-cursor-text-style": "b",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_magenta",
        "scrollbar-active": "ansi_magenta",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)
"""The theme with the colours of the terminal itself, light or dark."""


class Panes(App[None]):
    """The panes of the browser. Subclasses add the actions of the keys.

    Args:
        call: the running command.
        programme: the schedule and the agenda.
        view: the sessions to show first.
    """

    CSS_PATH = "browser.tcss"

    def __init__(self, call: Call, programme: Programme, view: View) -> None:
        super().__init__()
        self.call = call
        self.programme = programme
        self.view = view
        self.text = ""
        """The text of the search; empty if there is no search."""
        self.is_grid = False
        """True if the grid is shown instead of the list."""
        self.is_timed = True
        """True if the day that is shown has sessions with times."""
        self.is_details_open = False
        """True if the user has opened the details.

        If there is not enough space for both, the details are shown instead of the list.
        """
        self._is_exact = True
        """True if the search has exact matches, not only close ones."""
        self._reason = ""
        """The reason why the search has no results, if it is known."""
        self._details_timer: Timer | None = None
        self._status_timer: Timer | None = None
        self._read_schedule()
        self.register_theme(TERMINAL_THEME)
        if self.no_color:
            # Textual's filter for NO_COLOR makes the terminal's own colours black on black.
            self._filters = [filter_ for filter_ in self._filters if not isinstance(filter_, Monochrome)]
            self._filters.append(NoColor())

    def _read_schedule(self) -> None:
        """Read the colours of categories, and whether the schedule has rooms and has times."""
        catalog = self.call.catalog
        self._colors = bar_colors(self.call.setting, catalog.colors())
        self._has_rooms = bool(catalog.rooms())
        self._publishes_times = catalog.publishes_times()

    @property
    def fault(self) -> Exception | None:
        """Return the exception that ended the browser; None if there was none."""
        return self._exception

    def _fatal_error(self) -> None:
        """End the browser after an exception without showing Textual's traceback.

        The command reports the exception.
        """
        self._close_messages_no_wait()

    def compose(self) -> ComposeResult:
        """Yield the panes."""
        yield Static(id="title", markup=False)
        yield DayBar()
        yield Input(id="search", compact=True)
        with Container(id="body"):
            yield SessionList(self.describe, id="list")
            yield TimeGrid(id="hours")
            yield DayGrid(self.describe, self.programme.held_days, id="days")
            yield Details(id="details")
        yield Static(id="status", markup=False)
        yield Static(id="keys")

    @property
    def list_pane(self) -> SessionList:
        """Return the list of sessions."""
        return self.query_one("#list", SessionList)

    @property
    def hours_pane(self) -> TimeGrid:
        """Return the grid of rooms and hours."""
        return self.query_one(TimeGrid)

    @property
    def days_pane(self) -> DayGrid:
        """Return the grid of days and sessions.

        It is shown in place of :attr:`hours_pane` if the sessions have no times.
        """
        return self.query_one(DayGrid)

    @property
    def pane(self) -> SessionList | TimeGrid:
        """Return the pane with the cursor that the user moves.

        This is a grid if the grid has the focus, or if there is no list beside it. Otherwise it is the list.
        Commands are about the session under the cursor of this pane.
        """
        if self.hours_pane.display and (self.hours_pane.has_focus or not self.list_pane.display):
            return self.hours_pane
        return self.days_pane if self.days_pane.display and not self.list_pane.display else self.list_pane

    @property
    def listing(self) -> Listing | None:
        """Return the session under the cursor of :attr:`pane`; None if there is none."""
        return self.pane.listing

    @property
    def details_pane(self) -> Details:
        """Return the pane with the details of a session."""
        return self.query_one(Details)

    @property
    def search_box(self) -> Input:
        """Return the text field of the search."""
        return self.query_one("#search", Input)

    def on_resize(self, _event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        self.arrange()

    def arrange(self) -> None:
        """Show the panes for which there is space."""
        width, height = self.size
        is_wide = width >= WIDE
        self.query_one("#body").set_class(is_wide, "wide")
        has_room = is_wide or height >= TALL
        self.details_pane.display = has_room or self.is_details_open
        is_grid = self.is_grid and self.view.scope == "day" and not self.text
        is_hidden = self.is_details_open and not has_room
        is_timed = is_grid and self.is_timed
        self.hours_pane.display = is_timed and not is_hidden
        self.days_pane.display = is_grid and not is_timed and not is_hidden
        self.list_pane.display = (not is_grid or (is_timed and width >= VERY_WIDE)) and not is_hidden
        bar = keys.search_bar() if self.search_box.display else keys.key_bar(width)
        self.query_one("#keys", Static).update(bar)

    def show(self, view: View, position: int | None = None, at: int | None = None) -> None:
        """Show the sessions that ``view`` selects.

        Args:
            view: the sessions to show: of a day, or of the agenda, and the filters.
            position: the position, in the list of the whole schedule, of the session on which the cursor is
                put; None for the first that is shown.
            at: a time in seconds since 1970. Without a position, the cursor is put on the day's first session
                whose end is after this time.
        """
        try:
            rows = self.programme.rows(view)
            if position is None and at is not None and view.scope == "day":
                position = self.programme.position_at(at, view)
            days = self.programme.days(view)
        except SummitError as error:
            self.report(error)
            return
        self.view = view
        if self.programme.fault is not None:
            self.report(self.programme.fault)
            self.programme.fault = None
        self._is_exact = True
        cursor = 0 if position is None else rows.index_from(position)
        is_day = view.scope == "day"
        self.list_pane.show(
            self.call.setting, rows, cursor, self._publishes_times, not is_day, self._has_rooms
        )
        if self.is_grid and is_day:
            self._show_grid(position)
        self.arrange()
        self.query_one(DayBar).show(days, view.day if is_day else "")
        self._show_title()
        self.show_status()

    def _show_grid(self, position: int | None) -> None:
        """Show the grid of the day. If the day has no times, show the grid of all days."""
        listing = self.list_pane.listing
        try:
            hours = self.programme.hours(self.view)
            self.is_timed = hours is not None
            if hours is not None:
                self.hours_pane.show(hours, listing)
                return
            rows = self.programme.sessions(self.view)
        except SummitError as error:
            self.report(error)
            return
        self.days_pane.days = self.call.days
        self.days_pane.show(self.call.setting, rows, 0 if position is None else rows.index_from(position))
        if listing is not None:
            self.days_pane.follow(listing._replace(part=1))

    def show_results(self, text: str) -> None:
        """Show the sessions that match ``text``. If ``text`` is empty, show the day again."""
        self.text = text.strip()
        if not self.text:
            self.show(self.view)
            return
        try:
            answer = self.programme.search(text, self.view)
            self._reason = "" if answer.hits else without_chinese(self.call.catalog, text)
        except SummitError as error:
            self.report(error)
            return
        rows = [Listing._make(hit.session[: len(Listing._fields)]) for hit in answer.hits]
        spans = [hit.spans for hit in answer.hits]
        self.list_pane.show(self.call.setting, rows, 0, self._publishes_times, True, self._has_rooms, spans)
        self.arrange()
        self._is_exact = answer.exact
        self.show_status()

    def show_again(self) -> None:
        """Show the same sessions again after a change, with the cursor on the same session."""
        if self.text:
            cursor = self.list_pane.cursor
            self.show_results(self.text)
            self.list_pane.move_to(cursor)
            return
        listing = self.listing
        try:
            position = None if listing is None else self.programme.position_of(listing)
        except SummitError as error:
            self.report(error)
            return
        self.show(self.view, position)

    def _show_title(self) -> None:
        setting = self.call.setting
        headings = {"agenda": _("Your agenda"), "conflicts": _("Conflicts in your agenda")}
        heading = headings.get(self.view.scope) or dates.day_and_weekday(self.view.day)
        name = printable(setting.name(setting.conference.titles))
        self.query_one("#title", Static).update(f"{heading} · {name}")

    def show_status(self) -> None:
        """Show the number of sessions and the filters in the status line."""
        parts = [ngettext("{n} session", "{n} sessions", self.list_pane.length)]
        if not self._is_exact and self.list_pane.length:
            parts.append(_("close matches"))
        if self.text and self._reason:
            parts.append(self._reason)
        if filters := summary(self.programme, self.view):
            parts.append(_("only: {filters}").format(filters=filters))
        if self.view.scope == "conflicts" and self.programme.has_possible_conflicts():
            parts.append(_("possible conflicts: no times published"))
        if note := zone_note():
            parts.append(note)
        if self.view.with_hidden:
            parts.append(_("hidden sessions shown"))
        self.query_one("#status", Static).update(" · ".join(parts))

    def say(self, message: str) -> None:
        """Show a message in the status line for a few seconds."""
        self.query_one("#status", Static).update(printable(message))
        if self._status_timer is not None:
            self._status_timer.stop()
        self._status_timer = self.set_timer(MESSAGE_TIME, self.show_status)

    def report(self, error: SummitError) -> None:
        """Show an error message."""
        self.notify(printable(str(error)), severity="error", markup=False)

    def describe(self, listing: Listing) -> Line:
        """Return how the list shows a session: its mark, its colour, and whether it conflicts or is over."""
        when = span(listing)
        return Line(
            self.programme.mark(listing),
            self.programme.conflicts(listing),
            when is not None and when.end <= self.call.now,
            self._colors.get(listing.category),
        )

    def on_moved(self, _message: Moved) -> None:
        """Show the details of the session under the cursor, after the cursor has rested for a moment."""
        if self.list_pane.display and self.hours_pane.display:
            listing = self.listing
            if listing is not None:
                (self.list_pane if self.hours_pane.has_focus else self.hours_pane).follow(listing)
        if self._details_timer is not None:
            self._details_timer.stop()
        self._details_timer = self.set_timer(DETAILS_DELAY, self.show_details)

    def on_failed(self, message: Failed) -> None:
        """Show why the sessions can't be read."""
        self.report(message.error)

    def show_details(self) -> None:
        """Show the details of the session under the cursor."""
        if not self.details_pane.display:
            return
        listing = self.listing
        try:
            session = None if listing is None else self.programme.session(listing)
            if listing is None or session is None:
                self.details_pane.show(self.call.setting, None)
                return
            parallel, number = self.programme.beside(listing)
            overlapping = self.programme.overlapping(listing)
            repeats = self.programme.repeats(listing)
            # Days of own entries have no number.
            named = {row.id for row in overlapping if row.day_number}
            parallel = [row for row in parallel if row.id not in named]
        except SummitError as error:
            self.report(error)
            return
        self.details_pane.show(
            self.call.setting, session, (parallel, number - len(named)), overlapping, repeats
        )

    def go_to(self, row: Listing | SessionRow) -> None:
        """Show the day of a session, with the cursor on the session."""
        try:
            position = self.programme.position_of(row)
        except SummitError as error:
            self.report(error)
            return
        self.show(self.view._replace(day=row.day, scope="day"), position)
