"""The reader of our own format as YAML, which allows shorter forms than JSON.

``docs/schedule-format.md`` describes the format.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

from summitcli.budgets import EVENTS, Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats import native, yaml_tree
from summitcli.formats.parsed import Parsed, Sessions
from summitcli.formats.places import read_path
from summitcli.formats.shorthand import Expansion
from summitcli.i18n import _
from summitcli.model import Session
from summitcli.sources.source import NO_HINTS, Hints

_MARK = re.compile(rb"""^["']?format["']?[ \t]*:[ \t]+["']?summit-schedule/""", re.MULTILINE)
_BEGINNING = re.compile(
    rb"""(?:[ \t]*(?:\#[^\r\n]*)?\r?\n | %YAML[^\r\n]*\r?\n | ---[ \t]*(?:\#[^\r\n]*)?\r?\n)*+
    ["']?[$\w-]+["']?[ \t]*:(?=[ \t\r\n])""",
    re.VERBOSE,
)
"""The pattern of the beginning of a document: comments, blank lines, the mark ``---``, and the first key."""


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like a YAML mapping whose ``format`` begins with ``summit-schedule/``."""
    return _BEGINNING.match(data.removeprefix(BOM_UTF8)) is not None and _MARK.search(data) is not None


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> Parsed:
    """Return the schedule in ``data``.

    Each session is validated when an iteration over the sessions reaches it.

    Raises:
        InvalidSchedule: the document is not YAML, is too large (:mod:`summitcli.budgets`), or does not follow
            the format. The error lists everything that is wrong, with paths. If only sessions are wrong, the
            iteration over the sessions raises it.
    """
    expansion = _expanded(data, name)
    if expansion.faults:
        raise _invalid(expansion, name)
    try:
        parsed = native.read(_json(expansion), name, hints)
    except InvalidSchedule:
        raise _invalid(expansion, name) from None
    return parsed._replace(sessions=_Sessions(parsed.sessions, data, name))


class _Sessions:
    """The sessions of a YAML file.

    Errors in them are reported with the paths in the file as its author wrote it.

    Args:
        sessions: the sessions of the document after its short forms were expanded.
        data: the file.
        name: the file's name, for messages.
    """

    def __init__(self, sessions: Sessions, data: bytes, name: str) -> None:
        self._sessions = sessions
        self._data = data
        self._name = name

    def __iter__(self) -> Iterator[Session]:
        try:
            yield from self._sessions
        except InvalidSchedule:
            raise _invalid(_expanded(self._data, self._name), self._name) from None

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        return [session.id for session in self]


def _expanded(data: bytes, name: str) -> Expansion:
    """Return the document in ``data`` with its short forms, such as ``start: 14:00``, in their full form.

    Raises:
        InvalidSchedule: the document is not YAML, is not a mapping, or has too many slots.
    """
    try:
        document = yaml_tree.load(data)
    except yaml_tree.NotYaml as error:
        raise InvalidSchedule(name, [("", str(error))], error.place) from None
    if not isinstance(document, dict):
        raise InvalidSchedule(name, [("", _("must be an object"))])
    # Before the default values are repeated in each of them.
    Spending(name, len(data)).spend(EVENTS, _count_slots(document.get("sessions")))
    return Expansion(document)


def _count_slots(sessions: object) -> int:
    """Return the number of slots in a list of sessions. A session without ``slots`` counts as one."""
    entries = sessions if isinstance(sessions, list) else []
    slots = (entry.get("slots") if isinstance(entry, dict) else None for entry in entries)
    return sum(len(listed) if isinstance(listed, list) else 1 for listed in slots)


def _json(expansion: Expansion) -> bytes:
    return json.dumps(expansion.document).encode()


def _invalid(expansion: Expansion, name: str) -> InvalidSchedule:
    """Return the error for an invalid schedule. It lists everything that is wrong."""
    faults = dict(expansion.faults)
    try:
        native.read_whole(_json(expansion), name)
    except InvalidSchedule as error:
        for path, reason in error.faults:
            faults.setdefault(expansion.origin(read_path(path)) if path else "", reason)
    return InvalidSchedule(name, [*faults.items()])
