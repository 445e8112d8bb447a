"""Tests of plans: what is considered, what is chosen and why the rest is dropped."""

from datetime import timedelta

import pytest

from summitcli.agenda.lunch import Lunch
from summitcli.agenda.plan import Dropped, Hours, Plan, Terms, Wish, clash, make_plan
from summitcli.agenda.planner import Gap
from summitcli.rows import Listing
from tests.agenda.plan_days import D1, D2, TERMS, at, best_by_trying, listing, random_day, wish
from tests.conftest import examples

PROGRAMME = {day: (at(day, "09:00").isoformat(), at(day, "18:00").isoformat()) for day in (D1, D2)}
A, B, C = listing("a", "09:00-10:30"), listing("b", "10:00-11:00"), listing("c", "11:00-12:00")


def plan(
    *wishes: Wish, taken: tuple[Listing, ...] = (), terms: Terms = TERMS, events: tuple[Listing, ...] = ()
) -> Plan:
    return make_plan(wishes, taken, terms, {}, events)


def ids(found: Plan) -> str:
    return " ".join(one.id for one in found.chosen)


def test_the_greater_weight_is_chosen_and_the_rest_explained() -> None:
    wishes = wish(A, weight=3), wish(B, weight=1), wish(C, weight=1)
    assert plan(*wishes) == Plan((A, C), (Dropped(B, (A,), 30, 3),), (), (), (), 4, 4)
    assert plan(*wishes).proven


def test_more_sessions_are_preferred_to_fewer_of_the_same_weight() -> None:
    long = listing("long", "09:00-12:00")
    assert ids(plan(wish(long, weight=4), wish(A), wish(C, weight=1))) == "a c"


def test_the_order_of_the_schedule_decides_between_equals() -> None:
    other = listing("x", "09:00-10:30")
    assert ids(plan(wish(A), wish(other))) == "a"
    assert ids(plan(wish(other), wish(A))) == "x"


def test_fewer_changes_of_room_are_preferred() -> None:
    first = listing("first", "09:00-10:00", room="Hall")
    near, far = (listing(id_, "10:00-11:00", room=room) for id_, room in (("near", "Hall"), ("far", "Attic")))
    assert ids(plan(wish(first), wish(far), wish(near))) == "first near"


def test_a_repeat_is_chosen_if_the_picked_time_clashes() -> None:
    again = listing("b-again", "13:00-14:00")
    found = plan(wish(A), wish(B, again))
    assert (ids(found), found.dropped) == ("a b-again", (Dropped(B, (again,), 0, is_repeat=True),))
    assert ids(plan(wish(C), wish(B, again))) == "b c"


def test_repeats_on_several_days_are_chosen_together() -> None:
    monday, tuesday = listing("x", "10:00-11:00"), listing("x", "10:00-11:00", D2, part=2)
    assert plan(wish(monday, tuesday), wish(B)).chosen == (B, tuesday)
    other = listing("y", "10:00-11:00", D2)
    assert plan(wish(monday, tuesday), wish(B), wish(other)).weight == 6


def test_time_to_walk_is_needed_only_between_different_rooms() -> None:
    walking = TERMS._replace(walk=timedelta(minutes=10))
    hall, attic, unknown = (
        listing(room or "x", "11:00-12:00", room=room) for room in ("Hall", "Attic", None)
    )
    before = listing("before", "10:00-11:00", room="Hall")
    assert [ids(plan(wish(before), wish(one), terms=walking)) for one in (hall, attic, unknown)] == [
        "before Hall",
        "before",
        "before x",
    ]
    assert plan(wish(before), wish(attic), terms=walking).dropped == (Dropped(attic, (before,), 0, 3),)
    later = listing("Later", "11:10-12:00", room="Attic")
    assert ids(plan(wish(before), wish(later), terms=walking)) == "before Later"


def test_own_entries_take_time() -> None:
    lunch = listing("lunch", "10:30-11:30")
    found = plan(wish(A), wish(B), wish(C), taken=(lunch, listing("note")))
    assert (ids(found), found.dropped) == ("a", (Dropped(B, (A, lunch), 60, 3), Dropped(C, (lunch,), 30)))


def test_a_pause_for_lunch_is_left_free() -> None:
    noon = Lunch(at(D1, "12:00"), at(D1, "14:00"), timedelta(minutes=45))
    terms = TERMS._replace(lunches={D1: noon})
    one, two = listing("one", "12:00-13:00"), listing("two", "13:00-14:00")
    short = listing("short", "13:00-13:15")
    assert ids(plan(wish(one), wish(short), terms=terms)) == "one short"
    found = plan(wish(one), wish(two), terms=terms)
    assert (ids(found), found.dropped, found.without_lunch) == ("one", (Dropped(two, (), 0),), ())
    found = plan(wish(one), wish(two), events=(listing("shift", "12:30-13:30"),), terms=terms)
    assert (ids(found), found.without_lunch) == ("", (D1,))


def lunches(found: Plan) -> list[tuple[str, str, str | None]]:
    return [(one.start[11:16], one.end[11:16], one.entry and one.entry.id) for one in found.lunches]


