"""The commands that share an agenda, compare it with others, and import one."""

from __future__ import annotations

import os

from summitcli.agenda.editing import Wanted
from summitcli.agenda.importing.entries import LARGEST
from summitcli.agenda.importing.matching import FileMatches, match_file
from summitcli.agenda.place import names
from summitcli.agenda.planner import compare as find_shared
from summitcli.agenda.planner import holders as find_holders
from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import shared_guids
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Repeated, Rows, changes, examples, typer
from summitcli.cli.filters import query, selection
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import answer, write_file, write_pieces
from summitcli.cli.picks import add_to_agenda, empty_agenda_message, no_match, picked_listings, report_added
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import Annotated, NamedTuple
from summitcli.library.reference import STDIN, read_stdin
from summitcli.rows import PLANNED, Listing
from summitcli.sources.addresses import without_password
from summitcli.storage import paths
from summitcli.text.batches import batches
from summitcli.text.suggest import nearest


class ComparisonRow(NamedTuple):
    """A row of the output: a session on one day, and which agendas it is in.

    ``whose`` is ``mine`` if only your agenda has it, ``theirs`` if only other agendas have it, else ``both``.
    ``others`` are the other agendas that have it, as you typed them.
    """

    whose: str
    day: str
    id: str
    title: str
    others: tuple[str, ...]


MAX_LISTED = 100
"""The maximum number of unknown entries of an imported file that are listed; others are only counted."""


@examples(
    ("summit agenda compare colleague.ics", "With a file that a colleague has exported."),
    ("summit agenda compare friends colleague.ics", "Which sessions each of the three agendas has."),
)
def compare(
    call: Call,
    others: Annotated[
        Repeated,
        typer.Argument(
            metavar="FILE|NAME…",
            help="Agendas to compare with: exported files, names of other agendas of yours, or - for stdin.",
        ),
        Completes("other agenda"),
    ],
    output: Annotated[Output, Rows("cli.commands.sharing:ComparisonRow")],
    name: AgendaName = None,
) -> Status:
    """Compare your agenda with others. Shows which sessions are in several agendas, and which in only one."""
    theirs = {other: _other_listings(call, other) for other in dict.fromkeys(others)}
    mine = picked_listings(call, name)
    rows = []
    for one, (is_mine, *held) in find_holders([mine, *theirs.values()]):
        having = tuple(other for other, has in zip(theirs, held, strict=True) if has)
        whose = ("both" if having else "mine") if is_mine else "theirs"
        rows.append(ComparisonRow(whose, one.day, one.id, one.title, having))
    rows.sort(key=lambda row: ("both", "mine", "theirs").index(row.whose))
    nothing = _("both agendas are empty") if len(theirs) == 1 else _("all agendas are empty")
    if len(theirs) == 1:
        shared = find_shared(mine, *theirs.values())
        return answer(call, ComparisonRow, rows, output, nothing, shown=shared)
    shown = sorted(find_holders([mine, *theirs.values()]), key=lambda held: _time(held.listing))
    return answer(call, ComparisonRow, rows, output, nothing, "holders", shown, names=list(theirs))


def _time(listing: Listing) -> tuple[str, str]:
    return listing.day, listing.start or ""


@examples(
    ("summit agenda share", "Print the text, to copy into a chat."),
    ("summit agenda share -d 1 --lang en", "The first day, in English."),
)
def share(
    call: Call,
    filters: Filters,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to this file (default: -, which is stdout)."
        ),
        Completes("file"),
    ] = None,
) -> Status:
    """Write your agenda as plain text for a chat. Contains the time, title and room of each session."""
    rows = selection(call, filters, query(call, filters._replace(agenda=not filters.pick)))
    if not rows:
        is_empty = not (call.agenda(filters.name).planned() or filters.pick)
        say(empty_agenda_message(call, filters.name) if is_empty else no_match())
        return Status.NOTHING
    from summitcli.exports.chat import chat

    pieces = chat(call.conference, rows, call.names_language)
    if output in (None, STDIN):
        write_pieces(pieces)
        return Status.DONE
    assert output is not None  # noqa: S101
    write_file(output, pieces)
    say(_("wrote {name}").format(name=output))
    return Status.DONE


@changes
@examples(
    ("summit agenda import colleague.ics", "Into your agenda."),
    ("summit agenda import colleague.ics --name friends", "Into the agenda named friends."),
)
def import_(
    call: Call,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="File to import: an agenda exported by this program (.ics, JSON or TSV), a list of IDs,"
            " one a line, the calendar faved.ics of a pretalx site, or any in the format xCal; - for"
            " stdin.",
        ),
        Completes("file"),
    ],
    name: AgendaName = None,
) -> Status:
    """Import sessions into your agenda from a file. Entries not in the schedule are only reported."""
    found = _matched_file(call, file)
    if found.matched:
        wanted = (Wanted(match.session, match.days, match.mark) for match in found.matched)
        report_added(call, add_to_agenda(call, name, wanted, "import", raise_only=True))
        sync_kept(call, name)
    _report_unmatched(found)
    return Status.DONE if found.matched else Status.NOTHING


def _other_listings(call: Call, other: str) -> list[Listing]:
    """Return the sessions, on each of their days, of the agenda to compare with.

    ``other`` is the name of an agenda, or else a file, or ``-`` for standard input.

    Raises:
        UnknownValue: there is neither an agenda nor a file of that name.
    """
    if other in names(call.agenda_key()):
        return picked_listings(call, other)
    if other != STDIN and not os.path.lexists(other) and not paths.fault_of_name(other):
        sentence = _('no agenda or file "{name}"').format(name=other)
        known = names(call.agenda_key())
        raise UnknownValue(sentence, nearest(other, known), known)
    found = _matched_file(call, other)
    _report_unmatched(found)
    matched = (match for match in found.matched if match.mark in PLANNED)
    pairs = tuple((match.session.id, day) for match in matched for day in match.days or (None,))
    return call.catalog.listings(Query(picks=pairs)) if pairs else []


def _matched_file(call: Call, file: str) -> FileMatches:
    """Read an exported agenda, and return the sessions of the schedule to which its entries refer.

    Args:
        call: the running command.
        file: the path of the file; ``-`` for standard input.
    """
    if file == STDIN:
        data = read_stdin(LARGEST)
    else:
        try:
            with open(file, "rb") as opened:
                data = opened.read(LARGEST + 1)
        except OSError as error:
            # It may be a URL, whose password must not be without_password.
            raise Unreachable(_("can't read {name}").format(name=without_password(file)), error) from error
    from summitcli.cli.output.calendar import picked_uids

    positions, shared = call.catalog.positions(), shared_guids(call.catalog)
    # Loaded in batches, so that progress is shown.
    sessions = (row for batch in batches(positions) for row in call.catalog.sessions_at(batch))
    conference = call.conference._replace(id=call.agenda_key())
    return match_file(data, file, conference, sessions, shared, picked_uids(call))


def _report_unmatched(found: FileMatches) -> None:
    """Tell the user which imported sessions have moved, and which entries are not in the schedule."""
    for match in found.matched:
        if match.moved:
            say(_("rescheduled: {id}").format(id=match.session.id))
    if found.unmatched:
        count = len(found.unmatched)
        say(ngettext("{n} entry not found in the schedule:", "{n} entries not found in the schedule:", count))
        for text in found.unmatched[:MAX_LISTED]:
            say(f"  {text}")
        if more := count - len(found.unmatched[:MAX_LISTED]):
            say("  " + ngettext("and {n} more", "and {n} more", more))
