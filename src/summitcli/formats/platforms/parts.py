"""Reading the parts of a session that several platforms write alike: references, links, translations."""

from collections.abc import Iterator, Mapping

from summitcli.budgets import LINKS
from summitcli.formats.draft import DraftLink
from summitcli.formats.json_fields import NAMELESS, UNKNOWN, Fields


def referenced_name(fields: Fields, key: str, known: Mapping[str, str]) -> str:
    """Return the name of the room (or the like) to which the ID at ``key`` refers.

    If the ID is unknown, add a finding and return the ID.

    Args:
        fields: the object with the ID, such as a session.
        key: the key of the ID, such as ``room``.
        known: the names by ID.
    """
    if isinstance(fields.raw(key), dict):
        return fields.named(key, known)
    label = fields.label(key)
    if label and label not in known:
        fields.note(UNKNOWN, key, label)
    return known.get(label, label)


def referenced_names(fields: Fields, key: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the speakers (or the like) to which the IDs in the list at ``key`` refer.

    An ID that is unknown is left out and reported as a finding.

    Args:
        fields: the object with the list, such as a session.
        key: the key of the list, such as ``speakers``.
        known: the names by ID.
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
        kinds: the keys that may have a link, with the kind of each link: ``{"slide": "slides"}``.
    """
    for key, kind in kinds.items():
        if url := fields.text(key).strip():
            fields.spend(LINKS, 1)
            yield DraftLink(url, kind=kind)


def versions(texts: Mapping[str, str], own: str) -> dict[str, str]:
    """Return the texts by language, without those that are equal to the text in the main language.

    If only the text in the main language is left, the result is empty.

    Args:
        texts: the texts by language, such as ``{"zh": "開幕", "en": "Opening"}``.
        own: the conference's main language.
    """
    found = {tag: text for tag, text in texts.items() if tag == own or text != texts.get(own)}
    return found if found.keys() - {own} else {}
