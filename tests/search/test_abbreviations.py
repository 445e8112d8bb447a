"""Abbreviations, and what they stand for."""

import re
from pathlib import Path

import pytest

from summitcli.search.abbreviations import ABBREVIATIONS, MAX_TEXTS, in_full
from summitcli.search.answers import Kind
from summitcli.search.units import GAP, row
from tests.search.conferences import found, named

ROOT = Path(__file__).parents[2]


def texts(typed: str) -> list[str]:
    """Return the other texts that are searched for, as units with spaces between."""
    return [other.text for other in in_full(typed)[1:]]


@pytest.mark.parametrize("group", ABBREVIATIONS, ids=lambda group: group[0])
def test_each_form_finds_each_other_form(group: tuple[str, ...]) -> None:
    for name in group:
        catalog = named(f"The {name} forum", "Opening")
        assert [found(catalog, typed) for typed in group] == [[f"The {name} forum"]] * len(group)


def test_the_table_is_written_in_units() -> None:
    forms = [form for group in ABBREVIATIONS for form in group]
    assert [
        form for form in forms if " ".join(row(form)).replace(f" {GAP}", "") not in (form, " ".join(form))
    ] == []
    assert len(set(forms)) == len(forms)


def test_the_page_on_searching_lists_the_table() -> None:
    page = (ROOT / "docs" / "search.md").read_text("utf-8").split("| --- | --- |\n")[1]
    listed = [tuple(re.split(r" \| |, ", line.strip("| "))) for line in page.splitlines()]
    units = [tuple(" ".join(row(form)).replace(f" {GAP}", "") for form in group) for group in listed]
    spaced = [tuple(form if form.isascii() else " ".join(form) for form in group) for group in ABBREVIATIONS]
    assert units == spaced


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("IoT", ["物联网", "internetofthings"]),
        ("ＩｏＴ论坛", ["物联网论坛", "internetofthings论坛"]),
        ("the Internet of Things", ["theiot", "the物联网"]),
        ("E-CNY", ["ecny", "数字人民币", "digitalyuan", "digitalrmb"]),
        ("UAVs", ["无人机", "unmannedaerialvehicle"]),
        ("riots", []),
        ("internet things", []),
        ("物联", []),
        ("", []),
    ],
)
def test_the_other_texts(typed: str, others: list[str]) -> None:
    assert texts(typed) == others


def test_several_abbreviations_give_all_combinations_up_to_a_limit() -> None:
    assert texts("k8s oss")[:4] == [
        "kubernetesoss",
        "k8s开源软件",
        "k8sopensourcesoftware",
        "kubernetes开源软件",
    ]
    assert len(in_full("AI IoT VR 5G AR")) == MAX_TEXTS


def test_what_is_written_so_comes_before_what_it_stands_for_and_longer_words_last() -> None:
    names = ["AI 治理", "人工智能治理", "Air Traffic"]
    assert found(named(*names[::-1]), "AI") == names
    assert found(named(*names[::-1]), "人工智能") == ["人工智能治理", "AI 治理"]


@pytest.mark.parametrize("name", ["Air Traffic", "Training", "Internet security of all things"])
def test_an_abbreviation_stands_for_whole_words_and_all_of_them_together(name: str) -> None:
    assert found(named(name), "人工智能") == found(named(name), "iot") == []


def test_the_rest_of_the_text_may_be_pinyin() -> None:
    (hit,) = named("人工智能论坛", "论坛").search("AI luntan").hits
    assert (hit.session.title, hit.kind) == ("人工智能论坛", Kind.PINYIN)


def test_what_the_abbreviation_stands_for_is_marked() -> None:
    (hit,) = named("关于物联网的论坛").search("IoT 论坛").hits
    assert [hit.session.title[start:end] for start, end in hit.spans(hit.session.title)] == ["物联网", "论坛"]
