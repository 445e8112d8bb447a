"""The command that finds conferences in directories (published lists of conferences)."""

from __future__ import annotations

from datetime import date

from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, examples, needs_no_schedule, typer
from summitcli.cli.filters import check_number
from summitcli.cli.options import Directories, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.rows import DirectoryRow
from summitcli.sources.addresses import without_password
from summitcli.text.shell import quote
from summitcli.when import full_date

TERMINAL_RESULTS = 20
"""The maximum number of conferences listed in a terminal, unless the user gives another number."""


@needs_no_schedule
@examples(
    ("summit find fosdem", "All FOSDEM conferences, the latest first."),
    ("summit find", "Conferences in progress, then upcoming and past ones."),
    ("summit find linux tage --json", "By two words, as JSON."),
    ("summit find datenspuren --fields name,url", "Only the names for `summit use` and the URLs."),
)
def find(
    call: Call,
    directories: Directories,
    output: Annotated[Output, Rows("rows:DirectoryRow")],
    text: Annotated[
        Repeated,
        typer.Argument(
            metavar="[TEXT…]", help="Words of the conference's title or name (default: list all conferences)."
        ),
        Completes("conference"),
    ] = (),
    number: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--number",
            metavar="N",
            help="Maximum number of results (default: 20 in a terminal, otherwise all).",
        ),
    ] = None,
) -> Status:
    """Find conferences by name. Shows dates, and names with which `summit use` downloads the schedules."""
    from summitcli.directory.finding import in_order, search
    from summitcli.directory.reading import listed

    check_number(number)
    words = " ".join(text).strip()
    found = in_order(listed(call.downloads.directories(directories.directory)), _today(call))
    exact = True
    if words:
        found, exact = search(found, words)
    limit = number or (TERMINAL_RESULTS if is_drawn(call, output) else None)
    rows = [conference.row for conference in found[:limit]]
    sentence = _('no conferences match "{text}"; use `summit search` to search sessions')
    nothing = sentence.format(text=words) if words else ""
    status = answer(call, DirectoryRow, rows, output, nothing)
    if not is_drawn(call, output):
        return status
    if rows and not exact:
        say(_('no conference matches "{text}" exactly; showing close matches').format(text=words))
    if len(found) > len(rows):
        say(_("there are more; use `-n {n}` to show more").format(n=10 * len(rows)))
    if rows:
        asked = "".join(f" --directory {quote(reference)}" for reference in directories.directory)
        hint(call, f"summit use {rows[0].name}{without_password(asked)}")
    return status


def _today(call: Call) -> date:
    """Return the date of ``--at`` if that is a full date, else today's."""
    asked = None if call.at is None else full_date(call.at)
    return asked or date.today()  # noqa: DTZ011
