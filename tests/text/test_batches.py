"""Iteration in batches."""

from summitcli.text.batches import batches


def test_batches_are_of_at_most_that_many() -> None:
    assert list(batches("abcde", 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches("abcd", 2)) == [["a", "b"], ["c", "d"]]
    assert list(batches("", 2)) == []
