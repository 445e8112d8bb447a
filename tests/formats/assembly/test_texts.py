"""Tests for texts that were encoded or escaped once too often."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly.texts import DOUBLE_ENCODED, ESCAPED, Encoding, Texts, is_escaped
from summitcli.formats.findings import Findings
from tests.formats.drafts import event, odd


def read(*texts: str) -> list[str]:
    """Return the texts of one schedule, read as titles."""
    encoding = Encoding()
    for text in texts:
        encoding.add(text)
    reader = Texts(encoding.is_double_encoded, Findings())
    return [reader.line(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "Q&amp;A": "Q&A",
        "Don&#39;t &#x27;panic&#X27;": "Don't 'panic'",
        "It&rsquo;s &quot;fine&quot;": 'It’s "fine"',
        "R&D": "R&D",
        "AT&T &amp; friends": "AT&T &amp; friends",
        "x &amp y": "x &amp y",
        "&nosuchthing;": "&nosuchthing;",
        "C++ &lt;chrono&gt; deep dive": "C++ <chrono> deep dive",
        "Less than &lt;3": "Less than <3",
        "tea&nbsp;&nbsp;pot": "tea pot",
        "&amp;amp;": "&amp;",
        "<b>Rock</b> &amp; roll": "Rock & roll",
        "&lt;i&gt;Rock&lt;/i&gt; &amp; roll": "Rock & roll",
    }.items(),
)
def test_an_escaped_title_is_decoded(text: str, made: str) -> None:
    assert read(text) == [made]


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "The <br> tag considered harmful": None,
        "Why <p> beats <div> everywhere": None,
        "<img> and <td>: a history": None,
        "vector<int> & <T>": None,
        "<script>alert(1)</script> in your calendar": None,
        "Using <details> and <summary>": None,
        "</p> considered": None,
        "<b></b> is empty": None,
        "a < b > c": None,
        "I <3 Rust": None,
        "<b>Bold</b> title": "Bold title",
        "<P>One</P><p class='x'>two</p>": "One two",
        "<span style='x'><em>Both</em></span>": "Both",
        "One<br>two<br/>three <br />four": "One two three four",
        "Title<br>": "Title",
    }.items(),
)
def test_only_formatting_tags_are_removed_from_titles(text: str, made: str | None) -> None:
    assert read(text) == [made or text]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("&quot;What&quot; a pot", '"What" a pot'),
        ("a &lt;b&gt;c&lt;/b&gt;", "a **c**"),
        ("R&D &amp; more", "R&D &amp; more"),
        ("one &amp;\r\n\r\ntwo", "one &\n\ntwo"),
        ("use &lt;T&gt; here", "use <T> here"),
        ("&nbsp;", None),
    ],
)
def test_an_escaped_description_is_decoded(text: str, made: str | None) -> None:
    assert Texts(False, Findings()).plain(text) == made


def test_escaped_texts_are_one_finding_with_each_place() -> None:
    made, said = odd(
        event("23T09:00", "23T10:00", title="Rock&#x27;n pots", track="Art &amp; Tea", room="A&amp;B",
              speakers=("Kim &quot;Pot&quot; Berg",), names=("1",)),
        event("23T09:00", "23T10:00", title="R&D", names=("2",)),
    )  # fmt: skip
    assert said == ["4 texts with escaped characters such as &amp;, which were decoded"]
    (category,), (first, _second) = made.categories, made.sessions
    assert (category.id, category.name.root) == ("art-amp-tea", "Art & Tea")
    assert (first.title.root, first.speakers, first.slots[0].room) == (
        "Rock'n pots",
        ('Kim "Pot" Berg',),
        "A&B",
    )


def twice(text: str, encoding: str = "latin-1") -> str:
    return text.encode().decode(encoding)


MIXED = [twice("Jehan Pagès — what’s inside"), "Tea — at four", "plain"]


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        ([twice("Pots — what’s inside"), "x"], ["Pots — what’s inside", "x"]),
        ([twice("Größe"), twice("Café")], ["Größe", "Café"]),
        ([twice("it’s fine", "cp1252")], ["it’s fine"]),
        ([twice("大数据")], ["大数据"]),
        (MIXED, ["Jehan Pagès — what’s inside", "Tea — at four", "plain"]),
        ([twice("Größe"), "Café"], [twice("Größe"), "Café"]),
        ([twice("Café"), "Tea — at four"], [twice("Café"), "Tea — at four"]),
        (["Größe", "ÄÖ"], ["Größe", "ÄÖ"]),
        (["Ã", "Â£"], ["Ã", "Â£"]),
    ],
)
def test_double_utf_8_is_decoded_if_all_texts_have_it(texts: list[str], made: list[str]) -> None:
    assert read(*texts) == made


def test_decoding_is_reported_and_changes_no_id() -> None:
    made, said = odd(event("23T09:00", "23T10:00", title=twice("Größe")))
    assert said == [DOUBLE_ENCODED.singular]
    assert (made.sessions[0].id, made.sessions[0].title.root) == ("gra-a-e", "Größe")


@given(st.lists(st.text()), st.sampled_from([str, twice]))
def test_any_text_is_read(texts: list[str], how: Callable[[str], str]) -> None:
    try:
        said = [how(text) for text in texts]
    except UnicodeError:
        return
    for made in read(*said):
        assert made == " ".join(made.split())
    assert all(isinstance(is_escaped(text), bool) for text in said)


@given(st.text(alphabet="aéß—大", min_size=1))
def test_double_encoded_text_is_restored(text: str) -> None:
    assert read(twice(text)) == [text]


def test_the_finding_has_an_excerpt_around_the_escape() -> None:
    findings = Findings()
    Texts(False, findings).line(f"{'before ' * 20}Q&amp;A{' after' * 20}")
    shown = "before before before before Q&amp;A after after after after"
    assert [one.value for one in findings] == [shown]


def test_the_finding_shows_the_first() -> None:
    findings = Findings()
    Texts(False, findings).line("A &amp; B")
    assert [(one.kind, one.value) for one in findings] == [(ESCAPED, "A &amp; B")]


def test_texts_that_this_program_wrote_are_not_decoded_again() -> None:
    findings = Findings()
    reader = Texts(False, findings, is_own=True)
    assert (reader.line("A &#38; B"), reader.plain("A &#38; B")) == ("A &#38; B", "A &#38; B")
    assert findings.sentences() == []
