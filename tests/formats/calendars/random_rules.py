"""Random recurrence rules and time zones, compared with dateutil and zoneinfo.

Rules that dateutil reads differently from RFC 5545 are not generated: it applies BYSETPOS to the rest of the
first week, requires a day to match both weekdays with numbers and those without, takes all days of a numbered
week if no weekday is given, and does not count the first week of the next year from the end of its year.
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
_MAX_TIMES = 300


def random_rule(rng: random.Random) -> str:
    """Return a rule of parts that may be combined."""
    frequency = rng.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"])
    parts = [f"FREQ={frequency}"]
    if rng.random() < 0.5:
        parts.append(f"INTERVAL={rng.choice([1, 2, 3, 5, 7, 12, 90])}")
    if rng.random() < 0.3:
        parts.append(f"WKST={rng.choice(WEEKDAY_CODES)}")
    before = len(parts)
    in_weeks = frequency == "YEARLY" and rng.random() < 0.3
    if in_weeks:
        parts.append(f"BYWEEKNO={_some(rng, [*range(1, 54), *range(-51, 0)])}")
    if not in_weeks and rng.random() < 0.4:
        parts.append(f"BYMONTH={_some(rng, range(1, 13))}")
    if frequency != "WEEKLY" and not in_weeks and rng.random() < 0.35:
        parts.append(f"BYMONTHDAY={_some(rng, [*range(1, 32), *range(-31, 0)])}")
    if frequency == "YEARLY" and not in_weeks and rng.random() < 0.2:
        parts.append(f"BYYEARDAY={_some(rng, [*range(1, 367), *range(-366, 0)])}")
    if in_weeks or rng.random() < 0.4:
        numbered = not in_weeks and frequency in ("MONTHLY", "YEARLY") and rng.random() < 0.5
        days = rng.sample(WEEKDAY_CODES, rng.randint(1, 3))
        parts.append(
            "BYDAY=" + ",".join(f"{rng.choice([-2, -1, 1, 2, 5])}{d}" if numbered else d for d in days)
        )
    if rng.random() < 0.3:
        parts.append(f"BYHOUR={_some(rng, range(24))}")
    if rng.random() < 0.2:
        parts.append(f"BYMINUTE={_some(rng, range(60))}")
    if len(parts) > before and frequency in ("YEARLY", "MONTHLY", "DAILY") and rng.random() < 0.25:
        parts.append(f"BYSETPOS={_some(rng, [1, 2, 3, -1, -2])}")
    return ";".join(parts)


def _some(rng: random.Random, values: Iterable[int]) -> str:
    return ",".join(map(str, rng.sample([*values], rng.randint(1, 3))))


def compare_rule(rng: random.Random) -> None:
    """Fail unless a random rule has the same times as in dateutil for a year after its start."""
    text = random_rule(rng)
    begins = datetime(rng.randint(1999, 2032), 1, 1) + timedelta(minutes=rng.randrange(525_600))  # noqa: DTZ001
    last = begins + (_YEAR if "MINUTELY" not in text else timedelta(days=20))
    if "FREQ=YEARLY" in text:
        last += 6 * _YEAR
    ours = islice(filter(None, occurrences(read_rule(text), begins, last)), _MAX_TIMES)
    assert list(ours) == _from_dateutil(f"{text};UNTIL={last:%Y%m%dT%H%M%S}", begins), (text, begins)


def _from_dateutil(text: str, begins: datetime) -> list[datetime]:
    try:
        rule = rrule.rrulestr(text, dtstart=begins)
    except ValueError:
        # It detects rules without any time.
        return []
    return list(islice(rule, _MAX_TIMES))


def compare_set(rng: random.Random) -> None:
    """Fail unless an event with random RRULEs, EXRULEs, RDATEs and EXDATEs has the times of dateutil."""
    begins = datetime(rng.randint(1999, 2032), 1, 1, 9) + timedelta(days=rng.randrange(365))  # noqa: DTZ001
    until = f"UNTIL={begins + _MONTH:%Y%m%dT%H%M%S}"
    both = rrule.rruleset()  # type: ignore[no-untyped-call]
    both.rdate(begins)
    lines = [f"DTSTART:{_basic(begins)}"]
    for name, add, most in (("RRULE", both.rrule, 3), ("EXRULE", both.exrule, 2)):
        for _turn in range(rng.randint(0 if name == "EXRULE" else 1, most)):
            text = f"{_simple_rule(rng)};{until}"
            add(rrule.rrulestr(text, dtstart=begins))
            lines.append(f"{name}:{text}")
    for name, add_date in (("RDATE", both.rdate), ("EXDATE", both.exdate)):
        for _turn in range(rng.randint(0, 3)):
            moment = begins + timedelta(days=rng.randrange(40))
            add_date(moment)
            lines.append(f"{name}:{_basic(moment)}")
    event = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    ours = sorted(found.start for found in read(event.encode(), "random.ics").events if found.start)
    assert ours == list(both), lines


def _simple_rule(rng: random.Random) -> str:
    """Return a rule with few times in a month, so that no limit applies."""
    frequency = rng.choice(["DAILY", "WEEKLY", "MONTHLY"])
    parts = [f"FREQ={frequency}", f"INTERVAL={rng.randint(1, 4)}"]
    if rng.random() < 0.5:
        parts.append("BYDAY=" + ",".join(rng.sample(WEEKDAY_CODES, rng.randint(1, 4))))
    if rng.random() < 0.3:
        parts.append(f"BYHOUR={_some(rng, [8, 9, 10, 14])}")
    return ";".join(parts)


def _basic(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"


def compare_zone(rng: random.Random) -> None:
    """Fail unless an event in a zone defined by its calendar has the times of zoneinfo."""
    zone = ZoneInfo(rng.choice(ZONES))
    year = rng.randint(2015, 2035)
    instant = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * rng.randrange(35_040))
    changes = _changes(zone, year)
    if changes and rng.random() < 0.6:
        instant = rng.choice(changes)[0] + timedelta(minutes=15 * rng.randint(-12, 12))
    local = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    if rng.random() < 0.3:
        # This may be a skipped time.
        local = (instant + timedelta(hours=rng.randint(-1, 1))).replace(tzinfo=None) + (
            zone.utcoffset(instant.astimezone(zone).replace(tzinfo=zone)) or timedelta()
        )
    length = timedelta(minutes=rng.choice([0, 15, 45, 60, 90, 480, 1440]))
    data = calendar(zone, year, local, length)
    (found,) = read(data.encode(), "random.ics").events
    begins = local.replace(tzinfo=zone).astimezone(UTC)
    assert found.start is not None
    assert found.end is not None
    assert found.start.astimezone(UTC) == begins, (zone.key, local)
    assert found.end.astimezone(UTC) == begins + length, (zone.key, local, length)


def calendar(zone: ZoneInfo, year: int, local: datetime, length: timedelta) -> str:
    """Return a calendar with an event at a local time, and its zone's definition for the years around it."""
    parts = []
    for number, (instant, before, after) in enumerate(_changes(zone, year)):
        kind = ("STANDARD", "DAYLIGHT")[number % 2]
        parts += [
            f"BEGIN:{kind}", f"DTSTART:{(instant + before):%Y%m%dT%H%M%S}",
            f"TZOFFSETFROM:{_utc_offset(before)}", f"TZOFFSETTO:{_utc_offset(after)}", f"END:{kind}",
        ]  # fmt: skip
    minutes = int(length / timedelta(minutes=1))
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Ours", *parts, "END:VTIMEZONE", "BEGIN:VEVENT",
         f"DTSTART;TZID=Ours:{local:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M", "END:VEVENT", "END:VCALENDAR"]
    )  # fmt: skip


def _changes(zone: ZoneInfo, year: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """Return the zone's initial offset and its changes around a year: instant, offset before and after."""
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


def _utc_offset(offset: timedelta) -> str:
    minutes = int(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
