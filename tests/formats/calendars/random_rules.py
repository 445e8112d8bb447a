"""Random rules of recurrence and random time zones, compared with dateutil and zoneinfo, exactly.

Left out is what the two read otherwise than RFC 5545 has it: dateutil takes BYSETPOS of a week for that of
what is left of its first week, asks a day to be both of weekdays with numbers and of those without, takes all
days of a numbered week where no weekday is named, and does not count the first week of the next year from the
end of its own.
"""

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule

from summitcli.formats.calendars.ical import read
from summitcli.formats.calendars.rules import occurrences, read_rule
from summitcli.text.days import WEEKDAY_CODES

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns",
         "Africa/Cairo", "Pacific/Auckland", "America/Santiago", "Atlantic/Azores", "UTC")  # fmt: skip
_YEAR = timedelta(days=366)
_MONTH = timedelta(days=30)
_MOST = 300


def random_rule(chance: random.Random) -> str:
    """A rule of whatever parts may go together."""
    frequency = chance.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    parts = [f"FREQ={frequency}"]
    if chance.random() < 0.5:
        parts.append(f"INTERVAL={chance.choice([1, 2, 3, 5, 7, 12, 90])}")
    if chance.random() < 0.3:
        parts.append(f"WKST={chance.choice(WEEKDAY_CODES)}")
    before = len(parts)
    in_weeks = frequency == "YEARLY" and chance.random() < 0.3
    if in_weeks:
        parts.append(f"BYWEEKNO={_some(chance, [*range(1, 54), *range(-51, 0)])}")
    if not in_weeks and chance.random() < 0.4:
        parts.append(f"BYMONTH={_some(chance, range(1, 13))}")
    if frequency != "WEEKLY" and not in_weeks and chance.random() < 0.35:
        parts.append(f"BYMONTHDAY={_some(chance, [*range(1, 32), *range(-31, 0)])}")
    if frequency == "YEARLY" and not in_weeks and chance.random() < 0.2:
        parts.append(f"BYYEARDAY={_some(chance, [*range(1, 367), *range(-366, 0)])}")
    if in_weeks or chance.random() < 0.4:
        numbered = not in_weeks and frequency in ("MONTHLY", "YEARLY") and chance.random() < 0.5
        days = chance.sample(WEEKDAY_CODES, chance.randint(1, 3))
        parts.append(
            "BYDAY=" + ",".join(f"{chance.choice([-2, -1, 1, 2, 5])}{d}" if numbered else d for d in days)
        )
    if chance.random() < 0.3:
        parts.append(f"BYHOUR={_some(chance, range(24))}")
    if chance.random() < 0.2:
        parts.append(f"BYMINUTE={_some(chance, range(60))}")
    if len(parts) > before and frequency in ("YEARLY", "MONTHLY", "DAILY") and chance.random() < 0.25:
        parts.append(f"BYSETPOS={_some(chance, [1, 2, 3, -1, -2])}")
    return ";".join(parts)


def _some(chance: random.Random, values: Iterable[int]) -> str:
    return ",".join(map(str, chance.sample([*values], chance.randint(1, 3))))


