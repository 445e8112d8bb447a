"""The check for links that can't work."""

import pytest

from tests.schedules import session
from tests.validation.programme.found import found


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("fosdem.org", "does not begin with https://"),
        ("https://fosdem.org/a b", "contains spaces"),
        ("https://example.com/", "is a placeholder"),
        ("https://https://fosdem.org/", "has no valid host"),
    ],
)
def test_a_link_that_can_not_work_is_found(url: str, reason: str) -> None:
    made = session("a", url=url, links=[{"url": "https://fosdem.org/"}, {"url": url}])
    assert found(made) == [
        ("link", "sessions[0].url", f'a link of "A" {reason}: {url}'),
        ("link", "sessions[0].links[1].url", f'a link of "A" {reason}: {url}'),
    ]


def test_the_placeholders_of_a_sample_are_right() -> None:
    made = session("a", url="https://example.com/a")
    assert found(made, url="https://example.com/") == []
