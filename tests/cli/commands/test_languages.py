"""Texts of a schedule in the reader's language, as docs/schedule-format.md promises."""

import json
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.docs.markdown import blocks
from tests.schedules import write

WORDS = {"en": "What fits between two bars.", "zh": "两道竖线之间放得下什么。"}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the example of the page, in English, with abstracts in two languages; the current schedule."""
    (example,) = blocks("docs/schedule-format.md", "json")
    path = write(tmp_path / "plan.json", json.loads(example.text))
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(path))
    return path


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_descriptions_are_in_the_language_asked_for(ask: Asked, language: str) -> None:
    show = ("show", "small-pipes", "--lang", language)
    description = WORDS[language]
    assert f"\n  {description}\n" in ask(*show, "-f", "table").out
    assert ask(*show, "--fields", "description").out == f"{description}\n"
    assert ask(*show, "-f", "csv", "--fields", "description").out == f"description\r\n{description}\r\n"
    assert ask(*show, "--template", "{description}").out == f"{description}\n"
    export = ("export", "--lang", language)
    page = ask(*export, "-f", "html").out
    assert f'<div>\n<p dir="auto">{description}</p>\n</div>' in page
    assert description in ask(*export, "-f", "ics").out.replace("\r\n ", "")


@pytest.mark.usefixtures("plan")
def test_json_has_the_own_description_and_all_of_them(ask: Asked) -> None:
    for language in ("en", "zh"):
        (session,) = json.loads(ask("show", "small-pipes", "--json", "--lang", language).out)
        assert (session["description"], session["descriptions"]) == (WORDS["en"], WORDS)
        listings = json.loads(ask("list", "--json", "--lang", language).out)
        assert {row["id"]: row["descriptions"] for row in listings if row["descriptions"]} == {
            "small-pipes": WORDS
        }


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("typed", ["竖线", "bars"])
def test_descriptions_are_searched_in_every_language(ask: Asked, typed: str) -> None:
    assert ask("search", "--full", typed, "-f", "ids").out == "small-pipes\n"


def test_changes_are_told_in_the_language_asked_for(ask: Asked, plan: Path, tmp_path: Path) -> None:
    schedule = json.loads(plan.read_text("utf-8"))
    before = str(write(tmp_path / "before.json", schedule))
    pipes = schedule["sessions"][1]
    pipes["slots"][0].update(start="2030-05-10T11:00:00+08:00", end="2030-05-10T11:45:00+08:00")
    schedule["sessions"][0]["title"] = {"en": "Hello", "zh": "你好"}
    ask("agenda", "add", "small-pipes")
    write(plan, schedule)
    moved = "2030-05-10 10:00–10:45 Hall\t2030-05-10 11:00–11:45 Hall"
    diff = ("diff", before, str(plan), "--fields", "id,title,was,now", "--lang", "zh")
    assert ask(*diff).out.splitlines()[:2] == [
        f"small-pipes\t小程序，长管道\t{moved}",
        "welcome\t你好\t开场\t你好",
    ]
    rows = json.loads(ask("diff", before, str(plan), "--json", "--lang", "zh").out)
    assert [row["title"] for row in rows[:2]] == ["Small programs, long pipes", "Hello"]
    said = ask("agenda", "--lang", "zh").err
    for words in ("小程序，长管道", "2030年5月10日 10:00–10:45 Hall", "2030年5月10日 11:00–11:45 Hall"):
        assert words in said


def test_the_log_of_updates_is_drawn_in_the_language_asked_for(
    ask: Asked, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUMMIT_SCHEDULE")
    ask("use", str(plan))
    schedule = json.loads(plan.read_text("utf-8"))
    schedule["sessions"][1]["slots"][0]["room"] = "Studio"
    write(plan, schedule)
    ask("update")
    drawn = ask("update", "--log", "-f", "table", "--lang", "zh").out.splitlines()
    assert [line.strip() for line in drawn[1:]] == [
        "小程序，长管道  时间或会场变动  small-pipes",
        "2030年5月10日 10:00–10:45 Hall → 2030年5月10日 10:00–10:45 Studio",
    ]
