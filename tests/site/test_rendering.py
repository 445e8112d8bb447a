"""Tests of texts on pages."""

import pytest

from summitcli.site.rendering import Text, with_links


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("See https://example.org/a?b=1&c=2.", ["https://example.org/a?b=1&amp;c=2"]),
        ("(http://example.org/Tea_(drink), HTTPS://example.org)",
         ["http://example.org/Tea_(drink)", "HTTPS://example.org"]),
        ("请访问https://example.org/x，谢谢；https://example.org/y报名", ["https://example.org/x", "https://example.org/y"]),
        ('<https://example.org/a"b>', ["https://example.org/a"]),
        ("https:// javascript://example.org/%0aalert(1) ftp://example.org xhttp://example.org", []),
        ("https://user:secret@example.org/ https://[", []),
        ("1 < 2 & 3", []),
    ],
)  # fmt: skip
def test_only_web_addresses_in_texts_are_links(text: str, linked: list[str]) -> None:
    found = with_links(text)
    links = [f'<a href="{url}" rel="noopener">{url}</a>' for url in linked]
    assert found.count("<a") == len(links)
    for link in links:
        assert link in found
        found = type(found)(found.replace(link, ""))
    assert "<" not in found
    assert with_links(text).striptags().replace("\xa0", " ") == " ".join(text.split())


def test_paragraphs_are_separated_by_blank_lines() -> None:
    assert Text(" One\ntwo.\n \n\nThree & http://a.example/ \n\n").paragraphs == [
        "One\ntwo.",
        'Three &amp; <a href="http://a.example/" rel="noopener">http://a.example/</a>',
    ]
