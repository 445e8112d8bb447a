"""The command line of summit: a Typer application, a line a command.

:mod:`summitcli.cli.grammar.scanner` reads most command lines without it, from a table that ``make docs``
compiles from it: write new commands here, then run that.
"""

from collections.abc import Sequence
from typing import Any

import typer

from summitcli.cli.binding import bind
from summitcli.cli.commands import (
    agenda,
    completion,
    doctor,
    export,
    grid,
    listings,
    overview,
    planning,
    publishing,
    schedules,
    sessions,
    sharing,
    validate,
)
from summitcli.cli.grammar import help as help_page
from summitcli.cli.running import Reading
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.sources.addresses import shown

INTERRUPTED = 130
"""What Typer returns instead of raising KeyboardInterrupt."""

LOOK = "Look"
PLAN = "Plan, and take along"
FILTER_BY = "What there is to filter by"
OTHERS = "Other conferences"
PROGRAM = "The program itself"

OWN_HELP: dict[str, Any] = {"help_option_names": []}
"""Help is an option of ours."""

app = typer.Typer(
    callback=bind(overview.glance, program=True),
    invoke_without_command=True,
    context_settings=OWN_HELP,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("today", rich_help_panel=LOOK)(bind(listings.today))
app.command("tomorrow", rich_help_panel=LOOK)(bind(listings.tomorrow))
app.command("day", rich_help_panel=LOOK)(bind(listings.day))
app.command("now", rich_help_panel=LOOK)(bind(listings.now))
app.command("next", rich_help_panel=LOOK)(bind(listings.next_))
app.command("list", rich_help_panel=LOOK)(bind(listings.list_))
app.command("search", rich_help_panel=LOOK)(bind(sessions.search))
app.command("show", rich_help_panel=LOOK)(bind(sessions.show))
app.command("grid", rich_help_panel=LOOK)(bind(grid.grid))
app.command("about", rich_help_panel=LOOK)(bind(overview.about))

mine = typer.Typer(callback=bind(agenda.agenda), invoke_without_command=True)
app.add_typer(mine, name="agenda", rich_help_panel=PLAN)
mine.command("add", rich_help_panel=PLAN)(bind(agenda.add))
mine.command("remove", rich_help_panel=PLAN)(bind(agenda.remove))
mine.command("clear", rich_help_panel=PLAN)(bind(agenda.clear))
mine.command("undo", rich_help_panel=PLAN)(bind(agenda.undo))
mine.command("conflicts", rich_help_panel=PLAN)(bind(planning.conflicts))
mine.command("gaps", rich_help_panel=PLAN)(bind(planning.gaps))
mine.command("compare", rich_help_panel=PLAN)(bind(sharing.compare))
mine.command("import", rich_help_panel=PLAN)(bind(sharing.import_))
mine.command("export", rich_help_panel=PLAN)(bind(export.export_agenda))
app.command("export", rich_help_panel=PLAN)(bind(export.export))

app.command("days", rich_help_panel=FILTER_BY)(bind(overview.days))
app.command("categories", rich_help_panel=FILTER_BY)(bind(overview.categories))
app.command("rooms", rich_help_panel=FILTER_BY)(bind(overview.rooms))
app.command("speakers", rich_help_panel=FILTER_BY)(bind(overview.speakers))

app.command("use", rich_help_panel=OTHERS)(bind(schedules.use))
known = typer.Typer(callback=bind(schedules.schedules), invoke_without_command=True)
app.add_typer(known, name="schedules", rich_help_panel=OTHERS)
known.command("remove", rich_help_panel=OTHERS)(bind(schedules.remove))
app.command("update", rich_help_panel=OTHERS)(bind(schedules.update))
app.command("diff", rich_help_panel=OTHERS)(bind(publishing.diff))
app.command("validate", rich_help_panel=OTHERS)(bind(validate.validate))
app.command("convert", rich_help_panel=OTHERS)(bind(publishing.convert))

app.command("completion", rich_help_panel=PROGRAM)(bind(completion.completion))
app.command("doctor", rich_help_panel=PROGRAM)(bind(doctor.doctor))
app.command("help", rich_help_panel=PROGRAM)(bind(help_page.help_))


def read(words: Sequence[str]) -> Reading | None:
    """Have Typer read ``words``, and return what they ask for; None where it has answered them itself.

    Raises:
        KeyboardInterrupt: Typer was interrupted.
        UsageError: it can't read them; in its own words.
    """
    # What Typer raises for a line that it can't read; it exports only this one's subclass.
    not_read: Any = typer.BadParameter.__base__
    found: list[Reading] = []

    def note(reading: Reading) -> Status:
        found.append(reading)
        return Status.DONE

    try:
        status = typer.main.get_command(app).main(
            args=list(words), prog_name="summit", standalone_mode=False, obj=note
        )
    except not_read as error:
        raise _usage_error(error, words) from None
    if status == INTERRUPTED:
        raise KeyboardInterrupt
    return found[0] if found else None


def _usage_error(error: Any, words: Sequence[str]) -> UsageError:
    """Return what Typer says of a line in one line, without the password of an address in it."""
    said = error.format_message()
    for word in words:
        said = said.replace(word, shown(word))
    sentence = " ".join(said.split()).rstrip(".?")
    called = "summit" if error.ctx is None else error.ctx.command_path
    told = _("{sentence}; see `{command} --help`")
    return UsageError(told.format(sentence=sentence[:1].lower() + sentence[1:], command=called))
