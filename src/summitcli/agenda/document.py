"""The text of an agenda's file: JSON that a person can read, compare and repair.

Reading accepts exactly what writing gives: a key too many or too few, a wrong type or a day that is none is
an error. What is not understood can't be kept, and a file that would lose something when written again must
not be written. A new key raises the number in :data:`FORMAT`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, datetime

from summitcli.agenda.picks import Agenda, Pick
from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import Any, TypeVar
from summitcli.rows import SlotRow
from summitcli.text import strict_json
from summitcli.text.ids import is_id
from summitcli.text.printable import printable, printable_json

FORMAT = "summit-agenda/1"
"""Marks the file; the number is raised whenever an older program would misread it."""

LARGEST = 64 * 2**20
"""The most bytes of an agenda that are read or written; one of 100,000 sessions has some 40 MB."""

_FORMAT = re.compile(r"summit-agenda/([1-9][0-9]{0,8})")
_YEARS = range(MINYEAR + 1, MAXYEAR)
"""In which a day has one before and one after it, in whatever zone."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_AGENDA_KEYS = frozenset(("format", "conference", "title", "name", "picks"))
_PICK_KEYS = frozenset(Pick._fields)
_SLOT_KEYS = frozenset(SlotRow._fields)

_json = json.JSONEncoder(ensure_ascii=False).encode

Value = TypeVar("Value")


class InvalidAgenda(ScheduleError):
    """A file that is there and can't be read as an agenda. It is never written to.

    Args:
        path: the file.
        fault: what is wrong with it.
        newer: whether a newer version of the program wrote it.
    """

    def __init__(self, path: str, fault: str, newer: bool = False) -> None:
        if newer:
            sentence = _("the agenda {path} can't be read: {fault}. Update summitcli, or move the file away")
        else:
            sentence = _(
                "the agenda {path} can't be read: {fault}. Nothing was changed; repair the file, or move it"
                " away to begin a new one"
            )
        self.fault = fault
        self.newer = newer
        super().__init__(sentence.format(path=printable(path), fault=printable(fault)))


def dumps(agenda: Agenda) -> bytes:
    """``agenda`` as the bytes of its file: UTF-8, a key a line, a slot a line."""
    head = {"format": FORMAT, "conference": agenda.conference, "title": agenda.title, "name": agenda.name}
    lines = [f"  {_json(key)}: {_json(value)},\n" for key, value in head.items()]
    picks = _block("  ", "picks", [_pick_text(pick) for pick in agenda.picks])
    # What a terminal acts on stays escaped, so that the file is safe to print.
    return printable_json("{\n" + "".join(lines) + picks + "\n}\n").encode()


