"""The marks in a day with times: now, the past, categories, speakers, conflicts."""

from pathlib import Path

import pytest

from tests.cli import timed_screens
from tests.conftest import STYLE, Asked
from tests.inside import look
from tests.schedules import write

NOW_LINE = "▸ {clock} now ╌"


@pytest.fixture(autouse=True)
def schedule(warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "timed.json", timed_screens.conference())))


def beginnings(line: str, width: int = 80) -> list[str]:
    """Return the beginnings of the lines of sessions, and of the line for now."""
    lines = STYLE.sub("", look(line.split(), width).out).splitlines()
    return [text.split("–")[0].strip("★! ") for text in lines if "–" in text or "╌" in text]


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2024-05-31T08:00", ["now", "09:00", "09:30", "10:00", "00:30"]),
        ("2024-05-31T09:00", ["09:00", "now", "09:30", "10:00", "00:30"]),
        ("2024-05-31T10:00", ["09:00", "09:30", "10:00", "now", "00:30"]),
        ("2024-06-01T10:15", ["09:00", "09:30", "10:00", "00:30"]),
        ("2024-05-30T10:15", ["09:00", "09:30", "10:00", "00:30"]),
    ],
)
def test_the_line_for_now_is_above_what_is_to_come(at: str, shown: list[str]) -> None:
    found = beginnings(f"day 1 --at {at}")
    assert ["now" if "now" in text else text for text in found] == shown
    assert [text[:11] for text in found if "now" in text] == [f"▸ {at[11:]} now"] * shown.count("now")


def test_the_line_for_now_is_last_on_a_day_that_is_over() -> None:
    assert [text[:11] for text in beginnings("day 2 --at 2024-06-01T20:00")] == [
        "10:00", "16:00", "▸ 20:00 now",
    ]  # fmt: skip


def test_the_line_for_now_is_once_in_a_list_of_all_days() -> None:
    found = beginnings("list --at 2024-06-01T12:30")
    assert [text[:11] for text in found] == [
        "09:00", "09:30", "10:00", "00:30", "10:00", "▸ 12:30 now", "16:00",
    ]  # fmt: skip


def test_only_what_has_ended_today_is_dimmed() -> None:
    def dimmed(line: str) -> list[str]:
        screen = look(["--lang", "en", "--color", "always", *line.split()], 160).out
        titles = ("Opening", "Clear programs", "Soldering", "Looking at stars")
        return [title for title in titles if f"\x1b[2m{title}" in screen]

    assert dimmed("day 1 --at 2024-05-31T10:29") == ["Opening"]
    assert dimmed("day 1 --at 2024-05-31T10:30") == ["Opening", "Clear programs"]
    assert dimmed("day 1 --at 2024-06-01T10:30") == []


def test_clashing_sessions_of_the_agenda_have_a_sign_that_is_explained(ask: Asked) -> None:
    ask("agenda", "add", "clear", "soldering", "stars")
    for line in ("day 1", "list", "agenda", "now --at 2024-05-31T10:15"):
        screen = STYLE.sub("", look([*line.split(), "--color", "never"], 120).out)
        assert [text[:2] for text in screen.splitlines() if text.startswith("★")][:2] == ["★!", "★!"], line
        assert "! conflict in your agenda" in screen
    ask("agenda", "remove", "soldering")
    screen = STYLE.sub("", look(["day", "1"], 120).out)
    assert ("★ 09:30" in screen, "!" in screen) == (True, False)


def test_wider_screens_show_more() -> None:
    screens = [STYLE.sub("", look(["day", "1"], width).out) for width in (60, 80, 160)]
    assert ["╸ Talk" in screen for screen in screens] == [True, True, True]
    assert ["Ada Lovelace, Grace Hopper" in screen for screen in screens] == [False, False, True]


def test_a_category_has_its_colour() -> None:
    screen = look(["day", "1", "--color", "always"], 80).out
    assert len({text.split("╸")[0][-12:] for text in screen.splitlines() if "╸" in text}) == 2


def test_an_id_beside_a_room_is_in_brackets() -> None:
    assert "Lab" in look(["day", "1"], 120).out
    assert "[soldering]" in STYLE.sub("", look(["day", "1"], 120).out)
