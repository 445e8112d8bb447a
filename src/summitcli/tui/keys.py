"""The keys of the full-screen browser: one table for the bindings, the key bar, the help and the palette."""

from typing import NamedTuple

from textual.binding import Binding

from summitcli.i18n import _


class Key(NamedTuple):
    """One or more keys for the same action."""

    keys: str
    """The keys by their names in Textual, separated by commas, such as ``down,j``."""
    action: str
    label: str
    """The text about the action in the help."""
    shown: str = ""
    """The keys as the help shows them; empty if that is the same as ``keys``."""
    short: str = ""
    """The word for the action in the key bar; empty if the bar doesn't show it."""


def _moving() -> tuple[Key, ...]:
    return (
        Key("up,k", "move(-1)", _("Previous session"), "↑ k"),
        Key("down,j", "move(1)", _("Next session"), "↓ j"),
        Key("left,h", "across(-1)", _("Previous day, or room in the grid"), "← h"),
        Key("right,l", "across(1)", _("Next day, or room in the grid"), "→ l"),
        Key("pageup,ctrl+b", "page(-1)", _("One page up"), "PgUp"),
        Key("pagedown,ctrl+f", "page(1)", _("One page down"), "PgDn"),
        Key("home", "first", _("First session"), "Home"),
        Key("end,G", "last", _("Last session"), "End G"),
        Key("1,2,3,4,5,6,7,8,9", "number", _("Day with that number"), "1–9"),
        Key("n", "now", _("Session in progress, or the next one"), "n", _("now")),
        Key("tab", "next_pane", _("Other pane"), "Tab"),
    )


def _viewing() -> tuple[Key, ...]:
    return (
        Key("enter", "open_details", _("Details of the session"), "Enter", _("details")),
        Key("v", "switch_view", _("Switch between list and grid"), "v", _("grid")),
        Key("slash", "search", _("Search"), "/", _("search")),
        Key("f", "filter", _("Filter"), "f", _("filter")),
        Key("a", "scope('agenda')", _("Your agenda"), "a", _("agenda")),
        Key("c", "scope('conflicts')", _("Conflicts in your agenda"), "c", _("conflicts")),
        Key("g", "gaps", _("Free time in your agenda"), "g"),
        Key("d", "compare", _("Compare two sessions"), "d"),
        Key("escape", "close", _("Back (never quits)"), "Esc"),
    )


def _agenda() -> tuple[Key, ...]:
    return (
        Key("space", "mark('yes')", _("Star the session, or remove the star"), "Space", _("star")),
        Key("m", "mark('maybe')", _("Mark the session as maybe"), "m", _("maybe")),
        Key("x", "mark('hidden')", _("Hide the session"), "x", _("hide")),
        Key("X", "show_hidden", _("Show hidden sessions"), "X"),
        Key("u", "undo", _("Undo the last change to your agenda"), "u", _("undo")),
    )


def _more() -> tuple[Key, ...]:
    return (
        Key("o", "open_link", _("Open the session's link"), "o"),
        Key("y", "copy", _("Copy ID, title and time, or link"), "y"),
        Key("e", "export", _("Export your agenda"), "e"),
        Key("r", "update", _("Update the schedule"), "r"),
        Key("t", "zone", _("Times in your time zone or the conference's"), "t"),
        Key("L", "language", _("Language"), "L"),
        Key("question_mark", "help", _("All keys"), "?", _("keys")),
        Key("ctrl+p", "command_palette", _("All commands by name"), "Ctrl+P"),
        Key("ctrl+z", "suspend_process", _("Suspend; `fg` in the shell resumes"), "Ctrl+Z"),
        Key("q", "quit", _("Quit"), "q", _("quit")),
    )


def groups() -> tuple[tuple[str, tuple[Key, ...]], ...]:
    """Return the keys in groups, each group with its heading, in the current language."""
    return (
        (_("Moving"), _moving()),
        (_("Viewing"), _viewing()),
        (_("Your agenda"), _agenda()),
        (_("More"), _more()),
    )


def bindings() -> list[Binding]:
    """Return the bindings of all keys for Textual. Textual itself shows none of them."""
    made = []
    for _heading, keys in groups():
        for key in keys:
            if key.action == "number":
                made += [Binding(digit, f"number({digit})", show=False) for digit in key.keys.split(",")]
            else:
                # What is typed fast after the key of the search belongs to the search already.
                made.append(Binding(key.keys, key.action, show=False, priority=key.action == "search"))
    return made


def key_bar(width: int) -> str:
    """Return the markup of the key bar: as many keys as fit into ``width``. Each can be clicked."""
    from summitcli.render.widths import shown_width

    taken = 0
    entries = [key for _heading, keys in groups() for key in keys if key.short]
    order = ["?", "q", "Enter", "Space", "/", "n", "v", "a", "f", "m", "x", "c", "u"]
    wanted = sorted(entries, key=lambda key: order.index(key.shown))
    fitting = set()
    for key in wanted:
        wide = shown_width(f" {key.shown} {key.short} ")
        if taken + wide > width:
            break
        fitting.add(key.shown)
        taken += wide
    return "".join(
        f"[@click=app.{key.action}] [b]{key.shown}[/b] {key.short} [/]"
        for key in entries
        if key.shown in fitting
    )


def search_bar() -> str:
    """Return the markup of the key bar during a search.

    The bar shows no keys that are letters, as letters are typed into the search.
    """
    keys = (("Enter", _("go to the session")), ("↑ ↓", _("choose another")), ("Esc", _("end the search")))
    return "".join(f" [b]{key}[/b] {what} " for key, what in keys)
