from datetime import datetime, timedelta, timezone
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.planner import (
    Comparison,
    Conflict,
    DayGaps,
    Gap,
    Holders,
    Span,
    compare,
    conflicts,
    fits,
    gaps,
    holders,
    lasts_several_days,
    overlaps,
    runs_on,
    span,
)
from summitcli.rows import Listing
from tests.agenda.agenda_samples import clashing
from tests.limits import in_proportion

D1, D2 = "2022-07-23", "2022-07-24"
MIDNIGHT = datetime(2022, 7, 23, tzinfo=timezone(timedelta(hours=8)))


def listing(
    id_: str, start: str | None = None, end: str | None = None, day: str = D1, part: int = 1, parts: int = 1
) -> Listing:
    """Return a listing; times are ``HH:MM`` in Shanghai or RFC 3339."""
    begin, over = (time and (time if "T" in time else f"{day}T{time}:00+08:00") for time in (start, end))
    return Listing(
        id_, id_.title(), {}, None, None, day, 1 if day == D1 else 2, begin, over, begin is None, part, parts,
        None, (), None, None, None,
    )  # fmt: skip


def between(start: int, end: int) -> Span:
    return Span(MIDNIGHT + timedelta(minutes=start), MIDNIGHT + timedelta(minutes=end))


def lasting(id_: str, start: float, length: float) -> Listing:
    """Return a listing with the given start and end, in seconds after midnight."""
    begin = MIDNIGHT + timedelta(seconds=start)
    return listing(id_, begin.isoformat(), (begin + timedelta(seconds=length)).isoformat())


A, B, C = listing("a", "09:00", "10:00"), listing("b", "09:30", "11:00"), listing("c", "10:00", "10:30")


def test_spans_with_a_common_moment_overlap() -> None:
    assert overlaps(between(0, 60), between(59, 90))
    assert overlaps(between(0, 60), between(10, 20))
    assert overlaps(between(0, 60), between(0, 60))


def test_adjacent_spans_do_not_overlap() -> None:
    assert not overlaps(between(0, 60), between(60, 90))
    assert not overlaps(between(60, 90), between(0, 60))


@given(*[st.integers(0, 50)] * 4)
def test_overlapping_is_symmetric(a: int, b: int, c: int, d: int) -> None:
    one, other = between(a, a + b), between(c, c + d)
    assert overlaps(one, other) is overlaps(other, one)


def test_a_listing_without_published_times_has_no_span() -> None:
    assert span(listing("a")) is None
    assert span(A) == Span(MIDNIGHT + timedelta(hours=9), MIDNIGHT + timedelta(hours=10))


def test_published_times_that_overlap_are_a_certain_conflict() -> None:
    assert conflicts([C, B, A]) == [
        Conflict(True, D1, A, B, B.start, A.end),
        Conflict(True, D1, B, C, C.start, C.end),
    ]


def test_times_are_compared_as_instants_whatever_their_offset() -> None:
    utc = listing("utc", "2022-07-23T01:30:00+00:00", "2022-07-23T03:00:00+00:00")
    assert conflicts([A, utc]) == [Conflict(True, D1, A, utc, utc.start, A.end)]
    assert conflicts([listing("later", "2022-07-23T09:30:00+00:00", "2022-07-23T10:00:00+00:00"), A]) == []


def test_a_conflict_of_two_that_end_together_ends_as_the_first_is_written() -> None:
    utc = listing("utc", "2022-07-23T01:30:00+00:00", "2022-07-23T02:00:00+00:00")
    assert conflicts([A, utc]) == [Conflict(True, D1, A, utc, utc.start, A.end)]


def test_a_night_conflicts_with_the_next_morning() -> None:
    night = listing("night", "2022-07-23T23:00:00+08:00", "2022-07-24T02:00:00+08:00")
    early = listing("early", "01:00", "03:00", D2)
    assert conflicts([early, night]) == [Conflict(True, D2, night, early, early.start, night.end)]


def test_a_listing_without_times_may_conflict_with_all_others_of_its_day() -> None:
    x, y = listing("x"), listing("y")
    assert conflicts([A, x, y, listing("other-day", day=D2)]) == [
        Conflict(False, D1, x, y, None, None),
        Conflict(False, D1, x, A, None, None),
        Conflict(False, D1, y, A, None, None),
    ]


