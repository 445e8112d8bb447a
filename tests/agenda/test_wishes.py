"""Tests of the wishes that an agenda expresses."""

from summitcli.agenda.own_entries import own_listing
from summitcli.agenda.picks import Agenda
from summitcli.agenda.plan import Wish
from summitcli.agenda.wishes import are_repeats, wishes
from summitcli.rows import Listing, SlotRow
from tests.agenda.agenda_samples import D23, D24, all_day, pick_of
from tests.session_rows import session_row


def listings(id_: str, *slots: SlotRow) -> list[Listing]:
    return [
        own_listing(id_, id_.title(), slot.day, None, None)._replace(part=part)
        for part, slot in enumerate(slots, 1)
    ]


def test_sessions_are_repeats_by_guid_or_by_title_and_speakers() -> None:
    talk = session_row("a", [all_day(D23)], title="Maps", speakers=("Ada",), description="x")
    again = talk._replace(id="b", description="y")
    assert are_repeats(talk, again, both_picked=True)
    assert not are_repeats(talk, again._replace(speakers=("Bo",)), both_picked=False)
    assert not are_repeats(talk._replace(guid="g"), again._replace(guid="h", title="Other"), both_picked=True)
    assert are_repeats(talk._replace(guid="g"), again._replace(guid="g", title="Other"), both_picked=True)
    lightning, more = talk._replace(speakers=()), again._replace(speakers=())
    assert are_repeats(lightning, more, both_picked=False)
    assert not are_repeats(lightning, more, both_picked=True)


def test_repeats_are_one_wish_and_single_days_are_wishes_of_their_own() -> None:
    whole, again = listings("whole", all_day(D23), all_day(D24)), listings("again", all_day(D24))
    fair = listings("fair", all_day(D23), all_day(D24))
    picks = (
        pick_of("fair", (D23, D24), "Fair", (all_day(D23), all_day(D24))),
        pick_of("whole", None, "Whole", (all_day(D23),), pick="maybe"),
        pick_of("secret", None, "Secret", (all_day(D23),), pick="hidden"),
        pick_of("gone", None, "Gone", (all_day(D23),)),
    )
    agenda = Agenda("summit-5", "峰会", "default", picks)
    repeats = {"whole": ("whole", "again", "secret"), "fair": ("fair",)}
    every = [whole[0], fair[0], whole[1], *again, fair[1], *listings("secret", all_day(D23))]
    assert wishes(agenda, every, repeats, {"fair": 7}) == [
        Wish(1, (*whole, *again), frozenset({"whole"})),
        Wish(7, (fair[0],), frozenset({"fair"})),
        Wish(7, (fair[1],), frozenset({"fair"})),
    ]


def test_a_picked_repeat_belongs_to_the_same_wish() -> None:
    one, two = listings("one", all_day(D23)), listings("two", all_day(D24))
    picks = (
        pick_of("two", None, "Talk", (all_day(D24),), pick="maybe"),
        pick_of("one", None, "Talk", (all_day(D23),)),
    )
    agenda = Agenda("summit-5", "峰会", "default", picks)
    both = ("one", "two")
    assert wishes(agenda, [*one, *two], {"one": both, "two": both}, {}) == [
        Wish(3, (*one, *two), frozenset(both))
    ]
