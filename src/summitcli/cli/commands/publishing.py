"""The commands for people who publish schedules: two compared, and one written in another format."""

from __future__ import annotations

from contextlib import closing

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.cli.call import Call
from summitcli.cli.changes import ChangeRow, report
from summitcli.cli.declare import Bundle, Completes, Rows, examples, needs_no_schedule, typer
from summitcli.cli.options import AgendaName, Output
from summitcli.cli.output.answer import answer, write_file, write_pieces
from summitcli.cli.terminal.messages import say, say_findings
from summitcli.errors import ScheduleError, Status, UsageError
from summitcli.exports import SCHEDULE, Format, format_named, format_of_file, formats_for
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.library.reference import STDIN

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


class Conversion(Bundle):
    """How a schedule is written, and where to."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="{formats}; else as FILE ends.",
        ),
        Completes("target"),
    ] = None
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file to write; - or nothing is stdout."),
        Completes("file"),
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing where anything is odd about REF.")
    ] = False


@needs_no_schedule
@examples(
    ("summit diff old.json timed.json", "What has changed since.", 1),
    ("summit diff old.json timed.json --json", "The same for other programs.", 1),
)
def diff(
    call: Call,
    old: Annotated[
        str,
        typer.Argument(metavar="OLD", help="The earlier schedule: a file, a URL, a name, bundled or -."),
        Completes("schedule"),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later one."), Completes("schedule")],
    output: Annotated[Output, Rows("cli.changes:ChangeRow")],
    name: AgendaName = None,
) -> Status:
    """What has changed between two schedules. Their formats may differ; status 1 if anything has."""
    if output.fields == "help":
        return answer(call, ChangeRow, (), output)
    if old == new == STDIN:
        raise UsageError(_("only one of the two can be standard input"))
    # The call closes the other one when it ends.
    with closing(_catalog(call, old)[0]) as before:
        after, cancelled = _catalog(call, new)
        differs = report(call, before, after, output, name, cancelled=cancelled)
    return Status.DIFFERS if differs else Status.DONE


@needs_no_schedule
@examples(
    ("summit convert timed.json -o timed.ics", "A calendar of all sessions."),
    ("summit convert timed.json -f frab-xml", "What other conference programs read."),
)
def convert(
    call: Call,
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="A schedule: a file, a URL, a name, bundled or -."),
        Completes("schedule"),
    ],
    conversion: Conversion,
) -> Status:
    """Write a schedule in another format."""
    from summitcli.formats import parse

    target = _target(conversion)
    source = call.find(reference)
    parsed = parse(source.read(), source.name, source.hints)
    if conversion.strict:
        _check_strictly(parsed, source.name)
    pieces = target.writer(parsed.with_progress(_("writing")))
    if conversion.output is None or conversion.output == STDIN:
        write_pieces(pieces)
        say_findings(parsed.findings)
        return Status.DONE
    write_file(conversion.output, pieces)
    say_findings(parsed.findings)
    say(_("wrote {name}").format(name=conversion.output))
    return Status.DONE


def _catalog(call: Call, reference: str) -> tuple[Catalog, frozenset[str]]:
    """Return the schedule that ``reference`` names, and the guids of what its publisher has cancelled.

    What is odd about it is said, with its name.

    Raises:
        ScheduleError: it is none.
        Unreachable: it can't be read.
    """
    from summitcli.formats import parse

    source = call.find(reference)
    parsed = parse(source.read(), source.name, source.hints)
    catalog = temporary_catalog(parsed, searchable=False)
    say_findings(parsed.findings, source.name)
    return catalog, parsed.cancelled


def _check_strictly(parsed: Parsed, name: str) -> None:
    """Raise ScheduleError if anything is odd about a schedule, which is gone through for it.

    Args:
        parsed: the schedule.
        name: what it is called.
    """
    if not parsed.check():
        return
    say_findings(parsed.findings)
    sentence = ngettext(
        "{n} thing is odd about {name}, so nothing is written; without --strict it would be",
        "{n} things are odd about {name}, so nothing is written; without --strict it would be",
        len(parsed.findings),
        name=name,
    )
    raise ScheduleError(sentence)


def _target(conversion: Conversion) -> Format:
    """Return the format asked for, or else that of the file's ending.

    Raises:
        UnknownValue: there is no such format, or the file has the ending of something else.
        UsageError: neither names one.
    """
    if conversion.format is not None:
        found = format_named(conversion.format, SCHEDULE, drawn=False)
    else:
        found = format_of_file(conversion.output or "", SCHEDULE)
    if found is None:
        names = _(", ").join(formats_for(SCHEDULE, drawn=False))
        raise UsageError(_("say with --format what to write: {names}").format(names=names))
    return found
