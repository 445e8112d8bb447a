"""The differences between two states of a schedule."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.catalog.store import temporary_catalog
from summitcli.changes import KINDS, Change, are_many, only_after, only_before, texts
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from summitcli.rows import SessionRow, SlotRow
from tests.comparing import compare
from tests.conftest import examples
from tests.schedules import document, schedules, session, timed
from tests.session_rows import session_row

DAY, NEXT = "2024-05-01", "2024-05-02"


def slot(start: str = "", end: str = "", room: str | None = None, day: str = DAY) -> SlotRow:
    """Return a slot on a summer day in Berlin, all day unless times are given."""
    begins, ends = (f"{day}T{clock}:00+02:00" if clock else None for clock in (start, end))
    return SlotRow(day, begins, ends, not start, room)


def row(id_: str, *slots: SlotRow, **fields: Any) -> SessionRow:
    return session_row(id_, slots or (slot(),), **fields)


def kinds(before: SessionRow, after: SessionRow) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds and fields of the changes between two states of one session."""
    return [(change.kind, change.fields) for change in compare([before], [after])]


def pairs(before: Sequence[SessionRow], after: Sequence[SessionRow]) -> set[tuple[str, str]]:
    """Return the IDs of the sessions in each change."""
    return {
        (one.before.id if one.before else "", one.after.id if one.after else "")
        for one in compare(before, after)
    }


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ([slot()], [slot(day=NEXT)], ("days",)),
        ([slot()], [slot(), slot(day=NEXT)], ("days",)),
        ([slot("09:00", "10:00")], [slot("09:00", "11:00")], ("times",)),
        ([slot("09:00", "10:00")], [slot("09:00", "10:00", day=NEXT)], ("days", "times")),
        ([slot()], [slot("09:00", "10:00")], ("times",)),
        ([slot(room="A")], [slot(room="B")], ("rooms",)),
        ([slot()], [slot(room="B")], ("rooms",)),
        ([slot("09:00", "10:00", "A")], [slot("11:00", "12:00", "B")], ("times", "rooms")),
        ([slot(room="A"), slot(room="B", day=NEXT)], [slot(room="B"), slot(room="A", day=NEXT)], ("rooms",)),
        ([slot("09:00", "10:00")] * 2, [slot("09:00", "10:00")], ("times",)),
        ([slot("00:30", "01:00", "A", NEXT)], [slot("00:30", "01:00", "B", NEXT)._replace(day=DAY)],
         ("rooms",)),
    ],
)  # fmt: skip
def test_another_day_time_or_room_is_a_move(
    before: list[SlotRow], after: list[SlotRow], fields: tuple[str, ...]
) -> None:
    assert kinds(row("a", *before), row("a", *after)) == [("moved", fields)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (slot("09:00", "10:00"), slot()._replace(
            start="2024-05-01T07:00:00+00:00", end="2024-05-01T08:00:00Z", all_day=False)),
        (slot("00:30", "01:00", day=NEXT), slot("00:30", "01:00", day=NEXT)._replace(day=DAY)),
        (slot(room="A  1"), slot(room="A 1")),
    ],
    ids=["another offset", "another day's night", "blanks"],
)  # fmt: skip
def test_the_same_time_in_another_notation_is_no_move(before: SlotRow, after: SlotRow) -> None:
    assert kinds(row("a", before), row("a", after)) == []


