"""The colours of categories: those of the source, hues for the rest, all with enough contrast."""

from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.colors import BASIC, HUES, assign_colors, basic_color, visible
from tests.contrast import luminance

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ROUNDING = 0.01
"""The change of luminance that one step of a channel may cause."""


def contrast_with(background: float, color: str) -> float:
    lighter, darker = sorted((background, luminance(color)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_hue_stands_out_from_white_and_from_black_and_stays_as_it_is() -> None:
    assert [hue for hue in HUES if min(contrast_with(0, hue), contrast_with(1, hue)) < 3] == []
    assert [visible(hue) for hue in HUES] == list(HUES)
    assert len(set(HUES)) == len(HUES)


@given(COLORS)
def test_every_colour_of_a_source_is_visible_on_white_and_on_black(color: str) -> None:
    shown = visible(color)
    assert min(contrast_with(0, shown), contrast_with(1, shown)) > 3 - 20 * ROUNDING
    assert visible(shown) == shown or abs(luminance(visible(shown)) - luminance(shown)) < 5 * ROUNDING


def test_white_and_black_themselves_have_the_luminance_that_wcag_gives() -> None:
    assert (luminance("#000000"), round(luminance("#ffffff"), 6), round(luminance("#808080"), 4)) == (
        0, 1, 0.2159,
    )  # fmt: skip


def test_own_colours_are_kept_and_others_get_unused_hues() -> None:
    own = {"b": HUES[0]}
    assert assign_colors("abc", own) == {"a": HUES[1], "b": HUES[0], "c": HUES[2]}


def test_a_hue_similar_to_a_colour_of_the_source_is_assigned_last() -> None:
    near = {"b": "#3d7fe1", "c": "#ffff00"}
    given = assign_colors("abcdefghijkl", near)
    automatic = [given[name] for name in "adefghijkl"]
    assert automatic[:2] == [HUES[1], HUES[2]]
    assert automatic[-3:] == [HUES[0], "#b8860b", "#7b8f2a"]
    assert sorted(automatic) == sorted(HUES)


def test_a_hue_used_by_the_source_is_assigned_only_if_no_other_is_left() -> None:
    own = {"own": HUES[0], "near": "#d9593c"}
    given = assign_colors(["own", "near", *"abcdefghi"], own)
    assert given["i"] == HUES[1]
    assert len(set(given.values())) == len(given)


def test_the_nearest_of_sixteen_colours_that_is_visible_everywhere() -> None:
    pairs = {"#ff0000": "red", "#00ff00": "green", "#00ffff": "cyan", "#0000ff": "bright_blue",
             "#ff00ff": "magenta", "#ffa500": "red", "#ff0080": "magenta"}  # fmt: skip
    assert {color: basic_color(color) for color in pairs} == pairs
    assert {basic_color(hue) for hue in HUES} == set(BASIC)


def test_hues_repeat_when_all_are_used() -> None:
    names = [f"c{number}" for number in range(len(HUES) + 1)]
    assert assign_colors(names, {})[names[-1]] == HUES[0]
    assert assign_colors("ab", {"a": "#000000"}) == {"a": "#000000", "b": HUES[0]}
