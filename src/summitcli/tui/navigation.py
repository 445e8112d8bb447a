"""Moving through the full-screen browser: the cursor, the days, the panes and the search."""

from __future__ import annotations

from textual.screen import ModalScreen
from textual.widgets import Input

from summitcli.errors import SummitError
from summitcli.i18n import _
from summitcli.tui.day_bar import DayBar
from summitcli.tui.details import Details
from summitcli.tui.messages import Chosen
from summitcli.tui.panes import Panes
from summitcli.tui.time_grid import TimeGrid


class Navigation(Panes):
    """The panes of the browser, with the actions for moving through them."""

    @property
    def _is_in_details(self) -> bool:
        return isinstance(self.focused, Details)

    def action_move(self, rows: int) -> None:
        """Move the cursor by ``rows`` rows, up if negative; if the details have the focus, scroll them."""
        if self._is_in_details:
            self.details_pane.scroll_relative(y=rows, animate=False)
        else:
            self.pane.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by ``pages`` pages, up if negative; if the details have the focus, scroll them."""
        if self._is_in_details:
            self.action_move(pages * max(self.details_pane.size.height - 1, 1))
        else:
            self.pane.move(pages * self.pane.page)

    def action_first(self) -> None:
        """Move the cursor to the first session."""
        self.pane.move_to_end(is_last=False)

    def action_last(self) -> None:
        """Move the cursor to the last session."""
        self.pane.move_to_end(is_last=True)

    def action_across(self, steps: int) -> None:
        """Move to the room on the right in the grid; if a list is shown, show the next day.

        If ``steps`` is -1, move to the room on the left, or show the day before.
        """
        pane = self.pane
        if not isinstance(pane, TimeGrid) or not pane.move_across(steps):
            self.action_day(steps)

    def action_day(self, days: int) -> None:
        """Show the next day, or the day before if ``days`` is -1."""
        known = [row.day for row in self.call.days]
        number = known.index(self.view.day) + (days if self.view.scope == "day" else 0)
        if 0 <= number < len(known):
            self._show_day(known[number])

    def action_number(self, number: int) -> None:
        """Show day ``number`` of the conference."""
        for row in self.call.days:
            if row.day_number == number:
                self._show_day(row.day)

    def on_day_bar_chosen(self, message: DayBar.Chosen) -> None:
        """Show the day that was clicked."""
        self._show_day(message.day)

    def _show_day(self, day: str) -> None:
        self.close_search()
        self.show(self.view._replace(day=day, scope="day"), at=self.call.instant)

    def action_now(self) -> None:
        """Move to a session in progress; if there is none, to the next one."""
        try:
            row = self.programme.now()
        except SummitError as error:
            self.report(error)
            return
        if row is None:
            self.say(_("no session is in progress, and none is left to start"))
            return
        self.close_search()
        self.go_to(row)

    def action_next_pane(self) -> None:
        """Move from the list to the details, or back."""
        if self._is_in_details:
            self.action_close()
        else:
            self.action_open_details()

    def action_open_details(self) -> None:
        """Move to the details of the session under the cursor."""
        self.is_details_open = True
        self.arrange()
        self.screen.set_focus(self.details_pane)
        self.show_details()

    def on_chosen(self, _message: Chosen) -> None:
        """Move to the details of the session that was double-clicked."""
        self.action_open_details()

    def action_close(self) -> None:
        """Close the details if open, else the search if open; otherwise show a day instead of the agenda."""
        if self.is_details_open or self._is_in_details:
            self.is_details_open = False
            self.arrange()
            self.screen.set_focus(self.list_pane)
        elif self.search_box.display:
            self.close_search()
            self.show(self.view)
        elif self.view.scope != "day":
            self.show_day_again()

    def show_day_again(self) -> None:
        """Show the day of the session under the cursor.

        If no session is under the cursor, show the day that was shown last.
        """
        listing = self.listing
        if listing is None:
            self.show(self.view._replace(scope="day"), at=self.call.instant)
        else:
            self.go_to(listing)

    def action_switch_view(self) -> None:
        """Show the grid instead of the list, or the list again."""
        self.close_search()
        listing = self.listing
        self.is_grid = not self.is_grid
        self.show_again()
        if listing is not None and self.is_grid:
            self.screen.set_focus(self.pane)
        else:
            self.screen.set_focus(self.list_pane)

    def action_search(self, text: str = "") -> None:
        """Open the search with ``text`` in it; if a text field already has the focus, type ``/`` into it."""
        if isinstance(self.focused, Input):
            self.focused.insert_text_at_cursor("/")
            return
        if isinstance(self.screen, ModalScreen):
            return
        self.search_box.display = True
        self.search_box.value = text
        self.screen.set_focus(self.search_box)
        self.arrange()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the sessions that match the search, after every keystroke."""
        if event.input is self.search_box and event.input.display:
            self.show_results(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the session under the cursor. Unless the user has moved the cursor, it is the best match."""
        listing = self.listing
        if event.input is self.search_box and listing is not None and self.text:
            self.close_search()
            self.go_to(listing)

    def close_search(self) -> None:
        """Close the search if it is open."""
        if self.search_box.display:
            self.text = ""
            self.search_box.display = False
            self.search_box.clear()
            self.arrange()
            self.screen.set_focus(self.list_pane)
