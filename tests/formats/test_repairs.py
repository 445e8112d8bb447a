"""One pass over an invalid schedule: rules among values are checked beside invalid values."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from summitcli.errors import InvalidSchedule
from summitcli.formats import parse
from tests.schedules import document, session

UNKNOWN = 'no category has the ID "tlak"; did you mean "talk"?'
OUTSIDE = "2024-06-01 is outside the conference, 2024-05-01 to 2024-05-02"
HALF = "start and end must both be given, or neither"
DATE = "must be a date such as 2022-07-23"
TEN, ELEVEN = "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00"


def faults(whole: Any) -> list[tuple[str, str]]:
    """Return the path and reason of everything that is wrong."""
    try:
        list(parse(json.dumps(whole).encode(), "plan.json").sessions)
    except InvalidSchedule as error:
        return sorted(error.faults)
    return []


def test_rules_are_checked_although_single_values_are_invalid() -> None:
    whole = document(
        session("a", category="tlak", titel="x"),
        session("b", {"day": "2024-06-01"}, {"day": "2024-05-01", "start": TEN, "room": 5}, title=5),
        session("b", {"day": "soon"}, {"day": "2024-05-01", "start": ELEVEN, "end": TEN}, recorded="no"),
        session("c", title={"zh": "茶"}, speakers=[""]),
        url=5,
    )
    whole["categories"].append({"id": "talk", "name": {"zh": "演讲"}, "color": "red"})
    assert faults(whole) == [
        ("categories[2].color",
         "must not be blank; IDs are lower-case ASCII letters, digits and hyphens"),
        ("categories[2].id", 'the ID "talk" is already used by categories[0]'),
        ("categories[2].name", 'missing text in the conference\'s own language, "en"'),
        ("conference.url", "must be a string"),
        ("sessions[0].category", UNKNOWN),
        ("sessions[0].titel", 'unknown key; did you mean "title"?'),
        ("sessions[1].slots[0].day", OUTSIDE),
        ("sessions[1].slots[1]", HALF),
        ("sessions[1].slots[1].room", "must be a string"),
        ("sessions[1].title", "must be a string"),
        ("sessions[2].id", 'the ID "b" is already used by sessions[1]'),
        ("sessions[2].recorded", "must be true or false"),
        ("sessions[2].slots[0].day", DATE),
        ("sessions[2].slots[1]",
         "the end (2024-05-01T10:00:00+02:00) is before the start (2024-05-01T11:00:00+02:00)"),
        ("sessions[3].speakers[0]", "must not be empty"),
        ("sessions[3].title", 'missing text in the conference\'s own language, "en"'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"start": "soon"}, ["conference.start"]),
        ({"end": "2024-04-01"}, ["conference"]),
        ({"end": "2044-04-01"}, ["conference"]),
        ({"language": "?"}, ["conference.language"]),
        ({"time_zone": "Mars"}, ["conference.time_zone"]),
        ({"start": None, "end": None}, ["conference.end", "conference.start"]),
    ],
)
def test_nothing_follows_from_a_value_that_is_replaced(change: dict[str, Any], found: list[str]) -> None:
    whole = document(
        session("a", {"day": "2024-05-01", "start": TEN, "end": ELEVEN}, category="talk", title={"en": "A"}),
        **change,
    )
    assert [path for path, _reason in faults(whole)] == found


@pytest.mark.parametrize(
    ("categories", "found"),
    [
        (5, ["categories"]),
        ([5], ["categories[0]"]),
        ([{"id": "T", "name": "Talk"}], ["categories[0].id"]),
        ([{"id": "talk"}], ["categories[0].name"]),
        ([{"id": "idle", "name": 5}], ["categories[0].name", "sessions[0].category"]),
    ],
)
def test_categories_are_unknown_only_if_all_are_known(categories: Any, found: list[str]) -> None:
    whole = document(session("a", category="talk"))
    whole["categories"] = categories
    assert [path for path, _reason in faults(whole)] == found


@pytest.mark.parametrize("conference", [None, 5, [], {}, "x"])
def test_a_schedule_without_a_conference_has_the_faults_of_its_sessions(conference: Any) -> None:
    whole = document(session("a", {"day": "1999-01-01"}), session("a"), {"id": "b"})
    whole["conference"] = conference
    found = [path for path, _reason in faults(whole) if not path.startswith("conference")]
    assert found == ["sessions[1].id", "sessions[2].slots", "sessions[2].title"]


WHOLE = document(
    session("a", speakers=["Ada"], category="talk", links=[{"url": "https://example.org"}]),
    session("b", {"day": "2024-05-01", "start": TEN, "end": ELEVEN}, title={"en": "B"}, recorded=True),
    topics=[{"id": "t", "title": "T", "statements": ["S"]}],
    figures=[{"id": "f", "topic": "t", "label": "F", "text": "1", "number": 1, "year": 2020}],
    announced={"start": "2024-05-01", "end": "2024-05-02"},
)
WHOLE["translations"] = [{"language": "zh", "official": False}]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to everything within ``value``."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (*path, key)
        yield from places(entry, (*path, key))


@pytest.mark.parametrize("value", [None, 5, "", "x", [], {}, [5], {"a": 5}, "2999-01-01", ...], ids=str)
def test_a_wrong_value_anywhere_hides_no_other_fault(value: Any) -> None:
    """Check with independent faults, also of a rule, in another session."""
    for path in places(WHOLE):
        whole = copy.deepcopy(WHOLE)
        whole["sessions"].append(
            session("z", {"day": "2024-05-01", "start": ELEVEN, "end": TEN, "room": 5}, status=5)
        )
        *steps, last = path
        here = whole
        for step in steps:
            here = here[step]
        if value is ...:
            del here[last]
        else:
            here[last] = value
        if path not in (("sessions",), ("format",)):
            own = f"sessions[{len(whole['sessions']) - 1}]"
            found = [name for name, _reason in faults(whole) if name.startswith(own)]
            assert found == [f"{own}.slots[0]", f"{own}.slots[0].room", f"{own}.status"], path
