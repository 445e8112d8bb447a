"""The terminal output of a plan: which sessions to attend, the free time, and why others are left out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.agenda.plan import Dropped, Plan, common_minutes
from summitcli.agenda.planner import Gap, span
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM, Columns, Line, Lines
from summitcli.render.listings import OWN_MARK, star
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import Listing
from summitcli.text import dates
from summitcli.text.enumeration import enumeration


def plan(setting: Setting, found: Plan, own: Sequence[Listing]) -> RenderableType:
    """Return a plan drawn for a terminal, by day.

    Args:
        setting: the conference and the language to show.
        found: the plan.
        own: the user's own entries (such as a lunch) and the events of other calendars, in any order. An
            event has no ID.
    """
    dropped = [one.listing for one in found.dropped]
    lunches = [
        one.listing()._replace(titles={setting.conference.language: _("Lunch")})
        for one in found.lunches
        if one.entry is None
    ]
    own = [*own, *lunches]
    columns = Columns([_line(setting, one) for one in (*found.chosen, *own, *dropped, *found.untimed)])
    days = sorted({one.day for one in (*found.chosen, *own)})
    pieces: list[RenderableType] = []
    for day in days:
        held = sorted((one for one in (*found.chosen, *own) if one.day == day), key=_start)
        pieces.append(Text(dates.day_and_weekday(day), ACCENT))
        pieces.append(Lines([_line(setting, one) for one in held], columns))
        if free := [_free(gap) for gap in found.free if gap.day == day]:
            pieces.append(
                Paragraph(_("free: {times}").format(times=_(", ").join(free)), DIM, mark=Text("  "))
            )
        pieces.append(Text())
    if dropped:
        pieces.append(Text(_("Not in the plan"), ACCENT).append(f" · {len(dropped)}", f"not bold {DIM}"))
    for day, on_day in groupby(found.dropped, key=lambda one: one.listing.day):
        pieces.append(Text(f"  {dates.day_and_weekday(day)}", DIM))
        for one in on_day:
            pieces.append(Lines([_line(setting, one.listing)], columns))
            pieces.append(Paragraph(reason(setting, one), DIM, mark=Text("  → ", DIM)))
    if found.untimed:
        pieces += [Text()] if dropped else []
        pieces.append(Text(_("Times not published"), ACCENT))
    for day, untimed in groupby(found.untimed, key=lambda one: one.day):
        pieces.append(Text(f"  {dates.day_and_weekday(day)}", DIM))
        pieces.append(Lines([_line(setting, one) for one in untimed], columns))
    return Group(*_footed(pieces, found))


def _footed(pieces: Sequence[RenderableType], found: Plan) -> Iterator[RenderableType]:
    yield from pieces
    if found.chosen:
        count = ngettext("{n} session", "{n} sessions", len(found.chosen))
        yield Text(_("{sessions}, weight {weight}").format(sessions=count, weight=found.weight), DIM)


def reason(setting: Setting, dropped: Dropped) -> str:
    """Return the sentence that says why a session is not in the plan, and what attending it would cost."""
    if dropped.is_repeat:
        (other,) = dropped.against
        when = dates.date_and_clock(other.day, other.start, other.end)
        return _("the plan has the same session at another time: {when}").format(when=when)
    if not dropped.against:
        return _("it leaves no time for lunch")
    overlapping, near = [], []
    for one in dropped.against:
        name = f"“{setting.name(one.titles)}”"
        if minutes := common_minutes(one, dropped.listing):
            overlapping.append(_with_duration(name, minutes))
        else:
            near.append(name)
    why = [_("conflicts with {names}").format(names=enumeration(overlapping))] if overlapping else []
    if near:
        why.append(_("too little time to walk to or from {names}").format(names=enumeration(near)))
    return _("; ").join([*why, _remedy(dropped)])


def _remedy(dropped: Dropped) -> str:
    """Return the sentence that says what to leave out to attend a session, and the weight of that."""
    if not dropped.cost:
        return ngettext("to attend it, leave that out", "to attend it, leave these out", len(dropped.against))
    return ngettext(
        "to attend it, leave that out (weight {weight})",
        "to attend it, leave these out (weight {weight})",
        len(dropped.against),
        weight=dropped.cost,
    )


def _free(gap: Gap) -> str:
    return _with_duration(dates.clock_of_gap(gap.day, gap.start, gap.end), gap.minutes)


def _with_duration(text: str, minutes: int) -> str:
    return _("{text} ({duration})").format(text=text, duration=dates.duration(minutes))


def _start(listing: Listing) -> tuple[float, str]:
    when = span(listing)
    return when.start.timestamp() if when else 0, listing.id


def _line(setting: Setting, listing: Listing) -> Line:
    return Line(
        title=setting.name(listing.titles),
        details=(listing.room or "", listing.id),
        time=dates.clock_on(listing.day, listing.start, listing.end),
        mark=star(listing) if listing.day_number else OWN_MARK,
        # Only the events of other calendars are dimmed; the lunch that the plan has placed has no title.
        past=bool(listing.title and not listing.id),
    )
