"""Every command with its parameters.

`make docs` writes this file from the Typer application in summitcli.cli.app: don't edit it.
"""

# fmt: off
from __future__ import annotations

from summitcli.lazy_typing import Any

BUNDLES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "Common": (
        ("schedule", "text", ("--schedule",), False, False, "SCHEDULE", "Schedule to use: a file, a URL, the name of a saved one, bundled (the built-in one) or - (stdin).", "schedule", ""),
        ("assume_timezone", "text", ("--assume-timezone",), False, False, "ZONE", "Time zone of the conference: times without a zone are read in it, others are converted to it.", "", ""),
        ("sheet", "text", ("--sheet",), False, False, "NAME", "Worksheet to read (default: the first suitable one).", "", ""),
        ("columns", "text", ("--columns",), False, False, "FIELD=NAME,…", "What spreadsheet columns are: title=Titel,start=C.", "", ""),
        ("timezone", "text", ("--timezone",), False, False, "ZONE", "Show times in this zone: Asia/Tokyo, local (here)…", "zone", ""),
        ("at", "text", ("--at",), False, False, "WHEN", "Pretend that it is this day or time, such as 2022-07-24, or 2T10:00 (day 2, 10:00).", "day", ""),
        ("lang", "text", ("--lang",), False, False, "zh|en|auto", "Language of messages and titles; auto: the system's.", "lang", ""),
        ("color", "text", ("--color",), False, False, "auto|always|never", "When to use colour.", "color", ""),
        ("no_pager", "flag", ("--no-pager",), False, False, "", "Don't show long output in a pager.", "", ""),
        ("quiet", "flag", ("-q", "--quiet"), False, False, "", "Show only results and errors, no other messages.", "", ""),
        ("debug", "flag", ("--debug",), False, False, "", "Show where in the program an internal error occurred.", "", ""),
    ),
    "Document": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "Output format: {formats} (default: table in a terminal, otherwise tsv).", "document", ""),
        ("json", "flag", ("--json",), False, False, "", "Same as --format json.", "", ""),
    ),
    "Filters": (
        ("day", "text", ("-d", "--day"), True, False, "WHEN", "Only sessions on this day: 1 (the first), 7-23, 23 July, sat…", "day", ""),
        ("category", "text", ("-c", "--category"), True, False, "ID|NAME", "Only sessions in this category; see `summit categories`.", "category", ""),
        ("exclude_category", "text", ("-x", "--exclude-category"), True, False, "ID|NAME", "Leave out sessions in this category.", "category", ""),
        ("room", "text", ("-r", "--room"), True, False, "NAME", "Only sessions in this room.", "room", ""),
        ("speaker", "text", ("-s", "--speaker"), True, False, "NAME", "Only sessions with this speaker.", "speaker", ""),
        ("language", "text", ("--language",), True, False, "LANG", "Only sessions held in this language.", "language", ""),
        ("agenda", "flag", ("--agenda",), False, False, "", "Only sessions in your agenda; see `summit help star`.", "", ""),
        ("pick", "text", ("--pick",), True, False, "MARK", "Only sessions that you have marked yes (★), maybe (☆) or hidden.", "pick", ""),
        ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ("from_time", "text", ("--from",), False, False, "HH:MM", "Only sessions that start at this time or later.", "", ""),
        ("to_time", "text", ("--to",), False, False, "HH:MM", "Only sessions that start before this time, on the next morning if it is earlier than --from.", "", ""),
    ),
    "Output": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "Output format: {formats} (default: table in a terminal, otherwise tsv).", "format", ""),
        ("json", "flag", ("--json",), False, False, "", "Same as --format json.", "", ""),
        ("fields", "text", ("--fields",), False, False, "A,B,…", "Fields to show, in order; `--fields help` lists all.", "fields", ""),
        ("template", "text", ("--template",), False, False, "TEXT", "Print each row in this way: '{day} {title}'.", "", ""),
        ("header", "flag", ("--header",), False, False, "", "Add a header row to TSV output.", "", ""),
    ),
    "ReminderOptions": (
        ("before", "text", ("--before",), True, False, "LENGTH", "Remind this long before each session: 10m, 1h; repeat the option for more reminders (default: 10m).", "", ""),
        ("notify", "text", ("--notify",), False, False, "auto|desktop|osc9|osc99|osc777|none", "Besides printing a line, notify through the desktop (with notify-send), through the terminal, with the kind of escape sequence that it supports (osc9, osc99, osc777), or not at all (none). auto chooses a way that works.", "", "auto"),
        ("pick", "text", ("--pick",), True, False, "yes|maybe", "Only sessions marked yes (★) or maybe (☆); default: both. Own entries, such as lunch, always count.", "planned", ""),
        ("run", "text", ("--run",), False, False, "COMMAND", "Also run this command for each reminder, such as 'espeak {title}', with the session's {title}, {room}, {start}, {end} and {mark} (★ or ☆), and {text}, all that follows the title.", "", ""),
    ),
    "PlanOptions": (
        ("day", "text", ("-d", "--day"), True, False, "WHEN", "Plan only this day: 1, 7-23, 23 July, sat…", "day", ""),
        ("from_time", "text", ("--from",), False, False, "HH:MM", "Plan only what starts at this time or later.", "", ""),
        ("to_time", "text", ("--to",), False, False, "HH:MM", "Plan only what ends by this time.", "", ""),
        ("walk", "text", ("--walk",), False, False, "LENGTH", "Time to walk between different rooms, such as 10m (default: none).", "", ""),
        ("lunch", "text", ("--lunch",), False, False, "FROM-TO=LENGTH", "Leave time for lunch on each day; 12:00-14:00=45m means 45 minutes between 12:00 and 14:00. An entry of your own there that is long enough counts as lunch.", "", ""),
        ("weight", "text", ("--weight",), True, False, "ID=N", "How much you want to attend a session, from 0 to 100 (default: 3, or 1 if marked as maybe).", "", ""),
    ),
    "EntryOptions": (
        ("day", "text", ("-d", "--day"), True, False, "WHEN", "Day of the entry: 1, 7-23, 23 July, sat…", "day", ""),
        ("from_time", "text", ("--from",), False, False, "HH:MM", "Start of the entry.", "", ""),
        ("to_time", "text", ("--to",), False, False, "HH:MM", "End of the entry; if it starts in the evening, the end may be on the next morning.", "", ""),
        ("room", "text", ("-r", "--room"), False, False, "NAME", "Place of the entry; any text.", "room", ""),
    ),
    "ExportOptions": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "Output format: {formats} (default: from the extension of the output file, otherwise ics).", "carried", ""),
        ("output", "text", ("-o", "--output"), False, False, "FILE", "Write to this file (default: -, which is stdout).", "file", ""),
        ("alarm", "text", ("--alarm",), True, False, "LENGTH", "Add a reminder this long before each session, such as 30m or 1d. For an all-day session, the reminder is at 18:00 on the day before; with 2d, two days before.", "", ""),
        ("utc", "flag", ("--utc",), False, False, "", "Write a calendar's times in UTC, not in the conference's time zone.", "", ""),
        ("calendar_name", "text", ("--calendar-name",), False, False, "NAME", "Name of a calendar, shown by apps (default: the conference's title).", "", ""),
        ("title", "text", ("--title",), False, False, "TEXT", "Heading of a page in the format html (default: the conference's title).", "", ""),
        ("stars", "flag", ("--stars",), False, False, "", "Mark the sessions in your agenda (★) in files, too.", "", ""),
    ),
    "Directories": (
        ("directory", "text", ("--directory",), True, False, "FILE|URL", "Also search this list of conferences: a file or a URL.", "file", ""),
    ),
    "UpdateFlags": (
        ("check", "flag", ("--check",), False, False, "", "Only check and save nothing; exits with 1 if there are changes, 0 if not.", "", ""),
        ("force", "flag", ("--force",), False, False, "", "Accept the new schedule even if it lacks over two thirds of the sessions or belongs to another conference.", "", ""),
        ("strict", "flag", ("--strict",), False, False, "", "Don't save the schedule if reading it gives any warning.", "", ""),
        ("sync", "flag", ("--sync",), False, False, "", "Then sync your agendas to the directories given with `summit agenda sync --keep`.", "", ""),
    ),
    "Facts": (
        ("title", "text", ("--title",), False, False, "TEXT", "Name of the conference.", "", ""),
        ("start", "text", ("--start",), False, False, "DATE", "First day, such as 2030-05-10.", "", ""),
        ("end", "text", ("--end",), False, False, "DATE", "Last day (default: the first).", "", ""),
        ("time_zone", "text", ("--time-zone",), False, False, "ZONE", "Time zone (default: that of this computer).", "", ""),
        ("language", "text", ("--language",), False, False, "LANG", "Language of the titles and descriptions (default: that of this program).", "", ""),
        ("place", "text", ("--place",), False, False, "TEXT", "Place where the conference is held.", "", ""),
        ("room", "text", ("--room",), True, False, "NAME", "Name of a room; repeat the option for more.", "", ""),
        ("category", "text", ("--category",), True, False, "NAME", "Name of a category or track; repeat the option for more.", "", ""),
    ),
    "Conversion": (
        ("format", "text", ("-f", "--format"), False, False, "FORMAT", "Output format: {formats} (default: from the extension of the output file). json (also called summit) and yaml are this program's own format; frab-json and frab-xml are read by other conference software.", "target", ""),
        ("output", "text", ("-o", "--output"), False, False, "FILE", "Write to this file (default: -, which is stdout).", "file", ""),
        ("strict", "flag", ("--strict",), False, False, "", "Write nothing if reading the schedule gives any warning.", "", ""),
    ),
    "Publishing": (
        ("title", "text", ("--title",), False, False, "TEXT", "Title of the site (default: the conference's title).", "", ""),
        ("base_url", "text", ("--base-url",), False, False, "URL", "URL that the site will have, for links that must be complete, such as those for search engines (sitemap).", "", ""),
        ("only", "text", ("--only",), True, False, "PART", "Publish only this part: pages, or feeds (calendars, changes and data to which people and programs subscribe).", "part", ""),
        ("check", "flag", ("--check",), False, False, "", "Publish nothing if `summit validate` finds errors or unreadable times.", "", ""),
        ("force", "flag", ("--force",), False, False, "", "Publish even if the directory has other files, which are kept, or another conference's site, which is replaced.", "", ""),
        ("forget", "flag", ("--forget",), False, False, "", "Don't use the options of the last time again: title, URL, language, time zone, sheet and columns.", "", ""),
        ("dry_run", "flag", ("--dry-run",), False, False, "", "Write nothing; only list the files that would be new, changed or removed.", "", ""),
    ),
}
"""The bundles (groups of options), by class name, with the fields of each Parameter."""

