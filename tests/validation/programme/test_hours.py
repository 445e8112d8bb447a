"""The check for sessions outside the hours of their day."""

import json

import pytest

from summitcli.sources.source import NO_HINTS
from summitcli.validation.problems import examine

DAY = {"date": "2024-05-01", "day_start": "2024-05-01T09:00:00+02:00", "day_end": "2024-05-02T02:00:00+02:00"}


@pytest.mark.parametrize(
    ("start", "duration", "outside"),
    [("09:00", "1:00", False), ("08:59", "1:00", True), ("01:00", "1:00", False), ("01:00", "1:01", True)],
)
def test_a_session_outside_the_hours_of_its_day_is_found(start: str, duration: str, outside: bool) -> None:
    date = f"2024-05-0{2 if start < '05' else 1}T{start}:00+02:00"
    event = {"guid": "g", "title": "Tea", "date": date, "start": start, "duration": duration}
    conference = {
        "title": "K",
        "time_zone_name": "Europe/Berlin",
        "days": [{**DAY, "rooms": {"Hall": [event]}}],
    }
    data = json.dumps({"schedule": {"conference": conference}}).encode()
    found = [(row.rule, row.path) for row in examine(data, "plan.json", NO_HINTS).problems]
    assert found == [("outside-day", 'schedule.conference.days[0].rooms["Hall"][0]')] * outside
