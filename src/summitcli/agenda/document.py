"""The agenda's file format: JSON that people can read, compare and repair, described in ``docs/files.md``.

This module reads it; :mod:`summitcli.agenda.writing` writes it.

Known keys are validated strictly: a wrong type or an invalid date is an error that says where it is. Unknown
keys are kept and written back. A change that older versions would misread increases the number in
:data:`FORMAT`.
"""

from __future__ import annotations

import contextlib
import re
from codecs import BOM_UTF8
from sys import intern

from summitcli.agenda import checks
from summitcli.agenda.checks import Fault
from summitcli.agenda.picks import (
    Agenda,
    HistoryEntry,
    OwnEntry,
    Pick,
    RemovedPick,
    Unknown,
    interned_slot,
)
from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.rows import MARKS, SlotRow
from summitcli.text import strict_json
from summitcli.text.ids import is_id
from summitcli.text.printable import printable
from summitcli.text.uids import is_session_uid, session_uid

if TYPE_CHECKING:
    from summitcli.agenda.parts import AgendaText

FORMAT = "summit-agenda/2"
"""The format marker of the file. Its number increases with every change that older versions would misread."""

FIRST_FORMAT = "summit-agenda/1"
"""The marker of the first format, which is still read and no longer written."""

MAX_DECODED_AT_ONCE = 2**20
"""The size in bytes up to which an agenda file is decoded as a whole; larger ones are read pick by pick."""

LARGEST = 64 * 2**20
"""The maximum size of an agenda file, in bytes. A file with 100,000 sessions has about 50 MB."""

_FORMAT = re.compile(r"summit-agenda/([1-9][0-9]{0,8})")
_FIRST_KEYS = frozenset(("format", "conference", "title", "name", "picks"))
_NEEDED = frozenset(("format", "conference", "name", "picks"))
_KEYS = _NEEDED | {"entries", "busy", "merged", "history", "former"}
_CONFERENCE_KEYS = frozenset(("id", "title", "start", "end"))
_FIRST_PICK_KEYS = frozenset(("id", "title", "days", "slots", "withdrawn", "revision", "gone"))
_PICK_KEYS = frozenset(Pick._fields) - {"unknown"}
_PICK_NEEDED = frozenset(("id", "title", "slots"))
_ENTRY_KEYS = frozenset(("id", "title", "day", "from", "to", "room"))
_ENTRY_NEEDED = frozenset(("id", "title", "day"))
_SLOT_KEYS = frozenset(SlotRow._fields)
_PAST_KEYS = frozenset(HistoryEntry._fields) - {"entries", "busy"}
_FORMER_KEYS = frozenset(RemovedPick._fields)

STATES = ("held", "missing", "cancelled")


class InvalidAgenda(ScheduleError):
    """An existing file that is not a valid agenda. Such a file is never overwritten.

    Args:
        path: the file.
        fault: what is wrong with it.
        newer: True if a newer version of the program wrote it.
    """

    def __init__(self, path: str, fault: str, newer: bool = False) -> None:
        if newer:
            sentence = _(
                "can't read the agenda {path}: {fault}. Update summitcli, or move or rename the file"
            )
        else:
            sentence = _(
                "can't read the agenda {path}: {fault}. Nothing was changed; repair the file, or move or"
                " rename it to start a new agenda"
            )
        self.fault = fault
        self.newer = newer
        super().__init__(sentence.format(path=printable(path), fault=printable(fault)))


class Reading(NamedTuple):
    """An agenda read from its file, with the file's format and what is wrong with its undo history."""

    agenda: Agenda
    first: bool = False
    """True if the file has the old format :data:`FIRST_FORMAT`."""
    lost: str = ""
    """The reason why the undo history in the file is invalid and was ignored; empty if it is valid."""


