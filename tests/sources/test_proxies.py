"""The choice of a proxy for a server."""

import pytest

from summitcli.sources.proxies import Proxies, from_environment

PROXY = "http://p:1"


def without(entries: str, host: str, scheme: str = "https", port: int | None = None) -> bool:
    """Return whether ``NO_PROXY`` matches a server."""
    proxies = Proxies({"all": PROXY}, tuple(entries.replace(",", " ").split()))
    return proxies.of(scheme, host, port) == ""


@pytest.mark.parametrize(
    ("entries", "named", "others"),
    [
        ("*", ("a.example", "10.0.0.1", "::1"), ()),
        ("a.example", ("a.example", "A.Example", "x.a.example", "a.example."), ("ba.example", "example")),
        (".a.example", ("a.example", "x.a.example"), ("xa.example", "b.example")),
        ("*.a.example", ("a.example", "x.y.a.example"), ("xa.example",)),
        ("b.example,a.example c.example", ("a.example", "b.example", "c.example"), ("d.example",)),
        ("localhost", ("localhost", "LOCALHOST"), ("127.0.0.1", "host")),
        ("10.0.0.1", ("10.0.0.1", "::ffff:10.0.0.1"), ("10.0.0.10", "110.0.0.1")),
        ("10.0.0.0/8,192.168.1.7/16", ("10.1.2.3", "192.168.9.9"), ("11.0.0.1", "ten.example", "::1")),
        ("::1,[fd00::1]", ("::1", "fd00::1", "0:0:0:0:0:0:0:1"), ("::2", "127.0.0.1")),
        ("fd00::/8", ("fd12::7",), ("fe80::1", "10.0.0.1")),
        ("[fd00::]/8", ("fd12::7",), ("fe80::1",)),
        ("https://a.example/", ("a.example",), ("b.example",)),
        ("http://a.example", (), ("a.example",)),
        ("all://a.example", ("a.example",), ()),
        (". *. , ,/8 10.0.0.0/99 [ ]", (), ("a.example", "10.0.0.1", "::1")),
        ("", (), ("a.example",)),
    ],
)
def test_no_proxy_entries_match_hosts(entries: str, named: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert [host for host in named if not without(entries, host)] == []
    assert [host for host in others if without(entries, host)] == []


def test_an_entry_with_a_port_matches_that_port_alone() -> None:
    for entry in ("a.example:8080", "*.a.example:8080", "http://a.example:8080"):
        assert without(entry, "a.example", "http", 8080)
        assert not without(entry, "a.example", "http")
    assert without("a.example:443", "a.example") and not without("a.example:443", "a.example", "http")
    assert without("a.example:80", "a.example", "http") and without("[::1]:80", "::1", "http")
    assert not without("[::1]:81", "::1", "http")


def test_the_proxy_of_a_scheme_comes_before_that_of_all() -> None:
    proxies = Proxies({"https": "http://s:1", "all": "http://a:2"})
    assert proxies.of("https", "x.example") == "http://s:1"
    assert proxies.of("http", "x.example") == "http://a:2"
    assert Proxies({"https": "http://s:1"}).of("http", "x.example") == ""


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, Proxies({})),
        ({"HTTP_PROXY": PROXY}, Proxies({"http": PROXY})),
        ({"https_proxy": "p:2", "ALL_PROXY": PROXY}, Proxies({"https": "http://p:2", "all": PROXY})),
        ({"NO_PROXY": " a.example, .b.example,, "}, Proxies({}, ("a.example", ".b.example"))),
    ],
    ids=str,
)
def test_proxies_are_read_from_the_environment(
    environment: dict[str, str], found: Proxies, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert from_environment() == found
