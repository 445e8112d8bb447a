"""Links and redirects to other hosts, in whole processes, with a proxy as the internet."""

import json
from collections.abc import Iterator

import pytest

from tests.conftest import STYLE, Run, Terminal
from tests.schedules import document, session
from tests.webserver import Site, page, redirect, serving, status, tagged

SCHEDULE = json.dumps(document(session("a"))).encode()
TWO = json.dumps(document(session("a"), session("b"))).encode()
ASKED = "http://conf.example/"
IN_USE = "current schedule: Conf (conf), 1–2 May 2024, {}\n"
FROM_OTHER = "this schedule comes from other.example, not from conf.example\n"
PRIVATE = "in a private network; if you trust it, run `summit use` with that URL\n"


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Start the proxy that answers all requests, by their URLs."""
    with serving() as internet:
        monkeypatch.setenv("HTTP_PROXY", internet.url)
        yield internet


@pytest.fixture
def inside() -> Iterator[Site]:
    """Start a server on this machine, which is reached without the proxy."""
    with serving() as inside:
        inside["/s.json"] = page(SCHEDULE)
        yield inside


def html(*links: str) -> bytes:
    return "".join(f'<a type="application/json" rel="alternate" href="{link}">' for link in links).encode()


def test_a_redirect_into_the_local_network_is_refused(call: Run, internet: Site, inside: Site) -> None:
    internet[ASKED] = redirect(f"{inside.url}/s.json")
    said = f"summit: can't download {ASKED}: it redirects to {inside.url}/s.json {PRIVATE}"
    for without in ("", "127.0.0.1"):
        for words in (("use",), ("list", "--schedule"), ("convert", "-f", "json"), ("validate",)):
            assert call(*words, ASKED, status=4, err=said, env={"NO_PROXY": without}) == ""
    assert inside.asked() == []
    # Following the advice helps.
    call("use", f"{inside.url}/s.json", err=IN_USE.format("1 session"), env={"NO_PROXY": "127.0.0.1"})
    assert inside.asked() == ["/s.json"]


def test_a_link_into_the_local_network_is_refused_and_others_are_tried(
    call: Run, internet: Site, inside: Site
) -> None:
    env = {"NO_PROXY": "127.0.0.1"}
    internet[ASKED] = page(b"<!doctype html>" + html(f"{inside.url}/s.json"), "text/html")
    said = f"summit: can't download {ASKED}: it links to {inside.url}/s.json {PRIVATE}"
    call("use", ASKED, status=4, err=said, env=env)
    both = html(f"{inside.url}/s.json", "http://other.example/s.json")
    internet[ASKED] = page(b"<!doctype html>" + both, "text/html")
    internet["http://other.example/s.json"] = page(SCHEDULE)
    call("use", ASKED, err=FROM_OTHER + IN_USE.format("1 session"), env=env)
    assert inside.asked() == []


def test_another_host_is_reported_when_it_is_new(call: Run, internet: Site) -> None:
    internet[ASKED] = redirect("http://other.example/s.json")
    internet["http://other.example/s.json"] = tagged(SCHEDULE, '"1"')
    assert call("list", "-f", "ids", "--schedule", ASKED, err=FROM_OTHER) == "a\n"
    call("use", ASKED, err=FROM_OTHER + IN_USE.format("1 session"))
    call("update", err="Conf is up to date\n")
    internet["http://other.example/s.json"] = tagged(TWO, '"2"')
    assert FROM_OTHER not in call("update", err=None)
    # It redirects to a third host, and then back to the first.
    internet[ASKED], internet["http://third.example/s.json"] = (
        redirect("http://third.example/s.json"),
        page(TWO),
    )
    moved = FROM_OTHER.replace("other", "third")
    call("update", err=moved + "Conf is up to date\n")
    internet[ASKED] = page(TWO)
    call("update", err="Conf is up to date\n")
    internet[ASKED] = redirect("http://other.example/s.json")
    internet["http://other.example/s.json"] = page(TWO)
    call("update", err=FROM_OTHER + "Conf is up to date\n")


def test_an_update_does_not_follow_into_the_local_network(call: Run, internet: Site, inside: Site) -> None:
    env = {"NO_PROXY": "127.0.0.1"}
    internet[ASKED] = page(b"<!doctype html>" + html("http://other.example/s.json"), "text/html")
    internet["http://other.example/s.json"] = page(SCHEDULE)
    call("use", ASKED, err=FROM_OTHER + IN_USE.format("1 session"), env=env)
    internet["http://other.example/s.json"] = redirect(f"{inside.url}/s.json")
    said = f"summit: can't download {ASKED}: it links to {inside.url}/s.json {PRIVATE}"
    call("update", status=4, err=said, env=env)
    internet[ASKED] = status(404)
    call("update", status=4, err=None, env=env)
    assert inside.asked() == []
    assert call("list", "-f", "ids", env=env) == "a\n"


def test_errors_about_hosts_are_in_the_language_of_the_user(terminal: Terminal, internet: Site) -> None:
    internet[ASKED] = redirect("http://other.example/s.json")
    internet["http://other.example/s.json"] = page(SCHEDULE)
    # With styles, as a slow machine shows a progress bar.
    shown = terminal("list", "--schedule", ASKED, styled=True)
    assert "这份会议日程来自 other.example，而不是 conf.example\n" in shown
    internet[ASKED] = redirect("http://10.0.0.1/s.json")
    shown = terminal("use", ASKED, columns=200, status=4, styled=True)
    assert STYLE.sub("", shown).endswith(
        f"summit: 无法下载 {ASKED}：它重定向到私有网络中的 http://10.0.0.1/s.json；"
        "如果信任该网址，请用它运行 `summit use`\n"
    )
