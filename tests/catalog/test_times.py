"""Queries for only the times and rooms of sessions."""

import contextlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.agenda.planner import overlapping
from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.catalog.times import (
    bare_listings,
    bare_listings_within,
    complete_listings,
    programme_hours,
    times_of,
    titles_of,
)
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import Listing
from tests.agenda.agenda_samples import clashing
from tests.conftest import examples
from tests.schedules import document, schedules, session


@contextlib.contextmanager
def opened(content: dict[str, Any]) -> Iterator[Catalog]:
    parsed = Parsed.of(Schedule.model_validate_json(json.dumps(content)))
    with contextlib.closing(temporary_catalog(parsed, searchable=False)) as catalog:
        yield catalog


def held(one: Listing) -> tuple[object, ...]:
    return one.id, one.day, one.day_number, one.start, one.end, one.all_day, one.part, one.parts, one.room


@settings(deadline=None, max_examples=examples(250))
@given(schedules())
def test_bare_listings_lack_only_texts(content: dict[str, Any]) -> None:
    with opened(content) as catalog:
        query = Query(picks=tuple((f"s{n}", None) for n in range(5)))
        whole, bare = catalog.listings(query), list(bare_listings(catalog, query))
        assert [held(one) for one in bare] == [held(one) for one in whole]
        assert {(one.title, one.description, one.speakers) for one in bare} <= {("", None, ())}
        assert titles_of(catalog, [one.id for one in bare]) == {one.id: one.title for one in whole}
        assert complete_listings(catalog, bare[:3]) == {(one.id, one.part): one for one in whole[:3]}


@settings(deadline=None, max_examples=examples(250))
@given(schedules())
def test_times_of_picked_listings(content: dict[str, Any]) -> None:
    with opened(content) as catalog:
        picks = tuple((f"s{n}", None) for n in range(6))
        times = list(times_of(catalog, picks))
        assert times == sorted(times, key=lambda time: time[0])
        assert overlapping(times) == clashing(catalog.listings(Query(picks=picks)))


@settings(deadline=None, max_examples=examples(250))
@given(schedules())
def test_what_lies_within_two_instants(content: dict[str, Any]) -> None:
    with opened(content) as catalog:
        times = list(times_of(catalog, [(id_, None) for id_ in catalog.ids()]))
        for start, end, *_key in times:
            within = {(one.id, one.part) for one in bare_listings_within(catalog, start, end + 3600)}
            assert within == {
                (id_, part) for begins, ends, id_, part in times if begins >= start and ends <= end + 3600
            }


@pytest.mark.parametrize("ids", [[], ["s0", "s2", "nothing", "\udc80"]], ids=["none", "some"])
def test_existing_ids_and_positions(ids: list[str]) -> None:
    sessions = [session(f"s{n}", {"day": "2024-05-01"}, {"day": "2024-05-02"}) for n in range(3)]
    with opened(document(*sessions)) as catalog:
        assert sorted(catalog.existing_ids(ids)) == ids[:2]
        assert catalog.positions() == [0, 1, 2]
        assert catalog.positions(Query(ids=("s2", "s0"))) == [0, 2]


@settings(deadline=None, max_examples=30)
@given(schedules())
def test_a_programme_lasts_from_the_first_start_to_the_last_end(content: dict[str, Any]) -> None:
    with opened(content) as catalog:
        days: dict[str, list[Listing]] = {}
        for one in catalog.listings():
            if one.start:
                days.setdefault(one.day, []).append(one)
        hours = programme_hours(catalog)
        assert hours.keys() == days.keys()
        for day, held_then in days.items():
            start, end = map(datetime.fromisoformat, hours[day])
            assert start == min(datetime.fromisoformat(one.start or "") for one in held_then)
            assert end == max(datetime.fromisoformat(one.end or "") for one in held_then)
