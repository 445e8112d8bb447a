"""Properties of every search, whatever the names and the text."""

import re
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from summitcli.catalog.lookup import resolve
from summitcli.catalog.queries import Catalog
from summitcli.search.units import GAP, is_character, row, units
from tests.conftest import examples
from tests.schedules import DATA
from tests.search.conferences import found, named

SLOW = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
QUICK = settings(SLOW, max_examples=examples(300))

CHINESE = "".join(sorted({letter for session in DATA["sessions"] for letter in session["title"]["zh"]}))
HAN = "".join(filter(is_character, CHINESE))
NAMES = st.lists(
    st.one_of(
        st.text(HAN, min_size=2, max_size=8),
        st.sampled_from(["·", "（", "）", " ", "：", "5G", "AI", "ERP", "Überwachung", "Straße", "data"]),
    ),
    min_size=1,
    max_size=5,
).map("".join).filter(lambda name: row(name) and name.strip())  # fmt: skip
TITLES = [session["title"]["zh"] for session in DATA["sessions"]]


def spoken(name: str) -> str:
    """Return the pinyin of a name in its dictionary reading."""
    return "".join(
        pinyin(unit, style=Style.NORMAL, v_to_u=False)[0][0] if is_character(unit) else unit
        for unit in row(name)
        if unit != GAP
    )


def initials(name: str) -> str:
    return "".join(
        pinyin(unit, style=Style.NORMAL, v_to_u=False)[0][0][0] if is_character(unit) else unit
        for unit in row(name)
        if unit != GAP
    )


@pytest.mark.parametrize("title", TITLES)
def test_a_bundled_session_is_found_by_every_part_of_its_name(bundled: Catalog, title: str) -> None:
    characters = "".join(unit for unit in row(title) if is_character(unit))
    runs = re.findall(f"[{HAN}]+", title)
    parts = {
        run[start:end] for run in runs for start in range(len(run)) for end in range(start + 2, len(run) + 1)
    }
    for typed in (title, spoken(title), initials(title), characters[:2], *parts):
        assert title in found(bundled, typed), typed
    assert found(bundled, title)[0] == title


@QUICK
@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.data())
def test_a_session_is_found_by_its_name_its_parts_its_pinyin_and_its_initials(
    names: list[str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(names))
    with closing(named(*names)) as catalog:
        assert name in found(catalog, name)
        assert name in found(catalog, spoken(name))
        if len([unit for unit in row(name) if unit != GAP]) >= 3:
            assert name in found(catalog, initials(name))
        for run in re.findall(f"[{HAN}]{{2,}}", name):
            start = data.draw(st.integers(0, len(run) - 2))
            end = data.draw(st.integers(start + 2, len(run)))
            assert name in found(catalog, run[start:end])


@QUICK
@given(NAMES)
def test_what_is_typed_is_where_the_spans_say(name: str) -> None:
    with closing(named(name)) as catalog:
        (hit,) = catalog.search(name).hits
        spans = hit.spans(name)
        assert spans
        assert all(start < end for start, end in spans)
        assert not any(map(str.isalnum, "".join(_outside(name, spans))))


def _outside(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\"'*^$_~:(){}%\\\0·－+ aszhüß数字ＡＩ\ud800\u0300\u200b\u3000🎉"),
    ),
    max_size=30,
)


@settings(SLOW, max_examples=examples(300))
@given(ODD)
@example("NEAR(a b)")
@example('" OR "a')
@example("a" * 600)
@example("数字" * 60)
@example("an " * 40)
@example("xian" * 20)
@example("ﷺ" * 10)
def test_no_query_raises_an_error(bundled: Catalog, text: str) -> None:
    answer = bundled.search(text, full=True)
    bundled.nearest(text)
    resolve(bundled, text)
    for hit in answer.hits:
        for title in hit.session.titles.values():
            assert all(0 <= start < end <= len(title) for start, end in hit.spans(title))


@settings(SLOW, max_examples=examples(500))
@given(st.one_of(st.text(), st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x33FF))))
@example("㋿ ㍿㈱1㋀ヿ ゟ")
def test_folding_is_idempotent_and_agrees_with_the_places(text: str) -> None:
    once = [unit for unit in row(text) if unit != GAP]
    assert [unit for unit in row(" ".join(once)) if unit != GAP] == once
    assert [unit for unit, _, _ in units(text)] == once
    places = [(start, end) for _, start, end in units(text)]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
