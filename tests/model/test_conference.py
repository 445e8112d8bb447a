"""The models of a conference and of texts in several languages."""

import json
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from summitcli.catalog.store import temporary_catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule, Text
from tests.schedules import document, session, timed


def parsed(made: object) -> Schedule:
    return Schedule.model_validate_json(json.dumps(made))


def test_a_text_is_plain_or_in_languages() -> None:
    assert Text("甲").by_language("zh") == {"zh": "甲"}
    assert Text({"zh": "甲", "en": "A"}).by_language("zh") == {"zh": "甲", "en": "A"}
    assert Text("甲").own("zh") == Text({"zh": "甲", "en": "A"}).own("zh") == "甲"


@pytest.mark.parametrize("tag", ["z", "ZH", "zh_CN", "", "chinese", "zh-"])
def test_invalid_language_tags(tag: str) -> None:
    with pytest.raises(ValidationError):
        Text({tag: "甲"})


ZONES = ["Asia/Shanghai", "America/New_York", "UTC", "Pacific/Kiritimati"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "0001-01-02"), ("1582-10-01", "1582-10-20"), ("1899-12-31", "1900-01-01"),
     ("2999-12-31", "3000-01-01"), ("9999-12-30", "9999-12-31")],
)  # fmt: skip
@pytest.mark.parametrize("zone", ZONES)
def test_a_conference_beyond_the_end_of_time_is_refused(start: str, end: str, zone: str) -> None:
    with pytest.raises(ValidationError):
        parsed(document(session("a", {"day": start}), start=start, end=end, time_zone=zone))


@pytest.mark.parametrize(
    ("start", "end"),
    [("1900-01-01", "1900-01-02"), ("1900-01-01", "1900-01-01"), ("2999-12-30", "2999-12-31"),
     ("2999-12-31", "2999-12-31")],
)  # fmt: skip
@pytest.mark.parametrize("zone", ZONES)
def test_a_conference_at_the_end_of_time_is_built_and_asked(start: str, end: str, zone: str) -> None:
    first = datetime.fromisoformat(f"{start}T00:00").replace(tzinfo=ZoneInfo(zone))
    last = datetime.fromisoformat(f"{end}T23:59").replace(tzinfo=ZoneInfo(zone))
    # As instants in UTC, since local times of old had offsets with seconds.
    times = [(moment.astimezone(UTC).isoformat(), moment.date().isoformat()) for moment in (first, last)]
    sessions = [
        session("days", {"day": start}, *([{"day": end}] if end != start else [])),
        *(session(f"at-{number}", timed(day, moment, moment)) for number, (moment, day) in enumerate(times)),
    ]
    schedule = parsed(document(*sessions, start=start, end=end, time_zone=zone))
    with closing(temporary_catalog(Parsed.of(schedule))) as catalog:
        held = {(listing.id, listing.day) for listing in catalog.listings()}
    assert held == {("days", start), ("days", end), ("at-0", start), ("at-1", end)}
