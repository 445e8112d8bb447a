"""The Typer application, with one line for each command.

Most command lines are read without Typer, by :mod:`summitcli.cli.grammar.scanner`, from a table that
``make docs`` compiles from this application: register a new command here, then run ``make docs``.
"""

from collections.abc import Sequence
from typing import Any

import typer

from summitcli.cli.binding import bind
from summitcli.cli.commands import (
    agenda,
    browse,
    completion,
    doctor,
    export,
    finding,
    grid,
    listings,
    new,
    overview,
    own_time,
    picking,
    plan,
    planning,
    publishing,
    reminding,
    schedules,
    sessions,
    sharing,
    syncing,
    validate,
    website,
)
from summitcli.cli.grammar import help as help_page
from summitcli.cli.running import Invocation
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.sources.addresses import without_password

INTERRUPTED = 130
"""The exit code that Typer returns after Ctrl-C, instead of raising KeyboardInterrupt."""

VIEW = "View sessions"
AGENDA = "Your agenda and export"
FILTER_VALUES = "Filter values"
SCHEDULES = "Schedules"
OTHER = "Other"

WITHOUT_HELP: dict[str, Any] = {"help_option_names": []}
"""Context settings that remove Typer's help option, which :func:`~summitcli.cli.binding.bind` replaces."""

app = typer.Typer(
    callback=bind(overview.glance, program=True),
    invoke_without_command=True,
    context_settings=WITHOUT_HELP,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("today", rich_help_panel=VIEW)(bind(listings.today))
app.command("tomorrow", rich_help_panel=VIEW)(bind(listings.tomorrow))
app.command("day", rich_help_panel=VIEW)(bind(listings.day))
app.command("now", rich_help_panel=VIEW)(bind(listings.now))
app.command("next", rich_help_panel=VIEW)(bind(listings.next_))
app.command("list", rich_help_panel=VIEW)(bind(listings.list_))
app.command("search", rich_help_panel=VIEW)(bind(sessions.search))
app.command("show", rich_help_panel=VIEW)(bind(sessions.show))
app.command("grid", rich_help_panel=VIEW)(bind(grid.grid))
app.command("browse", rich_help_panel=VIEW)(bind(browse.browse))
app.command("about", rich_help_panel=VIEW)(bind(overview.about))

app.command("star", rich_help_panel=AGENDA)(bind(picking.star))
app.command("unstar", rich_help_panel=AGENDA)(bind(picking.unstar))
app.command("hide", rich_help_panel=AGENDA)(bind(picking.hide))
app.command("remind", rich_help_panel=AGENDA)(bind(reminding.remind))
agenda_app = typer.Typer(callback=bind(agenda.agenda), invoke_without_command=True)
app.add_typer(agenda_app, name="agenda", rich_help_panel=AGENDA)
agenda_app.command("add", rich_help_panel=AGENDA)(bind(picking.add))
agenda_app.command("remove", rich_help_panel=AGENDA)(bind(picking.remove))
agenda_app.command("clear", rich_help_panel=AGENDA)(bind(agenda.clear))
agenda_app.command("undo", rich_help_panel=AGENDA)(bind(agenda.undo))
agenda_app.command("conflicts", rich_help_panel=AGENDA)(bind(planning.conflicts))
agenda_app.command("gaps", rich_help_panel=AGENDA)(bind(planning.gaps))
agenda_app.command("plan", rich_help_panel=AGENDA)(bind(plan.plan))
agenda_app.command("block", rich_help_panel=AGENDA)(bind(own_time.block))
agenda_app.command("busy", rich_help_panel=AGENDA)(bind(own_time.busy))
agenda_app.command("share", rich_help_panel=AGENDA)(bind(sharing.share))
agenda_app.command("compare", rich_help_panel=AGENDA)(bind(sharing.compare))
agenda_app.command("import", rich_help_panel=AGENDA)(bind(sharing.import_))
agenda_app.command("export", rich_help_panel=AGENDA)(bind(export.export_agenda))
agenda_app.command("sync", rich_help_panel=AGENDA)(bind(syncing.sync))
app.command("export", rich_help_panel=AGENDA)(bind(export.export))

app.command("days", rich_help_panel=FILTER_VALUES)(bind(overview.days))
app.command("categories", rich_help_panel=FILTER_VALUES)(bind(overview.categories))
app.command("rooms", rich_help_panel=FILTER_VALUES)(bind(overview.rooms))
app.command("speakers", rich_help_panel=FILTER_VALUES)(bind(overview.speakers))

app.command("find", rich_help_panel=SCHEDULES)(bind(finding.find))
app.command("use", rich_help_panel=SCHEDULES)(bind(schedules.use))
schedules_app = typer.Typer(callback=bind(schedules.schedules), invoke_without_command=True)
app.add_typer(schedules_app, name="schedules", rich_help_panel=SCHEDULES)
schedules_app.command("remove", rich_help_panel=SCHEDULES)(bind(schedules.remove))
app.command("update", rich_help_panel=SCHEDULES)(bind(schedules.update))
app.command("new", rich_help_panel=SCHEDULES)(bind(new.new))
app.command("diff", rich_help_panel=SCHEDULES)(bind(publishing.diff))
app.command("validate", rich_help_panel=SCHEDULES)(bind(validate.validate))
app.command("convert", rich_help_panel=SCHEDULES)(bind(publishing.convert))
app.command("publish", rich_help_panel=SCHEDULES)(bind(website.publish))

app.command("completion", rich_help_panel=OTHER)(bind(completion.completion))
app.command("doctor", rich_help_panel=OTHER)(bind(doctor.doctor))
app.command("help", rich_help_panel=OTHER)(bind(help_page.help_))


def parse(words: Sequence[str]) -> Invocation | None:
    """Parse a command line with Typer; return None if Typer itself has answered it, for example ``--help``.

    Raises:
        KeyboardInterrupt: Typer was interrupted.
        UsageError: Typer can't parse the line; the message is Typer's.
    """
    # The base class of Typer's usage errors, of which it exports only subclasses.
    usage_exception: Any = typer.BadParameter.__base__
    parsed: list[Invocation] = []

    def remember(invocation: Invocation) -> Status:
        parsed.append(invocation)
        return Status.DONE

    try:
        status = typer.main.get_command(app).main(
            args=list(words), prog_name="summit", standalone_mode=False, obj=remember
        )
    except usage_exception as error:
        raise _usage_error(error, words) from None
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    return parsed[0] if parsed else None


def _usage_error(error: Any, words: Sequence[str]) -> UsageError:
    """Return Typer's error with its message on one line, without the passwords of URLs in ``words``."""
    message = error.format_message()
    for word in words:
        message = message.replace(word, without_password(word))
    sentence = " ".join(message.split()).rstrip(".?")
    command = "summit" if error.ctx is None else error.ctx.command_path
    template = _("{sentence}; see `{command} --help`")
    return UsageError(template.format(sentence=sentence[:1].lower() + sentence[1:], command=command))
