"""The screens of all commands that draw, at 60 to 160 columns, in both languages, with colours."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color

from tests.cli.every_screen import LOCALES, WIDTHS, WORLDS, enter, kept, plain, seen, written
from tests.conftest import STYLE, Terminal
from tests.contrast import luminance
from tests.inside import ask, environment
from tests.published import here, path

STYLES = {"0", "1", "2", "35", "1;35", "2;35", "1;31"}
"""The styles in use: bold, dim, the accent (magenta), and red for conflicts."""

COLOR = re.compile(r"(?:1;)?38;5;(\d+)")
"""A colour of the palette of 256."""

LEAST = 2.7
"""The minimum contrast with white and with black."""


@pytest.fixture
def place(warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change to a directory for the commands."""
    monkeypatch.chdir(tmp_path)


def codes(screen: str) -> set[str]:
    """Return the styles in the output, each with all its attributes."""
    return {style[2:-1] for style in STYLE.findall(screen)}


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("world", WORLDS)
def test_the_screens_of(place: None, world: str, language: str) -> None:
    commands = WORLDS[world].commands
    expected = kept(world, language)
    assert list(expected) == [(words, width) for words in commands for width in sorted(WIDTHS)]
    with environment({"LANG": LOCALES[language]}):
        enter(WORLDS[world])
        shown = {(words, width): plain(seen(words, width)) for words, width in expected}
    assert written(shown) == written(expected)
    for (words, width), screen in shown.items():
        assert [line for line in screen.splitlines() if cell_len(line) > width] == [], words


@pytest.mark.parametrize("world", WORLDS)
def test_colour_carries_no_information_and_is_legible_on_light_and_dark(place: None, world: str) -> None:
    with environment({"LANG": LOCALES["en"]}):
        enter(WORLDS[world])
        for words in WORLDS[world].commands:
            screen = seen(words, 80)
            with environment({"NO_COLOR": "1"}):
                without = seen(words, 80)
            assert (STYLE.sub("", screen), codes(without)) == (without, set()), words
            for code in codes(screen) - STYLES:
                found = COLOR.fullmatch(code)
                assert found, (words, code)
                light = luminance(Color.from_ansi(int(found[1])).get_truecolor().hex)
                assert min((light + 0.05) / 0.05, 1.05 / (light + 0.05)) > LEAST, (words, code)


@pytest.mark.parametrize("words", ["grid", "days"])
def test_a_terminal_of_sixteen_colours_gets_colours_legible_on_light_and_dark(
    terminal: Terminal, words: str
) -> None:
    # In its own process, as Rich caches the codes of a style across terminals.
    sent = codes(terminal(words, styled=True, env={"TERM": "xterm"}))
    assert {code.removeprefix("1;") for code in sent} - {"0", "1", "2", "2;35"} == {
        "31",
        "32",
        "35",
        "36",
        "94",
    }


DURING = {
    "harbour.json": "2024-10-27T00:10",
    "kolkata.xml": "2023-09-10T23:10",
    "fair.ics": "2023-04-15T15:10",
    "xml/debconf23.xml": "2023-09-12T14:25",
    "frab-json/klimacamp2015.json": "2015-08-10T10:30",
    "xml/emf2022.frab.xml": "2022-06-05T00:30",
    "ics/jres2022.ics": "2022-05-18T11:30",
}
"""A moment during each of these conferences."""


@pytest.mark.parametrize("file", here(*DURING))
def test_published_schedules_fit_and_lose_no_session(place: None, file: str) -> None:
    with environment({"SUMMIT_SCHEDULE": str(path(file)), "SUMMIT_NOW": DURING[file], "LANG": LOCALES["en"]}):
        ids = set(ask(["day", "2", "-f", "ids"]).out.split())
        for words in ("", "day 2", "grid 2", "days", "now", "next -n 9", "rooms", "speakers", "categories"):
            for width in WIDTHS:
                screen = plain(seen(words, width))
                assert [line for line in screen.splitlines() if cell_len(line) > width] == [], words
                assert words != "day 2" or ids <= {word.strip("[]") for word in screen.split()}
