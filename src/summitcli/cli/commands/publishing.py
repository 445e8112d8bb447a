"""The commands that compare two schedules and convert one to another format."""

from __future__ import annotations

from contextlib import closing, suppress

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.cli.call import Call
from summitcli.cli.changes import ChangeRow, report
from summitcli.cli.declare import (
    Bundle,
    Completes,
    Rows,
    examples,
    in_conference_time,
    needs_no_schedule,
    typer,
)
from summitcli.cli.options import MarkedAgenda, Output
from summitcli.cli.output.answer import answer, write_file, write_pieces
from summitcli.cli.terminal.messages import say, say_findings, warn
from summitcli.errors import ScheduleError, Status, UsageError
from summitcli.exports import SCHEDULE, Format, format_named, format_of_file, formats_for
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, NamedTuple
from summitcli.library.reference import STDIN
from summitcli.sources.source import Source, in_zone
from summitcli.text import dates

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed


class Conversion(Bundle):
    """The options of ``summit convert``."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="Output format: {formats} (default: from the extension of the output file). json (also"
            " called summit) and yaml are this program's own format; frab-json and frab-xml are read"
            " by other conference software.",
        ),
        Completes("target"),
    ] = None
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to this file (default: -, which is stdout)."
        ),
        Completes("file"),
    ] = None
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if reading the schedule gives any warning.")
    ] = False


@needs_no_schedule
@examples(
    ("summit diff old.json new.json", "What has changed since the old schedule.", 1),
    ("summit diff old.json new.json --json", "The same, as JSON.", 1),
    ("summit diff old.json new.json -f md", "The changes as text to publish.", 1),
)
def diff(
    call: Call,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="Old schedule: a file, a URL, the name of a saved one, bundled (the built-in one), or - for"
            " stdin.",
        ),
        Completes("schedule"),
    ],
    new: Annotated[
        str,
        typer.Argument(metavar="NEW", help="New schedule, given in the same way; its format may differ."),
        Completes("schedule"),
    ],
    output: Annotated[Output, Rows("cli.changes:ChangeRow")],
    name: MarkedAgenda = None,
) -> Status:
    """Compare two schedules. Shows changes from the first to the second; exits with 1 if there are any."""
    if output.fields == "help":
        return answer(call, ChangeRow, (), output)
    if old == new == STDIN:
        raise UsageError(_("standard input can be read only once; save the other input in a file"))
    sides = _read_both(call.find(old), call.find(new))
    if sides[0].lacks_zone != sides[1].lacks_zone:
        lacking = 0 if sides[0].lacks_zone else 1
        sides[lacking] = _read_in_zone_of(sides[lacking], sides[1 - lacking])
    before, after = sides
    for side in sides:
        say_findings(side.findings, side.source.name)
    # The call closes the other catalog.
    with closing(before.catalog):
        found = report(call, before.catalog, after.catalog, output, name, cancelled=after.cancelled)
    return Status.DIFFERS if found.number else Status.DONE


@in_conference_time
@needs_no_schedule
@examples(
    ("summit convert meetup.json -o meetup.ics", "A calendar of all sessions."),
    ("summit convert meetup.json -f frab-xml", "Print it as other conference software reads it."),
    ("summit convert plan.csv -o plan.json", "Convert a spreadsheet to this program's format."),
)
def convert(
    call: Call,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="SCHEDULE",
            help="Schedule to convert: a file, a URL, the name of a saved one, bundled (the built-in"
            " one), or - for stdin.",
        ),
        Completes("schedule"),
    ],
    conversion: Conversion,
) -> Status:
    """Convert a schedule to another format."""
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


class _Side(NamedTuple):
    """One of two schedules that are compared."""

    source: Source
    catalog: Catalog
    findings: Findings
    cancelled: frozenset[str]
    """The GUIDs of the sessions that the schedule marks as cancelled."""

    @property
    def lacks_zone(self) -> bool:
        """Return whether the schedule's time zone is unknown: neither the schedule nor the user states it."""
        from summitcli.formats.assembly.zones import NO_INSTANTS

        return NO_INSTANTS in self.findings.counts


def _read_both(old: Source, new: Source) -> list[_Side]:
    """Return the two schedules to compare, read at the same time if they are large.

    Raises:
        ScheduleError: a source has no schedule.
        Unreachable: a source can't be read.
    """
    from summitcli.catalog.reading_process import ReadingProcess, is_worthwhile
    from summitcli.storage.second_process import SecondProcessError

    before = None
    if is_worthwhile(old) and is_worthwhile(new):
        with suppress(SecondProcessError), closing(ReadingProcess(new)) as process:
            before = _read(old)
            return [before, _Side(new, *process.result())]
    return [before or _read(old), _read(new)]


def _read(source: Source) -> _Side:
    """Return a schedule to compare.

    Raises:
        ScheduleError: ``source`` has no schedule.
        Unreachable: it can't be read.
    """
    from summitcli.formats import parse

    parsed = parse(source.read(), source.name, source.hints)
    return _Side(source, temporary_catalog(parsed, searchable=False), parsed.findings, parsed.cancelled)


def _read_in_zone_of(side: _Side, other: _Side) -> _Side:
    """Read ``side``, which has no time zone, again in the time zone of ``other``; return it and warn."""
    side.catalog.close()
    zone = other.catalog.conference().time_zone
    sentence = _("{name}: the schedule has no time zone; reading its times in that of {other}, {zone}")
    warn(sentence.format(name=side.source.name, other=other.source.name, zone=dates.zone(zone)))
    return _read(in_zone(side.source, zone))


def _check_strictly(parsed: Parsed, name: str) -> None:
    """Print the warnings about a schedule, and raise ScheduleError if there are any.

    Args:
        parsed: the schedule, which is read to the end.
        name: the name of the schedule in the error message.
    """
    if not parsed.check():
        return
    say_findings(parsed.findings)
    sentence = ngettext(
        "{name} has {n} warning, so nothing was written; omit --strict to write it anyway",
        "{name} has {n} warnings, so nothing was written; omit --strict to write it anyway",
        len(parsed.findings),
        name=name,
    )
    raise ScheduleError(sentence)


def _target(conversion: Conversion) -> Format:
    """Return the format given with ``--format``, or that of the extension of the output file.

    Raises:
        UnknownValue: the format or the file's extension is unknown.
        UsageError: neither is given.
    """
    if conversion.format is not None:
        found = format_named(conversion.format, SCHEDULE, drawn=False)
    else:
        found = format_of_file(conversion.output or "", SCHEDULE)
    if found is None:
        names = _(", ").join(formats_for(SCHEDULE, drawn=False))
        raise UsageError(_("choose a format with --format: {names}").format(names=names))
    return found