def test_certain_conflicts_come_before_possible_ones() -> None:
    found = conflicts([listing("x"), A, B])
    assert [(one.certain, one.first.id, one.second.id) for one in found] == [
        (True, "a", "b"),
        (False, "x", "a"),
        (False, "x", "b"),
    ]


def test_slots_that_differ_only_in_their_ends_are_in_order() -> None:
    short, long = listing("x", "09:00", "10:00"), listing("x", "09:00", "11:00", part=2)
    expected = [Conflict(False, D1, listing("y"), one, None, None) for one in (short, long)]
    assert conflicts([listing("y"), long, short]) == conflicts([short, long, listing("y")]) == expected


def test_an_all_day_session_on_several_days_conflicts_with_nothing() -> None:
    exhibition = [listing("exhibition", day=day, part=n, parts=2) for n, day in enumerate((D1, D2), 1)]
    assert all(lasts_several_days(one) for one in exhibition)
    assert conflicts([*exhibition, A, listing("x", day=D2)]) == []


def test_a_session_with_times_on_several_days_conflicts_like_any_other() -> None:
    course = listing("course", "09:00", "12:00", part=1, parts=2)
    assert not lasts_several_days(course)
    assert conflicts([course, A]) == [Conflict(True, D1, A, course, course.start, A.end)]


HACK = listing("hack", "2022-07-23T18:00:00+08:00", "2022-07-25T16:00:00+08:00")
TALK = listing("talk", "10:00", "11:00", D2)


def test_a_listing_longer_than_a_day_conflicts_on_the_later_day() -> None:
    (found,) = conflicts([HACK, TALK])
    assert found == Conflict(True, D2, HACK, TALK, TALK.start, TALK.end)
    assert found.minutes == 60


def test_a_listing_longer_than_a_day_may_conflict_with_listings_without_times() -> None:
    whole = [listing("x", day=day) for day in ("2022-07-22", D1, D2, "2022-07-25", "2022-07-26")]
    found = [(one.day, one.first.id, one.second.id) for one in conflicts([*whole, HACK])]
    assert found == [(day, "x", "hack") for day in (D1, D2, "2022-07-25")]


def test_a_listing_that_ends_at_night_does_not_run_on_the_next_day() -> None:
    for end, runs in (("24T02:00", False), ("24T09:00", False), ("24T09:01", True), ("25T02:00", True)):
        late = listing("late", "2022-07-23T22:00:00+08:00", f"2022-07-{end}:00+08:00")
        assert runs_on(late, D2) == runs
        assert not runs_on(late, D1) and not runs_on(late, "2022-07-25")
    assert not runs_on(listing("whole"), D2)


def test_a_session_never_conflicts_with_itself() -> None:
    assert conflicts([A, listing("a", "09:30", "11:00"), listing("a")]) == []


def test_nothing_conflicts_in_an_empty_agenda() -> None:
    assert conflicts([]) == []


def _some(number: int, start: int | None, length: int, second_day: bool) -> Listing:
    """Return a listing of one of twelve sessions, in a room of its own that identifies it."""
    day = D2 if second_day else D1
    if start is None:
        return listing(f"s{number % 12}", day=day)._replace(room=str(number))
    begin = datetime.fromisoformat(f"{day}T00:00:00+08:00") + timedelta(minutes=start)
    end = begin + timedelta(minutes=length)
    return listing(f"s{number % 12}", begin.isoformat(), end.isoformat(), day)._replace(room=str(number))


LISTINGS = st.lists(
    st.tuples(st.none() | st.integers(0, 40), st.integers(0, 15), st.booleans()), max_size=20
).map(lambda made: [_some(number, *one) for number, one in enumerate(made)])


def rooms(one: Listing, other: Listing) -> list[str]:
    return sorted([one.room or "", other.room or ""])


