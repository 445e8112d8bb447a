"""From a reference to a schedule's bytes, over redirects and pages."""

import gzip
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summitcli.errors import ScheduleError, Status, UnknownFormat, Unreachable
from summitcli.sources.obtaining import Obtained, obtain, obtain_again
from summitcli.sources.source import Hints
from summitcli.sources.web import LIMITS, NO_VALIDATORS, Limits, Validators
from tests.schedules import document, session
from tests.webserver import Handler, Site, drips_body, for_json, packed, page, redirect, status, tagged

SCHEDULE = json.dumps(document(session("a"))).encode()
OTHER = json.dumps(document(session("b"))).encode()


def html(*links: str) -> bytes:
    head = "".join(f'<link rel="alternate" type="application/json" href="{link}">' for link in links)
    return f"<!doctype html><html><head>{head}</head></html>".encode()


def test_an_address(site: Site) -> None:
    url = f"{site.url}/s.json"
    site["/s.json"] = page(SCHEDULE, ETag='"1"', Last_Modified="Wed, 01 May 2024 10:00:00 GMT")
    validators = Validators('"1"', "Wed, 01 May 2024 10:00:00 GMT")
    hints = Hints(None, url, datetime(2024, 5, 1, 10, tzinfo=UTC))
    assert obtain(url) == Obtained(url, url, SCHEDULE, url, validators, hints)


def test_an_event_that_leads_to_its_schedule_who_asks_for_json(site: Site) -> None:
    site["/event/"] = for_json("/event/schedule/export/schedule.json", page(html(), "text/html"))
    site["/event/schedule/export/schedule.json"] = tagged(SCHEDULE, '"1"')
    found = obtain(f"{site.url}/event/")
    assert (found.reference, found.address) == (f"{site.url}/event/",) * 2
    assert (found.content, found.hints.url) == (SCHEDULE, f"{site.url}/event/schedule/export/schedule.json")
    assert obtain_again(found) is None


@pytest.mark.parametrize(
    "modified", ["yesterday", "", "Wed, 99 May 2024 10:00:00 GMT", "Wed, 1 May 99999 1:0:0 GMT"]
)
def test_a_date_that_is_none_is_left_out(site: Site, modified: str) -> None:
    site["/s"] = page(SCHEDULE, Last_Modified=modified)
    assert obtain(f"{site.url}/s").hints.modified is None


@pytest.mark.parametrize("times", [1, 2])
def test_a_packed_file_behind_an_address(site: Site, times: int) -> None:
    # The second time it is the transfer that is packed.
    file = gzip.compress(SCHEDULE)
    site["/s.json.gz"] = page(file, "application/gzip") if times == 1 else packed(file)
    assert obtain(f"{site.url}/s.json.gz").content == SCHEDULE


def test_a_packed_file_that_is_too_large(site: Site) -> None:
    site["/s.gz"] = page(gzip.compress(bytes(2**20 + 1)))
    with pytest.raises(ScheduleError) as caught:
        obtain(f"{site.url}/s.gz", Limits(largest=2**20))
    assert (
        str(caught.value) == f"{site.url}/s.gz unpacks to more than 1 MB, which is too large for a schedule"
    )


def test_a_page_that_links_to_a_schedule(site: Site) -> None:
    url = site.url.replace("//", "//me:secret@")
    site["/"] = page(html("/gone.json", "/wp-json", "/s.json", "/never.json"), "text/html", ETag='"page"')
    site["/wp-json"] = page(b'{"namespaces": []}')
    site["/s.json"] = tagged(SCHEDULE, '"1"')
    found = obtain(f"{url}/")
    assert (found.reference, found.address, found.content) == (f"{url}/", f"{url}/s.json", SCHEDULE)
    assert (found.name, found.hints.url) == (f"{site.url.replace('//', '//me:***@')}/", f"{site.url}/s.json")
    assert found.validators == Validators('"1"')
    assert all("Authorization" in headers for _path, headers in site.requests)
    assert site.asked() == ["/", "/gone.json", "/wp-json", "/s.json"]
    assert obtain_again(found) is None
    assert site.asked() == ["/s.json"]
    site["/s.json"] = tagged(OTHER, '"2"')
    again = obtain_again(found)
    assert again == found._replace(content=OTHER, validators=Validators('"2"'))


@pytest.mark.parametrize("gone", [status(404), page(html(), "text/html"), page(b"[]")])
def test_a_page_that_links_elsewhere_by_now(site: Site, gone: object) -> None:
    site["/"], site["/s.json"] = page(html("/s.json")), page(SCHEDULE)
    found = obtain(f"{site.url}/")
    site["/"], site["/s.json"], site["/t.json"] = page(html("/t.json")), gone, page(OTHER)  # type: ignore[assignment]
    again = obtain_again(found)
    assert again and (again.content, again.address) == (OTHER, f"{site.url}/t.json")


def test_a_page_without_a_schedule_says_what_to_do(site: Site) -> None:
    site["/"] = page(html("/page", "/s.json", "ftp://x/s.json", "http://127.0.0.1:1/s.json"), "text/html")
    site["/page"], site["/s.json"] = page(html("/deeper.json")), page(b"\x1f\x8bdamaged")
    with pytest.raises(UnknownFormat) as caught:
        obtain(f"{site.url}/")
    assert caught.value.status == Status.INVALID
    assert str(caught.value) == (
        f"{site.url}/ is not a schedule: it is a page of HTML that links to none;"
        " look there for a link to .json, .xml or .ics"
    )
    assert site.asked() == ["/", "/page", "/s.json"]


def test_all_that_a_page_links_to_takes_no_longer_than_one_answer_may(site: Site) -> None:
    site["/"] = page(html(*(f"/{number}" for number in range(5))))
    for number in range(5):
        site[f"/{number}"] = drips_body
    with pytest.raises(UnknownFormat):
        obtain(f"{site.url}/", Limits(whole=0.5))


def test_the_time_that_a_page_took_is_no_longer_left_for_what_it_links_to(site: Site) -> None:
    def late(handler: Handler) -> None:
        time.sleep(0.6)
        page(html("/drips"))(handler)

    site["/"], site["/drips"] = late, drips_body
    begun = time.monotonic()
    with pytest.raises(UnknownFormat):
        obtain(f"{site.url}/", Limits(whole=1.0))
    assert time.monotonic() - begun < 1.4


def test_what_is_no_page_is_given_back_whatever_it_is(site: Site) -> None:
    site["/s"] = page(b"BEGIN: nothing", "text/html")
    assert obtain(f"{site.url}/s").content == b"BEGIN: nothing"


def test_a_schedule_that_its_server_calls_a_page_is_one(site: Site) -> None:
    site["/s"] = page(SCHEDULE, "text/html")
    assert obtain(f"{site.url}/s").content == SCHEDULE


def test_a_file_is_known_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "s.json.gz"
    file.write_bytes(gzip.compress(SCHEDULE))
    monkeypatch.chdir(tmp_path)
    found = obtain("s.json.gz")
    assert found == Obtained("s.json.gz", str(file), SCHEDULE)
    monkeypatch.chdir("/")
    assert obtain_again(found) == Obtained(str(file), str(file), SCHEDULE)
    os.unlink(file)
    with pytest.raises(Unreachable):
        obtain_again(found)


def test_an_address_that_fails_again_is_an_error(site: Site) -> None:
    site["/s"] = page(SCHEDULE)
    found = obtain(f"{site.url}/s")
    assert found.validators == NO_VALIDATORS
    site["/s"] = redirect("file:///s")
    with pytest.raises(Unreachable):
        obtain_again(found, LIMITS)
