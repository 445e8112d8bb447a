"""The labels of sessions, sorted by what the titles of their categories say."""

import pytest

from summitcli.formats.platforms.labels import Labels, Purpose, purpose_of


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("Track", Purpose.TRACK), ("Topics", Purpose.TRACK), ("Kategorie", Purpose.TRACK),
        ("主题", Purpose.TRACK), ("Level", Purpose.LEVEL), ("Audience level", Purpose.LEVEL),
        ("Level of the track", Purpose.LEVEL), ("难度", Purpose.LEVEL), ("Language", Purpose.LANGUAGE),
        ("Sprache", Purpose.LANGUAGE), ("Session format", Purpose.TYPE), ("Session Type", Purpose.TYPE),
        ("Tags", Purpose.TAG), ("Soundtracks", Purpose.TAG), ("", Purpose.TAG),
    ],
)  # fmt: skip
def test_the_title_of_a_category_tells_what_its_labels_are(title: str, purpose: Purpose) -> None:
    assert purpose_of(title) is purpose


def test_a_second_label_of_a_kind_is_a_tag() -> None:
    labels = [
        (Purpose.TAG, "a"), (Purpose.TRACK, "b"), (Purpose.TRACK, "c"), (Purpose.TYPE, "d"),
        (Purpose.TYPE, "e"), (Purpose.LEVEL, "f"), (Purpose.LEVEL, "g"), (Purpose.LANGUAGE, "de"),
        (Purpose.LANGUAGE, "en"),
    ]  # fmt: skip
    assert Labels.of(labels) == Labels("b", "d", "f", "de, en", ("c", "e", "g", "a"))


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ([], Labels(track="Web")),
        ([(Purpose.TRACK, "Web")], Labels(track="Web")),
        ([(Purpose.TRACK, "Data")], Labels(track="Data", tags=("Web",))),
        ([(Purpose.LEVEL, "Web")], Labels(level="Web")),
    ],
)
def test_the_group_of_a_session_is_its_track_unless_it_is_one_of_its_labels(
    labels: list[tuple[Purpose, str]], found: Labels
) -> None:
    assert Labels.of(labels, "Web") == found
