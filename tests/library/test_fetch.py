"""Downloading a schedule from a reference, through redirects and pages."""

import gzip
import json
import os
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError, Status, UnknownFormat, Unreachable
from summitcli.library.fetch import (
    Download,
    fetch_again,
    fetch_listed,
    fetch_schedule,
    redirected_host,
    requested_host,
)
from summitcli.library.kept import Origin
from summitcli.sources.web import LIMITS, Limits, Refused
from tests.internet import OTHER, PUBLIC, Internet
from tests.schedules import document, session
from tests.webserver import (
    Answer,
    Handler,
    Site,
    drips_body,
    for_json,
    packed,
    page,
    redirect,
    serving,
    status,
    tagged,
)

SCHEDULE = json.dumps(document(session("a"))).encode()
OTHER_SCHEDULE = json.dumps(document(session("b"))).encode()


def html(*links: str) -> bytes:
    head = "".join(f'<link rel="alternate" type="application/json" href="{link}">' for link in links)
    return f"<!doctype html><html><head>{head}</head></html>".encode()


def test_a_url(site: Site) -> None:
    url = f"{site.url}/s.json"
    site["/s.json"] = page(SCHEDULE, ETag='"1"', Last_Modified="Wed, 01 May 2024 10:00:00 GMT")
    modified = "Wed, 01 May 2024 10:00:00 GMT"
    origin = Origin(url, url, '"1"', modified, url, "2024-05-01T10:00:00+00:00")
    assert fetch_schedule(url) == Download(url, origin, SCHEDULE)


def test_a_schedule_in_another_encoding_is_saved_in_utf_8(site: Site) -> None:
    latin = SCHEDULE.decode().replace("Conf", "Größe").encode("latin-1")
    site["/s.json"] = page(latin, "application/json; charset=iso-8859-1")
    assert fetch_schedule(f"{site.url}/s.json").content == latin.decode("latin-1").encode()


def test_an_event_that_redirects_json_requests_to_its_schedule(site: Site) -> None:
    site["/event/"] = for_json("/event/schedule/export/schedule.json", page(html(), "text/html"))
    site["/event/schedule/export/schedule.json"] = tagged(SCHEDULE, '"1"')
    found = fetch_schedule(f"{site.url}/event/")
    assert (found.origin.reference, found.origin.address) == (f"{site.url}/event/",) * 2
    assert (found.content, found.origin.url) == (SCHEDULE, f"{site.url}/event/schedule/export/schedule.json")
    assert fetch_again(found.origin) is None


@pytest.mark.parametrize(
    "modified", ["yesterday", "", "Wed, 99 May 2024 10:00:00 GMT", "Wed, 1 May 99999 1:0:0 GMT"]
)
def test_an_invalid_date_is_ignored(site: Site, modified: str) -> None:
    site["/s"] = page(SCHEDULE, Last_Modified=modified)
    assert fetch_schedule(f"{site.url}/s").origin.modified == ""


@pytest.mark.parametrize("times", [1, 2])
def test_a_compressed_file_at_a_url(site: Site, times: int) -> None:
    # The second time it is the transfer that is packed.
    file = gzip.compress(SCHEDULE)
    site["/s.json.gz"] = page(file, "application/gzip") if times == 1 else packed(file)
    assert fetch_schedule(f"{site.url}/s.json.gz").content == SCHEDULE


def test_a_compressed_file_that_is_too_large(site: Site) -> None:
    site["/s.gz"] = page(gzip.compress(bytes(2**20 + 1)))
    with pytest.raises(ScheduleError) as caught:
        fetch_schedule(f"{site.url}/s.gz", Limits(max_size=2**20))
    assert str(caught.value) == f"{site.url}/s.gz is too large for a schedule: more than 1 MB when unpacked"


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


EVENT = b"""<script type="application/ld+json">{"@type": "Event", "name": "Tea"}</script>"""


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


def test_a_schedule_behind_a_link_that_becomes_a_page_is_not_taken(site: Site) -> None:
    site["/"], site["/s.json"] = page(html("/s.json"), "text/html"), page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/")
    site["/s.json"] = page(html() + EVENT, "text/html")
    with pytest.raises(UnknownFormat):
        fetch_again(found.origin)


def test_no_password_is_in_the_other_links(site: Site) -> None:
    site["/"], site["/s.json"] = (
        page(html("/s.json", "https://me:secret@conf.example/s.json")),
        page(SCHEDULE),
    )
    assert fetch_schedule(f"{site.url}/").others == ("https://me:***@conf.example/s.json",)


