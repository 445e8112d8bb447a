"""Parsing a directory of conferences: our own format (``docs/directory.md``) or a menu of the app Giggity.

Entries that can't be used are left out and counted. The URLs in a directory may be harmful. They are checked
here only for their form.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping

from summitcli.budgets import CONFERENCES, too_many
from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.rows import DirectoryRow
from summitcli.sources.addresses import without_password
from summitcli.storage.paths import LONGEST_NAME, fault_of_name
from summitcli.text import strict_json

FORMAT = "summit-directory/1"
"""The value of the key ``format`` that marks a document as a directory in our own format."""

MAX_SIZE = 8 * 2**20
"""The maximum size of a directory, in bytes. The largest known one has 300 KB for hundreds of conferences."""

MAX_TITLE_LENGTH = 200
"""The maximum length of a title, in characters; entries with longer titles are left out."""
MAX_URL_LENGTH = 4096
"""The maximum length of a URL, in characters; entries with longer URLs are left out."""

_SCHEMES = ("https://", "http://", "webcal://", "webcals://")
_GIGGITY_KEYS = {"title", "url", "start", "timezone"}
"""The keys by which a document is recognised as one entry of Giggity's menu.

In the repository of Giggity, each entry is in a file of its own.
"""

_TEMPLATES = ("name", "title", "url", "source")
"""The keys of a series whose values may contain ``{year}`` and ``{yy}``, which an edition's year replaces.

A series is a conference that is held repeatedly; an edition is one of these conferences.
"""


class NotADirectory(ScheduleError):
    """The error that a document is not a directory of conferences, or is too large to be one.

    Args:
        name: the name of the document, for the message.
        reason: what is wrong with it.
    """

    def __init__(self, name: str, reason: str) -> None:
        sentence = _("{name} is not a list of conferences: {reason}")
        super().__init__(sentence.format(name=without_password(name), reason=reason))


class Document(NamedTuple):
    """A parsed directory of conferences."""

    rows: tuple[DirectoryRow, ...]
    left_out: int
    """The number of entries without a title, a URL or valid dates."""


def parse(content: bytes, name: str) -> Document:
    """Return the conferences in a directory, in the order of the directory, each with a unique name.

    Args:
        content: the bytes of the directory, decompressed.
        name: the name of the directory, for messages.

    Raises:
        NotADirectory: the content is not a directory of conferences, or is too large.
    """
    if len(content) > MAX_SIZE:
        raise NotADirectory(name, _("it is larger than {n} MB").format(n=MAX_SIZE // 2**20))
    try:
        document = strict_json.loads(content.removeprefix(BOM_UTF8))
    except strict_json.NotJson as error:
        raise NotADirectory(name, str(error)) from None
    entries = _entries(document, name)
    limit = CONFERENCES.limit(len(content))
    rows: list[DirectoryRow] = []
    left_out = 0
    for number, entry in enumerate(entries):
        if number >= limit:
            raise NotADirectory(name, too_many(CONFERENCES, len(content)))
        row = _row(entry)
        if row is None:
            left_out += 1
        else:
            rows.append(row)
    return Document(tuple(_with_unique_names(rows)), left_out)


def _entries(document: Any, name: str) -> Iterator[Any]:
    """Yield the entries of a directory, all in the form of our own format.

    An entry can be a series: a conference that is held repeatedly. For a series, one entry is yielded for
    each time that the conference was held.

    Args:
        document: the decoded JSON.
        name: the name of the directory, for messages.

    Raises:
        NotADirectory: the document is not a directory of conferences.
    """
    if isinstance(document, dict):
        mark = document.get("format")
        if mark == FORMAT and isinstance(document.get("conferences"), list):
            return _editions(document["conferences"])
        if isinstance(mark, str) and mark.startswith("summit-directory/") and mark != FORMAT:
            raise NotADirectory(name, _("it was written for a newer version; update summitcli"))
        if mark is None and isinstance(document.get("schedules"), list):
            return map(_of_giggity, document["schedules"])
        if mark is None and document.keys() >= _GIGGITY_KEYS:
            return iter([_of_giggity(document)])
    raise NotADirectory(
        name, _("it lists no conferences, neither in this program's format nor in that of the app Giggity")
    )


def _editions(conferences: list[Any]) -> Iterator[Any]:
    for entry in conferences:
        editions = entry.get("editions") if isinstance(entry, dict) else None
        if isinstance(editions, list):
            yield from (_edition(entry, edition) for edition in editions)
        else:
            yield entry


def _edition(series: Mapping[str, Any], edition: Any) -> Mapping[str, Any] | None:
    """Return the entry for one edition of a series (a conference that is held repeatedly).

    A value given for the edition is used rather than the value of the series. Return None if the edition has
    no year.
    """
    year = edition.get("year") if isinstance(edition, dict) else None
    if type(year) is not int or not 0 < year < 10_000:
        return None
    entry = {**series, **edition}
    for key in _TEMPLATES:
        if isinstance(text := entry.get(key), str):
            entry[key] = text.replace("{year}", str(year)).replace("{yy}", f"{year % 100:02}")
    return entry


def _of_giggity(schedule: Any) -> Mapping[str, Any] | None:
    """Return the entry of our own format for a schedule in Giggity's menu; None if it can't be used."""
    if not isinstance(schedule, dict):
        return None
    metadata = schedule.get("metadata")
    links = metadata.get("links") if isinstance(metadata, dict) else None
    first = next((link for link in links if isinstance(link, dict)), {}) if isinstance(links, list) else {}
    id_ = schedule.get("id")
    return {
        "name": id_.replace("_", "-").lower() if isinstance(id_, str) else None,
        "title": schedule.get("title"),
        "start": schedule.get("start"),
        "end": schedule.get("end"),
        "time_zone": schedule.get("timezone"),
        "url": schedule.get("url"),
        "source": first.get("url"),
    }


def _row(entry: Any) -> DirectoryRow | None:
    """Return the conference in an entry of a directory; None if it lacks a title, a URL or valid dates."""
    if not isinstance(entry, dict):
        return None
    title, url = _text(entry.get("title")), _url(entry.get("url"))
    start = _date(entry.get("start"))
    end = start if entry.get("end") is None else _date(entry["end"])
    if not title or len(title) > MAX_TITLE_LENGTH or not url or not start or not end or end < start:
        return None
    return DirectoryRow(
        _name(entry.get("name"), title, start),
        title,
        start,
        end,
        _text(entry.get("time_zone")) or None,
        url,
        _text(entry.get("series"))[:LONGEST_NAME] or None,
        _url(entry.get("source")) or None,
    )


def _text(value: Any) -> str:
    """Return ``value`` without spaces around it; an empty string if it is not text that UTF-8 can encode."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        return ""
    return value.strip()


