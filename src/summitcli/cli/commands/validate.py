"""The command that checks a schedule for problems."""

from __future__ import annotations

from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Rows, examples, needs_no_schedule, typer
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.library.reference import STDIN
from summitcli.sources.addresses import without_password
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.validation.problems import Examination


@needs_no_schedule
@examples(
    ("summit validate timed.json", "Problems with their paths and lines."),
    ("summit validate timed.json --strict", "Also check against the format's specification."),
)
def validate(
    call: Call,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="Schedule to check: a file, URL, name, or - for stdin."),
        Completes("schedule"),
    ],
    output: Annotated[Output, Rows("validation.problems:Problem")],
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Check against the format's specification; if it has none, treat warnings as errors.",
        ),
    ] = False,
) -> Status:
    """Check a schedule for problems. Shows the path and line of each; exits with 3 if there are errors."""
    from summitcli.text.shell import quote
    from summitcli.validation.problems import Problem, examine

    source = call.find(file)
    found = examine(source.read(), source.name, source.hints, strict)
    answer(call, Problem, found.problems, output, shown=found, name=source.name)
    if output.fields == "help":
        return Status.DONE
    _report_truncated(found)
    say(_summary(found))
    if not strict and not found.number("error") and file != STDIN:
        hint(call, printable(f"summit validate {quote(without_password(file))} --strict"))
    return Status.INVALID if found.number("error") else Status.DONE


def _summary(found: Examination) -> str:
    """Return a message with the number of problems of each severity."""
    errors, warnings = found.number("error"), found.number("warning")
    counts = (
        ngettext("{n} error", "{n} errors", errors) if errors else "",
        ngettext("{n} warning", "{n} warnings", warnings) if warnings else "",
    )
    return _(", ").join(filter(None, counts)) or _("no problems found")


def _report_truncated(found: Examination) -> None:
    """Tell the user of which kinds not all problems are listed."""
    from summitcli.formats.findings import MAX_KEPT
    from summitcli.validation.problems import MAX_FAULTS

    for group in found.groups:
        if group.number > len(group.problems) == MAX_KEPT:
            sentence = _("{sentence}: showing the first {n}")
            say(sentence.format(sentence=group.heading, n=len(group.problems)))
    if found.stopped:
        say(_("stopped checking after {n} errors; fix these first").format(n=f"{MAX_FAULTS:,}"))
