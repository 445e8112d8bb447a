"""Tests for slugs and unique ids."""

import re
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly.slugs import distinct, slug
from summitcli.text.ids import MAX_ID_LENGTH

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "made"),
    {
        "opening-1": "opening-1",
        "Opening Ceremony": "opening-ceremony",
        "36C3_11223": "36c3-11223",
        "Größe & Übermaß": "groesse-uebermass",
        "Gro\u0308\u00dfe": "groesse",
        "Straße in ŁÓDŹ": "strasse-in-lodz",
        "naïve café, déjà vu": "naive-cafe-deja-vu",
        "Don't panic": "dont-panic",
        "C++ / Rust": "c-rust",
        "开幕式": "kai-mu-shi",
        "AI大会2022": "ai-da-hui-2022",
        "ＦＵＬＬ１": "full1",
        "№ 7": "no-7",
        "Привет": "",
        "Привет world": "world",
        "--- ???": "",
        "": "",
    }.items(),
)
def test_a_text_becomes_ascii_words(text: str, made: str) -> None:
    assert slug(text) == made


def test_a_long_text_is_cut_between_words_or_else_anywhere() -> None:
    assert slug("The quick brown fox jumps", longest=15) == "the-quick-brown"
    assert slug("The quick brown fox jumps", longest=18) == "the-quick-brown"
    assert slug("a" * 200) == "a" * MAX_ID_LENGTH


@given(st.text(max_size=150))
def test_every_text_becomes_a_slug_or_nothing(text: str) -> None:
    made = slug(text)
    assert (not made or SLUG.fullmatch(made)) and len(made) <= MAX_ID_LENGTH
    assert slug(made) == made


def test_pinyin_is_loaded_for_chinese_alone() -> None:
    script = (
        "import sys; from summitcli.formats.assembly.slugs import slug; slug('Größe');"
        "before = 'pypinyin' in sys.modules; slug('会'); print(before, 'pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def ids(bases: Sequence[str], suffixes: Sequence[Sequence[str]]) -> list[str]:
    return distinct(bases, lambda n: suffixes[n])


def test_a_unique_id_stays() -> None:
    assert ids(["a", "b"], [["1"], ["1"]]) == ["a", "b"]


def test_equal_ids_all_get_a_suffix() -> None:
    assert ids(["a", "b", "a"], [["1"], ["2"], ["3"]]) == ["a-1", "b", "a-3"]


def test_equal_suffixes_are_replaced_by_the_next() -> None:
    assert ids(["a"] * 3, [["1", "x"], ["1", "y"], ["2", "z"]]) == ["a-x", "a-y", "a-2"]
    assert ids(["a-1", "a", "a"], [["q", "r"], ["1", "x"], ["2", "y"]]) == ["a-1", "a-x", "a-2"]


def test_indistinguishable_ids_are_numbered() -> None:
    assert ids(["a", "a", "a-2"], [["x"], ["x"], ["x"]]) == ["a-1", "a-3", "a-2"]


def test_ten_thousand_indistinguishable_ids_are_numbered() -> None:
    assert ids(["a"] * 10_000, [["x"]] * 10_000) == [f"a-{n}" for n in range(1, 10_001)]


def test_an_id_with_a_suffix_is_not_too_long() -> None:
    assert ids(["a" * MAX_ID_LENGTH] * 2, [["b" * 16], ["c" * 16]]) == [
        f"{'a' * 60}-{letter * 16}" for letter in "bc"
    ]


@given(st.data())
def test_ids_are_distinct_and_do_not_depend_on_the_order(data: st.DataObject) -> None:
    # What is numbered must be told from what has a suffix, so no suffix is a number.
    some = st.sampled_from(["a", "b", "a-x", "a-x-x", "b-y", "a-1"])
    wanted = data.draw(st.lists(st.tuples(some, st.tuples(*[st.sampled_from("xy")] * 2)), max_size=8))
    given_ = ids([base for base, _ in wanted], [suffix for _, suffix in wanted])
    assert len(set(given_)) == len(given_)
    if len(set(wanted)) == len(wanted):
        order = data.draw(st.permutations(range(len(wanted))))
        again = ids([wanted[n][0] for n in order], [wanted[n][1] for n in order])
        numbered = {n for n, id_ in enumerate(given_) if id_ not in (wanted[n][0], *_with(wanted[n]))}
        for place, n in enumerate(order):
            assert n in numbered or again[place] == given_[n]


def _with(wanted: tuple[str, tuple[str, ...]]) -> list[str]:
    return [f"{wanted[0]}-{suffix}" for suffix in wanted[1]]
