"""Every command: where it lives and in which group the help shows it. Nothing here imports them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Command(NamedTuple):
    """A command's place: a function of a module of this package."""

    module: str
    function: str
    panel: str

    def load(self) -> "Callable[..., Any]":
        """The function; its first parameter is the :class:`~summitcli.cli.call.Call`."""
        function: Callable[..., Any] = getattr(import_module(f"summitcli.cli.{self.module}"), self.function)
        return function


LOOK = "Look"
PLAN = "Plan, and take along"
FILTER_BY = "What there is to filter by"
OTHERS = "Other conferences"

GLANCE = Command("overview", "glance", LOOK)
"""What ``summit`` alone does."""

COMMANDS = {
    "today": Command("browse", "today", LOOK),
    "tomorrow": Command("browse", "tomorrow", LOOK),
    "day": Command("browse", "day", LOOK),
    "now": Command("browse", "now", LOOK),
    "next": Command("browse", "next_", LOOK),
    "list": Command("browse", "list_", LOOK),
    "search": Command("look", "search", LOOK),
    "show": Command("look", "show", LOOK),
    "grid": Command("grid", "grid", LOOK),
    "about": Command("overview", "about", LOOK),
    "agenda": Command("agenda", "agenda", PLAN),
    "agenda add": Command("agenda", "add", PLAN),
    "agenda remove": Command("agenda", "remove", PLAN),
    "agenda clear": Command("agenda", "clear", PLAN),
    "agenda conflicts": Command("planning", "conflicts", PLAN),
    "agenda gaps": Command("planning", "gaps", PLAN),
    "agenda compare": Command("sharing", "compare", PLAN),
    "agenda import": Command("sharing", "import_", PLAN),
    "agenda export": Command("carry", "export_agenda", PLAN),
    "export": Command("carry", "export", PLAN),
    "days": Command("overview", "days", FILTER_BY),
    "categories": Command("overview", "categories", FILTER_BY),
    "rooms": Command("overview", "rooms", FILTER_BY),
    "speakers": Command("overview", "speakers", FILTER_BY),
    "use": Command("known", "use", OTHERS),
    "schedules": Command("known", "schedules", OTHERS),
    "schedules remove": Command("known", "remove", OTHERS),
    "update": Command("known", "update", OTHERS),
    "diff": Command("publishing", "diff", OTHERS),
    "validate": Command("validating", "validate", OTHERS),
    "convert": Command("publishing", "convert", OTHERS),
}
"""The commands by the words that call them, in the order of the help."""
