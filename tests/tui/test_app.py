"""The keys of the browser."""

import json
import os
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from summitcli.agenda import store
from summitcli.agenda.place import path_of
from summitcli.catalog.conditions import Query
from summitcli.rows import Listing
from summitcli.tui import app as app_module
from summitcli.tui.app import Browser
from summitcli.tui.commands import Said
from tests.conftest import Asked
from tests.schedules import document, session, timed, write
from tests.tui.browsing import (
    HARBOUR,
    SCREENS,
    browse,
    browser,
    clashing,
    drawn,
    kinds,
    press,
    screen,
    settled,
    write_schedules,
)

CONFERENCE = "digital-china-summit-5"


def marks(conference: str = CONFERENCE) -> dict[str, str]:
    """Return the marks in the agenda on the disk, by session ID."""
    return {pick.id: pick.pick for pick in store.load(conference).picks}


@pytest.mark.parametrize(("name", "common", "keys"), list(kinds()), ids=lambda value: str(value)[:20])
def test_screens_are_as_held(
    name: str,
    common: dict[str, str],
    keys: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMIT_DATA", str(tmp_path / "data"))
    write_schedules()
    assert drawn(common, keys) == (SCREENS / f"{name}.txt").read_text("utf-8")


def test_a_days_work(ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("clash.json"), clashing())

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "slash", *"secnd")
        assert app.listing is not None and app.listing.id == "second"
        await press(pilot, "enter")
        await press(pilot, "space", "k", "space", "a")
        assert app.view.scope == "agenda" and app.list_pane.length == 2
        await press(pilot, "c")
        assert ids_of(app) == ["first", "second"]
        await press(pilot, "j", "m")
        # What may be attended conflicts with nothing.
        assert ids_of(app) == []
        await press(pilot, "escape", "j", "j", "x")
        assert app.list_pane.length == 2

    browse(steps, browser(schedule="clash.json", at="2024-04-01"))
    assert marks("conf") == {"second": "maybe", "first": "yes", "third": "hidden"}
    status, out, _err = ask("agenda", "--schedule", "clash.json", "-f", "ids")
    assert (status, out.split()) == (0, ["first", "second"])


def test_marks_toggle_and_are_undone_on_the_disk() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "space")
        assert marks() == {"opening-ceremony": "yes"}
        await press(pilot, "m")
        assert marks() == {"opening-ceremony": "maybe"}
        await press(pilot, "m")
        assert marks() == {}
        await press(pilot, "u")
        assert marks() == {"opening-ceremony": "maybe"}
        await press(pilot, "u", "u", "u")
        assert marks() == {}
        assert "nothing to undo" in status(app)

    browse(steps)


def rows_of(app: Browser) -> list[Listing]:
    """Return the rows of the list."""
    rows = (app.list_pane.row(index) for index in range(app.list_pane.length))
    return [row for row in rows if row is not None]


def ids_of(app: Browser) -> list[str]:
    """Return the IDs of the rows of the list."""
    return [row.id for row in rows_of(app)]


def status(app: Browser) -> str:
    """Return the text of the status line."""
    return str(app.query_one("#status").render())


def test_hidden_sessions_are_shown_when_asked_for() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "x")
        assert app.list_pane.length == 22
        await press(pilot, "X")
        assert app.list_pane.length == 23 and "hidden sessions shown" in status(app)

    browse(steps)


def test_days_are_reached_by_number_arrow_and_click() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "3")
        assert app.view.day == "2022-07-25"
        await press(pilot, "right", "l", "l")
        assert app.view.day == "2022-07-26"
        await press(pilot, "h")
        assert app.view.day == "2022-07-25"
        await pilot.click("DayBar", offset=(5, 0))
        assert app.view.day == "2022-07-23"

    browse(steps)


def test_the_mouse_moves_the_cursor_and_opens_details() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await pilot.click("#list", offset=(8, 4))
        assert app.listing is not None and app.listing.id == "big-data-forum"
        await pilot.double_click("#list", offset=(8, 5))
        await settled(pilot)
        assert app.focused and app.focused.id == "details"
        await press(pilot, "escape")
        assert app.focused.id == "list"

    browse(steps)


def test_now_goes_to_the_session_in_progress() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "2", "n")
        assert app.listing is not None and app.listing.id == "loeten"

    browse(steps, browser(schedule=HARBOUR, at="2024-10-26T12:00"))


def test_a_search_begins_with_the_text_of_the_command_line_and_escape_ends_it() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        assert app.listing is not None and app.listing.id == "contest-blockchain"
        await press(pilot, "escape")
        assert app.list_pane.length == 23 and not app.search_box.display

    browse(steps, browser(text="qkl"))


