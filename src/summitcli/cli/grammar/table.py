"""The commands and their parameters.

`make docs` writes this file from the Typer application in summitcli.cli.app: don't edit it.
"""

# fmt: off
from __future__ import annotations

from summitcli.lazy_typing import Any

BUNDLES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "Common": (
        ("schedule", "text", ("--schedule",), False, False, "REF", "The schedule to read: a name, address, file, bundled or -.", "schedule", ""),
        ("assume_timezone", "text", ("--assume-timezone",), False, False, "ZONE", "The time zone of the conference, such as Europe/Berlin.", "", ""),
        ("at", "text", ("--at",), False, False, "WHEN", "Answer as if it were then: a day, or a day and a time as in 1T10:00. Of a calendar of more than a year, read what is around that day.", "day", ""),
        ("lang", "text", ("--lang",), False, False, "zh|en|auto", "The language of headings, hints and names.", "lang", ""),
        ("color", "text", ("--color",), False, False, "auto|always|never", "Whether to use colour.", "color", ""),
        ("quiet", "flag", ("-q", "--quiet"), False, False, "", "Say nothing beside the answer but errors.", "", ""),
        ("debug", "flag", ("--debug",), False, False, "", "Show where a fault of the program itself arose.", "", ""),
    ),
    "Document": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "{formats}.", "document", ""),
        ("json", "flag", ("--json",), False, False, "", "The same as --format json.", "", ""),
    ),
    "Filters": (
        ("day", "text", ("-d", "--day"), True, False, "WHEN", "On this day: 1, 2022-07-23, 7-23, 23 July, sat, today …", "day", ""),
        ("category", "text", ("-c", "--category"), True, False, "ID|NAME", "Of this category.", "category", ""),
        ("exclude_category", "text", ("-x", "--exclude-category"), True, False, "ID|NAME", "Not of this category.", "category", ""),
        ("room", "text", ("-r", "--room"), True, False, "NAME", "In this room.", "room", ""),
        ("speaker", "text", ("-s", "--speaker"), True, False, "NAME", "With this speaker.", "speaker", ""),
        ("language", "text", ("--language",), True, False, "LANG", "Held in this language.", "language", ""),
        ("agenda", "flag", ("--agenda",), False, False, "", "In my agenda.", "", ""),
        ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ("from_time", "text", ("--from",), False, False, "HH:MM", "Starting at this time or later.", "", ""),
        ("to_time", "text", ("--to",), False, False, "HH:MM", "Starting before this time; one before --from is of the next morning.", "", ""),
    ),
    "Output": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "{formats}.", "format", ""),
        ("json", "flag", ("--json",), False, False, "", "The same as --format json.", "", ""),
        ("fields", "text", ("--fields",), False, False, "A,B,…", "Which columns, in which order; help lists them.", "fields", ""),
        ("template", "text", ("--template",), False, False, "TEXT", "A line of your own, such as '{day} {title}'.", "", ""),
        ("header", "flag", ("--header",), False, False, "", "Begin TSV with the names of its columns.", "", ""),
    ),
    "Carrying": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "{formats}; else as FILE ends, or ics.", "carried", ""),
        ("output", "text", ("-o", "--output"), False, False, "FILE", "The file to write; - or nothing is stdout.", "file", ""),
        ("alarm", "text", ("--alarm",), True, False, "LENGTH", "Remind so long before, such as 30m or 1d; all-day: the evening before.", "", ""),
        ("utc", "flag", ("--utc",), False, False, "", "Clock times in UTC instead of the conference's zone.", "", ""),
        ("calendar_name", "text", ("--calendar-name",), False, False, "NAME", "What the calendar is called; else the conference.", "", ""),
    ),
    "Care": (
        ("check", "flag", ("--check",), False, False, "", "Only tell; 1 if anything differs, 0 if not.", "", ""),
        ("force", "flag", ("--force",), False, False, "", "Take it even where most sessions are gone, or all is another's.", "", ""),
        ("strict", "flag", ("--strict",), False, False, "", "Refuse a schedule with anything odd in it.", "", ""),
    ),
    "Conversion": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "{formats}; else as FILE ends.", "target", ""),
        ("output", "text", ("-o", "--output"), False, False, "FILE", "The file to write; - or nothing is stdout.", "file", ""),
        ("strict", "flag", ("--strict",), False, False, "", "Write nothing where anything is odd about REF.", "", ""),
    ),
}
"""The options of each bundle by the name of its class, as the fields of a Parameter."""

HELP: tuple[Any, ...] = ("help", "flag", ("-h", "--help"), False, False, "", "Show this page.", "", "")
"""The option that shows help, as the fields of a Parameter."""

VERSION: tuple[Any, ...] = ("version", "flag", ("-V", "--version"), False, False, "", "Show the version and exit.", "", "")
"""The option that shows the version, as the fields of a Parameter."""

