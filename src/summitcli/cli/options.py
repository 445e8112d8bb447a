"""The options that many commands share, each declared once."""

from __future__ import annotations

from summitcli.cli.declare import Bundle, Completes, Repeated, typer
from summitcli.lazy_typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from typing import TypeAlias


class Common(Bundle):
    """What every command takes."""

    schedule: Annotated[
        str | None,
        typer.Option(
            "--schedule", metavar="REF", help="The schedule to read: a name, address, file, bundled or -."
        ),
        Completes("schedule"),
    ] = None
    assume_timezone: Annotated[
        str | None,
        typer.Option(
            "--assume-timezone",
            metavar="ZONE",
            help="The time zone of the conference, such as Europe/Berlin.",
        ),
    ] = None
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="WHEN",
            help="Answer as if it were then: a day, or a day and a time as in 1T10:00. Of a calendar of more"
            " than a year, read what is around that day.",
        ),
        Completes("day"),
    ] = None
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="zh|en|auto", help="The language of headings, hints and names."),
        Completes("lang"),
    ] = None
    color: Annotated[
        str | None,
        typer.Option("--color", metavar="auto|always|never", help="Whether to use colour."),
        Completes("color"),
    ] = None
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="Say nothing beside the answer but errors.")
    ] = False
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where a fault of the program itself arose.")
    ] = False


AgendaName: TypeAlias = (
    "Annotated[str | None,"
    " typer.Option('--name', metavar='NAME', help='Which agenda, where you keep several.'),"
    " Completes('agenda')]"
)
"""The option that names an agenda; as text, as all annotations are here, so that it needs no Typer."""


class Filters(Bundle):
    """What to list: of one option any value may match, of different ones all must."""

    day: Annotated[
        Repeated,
        typer.Option(
            "-d", "--day", metavar="WHEN", help="On this day: 1, 2022-07-23, 7-23, 23 July, sat, today …"
        ),
        Completes("day"),
    ] = ()
    category: Annotated[
        Repeated,
        typer.Option("-c", "--category", metavar="ID|NAME", help="Of this category."),
        Completes("category"),
    ] = ()
    exclude_category: Annotated[
        Repeated,
        typer.Option("-x", "--exclude-category", metavar="ID|NAME", help="Not of this category."),
        Completes("category"),
    ] = ()
    room: Annotated[
        Repeated, typer.Option("-r", "--room", metavar="NAME", help="In this room."), Completes("room")
    ] = ()
    speaker: Annotated[
        Repeated,
        typer.Option("-s", "--speaker", metavar="NAME", help="With this speaker."),
        Completes("speaker"),
    ] = ()
    language: Annotated[
        Repeated,
        typer.Option("--language", metavar="LANG", help="Held in this language."),
        Completes("language"),
    ] = ()
    agenda: Annotated[bool, typer.Option("--agenda", help="In my agenda.")] = False
    name: AgendaName = None
    from_time: Annotated[
        str | None, typer.Option("--from", metavar="HH:MM", help="Starting at this time or later.")
    ] = None
    to_time: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="HH:MM",
            help="Starting before this time; one before --from is of the next morning.",
        ),
    ] = None


class Output(Bundle):
    """How the answer leaves."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="{formats}.",
        ),
        Completes("format"),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B,…", help="Which columns, in which order; help lists them."),
        Completes("fields"),
    ] = None
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="TEXT", help="A line of your own, such as '{day} {title}'."),
    ] = None
    header: Annotated[bool, typer.Option("--header", help="Begin TSV with the names of its columns.")] = False


class Document(Bundle):
    """How an answer that is one object leaves."""

    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="{formats}."),
        Completes("document"),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False
