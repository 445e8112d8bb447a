"""Real conferences: the program works for each of their published schedules."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import Answer, Asked
from tests.exports.calendar.test_ics_clients import read_by_icalendar, read_by_vobject
from tests.exports.published import REAL
from tests.exports.reading import assert_bytes_keep_the_rules
from tests.published import FILES, path

PICKED = 20
"""The number of sessions added to the agenda; whole conferences are exported in other tests."""


EVERY_OTHER = [case._replace(marks=[*case.marks, pytest.mark.soak]) for case in REAL[1::2]]
"""The schedules for the long runs."""


@pytest.fixture(params=[*REAL[::2], *EVERY_OTHER])
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of a published schedule."""
    file: str = request.param
    return file


def rows(answer: Answer) -> list[dict[str, Any]]:
    assert (answer.status, answer.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(answer.out)
    return found


def test_every_command_works_with_a_published_schedule(ask: Asked, name: str) -> None:
    assert ask("use", str(path(name)), "--name", "it").status == 0
    listed = rows(ask("list", "--json"))
    assert len(listed) == FILES[name].events

    days = rows(ask("days", "--json"))
    on = {day["day"]: [row["id"] for row in listed if row["day"] == day["day"]] for day in days}
    assert sum(map(len, on.values())) == len(listed)
    assert [day["sessions"] for day in days] == [len(set(on[day["day"]])) for day in days]
    first = rows(ask("day", "1", "--json"))
    assert [row["id"] for row in first] == on[days[0]["day"]]
    assert {row["day"] for row in first} == {days[0]["day"]}

    one = first[len(first) // 2]
    found = rows(ask("search", "--json", "--", one["title"]))
    assert one["title"] in [row["title"] for row in found[:3]]
    (shown,) = rows(ask("show", one["id"], "--json"))
    assert (shown["title"], one["day"] in shown["days"]) == (one["title"], True)
    assert one["title"].split()[0] in ask("grid", "-d", "1").out

    picked = list(dict.fromkeys(on[days[0]["day"]]))[:PICKED]
    assert ask("agenda", "add", *picked).status == 0
    mine = rows(ask("agenda", "--json"))
    assert sorted({listing["id"] for listing in mine}) == sorted(picked)
    calendar = ask("agenda", "export")
    assert (calendar.status, calendar.err) == (0, "")
    # Days in a row without clock times are one event.
    whole = {(row["id"], row["room"], date.fromisoformat(row["day"])) for row in mine if row["all_day"]}
    number = len(mine) - len({(*of, day + timedelta(days=1)) for *of, day in whole} & whole)
    assert_bytes_keep_the_rules(calendar.out, number)
    assert len(read_by_icalendar(calendar.out)) == len(read_by_vobject(calendar.out)) == number