def test_an_own_entry_in_the_period_is_the_lunch_if_it_is_long_enough() -> None:
    terms = TERMS._replace(lunches={D1: Lunch(at(D1, "12:00"), at(D1, "14:00"), timedelta(minutes=45))})
    late = listing("late", "13:00-14:00")
    own = listing("meal", "12:00-12:45")
    found = plan(wish(late), taken=(own,), terms=terms)
    assert (ids(found), lunches(found)) == ("late", [("12:00", "12:45", "meal")])
    # Neither the event of another calendar nor a short or early entry is the lunch.
    for words in ({"events": (own,)}, {"taken": (listing("meal", "12:00-12:44"),)}):
        assert (ids(plan(wish(late), terms=terms, **words)), lunches(plan(terms=terms, **words))) == (
            "",
            [("12:45" if "events" in words else "12:44", "13:30" if "events" in words else "13:29", None)],
        )
    early = listing("meal", "11:59-13:00")
    assert ids(plan(wish(late), taken=(early,), terms=terms)) == ""
    # At noon, a lunch that is over is shown no more, and no other is needed.
    found = plan(wish(late), taken=(own,), terms=terms._replace(now=at(D1, "12:50")))
    assert (ids(found), lunches(found)) == ("late", [])


def test_lunch_is_as_early_as_the_sessions_allow() -> None:
    terms = TERMS._replace(
        lunches={D1: Lunch(at(D1, "12:00"), at(D1, "14:00"), timedelta(minutes=45))},
        walk=timedelta(minutes=10),
    )
    first, second = listing("first", "11:00-12:10", room="Hall"), listing("x", "13:00-13:05", room="Attic")
    near = second._replace(room="Hall")
    assert lunches(plan(wish(first), wish(near), terms=terms)) == [("12:10", "12:55", None)]
    # Between different rooms, there is no time left for both the walk and lunch.
    assert lunches(plan(wish(first), wish(second), terms=terms)) == [("13:05", "13:50", None)]
    assert lunches(plan(wish(listing("x", "10:00-11:00", D2)), terms=terms)) == []


def test_nothing_outside_the_hours_is_considered() -> None:
    terms = Terms({D1: Hours(at(D1, "10:00"), at(D1, "12:00"))})
    found = plan(wish(A), wish(B), wish(C), wish(listing("d", "10:00-11:00", D2)), terms=terms)
    assert (ids(found), found.dropped) == ("b c", ())


def test_what_is_over_is_left_out_and_what_runs_stays() -> None:
    keynote = listing("keynote", "10:00-12:00")
    now = TERMS._replace(now=at(D1, "10:30"))
    repeat = wish(listing("r", "15:00-16:00"), listing("r-now", "10:15-11:15"))
    found = plan(wish(A), wish(B, weight=1), wish(keynote, weight=20), wish(C, weight=9), repeat, terms=now)
    assert (ids(found), [one.listing.id for one in found.dropped]) == ("keynote r", ["b", "c"])
    over = listing("call", "10:00-10:30"), listing("shift", "10:00-10:31")
    assert [ids(plan(wish(keynote), taken=(own,), terms=now)) for own in over] == ["keynote", ""]
    repeat = wish(listing("r", "08:00-09:00"), listing("r-later", "15:00-16:00"))
    assert ids(plan(repeat, terms=now)) == "r-later"
    found = plan(wish(B, weight=1), wish(listing("late", "10:45-12:00"), weight=9), terms=now)
    assert ids(found) == "b"


def test_sessions_without_times_are_never_planned() -> None:
    unknown = listing("unknown")
    assert plan(wish(unknown), wish(A)) == Plan((A,), (), (), (unknown,), (), 3, 3)


def test_free_time_is_that_of_the_programme_in_the_hours() -> None:
    terms = Terms({D1: Hours(at(D1, "08:00"), at(D1, "13:00"))}, now=at(D1, "09:15"))
    taken = (listing("lunch", "12:00-12:15"),)
    start, end, noon = (at(D1, clock).isoformat() for clock in ("10:30", "12:00", "12:15"))
    found = make_plan([wish(A)], taken, terms, PROGRAMME)
    assert found.free == (Gap(D1, start, end, 90), Gap(D1, noon, at(D1, "13:00").isoformat(), 45))
    terms = terms._replace(now=at(D1, "14:00"))
    assert make_plan([wish(A)], taken, terms, PROGRAMME).free == ()


def test_nights_and_days_without_anything_are_no_free_time() -> None:
    def free(*times: str, hours: tuple[str, str] | None = None) -> list[str]:
        night = {
            day: (f"{day}T05:00:00+02:00", f"2024-05-0{number + 1}T04:00:00+02:00")
            for number, day in ((1, D1), (2, D2))
        }
        days = (D1, D1) if hours else ("2024-04-30", "2024-05-04")
        period = [*map(at, days, hours or ("00:00", "00:00"))]
        wishes = [wish(listing(clock, clock)) for clock in times]
        found = make_plan(wishes, (), Terms({day: Hours(*period) for day in (D1,)}), night)
        assert not make_plan(wishes, (), Terms({D2: Hours(*period)}), night).free
        return [f"{gap.start[8:16]} {gap.end[8:16]}" for gap in found.free]

    assert free("10:00-11:00") == ["01T06:00 01T10:00", "01T11:00 02T00:00"]
    assert free("10:00-11:00", hours=("05:30", "13:00")) == ["01T05:30 01T10:00", "01T11:00 01T13:00"]
    assert free() == []


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, examples(5_000), 50)])
def test_the_plan_is_the_best_of_all(seeds: range) -> None:
    for seed in seeds:
        day = random_day(seed)
        found = make_plan(*day)
        best = best_by_trying(day)
        assert (seed, found.weight, len(found.chosen), found.proven) == (seed, *best, True)
        held = [*found.chosen, *day.entries, *day.events]
        for lunch in found.lunches:
            assert lunch.entry or not any(clash(lunch.listing(), one, timedelta()) for one in held), seed