@given(LISTINGS)
def test_every_pair_is_compared(held: list[Listing]) -> None:
    certain, possible = [], []
    for one, other in combinations(held, 2):
        a, b = span(one), span(other)
        if one.id == other.id:
            continue
        if a and b and overlaps(a, b):
            certain.append(rooms(one, other))
        elif one.day == other.day and not (a and b):
            possible.append(rooms(one, other))
    found = conflicts(held)
    assert sorted(rooms(one.first, one.second) for one in found if one.certain) == sorted(certain)
    assert sorted(rooms(one.first, one.second) for one in found if not one.certain) == sorted(possible)


@given(LISTINGS)
def test_a_certain_conflict_lasts_while_both_run(held: list[Listing]) -> None:
    for one in conflicts(held):
        a, b = span(one.first), span(one.second)
        if a and b:
            assert one.certain
            assert a.start <= b.start
            assert datetime.fromisoformat(one.start or "") == max(a.start, b.start)
            assert datetime.fromisoformat(one.end or "") == min(a.end, b.end)
        else:
            assert one == Conflict(False, one.first.day, one.first, one.second, None, None)


@given(LISTINGS, st.randoms(use_true_random=False))
def test_the_order_of_conflicts_does_not_depend_on_the_input_order(
    held: list[Listing], chance: Random
) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)
    assert conflicts(shuffled) == conflicts(held)


@given(LISTINGS)
def test_overlapping_listings_are_those_in_certain_conflicts(held: list[Listing]) -> None:
    certain = [one for one in conflicts(held) if one.certain]
    both = {(listing.id, listing.part) for one in certain for listing in (one.first, one.second)}
    assert clashing(held) == both


PARTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=9
).map(
    lambda made: [
        lasting(f"s{session}", 60 * start, 60 * length)._replace(part=part, parts=len(made))
        for part, (session, start, length) in enumerate(made, 1)
    ]
)
"""Parts of three sessions; parts of the same session may overlap."""


@given(PARTS)
def test_overlapping_listings_overlap_a_part_of_another_session(held: list[Listing]) -> None:
    certain = {
        (one.id, one.part)
        for one in held
        for other in held
        if one.id != other.id and (a := span(one)) and (b := span(other)) and overlaps(a, b)
    }
    assert clashing(held) == certain


def parts(*times: tuple[str, str, str]) -> list[Listing]:
    return [listing(id_, start, end, part=n) for n, (id_, start, end) in enumerate(times, 1)]


def test_a_long_listing_overlaps_one_that_starts_after_a_short_one_has_ended() -> None:
    held = parts(("a", "09:00", "17:00"), ("b", "09:00", "12:00"), ("a", "10:00", "11:00"))
    assert clashing(held) == {("a", 1), ("b", 2), ("a", 3)}
    held = parts(("a", "09:00", "10:00"), ("a", "09:30", "11:00"), ("b", "10:30", "12:00"))
    assert clashing(held) == {("a", 2), ("b", 3)}


def test_a_part_without_overlaps_so_far_is_found_when_another_session_starts() -> None:
    first, second = ("a", "09:00", "12:00"), ("b", "09:00", "09:30")
    held = parts(first, second, ("a", "09:40", "13:00"), ("b", "12:30", "14:00"))
    assert clashing(held) == {("a", 1), ("b", 2), ("a", 3), ("b", 4)}
    held = parts(first, ("a", "09:10", "11:00"), ("b", "10:00", "10:10"), ("c", "10:30", "10:40"))
    assert clashing(held) == {("a", 1), ("a", 2), ("b", 3), ("c", 4)}


def test_possible_conflicts_are_ordered_by_day() -> None:
    held = [listing("a", day=D2), listing("b", day=D2), listing("x"), listing("y")]
    assert [(one.day, one.first.id, one.second.id) for one in conflicts(held)] == [
        (D1, "x", "y"),
        (D2, "a", "b"),
    ]


def test_the_number_of_conflicts_is_limited() -> None:
    held = [lasting(f"s{number}", 0, 60) for number in range(1000)]
    found = conflicts(held)
    assert (len(found), found[0].first.id, found[0].second.id) == (50_000, "s0", "s1")
    assert len(clashing(held)) == 1000


@in_proportion()
def test_overlaps_among_ten_thousand_at_the_same_time_are_found() -> None:
    # A list of pairs would have fifty million.
    held = [lasting(f"s{number}", 0, 60) for number in range(10_000)]
    assert len(clashing(held)) == 10_000


