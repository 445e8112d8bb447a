"""Tests for language tags as publishers write them."""

from collections import Counter

import pytest

from summitcli.formats.assembly.languages import own, spoken, tag


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "de": "de", "DE": "de", " en ": "en", "pt_br": "pt-BR", "zh-hans-cn": "zh-Hans-CN",
        "de_DE.UTF-8": "de-DE", "German": None, "": None, "d": None, "中文": None,
        "de-": None, "en,de": None, "und": "und",
    }.items(),
)  # fmt: skip
def test_tags_are_normalised_or_none(text: str, made: str | None) -> None:
    assert tag(text) == made


def test_the_stated_language_precedes_those_of_events() -> None:
    assert own("pt_BR", {"en": 2}) == "pt-BR"


@pytest.mark.parametrize(
    ("languages", "made"),
    [
        (("de", "en", "de-AT"), "de"),
        (("German", "German", "en"), "en"),
        (("fr", "de"), "de"),
        (("", "English"), "und"),
        ((), "und"),
        (("de, en", "en"), "en"),
    ],
)
def test_without_a_stated_language_it_is_that_of_most_events(languages: tuple[str, ...], made: str) -> None:
    for order in (languages, languages[::-1]):
        assert own("Deutsch", Counter(order)) == made


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "de": "de", "de, en": "de, en", "de/en": "de, en", "en;de;en": "en, de", "zh-Hans、en": "zh-Hans, en",
        "pt_BR + es": "pt_BR, es", "English": "English", "German, English": "German, English", "de,": "de,",
        " EN ": "EN", "": "", "de or en": "de or en",
    }.items(),
)  # fmt: skip
def test_several_languages_in_one_field_are_separated(text: str, made: str) -> None:
    assert spoken(text) == made
