"""What clashes and what is free, as lists."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.catalog.rows import Listing
from summitcli.i18n import _, ngettext
from summitcli.planner import Comparison, Conflict, Gap
from summitcli.render import dates
from summitcli.render.lines import ACCENT, DIM, Line, Lines
from summitcli.render.setting import Setting

MOST = 12
"""How many sessions are shown that would fit into one stretch."""


def conflicts(setting: Setting, found: Sequence[Conflict]) -> RenderableType:
    """First the pairs that certainly overlap, then for each day those that may, each session once."""
    certain = [one for one in found if one.certain]
    possible = [one for one in found if not one.certain]
    lines = [_line(setting, listing) for one in found for listing in (one.first, one.second)]
    pieces: list[RenderableType] = []
    if certain:
        pieces += [Text(_("Overlapping"), ACCENT)]
        for one in certain:
            pieces += [
                Text(f"  {dates.date_and_clock(one.day, one.start, one.end)}", DIM),
                Lines([_line(setting, one.first), _line(setting, one.second)], lines),
            ]
    for day, pairs in groupby(possible, key=lambda one: one.day):
        both = (listing for one in pairs for listing in (one.first, one.second))
        listings = {(listing.id, listing.part): listing for listing in both}
        heading = Text(_("Perhaps overlapping, as times are not published"), ACCENT)
        pieces += [heading.append(f" · {dates.day_and_weekday(day)}", f"not bold {DIM}")]
        pieces += [Lines([_line(setting, listing) for listing in listings.values()], lines)]
    return Group(*pieces)


def gaps(setting: Setting, fitting: Sequence[tuple[Gap, Sequence[Listing]]]) -> RenderableType:
    """The free stretches by day, below each what would fit into it."""
    pieces: list[RenderableType] = []
    lines = [_line(setting, listing) for _gap, listings in fitting for listing in listings]
    for gap, listings in fitting:
        heading = Text(dates.date_and_clock(gap.day, gap.start, gap.end), ACCENT)
        free = _("{time} free").format(time=dates.length(gap.minutes))
        pieces.append(heading.append(f" · {free}", f"not bold {DIM}"))
        if listings:
            shown = listings[:MOST] if len(listings) > MOST + 1 else listings
            pieces.append(Lines([_line(setting, listing) for listing in shown], lines))
            if more := len(listings) - len(shown):
                pieces.append(Text("  " + ngettext("{n} more", "{n} more", more), DIM))
        else:
            pieces.append(Text("  " + _("nothing of the schedule fits"), DIM))
    return Group(*pieces)


def comparison(setting: Setting, shared: Comparison) -> RenderableType:
    """What is in both agendas, only in mine and only in theirs, as three lists."""
    pieces: list[RenderableType] = []
    every = [*shared.both, *shared.only_mine, *shared.only_theirs]
    lines = [_line(setting, listing, dates.day(listing.day)) for listing in every]
    sides = (
        (_("In both"), shared.both),
        (_("Only in mine"), shared.only_mine),
        (_("Only in theirs"), shared.only_theirs),
    )
    for heading, listings in sides:
        if listings:
            pieces.append(Text(heading, ACCENT).append(f" · {len(listings)}", f"not bold {DIM}"))
            own = [_line(setting, listing, dates.day(listing.day)) for listing in listings]
            pieces.append(Lines(own, lines))
    return Group(*pieces)


def _line(setting: Setting, listing: Listing, day: str = "") -> Line:
    return Line(
        title=setting.name(listing.titles),
        details=(day, listing.room or "", listing.id),
        time=dates.clock_on(listing.day, listing.start, listing.end),
    )
