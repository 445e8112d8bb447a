"""The commands that hold an agenda against another: a friend's file, an older export, another name."""

from __future__ import annotations

import os

from summitcli.agenda.importing.entries import LARGEST
from summitcli.agenda.importing.matching import FileMatches, match_file
from summitcli.agenda.place import names
from summitcli.agenda.planner import compare as find_shared
from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import shared_guids
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Rows, changes, examples, typer
from summitcli.cli.options import AgendaName, Output
from summitcli.cli.output.answer import answer
from summitcli.cli.picks import add_to_agenda, picked_listings, say_done
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import Annotated, NamedTuple
from summitcli.library.reference import STDIN, read_stdin
from summitcli.rows import Listing
from summitcli.sources.addresses import without_password
from summitcli.storage import paths
from summitcli.text.suggest import nearest


class ComparisonRow(NamedTuple):
    """A listing of two agendas; ``whose`` is ``both``, ``mine`` or ``theirs``."""

    whose: str
    day: str
    id: str
    title: str


MOST_LISTED = 100
"""How many entries are listed that are not in the schedule."""


@examples(
    ("summit agenda compare colleague.ics", "With a colleague's file."),
    ("summit agenda compare friends", "With another agenda of mine."),
)
def compare(
    call: Call,
    other: Annotated[
        str,
        typer.Argument(
            metavar="FILE|NAME", help="Another agenda: a file, the name of one of mine, - for stdin."
        ),
        Completes("other agenda"),
    ],
    output: Annotated[Output, Rows("cli.commands.sharing:ComparisonRow")],
    name: AgendaName = None,
) -> Status:
    """What is in both agendas, only in mine, only in theirs."""
    mine = picked_listings(call, name)
    shared = find_shared(mine, _theirs(call, other))
    sides = {"both": shared.both, "mine": shared.only_mine, "theirs": shared.only_theirs}
    rows = [
        ComparisonRow(whose, listing.day, listing.id, listing.title)
        for whose, listings in sides.items()
        for listing in listings
    ]
    return answer(call, ComparisonRow, rows, output, _("both agendas are empty"), shown=shared)


@changes
@examples(
    ("summit agenda import colleague.ics", "Into my agenda."),
    ("summit agenda import colleague.ics --name friends", "Into one of its own."),
)
def import_(
    call: Call,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Ids, our JSON or TSV, an .ics of ours, a pretalx faved.ics, xCal; - for stdin.",
        ),
        Completes("file"),
    ],
    name: AgendaName = None,
) -> Status:
    """Pick what a file names. What is not in the schedule is listed."""
    found = _taken_over(call, file)
    if found.matched:
        wanted = ((match.session, match.days) for match in found.matched)
        say_done(call, add_to_agenda(call, name, wanted, "import"))
    _say_what_is_missing(found)
    return Status.DONE if found.matched else Status.NOTHING


def _theirs(call: Call, other: str) -> list[Listing]:
    """The listings of another agenda of mine, or else of a file or of standard input."""
    if other in names(call.agenda_key()):
        return picked_listings(call, other)
    if other != STDIN and not os.path.lexists(other) and not paths.fault_of_name(other):
        sentence = _('no agenda and no file "{name}"').format(name=other)
        known = names(call.agenda_key())
        raise UnknownValue(sentence, nearest(other, known), known)
    found = _taken_over(call, other)
    _say_what_is_missing(found)
    pairs = tuple((one.session.id, day) for one in found.matched for day in one.days or (None,))
    return call.catalog.listings(Query(picks=pairs)) if pairs else []


def _taken_over(call: Call, file: str) -> FileMatches:
    if file == STDIN:
        data = read_stdin(LARGEST)
    else:
        try:
            with open(file, "rb") as opened:
                data = opened.read(LARGEST + 1)
        except OSError as error:
            # It may be an address, with which somebody hopes for more than a file.
            raise Unreachable(_("can't read {name}").format(name=without_password(file)), error) from error
    from summitcli.cli.output.calendar import picked_uids

    sessions, shared = call.catalog.sessions(), shared_guids(call.catalog)
    conference = call.conference._replace(id=call.agenda_key())
    return match_file(data, file, conference, sessions, shared, picked_uids(call))


def _say_what_is_missing(found: FileMatches) -> None:
    for match in found.matched:
        if match.moved:
            say(_("held at another time now: {id}").format(id=match.session.id))
    if found.unmatched:
        count = len(found.unmatched)
        say(ngettext("{n} entry is not in the schedule:", "{n} entries are not in the schedule:", count))
        for text in found.unmatched[:MOST_LISTED]:
            say(f"  {text}")
        if more := count - len(found.unmatched[:MOST_LISTED]):
            say("  " + ngettext("and {n} more", "and {n} more", more))
