"""The options that many commands share, each declared once."""

from typing import Annotated, NamedTuple

from summitcli.cli.grammar.params import Option, Repeated

SHOW_HELP = Option(("-h", "--help"), "Show this page.")
"""What every command takes that is answered before it runs."""
SHOW_VERSION = Option(("-V", "--version"), "Show the version and exit.")
"""What the program takes before any command, or without one."""


class Common(NamedTuple):
    """What every command takes."""

    schedule: Annotated[
        str | None,
        Option(
            ("--schedule",), "The schedule to read: a name, address, file, bundled or -.", "REF", "schedule"
        ),
    ] = None
    timezone: Annotated[
        str | None,
        Option(("--timezone",), "The zone of times that name none, such as Europe/Berlin.", "ZONE"),
    ] = None
    at: Annotated[
        str | None,
        Option(
            ("--at",), "Answer as if it were then: a day, or a day and a time as in 1T10:00.", "WHEN", "day"
        ),
    ] = None
    lang: Annotated[
        str | None, Option(("--lang",), "The language of headings, hints and names.", "zh|en|auto", "lang")
    ] = None
    color: Annotated[
        str | None, Option(("--color",), "Whether to use colour.", "auto|always|never", "color")
    ] = None
    debug: Annotated[bool, Option(("--debug",), "Show where a fault of the program itself arose.")] = False


AgendaName = Annotated[
    str | None, Option(("--name",), "Which agenda, where you keep several.", "NAME", "agenda")
]


class Filters(NamedTuple):
    """What to list: of one option any value may match, of different ones all must."""

    day: Annotated[
        Repeated,
        Option(("-d", "--day"), "On this day: 1, 2022-07-23, 7-23, 23 July, sat, today …", "WHEN", "day"),
    ] = ()
    category: Annotated[
        Repeated, Option(("-c", "--category"), "Of this category.", "ID|NAME", "category")
    ] = ()
    exclude_category: Annotated[
        Repeated, Option(("-x", "--exclude-category"), "Not of this category.", "ID|NAME", "category")
    ] = ()
    room: Annotated[Repeated, Option(("-r", "--room"), "In this room.", "NAME", "room")] = ()
    speaker: Annotated[Repeated, Option(("-s", "--speaker"), "With this speaker.", "NAME", "speaker")] = ()
    language: Annotated[Repeated, Option(("--language",), "Held in this language.", "LANG", "language")] = ()
    agenda: Annotated[bool, Option(("--agenda",), "In my agenda.")] = False
    name: AgendaName = None
    from_time: Annotated[str | None, Option(("--from",), "Starting at this time or later.", "HH:MM")] = None
    to_time: Annotated[
        str | None,
        Option(("--to",), "Starting before this time; one before --from is of the next morning.", "HH:MM"),
    ] = None


class Output(NamedTuple):
    """How the answer leaves."""

    format: Annotated[
        str | None,
        Option(("-f", "--format"), "table, tsv, csv, json, jsonl, ids, md, ics or html.", "FORMAT", "format"),
    ] = None
    json: Annotated[bool, Option(("--json",), "The same as --format json.")] = False
    fields: Annotated[
        str | None,
        Option(("--fields",), "Which columns, in which order; help lists them.", "A,B,…", "fields"),
    ] = None
    template: Annotated[
        str | None, Option(("--template",), "A line of your own, such as '{day} {title}'.", "TEXT")
    ] = None
    header: Annotated[bool, Option(("--header",), "Begin TSV with the names of its columns.")] = False


class Document(NamedTuple):
    """How an answer that is one object leaves."""

    format: Annotated[str | None, Option(("-f", "--format"), "table, tsv or json.", "FORMAT", "document")] = (
        None
    )
    json: Annotated[bool, Option(("--json",), "The same as --format json.")] = False
