"""Tests for the links of sessions: what they lead to."""

import pytest

from summitcli.formats.draft import DraftLink
from summitcli.model import Link, Text
from tests.formats.drafts import event, session


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("stream", "stream"), ("Livestream", "stream"), ("live", "stream"), ("video", "recording"),
        ("recording", "recording"), (" Presentation ", "slides"), ("slide", "slides"), ("paper", "paper"),
        ("other", None), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_common_kinds_of_links_have_one_name(kind: str, made: str | None) -> None:
    one = event("23T09:00", "23T10:00", links=(DraftLink("https://a.example/", "A", kind),))
    assert session(one).links == (Link(url="https://a.example/", title="A", kind=made),)


def test_a_session_has_a_level_tags_and_a_feedback_page() -> None:
    one = event(
        "23T09:00",
        "23T10:00",
        level=" <b>Beginner</b> ",
        tags=("Data", " ", "data", "Data", "R&amp;D"),
        feedback_url="talk/1/feedback",
    )
    made = session(one._replace(tags=one.tags[:4]), base_url="https://conf.example/")
    assert (made.level, made.tags, made.feedback_url) == (
        "Beginner",
        ("Data", "data"),
        "https://conf.example/talk/1/feedback",
    )


def test_long_texts_are_in_several_languages() -> None:
    one = event(
        "23T09:00",
        "23T10:00",
        abstract="Short.",
        abstracts={"en": "Short.", "zh": "短。"},
        description="ignored",
        descriptions={"en": "<ul><li>Long</li></ul>", "de": " "},
    )
    made = session(one, language="en")
    assert (made.abstract, made.description) == (Text({"en": "Short.", "zh": "短。"}), Text("- Long"))
