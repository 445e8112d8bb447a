"""The syntax of IDs, in one place for files, the model and file names."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from summitcli.text.ids import ID, is_id, numbered


@given(st.text("az09-A_é٣ß\n", max_size=6) | st.text(max_size=4))
@example("")
@example("a\n")
@example("a--b")
def test_is_id_agrees_with_the_regular_expression(text: str) -> None:
    assert is_id(text) == (re.fullmatch(ID, text) is not None)


def test_a_name_that_is_taken_gets_the_first_free_number() -> None:
    assert numbered("a", ()) == "a"
    assert numbered("a", {"a", "a-2"}) == "a-3"
    assert numbered("x" * 100, {"x" * 100}) == "x" * 98 + "-2"
    assert numbered("x" * 97 + "-yz", {"x" * 97 + "-yz"}) == "x" * 97 + "-2"