HELP: tuple[Any, ...] = ("help", "flag", ("-h", "--help"), False, False, "", "Show this help and exit.", "", "")
"""The option ``--help``, as the fields of a Parameter."""

VERSION: tuple[Any, ...] = ("version", "flag", ("-V", "--version"), False, False, "", "Show the version and exit.", "", "")
"""The option ``--version``, as the fields of a Parameter."""

COMMANDS: dict[str, tuple[Any, ...]] = {
    "": (
        "commands.overview",
        "glance",
        "",
        "Show the conference at a glance.",
        (
            ("output", "Document", ""),
        ),
    ),
    "today": (
        "commands.listings",
        "today",
        "View sessions",
        "Show today's sessions.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "tomorrow": (
        "commands.listings",
        "tomorrow",
        "View sessions",
        "Show tomorrow's sessions.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "day": (
        "commands.listings",
        "day",
        "View sessions",
        "Show one day's sessions.",
        (
            ("when", "text", (), False, True, "WHEN", "Day to show: 1, 2022-07-23, 7-23, 23 July, 7月23日, sat, 周六, today…", "day", ""),
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "now": (
        "commands.listings",
        "now",
        "View sessions",
        "Show sessions in progress.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "next": (
        "commands.listings",
        "next_",
        "View sessions",
        "Show the next sessions to start.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
            ("number", "number", ("-n", "--number"), False, False, "N", "Number of sessions to show (default: all that start at the next starting time).", "", ""),
        ),
    ),
    "list": (
        "commands.listings",
        "list_",
        "View sessions",
        "List sessions, optionally filtered.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "search": (
        "commands.sessions",
        "search",
        "View sessions",
        "Search sessions by title, speaker, category or room.",
        (
            ("text", "text", (), True, True, "TEXT…", "Text to search for, in Chinese, pinyin or English.", "", ""),
            ("filters", "Filters", ""),
            ("output", "Output", "rows:SessionRow"),
            ("full", "flag", ("--full",), False, False, "", "Also search descriptions and biographies.", "", ""),
            ("number", "number", ("-n", "--number"), False, False, "N", "Maximum number of results (default: 50 in a terminal, otherwise all).", "", ""),
        ),
    ),
    "show": (
        "commands.sessions",
        "show",
        "View sessions",
        "Show one or more sessions in full.",
        (
            ("ids", "text", (), True, True, "ID…", "Sessions to show, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. `summit list` shows the IDs.", "id", ""),
            ("output", "Output", "rows:SessionRow"),
        ),
    ),
    "grid": (
        "commands.grid",
        "grid",
        "View sessions",
        "Draw the schedule as a grid.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
            ("when", "text", (), False, False, "[WHEN]", "Day to draw (default: today, or the first day that has times).", "day", ""),
            ("svg", "text", ("--svg",), False, False, "FILE", "Write the grid to this file as an SVG image.", "file", ""),
            ("stars", "flag", ("--stars",), False, False, "", "Mark the sessions in your agenda (★) in files, too.", "", ""),
        ),
    ),
    "browse": (
        "commands.browse",
        "browse",
        "View sessions",
        "Browse the schedule full-screen, with keys or the mouse.",
        (
            ("filters", "Filters", ""),
            ("text", "text", (), True, False, "[TEXT…]", "Text to search for at the start.", "", ""),
        ),
    ),
    "about": (
        "commands.overview",
        "about",
        "View sessions",
        "Show information about the conference.",
        (
            ("output", "Document", ""),
            ("full", "flag", ("--full",), False, False, "", "Include the full introduction.", "", ""),
        ),
    ),
    "star": (
        "commands.picking",
        "star",
        "Your agenda and export",
        "Add sessions to your agenda.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Sessions, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. Or use filters.", "id", ""),
            ("maybe", "flag", ("--maybe",), False, False, "", "Add them as maybe (☆): calendars show them as tentative.", "", ""),
        ),
    ),
    "unstar": (
        "commands.picking",
        "unstar",
        "Your agenda and export",
        "Remove sessions from your agenda, or show hidden ones again.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Sessions, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. Or use filters.", "picked", ""),
        ),
    ),
    "hide": (
        "commands.picking",
        "hide",
        "Your agenda and export",
        "Hide sessions from lists.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Sessions, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. Or use filters.", "id", ""),
        ),
    ),
    "remind": (
        "commands.reminding",
        "remind",
        "Your agenda and export",
        "Remind you before sessions in your agenda begin.",
        (
            ("options", "ReminderOptions", ""),
            ("once", "flag", ("--once",), False, False, "", "Remind now of sessions that begin within the time given with --before, then exit, with 1 if there are none.", "", ""),
            ("install", "flag", ("--install",), False, False, "", "Write a service for systemd (on Linux) that runs `summit remind` with these options, and print the command that starts it.", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda": (
        "commands.agenda",
        "agenda",
        "Your agenda and export",
        "Show your agenda by day.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:Listing"),
        ),
    ),
    "agenda add": (
        "commands.picking",
        "add",
        "Your agenda and export",
        "Add sessions to your agenda.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Sessions, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. Or use filters.", "id", ""),
            ("maybe", "flag", ("--maybe",), False, False, "", "Add them as maybe (☆): calendars show them as tentative.", "", ""),
        ),
    ),
    "agenda remove": (
        "commands.picking",
        "remove",
        "Your agenda and export",
        "Remove sessions from your agenda.",
        (
            ("filters", "Filters", ""),
            ("ids", "text", (), True, False, "[ID…]", "Sessions, each by its ID, the beginning of its ID, or a word from its title; - to read IDs from stdin. Or use filters.", "picked", ""),
        ),
    ),
    "agenda clear": (
        "commands.agenda",
        "clear",
        "Your agenda and export",
        "Remove all sessions from your agenda.",
        (
            ("yes", "flag", ("-y", "--yes"), False, False, "", "Don't ask for confirmation.", "", ""),
            ("forget", "flag", ("--forget",), False, False, "", "Also delete the history, so that `agenda undo` can undo nothing.", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda undo": (
        "commands.agenda",
        "undo",
        "Your agenda and export",
        "Undo the last change to your agenda.",
        (
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda conflicts": (
        "commands.planning",
        "conflicts",
        "Your agenda and export",
        "Show conflicts in your agenda, pair by pair.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "cli.commands.planning:ConflictRow"),
        ),
    ),
    "agenda gaps": (
        "commands.planning",
        "gaps",
        "Your agenda and export",
        "Show free time in your agenda, and sessions that would fit.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "cli.commands.planning:GapRow"),
            ("shortest", "text", ("--min",), False, False, "LENGTH", "Leave out free time shorter than this, such as 1h.", "", "30m"),
        ),
    ),
    "agenda plan": (
        "commands.plan",
        "plan",
        "Your agenda and export",
        "Plan which sessions of your agenda to attend.",
        (
            ("options", "PlanOptions", ""),
            ("output", "Output", "cli.commands.plan:PlanRow"),
            ("apply", "flag", ("--apply",), False, False, "", "Star the sessions in the plan and mark all others as maybe; `summit update` then reports changes to the plan.", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda block": (
        "commands.own_time",
        "block",
        "Your agenda and export",
        "Add an entry of your own to your agenda, such as lunch.",
        (
            ("options", "EntryOptions", ""),
            ("output", "Output", "rows:EntryRow"),
            ("title", "text", (), False, False, "[TITLE]", "Title of the entry (default: list all entries).", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda busy": (
        "commands.own_time",
        "busy",
        "Your agenda and export",
        "Treat events in other calendars as times when you are busy.",
        (
            ("output", "Output", "rows:BusyRow"),
            ("files", "text", (), True, False, "[FILE…]", "Calendars to add or remove: .ics files or directories of them, read at each use (default: list those added).", "file", ""),
            ("remove", "flag", ("--remove",), False, False, "", "Remove these calendars instead of adding them.", "", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda share": (
        "commands.sharing",
        "share",
        "Your agenda and export",
        "Write your agenda as plain text for a chat.",
        (
            ("filters", "Filters", ""),
            ("output", "text", ("-o", "--output"), False, False, "FILE", "Write to this file (default: -, which is stdout).", "file", ""),
        ),
    ),
    "agenda compare": (
        "commands.sharing",
        "compare",
        "Your agenda and export",
        "Compare your agenda with others.",
        (
            ("others", "text", (), True, True, "FILE|NAME…", "Agendas to compare with: exported files, names of other agendas of yours, or - for stdin.", "other agenda", ""),
            ("output", "Output", "cli.commands.sharing:ComparisonRow"),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda import": (
        "commands.sharing",
        "import_",
        "Your agenda and export",
        "Import sessions into your agenda from a file.",
        (
            ("file", "text", (), False, True, "FILE", "File to import: an agenda exported by this program (.ics, JSON or TSV), a list of IDs, one a line, the calendar faved.ics of a pretalx site, or any in the format xCal; - for stdin.", "file", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda export": (
        "commands.export",
        "export_agenda",
        "Your agenda and export",
        "Export your agenda as a calendar or in another format.",
        (
            ("options", "ExportOptions", ""),
            ("pick", "text", ("--pick",), True, False, "yes|maybe", "Only sessions marked yes (★) or maybe (☆); default: both. Own entries, such as lunch, always count.", "planned", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "agenda sync": (
        "commands.syncing",
        "sync",
        "Your agenda and export",
        "Sync your agenda to a directory of calendar events.",
        (
            ("output", "Output", "vdir.listed:EventRow"),
            ("directory", "text", (), False, False, "[DIR]", "Directory to sync to (default: the one given with --keep).", "file", ""),
            ("keep", "flag", ("--keep",), False, False, "", "From now on, also sync after each change to your agenda.", "", ""),
            ("stop", "flag", ("--stop",), False, False, "", "Stop syncing after each change; the events stay.", "", ""),
            ("dry_run", "flag", ("--dry-run",), False, False, "", "Only list what would change, and change nothing.", "", ""),
            ("force", "flag", ("--force",), False, False, "", "Also overwrite events that you have edited there, and restore those that you have deleted.", "", ""),
            ("alarm", "text", ("--alarm",), True, False, "LENGTH", "Add a reminder this long before each session, such as 30m or 1d. For an all-day session, the reminder is at 18:00 on the day before; with 2d, two days before.", "", ""),
            ("pick", "text", ("--pick",), True, False, "yes|maybe", "Only sessions marked yes (★) or maybe (☆); default: both. Own entries, such as lunch, always count.", "planned", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Use a separate agenda of this name, such as friends.", "agenda", ""),
        ),
    ),
    "export": (
        "commands.export",
        "export",
        "Your agenda and export",
        "Export any selection of sessions to a file or stdout.",
        (
            ("filters", "Filters", ""),
            ("options", "ExportOptions", ""),
            ("per", "text", ("--per",), False, False, "room|speaker|category|day", "Write a file for each room, speaker, category or day into the directory given with -o; other files there are kept.", "group", ""),
        ),
    ),
    "days": (
        "commands.overview",
        "days",
        "Filter values",
        "List the conference days.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:DayRow"),
        ),
    ),
    "categories": (
        "commands.overview",
        "categories",
        "Filter values",
        "List categories.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:CategoryRow"),
        ),
    ),
    "rooms": (
        "commands.overview",
        "rooms",
        "Filter values",
        "List rooms.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "rows:NameRow"),
        ),
    ),
    "speakers": (
        "commands.overview",
        "speakers",
        "Filter values",
        "List speakers.",
        (
            ("filters", "Filters", ""),
            ("output", "Output", "details:SpeakerRow"),
        ),
    ),
    "find": (
        "commands.finding",
        "find",
        "Schedules",
        "Find conferences by name.",
        (
            ("directories", "Directories", ""),
            ("output", "Output", "rows:DirectoryRow"),
            ("text", "text", (), True, False, "[TEXT…]", "Words of the conference's title or name (default: list all conferences).", "conference", ""),
            ("number", "number", ("-n", "--number"), False, False, "N", "Maximum number of results (default: 20 in a terminal, otherwise all).", "", ""),
        ),
    ),
    "use": (
        "commands.schedules",
        "use",
        "Schedules",
        "Switch to another conference's schedule.",
        (
            ("reference", "text", (), False, True, "SCHEDULE", "Schedule to switch to: a URL, a file, the name of a saved schedule or of a conference from `summit find`, bundled (the built-in one), or - for stdin.", "schedule", ""),
            ("directories", "Directories", ""),
            ("name", "text", ("--name",), False, False, "NAME", "Name to save the schedule under (default: from the conference's title).", "", ""),
            ("strict", "flag", ("--strict",), False, False, "", "Don't save the schedule if reading it gives any warning.", "", ""),
        ),
    ),
    "schedules": (
        "commands.schedules",
        "schedules",
        "Schedules",
        "List saved schedules.",
        (
            ("output", "Output", "rows:ScheduleRow"),
        ),
    ),
    "schedules remove": (
        "commands.schedules",
        "remove",
        "Schedules",
        "Remove saved schedules.",
        (
            ("known", "text", (), True, True, "NAME…", "Names of the schedules to remove.", "kept", ""),
        ),
    ),
    "update": (
        "commands.schedules",
        "update",
        "Schedules",
        "Update a schedule and show what has changed.",
        (
            ("flags", "UpdateFlags", ""),
            ("output", "Output", "cli.changes:ChangeRow"),
            ("known", "text", (), False, False, "[NAME]", "Name of the saved schedule to update (default: the current one).", "kept", ""),
            ("name", "text", ("--name",), False, False, "NAME", "List changes to the separate agenda of this name first, not those to your usual one.", "agenda", ""),
            ("log", "flag", ("--log",), False, False, "", "Show what each update has changed; download nothing.", "", ""),
        ),
    ),
    "new": (
        "commands.new",
        "new",
        "Schedules",
        "Start a new schedule.",
        (
            ("file", "text", (), False, True, "FILE", "File to write: .yaml, .yml or .json, which must not exist yet; - for YAML on stdout.", "file", ""),
            ("facts", "Facts", ""),
        ),
    ),
    "diff": (
        "commands.publishing",
        "diff",
        "Schedules",
        "Compare two schedules.",
        (
            ("old", "text", (), False, True, "OLD", "Old schedule: a file, a URL, the name of a saved one, bundled (the built-in one), or - for stdin.", "schedule", ""),
            ("new", "text", (), False, True, "NEW", "New schedule, given in the same way; its format may differ.", "schedule", ""),
            ("output", "Output", "cli.changes:ChangeRow"),
            ("name", "text", ("--name",), False, False, "NAME", "List changes to the separate agenda of this name first, not those to your usual one.", "agenda", ""),
        ),
    ),
    "validate": (
        "commands.validate",
        "validate",
        "Schedules",
        "Check a schedule for problems.",
        (
            ("output", "Output", "validation.problems:Problem"),
            ("file", "text", (), False, False, "SCHEDULE", "Schedule to check: a file, a URL, the name of a saved one, or - for stdin.", "schedule", ""),
            ("strict", "flag", ("--strict",), False, False, "", "Also check against the format's specification; if it has none, treat warnings as errors.", "", ""),
            ("only", "text", ("--only",), True, False, "RULE", "Apply only this rule; `--only help` lists all rules.", "rule", ""),
            ("ignore", "text", ("--ignore",), True, False, "RULE", "Don't check this rule.", "rule", ""),
        ),
    ),
    "convert": (
        "commands.publishing",
        "convert",
        "Schedules",
        "Convert a schedule to another format.",
        (
            ("reference", "text", (), False, True, "SCHEDULE", "Schedule to convert: a file, a URL, the name of a saved one, bundled (the built-in one), or - for stdin.", "schedule", ""),
            ("conversion", "Conversion", ""),
        ),
    ),
    "publish": (
        "commands.website",
        "publish",
        "Schedules",
        "Publish the schedule as a website.",
        (
            ("directory", "text", (), False, True, "DIR", "Directory of the site; it is created if needed.", "file", ""),
            ("options", "Publishing", ""),
        ),
    ),
    "completion": (
        "commands.completion",
        "completion",
        "Other",
        "Generate a shell completion script.",
        (
            ("shell", "text", (), False, False, "[SHELL]", "Shell: bash, zsh or fish (default: from $SHELL).", "shell", ""),
            ("install", "flag", ("--install",), False, False, "", "Install the script instead of printing it; this also adds a line to ~/.zshrc for zsh, and to ~/.bashrc for bash without bash-completion.", "", ""),
        ),
    ),
    "doctor": (
        "commands.doctor",
        "doctor",
        "Other",
        "Check the program's own files.",
        (
            ("output", "Output", "doctor:Check"),
            ("repair", "flag", ("--repair",), False, False, "", "Repair what can be repaired without losing anything.", "", ""),
        ),
    ),
    "help": (
        "grammar.help",
        "help_",
        "Other",
        "Show help for summit or one of its commands.",
        (
            ("words", "text", (), True, False, "[COMMAND…]", "Command to explain (default: list all commands).", "command", ""),
        ),
    ),
}
"""The fields of each Command, by the words that invoke it; the first is the program itself."""
