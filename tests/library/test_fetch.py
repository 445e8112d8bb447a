"""Downloading a schedule from a reference, and again."""

import gzip
import os
from pathlib import Path

import pytest

from summitcli.errors import UnknownFormat, Unreachable
from summitcli.library.download import Download, redirected_host, requested_host
from summitcli.library.fetch import fetch_again, fetch_listed, fetch_schedule
from summitcli.library.kept import Origin
from summitcli.sources.web import LIMITS, Refused
from tests.internet import Internet
from tests.library.sites import EVENT, OTHER_SCHEDULE, SCHEDULE, html, public
from tests.webserver import Site, for_json, page, redirect, serving, status, tagged

DIRECTORY = "http://conf.example/directory.json"


def test_a_url(site: Site) -> None:
    url = f"{site.url}/s.json"
    site["/s.json"] = page(SCHEDULE, ETag='"1"', Last_Modified="Wed, 01 May 2024 10:00:00 GMT")
    modified = "Wed, 01 May 2024 10:00:00 GMT"
    origin = Origin(url, url, '"1"', modified, url, "2024-05-01T10:00:00+00:00")
    assert fetch_schedule(url) == Download(url, origin, SCHEDULE)


def test_an_event_that_redirects_json_requests_to_its_schedule(site: Site) -> None:
    site["/event/"] = for_json("/event/schedule/export/schedule.json", page(html(), "text/html"))
    site["/event/schedule/export/schedule.json"] = tagged(SCHEDULE, '"1"')
    found = fetch_schedule(f"{site.url}/event/")
    assert (found.origin.reference, found.origin.address) == (f"{site.url}/event/",) * 2
    assert (found.content, found.origin.url) == (SCHEDULE, f"{site.url}/event/schedule/export/schedule.json")
    assert fetch_again(found.origin) is None


def test_a_schedule_behind_a_link_that_becomes_a_page_is_not_taken(site: Site) -> None:
    site["/"], site["/s.json"] = page(html("/s.json"), "text/html"), page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/")
    site["/s.json"] = page(html() + EVENT, "text/html")
    with pytest.raises(UnknownFormat):
        fetch_again(found.origin)


@pytest.mark.parametrize("gone", [status(404), page(html(), "text/html"), page(b"[]")])
def test_a_page_that_links_to_another_url_by_now(site: Site, gone: object) -> None:
    site["/"], site["/s.json"] = page(html("/s.json")), page(SCHEDULE)
    found = fetch_schedule(f"{site.url}/")
    site["/"], site["/s.json"], site["/t.json"] = page(html("/t.json")), gone, page(OTHER_SCHEDULE)  # type: ignore[assignment]
    again = fetch_again(found.origin)
    assert again and (again.content, again.origin.address) == (OTHER_SCHEDULE, f"{site.url}/t.json")


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
    with pytest.raises(Unreachable, match="redirects from https to http, so it was not followed"):
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
