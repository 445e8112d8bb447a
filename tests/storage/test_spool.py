"""A list of strings that moves to a temporary file."""

import random
import tempfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.storage.spool import Spool

TEXTS = st.lists(st.text(max_size=20))


@given(TEXTS, st.integers(0, 60), st.randoms(use_true_random=False))
def test_texts_are_read_by_number_in_any_order(texts: list[str], most: int, chance: random.Random) -> None:
    spool = Spool(most)
    numbers = [spool.add(text) for text in texts]
    assert (numbers, len(spool), list(spool)) == (list(range(len(texts))), len(texts), texts)
    chance.shuffle(numbers)
    assert [spool[number] for number in numbers] == [texts[number] for number in numbers]


def test_texts_can_be_added_after_reading() -> None:
    for most in (0, 100):
        spool = Spool(most)
        spool.add("first")
        assert spool[0] == "first"
        spool.add("数字")
        spool.add("last")
        assert [spool[2], spool[0], spool[1]] == ["last", "first", "数字"]


def test_a_lone_surrogate_is_preserved() -> None:
    spool = Spool()
    spool.add("\ud800")
    assert spool[0] == "\ud800"


@pytest.mark.parametrize(("size", "files"), [(10, 0), (11, 1)])
def test_memory_use_is_limited(monkeypatch: pytest.MonkeyPatch, size: int, files: int) -> None:
    made = []
    make = tempfile.TemporaryFile

    def counted(**options: Any) -> Any:
        made.append(options)
        return make(**options)

    monkeypatch.setattr(tempfile, "TemporaryFile", counted)
    spool = Spool(10)
    for _turn in range(size):
        spool.add("x")
    assert (len(made), "".join(spool)) == (files, "x" * size)


def test_without_temporary_files_everything_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_options: object) -> None:
        raise FileNotFoundError("no usable temporary directory")

    monkeypatch.setattr(tempfile, "TemporaryFile", fail)
    spool = Spool(3)
    texts = [str(number) for number in range(20)]
    for text in texts:
        spool.add(text)
    assert list(spool) == texts
