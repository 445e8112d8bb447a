"""Terminal output: functions that turn rows into Rich renderables. None of them prints.

This module doesn't import Rich: :data:`PICTURES` names the function that draws each kind of row.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import RenderableType


class Picture(NamedTuple):
    """A reference to a drawing function, which takes ``(setting, shown, **context)``."""

    function: str
    """The module of this package and the function in it, ``module:function``."""
    needs_setting: bool = True
    """Whether it takes the :class:`~summitcli.render.setting.Setting`, which requires a schedule."""

    def load(self) -> "Callable[..., RenderableType]":
        """Return the function, importing its module."""
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
    "ChangeRow": Picture("changes:changes"),
    "LogRow": Picture("log:log", needs_setting=False),
    "DirectoryRow": Picture("directory:conferences", needs_setting=False),
    "ScheduleRow": Picture("schedules:schedules", needs_setting=False),
    "Check": Picture("doctor:checks", needs_setting=False),
    "Problem": Picture("problems:problems", needs_setting=False),
    "list": Picture("long_list:listing"),
    "details": Picture("session:details"),
    "grid": Picture("grid.whole:grid"),
    "glance": Picture("overview:glance"),
    "about": Picture("about:about"),
}
"""The drawing functions, by the class name of the rows, or by name if these rows have several."""
