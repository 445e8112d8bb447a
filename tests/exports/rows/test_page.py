"""Sessions of a catalog as a page, with the details of both sessions and speakers."""

import pytest

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
