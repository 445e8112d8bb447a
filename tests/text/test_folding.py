import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("５Ｇ", "5g"), ("  A\t b\u3000C ", "a b c"), ("ＢＡＲ", "bar"), ("Straße", "strasse"), ("É", "é"),
    ("e\u0301", "é"),
     ("ﬁ", "fi"), ("İ", "i\u0307"), ("", ""), ("论坛", "论坛"), ("㈠", "(一)"), ("Ⅳ", "iv"), ("\udcff",
     "\udcff"), ("Key\u200bno\u00adte\U000e0041", "keynote"), ("نرم‌افزار", "نرمافزار"), ("\u3164", "")],
)  # fmt: skip
def test_what_differs_only_in_case_width_and_spacing_is_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_never_matters(text: str) -> None:
    assert fold(text.casefold()) == fold(text)
