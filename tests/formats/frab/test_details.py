"""Tests for what few events of the JSON formats have."""

import json
from typing import Any

import pytest

from summitcli import formats
from summitcli.budgets import Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.findings import Findings
from summitcli.formats.frab.details import Details, read_details
from summitcli.formats.json_fields import Fields


def details(values: dict[str, Any]) -> tuple[Details, list[str]]:
    """Return the details of an event, and the findings."""
    findings = Findings()
    found = read_details(Fields(values, "e", findings, Spending("conf.json", 0)))
    return found, list(findings.sentences())


def test_an_event_without_details() -> None:
    assert details({"title": "Talk", "tags": [], "level": None}) == (Details({}, {}, "", (), ""), [])


def test_every_detail_is_read() -> None:
    event = {
        "abstract": {"en": "A", "zh": "甲"},
        "description": "B",
        "level": "expert",
        "keywords": ["a", {"name": "b"}, {"tag": {"en": "c", "zh": "丙"}}, 4],
        "feedback_url": "https://conf.example/f",
    }
    assert details(event) == (
        Details({"en": "A", "zh": "甲"}, {}, "expert", ("a", "b", "c", "4"), "https://conf.example/f"),
        [],
    )


def test_tags_may_be_one_text() -> None:
    assert details({"tags": "a, b"})[0].tags == ("a", " b")


def test_odd_tags_are_findings() -> None:
    found, said = details({"tags": [{}, ["x"], "a"]})
    assert (found.tags, said) == (("a",), ["2 values of an unexpected type"])


def test_too_many_tags_are_refused_in_one_line() -> None:
    event = {"guid": "g", "title": "T", "date": "2024-05-01T10:00:00+02:00", "tags": ["a"] * 110_000}
    days = [{"date": "2024-05-01", "rooms": {"Hall": [event]}}]
    content = json.dumps({"schedule": {"conference": {"title": "C", "days": days}}}).encode()
    with pytest.raises(InvalidSchedule, match=r"more than 10\d,\d\d\d tags"):
        formats.parse(content, "conf.json")
