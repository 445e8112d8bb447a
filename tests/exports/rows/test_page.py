"""Sessions of a catalog as a page, with the details of both sessions and speakers."""

import pytest

from summitcli.exports.rows import page
from tests.conftest import Asked
from tests.published import DATA


@pytest.mark.parametrize("words", [["export"], ["search", "tides"], ["show", "tide01"]], ids=str)
def test_the_page_has_what_the_schedule_says_about_sessions_and_speakers(
    ask: Asked, words: list[str]
) -> None:
    made = ask(*words, "--schedule", str(DATA / "island.json"), "-f", "html").out
    assert '<a href="https://live.example/pier" rel="noopener">Stream: Pier, live</a>' in made
    assert made.count("Keeps lighthouses running.") == 1
    assert '<a href="https://mo.example/" rel="noopener">https://mo.example/</a>' in made
    assert '<h3 dir="auto">Ada Berg</h3>' in made


def test_a_page_without_details_has_no_speakers(ask: Asked) -> None:
    assert "about.speakers" not in ask("export", "-d", "1", "-f", "html").out


@pytest.mark.parametrize(("maximum", "has_calendar"), [(21, True), (20, False)])
def test_the_calendar_of_very_many_sessions_is_left_out(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, maximum: int, has_calendar: bool
) -> None:
    monkeypatch.setattr(page, "MAX_IN_CALENDAR", maximum)
    made = ask("export", "-d", "2", "-f", "html").out
    assert ("data:text/calendar" in made, made.count("<article")) == (has_calendar, 21)