def must_fit(size: int, path: str) -> None:
    """Raise ScheduleError if an agenda file with ``size`` bytes at ``path`` would be too large to read."""
    if size > LARGEST:
        sentence = _(
            "the agenda {path} would exceed the limit of {n} MB, so nothing was changed; add fewer sessions"
        )
        raise ScheduleError(sentence.format(path=printable(path), n=LARGEST // 2**20))


def loads(data: bytes, path: str, conference: str, name: str) -> Agenda:
    """Return the agenda in ``data``, the bytes of an agenda file; see :func:`read`."""
    return read(data, path, conference, name).agenda


def read_back(text: AgendaText, path: str, like: Agenda) -> Agenda:
    """Return the agenda that :func:`read` will return once ``text`` is written to ``path``.

    Args:
        text: the content to be written.
        path: the file's path, for messages.
        like: the agenda that ``text`` was made from. Picks that are equal are taken from it, to save memory.

    Raises:
        InvalidAgenda: the text is not a valid agenda file.
    """
    from summitcli.agenda.parts import load_parts

    try:
        strict_json.check_budget_of_pieces(text.pieces(), text.size())
        return _reading(load_parts(text), like.conference, like.name, like).agenda
    except ValueError as error:
        raise InvalidAgenda(path, str(error)) from None
    except RecursionError:
        raise InvalidAgenda(path, _("it is nested too deeply")) from None


def read(data: bytes, path: str, conference: str, name: str) -> Reading:
    """Return the agenda in ``data``, the bytes of a file in the current format or in the first one.

    Args:
        data: the file's bytes.
        path: the file, for messages.
        conference: the ID of the conference that the agenda must belong to.
        name: the agenda's name, from the name of its file; the name stored inside is ignored, as the file may
            have been renamed or copied.

    Raises:
        InvalidAgenda: ``data`` is not an agenda of that conference.
    """
    if len(data) > LARGEST:
        raise InvalidAgenda(path, _("it is larger than {n} MB").format(n=LARGEST // 2**20))
    data = data.removeprefix(BOM_UTF8)
    if not data.strip():
        raise InvalidAgenda(path, _("it is empty"))
    if len(data) > MAX_DECODED_AT_ONCE:
        from summitcli.agenda.parts import load_lazily

        # If this fails, decode the whole file, which reports the error with its position.
        with contextlib.suppress(ValueError, RecursionError):
            strict_json.check_budget(data)
            document = load_lazily(data)
            if document.get("format") == FORMAT:
                return _reading(document, conference, name)
    try:
        document = strict_json.loads(data)
        if _is_first(document, path):
            return Reading(_first_agenda(document, conference, name), first=True)
        return _reading(document, conference, name)
    except ValueError as error:
        raise InvalidAgenda(path, str(error)) from None


def _is_first(document: Any, path: str) -> bool:
    """Return whether a document has the first format; False if it has the current one.

    Raises:
        InvalidAgenda: the document has a newer format.
        ValueError: the document has no format marker, or an unknown one.
    """
    mark = document.get("format") if isinstance(document, dict) else None
    if mark in (FORMAT, FIRST_FORMAT):
        return bool(mark == FIRST_FORMAT)
    if isinstance(mark, str) and _FORMAT.fullmatch(mark):
        fault = _("it has a newer format, {format}").format(format=mark)
        raise InvalidAgenda(path, fault, newer=True)
    raise ValueError(_('it has no "format": "{format}"').format(format=FORMAT))


def _first_agenda(document: dict[str, Any], conference: str, name: str) -> Agenda:
    checks.check_keys(document, _FIRST_KEYS)
    _check_conference(document["conference"], conference)
    checks.text(document, "name")
    picks = checks.items(document, "picks", lambda value: _first_pick(value, conference))
    _check_picks(picks)
    unknown = _unknown_to_both(document, _FIRST_KEYS, _KEYS)
    return Agenda(conference, checks.text(document, "title"), name, picks, unknown=unknown)


def _first_pick(value: Any, conference: str) -> Pick:
    """Return the pick in ``value``, a JSON object from an agenda file in the first (oldest) format.

    The first format stores no UID, so the UID is made from the session's ID. ``"gone": true`` in the file
    means that calendars were told to cancel the session. Then the pick stays cancelled until the session is
    back.
    """
    checks.check_keys(value, _FIRST_PICK_KEYS)
    if type(value["gone"]) is not bool:
        raise Fault(".gone", _("must be true or false"))
    state = "cancelled" if value["gone"] else "held"
    fields = {key: value[key] for key in _FIRST_PICK_KEYS - {"gone"}}
    unknown = _unknown_to_both(value, _FIRST_PICK_KEYS, _PICK_KEYS)
    return _pick({**fields, "state": state}, conference)._replace(unknown=unknown)


def _unknown_to_both(value: dict[str, Any], first: frozenset[str], later: frozenset[str]) -> Unknown:
    """Return the keys of ``value`` that neither format defines, with their values.

    Args:
        value: a JSON object of the first format.
        first: the keys that the first format defines.
        later: the keys that the current format defines.

    Raises:
        Fault: ``value`` has a key that is defined only in the current format.
    """
    for key in sorted((value.keys() & later) - first):
        raise Fault("", _('unknown key "{key}"').format(key=key))
    return checks.unknown_keys(value, first)


def _reading(document: dict[str, Any], conference: str, name: str, like: Agenda | None = None) -> Reading:
    earlier = iter(like.picks if like else ())

    def pick(value: Any) -> Pick:
        made = _pick(value, conference)
        known = next(earlier, made)
        return known if known == made else made

    checks.check_keys(document, _NEEDED)
    place = document["conference"]
    try:
        checks.check_keys(place, _CONFERENCE_KEYS)
        _check_conference(place["id"], conference)
        title = checks.text(place, "title")
        start, end = (checks.day_of(place, key) if place[key] is not None else "" for key in ("start", "end"))
        unknown = checks.unknown_keys(place, _CONFERENCE_KEYS)
    except Fault as fault:
        raise fault.within(".conference") from None
    checks.text(document, "name")
    picks = checks.items(document, "picks", pick)
    _check_picks(picks)
    entries = checks.items(document, "entries", _entry)
    busy = checks.items(document, "busy", checks.plain_text)
    uids = {pick.uid for pick in picks}
    merged = checks.items(document, "merged", lambda value: _pick(value, conference))
    merged = tuple(pick for pick in merged if pick.uid not in uids)
    if unknown:
        # They are written back inside the conference.
        unknown = (("conference", dict(unknown)),)
    unknown = (*unknown, *checks.unknown_keys(document, _KEYS))
    agenda = Agenda(conference, title, name, picks, start, end, entries, busy, merged=merged, unknown=unknown)
    try:
        history = checks.items(document, "history", lambda value: _past(value, conference))
        return Reading(agenda._replace(history=history, former=checks.items(document, "former", _former)))
    except Fault as fault:
        return Reading(agenda, lost=str(fault))


def _check_conference(value: Any, conference: str) -> None:
    if value != conference:
        fault = _('it belongs to another conference, "{conference}"')
        raise ValueError(fault.format(conference=value))


def _check_picks(picks: tuple[Pick, ...]) -> None:
    """Raise Fault unless all picks have different session IDs and different UIDs."""
    if len({pick.id for pick in picks}) == len({pick.uid for pick in picks}) == len(picks):
        return
    ids: dict[str, int] = {}
    uids: dict[str, int] = {}
    for position, pick in enumerate(picks):
        earlier = ids.setdefault(pick.id, position)
        if earlier != position:
            reason = _('"{id}" is already in picks[{n}]').format(id=pick.id, n=earlier)
            raise Fault(f"picks[{position}]", reason)
        earlier = uids.setdefault(pick.uid, position)
        if earlier != position:
            reason = _("picks[{n}] has the same UID").format(n=earlier)
            raise Fault(f"picks[{position}].uid", reason)


def _pick(value: Any, conference: str) -> Pick:
    checks.check_keys(value, _PICK_NEEDED)
    id_ = _id(value)
    guid, code, url = (checks.text_or_none(value, key) for key in ("guid", "code", "url"))
    days = None if value.get("days") is None else checks.items(value, "days", checks.day)
    if days is not None and (not days or list(days) != sorted(set(days))):
        raise Fault(".days", _("must be null, or days in chronological order"))
    slots = checks.items(value, "slots", _slot)
    if not slots:
        raise Fault(".slots", _("must not be empty"))
    return Pick(
        id_,
        days,
        checks.text(value, "title"),
        slots,
        checks.items(value, "withdrawn", _slot),
        checks.whole_number(value, "revision"),
        guid,
        id_ if code == id_ else code,
        url,
        tuple(map(intern, checks.items(value, "speakers", checks.plain_text))),
        _uid(value) if "uid" in value else session_uid(id_, conference, guid),
        checks.member(value, "pick", MARKS),
        checks.member(value, "state", STATES),
        checks.unknown_keys(value, _PICK_KEYS),
    )


def _id(value: dict[str, Any]) -> str:
    found = value["id"]
    if not (isinstance(found, str) and is_id(found)):
        raise Fault(".id", _("must be an ID"))
    return found


def _uid(value: dict[str, Any]) -> str:
    found = value["uid"]
    if not (isinstance(found, str) and is_session_uid(found)):
        raise Fault(
            ".uid",
            _("must be the UID of a calendar event, such as {uid}").format(uid="opening@summit-5.summitcli"),
        )
    return found


def _slot(value: Any) -> SlotRow:
    checks.check_keys(value, _SLOT_KEYS)
    if stray := value.keys() - _SLOT_KEYS:
        raise Fault("", _('unknown key "{key}"').format(key=min(stray)))
    checks.day_of(value, "day")
    if type(value["all_day"]) is not bool:
        raise Fault(".all_day", _("must be true or false"))
    for key in ("start", "end"):
        if not value["all_day"]:
            checks.instant(value, key)
        elif value[key] is not None:
            raise Fault(f".{key}", _("must be null, as all_day is true"))
    checks.text_or_none(value, "room")
    return interned_slot(SlotRow(**value))


def _entry(value: Any) -> OwnEntry:
    checks.check_keys(value, _ENTRY_NEEDED)
    return OwnEntry(
        _id(value),
        checks.text(value, "title"),
        checks.day_of(value, "day"),
        checks.clock_time(value, "from"),
        checks.clock_time(value, "to"),
        checks.text_or_none(value, "room"),
        checks.unknown_keys(value, _ENTRY_KEYS),
    )


def _past(value: Any, conference: str) -> HistoryEntry:
    checks.check_keys(value, _PAST_KEYS)
    picks = checks.items(value, "picks", lambda pick: _pick(pick, conference))
    places = checks.items(value, "places", checks.plain_number)
    if len(places) != len(picks):
        raise Fault(".places", _('must have as many values as "picks"'))
    _check_picks(picks)
    return HistoryEntry(
        checks.text(value, "done"),
        checks.instant(value, "at"),
        checks.items(value, "ids", checks.plain_text),
        checks.whole_number(value, "number"),
        picks,
        places,
        checks.items(value, "absent", checks.plain_text),
        None if value.get("entries") is None else checks.items(value, "entries", _entry),
        None if value.get("busy") is None else checks.items(value, "busy", checks.plain_text),
    )


def _former(value: Any) -> RemovedPick:
    checks.check_keys(value, _FORMER_KEYS)
    guid = checks.text_or_none(value, "guid")
    return RemovedPick(_id(value), guid, _uid(value), checks.whole_number(value, "revision"))
