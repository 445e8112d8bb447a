"""The terminal output of conflicts and free time in an agenda, and of the comparison of agendas."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.agenda.planner import Comparison, Conflict, Gap, Holders, key_of
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM, Columns, Line, Lines
from summitcli.render.listings import OWN_MARK, star
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import Listing
from summitcli.text import dates


def conflicts(
    setting: Setting,
    found: Sequence[Conflict],
    listings: Sequence[Listing],
    repeats: Mapping[tuple[str, int], Sequence[Listing]],
) -> RenderableType:
    """Return conflicts drawn for a terminal: first the certain ones as pairs, then possible ones by day.

    Args:
        setting: the conference and the language to show.
        found: the conflicts.
        listings: the listings of the agenda (each is a session at one of its times), in the order to show.
        repeats: other times of the sessions. The key, such as ``("tea", 1)``, is the session's ID and the
            number of the time that is in the agenda.
    """
    # A session that began before the day of the conflict is shown on that day, without its start.
    pairs = [
        (conflict, [one._replace(day=conflict.day) for one in (conflict.first, conflict.second)])
        for conflict in found
        if conflict.certain
    ]
    possible = {
        (one.day, key_of(one))
        for conflict in found
        if not conflict.certain
        for one in (conflict.first, conflict.second)
    }
    perhaps = [one for one in listings if (one.day, key_of(one)) in possible]
    every = [*(one for _conflict, both in pairs for one in both), *perhaps]
    columns = Columns([_line(setting, one) for one in every])
    pieces: list[RenderableType] = [Text(_("Conflicts"), ACCENT)] if pairs else []
    for conflict, both in pairs:
        when = dates.date_and_clock(conflict.day, conflict.start, conflict.end)
        length = dates.duration(conflict.minutes or 0)
        pieces.append(Paragraph(f"{when} · {length}", DIM, mark=Text("  ")))
        pieces.append(Lines([_line(setting, one) for one in both], columns))
        pieces += [_repeat(setting, other) for one in both for other in repeats.get(key_of(one), ())]
    if perhaps:
        pieces.append(Text(_("Possible conflicts (times not published)"), ACCENT))
    for day, held in groupby(perhaps, key=lambda one: one.day):
        pieces.append(Text(f"  {dates.day_and_weekday(day)}", DIM))
        pieces.append(Lines([_line(setting, one) for one in held], columns))
    return Group(*pieces)


def _repeat(setting: Setting, other: Listing) -> RenderableType:
    """Return a line that offers ``other``, another time of a session in the agenda."""
    when = " ".join(filter(None, (dates.date_and_clock(other.day, other.start, other.end), other.room)))
    sentence = _("also held when you are free: {title}, {when}, {id}")
    text = sentence.format(title=setting.name(other.titles), when=when, id=other.id)
    return Paragraph(text, "", mark=Text("  → ", ACCENT))


def gaps(setting: Setting, fitting: Sequence[tuple[Gap, Sequence[Listing], int]]) -> RenderableType:
    """Return gaps drawn by day. Each gap is followed by the sessions that would fit into it.

    Args:
        setting: the conference and the language to show.
        fitting: the gaps, each with the sessions to show, and the number of all that would fit into it.
    """
    pieces: list[RenderableType] = []
    columns = Columns([_line(setting, listing) for _gap, shown, _number in fitting for listing in shown])
    for gap, shown, number in fitting:
        heading = Text(
            f"{dates.day_and_weekday(gap.day)} {dates.clock_of_gap(gap.day, gap.start, gap.end)}", ACCENT
        )
        free = _("{time} free").format(time=dates.duration(gap.minutes))
        pieces.append(heading.append(f" · {free}", f"not bold {DIM}"))
        if shown:
            pieces.append(Lines([_line(setting, listing) for listing in shown], columns))
            if more := number - len(shown):
                pieces.append(Text("  " + ngettext("{n} more", "{n} more", more), DIM))
        else:
            pieces.append(Text("  " + _("no sessions would fit"), DIM))
    return Group(*pieces)


def comparison(setting: Setting, shared: Comparison) -> RenderableType:
    """Return three lists of sessions, drawn as lines: in both agendas, only in yours, only in the other."""
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


def holders(setting: Setting, found: Sequence[Holders], names: Sequence[str]) -> RenderableType:
    """Return the sessions of several agendas by day, each marked with the agendas that contain it.

    Args:
        setting: the conference and the language to show.
        found: the listings (each is a session at one of its times), in order of time, with the agendas that
            contain them. The first agenda is yours.
        names: the names of the other agendas.
    """
    width = len(names) + 1
    pieces: list[RenderableType] = [
        Paragraph(name, "", mark=Text(f"{_dots([place == number for place in range(width)])}  ", ACCENT))
        for number, name in enumerate([_("your agenda"), *names])
    ]
    drawn = [(one, _line(setting, one, _dots(held))._replace(mark="")) for one, held in found]
    columns = Columns([line for _one, line in drawn])
    for day, on_day in groupby(drawn, key=lambda pair: pair[0].day):
        pieces += [Text(), Text(dates.day_and_weekday(day), "bold")]
        pieces.append(Lines([line for _one, line in on_day], columns))
    return Group(*pieces)


def _dots(held: Sequence[bool]) -> str:
    return "".join("●" if has else "·" for has in held)


def _line(setting: Setting, listing: Listing, day: str = "") -> Line:
    return Line(
        title=setting.name(listing.titles),
        details=(day, listing.room or "", listing.id),
        time=dates.clock_on(listing.day, listing.start, listing.end),
        mark=star(listing) if listing.day_number else OWN_MARK,
    )
