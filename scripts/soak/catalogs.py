"""Reliability of catalogs damaged by a crash or a bad disk."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from tests.inside import ask

from scripts.soak.sandbox import home
from scripts.soak.table import Row, Tally, check

SECTOR = 512
"""The size of a disk sector, which is written as a whole, in bytes."""
ASKED = (["list"], ["search", "数据"], ["show", "opening-ceremony"])


def torn_catalogs(scale: float) -> Row:
    """Test that commands give the same output with each sector zeroed or stale, and each truncation."""
    tally = Tally("torn cache", "sectors zeroed or stale, and truncated files × commands")
    with home():
        before = [ask(words) for words in ASKED]
        (file,) = Path(os.environ["SUMMIT_CACHE"]).glob("*.sqlite")
        content = file.read_bytes()
        for damaged in itertools.islice(_damaged(content), 0, None, max(1, round(1 / scale))):
            for words, answer in zip(ASKED, before, strict=True):
                file.write_bytes(damaged)
                with tally.attempt((words, len(damaged))):
                    check(ask(words) == answer, words)
    return tally.row()


def _damaged(content: bytes) -> Iterator[bytes]:
    """Yield the file with each sector not written, and truncated at each sector."""
    for start in range(0, len(content), SECTOR):
        rest = content[start + SECTOR :]
        length = len(content) - start - len(rest)
        for sector in (bytes(length), content[max(0, start - SECTOR) :][:length]):
            if sector != content[start : start + length]:
                yield content[:start] + sector + rest
        yield content[:start]
