"""Tests for URLs: kept, completed, or left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly.addresses import LINK_SCHEMES, absolute, is_relative, unswapped
from summitcli.formats.draft import DraftLink

BASE = "https://example.org/2022/schedule/"


@pytest.mark.parametrize(
    ("url", "base", "made"),
    [
        ("https://example.org/x", "", "https://example.org/x"),
        (" HTTP://example.org/x y\n", "", "HTTP://example.org/x%20y"),
        ("talk/1", BASE, "https://example.org/2022/schedule/talk/1"),
        ("/talk/1", BASE, "https://example.org/talk/1"),
        ("//example.com/x", BASE, "https://example.com/x"),
        ("www.example.com/x", BASE, "https://www.example.com/x"),
        ("//example.com/x", "", "https://example.com/x"),
        ("//example.com/x", "http://example.org/", "http://example.com/x"),
        ("github.com/tea/pot", BASE, "https://github.com/tea/pot"),
        ("github.com/tea/pot", "", "https://github.com/tea/pot"),
        ("pot.example", BASE, "https://pot.example"),
        ("Pot.Example?x=1", BASE, "https://Pot.Example?x=1"),
        ("pot.example:8080/x", BASE, "https://pot.example:8080/x"),
        ("docs.rs/serde", BASE, "https://docs.rs/serde"),
        ("slides.pdf", BASE, "https://example.org/2022/schedule/slides.pdf"),
        ("talk.html#top", BASE, "https://example.org/2022/schedule/talk.html#top"),
        ("index.php/talk", BASE, "https://example.org/2022/schedule/index.php/talk"),
        ("README.md", BASE, "https://example.org/2022/schedule/README.md"),
        ("v1.2/talk", BASE, "https://example.org/2022/schedule/v1.2/talk"),
        ("slides.pdf", "", None),
        ("a b.example/x", "", None),
        ("talk/1", "", None),
        ("talk/1", "plan.json", None),
        ("my slides.pdf", BASE, "https://example.org/2022/schedule/my%20slides.pdf"),
        ("no link", BASE, None),
        ("Invitation to be sent.", BASE, None),
        ("Who knows?", BASE, None),
        ("N/A", BASE, None),
        (" - ", BASE, None),
        ("TBA", BASE, None),
        ("", BASE, None),
        ("   ", BASE, None),
        ("http://[bad", BASE, None),
        ("talk/1", "http://[bad", None),
        ("https://", "", None),
        ("https:///x", "", None),
        ("http://example.org:x/", "", None),
        ("http://example.org:99999/", "", None),
        ("javascript:alert(1)", BASE, None),
        ("data:text/html,x", BASE, None),
        ("file:///etc/passwd", "", None),
        ("mailto:ada@example.org", BASE, None),
    ],
)
def test_urls_become_absolute_or_none(url: str, base: str, made: str | None) -> None:
    assert absolute(url, base) == made


@pytest.mark.parametrize("url", ["no link", "n/a", "https://example.org/"])
def test_text_and_absolute_urls_are_not_relative(url: str) -> None:
    assert not is_relative(url)


@pytest.mark.parametrize("url", ["talk/1", "slides.pdf", "my slides.pdf", "talk"])
def test_a_path_is_relative(url: str) -> None:
    assert is_relative(url)


@pytest.mark.parametrize(
    ("link", "made"),
    [
        (("About pots", "https://pots.example/"), ("https://pots.example/", "About pots")),
        (("About pots", "pots.example"), ("About pots", "pots.example")),
        (("a.pdf", "https://pots.example/"), ("a.pdf", "https://pots.example/")),
        (("https://a.example/a b", "https://b.example/"), ("https://a.example/a b", "https://b.example/")),
    ],
)
def test_a_title_that_is_the_only_url_is_swapped(link: tuple[str, str], made: tuple[str, str]) -> None:
    assert unswapped(DraftLink(*link)) == DraftLink(*made)


def test_mailto_is_allowed_in_links_only() -> None:
    assert absolute("mailto:ada@example.org", BASE, LINK_SCHEMES) == "mailto:ada@example.org"
    assert absolute("javascript:alert(1)", BASE, LINK_SCHEMES) is None


@given(st.text(), st.text())
def test_any_text_gives_an_absolute_url_or_none(url: str, base: str) -> None:
    made = absolute(url, base, LINK_SCHEMES)
    assert made is None or made.partition(":")[0].lower() in LINK_SCHEMES
