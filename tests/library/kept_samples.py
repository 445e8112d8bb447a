"""Saved schedules, made from the fields of ``source.json``."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summitcli.errors import SummitError
from summitcli.library.kept import KeptSchedule, Origin

A = KeptSchedule(
    "", Origin("https://a.example/s"), "2024-05-01T10:00:00+00:00", id="conf", title="A", titles={"en": "A"}
)


def changed(kept: KeptSchedule, **fields: Any) -> KeptSchedule:
    """Return a schedule with some fields replaced, of its own or of its origin."""
    origin = {field: fields.pop(field) for field in Origin._fields if field in fields}
    return kept._replace(origin=kept.origin._replace(**origin), **fields)


B = changed(A, reference="https://b.example/s", title="B")


def schedules_folder() -> Path:
    """Return the directory of saved schedules."""
    return Path(os.environ["SUMMIT_DATA"]) / "schedules"


def said(function: Callable[..., object], *arguments: Any) -> str:
    """Return the exit code and message of the error that a call raises."""
    with pytest.raises(SummitError) as caught:
        function(*arguments)
    return f"{int(caught.value.status)} {caught.value}"
