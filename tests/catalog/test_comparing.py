"""Comparing catalogs without having their sessions in memory."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.catalog.comparing import Changes
from summitcli.catalog.detailed import with_details
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.changes import in_zone
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import SessionRow
from tests.comparing import compare
from tests.conftest import examples
from tests.schedules import document, schedules, session, timed

DAY = "2024-05-01"


@contextlib.contextmanager
def opened(content: dict[str, Any]) -> Iterator[Catalog]:
    parsed = Parsed.of(Schedule.model_validate_json(json.dumps(content)))
    with contextlib.closing(temporary_catalog(parsed, searchable=False)) as catalog:
        yield catalog


@st.composite
def evolved(draw: st.DrawFn, content: dict[str, Any]) -> dict[str, Any]:
    """Return sessions after changes, additions, removals and reordering."""
    sessions = [dict(one) for one in content["sessions"] if draw(st.integers(0, 5))]
    for one in sessions:
        field, value = draw(
            st.sampled_from(
                [
                    ("title", "Other"),
                    ("title", {"en": "Title 1", "zh": "别的"}),
                    ("description", "Another  text"),
                    ("speakers", ["Ada", "Bob"]),
                    ("status", "tentative"),
                    ("url", "https://c.example/1"),
                    ("category", None),
                    ("id", f"{one['id']}-x"),
                    ("guid", one["id"]),
                    ("guid", "shared"),
                    ("slots", [{"day": content["conference"]["start"]}]),
                    *[("", None)] * 6,
                ]
            )
        )
        if field:
            one[field] = value
    if draw(st.booleans()):
        sessions.append(session("more", {"day": content["conference"]["end"]}))
    return {**content, "sessions": draw(st.permutations(sessions))}


def check(before: dict[str, Any], after: dict[str, Any]) -> None:
    with opened(before) as earlier, opened(after) as later:
        cancelled = [row.guid for row in earlier.sessions() if row.guid][::2]
        found = Changes(earlier, later, cancelled=cancelled)
        was, now = (list(with_details(catalog, catalog.sessions())) for catalog in (earlier, later))
        if before["conference"]["time_zone"] != (zone := after["conference"]["time_zone"]):
            was = [in_zone(row, ZoneInfo(zone)) for row in was]
        expected = compare(was, now, cancelled)
        assert list(found) == expected
        assert len(found) == len(expected)
        assert found[:2] == expected[:2]
        assert [found[n] for n in range(len(found))] == expected


@settings(deadline=None, max_examples=examples(300))
@given(schedules(), schedules())
def test_catalogs_differ_as_their_sessions_do(one: dict[str, Any], other: dict[str, Any]) -> None:
    check(one, other)


@settings(deadline=None, max_examples=examples(500))
@given(schedules().flatmap(lambda one: st.tuples(evolved(one), evolved(one))))
def test_so_do_states_of_one_schedule(states: tuple[dict[str, Any], dict[str, Any]]) -> None:
    check(*states)


def test_only_what_has_changed_is_loaded_and_the_agenda_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = (f"{DAY}T09:00:00+02:00", f"{DAY}T10:00:00+02:00")
    sessions = [session(f"s{n}", timed(DAY, *clocks), guid=f"g{n}") for n in range(2000)]
    changed = [dict(one) for one in sessions]
    changed[7]["title"], changed[1500]["title"] = "Seven", "Other"
    loaded = 0
    rows_at = Catalog.sessions_at

    def counting(catalog: Catalog, positions: Any) -> list[SessionRow]:
        nonlocal loaded
        loaded += len(positions)
        return rows_at(catalog, positions)

    def mark(rows: Any) -> list[SessionRow]:
        return [row._replace(in_agenda=row.id == "s1500") for row in rows]

    monkeypatch.setattr(Catalog, "sessions_at", counting)
    with opened(document(*sessions)) as before, opened(document(*changed)) as after:
        found = Changes(before, after, mark)
        assert loaded == 4
        assert [(change.session.id, change.kind, change.in_agenda) for change in found] == [
            ("s1500", "renamed", True),
            ("s7", "renamed", False),
        ]