COMMANDS: dict[str, tuple[Any, ...]] = {
    "": (
        "commands.overview",
        "glance",
        "",
        "The conference at a glance.",
        (
            ("output", "Document", ""),
        ),
    ),
    "today": (
        "commands.listings",
        "today",
        "Look",
        "Today's sessions.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "tomorrow": (
        "commands.listings",
        "tomorrow",
        "Look",
        "Tomorrow's sessions.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "day": (
        "commands.listings",
        "day",
        "Look",
        "The sessions of one day.",
        (
            ("when", "text", (), False, True, "WHEN", "1, 2022-07-23, 7-23, 23 July, 7月23日, sat, 周六, today …", "day", ""),
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "now": (
        "commands.listings",
        "now",
        "Look",
        "What runs at this moment.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "next": (
        "commands.listings",
        "next_",
        "Look",
        "What starts next, however far away.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
            ("number", "number", ("-n", "--number"), False, False, "N", "How many; without it, all that start at the next moment.", "", ""),
        ),
    ),
    "list": (
        "commands.listings",
        "list_",
        "Look",
        "Every session, or those that the filters leave.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "search": (
        "commands.sessions",
        "search",
        "Look",
        "Sessions by name, speaker, category or room, best first.",
        (
            ("text", "text", (), True, True, "TEXT…", "Any part of the name, in Chinese, pinyin or English.", "", ""),
            ("filters", "Filters", ""),
            ("output", "Output", "rows:SessionRow"),
            ("full", "flag", ("--full",), False, False, "", "Search descriptions, too.", "", ""),
            ("number", "number", ("-n", "--number"), False, False, "N", "How many at the most; 50 on a terminal, else all.", "", ""),
        ),
    ),
    "show": (
        "commands.sessions",
        "show",
        "Look",
        "One session in full, or several.",
        (
            ("ids", "text", (), True, True, "ID…", "Which sessions: ids, beginnings of them, words of the name; - for stdin.", "id", ""),
            ("output", "Output", "rows:SessionRow"),
        ),
    ),
    "grid": (
        "commands.grid",
        "grid",
        "Look",
        "The picture of the schedule.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
            ("when", "text", (), False, False, "[WHEN]", "Which day; else today, or the first one with clock times.", "day", ""),
            ("svg", "text", ("--svg",), False, False, "FILE", "Write the picture into FILE instead, as SVG.", "file", ""),
        ),
    ),
    "about": (
        "commands.overview",
        "about",
        "Look",
        "What this conference is.",
        (
            ("output", "Document", ""),
            ("full", "flag", ("--full",), False, False, "", "Also what the conference says of itself in sentences.", "", ""),
        ),
    ),
    "agenda": (
        "commands.agenda",
        "agenda",
        "Plan, and take along",
        "What I picked, by day.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "agenda add": (
        "commands.agenda",
        "add",
        "Plan, and take along",
        "Pick sessions.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Which sessions, - for stdin; or say it with filters.", "id", ""),
        ),
    ),
    "agenda remove": (
        "commands.agenda",
        "remove",
        "Plan, and take along",
        "Take sessions out of the agenda.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Which sessions, - for stdin; or say it with filters.", "picked", ""),
        ),
    ),
    "agenda clear": (
        "commands.agenda",
        "clear",
        "Plan, and take along",
        "Take everything out of the agenda.",
        (
            ("yes", "flag", ("-y", "--yes"), False, False, "", "Don't ask.", "", ""),
            ("forget", "flag", ("--forget",), False, False, "", "Delete the history, too: nothing can be undone.", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "agenda undo": (
        "commands.agenda",
        "undo",
        "Plan, and take along",
        "Undo the last change of the agenda.",
        (
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "agenda conflicts": (
        "commands.planning",
        "conflicts",
        "Plan, and take along",
        "What clashes in my agenda.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "cli.commands.planning:ConflictRow"),
        ),
    ),
    "agenda gaps": (
        "commands.planning",
        "gaps",
        "Plan, and take along",
        "What is free between my picks.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "cli.commands.planning:GapRow"),
            ("shortest", "text", ("--min",), False, False, "LENGTH", "Leave out what is shorter, such as 1h.", "", "30m"),
        ),
    ),
    "agenda compare": (
        "commands.sharing",
        "compare",
        "Plan, and take along",
        "What is in both agendas, only in mine, only in theirs.",
        (
            ("other", "text", (), False, True, "FILE|NAME", "Another agenda: a file, the name of one of mine, - for stdin.", "other agenda", ""),
            ("output", "Output", "cli.commands.sharing:ComparisonRow"),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "agenda import": (
        "commands.sharing",
        "import_",
        "Plan, and take along",
        "Pick what a file names.",
        (
            ("file", "text", (), False, True, "FILE", "Ids, our JSON or TSV, an .ics of ours, a pretalx faved.ics, xCal; - for stdin.", "file", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "agenda export": (
        "commands.export",
        "export_agenda",
        "Plan, and take along",
        "My agenda as a calendar, or in any other format.",
        (
            ("carrying", "Carrying", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "export": (
        "commands.export",
        "export",
        "Plan, and take along",
        "Any selection in any format, to stdout or a file.",
        (
            ("filters", "Filters", ""),
            ("carrying", "Carrying", ""),
        ),
    ),
    "days": (
        "commands.overview",
        "days",
        "What there is to filter by",
        "The days of the conference.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:DayRow"),
        ),
    ),
    "categories": (
        "commands.overview",
        "categories",
        "What there is to filter by",
        "The categories.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:CategoryRow"),
        ),
    ),
    "rooms": (
        "commands.overview",
        "rooms",
        "What there is to filter by",
        "The rooms.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:NameRow"),
        ),
    ),
    "speakers": (
        "commands.overview",
        "speakers",
        "What there is to filter by",
        "The speakers.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:NameRow"),
        ),
    ),
    "use": (
        "commands.schedules",
        "use",
        "Other conferences",
        "Make another conference's schedule the current one.",
        (
            ("reference", "text", (), False, True, "REF", "An address, a file, - for stdin, a name in use before, or bundled.", "schedule", ""),
            ("name", "text", ("--name",), False, False, "NAME", "What to call it; else as the conference does.", "", ""),
            ("strict", "flag", ("--strict",), False, False, "", "Refuse a schedule with anything odd in it.", "", ""),
        ),
    ),
    "schedules": (
        "commands.schedules",
        "schedules",
        "Other conferences",
        "The schedules that are known.",
        (
            ("output", "Output", "rows:ScheduleRow"),
        ),
    ),
    "schedules remove": (
        "commands.schedules",
        "remove",
        "Other conferences",
        "Remove schedules that are kept.",
        (
            ("known", "text", (), True, True, "NAME…", "Which schedules.", "kept", ""),
        ),
    ),
    "update": (
        "commands.schedules",
        "update",
        "Other conferences",
        "Fetch a schedule anew and say what has changed.",
        (
            ("care", "Care", ""),
            ("output", "Output", "cli.changes:ChangeRow"),
            ("known", "text", (), False, False, "[NAME]", "Which schedule; else the current one.", "kept", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
            ("log", "flag", ("--log",), False, False, "", "Fetch nothing; tell what each update has changed.", "", ""),
        ),
    ),
    "diff": (
        "commands.publishing",
        "diff",
        "Other conferences",
        "What has changed between two schedules.",
        (
            ("old", "text", (), False, True, "OLD", "The earlier schedule: a file, a URL, a name, bundled or -.", "schedule", ""),
            ("new", "text", (), False, True, "NEW", "The later one.", "schedule", ""),
            ("output", "Output", "cli.changes:ChangeRow"),
            ("name", "text", ("--name",), False, False, "NAME", "Which agenda, where you keep several.", "agenda", ""),
        ),
    ),
    "validate": (
        "commands.validate",
        "validate",
        "Other conferences",
        "Every problem of a schedule.",
        (
            ("file", "text", (), False, True, "FILE", "The schedule: a file, a URL, a name, or - for standard input.", "schedule", ""),
            ("output", "Output", "validation.problems:Problem"),
            ("strict", "flag", ("--strict",), False, False, "", "Hold it to its format's definition; without one, warnings are errors.", "", ""),
        ),
    ),
    "convert": (
        "commands.publishing",
        "convert",
        "Other conferences",
        "Write a schedule in another format.",
        (
            ("reference", "text", (), False, True, "REF", "A schedule: a file, a URL, a name, bundled or -.", "schedule", ""),
            ("conversion", "Conversion", ""),
        ),
    ),
    "completion": (
        "commands.completion",
        "completion",
        "The program itself",
        "Let the TAB key offer commands, options, sessions.",
        (
            ("shell", "text", (), False, False, "[SHELL]", "bash, zsh or fish; else the one that $SHELL names.", "shell", ""),
            ("install", "flag", ("--install",), False, False, "", "Put it where the shell looks, instead of printing it.", "", ""),
        ),
    ),
    "doctor": (
        "commands.doctor",
        "doctor",
        "The program itself",
        "Check the program's own files.",
        (
            ("output", "Output", "doctor:Check"),
            ("repair", "flag", ("--repair",), False, False, "", "Repair what can be repaired without losing anything.", "", ""),
        ),
    ),
    "help": (
        "grammar.help",
        "help_",
        "The program itself",
        "How to use the program, or one of its commands.",
        (
            ("words", "text", (), True, False, "[COMMAND…]", "Which command; else all of them.", "command", ""),
        ),
    ),
}
"""The fields of each Command by the words that call it; the first is ``summit`` alone."""
