"""Conferences for the search tests: made of names alone, or real ones reduced to what a search needs."""

import json
import re
import sqlite3
import unicodedata
import weakref
from datetime import date
from pathlib import Path
from typing import Any

from summitcli.catalog.build import build
from summitcli.catalog.queries import Catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Category, Conference, Schedule, Session, Slot, Text

DAY = date(2020, 1, 1)


def built(schedule: Schedule) -> Catalog:
    """Return the catalog of ``schedule``, in memory; it is closed when it is garbage collected."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build(Parsed.of(schedule), connection, "test")
    catalog = Catalog(connection)
    weakref.finalize(catalog, connection.close)
    return catalog


def schedule_of(*sessions: Session, categories: tuple[Category, ...] = ()) -> Schedule:
    """Return a one-day schedule in Chinese."""
    return Schedule(
        format="summit-schedule/1",
        revised=DAY,
        conference=Conference(
            id="conference", title=Text("c"), language="zh", time_zone="Asia/Shanghai", start=DAY, end=DAY
        ),
        categories=categories,
        sessions=sessions,
    )


def named(*names: str | dict[str, str]) -> Catalog:
    """Return the catalog of sessions ``s0``, ``s1``, … with these names."""
    slots = (Slot(day=DAY),)
    return built(
        schedule_of(*(Session(id=f"s{n}", title=Text(name), slots=slots) for n, name in enumerate(names)))
    )


def found(catalog: Catalog, text: str) -> list[str]:
    """Return the names of the sessions that match, best first."""
    answer = catalog.search(text)
    return [hit.session.title for hit in answer.hits] if answer.exact else []


def frab(file: Path) -> Schedule:
    """Return the schedule in a frab JSON file, with all sessions on one day and generated IDs."""
    conference = json.loads(file.read_text("utf-8"))["schedule"]["conference"]
    events = [
        (room, event) for day in conference["days"] for room in day["rooms"] for event in day["rooms"][room]
    ]
    tracks = sorted({event["track"] for _, event in events if event.get("track")})
    return Schedule(
        format="summit-schedule/1",
        revised=DAY,
        conference=Conference(
            id="conference", title=Text(conference["title"]), language="en", time_zone="Europe/Berlin",
            start=DAY, end=DAY,
        ),
        categories=tuple(Category(id=slug(track), name=Text(track)) for track in tracks),
        sessions=tuple(_session(number, room, event) for number, (room, event) in enumerate(events)),
    )  # fmt: skip


def _session(number: int, room: str, event: dict[str, Any]) -> Session:
    names = (person.get("public_name") or person.get("name") or "" for person in event["persons"])
    description = event.get("description") or event.get("abstract") or ""
    return Session(
        id=f"s{number}",
        title=Text(event["title"]),
        category=slug(event["track"]) if event.get("track") else None,
        slots=(Slot(day=DAY, room=room),),
        speakers=tuple(name for name in names if name.strip()),
        description=Text(description) if description.strip() else None,
    )


def slug(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower())
    return "-".join(re.findall("[a-z0-9]+", plain))
