"""Parts of a session that several platforms write alike: references, links, texts in several languages."""

from collections.abc import Iterator, Mapping

from summitcli.budgets import LINKS
from summitcli.formats.draft import DraftLink
from summitcli.formats.json_fields import NAMELESS, UNKNOWN, Fields


def referenced_name(fields: Fields, key: str, known: Mapping[str, str]) -> str:
    """Return the name of what ``key`` refers to by ID; an unknown ID is a finding and used as the name."""
    if isinstance(fields.raw(key), dict):
        return fields.named(key, known)
    label = fields.label(key)
    if label and label not in known:
        fields.note(UNKNOWN, key, label)
    return known.get(label, label)


def referenced_names(fields: Fields, key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of what a list refers to by ID; those with unknown IDs are findings and left out."""
    names = []
    for entry, where in fields.entries(key):
        reference = fields.fields_of(entry if isinstance(entry, dict) else {"id": entry}, where)
        name = reference.own_name(known)
        if name.strip():
            names.append(name)
        else:
            reference.note(NAMELESS if isinstance(entry, dict) else UNKNOWN)
    return tuple(names)


def read_links(fields: Fields, kinds: Mapping[str, str]) -> Iterator[DraftLink]:
    """Yield the links under some keys.

    Args:
        fields: the session or speaker.
        kinds: what a link leads to, by key.
    """
    for key, kind in kinds.items():
        if url := fields.text(key).strip():
            fields.spend(LINKS, 1)
            yield DraftLink(url, kind=kind)


def versions(texts: Mapping[str, str], own: str) -> dict[str, str]:
    """Return texts by language without those that only repeat the text in the conference's own language.

    The result is empty if no text is left beside that one.
    """
    found = {tag: text for tag, text in texts.items() if tag == own or text != texts.get(own)}
    return found if found.keys() - {own} else {}
