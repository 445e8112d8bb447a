"""Catalog queries, compared with a simple model over generated schedules."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitcli.catalog.build import build
from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import Listing, SlotRow
from tests.conftest import examples
from tests.schedules import (
    CATEGORIES,
    LANGUAGES,
    ROOMS,
    SPEAKERS,
    STARTS,
    document,
    schedules,
    session,
    timed,
)


class Held(NamedTuple):
    """A listing of the simple model."""

    session: dict[str, Any]
    position: int
    slot: dict[str, Any]
    begins: datetime
    ends: datetime
    minute: int | None
    first: bool


@contextlib.contextmanager
def opened(made: dict[str, Any]) -> Iterator[Catalog]:
    connection = sqlite3.connect(":memory:")
    with contextlib.closing(connection):
        build(Parsed.of(Schedule.model_validate_json(json.dumps(made))), connection, "test")
        yield Catalog(connection)


def held(made: dict[str, Any]) -> list[Held]:
    """Return all listings, by day, all-day first, then start, then the schedule's order."""
    zone = ZoneInfo(made["conference"]["time_zone"])
    every = []
    for position, one in enumerate(made["sessions"]):
        of_session = []
        for slot in one["slots"]:
            day = date.fromisoformat(slot["day"])
            midnight = datetime.combine(day, time(), zone)
            if "start" in slot:
                begins = datetime.fromisoformat(slot["start"]).astimezone(zone)
                ends = datetime.fromisoformat(slot["end"]).astimezone(zone)
                wall = begins.replace(tzinfo=None) - midnight.replace(tzinfo=None)
                minute = int(wall.total_seconds()) // 60
            else:
                begins, ends = midnight, datetime.combine(day + timedelta(days=1), time(), zone)
                minute = None
            of_session.append(Held(one, position, slot, begins, ends, minute, first=False))
        of_session.sort(key=lambda one: (one.slot["day"], one.begins.timestamp(), one.ends.timestamp()))
        every += [of_session[0]._replace(first=True), *of_session[1:]]
    return sorted(
        every, key=lambda one: (one.slot["day"], "start" in one.slot, one.begins.timestamp(), one.position)
    )


def fits(query: Query) -> Callable[[Held], bool]:
    def fit(one: Held) -> bool:
        category = one.session.get("category")
        early = query.from_minute is not None and (one.minute is None or one.minute < query.from_minute)
        late = query.to_minute is not None and (one.minute is None or one.minute >= query.to_minute)
        return (
            (not query.days or one.slot["day"] in query.days)
            and (not query.categories or category in query.categories)
            and category not in query.excluded_categories
            and (not query.rooms or one.slot.get("room") in query.rooms)
            and (not query.languages or one.session.get("language") in query.languages)
            and (not query.speakers or bool({*query.speakers} & {*one.session["speakers"]}))
            and (query.ids is None or one.session["id"] in query.ids)
            and not early
            and not late
        )

    return fit


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


