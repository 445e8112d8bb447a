"""The pictures of conflicts and free time in an agenda, and of the comparison of two agendas."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.agenda.planner import Comparison, Conflict, Gap, group_conflicts
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM, Columns, Line, Lines
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import Listing
from summitcli.text import dates

MAX_FITTING = 12
"""The number of sessions shown that would fit into a gap."""


def conflicts(setting: Setting, found: Sequence[Conflict], listings: Sequence[Listing]) -> RenderableType:
    """Return a picture of conflicts: first those that are certain, by time, then the possible ones, by day.

    A session is listed only once in a group of conflicts.

    Args:
        setting: the conference and the language to show.
        found: the conflicts.
        listings: the listings of the agenda, in the order to show.
    """
    possible = {
        (listing.day, listing.id, listing.part)
        for conflict in found
        if not conflict.certain
        for listing in (conflict.first, conflict.second)
    }
    perhaps = [listing for listing in listings if (listing.day, listing.id, listing.part) in possible]
    # A session that began before the day of the conflict is shown on that day, without its start.
    certain = [
        overlap._replace(listings=tuple(listing._replace(day=overlap.day) for listing in overlap.listings))
        for overlap in group_conflicts(found, listings)
    ]
    both = [*(listing for overlap in certain for listing in overlap.listings), *perhaps]
    columns = Columns([_line(setting, listing) for listing in both])
    pieces: list[RenderableType] = []
    if certain:
        pieces.append(Text(_("Conflicts"), ACCENT))
    for overlap in certain:
        times = _(", ").join(dates.clock_on(overlap.day, *stretch) for stretch in overlap.periods)
        when = f"{dates.day_and_weekday(overlap.day)} {times}"
        pieces.append(Paragraph(when, DIM, mark=Text("  ")))
        pieces.append(Lines([_line(setting, listing) for listing in overlap.listings], columns))
    if perhaps:
        pieces.append(Text(_("Possible conflicts (times not published)"), ACCENT))
    for day, held in groupby(perhaps, key=lambda listing: listing.day):
        pieces.append(Text(f"  {dates.day_and_weekday(day)}", DIM))
        pieces.append(Lines([_line(setting, listing) for listing in held], columns))
    return Group(*pieces)


def gaps(setting: Setting, fitting: Sequence[tuple[Gap, Sequence[Listing]]]) -> RenderableType:
    """Return a picture of gaps by day; below each gap are the sessions that would fit into it.

    Args:
        setting: the conference and the language to show.
        fitting: the gaps, each with those sessions.
    """
    pieces: list[RenderableType] = []
    columns = Columns([_line(setting, listing) for _gap, listings in fitting for listing in listings])
    for gap, listings in fitting:
        heading = Text(dates.date_and_clock(gap.day, gap.start, gap.end), ACCENT)
        free = _("{time} free").format(time=dates.duration(gap.minutes))
        pieces.append(heading.append(f" · {free}", f"not bold {DIM}"))
        if listings:
            shown = listings[:MAX_FITTING] if len(listings) > MAX_FITTING + 1 else listings
            pieces.append(Lines([_line(setting, listing) for listing in shown], columns))
            if more := len(listings) - len(shown):
                pieces.append(Text("  " + ngettext("{n} more", "{n} more", more), DIM))
        else:
            pieces.append(Text("  " + _("no sessions fit"), DIM))
    return Group(*pieces)


def comparison(setting: Setting, shared: Comparison) -> RenderableType:
    """Return a picture of the listings in both agendas, only in yours, and only in the other."""
    pieces: list[RenderableType] = []
    every = [*shared.both, *shared.only_mine, *shared.only_theirs]
    columns = Columns([_line(setting, listing, dates.day(listing.day)) for listing in every])
    sides = (
        (_("In both agendas"), shared.both),
        (_("Only in your agenda"), shared.only_mine),
        (_("Only in the other agenda"), shared.only_theirs),
    )
    for heading, listings in sides:
        if listings:
            pieces.append(Text(heading, ACCENT).append(f" · {len(listings)}", f"not bold {DIM}"))
            own = [_line(setting, listing, dates.day(listing.day)) for listing in listings]
            pieces.append(Lines(own, columns))
    return Group(*pieces)


def _line(setting: Setting, listing: Listing, day: str = "") -> Line:
    return Line(
        title=setting.name(listing.titles),
        details=(day, listing.room or "", listing.id),
        time=dates.clock_on(listing.day, listing.start, listing.end),
    )
