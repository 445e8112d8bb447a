"""Formatting of dates and times in the current language."""

from datetime import date, datetime, timedelta

from summitcli.i18n import _, ngettext
from summitcli.text.days import NIGHT_ENDS, SHORT_WEEKDAYS, WEEKDAYS
from summitcli.text.reader_zone import shown

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December")  # fmt: skip

_TOMORROW_AFTER = timedelta(hours=8)
"""A start on the next day is called ``tomorrow`` if it is at least this far away; else hours are given."""


def local(iso: str) -> datetime:
    """Return an RFC 3339 instant as a datetime in the local time zone of the system."""
    moment = datetime.fromisoformat(iso)
    try:
        return moment.astimezone()
    except (OSError, OverflowError, ValueError):
        # The system can't convert that time, such as Windows before 1970.
        return moment


def day(iso: str) -> str:
    """Format a date without its year: ``23 July``, ``7月23日``."""
    when = date.fromisoformat(iso)
    return _("{day} {month}").format(day=when.day, month=_(MONTHS[when.month - 1]))


def day_and_weekday(iso: str) -> str:
    """Format a date with its weekday: ``Saturday 23 July``, ``7月23日 星期六``."""
    return _("{weekday} {date}").format(weekday=_(WEEKDAYS[date.fromisoformat(iso).weekday()]), date=day(iso))


def short_day(iso: str) -> str:
    """Format a date without its year, with a short month: ``23 Jul``, ``7月23日``."""
    when = date.fromisoformat(iso)
    return _("{day} {month}").format(day=when.day, month=_(MONTHS[when.month - 1])[:3])


def short_day_and_weekday(iso: str) -> str:
    """Format a date as :func:`short_day` does, with its short weekday: ``Sat 23 Jul``, ``7月23日 周六``."""
    weekday = _(SHORT_WEEKDAYS[date.fromisoformat(iso).weekday()])
    return _("{weekday} {date}").format(weekday=weekday, date=short_day(iso))


def period(start: str, end: str) -> str:
    """Format a range of days with the year: ``23–26 July 2022``, ``2022年7月23日至26日``."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    words = {
        "year": first.year,
        "end_year": last.year,
        "month": _(MONTHS[first.month - 1]),
        "end_month": _(MONTHS[last.month - 1]),
        "day": first.day,
        "end_day": last.day,
    }
    if start == end:
        return _("{day} {month} {year}").format(**words)
    if first.year != last.year:
        return _("{day} {month} {year} – {end_day} {end_month} {end_year}").format(**words)
    if first.month != last.month:
        return _("{day} {month} – {end_day} {end_month} {year}").format(**words)
    return _("{day}–{end_day} {month} {year}").format(**words)


def days(start: str, end: str) -> str:
    """Format a range of days without the year: ``23–26 July``, ``30 July – 2 August``, ``7月23日至26日``."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if start == end:
        return day(start)
    sentence = _("{day} {month} – {end_day} {end_month}")
    if (first.year, first.month) == (last.year, last.month):
        sentence = _("{day}–{end_day} {month}")
    return sentence.format(
        month=_(MONTHS[first.month - 1]),
        end_month=_(MONTHS[last.month - 1]),
        day=first.day,
        end_day=last.day,
    )


