"""The options that many commands share."""

from __future__ import annotations

from summitcli.cli.declare import Bundle, Completes, Repeated, typer
from summitcli.lazy_typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from typing import TypeAlias


class Common(Bundle):
    """The global options, which every command accepts."""

    schedule: Annotated[
        str | None,
        typer.Option(
            "--schedule",
            metavar="SCHEDULE",
            help="Schedule to use: a file, a URL, the name of a saved one, bundled (the built-in one) or"
            " - (stdin).",
        ),
        Completes("schedule"),
    ] = None
    assume_timezone: Annotated[
        str | None,
        typer.Option(
            "--assume-timezone",
            metavar="ZONE",
            help="Time zone of the conference: times without a zone are read in it, others are converted"
            " to it.",
        ),
    ] = None
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="Worksheet to read (default: the first suitable one).",
        ),
    ] = None
    columns: Annotated[
        str | None,
        typer.Option(
            "--columns",
            metavar="FIELD=NAME,…",
            help="What spreadsheet columns are: title=Titel,start=C.",
        ),
    ] = None
    timezone: Annotated[
        str | None,
        typer.Option(
            "--timezone",
            metavar="ZONE",
            help="Show times in this zone: Asia/Tokyo, local (here)…",
        ),
        Completes("zone"),
    ] = None
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="WHEN",
            help="Pretend that it is this day or time, such as 2022-07-24, or 2T10:00 (day 2, 10:00).",
        ),
        Completes("day"),
    ] = None
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="zh|en|auto",
            help="Language of messages and titles; auto: the system's.",
        ),
        Completes("lang"),
    ] = None
    color: Annotated[
        str | None,
        typer.Option("--color", metavar="auto|always|never", help="When to use colour."),
        Completes("color"),
    ] = None
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Don't show long output in a pager.")] = False
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Show only results and errors, no other messages.")
    ] = False
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where in the program an internal error occurred.")
    ] = False

    def for_schedule(self) -> str:
        """Return the options with which another command uses the same schedule: `` --schedule a.json``."""
        from summitcli.sources.addresses import without_password
        from summitcli.text.shell import quote

        names = ("schedule", "assume_timezone", "sheet", "columns")
        options = {name.replace("_", "-"): getattr(self, name) for name in names}
        return "".join(
            f" --{option} {quote(without_password(value))}"
            for option, value in options.items()
            if value is not None
        )


AgendaName: TypeAlias = (
    "Annotated[str | None, typer.Option('--name', metavar='NAME', help='Use a separate agenda of this"
    " name, such as friends.'), Completes('agenda')]"
)
"""The annotation of a parameter for the option ``--name``, as a string, so that Typer is not imported."""

MarkedAgenda: TypeAlias = (
    "Annotated[str | None,"
    " typer.Option('--name', metavar='NAME',"
    " help='List changes to the separate agenda of this name first, not those to your usual one.'),"
    " Completes('agenda')]"
)
"""The annotation of a parameter for the option ``--name`` of commands that compare schedules."""

GROUPS = ("room", "speaker", "category", "day")
"""The properties by which ``summit export --per`` groups sessions; each group gets a file."""

Stars: TypeAlias = (
    "Annotated[bool, typer.Option('--stars', help='Mark the sessions in your agenda (★) in files, too.')]"
)
"""The annotation of a parameter for the option ``--stars`` of commands that write files."""

Alarms: TypeAlias = (
    "Annotated[Repeated, typer.Option('--alarm', metavar='LENGTH', help='Add a reminder this long"
    " before each session, such as 30m or 1d. For an all-day session, the reminder is at 18:00 on the day"
    " before; with 2d, two days before.')]"
)
"""The annotation of a parameter for the option ``--alarm`` of commands that write calendars."""

OverwriteEdited: TypeAlias = (
    "Annotated[bool, typer.Option('--force', help='Also overwrite events that you have edited there, and"
    " restore those that you have deleted.')]"
)
"""The annotation of a parameter for the option ``--force`` of commands that write into a synced directory."""

PlannedMarks: TypeAlias = (
    "Annotated[Repeated, typer.Option('--pick', metavar='yes|maybe', help='Only sessions marked yes"
    " (★) or maybe (☆); default: both. Own entries, such as lunch, always count.'), Completes('planned')]"
)
"""The annotation of a parameter for the option ``--pick`` of commands about the sessions of an agenda."""