def compare_rule(chance: random.Random) -> None:
    """Fail unless a random rule gives the times that dateutil gives, through the year after it begins."""
    text = random_rule(chance)
    begins = datetime(chance.randint(1999, 2032), 1, 1) + timedelta(minutes=chance.randrange(525_600))  # noqa: DTZ001
    last = begins + (_YEAR if "MINUTELY" not in text else timedelta(days=20))
    if "FREQ=YEARLY" in text:
        last += 6 * _YEAR
    ours = islice(filter(None, occurrences(read_rule(text), begins, last)), _MOST)
    assert list(ours) == _theirs(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", begins), (text, begins)


def _theirs(text: str, begins: datetime) -> list[datetime]:
    try:
        rule = rrule.rrulestr(text, dtstart=begins)
    except ValueError:
        # It has seen that there is no such time.
        return []
    return list(islice(rule, _MOST))


def compare_set(chance: random.Random) -> None:
    """Fail unless an event is held when several random rules, dates and rules of exclusion together say."""
    begins = datetime(chance.randint(1999, 2032), 1, 1, 9) + timedelta(days=chance.randrange(365))  # noqa: DTZ001
    until = f"UNTIL={begins + _MONTH:%Y%m%dT%H%M%S}"
    both = rrule.rruleset()  # type: ignore[no-untyped-call]
    both.rdate(begins)
    lines = [f"DTSTART:{_basic(begins)}"]
    for name, add, most in (("RRULE", both.rrule, 3), ("EXRULE", both.exrule, 2)):
        for _turn in range(chance.randint(0 if name == "EXRULE" else 1, most)):
            text = f"{_simple_rule(chance)};{until}"
            add(rrule.rrulestr(text, dtstart=begins))
            lines.append(f"{name}:{text}")
    for name, add_date in (("RDATE", both.rdate), ("EXDATE", both.exdate)):
        for _turn in range(chance.randint(0, 3)):
            moment = begins + timedelta(days=chance.randrange(40))
            add_date(moment)
            lines.append(f"{name}:{_basic(moment)}")
    event = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    ours = sorted(found.start for found in read(event.encode(), "random.ics").events if found.start)
    assert ours == list(both), lines


def _simple_rule(chance: random.Random) -> str:
    """A rule of few times in a month, so that no bound cuts them off."""
    frequency = chance.choice(["DAILY", "WEEKLY", "MONTHLY"])
    parts = [f"FREQ={frequency}", f"INTERVAL={chance.randint(1, 4)}"]
    if chance.random() < 0.5:
        parts.append("BYDAY=" + ",".join(chance.sample(WEEKDAY_CODES, chance.randint(1, 4))))
    if chance.random() < 0.3:
        parts.append(f"BYHOUR={_some(chance, [8, 9, 10, 14])}")
    return ";".join(parts)


def _basic(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def compare_zone(chance: random.Random) -> None:
    """Fail unless the times of an event in a zone that its calendar defines are those that zoneinfo gives."""
    zone = ZoneInfo(chance.choice(ZONES))
    year = chance.randint(2015, 2035)
    instant = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * chance.randrange(35_040))
    changes = _changes(zone, year)
    if changes and chance.random() < 0.6:
        instant = chance.choice(changes)[0] + timedelta(minutes=15 * chance.randint(-12, 12))
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    if chance.random() < 0.3:
        # Perhaps one that the clocks skip.
        local = (instant + timedelta(hours=chance.randint(-1, 1))).replace(tzinfo=None) + (
            zone.utcoffset(instant.astimezone(zone).replace(tzinfo=zone)) or timedelta()
        )
    length = timedelta(minutes=chance.choice([0, 15, 45, 60, 90, 480, 1440]))
    data = calendar(zone, year, local, length)
    (found,) = read(data.encode(), "random.ics").events
    begins = local.replace(tzinfo=zone).astimezone(UTC)
    assert found.start is not None
    assert found.end is not None
    assert found.start.astimezone(UTC) == begins, (zone.key, local)
    assert found.end.astimezone(UTC) == begins + length, (zone.key, local, length)


def calendar(zone: ZoneInfo, year: int, local: datetime, length: timedelta) -> str:
    """A calendar with an event at a local time in a zone that is defined for the years around one."""
    parts = []
    for number, (instant, before, after) in enumerate(_changes(zone, year)):
        kind = ("STANDARD", "DAYLIGHT")[number % 2]
        parts += [
            f"BEGIN:{kind}", f"DTSTART:{(instant + before):%Y%m%dT%H%M%S}",
            f"TZOFFSETFROM:{_written(before)}", f"TZOFFSETTO:{_written(after)}", f"END:{kind}",
        ]  # fmt: skip
    minutes = int(length / timedelta(minutes=1))
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Ours", *parts, "END:VTIMEZONE", "BEGIN:VEVENT",
         f"DTSTART;TZID=Ours:{local:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M", "END:VEVENT", "END:VCALENDAR"]
    )  # fmt: skip


def _changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """When a zone changes its offset around a year, and that before and after; first how it begins."""
    first = datetime(year - 1, 1, 1, tzinfo=UTC)
    offset = first.astimezone(zone).utcoffset() or timedelta()
    found = [(first, offset, offset)]
    for number in range(366 * 3):
        day = first + timedelta(days=number)
        if (day + timedelta(days=1)).astimezone(zone).utcoffset() == offset:
            continue
        moments = (day + timedelta(minutes=15 * n) for n in range(1, 97))
        change = next(moment for moment in moments if moment.astimezone(zone).utcoffset() != offset)
        after = change.astimezone(zone).utcoffset() or timedelta()
        found.append((change, offset, after))
        offset = after
    return found


def _written(offset: timedelta) -> str:
    minutes = int(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
