"""The details of one session, and the sessions at the same time."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.session import details
from summitcli.render.setting import Setting
from summitcli.rows import Listing, SessionRow
from summitcli.text import dates
from summitcli.text.printable import printable


class Details(VerticalScroll):
    """A scrolling pane with the details of a session."""

    DEFAULT_CSS = """
    Details { width: 1fr; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    Details > Static { width: 1fr; height: auto; }
    """

    def compose(self) -> Iterable[Static]:
        """Yield the widget for the text."""
        yield Static(id="details-text")

    def show(
        self,
        setting: Setting,
        session: SessionRow | None,
        parallel: tuple[list[Listing], int] = ([], 0),
        conflicting: Iterable[Listing] = (),
        repeats: Iterable[Listing] = (),
    ) -> None:
        """Show a session; None for an empty pane.

        Args:
            setting: the conference and the language to show.
            session: the session.
            parallel: some of the sessions at the same time, and the number of all.
            conflicting: the sessions in the agenda that overlap it.
            repeats: other times of the same session, or of sessions that repeat it.
        """
        text = self.query_one("#details-text", Static)
        if session is None:
            text.update("")
            return
        pieces: list[RenderableType] = [details(setting, [session])]
        pieces += _listed(setting, _("Conflicts with your agenda"), list(conflicting))
        pieces += _listed(setting, _("Also held"), list(repeats), dated=True)
        rows, number = parallel
        more = number - len(rows)
        pieces += _listed(setting, _("At the same time"), rows)
        if more > 0:
            pieces.append(Text(ngettext("… and {n} more", "… and {n} more", more), DIM))
        text.update(Group(*pieces))
        self.scroll_home(animate=False)


def _listed(setting: Setting, heading: str, rows: list[Listing], dated: bool = False) -> list[RenderableType]:
    """Return a heading and the sessions ``rows``, with dates if ``dated``; [] if there are no sessions."""
    if not rows:
        return []
    lines = [
        Text(f"{_when(row, dated)}  {printable(setting.name(row.titles))}").append(
            f"  {printable(row.room)}" if row.room else "", DIM
        )
        for row in rows
    ]
    return [Text(), Text(heading, ACCENT), *lines]


def _when(row: Listing, dated: bool) -> str:
    if dated:
        return dates.date_and_clock(row.day, row.start, row.end)
    return dates.clock_on(row.day, row.start, row.end)
