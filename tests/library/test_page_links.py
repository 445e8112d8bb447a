"""Downloading the schedule that a web page links to."""

import time
from contextlib import nullcontext

import pytest

from summitcli.errors import Status, UnknownFormat, Unreachable
from summitcli.library.download import Download, redirected_host, requested_host
from summitcli.library.fetch import fetch_again, fetch_schedule
from summitcli.library.kept import Origin
from summitcli.sources.web import Limits, Refused
from tests.internet import Internet
from tests.library.sites import EVENT, OTHER_SCHEDULE, SCHEDULE, html, public
from tests.webserver import Answer, Handler, Site, drips_body, page, redirect, serving, status, tagged


def test_a_page_that_links_to_a_schedule(site: Site) -> None:
    url = site.url.replace("//", "//me:secret@")
    site["/"] = page(html("/gone.json", "/wp-json", "/s.json", "/never.json"), "text/html", ETag='"page"')
    site["/wp-json"] = page(b'{"namespaces": []}')
    site["/s.json"] = tagged(SCHEDULE, '"1"')
    found = fetch_schedule(f"{url}/")
    assert (found.origin.reference, found.origin.address, found.content) == (
        f"{url}/",
        f"{url}/s.json",
        SCHEDULE,
    )
    assert (found.name, found.origin.url) == (f"{site.url.replace('//', '//me:***@')}/", f"{site.url}/s.json")
    assert found.others == (f"{site.url}/never.json",)
    assert (found.origin.etag, found.origin.last_modified) == ('"1"', "")
    assert all("Authorization" in headers for _path, headers in site.requests)
    assert site.asked() == ["/", "/gone.json", "/wp-json", "/s.json"]
    assert fetch_again(found.origin) is None
    assert site.asked() == ["/s.json"]
    site["/s.json"] = tagged(OTHER_SCHEDULE, '"2"')
    again = fetch_again(found.origin)
    origin = found.origin._replace(etag='"2"')
    assert again == found._replace(origin=origin, content=OTHER_SCHEDULE, others=())


def test_a_page_that_describes_its_events_is_the_schedule(site: Site) -> None:
    content = html() + EVENT
    site["/"] = page(content, "text/html", ETag='"1"')
    found = fetch_schedule(f"{site.url}/")
    url = f"{site.url}/"
    assert found == Download(url, Origin(url, url, '"1"', "", url), content)
    assert fetch_again(found.origin) == found
    site["/"] = tagged(content, '"1"')
    assert fetch_again(found.origin) is None


def test_the_schedule_that_a_page_links_to_is_preferred_to_the_events_it_describes(site: Site) -> None:
    site["/"], site["/s.json"] = page(html("/s.json", "/t.json") + EVENT, "text/html"), page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/")
    assert (found.origin.address, found.content, found.others) == (
        f"{site.url}/s.json",
        SCHEDULE,
        (f"{site.url}/t.json",),
    )
    assert fetch_again(found.origin) == found._replace(others=())


@pytest.mark.parametrize(
    "behind", [status(404), page(b"[]"), page(html() + EVENT, "text/html"), redirect("file:///x")]
)
def test_a_page_whose_links_lead_to_no_schedule_is_one_itself(site: Site, behind: Answer) -> None:
    content = html("/s.json") + EVENT
    site["/"], site["/s.json"] = page(content, "text/html"), behind
    found = fetch_schedule(f"{site.url}/")
    assert (found.origin.address, found.content, found.others) == (f"{site.url}/", content, ())
    site["/s.json"] = page(SCHEDULE)
    again = fetch_again(found.origin)
    assert again and (again.origin.address, again.content) == (f"{site.url}/s.json", SCHEDULE)


def test_no_password_is_in_the_other_links(site: Site) -> None:
    site["/"], site["/s.json"] = (
        page(html("/s.json", "https://me:secret@conf.example/s.json")),
        page(SCHEDULE),
    )
    assert fetch_schedule(f"{site.url}/").others == ("https://me:***@conf.example/s.json",)


def test_a_page_that_shows_a_file_says_what_to_do(site: Site) -> None:
    head = b'<!DOCTYPE html><head><meta property="og:site_name" content="GitHub"></head>'
    site["/"] = page(head, "text/html")
    with pytest.raises(UnknownFormat) as caught:
        fetch_schedule(f"{site.url}/")
    assert str(caught.value) == (
        f"{site.url}/ is not a schedule: it is a page of GitHub, not the file itself; use the URL of its Raw"
        " button"
    )


def test_a_page_without_a_schedule_says_what_to_do(site: Site) -> None:
    site["/"] = page(html("/page", "/s.json", "ftp://x/s.json", "http://127.0.0.1:1/s.json"), "text/html")
    site["/page"], site["/s.json"] = page(html("/deeper.json")), page(b"\x1f\x8bdamaged")
    with pytest.raises(UnknownFormat) as caught:
        fetch_schedule(f"{site.url}/")
    assert caught.value.status == Status.INVALID
    assert str(caught.value) == (
        f"{site.url}/ is not a schedule: it is an HTML page that links to no schedule;"
        " look there for a link to .json, .xml or .ics"
    )
    assert site.asked() == ["/", "/page", "/s.json"]


