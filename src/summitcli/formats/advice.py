"""Suggestions for mistyped keys and values of our own format."""

from collections.abc import Mapping
from typing import Any

from summitcli.formats.model_types import fields_of, literals, type_at
from summitcli.formats.places import Step
from summitcli.i18n import _
from summitcli.model import Schedule, time_zones
from summitcli.text.suggest import nearest

MAX_SUGGESTIONS = 200
"""The limit on suggestions for one file, as each compares a value with all possible ones."""
_MAX_LENGTH = 50
_MAX_KNOWN = 1_000

Path = tuple[Step, ...]

_LISTS: Mapping[str, Path] = {"unknown_category": ("categories",), "unknown_topic": ("conference", "topics")}
"""The places of the lists that have the valid IDs, by the type of pydantic's error about an unknown ID."""


def with_suggestion(reason: str, given: object, known: Any) -> str:
    """Return the message ``reason``, followed by the most similar value to ``given`` in ``known``, if any."""
    if not isinstance(given, str) or not 1 < len(given) <= _MAX_LENGTH:
        return reason
    near = nearest(given, [*known][:_MAX_KNOWN], 1)
    if not near or near[0] == given:
        return reason
    return _('{reason}; did you mean "{name}"?').format(reason=reason, name=near[0])


class Advice:
    """Suggestions for the errors in one document.

    Args:
        document: the document.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._left = MAX_SUGGESTIONS

    def added(self, reason: str, kind: str, path: Path) -> str:
        """Return the error message ``reason`` with a suggestion added, if there is one.

        Args:
            reason: what is wrong.
            kind: the type of pydantic's error.
            path: the path of the wrong value.
        """
        known = self._known(kind, path)
        if not known or not self._left:
            return reason
        self._left -= 1
        given = path[-1] if kind == "extra_forbidden" else self._value(path)
        return with_suggestion(reason, given, known)

    def _known(self, kind: str, path: Path) -> Any:
        """Return the valid keys or values for ``path``; empty if the document and the model list none."""
        if kind == "extra_forbidden":
            return fields_of(type_at(Schedule, path[:-1]))
        if kind == "literal_error":
            return literals(type_at(Schedule, path))
        if kind == "time_zone":
            return sorted(time_zones())
        entries = self._value(_LISTS[kind]) if kind in _LISTS else ()
        return [
            entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)
        ]

    def _value(self, path: Path) -> Any:
        """Return the value at ``path``, or an empty list if there is none."""
        here = self._document
        for step in path:
            here = here.get(step) if isinstance(here, dict) else here[step]
        return [] if here is None else here
