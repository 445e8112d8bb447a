"""Reading the parts of a session that several platforms share: references, links, translations."""

from collections.abc import Iterator, Mapping

from summitcli.budgets import LINKS
from summitcli.formats.draft import DraftLink
from summitcli.formats.json_fields import NAMELESS, UNKNOWN, Fields


def referenced_name(fields: Fields, key: str, known: Mapping[str, str]) -> str:
    """Return the name of the thing, such as a room, whose ID is at ``key``.

    If the ID is not in ``known``, the names by ID, add a finding and return the ID.
    """
    if isinstance(fields.raw(key), dict):
        return fields.named(key, known)
    label = fields.label(key)
    if label and label not in known:
        fields.note(UNKNOWN, key, label)
    return known.get(label, label)


def referenced_names(fields: Fields, key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the things, such as speakers, whose IDs are in the list at ``key``.

    IDs that are not in ``known``, the names by ID, are reported as findings and left out.
    """
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
    """Yield the links of a session or speaker.

    Args:
        fields: the session or speaker.
        kinds: the keys that may have a link, each with the kind of its link.
    """
    for key, kind in kinds.items():
        if url := fields.text(key).strip():
            fields.spend(LINKS, 1)
            yield DraftLink(url, kind=kind)


def versions(texts: Mapping[str, str], own: str) -> dict[str, str]:
    """Return texts by language tag, without those that repeat the text in the conference's own language.

    The result is empty if no other text is left.

    Args:
        texts: the texts by language tag.
        own: the tag of the conference's own language.
    """
    found = {tag: text for tag, text in texts.items() if tag == own or text != texts.get(own)}
    return found if found.keys() - {own} else {}
