"""What can be filtered by, and how."""

from summitcli.catalog.conditions import Query
from summitcli.tui.filter_screen import choices, is_chosen, summary, toggled
from summitcli.tui.view import View
from tests.tui.browsing import HARBOUR, browser


def test_everything_to_filter_by_is_a_choice() -> None:
    programme = browser(schedule=HARBOUR, lang="en").programme
    found = {choice.name for choice in choices(programme)}
    assert {"Speicher", "Technik", "Ada Brandt", "de"} <= found
    keys = [choice.key for choice in choices(browser(lang="zh").programme)]
    assert any("parallel forums" in key and "分论坛" in key for key in keys)


def test_a_choice_is_added_and_removed() -> None:
    programme = browser(schedule=HARBOUR).programme
    room = next(choice for choice in choices(programme) if choice.name == "Speicher")
    mine = next(choice for choice in choices(programme) if choice.field == "only_mine")
    view = toggled(toggled(View("2024-10-26"), room), mine)
    assert view.query == Query(rooms=("Speicher",)) and view.only_mine
    assert is_chosen(view, room) and is_chosen(view, mine) and view.is_filtered
    assert toggled(toggled(view, room), mine) == View("2024-10-26")


def test_the_summary_names_every_filter() -> None:
    programme = browser(schedule=HARBOUR, lang="en").programme
    query = Query(rooms=("Hof",), languages=("de",), from_minute=600, to_minute=1500)
    view = View("2024-10-26", query=query, only_mine=True, only_free=True)
    assert summary(programme, view) == "Hof, de, your agenda, free time, 10:00–01:00"
    assert summary(programme, View("2024-10-26")) == ""
