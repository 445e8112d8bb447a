"""Rows about what a sync does to events."""

from zoneinfo import ZoneInfo

import pytest

from summitcli.rows import SlotRow
from summitcli.vdir.listed import EventRow, event_rows
from summitcli.vdir.plan import Step

BERLIN = ZoneInfo("Europe/Berlin")
STEP = Step("remove", "a", "Tea", "a.ics")
ROW = EventRow("remove", "Tea", "a.ics", "a", None, (), None, None, None, None)


def test_in_a_pipe_a_row_is_the_action_the_title_and_the_file() -> None:
    assert EventRow.columns() == ("action", "title", "file")


def test_of_several_events_in_a_file_the_first_counts() -> None:
    event = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:2024050{}\r\nLOCATION:Hall {}\r\nEND:VEVENT\r\n"
    text = f"BEGIN:VCALENDAR\r\n{event.format(1, 1)}{event.format(2, 2)}END:VCALENDAR\r\n"
    [row] = event_rows([STEP._replace(present=text.encode())], BERLIN)
    assert (row.days, row.room) == (("2024-05-01",), "Hall 1")


def test_an_event_of_the_agenda_has_its_slots() -> None:
    night = SlotRow("2024-05-01", "2024-05-02T00:30:00+02:00", "2024-05-02T02:00:00+02:00", False, "Roof")
    days = tuple(SlotRow(f"2024-05-0{n}", None, None, True, None) for n in (1, 2))
    steps = [STEP._replace(slots=(night,), pick="maybe"), STEP._replace(slots=days)]
    assert [*event_rows(steps, BERLIN)] == [
        ROW._replace(
            day=night.day, days=(night.day,), start=night.start, end=night.end, room="Roof", pick="maybe"
        ),
        ROW._replace(day="2024-05-01", days=("2024-05-01", "2024-05-02")),
    ]


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (
            ["DTSTART:20240501T070000Z", "DTEND:20240501T080000Z", "LOCATION:Hall"],
            ROW._replace(
                day="2024-05-01",
                days=("2024-05-01",),
                start="2024-05-01T09:00:00+02:00",
                end="2024-05-01T10:00:00+02:00",
                room="Hall",
            ),
        ),
        (
            ["DTSTART:20240501T230000", "DTEND:20240502T010000"],
            ROW._replace(
                day="2024-05-01",
                days=("2024-05-01",),
                start="2024-05-01T23:00:00+02:00",
                end="2024-05-02T01:00:00+02:00",
            ),
        ),
        (
            ["DTSTART;VALUE=DATE:20240501", "DTEND;VALUE=DATE:20240503"],
            ROW._replace(day="2024-05-01", days=("2024-05-01", "2024-05-02")),
        ),
        (["DTSTART;VALUE=DATE:20240501"], ROW._replace(day="2024-05-01", days=("2024-05-01",))),
        (["DTSTART:20240501T230000"], ROW),
        ([], ROW),
    ],
)
def test_one_that_has_left_it_has_the_times_in_its_file(lines: list[str], row: EventRow) -> None:
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", *lines, "END:VEVENT", "END:VCALENDAR", ""]
    )
    assert [*event_rows([STEP._replace(present=text.encode())], BERLIN)] == [row]


DEEP = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 1_000


@pytest.mark.parametrize("data", [b"", b"x", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", DEEP])
def test_a_file_that_can_not_be_read_has_none(data: bytes) -> None:
    assert [*event_rows([STEP._replace(present=data)], BERLIN)] == [ROW]
