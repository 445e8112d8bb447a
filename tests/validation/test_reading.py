"""The rules to which the findings of readers belong."""

import pytest

from summitcli.formats.assembly.days import NO_END, WRONG_DAY
from summitcli.formats.assembly.links import RELATIVE_URL
from summitcli.formats.findings import CANCELLED, Kind
from summitcli.validation.reading import rule_of


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (NO_END, "no-duration"),
        (WRONG_DAY, "outside-day"),
        (RELATIVE_URL, "link"),
        (CANCELLED, "reading"),
        (Kind("new", "new"), "reading"),
    ],
)
def test_each_kind_of_finding_belongs_to_a_rule(kind: Kind, rule: str) -> None:
    assert rule_of(kind) == rule
