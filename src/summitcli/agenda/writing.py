"""Writing an agenda, with its picks (sessions), as the text of its file; default values are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from summitcli.agenda.document import FORMAT
from summitcli.agenda.parts import AgendaText
from summitcli.agenda.picks import Agenda, HistoryEntry, OwnEntry, Pick
from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.progress import steps
from summitcli.storage.spool import Spool
from summitcli.text.printable import printable_json

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def dumps(agenda: Agenda) -> bytes:
    """Return the content of an agenda's file: UTF-8 JSON with one key or slot per line."""
    return b"".join(text_of(agenda).pieces())


def text_of(agenda: Agenda) -> AgendaText:
    """Return the content of an agenda's file in three parts: before the picks, the picks, and after them."""
    unknown = dict(agenda.unknown)
    conference = {
        "id": agenda.conference,
        "title": agenda.title,
        "start": agenda.start or None,
        "end": agenda.end or None,
        **unknown.pop("conference", {}),
    }
    keys = {"format": FORMAT, "conference": conference, "name": agenda.name}
    before = [f'  "{key}": {_json(value)}' for key, value in keys.items()]
    blocks: dict[str, Iterable[str]] = {
        "entries": map(_entry, agenda.entries),
        "busy": map(_json, agenda.busy),
        "merged": (_pick("    ", pick) for pick in agenda.merged),
        "history": map(_past, agenda.history),
        "former": (_json(removed._asdict()) for removed in agenda.former),
    }
    after = [_block("  ", key, entries).encode() for key, entries in blocks.items() if getattr(agenda, key)]
    after += (key.encode() for key in _unknown("  ", unknown.items()))
    picks = Spool()
    for pick in steps(_("writing"), agenda.picks, len(agenda.picks)):
        picks.add(_pick("    ", pick).encode())
    return AgendaText(
        ",\n".join(["{\n" + before[0], *before[1:], '  "picks": [']).encode(),
        picks,
        b",\n".join([b"]", *after, b""]).removesuffix(b",\n") + b"\n}\n",
    )


def _pick(indent: str, pick: Pick) -> str:
    """Return the JSON of a pick; keys with a default value are left out."""
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


def _past(past: HistoryEntry) -> str:
    inner = " " * 6
    lists = ("picks", "entries", "busy")
    keys = [f'{inner}"{key}": {_json(value)}' for key, value in past._asdict().items() if key not in lists]
    keys.append(_block(inner, "picks", (_pick(" " * 8, pick) for pick in past.picks)))
    if past.entries is not None:
        keys.append(_block(inner, "entries", map(_entry, past.entries)))
    if past.busy is not None:
        keys.append(_block(inner, "busy", map(_json, past.busy)))
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
    """Return a line of JSON for each key that this version does not know, with the value that was read."""
    return [f"{indent}{_json(key)}: {_json(value)}" for key, value in pairs]


def _block(indent: str, key: str, entries: Iterable[str]) -> str:
    """Return the JSON text of a key whose value is a list; each value in the list begins a new line.

    Args:
        indent: the spaces before the key.
        key: the key.
        entries: the JSON texts of the values in the list.
    """
    text = ",".join(f"\n{indent}  {entry}" for entry in entries)
    return f'{indent}"{key}": [{text}\n{indent}]' if text else f'{indent}"{key}": []'


def _json(value: Any) -> str:
    text = _encode(value)
    # Unknown keys may contain half of a surrogate pair, which UTF-8 can't encode.
    text = json.dumps(value) if _SURROGATE.search(text) else text
    # Terminal control characters stay escaped, so that the file is safe to print.
    return printable_json(text)
