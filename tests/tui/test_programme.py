"""The data of the browser."""

from pathlib import Path

import pytest

from summitcli.catalog.conditions import Query
from summitcli.tui import programme as programme_module
from summitcli.tui.marking import toggle
from summitcli.tui.programme import Programme
from summitcli.tui.view import View
from tests.schedules import document, session, timed, write
from tests.tui.browsing import HARBOUR, browser, clashing


def ids(programme: Programme, view: View) -> list[str]:
    """Return the IDs of a view's rows."""
    rows = programme.rows(view)
    return [rows[index].id for index in range(len(rows))]


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    """Return the data of a schedule with two sessions at one time."""
    return browser(schedule=str(write(tmp_path / "clash.json", clashing()))).programme


def star(programme: Programme, index: int, mark: str = "yes") -> None:
    """Mark a session of the first day."""
    listing = programme.rows(View("2024-05-01"))[index]
    toggle(programme, listing, mark)  # type: ignore[arg-type]
    programme.forget_agenda()


def test_views_of_the_agenda(programme: Programme) -> None:
    day = View("2024-05-01")
    star(programme, 0)
    star(programme, 2, "maybe")
    assert ids(programme, day._replace(scope="agenda")) == ["first", "third"]
    assert ids(programme, day._replace(scope="conflicts")) == []
    assert ids(programme, day._replace(only_free=True)) == ["first", "third"]
    star(programme, 1, "maybe")
    # What may be attended conflicts with nothing, but what it would conflict with is told.
    assert ids(programme, day._replace(scope="conflicts")) == []
    assert [row.id for row in programme.overlapping(programme.rows(day)[1])] == ["first"]
    assert programme.overlapping(programme.rows(day)[0]) == []
    star(programme, 1)
    assert ids(programme, day._replace(scope="conflicts")) == ["first", "second"]
    assert [row.id for row in programme.overlapping(programme.rows(day)[0])] == ["second"]


def test_what_is_beside_a_session(programme: Programme) -> None:
    rows = programme.rows(View("2024-05-01"))
    beside, number = programme.beside(rows[0])
    assert ([row.id for row in beside], number) == (["second"], 1)
    assert programme.beside(rows[2]) == ([], 0)


def test_the_grid_of_very_many_sessions_has_the_first_rooms(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programme_module, "MAX_BLOCKS", 2)
    hours = programme.hours(View("2024-05-01"))
    assert hours is not None and [column.room for column in hours.columns] == ["Hall"]


def test_days_without_times_have_no_hours() -> None:
    programme = browser().programme
    view = View("2022-07-23")
    assert programme.hours(view) is None
    rows = programme.sessions(view)
    assert len(rows) == 38
    assert programme.held_days("cloud-achievements-exhibition") == () or len(rows[0].id) > 0


def test_repeats_are_found_by_their_title(tmp_path: Path) -> None:
    one, two = (
        timed("2024-05-01", f"2024-05-01T{h}:00:00+02:00", f"2024-05-01T{h}:30:00+02:00") for h in (10, 14)
    )
    made = document(session("a", one, title="Same"), session("b", two, title="Same"), session("c", one))
    programme = browser(schedule=str(write(tmp_path / "repeats.json", made))).programme
    first = programme.rows(View("2024-05-01"))[0]
    assert [row.id for row in programme.repeats(first)] == ["b"]


def test_texts_to_copy_and_options() -> None:
    programme = browser(schedule=HARBOUR, lang="en").programme
    row = programme.rows(View("2024-10-27"))[0]
    assert [label for label, _text in programme.copies(row)] == ["ID", "Title and time", "Link"]
    assert programme.options() == ["--schedule", HARBOUR]
    assert Programme(programme.call, "work").options() == ["--schedule", HARBOUR, "--name", "work"]


def test_days_have_the_counts_that_the_filters_leave() -> None:
    programme = browser().programme
    view = View("2022-07-23", query=Query(categories=("forum",)))
    assert [row.sessions for row in programme.days(view)] == [11, 10, 0, 0]