def test_all_links_of_a_page_share_the_time_limit_of_one_response(site: Site) -> None:
    site["/"] = page(html(*(f"/{number}" for number in range(5))))
    for number in range(5):
        site[f"/{number}"] = drips_body
    with pytest.raises(Unreachable, match="/0: timed out after"):
        fetch_schedule(f"{site.url}/", Limits(total=0.5))


def test_the_time_for_a_page_counts_towards_the_limit_for_its_links(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed, clock = 0.0, time.monotonic

    def after(seconds: float, answer: Answer) -> Answer:
        def late(handler: Handler) -> None:
            nonlocal passed
            passed += seconds
            answer(handler)

        return late

    monkeypatch.setattr(time, "monotonic", lambda: clock() + passed)
    site["/s.json"] = page(SCHEDULE)
    # The time ends while the slow link is read or right after it: whoever looks at the clock first decides.
    for seconds, found in ((0.0, True), (5_000.0, True), (9_000.0, False)):
        site["/"] = after(seconds, page(html("/slow", "/s.json")))
        site["/slow"] = after(4_000.0, page(b"[]"))
        with nullcontext() if found else pytest.raises((UnknownFormat, Unreachable)):
            assert fetch_schedule(f"{site.url}/", Limits(total=10_000)).content == SCHEDULE


def test_a_response_that_is_not_a_page_is_returned_as_it_is(site: Site) -> None:
    site["/s"] = page(b"BEGIN: nothing", "text/html")
    assert fetch_schedule(f"{site.url}/s").content == b"BEGIN: nothing"


def test_a_schedule_with_the_content_type_of_a_page_is_accepted(site: Site) -> None:
    site["/s"] = page(SCHEDULE, "text/html")
    assert fetch_schedule(f"{site.url}/s").content == SCHEDULE


def links_to(url: str) -> str:
    return (
        f"can't download http://conf.example/: it links to {url} in a private network;"
        " if you trust it, run `summit use` with that URL"
    )


def test_a_public_page_can_not_link_to_the_local_network(site: Site) -> None:
    with serving() as inside:
        inside["/s.json"] = page(SCHEDULE)
        port = inside.url.rpartition(":")[2]
        for link in (
            f"{inside.url}/s.json",
            f"http://localhost:{port}/s.json",
            f"//127.1:{port}/s.json",
            f"http://other.example:{port}/s.json",
        ):
            site["/"] = page(html(link), "text/html")
            with pytest.raises(Refused) as caught:
                fetch_schedule("http://conf.example/", network=public(site, ["127.0.0.1"]).network)
            assert str(caught.value) == links_to(link if link.startswith("http") else f"http:{link}")
        # A link that is public itself may redirect to it.
        site["/"], site["/out"] = page(html("/out")), redirect(f"{inside.url}/s.json")
        with pytest.raises(Refused) as caught:
            fetch_schedule("http://conf.example/", network=public(site).network)
        assert str(caught.value) == links_to(f"{inside.url}/s.json")
        assert inside.asked() == []


def test_other_links_are_tried_if_one_is_refused(site: Site) -> None:
    with serving() as inside:
        inside["/s.json"] = page(OTHER_SCHEDULE)
        site["/"] = page(html(f"{inside.url}/s.json", "/gone.json", "http://other.example/s.json"))
        site["/s.json"] = page(SCHEDULE)
        found = fetch_schedule("http://conf.example/", network=public(site).network)
        assert (found.content, found.origin.address) == (SCHEDULE, "http://other.example/s.json")
        assert (requested_host(found.origin), redirected_host(found.origin)) == (
            "conf.example",
            "other.example",
        )
        assert inside.asked() == []


def test_a_page_may_link_to_a_webcal_url_of_another_host(site: Site) -> None:
    site["/"] = page(b"<html><a href='webcal://127.0.0.1:1/s.ics'>x</a>", "text/html")
    with pytest.raises(Refused) as caught:
        fetch_schedule("http://conf.example/", network=public(site).network)
    assert str(caught.value) == links_to("https://127.0.0.1:1/s.ics")


def test_a_local_page_may_link_to_local_hosts(site: Site) -> None:
    site["/"], site["/s.json"] = page(html(f"{site.url}/s.json")), page(SCHEDULE)
    port = site.url.rpartition(":")[2]
    network = Internet({"wiki.example": [["127.0.0.1"]]}, {}).network
    found = fetch_schedule(f"http://wiki.example:{port}/", network=network)
    assert (found.content, found.origin.address) == (SCHEDULE, f"{site.url}/s.json")
    assert redirected_host(found.origin) == "127.0.0.1"
    site.requests.clear()
    # By its text it can't be told any more that this name was local, so its page is asked again.
    assert fetch_again(found.origin, network=network) == found
    assert site.asked() == ["/", "/s.json"]
