"""An agenda as the text of its file. What is as it is of most picks is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from summitcli.agenda.document import FORMAT
from summitcli.agenda.picks import Agenda, OwnEntry, Past, Pick
from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.progress import steps
from summitcli.text.printable import printable_json

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def dumps(agenda: Agenda) -> bytes:
    """Return ``agenda`` as the bytes of its file: UTF-8, a key a line, a slot a line."""
    # What is not in memory twice is most of a large agenda.
    text = BytesIO()
    for piece in _pieces(agenda):
        text.write(piece.encode())
    return text.getvalue()


def _pieces(agenda: Agenda) -> Iterator[str]:
    """Yield the text of a file piece by piece."""
    unknown = dict(agenda.unknown)
    conference = {
        "id": agenda.conference,
        "title": agenda.title,
        "start": agenda.start or None,
        "end": agenda.end or None,
        **unknown.pop("conference", {}),
    }
    yield f'{{\n  "format": {_json(FORMAT)},\n  "conference": {_json(conference)}'
    yield f',\n  "name": {_json(agenda.name)}'
    blocks: list[tuple[str, Iterable[str]]] = [
        ("picks", (_pick("    ", pick) for pick in steps(_("writing"), agenda.picks, len(agenda.picks)))),
        ("entries", map(_entry, agenda.entries)),
        ("busy", map(_json, agenda.busy)),
        ("merged", (_pick("    ", pick) for pick in agenda.merged)),
        ("history", map(_past, agenda.history)),
        ("former", (_json(one._asdict()) for one in agenda.former)),
    ]
    for key, entries in blocks:
        if key == "picks" or getattr(agenda, key):
            yield ",\n"
            yield from _pieces_of_block("  ", key, entries)
    for key in _unknown("  ", unknown.items()):
        yield f",\n{key}"
    yield "\n}\n"


def _pick(indent: str, pick: Pick) -> str:
    """Return a pick, without those keys that are as they are where they are not there."""
    inner = indent + "  "
    keys = [f'{inner}"id": {_json(pick.id)}', f'{inner}"title": {_json(pick.title)}']
    optional: dict[str, tuple[Any, Any]] = {
        "guid": (pick.guid, None),
        "code": (pick.code, None),
        "url": (pick.url, None),
        "speakers": (list(pick.speakers), []),
        "uid": (pick.uid, None),
        "revision": (pick.revision, 0),
        "pick": (pick.pick, "yes"),
        "state": (pick.state, "held"),
        "days": (None if pick.days is None else list(pick.days), None),
    }
    keys += [f'{inner}"{key}": {_json(value)}' for key, (value, usual) in optional.items() if value != usual]
    keys.append(_block(inner, "slots", (_json(slot._asdict()) for slot in pick.slots)))
    if pick.withdrawn:
        keys.append(_block(inner, "withdrawn", (_json(slot._asdict()) for slot in pick.withdrawn)))
    keys += _unknown(inner, pick.unknown)
    return "{\n" + ",\n".join(keys) + f"\n{indent}}}"


def _past(past: Past) -> str:
    inner = " " * 6
    keys = [f'{inner}"{key}": {_json(value)}' for key, value in past._asdict().items() if key != "picks"]
    keys.append(_block(inner, "picks", (_pick(" " * 8, pick) for pick in past.picks)))
    return "{\n" + ",\n".join(keys) + "\n    }"


def _entry(entry: OwnEntry) -> str:
    fields = {
        "id": entry.id,
        "title": entry.title,
        "day": entry.day,
        "from": entry.start,
        "to": entry.end,
        "room": entry.room,
    }
    return _json({**fields, **dict(entry.unknown)})


def _unknown(indent: str, pairs: Iterable[tuple[str, Any]]) -> list[str]:
    """Return the keys that are not known as they were."""
    return [f"{indent}{_json(key)}: {_json(value)}" for key, value in pairs]


def _block(indent: str, key: str, entries: Iterable[str]) -> str:
    """Return a key with a list of ``entries``, each on lines of its own."""
    return "".join(_pieces_of_block(indent, key, entries))


def _pieces_of_block(indent: str, key: str, entries: Iterable[str]) -> Iterator[str]:
    """Yield what :func:`_block` returns piece by piece."""
    before = f'{indent}"{key}": ['
    after = "]"
    for entry in entries:
        yield f"{before}\n{indent}  {entry}"
        before, after = ",", f"\n{indent}]"
    yield after if before == "," else before + after


def _json(value: Any) -> str:
    text = _encode(value)
    # Only what is not known may hold half of a surrogate pair, which UTF-8 can't.
    text = json.dumps(value) if _SURROGATE.search(text) else text
    # What a terminal acts on stays escaped, so that the file is safe to print.
    return printable_json(text)
