"""The pydantic models of a schedule: the native format, as in ``data/schedule.json``.

The models are frozen and independent of files, the clock and the terminal. ``docs/schedule.schema.json`` is
generated from them. Terms follow the frab/pretalx/c3voc family of schedule formats, so that converting loses
nothing.
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
from summitcli.model.schedule import (
    Category,
    Link,
    Outline,
    Schedule,
    Session,
    SessionCheck,
    Slot,
    Speaker,
    ValuePath,
)

__all__ = [
    "LONGEST_CONFERENCE",
    "Category",
    "Color",
    "Conference",
    "Language",
    "Link",
    "Outline",
    "Period",
    "Schedule",
    "Session",
    "SessionCheck",
    "Slot",
    "Slug",
    "Speaker",
    "Text",
    "ValuePath",
    "Words",
    "time_zones",
]
