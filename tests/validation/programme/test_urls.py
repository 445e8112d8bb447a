"""URLs that can't work."""

import pytest

from summitcli.validation.programme.urls import has_scheme, is_placeholder, is_sound


@pytest.mark.parametrize(
    "url",
    [
        "https://fosdem.org/2021/",
        "http://intranet/plan",
        "https://user@host.org:8080/a?b#c",
        "https://[2001:db8::1]/",
        "https://myexample.com/",
        "https://example.community/",
        "https://mañana.example/",
        "mailto:ada@example.org",
        "matrix:r/room:server",
    ],
)
def test_these_may_work(url: str) -> None:
    assert is_sound(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "fosdem.org/2021",
        "https://",
        "https:///a",
        "https://https://fosdem.org",
        "https://fosdem.org/a b",
        "https://fosdem .org/",
        "http://example.com",
        "https://www.example.org/slides",
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "localhost:8000/plan",
    ],
)
def test_these_can_not_work(url: str) -> None:
    assert not is_sound(url)


def test_placeholders_and_schemes_are_told() -> None:
    assert is_placeholder("https://Example.com/a")
    assert not is_placeholder("https://example.com.org/a")
    assert has_scheme("matrix:r/room")
    assert not has_scheme("localhost:8000/plan")
