"""Suggestions for mistyped keys and values of our own format."""

from collections.abc import Mapping, Sequence
from typing import Any

from summitcli.formats.model_types import fields_of, literals, type_at
from summitcli.formats.places import Step
from summitcli.i18n import _
from summitcli.model import Schedule, time_zones
from summitcli.text.suggest import nearest
from summitcli.text.zones import suggested_zones

MAX_SUGGESTIONS = 200
"""The largest number of suggestions for one file.

Each takes time, because the wrong value is compared with all valid values.
"""
_MAX_LENGTH = 50
_MAX_KNOWN = 1_000

Path = tuple[Step, ...]

_LISTS: Mapping[str, Path] = {"unknown_category": ("categories",), "unknown_topic": ("conference", "topics")}
"""The path of the list with the valid IDs, for each type of pydantic's errors about an unknown ID."""


def with_suggestion(reason: str, given: object, known: Any) -> str:
    """Return ``reason`` with ``; did you mean "…"?`` added if a value in ``known`` is similar to ``given``.

    Return ``reason`` alone if no value is similar.
    """
    if not isinstance(given, str) or not 1 < len(given) <= _MAX_LENGTH:
        return reason
    near = nearest(given, [*known][:_MAX_KNOWN], 1)
    return _suggesting(reason, given, near)


def _suggesting(reason: str, given: str, near: Sequence[str]) -> str:
    """Return ``reason`` with the first of ``near`` as a suggestion, unless that is the given value."""
    if not near or near[0] == given:
        return reason
    return _('{reason}; did you mean "{name}"?').format(reason=reason, name=near[0])


class Advice:
    """A maker of suggestions ("did you mean …?") for the errors in one document.

    Args:
        document: the parsed JSON or YAML document.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._left = MAX_SUGGESTIONS

    def added(self, reason: str, kind: str, path: Path) -> str:
        """Return the error message ``reason`` with a suggestion added, if there is one.

        Args:
            reason: the message that says what is wrong.
            kind: the type of pydantic's error, such as ``literal_error``.
            path: the path of the wrong value in the document, such as ``("sessions", 3, "category")``.
        """
        known = self._known(kind, path)
        if not known or not self._left:
            return reason
        self._left -= 1
        given = path[-1] if kind == "extra_forbidden" else self._value(path)
        if kind == "time_zone" and isinstance(given, str):
            return _suggesting(reason, given, suggested_zones(given[:_MAX_LENGTH], known))
        return with_suggestion(reason, given, known)

    def _known(self, kind: str, path: Path) -> Any:
        """Return the keys or values that are valid at ``path``; empty if they can't be listed."""
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
        """Return the document's value at ``path``; an empty list if it is missing or null."""
        here = self._document
        for step in path:
            here = here.get(step) if isinstance(here, dict) else here[step]
        return [] if here is None else here
