"""Sample rows, and how a format writes them."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from summitcli.details import SpeakerRow
from summitcli.exports import IDS, ROWS, formats_of
from summitcli.exports.rows import Request
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow, SessionRow, SlotRow

FORMATS = {format_.name: format_ for format_ in formats_of(Listing)}
TEXTS = [name for name, format_ in FORMATS.items() if format_.takes in (ROWS, IDS)]
SLOT = SlotRow("2022-07-23", "2022-07-23T09:30:00+08:00", "2022-07-23T10:00:00+08:00", False, "Hall")
TIMED = Listing(
    "a-b", "大数据", {"zh": "大数据", "en": "Big Data"}, "forum", "论坛", "2022-07-23", 1,
    SLOT.start, SLOT.end, False, 1, 2, "Hall", ("Ada", "李雷"), "zh",
    "https://example.org/?a=1&b=2", "One\nTwo",
)  # fmt: skip
WHOLE = TIMED._replace(id="c", start=None, end=None, all_day=True, room=None, speakers=(), category=None)
SESSION = SessionRow(
    *TIMED._replace(title="T", titles={"zh": "T"}), days=("2022-07-23", "2022-07-24"), slots=(SLOT,)
)
KINDS: dict[type, Any] = {
    Listing: [TIMED, WHOLE],
    SessionRow: [SESSION],
    CategoryRow: [CategoryRow("c", "N", {"zh": "N"}, 3, 4)],
    DayRow: [DayRow("2022-07-23", 1, "Saturday", 23)],
    NameRow: [NameRow("Hall", 2)],
    SpeakerRow: [SpeakerRow("Ada", 2)],
}


def written(name: str, rows: Sequence[Any], columns: Sequence[str]) -> str:
    """Return the output of a format for rows."""
    return "".join(FORMATS[name].writer(rows, Request(columns)))


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
"""Arbitrary field values."""
