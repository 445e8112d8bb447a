"""Sessions as a catalog returns them, built from few arguments."""

from collections.abc import Iterable
from typing import Any

from summitcli.rows import Listing, SessionRow, SlotRow


def session_row(id_: str, slots: Iterable[SlotRow], **fields: Any) -> SessionRow:
    """Return a session with these slots, in order of time; ``fields`` are fields of the row."""
    held = list(slots)
    days = sorted({slot.day for slot in held})
    listings = [
        Listing(
            id=id_,
            title=id_.title(),
            titles={},
            category=None,
            category_name=None,
            day=slot.day,
            day_number=days.index(slot.day) + 1,
            start=slot.start,
            end=slot.end,
            all_day=slot.all_day,
            part=part,
            parts=len(held),
            room=slot.room,
            speakers=(),
            language=None,
            url=None,
            description=None,
        )
        for part, slot in enumerate(held, 1)
    ]
    return SessionRow.of(listings)._replace(**fields)


def listing(id_: str, **fields: Any) -> Listing:
    """Return a listing of a whole day; ``fields`` are fields of the row."""
    row = session_row(id_, [SlotRow("2024-05-01", None, None, True, None)])
    return Listing._make(row[: len(Listing._fields)])._replace(**fields)
