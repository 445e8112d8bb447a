"""An agenda as the text of its file. What is as it is of most picks is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from summitcli.agenda.document import FORMAT
from summitcli.agenda.picks import Agenda, OwnEntry, Past, Pick
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_json

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def dumps(agenda: Agenda) -> bytes:
    """Return ``agenda`` as the bytes of its file: UTF-8, a key a line, a slot a line."""
    unknown = dict(agenda.unknown)
    conference = {
        "id": agenda.conference,
        "title": agenda.title,
        "start": agenda.start or None,
        "end": agenda.end or None,
        **unknown.pop("conference", {}),
    }
    keys = [
        f'  "format": {_json(FORMAT)}',
        f'  "conference": {_json(conference)}',
        f'  "name": {_json(agenda.name)}',
        _block("  ", "picks", (_pick("    ", pick) for pick in agenda.picks)),
    ]
    if agenda.entries:
        keys.append(_block("  ", "entries", map(_entry, agenda.entries)))
    if agenda.busy:
        keys.append(_block("  ", "busy", map(_json, agenda.busy)))
    if agenda.merged:
        keys.append(_block("  ", "merged", (_pick("    ", pick) for pick in agenda.merged)))
    if agenda.history:
        keys.append(_block("  ", "history", map(_past, agenda.history)))
    if agenda.former:
        keys.append(_block("  ", "former", (_json(one._asdict()) for one in agenda.former)))
    keys += _unknown("  ", unknown.items())
    # What a terminal acts on stays escaped, so that the file is safe to print.
    return printable_json("{\n" + ",\n".join(keys) + "\n}\n").encode()


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
    lines = ",\n".join(f"{indent}  {entry}" for entry in entries)
    return f'{indent}"{key}": [\n{lines}\n{indent}]' if lines else f'{indent}"{key}": []'


def _json(value: Any) -> str:
    text = _encode(value)
    # Only what is not known may hold half of a surrogate pair, which UTF-8 can't.
    return json.dumps(value) if _SURROGATE.search(text) else text
