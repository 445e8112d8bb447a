"""Conferences to export, built from a model and a catalog as in the program."""

import contextlib
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from summitcli.catalog.build import build
from summitcli.catalog.queries import Catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import ConferenceRow, SessionRow

Rows = tuple[ConferenceRow, list[SessionRow]]

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "data" / "schedule.json"


def rows_of(schedule: Schedule) -> Rows:
    """Return the rows of the catalog of ``schedule``."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        build(Parsed.of(schedule), connection, "a test")
        catalog = Catalog(connection)
        return catalog.conference(), catalog.sessions()


def conference(*sessions: dict[str, Any], **fields: Any) -> Rows:
    """Return a conference with the given sessions, in the JSON format.

    Besides the fields of the conference, ``revised`` and ``categories`` may be given.
    """
    days = [slot["day"] for session in sessions for slot in session["slots"]] or ["2022-07-23"]
    whole = {
        "id": "summit-2022",
        "title": {"zh": "数字峰会", "en": "Digital Summit"},
        "language": "zh",
        "time_zone": "Asia/Shanghai",
        "start": min(days),
        "end": max(days),
    } | {name: value for name, value in fields.items() if name not in ("revised", "categories")}
    schedule = {
        "format": "summit-schedule/1",
        "revised": fields.get("revised", "2022-07-01"),
        "conference": whole,
        "categories": fields.get("categories", []),
        "sessions": sessions,
    }
    return rows_of(Schedule.model_validate_json(json.dumps(schedule)))


def at(
    name: str, zone: str, start: str, minutes: int, *, day: str | None = None, fold: int = 0, **fields: Any
) -> dict[str, Any]:
    """Return a session with one slot, at a local time in ``zone``, of the given number of minutes."""
    begins = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone), fold=fold)
    ends = datetime.fromtimestamp(begins.timestamp() + 60 * minutes, begins.tzinfo)
    slot = {"day": day or start[:10], "start": begins.isoformat(), "end": ends.isoformat()}
    if room := fields.pop("room", None):
        slot["room"] = room
    return {"id": name, "title": fields.pop("title", name), "slots": [slot], **fields}


def on(name: str, *days: str, room: str | None = None, **fields: Any) -> dict[str, Any]:
    """Return a session on whole days, without times."""
    slots = [{"day": day, "room": room} if room else {"day": day} for day in days]
    return {"id": name, "title": fields.pop("title", name), "slots": slots, **fields}