def test_a_chinese_search_says_if_nothing_is_in_chinese(tmp_path: Path) -> None:
    path = write(tmp_path / "tea.json", document(session("tea")) | {"categories": []})

    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "slash", *"品茶")

    reason = "0 sessions · this schedule has no Chinese text, only: en"
    assert reason in browse(steps, browser(schedule=str(path)))

    async def more(pilot: Pilot[None], app: Browser) -> None:
        await steps(pilot, app)
        await press(pilot, *["backspace"] * 2, *"te")

    shown = browse(more, browser(schedule=str(path)))
    assert "Tea" in shown and "Chinese" not in shown


def test_pasted_chinese_is_searched_for() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "slash", *"区块链")
        assert app.listing is not None and app.listing.id == "contest-blockchain"
        await press(pilot, *["backspace"] * 3)
        assert app.list_pane.length == 23

    browse(steps)


def test_what_is_typed_at_once_after_the_slash_is_searched_for() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        for character in "/qukuai":
            app.post_message(events.Key("slash" if character == "/" else character, character))
        await settled(pilot)
        await press(pilot, "slash")
        assert app.search_box.value == "qukuai/"

    browse(steps)


def test_filters_are_chosen_by_typing() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "f", *"parallel", "enter", "escape")
        assert app.view.query == Query(categories=("forum",))
        assert app.list_pane.length == 11 and "only: 分论坛" in status(app)
        await press(pilot, "f", "ctrl+u", "escape")
        assert app.list_pane.length == 23

    browse(steps)


def test_only_what_conflicts_with_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "clash.json", clashing())

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "space", "f", *"conflict with nothing", "enter", "escape")
        ids = ids_of(app)
        assert ids == ["first", "third"]

    browse(steps, browser(schedule=str(path)))


def test_own_entries_take_time_in_what_conflicts_with_nothing(ask: Asked, tmp_path: Path) -> None:
    path = str(write(tmp_path / "clash.json", clashing()))
    words = ["Lunch", "-d", "1", "--from", "12:30", "--to", "13:30", "--schedule", path]
    assert ask("agenda", "block", *words)[0] == 0

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "f", *"conflict with nothing", "enter", "escape")
        assert ids_of(app) == ["first", "second"]
        await press(pilot, "f", "ctrl+u", "escape", "end", "space", "c")
        assert ids_of(app) == ["third"]

    browse(steps, browser(schedule=path))


def test_the_grid_moves_between_rooms_and_is_remembered() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "v", "l")
        assert app.listing is not None and app.listing.id == "loeten"
        await press(pilot, "space", "h", "j")
        assert marks(app.call.agenda_key()) == {"loeten": "yes"}

    browse(steps, browser(schedule=HARBOUR))
    again = browser(schedule=HARBOUR)

    async def nothing(_pilot: Pilot[None], _app: Browser) -> None:
        pass

    browse(nothing, again)
    assert again.is_grid


def test_arrows_move_the_cursor_and_not_the_screen() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "down", "down", "up", "down")
        assert app.listing is not None and app.listing.id == "digital-literacy-forum"
        await press(pilot, "pagedown", "end", "home", "down", "space")
        assert marks() == {"main-forum": "yes"}
        await press(pilot, "right")
        assert app.view.day == "2022-07-24"
        await press(pilot, "f", "down", "down", "enter", "escape")
        assert len(app.view.query.categories) == 1

    browse(steps)


def test_arrows_move_the_cursor_of_the_grid() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "v", "down", "right")
        assert app.listing is not None and app.listing.id == "loeten"

    browse(steps, browser(schedule=HARBOUR))


def test_days_in_a_search_are_filters() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "slash", *"周日 论坛")
        assert app.list_pane.length == 11
        assert {row.day for row in rows_of(app)} == {"2022-07-24"}

    browse(steps)


def test_possible_conflicts_are_listed_where_no_times_are_published() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "space", "j", "space", "c")
        assert app.list_pane.length == 2 and "possible conflicts: no times published" in status(app)
        await press(pilot, "escape", "g")

    assert "no times published" in browse(steps)


def test_two_sessions_are_compared() -> None:
    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "d", "j", "d")

    shown = browse(steps, size=(120, 30))
    assert "Opening Ceremony" in shown and "Main Forum" in shown and "opening-ceremony" in shown


