"""The JSON Schema generated from the model, and the built-in schedule validated against it."""

import json

import jsonschema
import pytest
from scripts.schema import schema

from tests.conftest import BUNDLED, ROOT
from tests.schedules import document, session

SCHEMA = ROOT / "docs" / "schedule.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


def test_the_schema_in_the_documents_is_the_models() -> None:
    assert SCHEMA.read_text("utf-8") == schema()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_bytes()))


def test_the_bundled_schedule_holds_to_it() -> None:
    VALIDATOR.validate(json.loads(BUNDLED.read_bytes()))


@pytest.mark.parametrize("change", [{"title": 5}, {"titel": "x"}, {"time_zone": None}, {"start": 1}], ids=str)
def test_what_the_model_refuses_the_schema_refuses(change: dict[str, object]) -> None:
    made = document(session("a"), **change)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(made)