MINUTES = st.none() | st.integers(0, 48 * 60)
DAYS = (*STARTS, "2024-03-10", "2024-03-31", "2024-01-01")
QUERIES = st.builds(
    Query, days=some(*DAYS), categories=some(*CATEGORIES), excluded_categories=some(*CATEGORIES),
    rooms=some(*ROOMS), speakers=some(*SPEAKERS), languages=some(*LANGUAGES), from_minute=MINUTES,
    to_minute=MINUTES, ids=st.none() | some("s0", "s1", "s2", "s9"), picks=st.none(),
) | st.just(Query())  # fmt: skip
QUICK = settings(max_examples=examples(600), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def keys(rows: list[Listing]) -> list[tuple[str, str, str | None]]:
    return [(row.id, row.day, row.start) for row in rows]


def expected(rows: list[Held]) -> list[tuple[str, str, str | None]]:
    return [
        (one.session["id"], one.slot["day"], one.begins.isoformat() if "start" in one.slot else None)
        for one in rows
    ]


@QUICK
@given(schedules(), QUERIES)
def test_every_filter_alone_and_together_in_order(made: dict[str, Any], query: Query) -> None:
    chosen = [one for one in held(made) if fits(query)(one)]
    with opened(made) as catalog:
        assert keys(catalog.listings(query)) == expected(chosen)
        ids = {one.session["id"] for one in chosen}
        assert [row.id for row in catalog.sessions(query)] == [
            one["id"] for one in made["sessions"] if one["id"] in ids
        ]
        assert {row.day: row.sessions for row in catalog.days(query) if row.sessions} == {
            day: len({one.session["id"] for one in chosen if one.slot["day"] == day})
            for day in {one.slot["day"] for one in chosen}
        }
        rooms = {one.slot["room"] for one in chosen if "room" in one.slot}
        assert {row.name: row.sessions for row in catalog.rooms(query)} == {
            room: len({one.session["id"] for one in chosen if one.slot.get("room") == room}) for room in rooms
        }
        names = {name for one in chosen for name in one.session["speakers"]}
        assert {row.name: row.sessions for row in catalog.speakers(query)} == {
            name: len({one.session["id"] for one in chosen if name in one.session["speakers"]})
            for name in names
        }
        assert {
            row.id: (row.sessions, row.listings) for row in catalog.categories(query) if row.listings
        } == {
            id_: (len({one.session["id"] for one in of}), len(of))
            for id_ in CATEGORIES
            if (of := [one for one in chosen if one.session.get("category") == id_])
        }


@QUICK
@given(schedules(), QUERIES, st.integers(-48 * 60, 7 * 24 * 60), st.none() | st.integers(1, 5))
def test_running_and_upcoming_listings_at_any_time(
    made: dict[str, Any], query: Query, minutes: int, limit: int | None
) -> None:
    start = datetime.fromisoformat(made["conference"]["start"]).replace(tzinfo=UTC)
    instant = int((start + timedelta(minutes=minutes)).timestamp())
    chosen = [one for one in held(made) if fits(query)(one)]
    runs = [one for one in chosen if one.begins.timestamp() <= instant < one.ends.timestamp()]
    later = [one for one in chosen if one.begins.timestamp() > instant]
    comes = [one for one in later if "start" in one.slot or one.first]
    comes.sort(key=lambda one: one.begins.timestamp())
    if limit is None:
        comes = [one for one in comes if one.begins.timestamp() == comes[0].begins.timestamp()]
    with opened(made) as catalog:
        assert keys(catalog.running(instant, query)) == expected(runs)
        assert keys(catalog.upcoming(instant, query, limit)) == expected(comes[:limit])


def over_midnight() -> dict[str, Any]:
    """Return a night session of the first day, an all-day one, and two consecutive ones."""
    return document(
        session("night", timed("2024-05-01", "2024-05-01T23:00+02:00", "2024-05-02T01:00+02:00")),
        session("after", timed("2024-05-01", "2024-05-02T01:00+02:00", "2024-05-02T02:00+02:00")),
        session("whole", {"day": "2024-05-01"}, {"day": "2024-05-02"}),
        session("moment", timed("2024-05-02", "2024-05-02T10:00+02:00", "2024-05-02T10:00+02:00")),
    )


def test_a_session_past_midnight_belongs_to_its_day_and_runs_by_the_clock() -> None:
    def at(text: str) -> int:
        return int(datetime.fromisoformat(text).timestamp())

    with opened(over_midnight()) as catalog:
        rows = catalog.listings()
        assert [(row.id, row.day, row.part) for row in rows] == [
            ("whole", "2024-05-01", 1), ("night", "2024-05-01", 1), ("after", "2024-05-01", 1),
            ("whole", "2024-05-02", 2), ("moment", "2024-05-02", 1),
        ]  # fmt: skip
        running = {
            text: [row.id for row in catalog.running(at(text))]
            for text in ("2024-04-30T23:59+02:00", "2024-05-01T23:00+02:00", "2024-05-02T00:59:59+02:00",
                         "2024-05-02T01:00+02:00", "2024-05-02T10:00+02:00", "2024-05-03T00:00+02:00")
        }  # fmt: skip
        assert list(running.values()) == [
            [], ["whole", "night"], ["night", "whole"], ["after", "whole"], ["whole"], []
        ]  # fmt: skip
        assert [row.id for row in catalog.upcoming(at("2024-05-01T12:00+02:00"))] == ["night"]
        assert [row.id for row in catalog.upcoming(at("2024-05-01T12:00+02:00"), limit=9)] == [
            "night", "after", "moment",
        ]  # fmt: skip
        assert [row.id for row in catalog.listings(Query(from_minute=24 * 60))] == ["after"]


def test_the_hour_that_comes_twice_is_in_its_true_order() -> None:
    made = document(
        session("second", timed("2024-10-27", "2024-10-27T02:10+01:00", "2024-10-27T02:20+01:00")),
        session("first", timed("2024-10-27", "2024-10-27T02:30+02:00", "2024-10-27T02:40+02:00")),
        start="2024-10-27",
        end="2024-10-27",
    )
    with opened(made) as catalog:
        assert [row.id for row in catalog.listings()] == ["first", "second"]


def test_a_day_on_which_the_clocks_change_lasts_until_its_own_midnight() -> None:
    made = document(session("a", {"day": "2024-03-31"}), start="2024-03-31", end="2024-03-31")
    with opened(made) as catalog:
        for text, count in [
            ("2024-03-31T00:00+01:00", 1), ("2024-03-31T23:59+02:00", 1), ("2024-04-01T00:00+02:00", 0),
            ("2024-03-30T23:59+01:00", 0),
        ]:  # fmt: skip
            assert len(catalog.running(int(datetime.fromisoformat(text).timestamp()))) == count


def test_identities() -> None:
    start, end = "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"
    made = document(
        session("b", timed("2024-05-01", start, end, room="Hall"), {"day": "2024-05-02"}),
        session("a", guid="g", url="https://a.example/", speakers=["Ada", "Bob"]),
    )
    schedule = Schedule.model_validate_json(json.dumps(made))
    connection = sqlite3.connect(":memory:")
    build(Parsed.of(schedule)._replace(codes={"b": "7"}), connection, "")
    with contextlib.closing(Catalog(connection)) as catalog:
        found = [vars(one) for one in catalog.identities()]
    timed_slot = SlotRow("2024-05-01", start, end, False, "Hall")
    first, second = (SlotRow(f"2024-05-0{day}", None, None, True, None) for day in (1, 2))
    nothing = {"guid": None, "url": None, "speakers": (), "titles": ()}
    assert found == [
        {"id": "b", "title": "B", "code": "7", "slots": (timed_slot, second), **nothing},
        {
            "id": "a",
            "title": "A",
            "code": "a",
            "slots": (first,),
            "guid": "g",
            "url": "https://a.example/",
            "speakers": ("Ada", "Bob"),
            "titles": (),
        },
    ]


def test_the_counts_of_the_conference() -> None:
    with opened(over_midnight()) as catalog:
        assert catalog.counts() == (4, 5)
        assert [tuple(row) for row in catalog.days()] == [
            ("2024-05-01", 1, "Wednesday", 3), ("2024-05-02", 2, "Thursday", 2),
        ]  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(schedules())
def test_the_sessions_of_each_day_by_category_are_those_listed_then(made: dict[str, Any]) -> None:
    with opened(made) as catalog:
        listings = catalog.listings()
        wanted = {(one.day, one.category): set[str]() for one in listings}
        for one in listings:
            wanted[one.day, one.category].add(one.id)
        found = catalog.days_by_category()
        assert {(day, category): number for day, category, number in found} == {
            key: len(ids) for key, ids in wanted.items()
        }
        assert [day for day, _category, _number in found] == sorted(day for day, _category, _number in found)
        only = catalog.days_by_category(Query(categories=("talk",)))
        assert only == [one for one in found if one[1] == "talk"]
