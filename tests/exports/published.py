"""Schedules for the writers of whole schedules, and what must be the same when they are read back."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule, Slot
from tests.published import FILES, INVALID, each
from tests.schedules import DAY, document, session, timed

REAL = each(name for name in FILES if name not in INVALID)
"""The published schedules that are valid."""

Said = dict[str, Any]
"""The values of a session that must be preserved."""

ODD_TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip)
ODD_ADDRESSES = (
    "", "x", "/talk/1", "https://", "https://a b", "https://例子.中国/演讲?a=“1”#[x]", "http://[::1]:80/",
    "http://[x", "https://a:b/", "mailto:ada@conf.example", "a:\x00\n", "https://conf.example/%zz%20#a#b",
    "javascript:alert(1)", "\\\\host\\x", "1https://x", "https://conf.example/\u202e",
)  # fmt: skip
ODD_GUIDS = (
    None, "", "x", "9d4ca2f8-7ab5-5a4a-a5b9-1ef6fcd5d4f1", "9D4CA2F8-7AB5-5A4A-A5B9-1EF6FCD5D4F1",
    "9d4ca2f87ab55a4aa5b91ef6fcd5d4f1",
)  # fmt: skip
ODD_ZONES = (
    "Europe/Berlin",
    "EST5EDT",
    "Etc/GMT+5",
    "Africa/Monrovia",
    "America/Sao_Paulo",
    "UTC",
    "Asia/Kathmandu",
)
ODD_IDS = ("a", "5g", "x-1", "digital-product-expo", "a" * 100, "0-0-0-0", "talk")


def written(writer: Callable[[Parsed], Iterator[str]], schedule: Schedule) -> str:
    """Return the output of a writer of schedules."""
    return "".join(writer(Parsed.of(schedule)))


def load(content: dict[str, Any]) -> Schedule:
    return Schedule.model_validate_json(json.dumps(content))


CLOCK_CHANGES = (
    ("Europe/Berlin", "2024-03-30"),
    ("Europe/Berlin", "2024-10-26"),
    ("America/Sao_Paulo", "2018-11-03"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("Asia/Beirut", "2022-03-26"),
)
"""Time zones, and days before their clocks change; in Brazil and Lebanon at midnight."""


def days_alone(zone: str, start: str) -> Schedule:
    """Return a schedule of three days without times."""
    days = [(date.fromisoformat(start) + n * DAY).isoformat() for n in range(3)]
    held = [session(f"on-{day}", {"day": day}) for day in days]
    return load(document(*held, time_zone=zone, start=days[0], end=days[-1]))


def small() -> Schedule:
    """Return a schedule with every field that a published one may have."""
    day, night = "2024-05-01", "2024-05-02T00:30:00+02:00"
    made = document(
        session(
            "opening",
            timed(day, "2024-05-01T09:00:00+02:00", "2024-05-01T10:30:00+02:00", room="Hall"),
            title={"en": "Opening", "zh": "开幕"},
            guid="9d4ca2f8-7ab5-5a4a-a5b9-1ef6fcd5d4f1",
            subtitle="Welcome",
            category="talk",
            type="Keynote",
            speakers=["Ada <Lovelace>", "李雷"],
            language="en",
            url="https://conf.example/opening",
            abstract="Short & sweet.",
            description="Long.\n\nTwo paragraphs, 1 < 2.",
            links=[{"url": "https://conf.example/slides.pdf", "title": "Slides"},
                   {"url": "mailto:ada@conf.example"}],
            recorded=False,
        ),
        session("night", timed(day, night, "2024-05-02T02:00:00+02:00", room="Bar"), recorded=True),
        session("expo", {"day": day, "room": "Foyer"}, {"day": "2024-05-02", "room": "Foyer"}),
        session("a", timed(day, "2024-05-01T09:00:00+02:00", "2024-05-01T09:00:00+02:00")),
        title={"en": "Conf & Co", "zh": "大会"},
        url="https://conf.example/",
        acronym="C&C",
    )  # fmt: skip
    made["version"] = "1.2 “beta”"
    made["categories"][0]["color"] = "#f9b000"
    return load(made)


@st.composite
def odd_schedules(draw: st.DrawFn) -> Schedule:
    """Return schedules that the model accepts but hardly anybody would write."""
    zone = draw(st.sampled_from(ODD_ZONES))
    start = draw(st.dates(date(1900, 1, 1), date(2999, 1, 1)))
    length = draw(st.integers(1, 4))
    ids = draw(st.lists(st.sampled_from(ODD_IDS), unique=True, max_size=4))
    categories = draw(st.lists(st.sampled_from(ODD_IDS), unique=True, max_size=3))
    made = document(
        *(draw(_odd_session(id_, start, length, categories)) for id_ in ids),
        id=draw(st.sampled_from(ODD_IDS)),
        title=draw(ODD_TEXT),
        time_zone=zone,
        start=start.isoformat(),
        end=(start + (length - 1) * DAY).isoformat(),
        acronym=draw(st.one_of(st.none(), ODD_TEXT)),
        url=draw(st.one_of(st.none(), st.sampled_from(ODD_ADDRESSES))),
    )
    made["version"] = draw(st.one_of(st.none(), ODD_TEXT))
    made["categories"] = [
        {"id": id_, "name": draw(ODD_TEXT), **draw(st.sampled_from([{}, {"color": "#F9b000"}]))}
        for id_ in categories
    ]
    return load(made)


@st.composite
def _odd_session(
    draw: st.DrawFn, id_: str, start: date, length: int, categories: list[str]
) -> dict[str, Any]:
    texts = {
        name: draw(ODD_TEXT)
        for name in ("subtitle", "type", "language", "abstract", "description")
        if draw(st.booleans())
    }
    links = [{"url": url} for url in draw(st.lists(st.sampled_from(ODD_ADDRESSES[1:]), max_size=2))]
    return session(
        id_,
        *draw(st.lists(_odd_slot(start, length), min_size=1, max_size=3)),
        **{
            **texts,
            "title": draw(ODD_TEXT),
            "guid": draw(st.sampled_from(ODD_GUIDS)),
            "speakers": draw(st.lists(ODD_TEXT, max_size=2)),
            "url": draw(st.one_of(st.none(), st.sampled_from(ODD_ADDRESSES), ODD_TEXT)),
            "links": links,
            "recorded": draw(st.sampled_from([None, True, False])),
            "category": draw(st.sampled_from([None, *categories])),
        },
    )


@st.composite
def _odd_slot(draw: st.DrawFn, start: date, length: int) -> dict[str, Any]:
    day = start + draw(st.integers(0, length - 1)) * DAY
    slot: dict[str, Any] = {"day": day.isoformat()}
    if draw(st.booleans()):
        # Noon in UTC is on the same date in all of the zones.
        begins = datetime.combine(day, time(12), UTC) + timedelta(seconds=draw(st.integers(0, 3600)))
        ends = begins + timedelta(seconds=draw(st.integers(0, 99 * 86400)))
        slot |= {"start": begins.isoformat(), "end": ends.isoformat()}
    if draw(st.booleans()):
        slot["room"] = draw(ODD_TEXT)
    return slot


def said(schedule: Schedule) -> dict[str, Said]:
    """Return by ID what each session must have after reading it back, whatever the format."""
    own = schedule.conference.language
    names = {category.id: " ".join(category.name.own(own).split()) for category in schedule.categories}
    return {
        one.id: {
            "title": _line(one.title.own(own)),
            "slots": sorted(_slot(schedule, slot) for slot in one.slots),
            "category": names.get(one.category or ""),
            "speakers": tuple(dict.fromkeys(map(_line, one.speakers))),
            "language": one.language,
            "subtitle": one.subtitle and _line(one.subtitle.own(own)),
            "abstract": one.abstract and one.abstract.own(own).strip(),
            "description": one.description and one.description.own(own).strip(),
            "recorded": one.recorded,
        }
        for one in schedule.sessions
    }


def _slot(schedule: Schedule, slot: Slot) -> tuple[str, ...]:
    """Return a slot to the minute; 24 hours from midnight are a day, as formats without days write one."""
    if slot.start is None or slot.end is None:
        return slot.day.isoformat(), slot.room or ""
    start, end = (moment.astimezone(UTC) for moment in (slot.start, slot.end))
    local = start.astimezone(schedule.conference.zone)
    if local.time() == time() and end - start == DAY:
        return local.date().isoformat(), slot.room or ""
    return slot.day.isoformat(), slot.room or "", *(f"{moment:%Y-%m-%dT%H:%M}" for moment in (start, end))


def _line(text: str) -> str:
    return " ".join(text.split())