def must_fit(data: bytes, path: str) -> None:
    """Raise ScheduleError if ``data``, which is to become the agenda at ``path``, could not be read again."""
    if len(data) > LARGEST:
        sentence = _(
            "the agenda {path} would be larger than {n} MB, which is more than is read; nothing was changed,"
            " so pick fewer sessions"
        )
        raise ScheduleError(sentence.format(path=printable(path), n=LARGEST // 2**20))


def loads(data: bytes, path: str, conference: str, name: str) -> Agenda:
    """The agenda that ``data`` holds.

    Args:
        data: the file's bytes.
        path: the file, for messages.
        conference: the id of the conference that it must be of.
        name: the agenda's name, by the name of its file: one that was renamed or copied is another agenda.

    Raises:
        InvalidAgenda: it is anything but the agenda of that conference in this format.
    """
    if len(data) > LARGEST:
        raise InvalidAgenda(path, _("it is larger than {n} MB").format(n=LARGEST // 2**20))
    if not data.strip():
        raise InvalidAgenda(path, _("it is empty"))
    try:
        document = strict_json.loads(data)
        _must_be_of_this_format(document, path)
        return _agenda(document, conference, name)
    except ValueError as error:
        raise InvalidAgenda(path, str(error)) from None


def _pick_text(pick: Pick) -> str:
    indent = " " * 6
    days = None if pick.days is None else list(pick.days)
    lines = [
        f'{indent}"id": {_json(pick.id)}',
        f'{indent}"title": {_json(pick.title)}',
        f'{indent}"days": {_json(days)}',
        _block(indent, "slots", [_json(slot._asdict()) for slot in pick.slots]),
        _block(indent, "withdrawn", [_json(slot._asdict()) for slot in pick.withdrawn]),
        f'{indent}"revision": {_json(pick.revision)}',
        f'{indent}"gone": {_json(pick.gone)}',
    ]
    return "{\n" + ",\n".join(lines) + "\n    }"


def _block(indent: str, key: str, entries: list[str]) -> str:
    """A key with a list of ``entries``, each on lines of its own."""
    if not entries:
        return f'{indent}"{key}": []'
    return f'{indent}"{key}": [\n' + ",\n".join(f"{indent}  {entry}" for entry in entries) + f"\n{indent}]"


def _must_be_of_this_format(document: Any, path: str) -> None:
    mark = document.get("format") if isinstance(document, dict) else None
    if mark == FORMAT:
        return
    if isinstance(mark, str) and _FORMAT.fullmatch(mark):
        fault = _("it is of the newer format {format}").format(format=mark)
        raise InvalidAgenda(path, fault, newer=True)
    raise ValueError(_('it does not begin with "format": "{format}"').format(format=FORMAT))


class _Fault(ValueError):
    """What is wrong with a value, and where that is, as far out as it has come by now."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        pair = _("{path}: {reason}")
        super().__init__(pair.format(path=where.removeprefix("."), reason=reason) if where else reason)

    def within(self, outer: str) -> _Fault:
        return _Fault(outer + self.where, self.reason)


def _agenda(document: Any, conference: str, name: str) -> Agenda:
    _check_keys(document, _AGENDA_KEYS)
    if document["conference"] != conference:
        fault = _('it is of another conference, "{conference}"')
        raise ValueError(fault.format(conference=document["conference"]))
    _check_text(document, "title")
    _check_text(document, "name")
    picks = _list(document, "picks", _pick)
    first: dict[str, int] = {}
    for position, pick in enumerate(picks):
        earlier = first.setdefault(pick.id, position)
        if earlier != position:
            reason = _('"{id}" is picked already by picks[{n}]').format(id=pick.id, n=earlier)
            raise _Fault(f"picks[{position}]", reason)
    return Agenda(conference, document["title"], name, picks)


def _pick(value: Any) -> Pick:
    _check_keys(value, _PICK_KEYS)
    _check_text(value, "title")
    if not (isinstance(value["id"], str) and is_id(value["id"])):
        raise _Fault(".id", _("must be an id"))
    if type(value["revision"]) is not int or value["revision"] < 0:
        raise _Fault(".revision", _("must be a whole number from 0 up"))
    if type(value["gone"]) is not bool:
        raise _Fault(".gone", _("must be true or false"))
    days = None if value["days"] is None else _list(value, "days", _day)
    if days is not None and (not days or list(days) != sorted(set(days))):
        raise _Fault(".days", _("must be null, or days in order of time"))
    slots = _list(value, "slots", _slot)
    if not slots:
        raise _Fault(".slots", _("must not be empty"))
    withdrawn = _list(value, "withdrawn", _slot)
    return Pick(value["id"], days, value["title"], slots, withdrawn, value["revision"], value["gone"])


def _slot(value: Any) -> SlotRow:
    _check_keys(value, _SLOT_KEYS)
    try:
        _day(value["day"])
    except _Fault as fault:
        raise fault.within(".day") from None
    if type(value["all_day"]) is not bool:
        raise _Fault(".all_day", _("must be true or false"))
    for key in ("start", "end"):
        if value["all_day"] and value[key] is not None:
            raise _Fault(f".{key}", _("must be null, as all_day is true"))
        if not value["all_day"] and not _is_instant(value[key]):
            raise _Fault(f".{key}", _("must be a time with its offset from UTC"))
    if value["room"] is not None:
        _check_text(value, "room")
    return SlotRow(**value)


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value or day.year not in _YEARS:
        raise _Fault("", _("must be a day such as {day}").format(day="2022-07-23"))
    return day.isoformat()


def _is_instant(value: Any) -> bool:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return instant is not None and instant.tzinfo is not None and instant.year in _YEARS


def _list(value: Any, key: str, entry: Callable[[Any], Value]) -> tuple[Value, ...]:
    entries = value[key]
    if not isinstance(entries, list):
        raise _Fault(f".{key}", _("must be a list"))
    read: list[Value] = []
    for one in entries:
        try:
            read.append(entry(one))
        except _Fault as fault:
            raise fault.within(f".{key}[{len(read)}]") from None
    return tuple(read)


def _check_keys(value: Any, keys: frozenset[str]) -> None:
    if not isinstance(value, dict):
        raise _Fault("", _("must be an object"))
    if value.keys() != keys:
        for key in sorted(keys - value.keys()):
            raise _Fault("", _('the key "{key}" is missing').format(key=key))
        for key in sorted(value.keys() - keys):
            raise _Fault("", _('the key "{key}" is not known').format(key=key))


def _check_text(value: Any, key: str) -> None:
    # JSON may hold half of a surrogate pair, which no file in UTF-8 can.
    if not isinstance(value[key], str) or _SURROGATE.search(value[key]):
        raise _Fault(f".{key}", _("must be text"))