@pytest.mark.parametrize("gone", [status(404), page(html(), "text/html"), page(b"[]")])
def test_a_page_that_links_to_another_url_by_now(site: Site, gone: object) -> None:
    site["/"], site["/s.json"] = page(html("/s.json")), page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/")
    site["/"], site["/s.json"], site["/t.json"] = page(html("/t.json")), gone, page(OTHER_SCHEDULE)  # type: ignore[assignment]
    again = fetch_again(found.origin)
    assert again and (again.content, again.origin.address) == (OTHER_SCHEDULE, f"{site.url}/t.json")


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
    for seconds, found in ((0.0, True), (5_000.0, True), (9_000.0, False)):
        site["/"] = after(seconds, page(html("/slow", "/s.json")))
        site["/slow"] = after(4_000.0, page(b"[]"))
        with nullcontext() if found else pytest.raises(UnknownFormat):
            assert fetch_schedule(f"{site.url}/", Limits(total=10_000)).content == SCHEDULE


def test_a_response_that_is_not_a_page_is_returned_as_it_is(site: Site) -> None:
    site["/s"] = page(b"BEGIN: nothing", "text/html")
    assert fetch_schedule(f"{site.url}/s").content == b"BEGIN: nothing"


def test_a_schedule_with_the_content_type_of_a_page_is_accepted(site: Site) -> None:
    site["/s"] = page(SCHEDULE, "text/html")
    assert fetch_schedule(f"{site.url}/s").content == SCHEDULE


def test_a_file_is_stored_with_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "s.json.gz"
    file.write_bytes(gzip.compress(SCHEDULE))
    monkeypatch.chdir(tmp_path)
    found = fetch_schedule("s.json.gz")
    assert found == Download("s.json.gz", Origin(str(file)), SCHEDULE)
    monkeypatch.chdir("/")
    assert fetch_again(found.origin) == Download(str(file), Origin(str(file)), SCHEDULE)
    os.unlink(file)
    with pytest.raises(Unreachable):
        fetch_again(found.origin)


def test_a_url_that_fails_when_downloaded_again_is_an_error(site: Site) -> None:
    site["/s"] = page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/s")
    assert (found.origin.etag, found.origin.last_modified) == ("", "")
    site["/s"] = redirect("file:///s")
    with pytest.raises(Unreachable):
        fetch_again(found.origin, LIMITS)


def links_to(url: str) -> str:
    return (
        f"can't download http://conf.example/: it links to {url} in a private network;"
        " if you trust it, run `summit use` with that URL"
    )


def public(site: Site, *answers: list[str]) -> Internet:
    """Return a network with ``conf.example`` as the test server and ``other.example`` resolved as given."""
    names = {"conf.example": [[PUBLIC]], "other.example": list(answers) or [[OTHER]]}
    port = int(site.url.rpartition(":")[2])
    return Internet(names, {PUBLIC: port, OTHER: port})


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


@pytest.mark.parametrize("scheme", ["webcal", "webcals", "WEBCAL"])
def test_a_webcal_url_is_requested_over_https_and_kept_as_it_was_typed(site: Site, scheme: str) -> None:
    port = site.url.rpartition(":")[2]
    with pytest.raises(Unreachable) as caught:
        fetch_schedule(f"{scheme}://127.0.0.1:{port}/s.ics")
    assert str(caught.value).startswith(f"can't download https://127.0.0.1:{port}/s.ics: ")
    # The server of the tests does not speak TLS, so its answer is given another reference.
    site["/s.ics"] = tagged(SCHEDULE, '"1"')
    url = f"{site.url}/s.ics"
    origin = fetch_schedule(url).origin._replace(reference=f"{scheme}://127.0.0.1:{port}/s.ics")
    assert fetch_again(origin) is None
    assert requested_host(origin) == "127.0.0.1" and redirected_host(origin) == ""


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


