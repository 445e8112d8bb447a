"""The full-screen browser (``summit browse``), with an action for each key."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from summitcli.cli.call import Call
from summitcli.cli.terminal.environment import LOCAL, reader_time_zone
from summitcli.errors import SummitError
from summitcli.i18n import _, current_language
from summitcli.render.listings import zone_note
from summitcli.rows import Mark, SessionRow
from summitcli.text.printable import printable_block
from summitcli.text.reader_zone import reader_zone, show_times_in
from summitcli.tui import keys, memory
from summitcli.tui.choosing import ChoiceScreen, NameScreen
from summitcli.tui.clipboard import copy, has_display
from summitcli.tui.commands import run
from summitcli.tui.filter_screen import FilterScreen
from summitcli.tui.free_time import FreeTimeScreen
from summitcli.tui.help_screen import HelpScreen
from summitcli.tui.marking import toggle, undo
from summitcli.tui.navigation import Navigation
from summitcli.tui.programme import Programme
from summitcli.tui.side_by_side import SideBySide
from summitcli.tui.view import View
from summitcli.tui.watching import state_of

WATCH_INTERVAL = 1.0
"""The time, in seconds, between two checks whether another process has changed the agenda or the schedule."""


class Browser(Navigation):
    """The browser of one schedule.

    Args:
        call: the running command.
        programme: the schedule and the agenda.
        view: the sessions to show first.
        text: a text to search for at the start; empty for none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings()]

    def __init__(self, call: Call, programme: Programme, view: View, text: str = "") -> None:
        super().__init__(call, programme, view)
        self._first_text = text
        self._compared: SessionRow | None = None
        self._is_updating = False
        self._reader_zone = reader_zone()
        self._seen = state_of(call, programme.name)

    def on_mount(self) -> None:
        """Show the sessions with which the browser starts."""
        remembered = memory.load()
        self.is_grid = remembered.grid
        if remembered.theme in self.available_themes:
            self.theme = remembered.theme
        self.search_box.display = False
        self.search_box.placeholder = _("Type Chinese, pinyin or English")
        self.arrange()
        self.screen.set_focus(self.pane)
        self.show(self.view, at=self.call.instant)
        if self._first_text:
            self.action_search(self._first_text)
        self.set_interval(WATCH_INTERVAL, self.look_again)
        if sys.platform != "win32":
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.exit)

    # Viewing

    def action_filter(self) -> None:
        """Open the dialog for filters."""
        self.push_screen(FilterScreen(self.programme, self.view), self._use_view)

    def _use_view(self, view: View | None) -> None:
        if view is not None:
            self.view = view
            self.show_again()

    def action_scope(self, scope: str) -> None:
        """Show the agenda (``scope`` is ``agenda``) or the conflicts in it (``scope`` is ``conflicts``).

        If that is what is shown already, show the day again.
        """
        self.close_search()
        if self.view.scope == scope:
            self.show_day_again()
        elif scope in ("agenda", "conflicts"):
            self.show(self.view._replace(scope="agenda" if scope == "agenda" else "conflicts"))

    def action_gaps(self) -> None:
        """Show the free time in the agenda.

        When the user chooses a gap, show the sessions that would fit into it.
        """
        try:
            screen = FreeTimeScreen(self.programme)
        except SummitError as error:
            self.report(error)
            return
        self.push_screen(screen, self._use_view_of_gap)

    def _use_view_of_gap(self, view: View | None) -> None:
        if view is not None:
            self.close_search()
            self.show(view)

    def action_compare(self) -> None:
        """Remember the session under the cursor for a comparison.

        If another session is remembered already, show both side by side.
        """
        session = self._session()
        if session is None:
            return
        if self._compared is None or self._compared.id == session.id:
            self._compared = session
            sentence = _("now press d on another session to compare both")
            self.say(sentence)
            return
        self.push_screen(SideBySide(self.call.setting, (self._compared, session)))
        self._compared = None

    def _session(self) -> SessionRow | None:
        listing = self.listing
        try:
            return None if listing is None else self.programme.session(listing)
        except SummitError as error:
            self.report(error)
            return None

    # My agenda

    def action_mark(self, mark: Mark) -> None:
        """Mark the session under the cursor in the agenda. If it already has that mark, remove the mark."""
        listing = self.listing
        if listing is not None:
            self._change(lambda: toggle(self.programme, listing, mark), mark == "hidden")

    def action_undo(self) -> None:
        """Undo the last change of the agenda."""
        self._change(lambda: undo(self.programme), True)

    def _change(self, edit: Callable[[], str], changes_rows: bool) -> None:
        """Change the agenda, and show what was done or why it failed.

        In both cases, read the agenda's file again and show what it contains.

        Args:
            edit: a function that changes the agenda and returns a message about what was done.
            changes_rows: whether the change may add sessions to the list or remove them from it.
        """
        message = ""
        try:
            message = edit()
        except SummitError as error:
            self.report(error)
        self._seen = state_of(self.call, self.programme.name)
        self.programme.forget_agenda()
        view = self.view
        if changes_rows or view.scope != "day" or view.only_mine or view.only_free or self.hours_pane.display:
            self.show_again()
        else:
            self.pane.refresh()
            self.show_details()
        if message:
            self.say(message)

    def action_show_hidden(self) -> None:
        """Show hidden sessions, too; if they are shown, leave them out again."""
        self.view = self.view._replace(with_hidden=not self.view.with_hidden)
        self.show_again()

    def action_export(self) -> None:
        """Ask for a file, and export the agenda to it."""
        self.push_screen(NameScreen(_("File to export your agenda to"), "agenda.ics"), self._export)

    def _export(self, file: str | None) -> None:
        if file:
            words = ["agenda", "export", "-o", os.path.expanduser(file), *self.programme.options()]
            self.run_worker(self._run(words), exclusive=False)

    async def _run(self, words: list[str]) -> None:
        said = await asyncio.to_thread(run, words, current_language())
        is_error = said.status not in (0, 1)
        if said.message:
            self.notify(
                printable_block(said.message),
                severity="error" if is_error else "information",
                markup=False,
            )

    # More

    def action_open_link(self) -> None:
        """Open the link of the session under the cursor in a web browser; copy it if there is no display."""
        listing = self.listing
        if listing is None or not listing.url:
            self.say(_("this session has no link"))
        elif has_display():
            self.open_url(listing.url)
        else:
            self._copy(listing.url)

    def action_copy(self) -> None:
        """Ask what to copy about the session under the cursor, such as its ID, and copy that."""
        listing = self.listing
        if listing is not None:
            self.push_screen(ChoiceScreen(self.programme.copies(listing)), self._copy)

    def _copy(self, text: str | None) -> None:
        if text:
            self.copy_to_clipboard(text)
            copy(text)
            self.say(_("copied: {text}").format(text=text))

    def action_update(self) -> None:
        """Update the schedule in the background."""
        if not self._is_updating:
            self._is_updating = True
            self.say(_("updating the schedule …"))
            self.run_worker(self._update())

    async def _update(self) -> None:
        try:
            await self._run(["update", *self.programme.options(schedule_only=True)])
        finally:
            self._is_updating = False

    def look_again(self) -> None:
        """Show what another process has changed in the agenda or the schedule."""
        state = state_of(self.call, self.programme.name)
        if state == self._seen:
            return
        is_schedule_changed = state.schedule != self._seen.schedule
        self._seen = state
        if is_schedule_changed:
            try:
                self.programme.read_schedule_again()
            except SummitError as error:
                # What was read before stays on the screen.
                self.report(error)
                return
            self._read_schedule()
        self.programme.forget_agenda()
        self.show_again()

    def action_zone(self) -> None:
        """Switch times between the user's time zone and the conference's."""
        if reader_zone() is not None:
            show_times_in(None)
        else:
            try:
                show_times_in(self._reader_zone or reader_time_zone(LOCAL, os.environ))
            except SummitError as error:
                self.report(error)
                return
        self.show_again()
        self.say(zone_note() or _("times in the conference's time zone"))

    def action_language(self) -> None:
        """Change the language of the browser and of the sessions, from English to Chinese or back."""
        self.call.speak("en" if current_language() == "zh" else "zh")
        self.search_box.placeholder = _("Type Chinese, pinyin or English")
        self.arrange()
        self.show_again()

    def action_help(self) -> None:
        """Show all keys."""
        self.push_screen(HelpScreen())

    def action_command_palette(self) -> None:
        """Open the palette (Textual's list of commands) in the current language."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Search"), id="--command-palette"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Yield the entries of the palette (Textual's list of commands): all actions, and the themes."""
        for _heading, entries in keys.groups():
            for key in entries:
                if key.action not in ("number", "command_palette"):
                    yield SystemCommand(key.label, key.shown, self._caller(key.action))
        yield SystemCommand(_("Colours"), _("Choose a theme"), self.action_change_theme)

    def _caller(self, action: str) -> Callable[[], Awaitable[None]]:
        async def call() -> None:
            await self.run_action(action)

        return call

    def on_unmount(self) -> None:
        """Save which pane is shown and in which colours, for the next time."""
        remembered = memory.Remembered(self.is_grid, self.theme)
        if remembered != memory.load():
            memory.save(remembered)
