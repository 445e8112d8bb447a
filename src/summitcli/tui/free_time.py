"""The dialog with the free time in the agenda."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from summitcli.agenda.planner import Gap
from summitcli.catalog.conditions import EVERYTHING
from summitcli.i18n import _, ngettext
from summitcli.text import dates
from summitcli.tui.programme import Programme
from summitcli.tui.view import View


class FreeTimeScreen(ModalScreen[View]):
    """A dialog with the gaps in the agenda (the times between its sessions). The user chooses one.

    Its result is a :class:`View` of the sessions that would fit into that gap; None if the dialog is
    cancelled.

    Args:
        programme: the schedule and the agenda.

    Raises:
        SummitError: the agenda or the schedule can't be read.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,g,q", "dismiss", show=False)]
    CSS = """
    FreeTimeScreen { align: center middle; }
    #free { width: 64; max-width: 96%; height: auto; max-height: 90%; border: round $primary; padding: 0 1; }
    #free OptionList { height: auto; max-height: 20; border: none; padding: 0; }
    #free .note { text-style: dim; }
    """

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self._gaps = programme.gaps()
        self._publishes_times = programme.call.catalog.publishes_times()

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        with Vertical(id="free"):
            if self._gaps:
                yield OptionList(*(Option(_line(gap, number)) for gap, number in self._gaps), compact=True)
                yield Static(_("Enter: show sessions that would fit"), classes="note", markup=False)
            else:
                known = self._publishes_times
                nothing = _("no free time in your agenda") if known else _("no times published")
                yield Static(nothing, markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close the dialog. Its result is a view of the sessions that would fit into the chosen gap."""
        gap, _number = self._gaps[event.option_index]
        self.dismiss(view_of(gap))


def view_of(gap: Gap) -> View:
    """Return a view of the sessions that begin in ``gap`` and conflict with nothing in the agenda."""
    midnight = datetime.fromisoformat(f"{gap.day}T00:00{gap.start[-6:]}")
    begin, end = (
        int((datetime.fromisoformat(moment) - midnight).total_seconds()) // 60
        for moment in (gap.start, gap.end)
    )
    return View(gap.day, query=EVERYTHING._replace(from_minute=begin, to_minute=end), only_free=True)


def _line(gap: Gap, number: int) -> Content:
    day = dates.day_and_weekday(gap.day)
    clock = dates.clock_of_gap(gap.day, gap.start, gap.end)
    fits = ngettext("{n} session would fit", "{n} sessions would fit", number)
    return Content.assemble(f"{day} {clock}  ", (f"{dates.duration(gap.minutes)} · {fits}", "dim"))