def test_texts_are_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(Browser, "copy_to_clipboard", lambda _self, text: copied.append(text))
    monkeypatch.setattr(app_module, "copy", lambda _text: False)

    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "y", "enter")
        await press(pilot, "y", "down", "enter")
        await press(pilot, "y", "down", "down", "enter")

    browse(steps, browser(schedule=HARBOUR))
    assert copied == [
        "anker1",
        "Leinen los! · Saturday 26 October 10:00–10:30 · Speicher",
        "https://hafen.example/2024/talk/ANKER1/",
    ]


def test_the_agenda_is_exported_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(words: list[str], _language: str) -> Said:
        asked.append(words)
        return Said(0, "exported 1 session to agenda.ics")

    monkeypatch.setattr(app_module, "run", run)

    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "e", "enter")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "r")
        await pilot.app.workers.wait_for_complete()

    browse(steps, browser(schedule=HARBOUR))
    assert asked == [
        ["agenda", "export", "-o", "agenda.ics", "--schedule", HARBOUR],
        ["update", "--schedule", HARBOUR],
    ]


def test_the_palette_has_every_command_by_name_in_the_current_language() -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "ctrl+p")
        assert "搜索" in screen(app) and "全部按键" in screen(app)
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    browse(steps, browser(lang="zh"), size=(80, 60))


def test_the_language_changes_for_everything() -> None:
    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "L")

    shown = browse(steps, browser(lang="en"))
    assert shown.startswith(" 7月23日 星期六 · 第五届数字中国建设峰会\n") and " 23 场\n" in shown


def test_a_change_by_another_process_is_shown(ask: Asked) -> None:
    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "a")
        assert app.list_pane.length == 0
        assert ask("star", "big-data-forum")[0] == 0
        app.look_again()
        await settled(pilot)
        assert app.list_pane.length == 1

    browse(steps)


def test_an_update_by_another_process_is_shown(ask: Asked, tmp_path: Path) -> None:
    path = write(tmp_path / "conf.json", document(session("one"), session("two")))
    assert ask("use", str(path), "--name", "conf")[0] == 0

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        assert app.list_pane.length == 2
        write(path, document(session("one"), session("two"), session("three")))
        assert ask("update")[0] == 0
        app.look_again()
        await settled(pilot)
        assert app.list_pane.length == 3

    browse(steps)


def test_a_schedule_that_is_removed_is_said_and_stays_on_the_screen(ask: Asked, tmp_path: Path) -> None:
    path = write(tmp_path / "conf.json", document(session("one"), session("two")))

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        path.unlink()
        app.look_again()
        await press(pilot, "j", "2", "1")
        assert app.is_running

    shown = browse(steps, browser(schedule=str(path)))
    assert "can't read" in shown


def test_an_agenda_that_can_not_be_written_is_said() -> None:
    folder = Path(os.environ["SUMMIT_DATA"], "agendas")
    folder.parent.mkdir(parents=True)
    folder.write_text("a file in place of the directory")

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "space")
        assert app.listing is not None

    shown = browse(steps)
    assert "can't" in shown and "★" not in shown


def test_a_damaged_agenda_is_said_and_kept() -> None:
    place = Path(path_of(CONFERENCE))
    place.parent.mkdir(parents=True)
    place.write_text("{")

    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "space", "j", "a")

    assert "repair" in browse(steps, size=(160, 40))
    assert place.read_text() == "{"


def test_times_of_a_session_are_marked_as_past() -> None:
    past: list[bool] = []

    async def steps(_pilot: Pilot[None], app: Browser) -> None:
        past.extend(app.describe(row).is_past for row in rows_of(app))

    browse(steps, browser(schedule=HARBOUR, at="2024-10-26T12:00"))
    assert past == [True, True, False, False, False]


def test_what_is_remembered_is_a_small_file() -> None:
    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, "v")

    browse(steps)
    held = Path(os.environ["SUMMIT_DATA"], "browse.json")
    assert json.loads(held.read_text()) == {"grid": True, "theme": "terminal"}


def test_long_sessions_and_hostile_texts_are_drawn(tmp_path: Path) -> None:
    slot = timed("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00", room="[b]\x1b[31mX")
    hostile = session(
        "odd", slot, title="[red]\x1b]52;c;x\x07\u202e" + "长" * 300, speakers=["[@click=app.quit]x[/]"]
    )
    path = write(tmp_path / "odd.json", document(hostile))

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "v", "v", "space", "y", "escape", "f", "escape", "d", "slash", *"red", "enter")
        assert app.is_running

    shown = browse(steps, browser(schedule=str(path)))
    assert "\x1b" not in shown and "\u202e" not in shown and "[red]" in shown