def duration(minutes: int) -> str:
    """Format a duration: ``25 min``, ``2 h``, ``4 h 15 min``; ``25 分钟``, ``4 小时 15 分钟``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} min").format(n=rest)
    if not rest:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def until_start(now: datetime, start: datetime) -> str:
    """Format the time from ``now`` until a start: ``in 25 min``, ``tomorrow``, ``in 3 days``."""
    day = start.astimezone(now.tzinfo).date()
    if day == now.date() or start - now < _TOMORROW_AFTER:
        return _("in {time}").format(time=duration(_minutes(start - now)))
    return until_day(now, day)


def until_day(now: datetime, start: date) -> str:
    """Format the time from ``now`` until a later day: ``tomorrow``, ``in 3 days``."""
    count = (start - now.date()).days
    return _("tomorrow") if count == 1 else ngettext("in {n} day", "in {n} days", count)


def until_end(now: datetime, end: datetime) -> str:
    """Format the time from ``now`` until an end: ``ends in 10 min``, ``ends in 3 days``."""
    if end - now < timedelta(days=1):
        return _("ends in {time}").format(time=duration(_minutes(end - now)))
    count = (end.astimezone(now.tzinfo).date() - now.date()).days
    return ngettext("ends in {n} day", "ends in {n} days", count)


def zone(name: str) -> str:
    """Format a time zone: ``Europe/Berlin``; ``UTC+1`` for ``Etc/GMT-1``, whose sign is reversed."""
    if not name.startswith("Etc/GMT"):
        return name
    sign, hours = name[7:8], name[8:]
    return f"UTC{'-' if sign == '+' else '+'}{hours}" if hours.strip("0") else "UTC"


def day_number(number: int, count: int) -> str:
    """Format the number of a conference day: ``day 1 of 4``, ``第1天/共4天``."""
    return _("day {number} of {count}").format(number=number, count=count)


def part(number: int, count: int, all_day: bool) -> str:
    """Format the number of a slot among the slots of one session: ``day 2 of 4``, ``part 2 of 4``.

    Several slots with times may be on the same day, so only those without times are called days.

    Args:
        number: the number of the slot, from 1.
        count: the number of slots of the session.
        all_day: whether the slot has no times.
    """
    text = _("day {part} of {parts}") if all_day else _("part {part} of {parts}")
    return text.format(part=number, parts=count)


def clock(start: str | None, end: str | None) -> str:
    """Format a start and an end, given as in RFC 3339: ``10:00–10:30``; empty if they are None.

    The times are shown in the reader's time zone, as in all following functions of this module. An end on a
    later day is shown with its date, ``18:00–12 June 16:00``, unless it is in the night after the start.
    """
    if start is None or end is None:
        return ""
    begins, ends = shown(start), shown(end)
    same_day = begins[:10] == ends[:10]
    return f"{begins[11:16]}–{ends[11:16] if same_day else until(start[:10], end)}"


def range_of_starts(start: int, end: int) -> str:
    """Format a range of minutes of the day in which sessions start: ``12:00–18:00``; one as ``14:00``."""
    begin, until = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (start, end))
    return begin if end == start + 1 else f"{begin}–{until}"


def clock_on(iso: str, start: str | None, end: str | None) -> str:
    """Format a start and an end for a list of the sessions on one day: ``10:00–10:30``.

    If the session starts after midnight, ``+1`` follows the times: ``00:30–01:00 +1``. In the reader's time
    zone, it may also start on the day before: ``22:00–22:30 -1``. If it started on an earlier day of the
    conference, the start is left out: ``…–16:00``.

    Args:
        iso: the day as an ISO date.
        start: the start as in RFC 3339; None if no times are published.
        end: the end as in RFC 3339; None if no times are published.
    """
    if start is None or end is None:
        return ""
    if start[:10] < iso:
        is_moved = shown(end)[:10] != end[:10]
        return f"…–{until(iso, end)}" + (days_apart(iso, end) if is_moved else "")
    return clock(start, end) + days_apart(iso, start)


def clock_of_gap(iso: str, start: str, end: str) -> str:
    """Format the start and end of free time on a day: ``10:00–10:30``, ``22:00–04:00 +1``, ``18:00–24:00``.

    As free time may be long, ``+1`` follows the times if its end is after the midnight that ends the day.

    Args:
        iso: the day as an ISO date.
        start: the start as in RFC 3339.
        end: the end as in RFC 3339.
    """
    text, later = clock_on(iso, start, end), days_apart(iso, end)
    if later == " +1" and shown(end)[11:16] == "00:00" and not days_apart(iso, start):
        return text.removesuffix("00:00") + "24:00"
    is_dated = shown(start)[:10] != iso or until(start[:10], end) != shown(end)[11:16]
    return text if is_dated else text + later


def days_apart(iso: str, moment: str) -> str:
    """Return the number of days from a day to a moment, to append to times: `` +1``; empty on the same day.

    Args:
        iso: the day as an ISO date.
        moment: the moment as in RFC 3339.
    """
    count = (date.fromisoformat(shown(moment)[:10]) - date.fromisoformat(iso)).days
    return f" {count:+}" if count else ""


def lasts_beyond(iso: str, end: str) -> bool:
    """Return whether a session of a day ends after the following night, so that the date of its end is shown.

    Args:
        iso: the day as an ISO date.
        end: the session's end as in RFC 3339.
    """
    night = (date.fromisoformat(iso) + timedelta(days=1)).isoformat()
    return end[:10] > iso and end[:16] > f"{night}T{NIGHT_ENDS}"


def until(iso: str, end: str) -> str:
    """Format a session's end as ``16:00``; after the night that follows its day, as ``12 June 16:00``.

    Args:
        iso: the day of the session as an ISO date.
        end: the end as in RFC 3339.
    """
    moment = shown(end)
    return f"{day(moment[:10])} {moment[11:16]}" if lasts_beyond(iso, end) else moment[11:16]


def date_and_clock(iso: str, start: str | None, end: str | None) -> str:
    """Format the date and times of a slot (a session on one day): ``Saturday 23 July 10:00–10:30``.

    A slot of 23 July that starts after midnight is shown with the date of its start and with its conference
    day: ``Sunday 24 July 00:30–01:00 (night of 23 July)``. If times are shown in the reader's own time zone,
    and the slot starts on another date there: ``Friday 22 July 22:00–22:30 (23 July at the conference)``.

    Args:
        iso: the conference day as an ISO date.
        start: the start as in RFC 3339; None if no times are published.
        end: the end as in RFC 3339; None if no times are published.
    """
    held = shown(start)[:10] if start else iso
    if held == iso:
        return " ".join(filter(None, (day_and_weekday(iso), clock(start, end))))
    night, elsewhere = _("{date} {times} (night of {day})"), _("{date} {times} ({day} at the conference)")
    sentence = night if start and held == start[:10] else elsewhere
    return sentence.format(date=day_and_weekday(held), times=clock(start, end), day=day(iso))


def _minutes(duration: timedelta) -> int:
    """Return ``duration`` in minutes, rounded up."""
    return -(-duration // timedelta(minutes=1))
