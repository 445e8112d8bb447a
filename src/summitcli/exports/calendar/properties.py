"""The properties of calendars as text: content lines, cleaned, escaped and folded."""

from functools import lru_cache

from ics.grammar.parse import Container, ContentLine

from summitcli.exports.calendar import content

CACHE_SIZE = 4096
"""The number of content lines kept in each cache, which avoids making equal lines of many events anew."""


def wire(*parts: Container | ContentLine) -> str:
    """Return components and content lines as text: lines folded, each with a CRLF at its end."""
    return "".join([f"{content.fold(line)}\r\n" for part in parts for line in str(part).split("\r\n")])


def visible_or_empty(text: str) -> str:
    """Return ``text`` without unsafe characters; empty if only blanks are left."""
    cleaned = content.clean(text)
    return cleaned if cleaned.strip() else ""


@lru_cache(CACHE_SIZE)
def cached_property(name: str, text: str) -> str:
    """Return a property of type TEXT as a content line, cached; empty if its text is blank."""
    return wire(text_line(name, text)) if text and visible_or_empty(text) else ""


def text_line(name: str, text: str) -> ContentLine:
    """Return the content line of a property of type TEXT."""
    return line(name, content.escape(text))


def line(name: str, value: str, **parameters: str) -> ContentLine:
    """Return the content line of a property whose value is already in the form that its type needs."""
    # Without params all lines would share one default dictionary.
    params = {key: [content.parameter(text)] for key, text in parameters.items()}
    return ContentLine(name=name, params=params, value=value)
