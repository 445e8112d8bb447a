"""Sharing an agenda as text, and comparing several."""

import json
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.inside import ask as answer
from tests.inside import look
from tests.schedules import document, session, timed, write

DAY = "2024-05-01"


@pytest.fixture
def mine(ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a schedule with two sessions in the agenda, one of them as maybe, and a hidden one."""
    titles = {"en": "Maps\x1b[2J", "zh": "地图"}
    maps = timed(DAY, f"{DAY}T09:00:00+02:00", f"{DAY}T10:00:00+02:00", room="A")
    days = {"day": DAY}, {"day": "2024-05-02"}
    made = document(session("maps", maps, title=titles), session("expo", *days), session("other", days[0]))
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "plan.json", made)))
    ask("star", "maps")
    ask("star", "expo", "--maybe")
    ask("hide", "other")


ENGLISH = """\
Conf

Wednesday 1 May
Expo · day 1 of 2 · maybe
09:00–10:00 Maps\\x1b[2J · A

Thursday 2 May
Expo · day 2 of 2 · maybe
"""


@pytest.mark.usefixtures("mine")
def test_an_agenda_is_shared_as_plain_text(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert ask("agenda", "share") == (0, ENGLISH, "")
    assert ask("agenda", "share", "-d", "1", "--lang", "zh") == (
        0,
        "Conf\n\n5月1日 星期三\nExpo · 第1天/共2天 · 可能参加\n09:00–10:00 地图 · A\n",
        "",
    )
    file = tmp_path / "agenda.txt"
    assert ask("agenda", "share", "-o", str(file), "--lang", "en") == (0, "", f"wrote {file}\n")
    assert file.read_text("utf-8") == ENGLISH


@pytest.mark.usefixtures("mine")
def test_a_shared_agenda_names_the_zone_of_shifted_times(ask: Asked) -> None:
    shown = ("agenda", "share", "-d", "1", "--timezone", "Asia/Tokyo")
    day = "Wednesday 1 May\nExpo · day 1 of 2 · maybe\n16:00–17:00 Maps\\x1b[2J · A\n"
    assert ask(*shown) == (0, f"Conf\ntimes in Asia/Tokyo\n\n{day}", "")
    assert ask(*shown, "--lang", "zh").out.splitlines()[1] == "时间均为 Asia/Tokyo 时间"


def test_an_empty_agenda_is_not_shared(ask: Asked) -> None:
    assert ask("agenda", "share") == (
        1,
        "",
        "your agenda is empty; add a session with `summit agenda add ID`\n",
    )


def test_several_agendas_are_compared_by_who_has_what(ask: Asked, tmp_path: Path) -> None:
    ask("star", "main-forum", "opening")
    ask("star", "main-forum", "big-data-forum", "--name", "friends")
    (tmp_path / "ids").write_text("opening-ceremony\nbig-data-forum\n")
    file = str(tmp_path / "ids")
    assert [
        (row["whose"], row["id"], row["others"])
        for row in json.loads(ask("agenda", "compare", "friends", file, "--json").out)
    ] == [
        ("both", "opening-ceremony", [file]),
        ("both", "main-forum", ["friends"]),
        ("theirs", "big-data-forum", ["friends", file]),
    ]
    assert ask("agenda", "compare", "friends", file, "-f", "tsv").out.splitlines()[2] == (
        f"theirs\t2022-07-23\tbig-data-forum\t大数据分论坛\tfriends,{file}"
    )
    shown = look(["agenda", "compare", "friends", file, "--color", "never"], columns=200).out
    assert shown == (
        f"●··  your agenda\n·●·  friends\n··●  {file}\n\n"
        "Saturday 23 July\n"
        "  开幕式        ●·●  opening-ceremony\n"
        "  主论坛        ●●·  main-forum\n"
        "  大数据分论坛  ·●●  big-data-forum\n"
    )


@pytest.mark.usefixtures("warm")
def test_standard_input_is_read_once() -> None:
    words = ["agenda", "compare", "-", "-", "--fields", "whose,id,others"]
    assert answer(words, stdin=b"main-forum\n").out == "theirs\tmain-forum\t-\n"