def test_the_slots_of_a_move_are_those_that_differ() -> None:
    stays, goes, comes = slot("09:00", "10:00"), slot("11:00", "12:00"), slot(day=NEXT)
    (change,) = compare([row("a", stays, goes)], [row("a", stays, comes)])
    assert (only_before(change), only_after(change)) == ((goes,), (comes,))
    (change,) = compare([], [row("a", stays, goes)])
    assert (only_before(change), only_after(change)) == ((), (stays, goes))
    (change,) = compare([row("a", stays, stays, stays)], [row("a", stays)])
    assert (only_before(change), only_after(change)) == ((stays, stays), ())


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"title": "Talk"}, {"title": "A talk"}, ("renamed", ("title",))),
        ({"title": "Talk"}, {"title": "talk"}, ("renamed", ("title",))),
        ({"speakers": ("Ada",)}, {"speakers": ("Ada", "Grace")}, ("speakers", ("speakers",))),
        ({"description": "One."}, {"description": "Two."}, ("text", ("description",))),
        ({"url": None}, {"url": "https://conf.example/1"}, ("text", ("url",))),
        ({"language": "en"}, {"language": "de"}, ("text", ("language",))),
        ({"status": "confirmed"}, {"status": "tentative"}, ("text", ("status",))),
        ({"category": "a", "category_name": "A"}, {}, ("text", ("category",))),
        ({"titles": {"en": "A", "zh": "一"}}, {"titles": {"en": "A", "zh": "二"}}, ("text", ("titles",))),
    ],
)
def test_changed_texts_are_changes_of_their_own_kinds(
    before: dict[str, Any], after: dict[str, Any], change: tuple[str, tuple[str, ...]]
) -> None:
    assert kinds(row("a", **before), row("a", **after)) == [change]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": "A  talk "}, {"title": "A talk"}),
        ({"speakers": ("Ada", "Grace")}, {"speakers": ("Grace", "Ada")}),
        ({"description": "One.\n\nTwo."}, {"description": "One. Two.\n"}),
        ({"description": ""}, {"description": None}),
        ({"category": "talk", "category_name": "Talk"}, {"category": "track-1", "category_name": "Talk"}),
        ({"titles": {"en": "A", "zh": "一"}}, {"titles": {"en": "A"}}),
        ({"titles": {"en": "A", "zh": "一  二"}}, {"titles": {"en": "A", "zh": "一 二"}}),
        ({"category": "talk", "category_name": "Talk"}, {"category": "talk", "category_name": "Talks"}),
    ],
)
def test_what_means_the_same_is_no_change(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert kinds(row("a", **before), row("a", **after)) == []


@pytest.mark.parametrize(("before", "after"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_change_is_of_the_agenda_if_either_state_is(before: bool, after: bool) -> None:
    (change,) = compare([row("a", in_agenda=before)], [row("a", description="x", in_agenda=after)])
    assert change.in_agenda is (before or after)
    assert [change.in_agenda for change in compare([row("a", in_agenda=before)], [])] == [before]
    assert [change.in_agenda for change in compare([], [row("a", in_agenda=after)])] == [after]


def test_an_id_alone_does_not_make_another_talk_the_same() -> None:
    before = row("7", slot("09:00", "10:00"), title="Engines", speakers=("Ada",))
    after = row("7", slot("14:00", "15:00"), title="Boats", speakers=("Bob",))
    assert kinds(before, after) == [("missing", ()), ("new", ())]


def test_a_session_that_changes_in_several_ways_has_several_changes() -> None:
    before = row("a", slot(), title="A", speakers=("Ada",), description="x", guid="g")
    after = row("a", slot(day=NEXT), title="B", speakers=("Grace",), description="y", guid="g")
    assert [kind for kind, _fields in kinds(before, after)] == ["moved", "renamed", "speakers", "text"]


def test_a_changed_title_in_the_own_language_is_reported_once() -> None:
    before = row("a", title="A", titles={"en": "A", "zh": "一"})
    assert kinds(before, row("a", title="B", titles={"en": "B", "zh": "一"})) == [("renamed", ("title",))]
    assert kinds(before, row("a", title="B", titles={"en": "B", "zh": "二"})) == [
        ("renamed", ("title",)),
        ("text", ("titles",)),
    ]
    assert kinds(before, row("a", title="A", titles={"en": "B", "zh": "一"})) == [("text", ("titles",))]
    assert kinds(before, row("a", title="B", titles={"en": "C", "zh": "一"})) == [
        ("renamed", ("title",)),
        ("text", ("titles",)),
    ]


def test_changes_of_one_kind_come_by_the_first_slot_and_at_one_time_by_id() -> None:
    nine, ten, eleven = slot("09:00", "10:00"), slot("10:00", "11:00"), slot("11:00", "12:00")
    tomorrow = slot("08:00", "09:00", day=NEXT)
    held = [row("b", eleven), row("a", eleven), row("c", nine, tomorrow), row("d", tomorrow), row("z", ten)]
    held += [row("u", slot(day=NEXT)), row("y", slot())]
    assert [change.session.id for change in compare([], held)] == ["y", "c", "z", "a", "b", "u", "d"]


def test_changes_come_by_kind_and_then_by_time() -> None:
    before = [row("gone"), row("late", slot("11:00", "12:00")), row("early", slot("09:00", "10:00"))]
    after = [row("late", slot("12:00", "13:00")), row("early", slot("10:00", "11:00")), row("new")]
    assert [(change.kind, change.session.id) for change in compare(before, after)] == [
        ("moved", "early"), ("moved", "late"), ("missing", "gone"), ("new", "new"),
    ]  # fmt: skip


# Which session is which


def test_the_id_decides_whatever_the_title() -> None:
    before = [row("a", title="One"), row("b", title="Two")]
    after = [row("a", title="Two"), row("b", title="One")]
    assert pairs(before, after) == {("a", "a"), ("b", "b")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"title": "Ａ　Talk"}, {"title": "a talk"}),
        (
            {"title": "One", "url": "https://conf.example/1"},
            {"title": "Two", "url": "https://conf.example/1"},
        ),
    ],
    ids=["title", "address"],
)
def test_without_a_common_id_title_or_url_decide(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert pairs([row("a", **before)], [row("b", **after)]) == {("a", "b")}


def test_sessions_with_the_same_title_are_matched_by_time() -> None:
    before = [
        row("a", slot("09:00", "10:00"), title="Lunch"),
        row("b", slot("11:00", "12:00"), title="Lunch"),
    ]
    after = [row("1", slot("11:00", "12:00"), title="Lunch"), row("2", slot("09:00", "10:00"), title="Lunch")]
    assert compare(before, after) == []


def test_an_ambiguous_session_is_not_matched() -> None:
    before = [row("a", title="Lunch"), row("b", title="Lunch")]
    after = [row("1", slot(day=NEXT), title="Lunch"), row("2", slot(day=NEXT), title="Lunch")]
    assert pairs(before, after) == {("a", ""), ("b", ""), ("", "1"), ("", "2")}


def test_a_session_is_in_the_agenda_by_either_of_its_ids() -> None:
    before, after = row("a", title="Talk", in_agenda=True), row("b", slot(day=NEXT), title="Talk")
    assert [change.in_agenda for change in compare([before], [after])] == [True]
    assert [change.in_agenda for change in compare([after], [row("b")._replace(title="Talk")])] == [False]


# Whatever the schedules


def rows(content: dict[str, Any]) -> list[SessionRow]:
    catalog = temporary_catalog(Parsed.of(Schedule.model_validate_json(json.dumps(content))))
    try:
        return catalog.sessions()
    finally:
        catalog.close()


@settings(deadline=None, max_examples=examples(250))
@given(schedules())
def test_a_schedule_does_not_differ_from_itself(content: dict[str, Any]) -> None:
    sessions = rows(content)
    assert compare(sessions, sessions) == []
    assert compare(sessions, reversed(sessions)) == []
    assert {change.kind for change in compare([], sessions)} <= {"new"}


@settings(deadline=None, max_examples=examples(250))
@given(schedules(), schedules())
def test_every_session_is_changed_or_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    before, after = rows(one), rows(other)
    found = compare(before, after)
    back = compare(after, before)
    assert len(found) == len(back)
    swapped = {"new": "missing", "missing": "new"}
    assert sorted(swapped.get(change.kind, change.kind) for change in found) == sorted(
        change.kind for change in back
    )
    assert [KINDS.index(change.kind) for change in found] == sorted(KINDS.index(c.kind) for c in found)
    new = [change.after for change in found if change.kind == "new"]
    same = len(after) - len(new)
    assert same == len(before) - sum(change.kind == "missing" for change in found)


@settings(deadline=None, max_examples=examples(250))
@given(schedules(), st.randoms(use_true_random=False))
def test_other_ids_alone_are_no_change(content: dict[str, Any], random: Any) -> None:
    before = rows(content)
    after = [session._replace(id=f"other-{number}") for number, session in enumerate(before)]
    random.shuffle(after)
    assert compare(before, after) == []


def test_a_change_names_the_session_as_it_was_last() -> None:
    gone: Change = compare([row("a")], [])[0]
    assert (gone.session.id, gone.before, gone.after) == ("a", row("a"), None)


def test_two_states_of_a_real_document() -> None:
    at_nine = timed(DAY, f"{DAY}T09:00:00+02:00", f"{DAY}T10:00:00+02:00", room="A")
    at_ten = timed(DAY, f"{DAY}T10:00:00+02:00", f"{DAY}T11:00:00+02:00", room="A")
    before, after = rows(document(session("a", at_nine))), rows(document(session("a", at_ten)))
    (change,) = compare(before, after)
    assert (change.kind, change.fields) == ("moved", ("times",))


def test_only_sessions_that_the_publisher_lists_are_cancelled() -> None:
    one, other = "0F3D1C5E-0000-4000-8000-00000000000A", "talk@calendar.example"
    before = [row("a", guid=one), row("b", guid=other), row("c", guid="third"), row("d")]
    said = [one.lower(), other.upper(), "", "third"]
    found = compare(before, [row("c", guid="third")], said)
    assert [(change.kind, change.session.id) for change in found] == [
        ("cancelled", "a"), ("missing", "b"), ("missing", "d"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ({"title": "Talk"}, {"title": "A talk"}, "Talk", "A talk"),
        ({"speakers": ("Ada",)}, {"speakers": ("Ada", "Grace")}, "Ada", "Ada, Grace"),
        ({"speakers": ("Ada",)}, {"speakers": ()}, "Ada", None),
        ({"description": "One."}, {"description": "Two."}, None, None),
        ({"url": None}, {"url": "https://conf.example/1"}, None, "https://conf.example/1"),
        ({"language": "en"}, {"language": "de"}, "en", "de"),
        ({"status": "confirmed"}, {"status": "tentative"}, "confirmed", "tentative"),
        ({"category": "a", "category_name": "A"}, {}, "A", None),
        ({"titles": {"en": "A", "zh": "一"}}, {"titles": {"en": "A", "zh": "二"}}, "A / 一", "A / 二"),
        (
            {"language": "en", "url": "https://a.example", "description": "x"},
            {"language": "de", "url": "https://b.example", "description": "y"},
            "en, https://a.example",
            "de, https://b.example",
        ),
    ],
)
@pytest.mark.parametrize("brief", [False, True])
def test_the_texts_of_a_change(
    before: dict[str, Any], after: dict[str, Any], old: str | None, new: str | None, brief: bool
) -> None:
    (change,) = compare([row("a", **before)], [row("a", **after)])
    assert texts(change, brief) == (old, new)


def test_the_texts_of_other_times_and_rooms() -> None:
    one, other = slot("09:00", "10:30", "Hall 1"), slot(room="B", day=NEXT)
    texts_of = [
        texts(change)
        for change in (
            *compare([row("a", one)], [row("a", other)]),
            *compare([row("a", one)], []),
            *compare([], [row("a", one, slot())]),
            *compare([row("a", other, guid="g")], [], ["g"]),
        )
    ]
    assert texts_of == [
        ("2024-05-01 09:00–10:30 Hall 1", "2024-05-02 B"),
        ("2024-05-01 09:00–10:30 Hall 1", None),
        (None, "2024-05-01 09:00–10:30 Hall 1, 2024-05-01"),
        ("2024-05-02 B", None),
    ]


def test_nine_names_are_many_and_eight_are_not() -> None:
    names = "abcdefghi"
    assert not are_many(names[:8], names[:8])
    assert are_many(names, "") and are_many("", names)


def test_brief_text_has_only_the_names_that_differ() -> None:
    names = tuple(f"Name {n}" for n in range(100))
    (change,) = compare([row("a", speakers=names)], [row("a", speakers=(*names[1:], "Ada"))])
    assert texts(change, brief=True) == ("Name 0", "Ada")
    assert texts(change) == (", ".join(names), ", ".join((*names[1:], "Ada")))
    (change,) = compare([row("a", speakers=())], [row("a", speakers=names)])
    assert texts(change, brief=True) == (None, ", ".join(names[:8]) + ", … +92")


def test_brief_text_has_only_the_first_slots() -> None:
    slots = [slot(f"{hour:02}:00", f"{hour:02}:30") for hour in range(10)]
    (change,) = compare([row("a", *slots)], [])
    first = [f"{DAY} {hour:02}:00–{hour:02}:30" for hour in range(10)]
    assert texts(change) == (", ".join(first), None)
    assert texts(change, brief=True) == (", ".join(first[:8]) + ", … +2", None)
    (change,) = compare([row("a", *slots[:9])], [])
    assert texts(change, brief=True) == (", ".join(first[:9]), None)