def test_conflicts_of_ten_thousand_adjacent_picks_are_found() -> None:
    # A comparison of every pair would take fifty million steps.
    held = [
        listing(
            f"s{n}",
            (MIDNIGHT + timedelta(minutes=n)).isoformat(),
            (MIDNIGHT + timedelta(minutes=n + 1)).isoformat(),
        )
        for n in range(10_000)
    ]
    assert conflicts(held) == []


def hours(start: str, end: str, day: str = D1) -> tuple[str, str]:
    """Return the first start and the last end of a day's programme, given as ``HH:MM`` in Shanghai."""
    return f"{day}T{start}:00+08:00", f"{day}T{end}:00+08:00"


def periods(found: DayGaps) -> list[tuple[str, str, int]]:
    """Return the times of day and the minutes of the gaps."""
    assert found.is_known
    return [(gap.start[11:16], gap.end[11:16], gap.minutes) for gap in found.gaps]


def test_the_time_before_between_and_after_picks_is_free() -> None:
    late = listing("late", "15:00", "16:00")
    found = gaps([late, A, C], D1, 30, hours("08:00", "18:30"))
    assert found.gaps[0] == Gap(D1, "2022-07-23T08:00:00+08:00", "2022-07-23T09:00:00+08:00", 60)
    assert periods(found) == [("08:00", "09:00", 60), ("10:30", "15:00", 270), ("16:00", "18:30", 150)]


def test_a_day_without_picks_is_free_as_a_whole() -> None:
    assert periods(gaps([A], D2, 30, hours("09:00", "17:00", D2))) == [("09:00", "17:00", 480)]
    assert periods(gaps([], D1, 481, hours("09:00", "17:00"))) == []


def test_a_gap_starts_when_the_last_overlapping_pick_ends() -> None:
    long, short = listing("long", "09:00", "12:00"), listing("short", "10:00", "10:30")
    late = listing("late", "12:45", "13:00")
    assert periods(gaps([long, short, late], D1, 30, hours("09:00", "13:00"))) == [("12:00", "12:45", 45)]


def test_a_gap_starts_as_the_first_of_two_picks_that_end_together_is_written() -> None:
    utc = listing("utc", "2022-07-23T01:30:00+00:00", "2022-07-23T02:00:00+00:00")
    (gap,) = gaps([utc, A], D1, 30, hours("09:00", "11:00")).gaps
    assert gap == Gap(D1, "2022-07-23T10:00:00+08:00", "2022-07-23T11:00:00+08:00", 60)


def test_time_is_not_free_while_a_pick_of_an_earlier_day_runs() -> None:
    late = listing("late", "15:00", "16:00", D2)
    assert periods(gaps([HACK, TALK, late], D2, 0, hours("09:00", "16:00", D2))) == []
    bye = listing("bye", "17:00", "18:00", "2022-07-25")
    (free,) = gaps([HACK, TALK, late, bye], "2022-07-25", 0, hours("09:00", "18:00", "2022-07-25")).gaps
    assert (free.start, free.end) == (HACK.end, bye.start)


def test_a_gap_does_not_start_at_the_end_of_a_night_before() -> None:
    late = listing("late", "2022-07-23T22:00:00+08:00", "2022-07-24T02:00:00+08:00")
    assert gaps([late, TALK], D2, 0, (TALK.start or "", TALK.end or "")) == DayGaps(D2, (), True)


def test_what_starts_after_the_programme_limits_no_gap() -> None:
    dinner = listing("dinner", "20:00", "21:00")
    assert periods(gaps([A, dinner], D1, 30, hours("09:00", "17:00"))) == [("10:00", "17:00", 420)]
    assert periods(gaps([dinner], D1, 0, hours("09:00", "20:00"))) == [("09:00", "20:00", 660)]


def test_a_gap_shorter_than_the_minimum_is_left_out() -> None:
    late = listing("late", "10:45", "11:00")
    assert len(gaps([A, late], D1, 45, hours("09:00", "11:00")).gaps) == 1
    assert gaps([A, late], D1, 46, hours("09:00", "11:00")).gaps == ()


