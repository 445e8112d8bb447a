"""Every command: where it lives, and in which group and how the help shows it. Nothing here imports them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Command(NamedTuple):
    """A command's place, a function of a module of this package, and what it is for, in a sentence.

    The sentence is how the function's docstring begins. It is said here for the page that lists all commands:
    to load them all would take longer than to show it.
    """

    module: str
    function: str
    panel: str
    summary: str
    changes: bool = False
    """Whether it changes what is kept, so that it can't simply be run once more."""

    def load(self) -> "Callable[..., Any]":
        """The function; its first parameter is the :class:`~summitcli.cli.call.Call`."""
        function: Callable[..., Any] = getattr(import_module(f"summitcli.cli.{self.module}"), self.function)
        return function


LOOK = "Look"
PLAN = "Plan, and take along"
FILTER_BY = "What there is to filter by"
OTHERS = "Other conferences"
PROGRAM = "The program itself"

PANELS = (LOOK, PLAN, FILTER_BY, OTHERS, PROGRAM)
"""In the order of the help."""

GLANCE = Command("commands.overview", "glance", LOOK, "The conference at a glance.")
"""What ``summit`` alone does."""

HELP = Command("grammar.help", "help_", PROGRAM, "How to use the program, or one of its commands.")
"""What ``-h`` and ``--help`` show, too."""

COMMANDS = {
    "today": Command("commands.listings", "today", LOOK, "Today's sessions."),
    "tomorrow": Command("commands.listings", "tomorrow", LOOK, "Tomorrow's sessions."),
    "day": Command("commands.listings", "day", LOOK, "The sessions of one day."),
    "now": Command("commands.listings", "now", LOOK, "What runs at this moment."),
    "next": Command("commands.listings", "next_", LOOK, "What starts next, however far away."),
    "list": Command("commands.listings", "list_", LOOK, "Every session, or those that the filters leave."),
    "search": Command(
        "commands.sessions", "search", LOOK, "Sessions by name, speaker, category or room, best first."
    ),
    "show": Command("commands.sessions", "show", LOOK, "One session in full, or several."),
    "grid": Command("commands.grid", "grid", LOOK, "The picture of the schedule."),
    "about": Command("commands.overview", "about", LOOK, "What this conference is."),
    "agenda": Command("commands.agenda", "agenda", PLAN, "What I picked, by day."),
    "agenda add": Command("commands.agenda", "add", PLAN, "Pick sessions.", changes=True),
    "agenda remove": Command(
        "commands.agenda", "remove", PLAN, "Take sessions out of the agenda.", changes=True
    ),
    "agenda clear": Command(
        "commands.agenda", "clear", PLAN, "Take everything out of the agenda.", changes=True
    ),
    "agenda conflicts": Command("commands.planning", "conflicts", PLAN, "What clashes in my agenda."),
    "agenda gaps": Command("commands.planning", "gaps", PLAN, "What is free between my picks."),
    "agenda compare": Command(
        "commands.sharing", "compare", PLAN, "What is in both agendas, only in mine, only in theirs."
    ),
    "agenda import": Command("commands.sharing", "import_", PLAN, "Pick what a file names.", changes=True),
    "agenda export": Command(
        "commands.export", "export_agenda", PLAN, "My agenda as a calendar, or in any other format."
    ),
    "export": Command("commands.export", "export", PLAN, "Any selection in any format, to stdout or a file."),
    "days": Command("commands.overview", "days", FILTER_BY, "The days of the conference."),
    "categories": Command("commands.overview", "categories", FILTER_BY, "The categories."),
    "rooms": Command("commands.overview", "rooms", FILTER_BY, "The rooms."),
    "speakers": Command("commands.overview", "speakers", FILTER_BY, "The speakers."),
    "use": Command(
        "commands.schedules",
        "use",
        OTHERS,
        "Make another conference's schedule the current one.",
        changes=True,
    ),
    "schedules": Command("commands.schedules", "schedules", OTHERS, "The schedules that are known."),
    "schedules remove": Command(
        "commands.schedules", "remove", OTHERS, "Remove schedules that are kept.", changes=True
    ),
    "update": Command(
        "commands.schedules",
        "update",
        OTHERS,
        "Fetch a schedule anew and say what has changed.",
        changes=True,
    ),
    "diff": Command("commands.publishing", "diff", OTHERS, "What has changed between two schedules."),
    "validate": Command("commands.validate", "validate", OTHERS, "Every problem of a schedule."),
    "convert": Command("commands.publishing", "convert", OTHERS, "Write a schedule in another format."),
    "completion": Command(
        "grammar.shells", "completion", PROGRAM, "Let the TAB key offer commands, options, sessions."
    ),
    "doctor": Command("commands.doctor", "doctor", PROGRAM, "Check the program's own files."),
    "help": HELP,
}
"""The commands by the words that call them, in the order of the help."""


def subcommands(group: str) -> list[str]:
    """The commands of a group, each by all the words that call it; those of no group are one word long."""
    return [words for words in COMMANDS if words.rpartition(" ")[0] == group]
