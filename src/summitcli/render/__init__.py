"""Answers as pictures for a terminal: functions from rows to Rich renderables. None prints.

Nothing here loads Rich: :data:`PICTURES` says which function draws which kind of row, and loads it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import RenderableType


class Picture(NamedTuple):
    """A function that draws: ``(setting, shown, **context)``, without ``setting`` if none is needed."""

    function: str
    """The module of this package and the function in it, ``module:function``."""
    needs_setting: bool = True
    """Whether it needs the :class:`~summitcli.render.setting.Setting`, for which a schedule is read."""

    def load(self) -> "Callable[..., RenderableType]":
        """Return the function."""
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
    "ConflictRow": Picture("planning:conflicts"),
    "GapRow": Picture("planning:gaps"),
    "ComparisonRow": Picture("planning:comparison"),
    "ChangeRow": Picture("changes:changes"),
    "LogRow": Picture("log:log", needs_setting=False),
    "ScheduleRow": Picture("schedules:schedules", needs_setting=False),
    "Check": Picture("doctor:checks", needs_setting=False),
    "Problem": Picture("problems:problems", needs_setting=False),
    "list": Picture("long_list:listing"),
    "details": Picture("session:details"),
    "grid": Picture("grid.whole:grid"),
    "glance": Picture("overview:glance"),
    "about": Picture("about:about"),
}
"""By the name of a class of rows, or of what is not drawn as its rows are everywhere else."""
