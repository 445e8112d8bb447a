"""What a schedule is: the contract of ``data/schedule.json``.

The models are frozen and know no file, clock or terminal. ``docs/schedule.schema.json`` is generated from
them. Terms follow the frab/pretalx/c3voc family of schedule formats, so that converting loses nothing.
"""

from summitcli.model.conference import (
    LONGEST_CONFERENCE,
    Color,
    Conference,
    Language,
    Period,
    Slug,
    Text,
    Words,
    time_zones,
)
from summitcli.model.schedule import Category, Outline, Schedule, Session, SessionCheck, Slot, Where

__all__ = [
    "LONGEST_CONFERENCE",
    "Category",
    "Color",
    "Conference",
    "Language",
    "Outline",
    "Period",
    "Schedule",
    "Session",
    "SessionCheck",
    "Slot",
    "Slug",
    "Text",
    "Where",
    "Words",
    "time_zones",
]
