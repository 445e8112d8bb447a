"""The categories, tags and links of an event as content lines, for calendar apps and for this program."""

from collections.abc import Iterator
from functools import lru_cache

from summitcli.details import LinkRow
from summitcli.exports.calendar import content
from summitcli.exports.calendar.properties import (
    CACHE_SIZE,
    cached_property,
    line,
    text_line,
    visible_or_empty,
    wire,
)
from summitcli.text import calendar_properties


@lru_cache(CACHE_SIZE)
def _category(name: str) -> str:
    """Return ``name`` with slashes instead of commas, as some apps split it even at escaped commas."""
    return " / ".join(part.strip() for part in content.clean(name).split(",") if part.strip())


@lru_cache(CACHE_SIZE)
def categories(names: tuple[str, ...]) -> str:
    """Return the content line CATEGORIES with each of ``names`` once; empty if all names are blank."""
    values = [content.escape(name) for name in dict.fromkeys(map(_category, names)) if name]
    return wire(line("CATEGORIES", ",".join(values))) if values else ""


def own_categories(category: str, tags: tuple[str, ...]) -> Iterator[str]:
    """Yield lines of our own properties for the category and tags of a session.

    They are written only if this program could not restore the category and the tags from CATEGORIES alone
    when it reads the calendar.
    """
    if "," in category:
        yield cached_property(calendar_properties.CATEGORY, category)
    elif tags and not visible_or_empty(category):
        yield wire(text_line(calendar_properties.CATEGORY, ""))
    names = [category, *tags]
    if [*map(_category, names)] != [*dict.fromkeys(names)]:
        yield from (cached_property(calendar_properties.TAG, tag) for tag in tags)


def link_line(link: LinkRow) -> str:
    """Return a link as a content line: CONFERENCE (RFC 7986, 5.11) if it is a stream, else ATTACH.

    Return an empty string if the URL can't be written into a calendar.
    """
    address = content.uri(link.url)
    if not address:
        return ""
    name, title = ("CONFERENCE", "LABEL") if link.kind == "stream" else ("ATTACH", "FILENAME")
    parameters = {title: link.title or "", calendar_properties.KIND: link.kind or ""}
    given = {key: text for key, text in parameters.items() if visible_or_empty(text)}
    return wire(line(name, address, **({"VALUE": "URI"} if name == "CONFERENCE" else {}), **given))
