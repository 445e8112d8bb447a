"""Details that only few events have in the JSON of frab: level, tags, feedback page, several languages.

For some of these details the formats have no field. This program writes such details into
``conference.meta``, an object with an entry for each session.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from summitcli.formats.draft import DraftLink
from summitcli.formats.json_fields import UNEXPECTED, Fields

_LISTS_OF_TAGS = ("tags", "keywords")
_FIELDS = (*_LISTS_OF_TAGS, "level", "feedback_url")
_TAG_NAMES = ("name", "tag", "title", "label")


class Details(NamedTuple):
    """The details of an event. The fields are named as in :class:`summitcli.formats.draft.Event`."""

    abstracts: Mapping[str, str]
    descriptions: Mapping[str, str]
    level: str
    tags: tuple[str, ...]
    feedback_url: str
    kinds: Mapping[str, str] = {}
    """The kinds of links by URL, as in ``{"https://example.org/x.pdf": "slides"}``; only in our own files."""

    def with_kinds(self, links: tuple[DraftLink, ...]) -> tuple[DraftLink, ...]:
        """Return ``links`` with their kinds, such as ``slides``, added.

        The frab formats have no field for kinds. Only files of this program have them, in
        ``conference.meta``.
        """
        if not self.kinds:
            return links
        return tuple(link._replace(kind=link.kind or self.kinds.get(link.url, "")) for link in links)


NO_DETAILS = Details({}, {}, "", (), "")


def read_details(event: Fields, own: Fields | None = None) -> Details:
    """Return the details of an event. This is fast for an event that has none.

    Args:
        event: the event.
        own: the details of the event in ``conference.meta``, if this program wrote the file; None for other
            files.
    """
    if own is None and not event.has_any(_FIELDS) and not _is_in_languages(event):
        return NO_DETAILS
    found = Details(
        event.languages("abstract"),
        event.languages("description"),
        event.text("level"),
        _tags(event),
        event.first("feedback_url"),
    )
    if own is None:
        return found
    return Details(
        found.abstracts or own.languages("abstract"),
        found.descriptions or own.languages("description"),
        found.level or own.text("level"),
        found.tags or _tags(own),
        found.feedback_url,
        {link.text("url"): link.text("kind") for link in own.children("links")},
    )


def _is_in_languages(event: Fields) -> bool:
    """Return whether the abstract or the description of an event is in several languages."""
    return isinstance(event.raw("abstract"), dict) or isinstance(event.raw("description"), dict)


def _tags(event: Fields) -> tuple[str, ...]:
    """Return the tags of an event. This is fast for an event that has none."""
    return tuple(_read_tags(event)) if event.has_any(_LISTS_OF_TAGS) else ()


def _read_tags(event: Fields) -> Iterator[str]:
    for key in _LISTS_OF_TAGS:
        if isinstance(text := event.raw(key), str):
            yield from text.split(",")
            return
    for entry, where in event.entries(*_LISTS_OF_TAGS):
        fields = event.fields_of(entry if isinstance(entry, dict) else {_TAG_NAMES[0]: entry}, where)
        name = fields.own_name({}, _TAG_NAMES)
        if name.strip():
            yield name
        elif isinstance(entry, dict):
            fields.note(UNEXPECTED)
