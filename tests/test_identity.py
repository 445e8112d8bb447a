"""Matching the sessions of two states of a schedule."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.identity import (
    Identity,
    Index,
    guids_are_stable,
    is_other_talk,
    is_same_talk,
    may_be_same,
    recognise,
)
from summitcli.rows import SlotRow


def at(*clocks: str, day: str = "2025-06-10", offset: str = "+02:00") -> tuple[SlotRow, ...]:
    """Return slots of one hour at the given times."""
    return tuple(
        SlotRow(day, f"{day}T{clock}:00{offset}", f"{day}T{clock[:2]}:59:00{offset}", False, None)
        for clock in clocks
    )


def all_day(*days: str) -> tuple[SlotRow, ...]:
    return tuple(SlotRow(day, None, None, True, None) for day in days)


def became(before: Sequence[Identity], after: Sequence[Identity]) -> list[list[str]]:
    """Return, for each earlier session, the IDs of its matches."""
    return [[after[position].id for position in positions] for positions in recognise(before, after)]


ADA = Identity("7", "Ada on engines", "aaaa", "7", None, ["Ann A"], at("10:00"))
BOB = Identity("8", "Bob on boats", "bbbb", "8", None, ["Ben B"], at("12:00"))


def like(one: Identity, **changes: object) -> Identity:
    """Return the same session with some fields changed."""
    fields = {
        name: getattr(one, name) for name in ("id", "title", "guid", "code", "url", "speakers", "slots")
    }
    return Identity(**{**fields, **changes})


@pytest.mark.parametrize(
    ("changes", "is_it"),
    [
        ({}, True),
        ({"id": "107", "code": "107"}, True),
        ({"title": "Other", "speakers": ("C",), "slots": at("18:00"), "code": "9", "id": "9"}, True),
        ({"guid": None}, True),
        ({"guid": None, "title": "Other", "speakers": ("C",)}, True),
        ({"guid": None, "title": "Other", "speakers": ("C",), "slots": at("18:00")}, False),
        ({"guid": None, "code": "x"}, True),
        ({"guid": None, "code": "x", "slots": at("18:00")}, True),
        ({"guid": None, "code": "x", "slots": at("18:00"), "speakers": ("C",)}, True),
        ({"guid": None, "code": "x", "title": "ADA  on ENGINES", "slots": at("18:00"), "speakers": ()}, True),
        ({"guid": None, "code": "x", "title": "Other"}, False),
        ({"guid": None, "code": "x", "slots": at("08:00", offset="+00:00")}, True),
    ],
)
def test_a_session_is_matched_by_what_has_not_changed(changes: dict[str, object], is_it: bool) -> None:
    assert became([ADA], [like(ADA, **changes)]) == ([[str(changes.get("id", "7"))]] if is_it else [[]])


def test_a_url_matches_as_well_as_a_title() -> None:
    one = Identity("a", "A", url="https://c.example/a")
    assert became([one], [Identity("b", "B", url="https://c.example/a")]) == [["b"]]


def test_guids_decide_if_ids_are_swapped_or_renumbered() -> None:
    swapped = [like(BOB, id="7", code="7"), like(ADA, id="8", code="8")]
    assert became([ADA, BOB], swapped) == [["8"], ["7"]]


def test_reused_codes_do_not_match_if_guids_are_stable() -> None:
    others = [Identity(f"n{n}", f"N {n}", f"g{n}", f"n{n}") for n in range(20)]
    in_its_place = Identity("7", "Cy on cells", "cccc", "7", None, ["C"], at("10:00"))
    assert became([ADA, *others], [in_its_place, *others])[0] == []
    assert became([like(ADA, guid=None)], [like(in_its_place, guid=None)]) == [["7"]]


def test_another_session_with_the_same_title_does_not_match_a_removed_one() -> None:
    others = [Identity(f"n{n}", f"N {n}", f"g{n}", f"n{n}") for n in range(20)]
    stranger = Identity("x", "Ada on engines", "cccc", "x", None, ["C"], at("18:00"))
    assert became([ADA, *others], [stranger, *others])[0] == []
    assert became([ADA, *others], [stranger, ADA, *others])[0] == ["7"]
    made_anew = like(ADA, guid="dddd", code="x", id="x")
    assert became([ADA, *others], [made_anew, *others])[0] == ["x"]


def test_sessions_match_without_stable_guids() -> None:
    lunches = [Identity(f"lunch-{d}", "Lunch", f"a{d}", f"l{d}", None, (), at("12:00", day=f"2025-06-1{d}"))
               for d in range(3)]  # fmt: skip
    anew = [like(lunch, guid=f"b{n}", code=f"m{n}", id=f"m{n}") for n, lunch in enumerate(lunches)]
    assert became(lunches, anew[::-1]) == [["m0"], ["m1"], ["m2"]]
    moved = [like(lunch, slots=at("13:00", day="2025-06-20")) for lunch in anew]
    assert became(lunches, moved) == [[], [], []]


def test_ambiguous_matches_of_a_step_are_decided_by_the_following_steps() -> None:
    twice = [like(ADA, id="a"), like(ADA, id="b", slots=at("16:00"))]
    assert became(twice, [like(one, code=f"x{n}") for n, one in enumerate(twice)]) == [["a"], ["b"]]
    assert became(twice, [like(one, slots=at("20:00")) for one in twice]) == [[], []]


@pytest.mark.parametrize("guid", ["standup@x", None])
def test_a_split_session_matches_both_halves(guid: str | None) -> None:
    whole = Identity("standup", "Morning circle", guid, "standup", None, (), at("10:00", "11:00", "12:00"))
    rest = like(whole, id="standup-1", code="s1", slots=at("10:00", "12:00"))
    half = like(whole, id="standup-2", code="s2", slots=at("11:00"), speakers=("Ann A",))
    assert became([whole], [rest, half]) == [["standup-1", "standup-2"]]
    # One day is called otherwise: without a guid nothing says that it belongs there.
    named = like(half, title="Morning circle with cake", speakers=())
    assert became([whole], [rest, named]) == [["standup-1", "standup-2"] if guid else ["standup-1"]]
    assert became([rest, named], [whole]) == ([["standup"], ["standup"]] if guid else [["standup"], []])


def test_a_matched_session_is_not_matched_again() -> None:
    another = like(ADA, id="n", guid=None, code="n", slots=at("18:00"))
    assert became([ADA], [ADA, another]) == became([ADA], [another, ADA]) == [["7"]]


def test_sessions_with_the_same_title_are_matched_by_their_number_of_slots() -> None:
    twice, once = (
        Identity(id_, "Talk", slots=at(*clocks)) for id_, *clocks in (("a", "10:00", "11:00"), ("b", "11:00"))
    )
    after = [like(once, id="x"), like(twice, id="y")]
    assert became([twice, once], after) == [["y"], ["x"]]


def test_two_sessions_at_the_time_of_one_are_its_halves() -> None:
    rooms = [like(ADA, id=id_, guid=None, code=id_) for id_ in "xy"]
    assert became([ADA], rooms) == [["x", "y"]]


def test_several_sessions_with_the_same_title_without_times_are_ambiguous() -> None:
    several = [like(ADA, id=id_, guid=None, code=id_, speakers=(), slots=()) for id_ in "xy"]
    assert became([ADA], several) == [[]]


def test_two_sessions_with_one_guid_match_the_only_later_one() -> None:
    two = [like(ADA, id="a", code="a"), like(ADA, id="b", code="b", slots=at("12:00"))]
    assert became(two, [like(ADA, id="x", code="x", slots=at("18:00"))]) == [["x"], ["x"]]
    later = [
        like(ADA, id=id_, code=id_, title=id_, slots=at(clock))
        for id_, clock in (("x", "18:00"), ("y", "19:00"))
    ]
    assert became(two, later) == [[], []]


@pytest.mark.parametrize(
    ("changes", "may_be", "is_same"),
    [
        ({}, True, True),
        ({"guid": None, "title": "B", "slots": (), "speakers": ()}, True, False),
        ({"guid": "AAAA", "title": "B", "slots": (), "speakers": ()}, False, False),
        ({"guid": "b"}, True, True),
        ({"guid": "b", "title": "B"}, False, True),
        ({"guid": "b", "slots": at("18:00")}, True, True),
        ({"guid": "b", "speakers": ("C",)}, True, True),
        ({"guid": "b", "speakers": ("C",), "slots": at("18:00")}, False, True),
        ({"guid": "b", "speakers": ("C",), "title": "B"}, False, True),
        ({"guid": "b", "speakers": ("ann a", "C"), "title": "B", "slots": at("18:00")}, False, True),
        ({"guid": "b", "speakers": ("C",), "title": "B", "slots": at("18:00")}, False, False),
        ({"guid": "b", "speakers": (), "title": "ADA on engines", "slots": ()}, False, True),
    ],
)
def test_evidence_that_two_sessions_may_be_the_same(
    changes: dict[str, object], may_be: bool, is_same: bool
) -> None:
    other = like(ADA, **changes)
    assert may_be_same(ADA, other) is may_be_same(other, ADA) is may_be
    assert is_same_talk(ADA, other) is is_same_talk(other, ADA) is is_same


def test_guids_are_stable_if_nine_in_ten_still_exist() -> None:
    ten = [Identity(str(n), "", f"g{n}") for n in range(10)]
    assert guids_are_stable(ten, ten[1:])
    assert not guids_are_stable(ten, ten[2:])
    assert not guids_are_stable([Identity("a", "")], [Identity("a", "")])


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"title": "B"}, False),
        ({"speakers": ("C",)}, False),
        ({"title": "B", "speakers": ("C",)}, True),
        ({"title": "B", "speakers": ("ann a", "C")}, False),
        ({"title": "B", "speakers": ()}, False),
        ({"title": "B", "speakers": (), "slots": at("18:00")}, False),
    ],
)
def test_another_title_with_other_speakers_is_another_talk(changes: dict[str, object], asked: bool) -> None:
    assert is_other_talk(ADA, like(ADA, **changes)) == asked


identities = st.lists(
    st.builds(
        Identity,
        id=st.sampled_from("abcdef"),
        title=st.sampled_from(["Lunch", "lunch", "Talk", "Other", ""]),
        guid=st.sampled_from([None, "g1", "g2", "g3"]),
        code=st.sampled_from([None, "a", "b"]),
        url=st.sampled_from([None, "https://c.example/1"]),
        speakers=st.lists(st.sampled_from(["Ann", "Ben"]), max_size=2),
        slots=st.sampled_from([at("10:00"), at("10:00", "11:00"), at("11:00"), all_day("2025-06-10"), ()]),
    ),
    max_size=8,
)


@given(identities, identities)
def test_no_two_sessions_have_the_same_match_unless_they_share_a_guid(
    before: list[Identity], after: list[Identity]
) -> None:
    found = recognise(before, after)
    assert len(found) == len(before)
    for one, positions in zip(before, found, strict=True):
        assert len(set(positions)) == len(positions)
        # Two sessions share what they have become only where they have a guid in common.
        for position in positions:
            sharers = [other for other, places in zip(before, found, strict=True) if position in places]
            assert len(sharers) == 1 or all(sharer.guid == one.guid is not None for sharer in sharers)


@given(identities.map(lambda all_: [like(one, guid=f"guid{n}", id=str(n)) for n, one in enumerate(all_)]),
       st.randoms(use_true_random=False))  # fmt: skip
def test_unique_guids_match_whatever_else_changes(before: list[Identity], chance: object) -> None:
    after = [like(one, title="T", code="c", url=None, speakers=(), slots=at("09:00")) for one in before]
    chance.shuffle(after)  # type: ignore[attr-defined]
    assert became(before, after) == [[one.id] for one in before]


def test_many_indistinguishable_sessions_are_matched_in_linear_time() -> None:
    same = [Identity("a", "Lunch", "g", "a", "https://c.example/", ["Ann"], at("12:00"))] * 20_000
    assert recognise(same, same) == [[]] * 20_000


PAGE = "https://c.example/ada"
SESSIONS = [like(ADA, url=PAGE), BOB, like(BOB, id="9", code="9", guid="cccc", slots=at("14:00"))]


@pytest.mark.parametrize(
    ("one", "position"),
    [
        (Identity("", "", "AAAA"), None),
        (Identity("", "", "aaaa"), 0),
        (Identity("8", "", "aaaa"), 0),
        (Identity("8", ""), 1),
        (Identity("8", "Bob on boats"), 1),
        (Identity("8", "Cy on cells"), 1),
        (Identity("8", "Cy on cells", slots=at("18:00")), None),
        (Identity("8", "Cy on cells", slots=at("12:00")), 1),
        (Identity("", "", url="http://C.example/ada/"), 0),
        (Identity("", "Ada on engines"), None),
        (Identity("", "ada on ENGINES", slots=at("08:00", offset="+00:00")), 0),
        (Identity("", "Bob on boats", slots=at("14:00")), 2),
        (Identity("", "Bob on boats", slots=at("12:00", "14:00")), None),
        (Identity("7", "Bob on boats", slots=at("14:00")), 2),
        (Identity("", ""), None),
    ],
)
def test_a_single_session_is_found_by_the_same_steps(one: Identity, position: int | None) -> None:
    assert Index(SESSIONS).find(one) == position


def test_guids_that_are_uuids_are_the_same_in_either_case() -> None:
    guid = "6ba7b810-9DAD-11d1-80b4-00c04fd430c8"
    one, other = Identity("a", "A", guid), Identity("b", "B", guid.lower())
    assert recognise([one], [other]) == [[0]]
    assert Index([other]).find(one) == 0


def test_a_title_in_another_language_is_as_good() -> None:
    one = Identity("a", "大数据分论坛", slots=at("10:00"), titles=["大数据分论坛", "Big Data Forum"])
    assert Index([one]).find(Identity("", "big data forum", slots=at("10:00"))) == 0


def test_sessions_with_the_same_guid_are_matched_by_title_and_time() -> None:
    many = [Identity(str(n), f"Talk {n}", "g", slots=at("10:00")) for n in range(300)]
    known = Index(many)
    for n in range(300):
        assert known.find(Identity("", f"Talk {n}", "g", slots=at("10:00"))) == n
    assert known.find(Identity("", "Another", "g", slots=at("10:00"))) is None
