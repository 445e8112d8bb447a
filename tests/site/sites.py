"""Schedules, catalogs and sites for tests, and a check of a site's links."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import temporary_catalog
from summitcli.formats import parse
from summitcli.formats.parsed import Parsed
from summitcli.site import PARTS
from summitcli.site.addresses import Addresses
from summitcli.site.contents import Contents, File, languages_of
from summitcli.site.manifest import FOLDER
from summitcli.site.publishing import Options, Publication, Schedule, publish
from tests.conftest import BUNDLED
from tests.published import here, read
from tests.schedules import document, session, timed

NOW = datetime(2024, 4, 1, 12, tzinfo=UTC)
FIRST, SECOND = "2024-05-01", "2024-05-02"

REAL = ["bundled", *here(
    "frab-json/frab-camp2019.json", "xml/debconf23.xml", "ics/jres2022.ics", "indico/xdc2021.json",
    "sessionize/gab2022.json", "harbour.json", "fair.ics",
)]  # fmt: skip
"""The schedules whose feeds are tested: the bundled one, and some that other conferences have published."""


def both_languages() -> dict[str, Any]:
    """Return a schedule in two languages with sessions of every kind."""
    made = document(
        session(
            "opening",
            timed(FIRST, f"{FIRST}T10:00:00+02:00", f"{FIRST}T11:00:00+02:00", room="大厅"),
            title={"en": "Opening", "zh": "开幕"},
            category="talk",
            speakers=["Ada", "李雷"],
            language="en",
            description={"en": "One.\n\nTwo & <three>.", "zh": "一。"},
            links=[{"url": "https://example.org/slides", "kind": "slides"}, {"url": "javascript:alert(1)"}],
            url="https://example.org/opening",
        ),
        session(
            "panel",
            timed(FIRST, f"{FIRST}T10:30:00+02:00", f"{FIRST}T12:00:00+02:00", room="大厅"),
            timed(SECOND, f"{SECOND}T09:00:00+02:00", f"{SECOND}T09:00:00+02:00", room="A1"),
            speakers=["Ada"],
        ),
        session("night", timed(FIRST, f"{SECOND}T00:30:00+02:00", f"{SECOND}T01:30:00+02:00")),
        session("fair", {"day": FIRST, "room": "A1"}),
        title={"en": "Conf", "zh": "会议"},
        notice={"en": "Subject to change."},
        url="https://example.org/",
    )
    made["speakers"] = [
        {"name": "Ada", "biography": "Mathematician.", "links": [{"url": "mailto:ada@example.org"}]}
    ]
    return made


def real(name: str) -> Parsed:
    """Return one of :data:`REAL`."""
    return parse(BUNDLED.read_bytes(), BUNDLED.name) if name == "bundled" else read(name)


def catalog_of(made: Mapping[str, Any]) -> Catalog:
    """Return the catalog of a schedule in our own format."""
    return temporary_catalog(parse(json.dumps(made).encode(), "plan.json"))


def schedule_of(made: Mapping[str, Any]) -> Schedule:
    """Return a schedule to publish."""
    data = json.dumps(made).encode()
    return Schedule(catalog_of(made), lambda: parse(data, "plan.json"))


def contents_of(made: Mapping[str, Any], **changes: Any) -> Contents:
    """Return the contents of a site."""
    schedule = schedule_of(made)
    languages = languages_of(schedule.catalog)
    addresses = Addresses(schedule.catalog, languages)
    titles = schedule.catalog.conference().titles
    return Contents(*schedule, addresses, languages, titles)._replace(**changes)


def site_of(parsed: Parsed, *languages: str, **fields: Any) -> Contents:
    """Return the contents of a site of a schedule, in its own languages unless some are given."""
    catalog = temporary_catalog(parsed)
    wanted = languages or languages_of(catalog)
    titles = catalog.conference().titles
    site = Contents(catalog, lambda: parsed, Addresses(catalog, wanted), wanted, titles)
    return site._replace(**fields)


def bytes_of(files: Iterable[File]) -> dict[str, bytes]:
    """Return the content of files by path."""
    return {file.path: b"".join(file.make()) for file in files}


def published(folder: Path, made: Mapping[str, Any], now: datetime = NOW, **changes: Any) -> Publication:
    """Publish a schedule in ``folder``."""
    schedule = schedule_of(made)
    options = Options(languages_of(schedule.catalog), schedule.catalog.conference().titles)
    return publish(str(folder), schedule, options._replace(**{"parts": PARTS, **changes}), now)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a site by path, without the program's own."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in named if not name.startswith(FOLDER)}


class Page(HTMLParser):
    """The HTML ids of a page, and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")


def dead_links(folder: Path, starts: Iterable[str]) -> list[str]:
    """Return the links to nothing on the pages that can be reached from ``starts``, the paths of pages."""
    return sorted(set(_dead_links(folder.resolve(), [folder.resolve() / start for start in starts])))


def _dead_links(folder: Path, pages: list[Path]) -> Iterator[str]:
    known: dict[Path, Page] = {}
    while pages:
        path = pages.pop()
        if path in known or path.suffix != ".html":
            continue
        known[path] = Page(path.read_text("utf-8"))
        for link in known[path].links:
            target, _hash, fragment = link.partition("#")
            if target.startswith(("https:", "http:", "mailto:")):
                continue
            place = (path.parent / unquote(target)).resolve() if target else path
            is_there = place.is_file() and place.is_relative_to(folder)
            if is_there and fragment:
                is_there = unquote(fragment) in Page(place.read_text("utf-8")).ids
            if is_there:
                pages.append(place)
            else:
                yield f"{path.relative_to(folder)}: {link}"
