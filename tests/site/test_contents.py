"""Tests of the contents of a site."""

import pytest

from summitcli.site.contents import languages_of
from tests.schedules import document
from tests.site.sites import catalog_of


@pytest.mark.parametrize(
    ("title", "own", "expected"),
    [
        ("Conf", "en", ("en",)),
        ("会议", "zh", ("zh",)),
        ({"zh": "会议", "en": "Conf"}, "zh", ("zh", "en")),
        ({"de": "Tagung", "en": "Conf"}, "de", ("en",)),
        ("Tagung", "de", ("en",)),
    ],
)
def test_the_languages_of_a_site_are_those_of_the_title_that_pages_can_be_in(
    title: object, own: str, expected: tuple[str, ...]
) -> None:
    made = {**document(title=title, language=own), "categories": []}
    assert languages_of(catalog_of(made)) == expected
