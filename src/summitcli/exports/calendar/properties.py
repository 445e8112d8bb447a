"""The properties of calendars as content lines: cleaned, escaped and folded."""

from functools import lru_cache

from ics.grammar.parse import Container, ContentLine

from summitcli.exports.calendar import content

CACHE_SIZE = 4096
"""The maximum number of entries in each cache of the calendar export, such as of content lines.

Many events have the same lines, such as that of a room; a cache makes each of them only once.
"""


def wire(*parts: Container | ContentLine) -> str:
    """Return components and content lines as the text for a file: folded, with CRLF line ends."""
    return "".join([f"{content.fold(line)}\r\n" for part in parts for line in str(part).split("\r\n")])


def visible_or_empty(text: str) -> str:
    """Return ``text`` without unsafe characters; an empty string if only blanks are left."""
    cleaned = content.clean(text)
    return cleaned if cleaned.strip() else ""


def text_property(name: str, text: str) -> str:
    """Return what ``wire(text_line(name, text))`` returns, in half the time, for a line of every event."""
    return f"{content.fold(f'{name}:{content.escape(text)}')}\r\n"


@lru_cache(CACHE_SIZE)
def cached_property(name: str, text: str) -> str:
    """Return the content line of a property of type TEXT, from a cache; empty if ``text`` is blank."""
    return text_property(name, text) if text and visible_or_empty(text) else ""


@lru_cache(CACHE_SIZE)
def cached_line(name: str, value: str) -> str:
    """Return the content line of a property, from a cache; ``value`` is as for :func:`line`."""
    return wire(line(name, value))


def text_line(name: str, text: str) -> ContentLine:
    """Return the content line of a property of type TEXT."""
    return line(name, content.escape(text))


def line(name: str, value: str, **parameters: str) -> ContentLine:
    """Return the content line of a property.

    ``value`` must already have the form that the type of the property needs, such as ``20220723T093000``.
    """
    # Without params all lines would share one default dictionary.
    params = {key: [content.parameter(text)] for key, text in parameters.items()}
    return ContentLine(name=name, params=params, value=value)


def component(name: str, *parts: Container | ContentLine) -> Container:
    """Return a component with the given properties and components within it."""
    made = Container(name)
    made.extend(parts)
    return made