def test_adjacent_picks_leave_no_gap() -> None:
    assert periods(gaps([A, C], D1, 0, hours("09:00", "10:30"))) == []


def test_free_time_is_unknown_without_times() -> None:
    unknown = DayGaps(D1, (), is_known=False)
    assert gaps([listing("x"), listing("y")], D1, 30, hours("09:00", "10:00")) == unknown
    assert gaps([listing("x")], D1, 30, None) == gaps([], D1, 30, None) == unknown
    assert periods(gaps([A, listing("x")], D1, 30, hours("09:00", "10:00"))) == []
    expo = listing("expo", parts=2)
    assert periods(gaps([expo], D1, 30, hours("09:00", "10:00"))) == [("09:00", "10:00", 60)]


def test_an_hour_skipped_by_daylight_saving_is_not_free() -> None:
    before = listing("before", "2022-03-27T01:00:00+01:00", "2022-03-27T01:30:00+01:00")
    after = listing("after", "2022-03-27T03:30:00+02:00", "2022-03-27T04:00:00+02:00")
    programme = before.start or "", after.end or ""
    assert [gap.minutes for gap in gaps([before, after], D1, 0, programme).gaps] == [60]


@given(LISTINGS, st.integers(0, 10))
def test_gaps_are_the_free_minutes_of_the_programme(held: list[Listing], shortest: int) -> None:
    found = gaps(held, D1, shortest, hours("00:00", "23:59"))
    spans = [when for one in held if one.day == D1 and (when := span(one))]
    unknown = [one for one in held if one.day == D1 and not lasts_several_days(one)] and not spans
    assert found.is_known == (not unknown)
    for gap in found.gaps:
        free = Span(datetime.fromisoformat(gap.start), datetime.fromisoformat(gap.end))
        assert not any(overlaps(free, when) for when in spans)
        assert free.end - free.start == timedelta(minutes=gap.minutes)
        assert gap.minutes >= max(shortest, 1)
    programme = Span(*map(datetime.fromisoformat, hours("00:00", "23:59")))
    marks = sorted({moment for when in (programme, *spans) for moment in when})
    free_stretches = [
        Span(one, other)
        for one, other in pairwise(marks)
        if not any(overlaps(Span(one, other), when) for when in spans)
        and overlaps(Span(one, other), programme)
        and other - one >= timedelta(minutes=shortest)
    ]
    starts = [datetime.fromisoformat(gap.start) for gap in found.gaps]
    assert starts == ([free.start for free in free_stretches] if found.is_known else [])


def test_listings_entirely_within_a_gap_fit() -> None:
    late = listing("late", "15:00", "16:00")
    (gap,) = gaps([A, late], D1, 30, hours("09:00", "16:00")).gaps
    whole = listing("whole", "10:00", "15:00")
    inside = listing("inside", "2022-07-23T03:00:00+00:00", "2022-07-23T04:00:00+00:00")
    others = [
        listing("early", "09:59", "11:00"),
        listing("long", "14:00", "15:01"),
        listing("untimed"),
        listing("tomorrow", "11:00", "12:00", D2),
        A,
        late,
    ]
    assert list(fits(gap, [inside, *others, whole])) == [inside, whole]


def test_agendas_are_compared_by_session_and_day() -> None:
    mine = [listing("x", day=D2), A, listing("y")]
    theirs = [A._replace(title="Renamed"), listing("x"), listing("y")]
    assert compare(mine, theirs) == Comparison(
        both=(A, listing("y")), only_mine=(listing("x", day=D2),), only_theirs=(listing("x"),)
    )


def test_each_listing_is_paired_with_the_agendas_that_have_it() -> None:
    renamed = A._replace(title="Renamed")
    assert holders([[B, A], [renamed, C], []]) == [
        Holders(B, (True, False, False)),
        Holders(A, (True, True, False)),
        Holders(C, (False, True, False)),
    ]


def test_empty_agendas_have_nothing_in_common() -> None:
    assert compare([], []) == Comparison((), (), ())
    assert compare([A], []) == Comparison((), (A,), ())
    assert compare([], [A]) == Comparison((), (), (A,))
