"""The command that checks a schedule for problems."""

from __future__ import annotations

from summitcli.cli.call import Call
from summitcli.cli.declare import (
    Completes,
    Repeated,
    Rows,
    examples,
    in_conference_time,
    needs_no_schedule,
    typer,
)
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer, write
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.library.reference import STDIN
from summitcli.sources.addresses import without_password
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from summitcli.validation.problems import Examination


HELP = "help"
"""The value of ``--only`` that lists the rules."""


@in_conference_time
@needs_no_schedule
@examples(
    ("summit validate meetup.json", "List the problems, and where they are."),
    ("summit validate meetup.json --strict", "Also check against the format's specification."),
    ("summit validate meetup.json --only room-conflict", "Only look for two sessions in a room at one time."),
    ("summit validate --only help", "List all rules, and what each finds."),
)
def validate(
    call: Call,
    output: Annotated[Output, Rows("validation.problems:Problem")],
    file: Annotated[
        str,
        typer.Argument(
            metavar="SCHEDULE",
            help="Schedule to check: a file, a URL, the name of a saved one, or - for stdin.",
        ),
        Completes("schedule"),
    ] = "",
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Also check against the format's specification; if it has none, treat warnings as errors.",
        ),
    ] = False,
    only: Annotated[
        Repeated,
        typer.Option("--only", metavar="RULE", help="Apply only this rule; `--only help` lists all rules."),
        Completes("rule"),
    ] = (),
    ignore: Annotated[
        Repeated, typer.Option("--ignore", metavar="RULE", help="Don't check this rule."), Completes("rule")
    ] = (),
) -> Status:
    """Check a schedule for problems. Shows where each of them is; exits with 3 if there are errors."""
    from summitcli.text.shell import quote
    from summitcli.validation.rules import chosen_rules

    if HELP in (*only, *ignore):
        write(_list_of_rules())
        return Status.DONE
    rules = chosen_rules(only, ignore)
    _require(file)
    from summitcli.validation.problems import Problem, examine

    source = call.find(file)
    found = examine(source.read(), source.name, source.hints, strict, rules)
    answer(call, Problem, found.problems, output, shown=found, name=source.name)
    if output.fields == "help":
        return Status.DONE
    _report_truncated(found)
    say(_summary(found))
    if not strict and not found.number("error") and file != STDIN:
        hint(call, printable(f"summit validate {quote(without_password(file))} --strict"))
    return Status.INVALID if found.number("error") else Status.DONE


def _require(file: str) -> None:
    """Raise UsageError if ``file`` is empty. It may be empty only for ``--only help``, the list of rules."""
    if not file:
        sentence = _("missing argument: {name}").format(name="FILE")
        more = _("{sentence}; see `{command} --help`")
        raise UsageError(more.format(sentence=sentence, command="summit validate"))


def _list_of_rules() -> str:
    """Return a line for each rule: its name, its severity and what it finds."""
    from summitcli.validation.rules import RULES

    severities = {"error": _("error"), "warning": _("warning"), "note": _("note")}
    width, longest = max(map(len, RULES)), max(map(len, severities.values()))
    return "".join(
        f"{name:<{width}}  {severities[rule.severity]:<{longest}}  {_(rule.summary)}\n"
        for name, rule in RULES.items()
    )


def _summary(found: Examination) -> str:
    """Return the number of errors, warnings and notes found in a schedule, as a sentence."""
    errors, warnings, notes = (found.number(severity) for severity in ("error", "warning", "note"))
    counts = (
        ngettext("{n} error", "{n} errors", errors) if errors else "",
        ngettext("{n} warning", "{n} warnings", warnings) if warnings else "",
        ngettext("{n} note", "{n} notes", notes) if notes else "",
    )
    return _(", ").join(filter(None, counts)) or _("no problems found")


def _report_truncated(found: Examination) -> None:
    """Tell the user which kinds of problems occur so often that only the first of them are listed."""
    from summitcli.formats.findings import MAX_KEPT
    from summitcli.validation.problems import MAX_FAULTS

    for group in found.groups:
        if group.number > len(group.problems) == MAX_KEPT:
            sentence = _("{sentence}: showing the first {n}")
            say(sentence.format(sentence=group.heading, n=len(group.problems)))
    if found.stopped:
        say(_("stopped checking after {n} errors; fix these first").format(n=f"{MAX_FAULTS:,}"))
