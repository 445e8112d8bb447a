"""Directories at a URL: when they are downloaded, and what is used if that fails."""

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summitcli.directory.document import MAX_SIZE, NotADirectory
from summitcli.directory.remote import Copy, Reader, read_copy
from summitcli.errors import Unreachable, UsageError
from summitcli.sources.web import Limits, Response, Validators, fetch
from tests.directory.samples import HARBOUR, document
from tests.sources.conftest import site
from tests.webserver import Site, breaks_off, dated, endless, packed, page, redirect, status, tagged

__all__ = ["site"]

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST, SECOND = document(HARBOUR).encode(), document(HARBOUR, HARBOUR).encode()
LIMITS = Limits(max_size=MAX_SIZE, connect=2.0, total=5.0)


class Client:
    """A reader of the directory at a URL, with a clock."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.warnings: list[str] = []
        self.requests: list[Validators] = []

    def read(self, now: datetime = NOW, offline: bool = False) -> Copy:
        return read_copy(self.url, Reader(now, self.warnings.append, None if offline else self._fetch))

    def _fetch(self, url: str, validators: Validators) -> Response | None:
        self.requests.append(validators)
        return fetch(url, validators, LIMITS)


@pytest.fixture
def client(site: Site) -> Client:
    return Client(f"{site.url}/d.json")


def copies() -> list[Path]:
    folder = Path(os.environ["SUMMIT_CACHE"]) / "directories"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_directory_is_downloaded_once_a_day(site: Site, client: Client) -> None:
    site["/d.json"] = tagged(FIRST, '"1"')
    first = client.read()
    assert first == (FIRST, client.url, True, '"1"', "", NOW)
    assert client.read(NOW + DAY - timedelta(seconds=1)) == first
    assert len(site.asked()) == 1
    later = NOW + DAY
    assert client.read(later) == first._replace(checked=later)
    assert client.read(later) == first._replace(checked=later)
    assert client.requests == [Validators(), Validators('"1"')]
    site["/d.json"] = tagged(SECOND, '"2"')
    assert client.read(later + DAY) == (SECOND, client.url, True, '"2"', "", later + DAY)
    assert client.warnings == []
    (path,) = copies()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_date_is_a_validator_too(site: Site, client: Client) -> None:
    date = "Tue, 01 Sep 2026 08:00:00 GMT"
    site["/d.json"] = dated(FIRST, date)
    client.read()
    assert client.read(NOW + DAY) == (FIRST, client.url, True, "", date, NOW + DAY)


def test_a_clock_that_was_set_back_does_not_keep_a_copy_for_ever(site: Site, client: Client) -> None:
    site["/d.json"] = page(FIRST)
    client.read(NOW + 400 * DAY)
    client.read()
    assert len(site.asked()) == 2


FAILURES = {
    "not found": status(404),
    "broken": status(500),
    "no directory": page(b"<html>sorry</html>", "text/html"),
    "another document": page(b"{}"),
    "endless": endless(b" " * 65536),
    "cut off": breaks_off,
    "a bomb": packed(bytes(MAX_SIZE + 1)),
    "a page of a stranger": redirect("file:///etc/passwd"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_the_copy_is_used_if_there_is_nothing_better(site: Site, client: Client, failure: object) -> None:
    site["/d.json"] = failure  # type: ignore[assignment]
    with pytest.raises((Unreachable, NotADirectory)) as caught:
        client.read()
    assert "\n" not in str(caught.value)
    assert (copies(), client.warnings) == ([], [])
    site["/d.json"] = page(FIRST)
    first = client.read()
    site["/d.json"] = failure  # type: ignore[assignment]
    assert client.read(NOW + DAY) == first
    assert client.warnings == [
        f"using the copy of this list of conferences from 1 September 2026: {caught.value}"
    ]
    site["/d.json"] = page(SECOND)
    assert client.read(NOW + DAY).content == SECOND


def test_offline_a_copy_of_any_age_is_used(site: Site, client: Client) -> None:
    with pytest.raises(Unreachable, match="nothing is downloaded during completion"):
        client.read(offline=True)
    site["/d.json"] = page(FIRST)
    first = client.read()
    site.asked()
    assert client.read(NOW + 400 * DAY, offline=True) == first
    assert (site.asked(), client.warnings) == ([], [])


def test_a_compressed_directory(site: Site, client: Client) -> None:
    site["/d.json"] = page(gzip.compress(FIRST))
    assert client.read().content == FIRST


def test_a_directory_in_another_encoding_is_kept_in_utf_8(site: Site, client: Client) -> None:
    text = document(HARBOUR).replace("Harbour", "H\u00e4fen")
    site["/d.json"] = page(text.encode("latin-1"), "application/json; charset=iso-8859-1")
    assert client.read().content == text.encode()
    assert client.read().content == text.encode()


def test_the_url_after_redirects_is_kept(site: Site, client: Client) -> None:
    site["/d.json"], site["/e.json"] = redirect("/e.json"), page(FIRST)
    assert client.read().url == client.read().url == f"{site.url}/e.json"


@pytest.mark.parametrize(
    "change",
    [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000, {"format": "summit-directory-copy/2"}, {"checked": 7},
     {"checked": "2026-09-01T12:00:00"}, {"content": None}, {"url": 7}, {"etag": None}],
    ids=str,
)  # fmt: skip
def test_a_damaged_copy_is_replaced(site: Site, client: Client, change: bytes | dict[str, object]) -> None:
    site["/d.json"] = page(FIRST)
    client.read()
    (path,) = copies()
    document = json.loads(path.read_bytes())
    path.write_bytes(change if isinstance(change, bytes) else json.dumps({**document, **change}).encode())
    assert client.read() == (FIRST, client.url, True, "", "", NOW)
    assert client.read() == (FIRST, client.url, True, "", "", NOW)
    assert len(site.asked()) == 2


def test_a_copy_that_others_may_have_written_is_neither_used_nor_made(site: Site, client: Client) -> None:
    site["/d.json"] = page(FIRST)
    client.read()
    (path,) = copies()
    path.parent.chmod(0o777)
    client.read()
    path.unlink()
    client.read()
    assert (len(site.asked()), copies()) == (3, [])


def test_without_a_cache_a_directory_is_downloaded_each_time(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", os.devnull)
    site["/d.json"] = page(FIRST)
    assert client.read() == client.read()
    assert len(site.asked()) == 2


def test_a_password_is_not_kept(site: Site) -> None:
    client = Client(site.url.replace("//", "//me:secret@") + "/d.json")
    site["/d.json"] = page(FIRST)
    client.read()
    assert b"secret" not in copies()[0].read_bytes()
    with pytest.raises(UsageError):
        Client("http://").read()
