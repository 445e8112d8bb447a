"""Tests of own entries in an agenda."""

from zoneinfo import ZoneInfo

import pytest

from summitcli.agenda.own_entries import (
    RemovedEntries,
    add_entries,
    entry_id,
    entry_listing,
    entry_uid,
    find_entries,
    remove_entries,
)
from summitcli.agenda.picks import Agenda, OwnEntry
from summitcli.errors import UsageError
from summitcli.rows import Listing

BERLIN = ZoneInfo("Europe/Berlin")
LUNCH = OwnEntry("lunch", "Lunch", "2024-05-01", "12:00", "13:00", "Canteen")
PARTY = OwnEntry("party", "Party", "2024-05-01", "22:00", "01:30")
LEAVE = OwnEntry("leave", "On leave", "2024-05-02")
MINE = Agenda("demo", "Demo", "default", entries=(LUNCH, PARTY, LEAVE))


def listing(id_: str, title: str, day: str, start: str | None, end: str | None, room: str | None) -> Listing:
    return Listing(
        id_, title, {}, None, None, day, 0, start, end, start is None, 1, 1, room, (), None, None, None
    )


def test_the_id_is_made_from_the_title() -> None:
    assert entry_id("Lunch with Ada!", ()) == "lunch-with-ada"
    assert entry_id("Lunch", {"lunch", "lunch-2"}) == "lunch-3"
    assert [entry_id(title, ()) for title in ("午餐", "", "1:1")] == ["block", "block", "block"]
    assert entry_id("a" * 23 + " bcd", ()) == "a" * 23


def test_entries_are_kept_in_order_of_time() -> None:
    assert add_entries(Agenda("demo", "Demo", "default"), (LEAVE, PARTY, LUNCH)) == MINE


def test_an_agenda_has_at_most_a_thousand_entries() -> None:
    full = MINE._replace(entries=(LUNCH,) * 999)
    assert len(add_entries(full, [PARTY]).entries) == 1000
    with pytest.raises(UsageError, match=r"^an agenda has at most 1000 own entries$"):
        add_entries(full, [PARTY, LEAVE])


def test_entries_are_found_by_id_title_and_beginning() -> None:
    again = LUNCH._replace(id="lunch-2", day="2024-05-02")
    mine = add_entries(MINE, [again])
    assert find_entries(mine, "lunch") == (LUNCH,)
    assert find_entries(mine, "LUNCH") == (LUNCH, again)
    assert find_entries(mine, "lunch-") == (again,)
    assert find_entries(mine, "l") == find_entries(mine, "") == ()
    assert find_entries(MINE._replace(entries=(LUNCH,)), "") == ()


def test_only_the_named_entries_are_removed() -> None:
    rest = MINE._replace(entries=(PARTY, LEAVE))
    assert remove_entries(MINE, {"lunch", "opening"}) == RemovedEntries(rest, (LUNCH,))


def test_an_entry_has_times_in_the_time_zone_of_the_conference() -> None:
    day = "2024-05-01"
    assert [entry_listing(entry, BERLIN) for entry in MINE.entries] == [
        listing("lunch", "Lunch", day, f"{day}T12:00:00+02:00", f"{day}T13:00:00+02:00", "Canteen"),
        listing("party", "Party", day, f"{day}T22:00:00+02:00", "2024-05-02T01:30:00+02:00", None),
        listing("leave", "On leave", "2024-05-02", None, None, None),
    ]


def test_an_entry_that_ends_when_it_starts_lasts_a_day() -> None:
    whole = OwnEntry("x", "x", "2024-05-01", "00:00", "00:00")
    assert entry_listing(whole, BERLIN).end == "2024-05-02T00:00:00+02:00"


def test_each_entry_has_another_uid() -> None:
    others = (
        LUNCH._replace(title="Tea"), LUNCH._replace(day="2024-05-02"), LUNCH._replace(start="12:30"),
        LUNCH._replace(end="13:30"), LUNCH._replace(room=None),
    )  # fmt: skip
    uids = {entry_uid(entry, "demo") for entry in (*MINE.entries, *others)}
    assert len(uids) == 8
    assert entry_uid(LUNCH, "demo") == entry_uid(LUNCH._replace(), "demo")
    assert {uid.partition("@")[2] for uid in uids} == {"demo.summitcli"}
