"""Iteration in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from summitcli.lazy_typing import TypeVar

Item = TypeVar("Item")

BATCH_SIZE = 1000
"""The default number of items in a batch, such as of sessions that are loaded at once."""


def batches(items: Iterable[Item], size: int = BATCH_SIZE) -> Iterator[list[Item]]:
    """Yield all ``items`` in lists of ``size``; the last list may be shorter."""
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch
