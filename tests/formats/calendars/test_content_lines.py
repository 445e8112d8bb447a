"""Finding the components of a calendar in its lines."""

from summitcli.budgets import Spending
from summitcli.formats.calendars.content_lines import read_components
from summitcli.formats.findings import Findings
from tests.listeners import recording


def test_events_are_counted_while_they_are_found() -> None:
    event = b"BEGIN:VEVENT\nSUMMARY:Talk\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n"
    data = b"BEGIN:VCALENDAR\n" + 201 * event + b"END:VCALENDAR\n"
    with recording() as recorded:
        read_components(data, "a.ics", Findings(), Spending("a.ics", len(data)))
    assert recorded.told == [("reading", 0, None), ("reading", 100, None), ("reading", 200, None), "end"]
