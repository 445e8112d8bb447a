"""Picks, their UIDs and their calendar events while a schedule changes.

The states are hand-written ones, random ones, and 26 that a congress has published.
"""

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.editing import Wanted, add_sessions
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.reconcile import ScheduleIndex, reconciled
from summitcli.identity import Identity, identity
from summitcli.library.memory import Memory
from summitcli.library.naming import remember
from summitcli.rows import SessionRow
from summitcli.states import InMemoryState
from tests.agenda.agenda_samples import D23, session, timed
from tests.conftest import ROOT, Asked

OURS = Path(__file__).parent / "data"
CONGRESS = ROOT.parent / "shared" / "histories" / "camp2019"
"""Published states of a congress; if they are not available, their test is not collected."""


class Told(NamedTuple):
    """The properties of an event in a calendar."""

    uid: str
    title: str
    status: str


def put(tmp_path: Path, file: Path) -> str:
    """Publish that state at the URL of the schedule."""
    place = tmp_path / "published"
    place.write_bytes(gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes())
    return str(place)


def told(ask: Asked) -> list[Told]:
    """Return the events of the agenda's calendar."""
    calendar = icalendar.Calendar.from_ical(ask("agenda", "export").out)
    return [
        Told(str(event["UID"]), str(event["SUMMARY"]), str(event["STATUS"]))
        for event in calendar.walk("VEVENT")
    ]


def held(events: Iterable[Told]) -> dict[str, str]:
    """Return the titles of the events that take place, by UID."""
    return {event.uid: event.title for event in events if event.status == "CONFIRMED"}


def picks(tmp_path: Path) -> list[dict[str, Any]]:
    """Return the picks in the agenda's file."""
    (file,) = (tmp_path / "data").rglob("agendas/*/default.json")
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["picks"]
    return found


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("ids-offset.{}.xml", {}),
        ("ids-swapped.{}.xml", {}),
        ("same-title-appears.{}.ics", {}),
        ("uids-made-anew.{}.ics", {}),
        ("renamed-same-uid.{}.ics", {"Open deck": "Open deck (now below deck)"}),
        ("one-occurrence-renamed.{}.ics", {}),
        ("one-slot-other-speaker.{}.xml", {}),
    ],
)
def test_a_pick_and_its_uid_outlive_whatever_is_made_anew(
    ask: Asked, tmp_path: Path, name: str, becomes: dict[str, str]
) -> None:
    ask("use", put(tmp_path, OURS / "histories" / name.format(1)))
    ask("agenda", "add", *ask("list", "-f", "ids").out.split())
    before = held(told(ask))
    firsts = {pick["uid"]: pick["title"] for pick in picks(tmp_path)}
    put(tmp_path, OURS / "histories" / name.format(2))
    assert ask("update").status == 0
    after = held(told(ask))
    # The first event of each pick is what it was; of what has parted, none is missing.
    assert {uid: after[uid] for uid in firsts} == {
        uid: becomes.get(title, title) for uid, title in firsts.items()
    }
    assert len(after) == len(before)
    put(tmp_path, OURS / "histories" / name.format(1))
    ask("update")
    assert held(told(ask)) == before


def test_one_schedule_in_other_formats_keeps_every_pick_and_its_uid(ask: Asked, tmp_path: Path) -> None:
    ask("use", put(tmp_path, OURS / "harbour.json"))
    ask("agenda", "add", *ask("list", "-f", "ids").out.split())
    first = {pick["uid"]: pick["title"] for pick in picks(tmp_path)}
    for file in ("harbour.xml", "harbour.ics", "harbour.json"):
        put(tmp_path, OURS / file)
        assert ask("update").status == 0, file
        assert {pick["uid"]: pick["title"] for pick in picks(tmp_path)} == first, file
        assert {event.status for event in told(ask)} == {"CONFIRMED"}, file


def test_what_is_removed_is_missing_first_and_cancelled_when_it_stays_away(
    ask: Asked, tmp_path: Path
) -> None:
    def state(*without: int) -> None:
        events = "".join(
            f'<event guid="{n:08}-1111-4222-8333-444444444444" id="{n}"><start>{n:02}:00</start>'
            f"<duration>00:30</duration><title>Talk {n}</title></event>"
            for n in range(1, 23)
            if n not in without
        )
        (tmp_path / "published").write_text(
            "<schedule><version>1</version><conference><acronym>c</acronym><title>C</title>"
            "<time_zone_name>Europe/Lisbon</time_zone_name></conference>"
            f'<day index="1" date="2026-09-03"><room name="Pier">{events}</room></day></schedule>'
        )

    state()
    ask("use", str(tmp_path / "published"))
    ask("agenda", "add", "7")
    state(7)
    assert (
        ask("update").err.splitlines()[-1]
        == "no longer in the schedule: Talk 7, 3 September 2026 07:00–07:30 Pier"
    )
    assert [event.status for event in told(ask)] == ["CONFIRMED"]
    # An update that finds nothing new counts.
    assert ask("update").err.splitlines() == [
        "C is up to date",
        "still not in the schedule, so it counts as cancelled: Talk 7, 3 September 2026 07:00–07:30 Pier",
    ]
    assert [event.status for event in told(ask)] == ["CANCELLED"]
    state()
    assert (
        ask("update").err.splitlines()[-1] == "no longer cancelled: Talk 7, 3 September 2026 07:00–07:30 Pier"
    )
    assert [event.status for event in told(ask)] == ["CONFIRMED"]
    # Many at once may be an oversight.
    state(*range(5, 15))
    ask("update")
    ask("update")
    assert [event.status for event in told(ask)] == ["CONFIRMED"]


