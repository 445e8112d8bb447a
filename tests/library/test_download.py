"""The bytes of downloaded schedules, and where they come from."""

import gzip

import pytest

from summitcli.errors import ScheduleError
from summitcli.library.download import redirected_host
from summitcli.library.fetch import fetch_schedule
from summitcli.library.kept import Origin
from summitcli.sources.web import Limits
from tests.library.sites import SCHEDULE
from tests.webserver import Site, packed, page


def test_a_schedule_in_another_encoding_is_saved_in_utf_8(site: Site) -> None:
    latin = SCHEDULE.decode().replace("Conf", "Größe").encode("latin-1")
    site["/s.json"] = page(latin, "application/json; charset=iso-8859-1")
    assert fetch_schedule(f"{site.url}/s.json").content == latin.decode("latin-1").encode()


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
