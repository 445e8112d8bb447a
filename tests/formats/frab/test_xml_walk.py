"""Passes over schedules in XML: data that follows an event counts for it too."""

from datetime import date, datetime, timedelta

import pytest

from summitcli.budgets import Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.draft import DraftDay, Event
from summitcli.formats.findings import Finding, Findings
from summitcli.formats.frab.schedule_xml import read
from summitcli.formats.frab.xml_walk import Context, Reader, Walk
from summitcli.formats.times import UNREADABLE

DAY = date(2024, 5, 1)
LONG = {"start": "2024-05-01T09:00:00+02:00", "end": "2024-05-02T04:00:00+02:00"}
EVENT = "<event><start>{clock}</start></event>"


def starts(document: str) -> list[datetime | None]:
    return [event.start for event in read(document.encode(), "plan.xml").events]


def local(day: int, hour: int) -> datetime:
    return datetime(2024, 5, day, hour)  # noqa: DTZ001


def walk(document: str) -> tuple[Walk, list[int]]:
    """Return a finished pass, and the number of events in the tree each time an event was yielded."""

    def event(reader: Reader, context: Context) -> Event:
        return Event(reader.path, reader.element.line, room=context.room)

    data = document.encode()
    walk = Walk(Findings(), Spending("plan.xml", len(data)), {}, event)
    return walk, [
        sum(1 for _event in walk.root.descendants("event")) for _one in walk.events(data, "plan.xml")
    ]


@pytest.mark.parametrize(
    "document",
    [
        "<schedule>{conference}<day date='2024-05-01'>{event}</day></schedule>",
        "<schedule><day date='2024-05-01'>{event}</day>{conference}</schedule>",
        "<schedule><day>{event}<date>2024-05-01</date></day>{conference}</schedule>",
    ],
)
def test_the_change_of_day_counts_wherever_the_conference_is(document: str) -> None:
    conference = "<conference><day_change>04:00</day_change></conference>"
    assert starts(document.format(conference=conference, event=EVENT.format(clock="03:00"))) == [local(2, 3)]


def test_a_change_of_day_that_can_not_be_read_is_found_once() -> None:
    conference = "<conference><day_change>soon</day_change></conference>"
    found = read(
        f"<schedule><day date='2024-05-01'><event/></day>{conference}</schedule>".encode(), "plan.xml"
    )
    assert list(found.findings) == [Finding(UNREADABLE, "schedule/conference[1]/day_change", 1, "soon")]


@pytest.mark.parametrize(
    "day",
    [
        "<day date='2024-05-01' start='{start}' end='{end}'>{room}</day>",
        "<day>{room}<date>2024-05-01</date><start>{start}</start><end>{end}</end></day>",
    ],
)
@pytest.mark.parametrize(
    "room", ["<room name='Saal'>{event}</room>", "<room>{event}<name>Saal</name></room>"]
)
def test_data_of_a_day_and_a_room_after_their_events_counts_for_them(day: str, room: str) -> None:
    made = day.format(**LONG, room=room.format(event=EVENT.format(clock="03:00")))
    found = read(f"<schedule>\n{made}</schedule>".encode(), "plan.xml")
    begins = datetime.fromisoformat("2024-05-01T09:00:00+02:00")
    assert found.events == (
        Event("schedule/day[1]/room[1]/event[1]", 2, start=local(2, 3), clock="", day=DAY, room="Saal"),
    )
    assert found.days == (DraftDay(DAY, begins, begins + timedelta(hours=19), "schedule/day[1]", 2),)
    assert found.rooms == ("Saal",)


def test_a_night_event_in_one_room_moves_those_in_others_too() -> None:
    rooms = "".join(
        f"<room name='{name}'>{''.join(EVENT.format(clock=clock) for clock in clocks)}</room>"
        for name, clocks in {"A": ["01:00"], "B": ["22:00", "02:00"]}.items()
    )
    assert starts(f"<schedule><day date='2024-05-01'>{rooms}</day></schedule>") == [
        local(2, 1),
        local(1, 22),
        local(2, 2),
    ]
    # Where the day's date comes last, too.
    assert starts(f"<schedule><day>{rooms}<date>2024-05-01</date></day></schedule>") == [
        local(2, 1),
        local(1, 22),
        local(2, 2),
    ]


def test_the_generator_counts_wherever_it_is() -> None:
    event = '<event guid="aa" id="7"><slug>k24_-to-day</slug></event>'
    for document in (f'<generator name="summitcli"/>{event}', f'{event}<generator name="summitcli"/>'):
        (found,) = read(f"<schedule>{document}</schedule>".encode(), "plan.xml").events
        assert (found.identity, found.names) == ("to-day", ("to-day", "7"))


def test_tracks_of_events_within_the_conference_are_tracks_of_it() -> None:
    event = "<day><event><track>Kunst</track></event></day>"
    found = read(f"<schedule><conference>{event}</conference></schedule>".encode(), "plan.xml")
    assert [track.name for track in found.tracks] == ["Kunst"]


def test_events_leave_the_tree_once_read() -> None:
    text = "x" * 1_000
    room = f"<room>{f'<event><title>{text}</title></event> ' * 1_000}</room>"
    done, alive = walk(f"<schedule><day>{room}</day><days><rooms>{room}</rooms></days></schedule>")
    assert (len(alive), max(alive)) == (2_000, 1)
    assert not done.incomplete
    assert [len(room.content) for room in done.root.descendants("room")] == [1, 1]


def test_events_in_elements_whose_text_may_be_read_stay_in_the_tree() -> None:
    done, alive = walk("<schedule><title>A<event>B</event></title></schedule>")
    assert len(alive) == 1
    assert done.root.first_text("title") == "AB"


def test_an_event_within_an_event_is_not_read() -> None:
    done, alive = walk("<schedule><event><event/></event><event/></schedule>")
    assert (len(alive), done.incomplete) == (2, False)


@pytest.mark.parametrize(
    ("pieces", "names"),
    [("<event/>" * 60_000, "events"), ("<room name='A'/>" * 60_000, "rooms"), ("<b/>" * 200_000, "elements")],
)
def test_a_document_over_its_budget_is_refused(pieces: str, names: str) -> None:
    document = f"<schedule>{pieces}</schedule>"
    with pytest.raises(InvalidSchedule, match=f"more than .* {names}"):
        read(document.encode(), "plan.xml")