class Talk(NamedTuple):
    """A session as its publisher stores it."""

    guid: str
    title: str
    hour: int
    speaker: str


talks = st.lists(
    st.builds(
        Talk,
        st.integers(1, 9).map("guid-{:08}".format),
        st.sampled_from(["Lunch", "Talk", "Workshop", "Engines", "Boats"]),
        st.integers(8, 20),
        st.sampled_from(["", "Ada", "Bob"]),
    ),
    max_size=8,
    unique_by=lambda talk: talk.guid,
)


def published(state: Iterable[Talk], codes: bool) -> list[SessionRow]:
    """Return a state with the IDs that its source alone gives, which may change each time."""
    return [
        session(
            str(number) if codes else talk.guid,
            timed(D23, f"{talk.hour:02}:00", f"{talk.hour:02}:30"),
            title=talk.title,
        )._replace(guid=talk.guid, speakers=(talk.speaker,) if talk.speaker else ())
        for number, talk in enumerate(state, 1)
    ]


class Library:
    """A saved schedule, without files."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.rows: list[SessionRow] = []

    def update(self, rows: list[SessionRow]) -> ScheduleIndex:
        """Replace the schedule; its sessions keep their IDs."""
        before: list[Identity] = [
            identity(row, {id_: code for code, id_ in self.memory.names.items()}.get(row.id))
            for row in self.rows
        ]
        self.memory = remember(
            self.memory, InMemoryState(before), InMemoryState([identity(row) for row in rows])
        )
        self.rows = [row._replace(id=self.memory.names.get(row.id, row.id)) for row in rows]
        by_id = {row.id: row for row in self.rows}
        return ScheduleIndex(
            lambda ids: {id_: by_id[id_] for id_ in ids if id_ in by_id},
            lambda: [identity(row) for row in self.rows],
            True,
            self.memory,
        )


@given(st.lists(talks, min_size=2, max_size=6), st.booleans())
def test_no_pick_is_lost_doubled_or_cancelled_while_its_guid_is_there(
    states: list[list[Talk]], codes: bool
) -> None:
    library = Library()
    agenda = Agenda("c", "C", "default")
    uids: dict[str, str] = {}
    for state in states:
        known = library.update(published(state, codes))
        agenda = reconciled(agenda, known).agenda
        assert max(Counter(pick.uid for pick in agenda.picks).values(), default=0) <= 1
        assert max(Counter(agenda.ids()).values(), default=0) <= 1
        here = {row.guid: row for row in library.rows}
        by_guid: dict[str, list[Pick]] = {}
        for pick in agenda.picks:
            by_guid.setdefault(pick.guid or "", []).append(pick)
            assert pick.uid in uids.values()
            assert (pick.state == "held") == (pick.guid in here)
        for guid, picked in by_guid.items():
            (pick,) = picked
            if guid in here:
                assert (pick.id, pick.title, pick.slots) == (
                    here[guid].id,
                    here[guid].title,
                    here[guid].slots,
                )
        agenda = add_sessions(agenda, [Wanted(row, None) for row in library.rows]).agenda
        assert {pick.guid for pick in agenda.picks} >= set(here)
        uids.update({pick.uid: pick.uid for pick in agenda.picks})


@pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("folder", [CONGRESS] if CONGRESS.is_dir() else [], ids=lambda path: path.name)
def test_a_congress_is_followed_through_all_that_it_has_published(
    ask: Asked, tmp_path: Path, folder: Path, step: int
) -> None:
    uid_of: dict[tuple[str, str], str] = {}
    ever: set[str] = set()
    for number, file in enumerate(sorted(folder.glob("*.json.gz"))[::step]):
        place = put(tmp_path, file)
        assert ask("use", place).status == 0 if not number else ask("update").status == 0
        assert ask("agenda", "add", *ask("list", "-f", "ids").out.split()).status == 0
        days = json.loads(Path(place).read_text("utf-8"))["schedule"]["conference"]["days"]
        now = {one["guid"].lower() for day in days for room in day["rooms"].values() for one in room}
        ever |= now
        kept = picks(tmp_path)
        by_guid = {pick["guid"].lower(): pick for pick in kept}
        assert len(by_guid) == len(kept)
        assert [guid for guid in now if by_guid[guid].get("state", "held") != "held"] == []
        assert [guid for guid in ever - now if by_guid.get(guid, {}).get("state") == "held"] == []
        for guid, pick in by_guid.items():
            assert uid_of.setdefault((guid, pick["id"]), pick["uid"]) == pick["uid"]
        if number % 5 == 0:
            gone = {event.uid for event in told(ask) if event.status == "CANCELLED"}
            assert [guid for guid in now if by_guid[guid]["uid"] in gone] == []
    shutil.rmtree(tmp_path / "cache")
    assert len(ask("agenda", "-f", "ids").out.split()) == len(now)
