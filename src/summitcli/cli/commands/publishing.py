"""The commands for people who publish schedules: two compared, and one written in another format."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

from summitcli.catalog.store import catalog_of
from summitcli.cli.call import Call
from summitcli.cli.changes import report
from summitcli.cli.declare import Bundle, Completes, Rows, examples, typer
from summitcli.cli.options import AgendaName, Output
from summitcli.cli.output.answer import write, write_file
from summitcli.cli.terminal.messages import say, say_findings
from summitcli.errors import ScheduleError, Status, UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.library.reference import STDIN
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from summitcli.model import Schedule

TARGETS = {
    "json": "summit",
    "summit": "summit",
    "frab-json": "frab-json",
    "frab-xml": "frab-xml",
    "ics": "ics",
    "csv": "csv",
}
"""What can be asked for, and the format that it is."""

ENDINGS = {".json": "summit", ".xml": "frab-xml", ".ics": "ics", ".csv": "csv"}
"""The formats that the ending of a file's name makes clear."""

COLUMNS = (
    "day",
    "start",
    "end",
    "room",
    "id",
    "category",
    "title",
    "speakers",
    "language",
    "url",
    "description",
)
"""The columns of a schedule as CSV."""


class Conversion(Bundle):
    """How a schedule is written, and where to."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="json, frab-json, frab-xml, ics or csv; else as FILE ends.",
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


@examples(
    ("summit diff old.json timed.json", "What has changed since."),
    ("summit diff old.json timed.json --json", "The same for other programs."),
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
    """What has changed between two schedules. Their formats may differ; status 1 where nothing has."""
    if old == new == STDIN:
        raise UsageError(_("only one of the two can be standard input"))
    earlier, later = (_read(call, reference, named=True) for reference in (old, new))
    # The call closes the other one when it ends.
    with closing(catalog_of(earlier)) as before:
        return Status.DONE if report(call, before, catalog_of(later), output, name) else Status.NOTHING


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
    target = _target(conversion)
    text = _written(_read(call, reference, conversion.strict), target)
    if conversion.output in (None, STDIN):
        write(text)
        return Status.DONE
    assert conversion.output is not None  # noqa: S101
    write_file(conversion.output, text)
    say(_("wrote {name}").format(name=conversion.output))
    return Status.DONE


def _read(call: Call, reference: str, strict: bool = False, named: bool = False) -> Schedule:
    """The schedule that ``reference`` names; what is odd about it is said, with its name if ``named``.

    Raises:
        ScheduleError: it is none, or ``strict`` and odd.
        Unreachable: it can't be read.
    """
    from summitcli.formats import parse

    source = call.find(reference)
    schedule, findings = parse(source.read(), source.name, source.hints)
    say_findings(findings, source.name if named else None)
    if strict and len(findings):
        sentence = ngettext(
            "{n} thing is odd about {name}, so nothing is written; without --strict it would be",
            "{n} things are odd about {name}, so nothing is written; without --strict it would be",
            len(findings),
            name=source.name,
        )
        raise ScheduleError(sentence)
    return schedule


def _target(conversion: Conversion) -> str:
    """The format asked for, or else that of the file's ending.

    Raises:
        UnknownValue: there is no such format.
        UsageError: neither names one.
    """
    if (asked := conversion.format) is not None:
        if asked not in TARGETS:
            raise UnknownValue(
                _('no format "{name}"').format(name=asked), nearest(asked, TARGETS), [*TARGETS]
            )
        return TARGETS[asked]
    ending = os.path.splitext(conversion.output or "")[1].lower()
    if ending not in ENDINGS:
        names = _(", ").join(name for name in TARGETS if name != "summit")
        raise UsageError(_("say with --format what to write: {names}").format(names=names))
    return ENDINGS[ending]


def _written(schedule: Schedule, target: str) -> str:
    """The whole schedule in a format, its names in its own language."""
    if target == "summit":
        from summitcli.exports.native import native

        return native(schedule)
    if target == "frab-json":
        from summitcli.exports.frab_json import frab_json

        return frab_json(schedule)
    if target == "frab-xml":
        from summitcli.exports.frab_xml import frab_xml

        return frab_xml(schedule)
    with closing(catalog_of(schedule)) as catalog:
        if target == "ics":
            from summitcli.exports.ics import Entry, ics

            return ics(catalog.conference(), map(Entry, catalog.sessions()))
        from summitcli.exports.delimited import csv

        return csv(catalog.listings(), COLUMNS)
