"""Our own format as YAML, in the shorter form in which people write it by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import product

from summitcli.exports.schedules.yaml_text import INDENT, Plain, item, lines
from summitcli.formats.clock_times import ClockTimes, Unreadable
from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed


def yaml(parsed: Parsed) -> Iterator[str]:
    """Yield a schedule as a YAML document. Reading it gives an equal schedule.

    Fields with their default value, such as None, are left out.

    Raises:
        InvalidSchedule: a session is invalid.
    """
    outline = parsed.outline.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    conference = outline["conference"]
    for days in (outline, conference, conference.get("announced", {})):
        days.update({name: Plain(days[name]) for name in ("revised", "start", "end") if name in days})
    times = ClockTimes(conference["time_zone"])
    yield "".join(lines(outline))
    head = "sessions:\n"
    for session in parsed.sessions:
        content = session.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        yield head + "".join(item(_written(content, times), INDENT))
        head = ""


def _written(session: Mapping[str, Any], times: ClockTimes) -> dict[str, Any]:
    """Return a session in the shorter form.

    If it has only one slot (time and room), the fields of the slot become fields of the session.
    """
    slots = [_slot(slot, times) for slot in session["slots"]]
    made: dict[str, Any] = {}
    for key, value in session.items():
        made.update({key: value} if key != "slots" else slots[0] if len(slots) == 1 else {"slots": slots})
    return made


def _slot(slot: Mapping[str, Any], times: ClockTimes) -> dict[str, Any]:
    """Return a slot (a time and room of a session) with times of day instead of dates with times.

    An example is ``"09:30"``. If times of day would not mean exactly the same, the dates with times are kept.
    """
    made = {**slot, "day": Plain(slot["day"])}
    if "start" not in slot:
        return made
    expected = {name: slot[name].replace("Z", "+00:00") for name in ("start", "end")}
    for start, end in product(*(_forms(slot[name]) for name in ("start", "end"))):
        with suppress(Unreadable):
            if times.instants(slot["day"], start, end, None) == expected:
                return {**made, "start": Plain(start), "end": Plain(end)}
    return {**made, **{name: Plain(slot[name]) for name in ("start", "end")}}


def _forms(instant: str) -> tuple[str, ...]:
    """Return the three forms in which an instant can be written, shortest first.

    An example is ``("01:30", "25:30", "2022-07-24T01:30:00+08:00")``: its time of day; that time plus 24
    hours, which means the night after the day of the slot; and the whole instant.

    Args:
        instant: a date and time with a UTC offset (RFC 3339).
    """
    moment = datetime.fromisoformat(instant)
    night = f"{moment.hour + 24}:{moment:%M}"
    return f"{moment:%H:%M}", night, instant.replace("Z", "+00:00")