def _url(value: Any) -> str:
    """Return ``value`` if it looks like a web URL, otherwise an empty string."""
    url = _text(value)
    is_web = url.lower().startswith(_SCHEMES)
    return url if is_web and len(url) <= MAX_URL_LENGTH and url.isprintable() and " " not in url else ""


def _date(value: Any) -> str:
    """Return ``value`` if it is an ISO date, otherwise an empty string."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return ""


def _name(value: Any, title: str, start: str) -> str:
    """Return ``value`` if it can be the name of a conference, else a name made from title and year."""
    name = _text(value)
    if name and not fault_of_name(name):
        return name
    # Imported here, as the directory that comes with the program has a name for each conference.
    from summitcli.formats.assembly.slugs import slug

    year = start[:4]
    longest = LONGEST_NAME - len("-2026-10000")
    made = slug(title, longest).strip("-")
    made = made if year in made or not made else f"{made}-{year}"
    return made if made and not fault_of_name(made) else f"conference-{year}"


def _with_unique_names(rows: list[DirectoryRow]) -> Iterator[DirectoryRow]:
    """Yield the rows with unique names; repeated rows are left out.

    If a name was used before, a number is added to it.
    """
    taken = {row.name for row in rows}
    seen: set[str] = set()
    urls: set[tuple[str, str]] = set()
    counters: dict[str, int] = {}
    for row in rows:
        if (row.name, row.url) in urls:
            continue
        urls.add((row.name, row.url))
        name = row.name
        while name in seen:
            counters[row.name] = counters.get(row.name, 1) + 1
            name = f"{row.name[: LONGEST_NAME - 6]}-{counters[row.name]}"
            if name in taken and name not in seen:
                name = row.name
        seen.add(name)
        yield row._replace(name=name)


def unpacked(content: bytes, name: str) -> bytes:
    """Return the content of a directory, decompressed if it is gzip data.

    Raises:
        NotADirectory: the content is damaged, or too large when decompressed.
    """
    if content[:1] in (b"{", b" ", b"\n"):
        return content
    from summitcli.sources.packed import decompressed

    try:
        return decompressed(content, name, MAX_SIZE)
    except ScheduleError:
        raise NotADirectory(name, _("its compressed data (gzip) is damaged or too large")) from None
