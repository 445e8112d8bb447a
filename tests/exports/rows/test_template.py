"""Rows as lines of a user's template."""

import pytest
from hypothesis import given

from summitcli.errors import UnknownValue, UsageError
from summitcli.exports.rows.template import lines
from summitcli.rows import Listing
from tests.exports.row_samples import ANY, TIMED


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{day} {title}", "2022-07-23 大数据"), ("{start}-{end}", "09:30-10:00"), ("{{{id}}}", "{a-b}"),
        (r"{id}\t{day}\n{id}", "a-b\t2022-07-23\na-b"), (r"\\t{id}", r"\ta-b"), ("plain", "plain"),
        ("{description}", "One\\nTwo"), ("{speakers}", "Ada,李雷"),
        ("{titles}", '{"zh": "大数据", "en": "Big Data"}'),
    ],
)  # fmt: skip
def test_a_template_is_filled_in(template: str, expected: str) -> None:
    assert "".join(lines([TIMED], template, Listing._fields)) == expected + "\n"


@pytest.mark.parametrize(
    "template", ["{", "}", "{}", "{0}", "{id!r}", "{id:>9}", "{id.x}", "{id[0]}", "{nope}", "{{id}"]
)
@pytest.mark.parametrize("rows", [[TIMED], []], ids=["a row", "no row"])
def test_a_template_that_can_not_be_filled_in_is_refused(template: str, rows: list[Listing]) -> None:
    with pytest.raises((UsageError, UnknownValue)):
        lines(rows, template, Listing._fields)


@given(ANY)
def test_no_template_causes_an_internal_error(template: str) -> None:
    try:
        lines([TIMED], template, Listing._fields)
    except UsageError as error:
        assert error.status == 2
