"""The command that finds and repairs problems with the program's own files."""

from __future__ import annotations

from summitcli.cli.call import Call
from summitcli.cli.declare import Rows, examples, needs_no_schedule, typer
from summitcli.cli.grammar.shells import SCRIPTS, install_path
from summitcli.cli.options import Output
from summitcli.cli.output.answer import answer, validate_output
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.doctor import REPAIR, REPAIRED, Check, examine, faults
from summitcli.errors import Status
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import Annotated


@needs_no_schedule
@examples(
    ("summit doctor", "List each problem and the command that repairs it."),
    ("summit doctor --repair", "Repair what can be repaired without losing anything."),
    ("summit doctor --json", "The results of all checks, as JSON."),
)
def doctor(
    call: Call,
    output: Annotated[Output, Rows("doctor:Check")],
    repair: Annotated[
        bool, typer.Option("--repair", help="Repair what can be repaired without losing anything.")
    ] = False,
) -> Status:
    """Check the program's own files. Reads agendas, saved schedules and cache; exits with 3 on problems."""
    validate_output(call, Check, output)
    if output.fields == "help":
        return answer(call, Check, (), output)
    checks = examine({shell: install_path(shell) for shell in SCRIPTS}, repair)

    answer(call, Check, checks, output)
    left, repaired = len(faults(checks)), sum(check.status == REPAIRED for check in checks)
    counts = (
        ngettext("{n} problem repaired", "{n} problems repaired", repaired) if repaired else "",
        ngettext("{n} problem", "{n} problems", left) if left else "",
    )
    say(_(", ").join(filter(None, counts)) or _("no problems found"))
    if left and not repair:
        hint(call, REPAIR)
    return Status.INVALID if left else Status.DONE
