import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.suggest import nearest

KNOWN = ["opening", "main-forum", "forum", "exhibition", "contest", "分论坛", "主论坛", "Forum"]


@pytest.mark.parametrize(
    ("given", "names"),
    [("forun", ["forum"]), ("for", ["forum", "main-forum"]), ("FORUM", ["forum", "main-forum"]), ("论坛",
    ["分论坛", "主论坛"]),
     ("contets", ["contest"]), ("", []), (" ", []), ("zzz", []), ("exhibtion", ["exhibition"])],
)  # fmt: skip
def test_the_nearest_best_first(given: str, names: list[str]) -> None:
    assert nearest(given, KNOWN) == names


@given(st.text(max_size=9), st.lists(st.text(max_size=9)), st.integers(1, 5))
def test_only_known_values_once_each_up_to_the_maximum(text: str, known: list[str], shown: int) -> None:
    found = nearest(text, known, shown)
    assert set(found) <= set(known)
    assert len(found) == len(set(found)) <= shown
