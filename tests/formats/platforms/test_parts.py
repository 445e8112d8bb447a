"""Parts of a session that several platforms write alike."""

from typing import Any

import pytest

from summitcli.budgets import Spending
from summitcli.formats.draft import DraftLink
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import Fields
from summitcli.formats.platforms.parts import read_links, referenced_name, referenced_names, versions

KNOWN = {"1": "Hall", "a": "Ada"}


def fields(**values: Any) -> tuple[Fields, Findings]:
    findings = Findings()
    return Fields(values, "sessions[0]", findings, Spending("plan", 100)), findings


@pytest.mark.parametrize(
    ("value", "name", "sentences"),
    [
        (1, "Hall", []), ("1", "Hall", []), (None, "", []), ({"name": "Yard"}, "Yard", []),
        ({"id": 1}, "Hall", []), ("9", "9", ["1 room, category or speaker that is named but not listed"]),
    ],
)  # fmt: skip
def test_a_reference_is_an_id_or_an_object(value: Any, name: str, sentences: list[str]) -> None:
    session, findings = fields(room=value)
    assert referenced_name(session, "room", KNOWN) == name
    assert findings.sentences() == sentences


def test_references_to_nobody_are_left_out_and_told() -> None:
    session, findings = fields(speakers=["a", {"id": "a"}, {"name": "Bob"}, "b", {}, None])
    assert referenced_names(session, "speakers", KNOWN) == ("Ada", "Ada", "Bob")
    assert findings.sentences() == [
        "1 room, category or speaker that is named but not listed", "1 speaker without a name",
    ]  # fmt: skip


def test_links_have_their_kinds_and_blank_ones_are_left_out() -> None:
    session, findings = fields(live=" https://a.example/ ", slides="", video=None)
    kinds = {"live": "stream", "slides": "slides", "video": "recording", "audio": "recording"}
    assert [*read_links(session, kinds)] == [DraftLink("https://a.example/", kind="stream")]
    assert findings.sentences() == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ({}, {}),
        ({"zh": "一"}, {}),
        ({"zh": "a", "en": "a"}, {}),
        ({"zh": "一", "en": "One"}, {"zh": "一", "en": "One"}),
        ({"zh": "a", "en": "a", "ja": "b"}, {"zh": "a", "ja": "b"}),
        ({"en": "One"}, {"en": "One"}),
    ],
)
def test_only_texts_that_differ_from_the_main_one_are_versions(
    texts: dict[str, str], found: dict[str, str]
) -> None:
    assert versions(texts, "zh") == found