SessionIds: TypeAlias = (
    "Annotated[Repeated, typer.Argument(metavar='[ID…]', help='Sessions, each by its ID, the beginning"
    " of its ID, or a word from its title; - to read IDs from stdin. Or use filters.'), Completes('id')]"
)
"""The annotation of a parameter for the sessions that a command adds."""

PickedIds: TypeAlias = (
    "Annotated[Repeated, typer.Argument(metavar='[ID…]', help='Sessions, each by its ID, the beginning"
    " of its ID, or a word from its title; - to read IDs from stdin. Or use filters.'), Completes('picked')]"
)
"""The annotation of a parameter for the sessions that a command removes."""


class Filters(Bundle):
    """Repeat an option to match any of its values; different ones must all match."""

    # The docstring is shown, and translated, in the reference.

    day: Annotated[
        Repeated,
        typer.Option(
            "-d",
            "--day",
            metavar="WHEN",
            help="Only sessions on this day: 1 (the first), 7-23, 23 July, sat…",
        ),
        Completes("day"),
    ] = ()
    category: Annotated[
        Repeated,
        typer.Option(
            "-c",
            "--category",
            metavar="ID|NAME",
            help="Only sessions in this category; see `summit categories`.",
        ),
        Completes("category"),
    ] = ()
    exclude_category: Annotated[
        Repeated,
        typer.Option(
            "-x", "--exclude-category", metavar="ID|NAME", help="Leave out sessions in this category."
        ),
        Completes("category"),
    ] = ()
    room: Annotated[
        Repeated,
        typer.Option("-r", "--room", metavar="NAME", help="Only sessions in this room."),
        Completes("room"),
    ] = ()
    speaker: Annotated[
        Repeated,
        typer.Option("-s", "--speaker", metavar="NAME", help="Only sessions with this speaker."),
        Completes("speaker"),
    ] = ()
    language: Annotated[
        Repeated,
        typer.Option("--language", metavar="LANG", help="Only sessions held in this language."),
        Completes("language"),
    ] = ()
    agenda: Annotated[
        bool, typer.Option("--agenda", help="Only sessions in your agenda; see `summit help star`.")
    ] = False
    pick: Annotated[
        Repeated,
        typer.Option(
            "--pick", metavar="MARK", help="Only sessions that you have marked yes (★), maybe (☆) or hidden."
        ),
        Completes("pick"),
    ] = ()
    name: AgendaName = None
    from_time: Annotated[
        str | None,
        typer.Option("--from", metavar="HH:MM", help="Only sessions that start at this time or later."),
    ] = None
    to_time: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="HH:MM",
            help="Only sessions that start before this time, on the next morning if it is earlier than"
            " --from.",
        ),
    ] = None


class Output(Bundle):
    """The output options of a command that prints rows."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="Output format: {formats} (default: table in a terminal, otherwise tsv).",
        ),
        Completes("format"),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False
    fields: Annotated[
        str | None,
        typer.Option(
            "--fields", metavar="A,B,…", help="Fields to show, in order; `--fields help` lists all."
        ),
        Completes("fields"),
    ] = None
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="TEXT", help="Print each row in this way: '{day} {title}'."),
    ] = None
    header: Annotated[bool, typer.Option("--header", help="Add a header row to TSV output.")] = False


class Directories(Bundle):
    """The directories (lists of conferences) in which to look up names, beside the program's own."""

    directory: Annotated[
        Repeated,
        typer.Option(
            "--directory",
            metavar="FILE|URL",
            help="Also search this list of conferences: a file or a URL.",
        ),
        Completes("file"),
    ] = ()


class UpdateFlags(Bundle):
    """The options of ``summit update`` that say which schedules it accepts and what it writes."""

    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Only check and save nothing; exits with 1 if there are changes, 0 if not."
        ),
    ] = False
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Accept the new schedule even if it lacks over two thirds of the sessions or belongs to"
            " another conference.",
        ),
    ] = False
    strict: Annotated[
        bool, typer.Option("--strict", help="Don't save the schedule if reading it gives any warning.")
    ] = False
    sync: Annotated[
        bool,
        typer.Option(
            "--sync",
            help="Then sync your agendas to the directories given with `summit agenda sync --keep`.",
        ),
    ] = False


class Document(Bundle):
    """The output options of a command that prints one object."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="Output format: {formats} (default: table in a terminal, otherwise tsv).",
        ),
        Completes("document"),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False
