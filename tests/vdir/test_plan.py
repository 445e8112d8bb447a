"""Deciding what to do with the files of a vdir."""

import pytest

from summitcli.rows import SlotRow
from summitcli.vdir.folder import Contents, EventFile, digest
from summitcli.vdir.plan import Event, plan
from summitcli.vdir.record import Written

MINE, FRIENDS = "conf/default", "conf/friends"


def data(uid: str, title: str = "Opening") -> bytes:
    return f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nEND:VEVENT\n".encode()


def event(uid: str, title: str = "Opening") -> Event:
    return Event(uid, title, data(uid, title))


def contents(**files: EventFile) -> Contents:
    """Return the contents of a vdir with the given files, by UID."""
    return Contents(
        {uid: [file] for uid, file in files.items()}, frozenset(file.name for file in files.values())
    )


def written(*data: bytes, agenda: str = MINE, is_pending: bool = False) -> Written:
    return Written(agenda, "Opening", tuple(map(digest, data)), is_pending)


A = data("a")
OLD, NEW = digest(A), digest(data("a", "Moved"))


def test_an_event_of_another_agenda_counts_as_unchanged() -> None:
    record = {"a": written(A, agenda=FRIENDS)}
    found = plan(contents(a=EventFile("a.ics", A)), record, [event("a", "Moved"), event("b")], MINE, False)
    assert [step.action for step in found.steps] == ["add"]
    assert found.unchanged == 1
    assert found.after == {**record, "b": Written(MINE, "Opening", (digest(data("b")),))}
    assert found.before == {**record, "b": Written(MINE, "Opening", (digest(data("b")),), is_pending=True)}


def test_an_event_that_another_agenda_has_deleted_is_written() -> None:
    found = plan(contents(), {"a": written(A, agenda=FRIENDS)}, [event("a")], MINE, False)
    assert [(step.action, step.file, step.old) for step in found.steps] == [("add", "a.ics", "")]
    assert found.after == {"a": Written(MINE, "Opening", (OLD,))}


def test_a_change_records_both_states_until_it_is_done() -> None:
    found = plan(contents(a=EventFile("x.ics", A)), {"a": written(A)}, [event("a", "Moved")], MINE, False)
    assert found.steps == (("change", "a", "Moved", "x.ics", data("a", "Moved"), OLD, False, (), None, b""),)
    assert found.before == {"a": Written(MINE, "Moved", (OLD, NEW), is_pending=True)}
    assert found.after == {"a": Written(MINE, "Moved", (NEW,))}
    assert found.unchanged == 0


def test_new_events_have_names_that_differ_in_more_than_case() -> None:
    found = plan(Contents({}, frozenset()), {}, [event("a@b"), event("A@b")], MINE, False)
    assert [len(step.file) for step in found.steps] == [len("a@b.ics"), 36]


@pytest.mark.parametrize("force", [False, True])
def test_of_several_files_with_an_event_the_first_is_changed_if_forced(force: bool) -> None:
    files = Contents({"a": [EventFile("1.ics", A), EventFile("2.ics", A)]}, frozenset({"1.ics", "2.ics"}))
    found = plan(files, {"a": written(A)}, [event("a")], MINE, force)
    assert [(step.action, step.file) for step in found.steps] == [("change" if force else "edited", "1.ics")]
    found = plan(files, {"a": written(A)}, [], MINE, force)
    assert [(step.action, step.file) for step in found.steps] == [("edited", "1.ics")]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_with_other_events_is_left_as_it_is(force: bool) -> None:
    files = contents(a=EventFile("1.ics", A, is_shared=True))
    for record in ({}, {"a": written(A)}):
        for events in ([event("a")], [event("a", "Moved")]):
            found = plan(files, record, events, MINE, force)
            assert [(step.action, step.title, step.file) for step in found.steps] == [
                ("shared", events[0].title, "1.ics")
            ]
            assert found.after == found.before == record
    found = plan(files, {"a": written(A)}, [], MINE, force)
    assert [(step.action, step.title, step.file) for step in found.steps] == [("shared", "Opening", "1.ics")]
    assert found.after == {"a": written(A)}


def test_each_step_has_the_slots_of_its_event() -> None:
    slots = (SlotRow("2024-05-01", None, None, True, "Hall"),)
    events = [event(uid)._replace(slots=slots, pick="maybe") for uid in "abcde"]
    files = contents(
        a=EventFile("a.ics", data("a", "Old")),
        b=EventFile("b.ics", data("b", "Mine")),
        c=EventFile("c.ics", data("c"), is_shared=True),
        d=EventFile("d.ics", data("d", "Theirs")),
    )
    record = {"a": written(data("a", "Old")), "b": written(data("b")), "e": written(data("e"))}
    steps = plan(files, record, events, MINE, False).steps
    assert [(step.action, step.slots, step.pick) for step in steps] == [
        (action, slots, "maybe") for action in ("change", "edited", "shared", "foreign", "deleted")
    ]
    [step] = plan(contents(c=files.events["c"][0]), {"c": written(data("c"))}, [], MINE, False).steps
    assert (step.action, step.present, step.slots) == ("shared", data("c"), ())


def test_a_change_of_an_edited_event_is_told_once_and_made_if_the_edit_is_undone() -> None:
    files, moved = contents(a=EventFile("a.ics", data("a", "Mine"))), event("a", "Moved")
    [step] = plan(files, {"a": written(A)}, [event("a")], MINE, False).steps
    assert (step.action, step.is_outdated) == ("edited", False)
    found = plan(files, {"a": written(A)}, [moved], MINE, False)
    assert [(step.action, step.title, step.is_outdated) for step in found.steps] == [
        ("edited", "Moved", True)
    ]
    assert found.after == {"a": Written(MINE, "Moved", (OLD, NEW))}
    [step] = plan(files, found.after, [moved], MINE, False).steps
    assert (step.action, step.is_outdated) == ("edited", False)
    [step] = plan(contents(a=EventFile("a.ics", A)), found.after, [moved], MINE, False).steps
    assert (step.action, step.old) == ("change", OLD)


def test_an_event_that_leaves_the_agenda_is_removed_if_it_is_as_it_was_written() -> None:
    files = contents(a=EventFile("a.ics", A), b=EventFile("b.ics", data("b", "Mine")))
    record = {"a": written(A), "b": written(data("b")), "c": written(data("c"))}
    found = plan(files, record, [], MINE, False)
    assert found.steps == (
        ("remove", "a", "Opening", "a.ics", b"", OLD, False, (), None, A),
        ("edited", "b", "Opening", "b.ics", b"", "", False, (), None, data("b", "Mine")),
    )
    assert found.before == record | {"a": written(A, is_pending=True)}
    assert found.after == {"b": written(data("b"))}
    assert [step.action for step in plan(files, record, [], MINE, True).steps] == ["remove", "remove"]
