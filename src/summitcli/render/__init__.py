"""Terminal output: functions that draw rows, such as a list or a grid of sessions, for the library Rich.

They return renderables of Rich and don't print. This module doesn't import Rich: :data:`PICTURES` names the
function that draws each kind of row.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import RenderableType


class Picture(NamedTuple):
    """The name of a function that draws rows. Its module is imported only when it is needed.

    If ``needs_setting``, the function's first argument is a setting (the conference and the language). The
    next argument is what to draw. Some functions also take keyword arguments, which the command gives.
    """

    function: str
    """The module in this package and the function in that module, such as ``listings:schedule``."""
    needs_setting: bool = True
    """True if the function needs a ``Setting``: the conference and the language to show."""

    def load(self) -> "Callable[..., RenderableType]":
        """Import the module of the drawing function, and return the function."""
        from importlib import import_module

        module, _colon, function = self.function.partition(":")
        found: Callable[..., RenderableType] = getattr(import_module(f"{__name__}.{module}"), function)
        return found


PICTURES = {
    "Listing": Picture("listings:schedule"),
    "SessionRow": Picture("listings:sessions"),
    "CategoryRow": Picture("overview:categories"),
    "DayRow": Picture("overview:days_by_category"),
    "NameRow": Picture("overview:names", needs_setting=False),
    "SpeakerRow": Picture("overview:names", needs_setting=False),
    "ConflictRow": Picture("planning:conflicts"),
    "GapRow": Picture("planning:gaps"),
    "ComparisonRow": Picture("planning:comparison"),
    "PlanRow": Picture("plan:plan"),
    "EntryRow": Picture("own_time:entries"),
    "BusyRow": Picture("own_time:calendars", needs_setting=False),
    "ChangeRow": Picture("changes:changes"),
    "EventRow": Picture("syncing:events", needs_setting=False),
    "LogRow": Picture("log:log", needs_setting=False),
    "DirectoryRow": Picture("directory:conferences", needs_setting=False),
    "ScheduleRow": Picture("schedules:schedules", needs_setting=False),
    "Check": Picture("doctor:checks", needs_setting=False),
    "Problem": Picture("problems:problems", needs_setting=False),
    "holders": Picture("planning:holders"),
    "list": Picture("long_list:listing"),
    "details": Picture("session:details"),
    "grid": Picture("grid.whole:grid"),
    "glance": Picture("overview:glance"),
    "about": Picture("about:about"),
}
"""The drawing functions, by the name of the class of rows, or by another name such as ``grid``."""