def test_a_linked_url_is_still_restricted_when_downloaded_again(site: Site) -> None:
    site["/"], site["/s.json"] = page(html("http://other.example/s.json")), page(SCHEDULE)
    found = fetch_schedule("http://conf.example/", network=public(site).network)
    site.requests.clear()
    with serving() as inside:
        inside["/s.json"] = page(OTHER_SCHEDULE)
        # By now the name resolves to this machine, and so does that of the page.
        names = {"conf.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
        moved = Internet(names, {})
        with pytest.raises(Unreachable):
            fetch_again(found.origin, network=moved.network)
        assert moved.connected == [("127.0.0.1", 80)]
        # The page itself still is what the user gave, and names another schedule now.
        site["/"] = page(html(f"{inside.url}/s.json", "http://conf.example/t.json"))
        site["/t.json"] = page(OTHER_SCHEDULE)
        again = fetch_again(found.origin, network=public(site, ["127.0.0.1"]).network)
        assert again and (again.content, again.origin.address) == (
            OTHER_SCHEDULE,
            "http://conf.example/t.json",
        )
        assert (inside.asked(), site.asked()) == ([], ["/", "/t.json"])


def test_a_url_of_the_user_is_unrestricted_when_downloaded_again(site: Site) -> None:
    with serving() as inside:
        inside["/"] = page(OTHER_SCHEDULE)
        site["/s.json"] = page(SCHEDULE)
        found = fetch_schedule("http://conf.example/s.json", network=public(site).network)
        site["/s.json"] = redirect(f"{inside.url}/")
        with pytest.raises(Refused):
            fetch_again(found.origin, network=public(site).network)
        assert inside.asked() == []


@pytest.mark.parametrize(
    ("reference", "url", "other"),
    [
        ("https://conf.example/", "https://conf.example/s.json", ""),
        ("http://CONF.example./", "https://conf.example:444/s.json", ""),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/s", ""),
        ("https://me:secret@conf.example/", "https://www.conf.example/s", "www.conf.example"),
        ("https://conf.example/", "http://[2606:4700::1]:81/s", "2606:4700::1"),
    ],
)
def test_the_redirected_host_is_returned_if_it_differs(reference: str, url: str, other: str) -> None:
    assert redirected_host(Origin(reference, reference, url=url)) == other
    assert redirected_host(Origin("s.json")) == ""


DIRECTORY = "http://conf.example/directory.json"


def test_a_directory_of_a_public_server_can_not_link_to_the_local_network(site: Site) -> None:
    with serving() as inside:
        inside["/s.json"] = page(SCHEDULE)
        port = inside.url.rpartition(":")[2]
        for link in (
            f"{inside.url}/s.json",
            f"http://localhost:{port}/s.json",
            f"http://127.1:{port}/s.json",
            f"http://other.example:{port}/s.json",
        ):
            with pytest.raises(Refused) as caught:
                fetch_listed(link, DIRECTORY, False, network=public(site, ["127.0.0.1"]).network)
            assert str(caught.value) == (
                f"can't download {DIRECTORY}: it links to {link} in a private network; if you trust it, run"
                " `summit use` with that URL"
            )
        site["/out"] = redirect(f"{inside.url}/s.json")
        with pytest.raises(Refused):
            fetch_listed("http://other.example/out", DIRECTORY, False, network=public(site).network)
        assert inside.asked() == []
        # A directory in the local network may link to it.
        found = fetch_listed(f"{inside.url}/s.json", "http://10.0.0.1/d.json", True)
        assert found is not None and found.content == SCHEDULE


def test_a_directory_can_not_link_from_https_to_http() -> None:
    with pytest.raises(Unreachable, match="redirects from https to http; not followed"):
        fetch_listed("http://other.example/s.json", "https://conf.example/d.json", False)


def test_a_schedule_of_a_directory_is_still_restricted_when_downloaded_again(site: Site) -> None:
    site["/s.json"] = tagged(SCHEDULE, '"1"')
    link = "http://other.example/s.json"
    found = fetch_listed(link, DIRECTORY, False, network=public(site).network)
    assert found is not None
    assert found.origin == Origin(link, link, '"1"', url=link, directory=DIRECTORY)
    assert fetch_again(found.origin, network=public(site).network) is None
    site["/s.json"] = tagged(OTHER_SCHEDULE, '"2"')
    again = fetch_again(found.origin, network=public(site).network)
    assert again is not None
    assert (again.content, again.origin) == (OTHER_SCHEDULE, found.origin._replace(etag='"2"'))
    site.requests.clear()
    with pytest.raises(Refused):
        fetch_again(found.origin, network=public(site, ["127.0.0.1"]).network)
    assert site.asked() == []


def test_a_page_in_a_directory_is_read_again_for_its_link(site: Site) -> None:
    site["/"], site["/s.json"] = page(html("/s.json"), "text/html"), page(SCHEDULE)
    link = "http://other.example/"
    found = fetch_listed(link, DIRECTORY, False, network=public(site).network)
    assert found is not None
    assert (found.origin.reference, found.origin.address) == (link, f"{link}s.json")
    site["/"], site["/t.json"] = page(html("/t.json"), "text/html"), page(OTHER_SCHEDULE)
    again = fetch_again(found.origin, network=public(site).network)
    assert again is not None
    assert (again.content, again.origin.directory) == (OTHER_SCHEDULE, DIRECTORY)


def test_a_password_is_not_passed_on_to_the_links_of_a_directory(site: Site) -> None:
    site["/s.json"] = page(SCHEDULE)
    directory = "http://me:secret@conf.example/d.json"
    found = fetch_listed("http://other.example/s.json", directory, False, network=public(site).network)
    assert found is not None
    assert found.origin.reference == "http://other.example/s.json"
    assert "Authorization" not in site.requests[0][1]
