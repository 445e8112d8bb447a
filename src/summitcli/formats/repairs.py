"""Replacing invalid values of a schedule by valid ones, so that one validation finds all that is wrong.

The model checks rules about several values only if each single value is valid. So each invalid value is
replaced by a valid one, and the schedule is validated again. If this finds an error that is due to such a
replacement, the error is ignored.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from summitcli.formats import model_types
from summitcli.formats.model_types import fields_of
from summitcli.formats.places import Step
from summitcli.model import Schedule, Text

Path = tuple[Step, ...]

_BETWEEN_TIMES = ("end_before_start", "half_a_time", "too_long", "out_of_time")
"""The types of errors that are about the start and the end of one object."""
_LASTING = ("repeated_id", "unknown_topic", "unknown_category", "missing_language")
"""The types of errors whose repair never causes another error, so the repair need not be remembered."""
_UNKNOWN_KEY = "extra_forbidden"
_DAY = "2000-01-01"
_DAYS: tuple[Path, ...] = (("conference", "start"), ("conference", "end"))
_DEPENDS_ON: Mapping[str, tuple[Path, ...]] = {
    "outside_conference": _DAYS,
    "start_on_another_day": (*_DAYS, ("conference", "time_zone")),
    "missing_language": (("conference", "language"),),
    "unknown_category": (("categories",),),
    "unknown_topic": (("conference", "topics"),),
}
"""For a type of error about one value, the paths of other values on which the error depends.

If one of these values was repaired, the error may be caused by the repair, and is ignored. A list counts as
repaired only if a whole entry, or the ID of an entry, was replaced.
"""
_BY_NAME = {"language": "en", "time_zone": "UTC"}
"""Valid values for fields that allow only certain texts, by the name of the field."""
_BY_TYPE: Mapping[Any, Any] = {date: _DAY, bool: False, int: 0, float: 0, Text: "x"}


class Repairs:
    """The repairs made so far in a document: invalid values were replaced by valid ones.

    Args:
        document: the document, a part of a schedule. It is changed by repairs.
        where: the path of this part in the schedule.
        earlier: the repairs already made in the rest of the schedule.
    """

    def __init__(self, document: Any, where: Path = (), earlier: "Repairs | None" = None) -> None:
        self.document = document
        self._where = where
        self._earlier = earlier
        self._paths: set[Path] = set()
        self._touched: dict[tuple[Path, int], bool] = {}
        """A cache for :meth:`_is_touched`: whether a value was repaired.

        The key is the value's path and the number of repairs made before the question.
        """
        self._number = 0

    def applies(self, kind: str, path: Path) -> bool:
        """Return whether an error is really in the schedule, and not caused by a repair.

        Args:
            kind: the type of the error, as pydantic names it.
            path: the path of the wrong value in the schedule.
        """
        if self._is_repaired(path):
            return False
        if kind in _BETWEEN_TIMES:
            return not any(self._is_repaired((*path, name)) for name in ("start", "end"))
        if kind == "start_on_another_day" and self._is_repaired((*path[:-1], "day")):
            return False
        return not any(self._is_touched(other) for other in _DEPENDS_ON.get(kind, ()))

    def repair(self, errors: Iterable[tuple[str, Path]]) -> bool:
        """Replace or remove the invalid values in the document. Return whether anything was changed.

        Args:
            errors: pairs of the type of an error, as pydantic names it, and the path of the invalid value in
                the schedule.
        """
        done = [self._repair(kind, path) for kind, path in errors]
        return any(done)

    def _is_repaired(self, path: Path) -> bool:
        return any(path[:length] in self._paths for length in range(1, len(path) + 1))

    def _is_touched(self, path: Path) -> bool:
        """Return whether the value at ``path``, which is outside the sessions, was repaired.

        A list was repaired if an entry or the ID of an entry was replaced. Other fields of its entries don't
        matter.
        """
        if self._earlier is not None:
            return self._earlier._is_touched(path)
        known = len(self._paths)
        if (path, known) not in self._touched:
            size = len(path)
            ids: Collection[Path] = ((), ("id",))
            self._touched[path, known] = self._is_repaired(path) or any(
                other[:size] == path and other[size + 1 :] in ids for other in self._paths
            )
        return self._touched[path, known]

    def _repair(self, kind: str, path: Path) -> bool:
        holder: Any = self.document
        type_ = model_types.type_at(Schedule, self._where)
        steps = path[len(self._where) :]
        if kind in _BETWEEN_TIMES:
            return self._repair_times(path, steps)
        for number, step in enumerate(steps):
            inner = model_types.child(type_, step)
            is_last = number == len(steps) - 1 or not (fields_of(inner) or model_types.item_type(inner))
            if is_last:
                if kind not in (*_LASTING, _UNKNOWN_KEY):
                    self._paths.add((*self._where, *steps[: number + 1]))
                return self._replace(holder, step, type_)
            try:
                holder, type_ = holder[step], inner
            except (LookupError, TypeError):
                # A value around it has been replaced.
                return False
        return False

    def _replace(self, holder: Any, step: Step, type_: Any) -> bool:
        """Replace a value by a valid one, or remove it if it is optional. Return whether it was changed.

        Args:
            holder: the object or list that contains the value.
            step: the key or index of the value.
            type_: the type of ``holder`` in the model.
        """
        if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            holder[step] = self._placeholder(model_types.item_type(type_), "")
            return True
        if not isinstance(holder, dict):
            return False
        field = fields_of(type_).get(str(step))
        if field is not None and field.is_required():
            holder[step] = self._placeholder(model_types.bare(field.annotation), str(step))
            return True
        return holder.pop(step, self) is not self

    def _repair_times(self, path: Path, steps: Path) -> bool:
        """Replace an object's start and end by valid values, or remove them if they are optional.

        Return True, as :meth:`_repair` does for any change.

        Args:
            path: the path of the object from the root of the schedule.
            steps: the path of the same object from :attr:`document`, the part of the schedule that is being
                repaired.
        """
        holder = self.document
        for step in steps:
            holder = holder[step]
        required = fields_of(model_types.type_at(Schedule, path))["start"].is_required()
        for name in ("start", "end"):
            self._paths.add((*path, name))
            if required:
                holder[name] = _DAY
            else:
                holder.pop(name, None)
        return True

    def _placeholder(self, type_: Any, name: str) -> Any:
        """Return a valid value to put in place of an invalid one.

        Args:
            type_: the type of the field.
            name: the name of the field.
        """
        type_ = model_types.alternatives(type_)[0]
        if type_ in _BY_TYPE:
            return _BY_TYPE[type_]
        if allowed := model_types.literals(type_):
            return allowed[0]
        if item := model_types.item_type(type_):
            return [self._placeholder(item, "")]
        if fields := fields_of(type_):
            return {
                key: self._placeholder(model_types.bare(field.annotation), key)
                for key, field in fields.items()
                if field.is_required()
            }
        self._number += 1
        # No ID of the schedule is repeated by it.
        return _BY_NAME.get(name) or f"repaired-{self._number}-{'-'.join(map(str, self._where)) or 'x'}"
