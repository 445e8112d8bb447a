"""Write ``docs/schedule.schema.json``, the JSON Schema of a schedule file, from the model."""

import ast
import inspect
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from summitcli.model import Schedule, conference, schedule

FILE = Path(__file__).resolve().parents[1] / "docs" / "schedule.schema.json"
MODULES = conference, schedule
"""The modules with the model's classes."""


def schema() -> str:
    """Return the schema, with the docstrings of the model's fields as descriptions.

    pydantic could do this itself, but would read the source on every import of the model.
    """
    made = Schedule.model_json_schema()
    described = _described()
    for name, definition in [("Schedule", made), *made["$defs"].items()]:
        for field, about in definition.get("properties", {}).items():
            for owner in _owners(name):
                if text := described.get((owner, field)):
                    about["description"] = text
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _owners(name: str) -> list[str]:
    """Return the names of a model and its base classes, the model last."""
    owner = next(getattr(module, name) for module in MODULES if hasattr(module, name))
    return [base.__name__ for base in reversed(owner.__mro__)]


def _described() -> dict[tuple[str, str], str]:
    """Return the docstring of each field, by class name and the field's name in files."""
    found: dict[tuple[str, str], str] = {}
    places = [place for module in MODULES for place in ast.parse(inspect.getsource(module)).body]
    for place in places:
        body: list[Any] = place.body if isinstance(place, ast.ClassDef) else []
        for field, text in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                name = {"json_schema": "$schema"}.get(field.target.id, field.target.id)  # type: ignore[union-attr]
                found[place.name, name] = inspect.cleandoc(text.value.value)  # type: ignore[attr-defined]
    return found


if __name__ == "__main__":
    FILE.write_text(schema(), "utf-8")
    sys.exit()
