"""Expanding the short forms that authors may use in a schedule to the full forms of the model.

- Numbers and booleans are read from texts, by the type of the field.
- ``defaults`` has values for all sessions that have none of their own.
- A session may have ``day``, ``start``, ``end``, ``duration`` and ``room`` itself, instead of ``slots``.
- ``start`` and ``end`` may be times of day in the conference's time zone. ``duration`` may replace ``end``.
- A single speaker need not be in a list.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from summitcli.formats import model_types
from summitcli.formats.advice import MAX_SUGGESTIONS, with_suggestion
from summitcli.formats.clock_times import ClockTimes, Unreadable
from summitcli.formats.places import Step, write_path
from summitcli.i18n import _
from summitcli.model import Schedule, Session, Slot, time_zones

OF_SLOTS = ("day", "start", "end", "duration", "room")
"""The keys of a slot. A session with only one slot may have these keys itself."""
OF_DEFAULTS = ("category", "type", "language", "recorded", "status", "day", "duration", "room")
_SLOT_DEFAULTS = ("day", "room")
_SESSION_DEFAULTS = tuple(name for name in OF_DEFAULTS if name not in OF_SLOTS)

MAX_DEFAULT = 100
"""The largest length, in characters, of a value in ``defaults``, which is repeated in every session."""

Path = tuple[Step, ...]


class Expansion:
    """A document with its short forms expanded, and the errors found in them.

    Args:
        source: the document as its author wrote it.
    """

    def __init__(self, source: Mapping[str, Any]) -> None:
        self.faults: dict[str, str] = {}
        """The errors, by the path in ``source`` where each was found."""
        self._source = source
        self._defaults = self._read_defaults(source.get("defaults"))
        self._times = ClockTimes(_zone_of(source))
        rest = {key: value for key, value in source.items() if key != "defaults"}
        known = (*model_types.fields_of(Schedule), "defaults")
        made = self._without_unknown_keys(rest, known, ())
        if isinstance(made.get("sessions"), list):
            made["sessions"] = [
                self._session(("sessions", number), entry) for number, entry in enumerate(made["sessions"])
            ]
        self.document = typed(made, Schedule)
        """The expanded document, for validation by the model."""

    def origin(self, path: Sequence[Step]) -> str:
        """Return the path in the author's document from which a value of the expanded document was made.

        Args:
            path: the path of the value in the expanded document.
        """
        steps = list(path)
        if len(steps) < 2 or steps[0] != "sessions" or not isinstance(steps[1], int):
            return write_path(steps)
        session = self._source["sessions"][steps[1]]
        if not isinstance(session, dict):
            return write_path(steps)
        where, rest = steps[:2], steps[2:]
        if rest[:2] == ["slots", 0] and "slots" not in session:
            rest = rest[2:]
        elif rest[:1] == ["slots"] and len(rest) > 2:
            where, rest = steps[:4], rest[2:]
            session = session["slots"][steps[3]]
        name = rest[0] if rest else None
        if name == "end" and "end" not in session:
            rest, name = ["duration"], "duration"
        if name == "speakers" and isinstance(session.get("speakers"), str):
            rest = ["speakers"]
        if name in OF_DEFAULTS and name not in session and name in self._defaults:
            where = ["defaults"]
        return write_path([*where, *rest])

    def _read_defaults(self, written: Any) -> dict[str, Any]:
        """Return the valid values in ``defaults``. Store an error for each invalid one.

        Args:
            written: the content of ``defaults``, as its author wrote it.
        """
        if written is None:
            return {}
        if not isinstance(written, dict):
            self._fault(("defaults",), _("must be an object"))
            return {}
        made = self._without_unknown_keys(written, OF_DEFAULTS, ("defaults",))
        for name, value in [*made.items()]:
            if not isinstance(value, str):
                self._fault(("defaults", name), _("must be a string"))
            elif len(value) > MAX_DEFAULT:
                sentence = _("must not be longer than {n} characters").format(n=MAX_DEFAULT)
                self._fault(("defaults", name), sentence)
            else:
                continue
            del made[name]
        return made

    def _session(self, where: Path, written: Any) -> Any:
        """Return a session with ``slots``, made from a session as its author wrote it.

        Args:
            where: the path of the session in the author's document.
            written: the session, as its author wrote it.
        """
        if not isinstance(written, dict):
            return written
        made = self._without_unknown_keys(written, (*model_types.fields_of(Session), *OF_SLOTS), where)
        for name in _SESSION_DEFAULTS:
            if name in self._defaults:
                made.setdefault(name, self._defaults[name])
        if isinstance(made.get("speakers"), str):
            made["speakers"] = [made["speakers"]]
        slot = {name: made.pop(name) for name in OF_SLOTS if name in made}
        if "slots" not in made:
            made["slots"] = [self._slot(where, slot)]
        elif isinstance(made["slots"], list):
            made["slots"] = [
                self._slot((*where, "slots", number), entry) for number, entry in enumerate(made["slots"])
            ]
        if "slots" in written:
            for name in slot:
                self._fault((*where, name), _("can't be used with {name}").format(name="slots"))
        return made

    def _slot(self, where: Path, written: Any) -> Any:
        """Return a slot with full dates and times, made from a slot as its author wrote it.

        Args:
            where: the path of the slot in the author's document.
            written: the slot, as its author wrote it.
        """
        if not isinstance(written, dict):
            return written
        made = self._without_unknown_keys(written, (*model_types.fields_of(Slot), "duration"), where)
        for name in _SLOT_DEFAULTS:
            if name in self._defaults:
                made.setdefault(name, self._defaults[name])
        start, end = made.pop("start", None), made.pop("end", None)
        duration = made.pop("duration", None)
        if duration is not None and end is not None:
            self._fault((*where, "duration"), _("can't be used with {name}").format(name="end"))
            duration = None
        elif duration is not None and start is None:
            self._fault((*where, "duration"), _("can't be used without {name}").format(name="start"))
            duration = None
        elif start is not None and end is None and duration is None:
            duration = self._defaults.get("duration")
        try:
            times = self._times.instants(made.get("day"), start, end, duration)
        except Unreadable as error:
            is_default = error.field not in written
            self._fault((*(("defaults",) if is_default else where), error.field), str(error))
            times = {}
        return {**made, **times}

    def _without_unknown_keys(
        self, written: Mapping[str, Any], known: Iterable[str], where: Path
    ) -> dict[str, Any]:
        """Return an object without its unknown keys. Store an error for each of them.

        Args:
            written: the object, as its author wrote it.
            known: the known keys.
            where: the path of the object in the author's document.
        """
        known = (*known,)
        for name in written:
            if name not in known:
                reason = _("unknown key")
                if len(self.faults) < MAX_SUGGESTIONS:
                    reason = with_suggestion(reason, name, known)
                self._fault((*where, name), reason)
        return {name: value for name, value in written.items() if name in known}

    def _fault(self, path: Path, reason: str) -> None:
        self.faults.setdefault(write_path(path), reason)


def _zone_of(source: Mapping[str, Any]) -> str | None:
    """Return the name of the conference's time zone; None if it is missing or there is no such zone."""
    conference = source.get("conference")
    name = conference.get("time_zone") if isinstance(conference, dict) else None
    return name if isinstance(name, str) and name in time_zones() else None


_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


def typed(value: Any, type_: Any) -> Any:
    """Return a part of a document with texts converted to numbers or booleans, where the model has these.

    Fields with the value null are left out, unless they are required.

    Args:
        value: the part of the document. All its values are texts or null.
        type_: the type of the part in the model.
    """
    if isinstance(value, dict) and (fields := model_types.fields_of(type_)):
        return {
            key: typed(entry, model_types.child(type_, key))
            for key, entry in value.items()
            if entry is not None or key not in fields or fields[key].is_required()
        }
    if isinstance(value, list) and (item := model_types.item_type(type_)):
        return [typed(entry, item) for entry in value]
    if isinstance(value, str):
        for kind in model_types.alternatives(type_):
            if (found := _read(value, kind)) is not None:
                return found
    return value


def _read(text: str, kind: Any) -> bool | float | None:
    """Return a text converted to a boolean or a finite number; None if that is impossible.

    Args:
        text: the text.
        kind: the type: ``bool``, ``int`` or ``float``.
    """
    if kind is bool:
        return _BOOLEANS.get(text.lower())
    if kind not in (int, float) or not text.isascii() or "_" in text:
        return None
    try:
        number: float = kind(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None
