"""Schedules for tests: small hand-written ones, and generated ones."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
DATA: dict[str, Any] = json.loads((ROOT / "data" / "schedule.json").read_text("utf-8"))
"""The content of the built-in schedule's file."""

DAY = timedelta(days=1)


def bundled_listings() -> list[tuple[str, Mapping[str, Any], int, int]]:
    """Return day, session, part and parts of each listing of the built-in schedule."""
    return [
        (slot["day"], session, part, len(session["slots"]))
        for day in (f"2022-07-{n}" for n in range(23, 27))
        for session in DATA["sessions"]
        for part, slot in enumerate(session["slots"], 1)
        if slot["day"] == day
    ]


def document(*sessions: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a valid two-day schedule in Berlin with these sessions; ``changes`` update its conference."""
    conference = {
        "id": "conf",
        "title": "Conf",
        "language": "en",
        "time_zone": "Europe/Berlin",
        "start": "2024-05-01",
        "end": "2024-05-02",
    }
    return {
        "format": "summit-schedule/1",
        "revised": "2024-01-01",
        "conference": {**conference, **changes},
        "categories": [{"id": "talk", "name": {"en": "Talk", "zh": "演讲"}}, {"id": "idle", "name": "Idle"}],
        "sessions": list(sessions),
    }


def session(id_: str, *slots: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a session with that ID, on the first day of :func:`document` unless slots are given."""
    return {"id": id_, "title": id_.title(), "slots": list(slots) or [{"day": "2024-05-01"}], **fields}


def timed(day: str, start: str, end: str, **fields: Any) -> dict[str, Any]:
    """Return a slot with times, as instants."""
    return {"day": day, "start": start, "end": end, **fields}


def write(path: Path, content: Mapping[str, Any]) -> Path:
    """Write ``content`` as a JSON file and return its path."""
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


ROOMS = ("Hall", "A1", "Ａ２", "茶馆")
SPEAKERS = ("Ada", "Grace", "李雷", "Ada Lovelace")
LANGUAGES = ("en", "zh")
CATEGORIES = ("talk", "panel", "idle")
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu")
STARTS = ("2023-12-30", "2024-03-09", "2024-03-30", "2024-10-26", "2024-11-02")
"""Days before the new year or a clock change in New York or Berlin."""


@st.composite
def _slots(draw: st.DrawFn, start: date, length: int, zone: ZoneInfo) -> dict[str, Any]:
    day = start + draw(st.integers(0, length - 1)) * DAY
    slot: dict[str, Any] = {"day": day.isoformat()}
    if draw(st.booleans()):
        minute = draw(st.integers(0, 30 * 60))
        lasts = draw(st.integers(0, 40 * 60))
        begin = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
        instant = begin.timestamp()
        slot["start"] = datetime.fromtimestamp(instant, ZoneInfo("UTC")).isoformat()
        slot["end"] = datetime.fromtimestamp(instant + lasts * 60, zone).isoformat()
    if draw(st.booleans()):
        slot["room"] = draw(st.sampled_from(ROOMS))
    return slot


@st.composite
def schedules(draw: st.DrawFn) -> dict[str, Any]:
    """Generate valid schedules of one to five days, also across clock changes, with all kinds of sessions."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    start = date.fromisoformat(draw(st.sampled_from(STARTS)))
    length = draw(st.integers(1, 5))
    sessions = []
    for number in range(draw(st.integers(0, 8))):
        fields: dict[str, Any] = {
            "id": f"s{number}",
            "title": {"en": f"Title {number}", "zh": f"标题{number}"},
        }
        for name, values in (("category", CATEGORIES[:2]), ("language", LANGUAGES)):
            if draw(st.booleans()):
                fields[name] = draw(st.sampled_from(values))
        fields["speakers"] = draw(st.lists(st.sampled_from(SPEAKERS), max_size=3))
        fields["slots"] = draw(st.lists(_slots(start, length, zone), min_size=1, max_size=3))
        sessions.append(fields)
    made = document(
        *sessions,
        time_zone=zone.key,
        start=start.isoformat(),
        end=(start + (length - 1) * DAY).isoformat(),
    )
    made["categories"] = [{"id": id_, "name": id_.title()} for id_ in CATEGORIES]
    return made
