"""Catalogs as a crash or a bad disk leaves them: every command answers as before."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from tests.inside import ask

from scripts.soak.place import home
from scripts.soak.table import Row, Tally, must

SECTOR = 512
"""What a disk writes whole or not at all, in bytes."""
ASKED = (["list"], ["search", "数据"], ["show", "opening-ceremony"])


def torn(scale: float) -> Row:
    """Each sector zeroed, or of the one before, and each length in sectors: the same answers."""
    tally = Tally("torn cache", "sectors zeroed or stale, and cut files × commands")
    with home():
        before = [ask(words) for words in ASKED]
        (file,) = Path(os.environ["SUMMIT_CACHE"]).glob("*.sqlite")
        whole = file.read_bytes()
        for content in itertools.islice(_damaged(whole), 0, None, max(1, round(1 / scale))):
            for words, answer in zip(ASKED, before, strict=True):
                file.write_bytes(content)
                with tally.trying((words, len(content))):
                    must(ask(words) == answer, words)
    return tally.row()


def _damaged(whole: bytes) -> Iterator[bytes]:
    """Make the files that are left where one sector was not written, or none after it."""
    for start in range(0, len(whole), SECTOR):
        rest = whole[start + SECTOR :]
        length = len(whole) - start - len(rest)
        for sector in (bytes(length), whole[max(0, start - SECTOR) :][:length]):
            if sector != whole[start : start + length]:
                yield whole[:start] + sector + rest
        yield whole[:start]
