"""The table of keys."""

import re

import pytest

from summitcli.i18n import using_language
from summitcli.render.widths import shown_width
from summitcli.tui import keys
from summitcli.tui.app import Browser


def test_every_key_has_an_action() -> None:
    for _heading, entries in keys.groups():
        for key in entries:
            name = key.action.partition("(")[0]
            assert hasattr(Browser, f"action_{name}"), key


def test_no_key_has_two_actions() -> None:
    names = [name for _heading, entries in keys.groups() for key in entries for name in key.keys.split(",")]
    assert len(names) == len(set(names))
    assert len(keys.bindings()) >= len(names) - 20


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_key_bar_has_as_many_keys_as_fit(language: str) -> None:
    with using_language(language):
        narrow, wide = keys.key_bar(30), keys.key_bar(200)
    assert "[b]?[/b]" in narrow and "[b]q[/b]" in narrow and "[b]n[/b]" not in narrow
    assert wide.count("@click") == 13


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "shown"), [(60, "Enter / Space ? q"), (80, "n Enter v / a Space ? q")])
def test_what_everybody_needs_is_in_the_key_bar_of_small_terminals(
    language: str, width: int, shown: str
) -> None:
    with using_language(language):
        bar = keys.key_bar(width)
    assert set(shown.split()) <= set(re.findall(r"\[b\](.+?)\[/b\]", bar))
    plain = re.sub(r"\[[^\]]*\]", "", bar)
    assert shown_width(plain) <= width
