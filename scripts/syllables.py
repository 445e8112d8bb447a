"""Write the table of syllables, by which a search finds homophones, from pypinyin.

    python scripts/syllables.py

A test compares the file with the output of this script.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from summitcli.search.characters import readings
from summitcli.search.units import is_ideograph

TABLE = Path(__file__).resolve().parents[1] / "src" / "summitcli" / "search" / "syllables.py"

MAX_READINGS = 2
"""The number of readings of a character that are written, the most common ones; the others are rare."""

LINE_LENGTH = 55
"""The most characters of a line; Chinese characters are two columns wide."""

BIG5_RARE = 0xC9
"""The first byte from which characters of Big5 are rare ones (its level 2)."""


def common_characters() -> Iterator[str]:
    """Yield the common characters, simplified (all of GB 2312) and traditional (level 1 of Big5)."""
    for code in range(0x4E00, 0xA000):
        simplified = chr(code).encode("gb2312", "ignore")
        traditional = chr(code).encode("big5", "ignore")
        if is_ideograph(chr(code)) and (simplified or (traditional and traditional[0] < BIG5_RARE)):
            yield chr(code)


def table() -> str:
    """Return the Python source of the table."""
    characters: defaultdict[str, str] = defaultdict(str)
    for character in common_characters():
        # A reading with ü is written with v; the last ones are the same with u.
        syllables = readings(character)
        doubled = {syllable.replace("v", "u") for syllable in syllables if "v" in syllable}
        for syllable in [syllable for syllable in syllables if syllable not in doubled][:MAX_READINGS]:
            characters[syllable] += character
    entries = [
        f"{syllable}{part}"
        for syllable in sorted(characters)
        for part in textwrap.wrap(characters[syllable], LINE_LENGTH - len(syllable))
    ]
    lines = textwrap.fill(" ".join(entries), LINE_LENGTH)
    return f'''"""The syllables of pinyin, and the common characters with each.

`make docs` writes this file from pypinyin: don't edit it.
"""

SYLLABLES = """
{lines}
"""
"""Entries such as ``ai乃剴``: a syllable and the characters that it can stand for, then a space or line end.

If a syllable has too many characters for one line, it has several entries.
"""
'''


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
