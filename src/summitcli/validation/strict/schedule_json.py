"""What a ``schedule.json`` of the frab, pretalx and c3voc family must be, in every key.

The facts are those of the format's second version, in whose days the rooms stand by name. ``date``,
``date-time``, ``uuid`` and ``uri`` are requirements here, of RFC 3339, RFC 9562 and RFC 3986; colours may be
any text. A conference's ``start`` and ``end`` may be any text, and an event's ``logo`` anything.
"""

from summitcli.validation.strict.json_rules import (
    NULL,
    NUMBER,
    OBJECT,
    TEXT,
    TRUTH,
    WHOLE,
    anything,
    both,
    by_name,
    each,
    nowhere,
    one_way,
    record,
    text,
    value,
    word_of,
)
from summitcli.validation.strict.shapes import DATE, DATE_TIME, URI, UUID, pattern

SLUG = pattern(
    "must be lower-case ASCII letters, digits, - and _, ending in a letter or digit", "[a-z0-9_-]+[a-z0-9]"
)
CODE = pattern("must be upper-case ASCII letters and digits", "[A-Z0-9]+")
ACRONYM = pattern(
    "must be four or more lower-case ASCII letters, digits and _, with an optional ending such as {example}",
    "[a-z0-9_-][a-z0-9_]{3,}(?:-2[0-9]{3}-[a-z]+)?",
    "-2024-berlin",
)
ZONE = pattern(
    "must be the name of a time zone such as {example}, or UTC",
    r"[A-Z][a-z]+/[A-Z][a-z]+[\s\S]*|[\s\S]*UTC",
    "Europe/Berlin",
)
CLOCK = pattern(
    "must be a time with two-digit hours and minutes, such as {example}",
    "(?:0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]",
    "09:00",
)
LENGTH = pattern("must be a duration in hours and minutes, such as {example}", "[0-9]+:[0-9]{2}", "00:45")

OPTIONAL_TEXT = value(TEXT, NULL)
ADDRESS = text(URI)

LINK = record(
    {
        "type": word_of("slides", "paper", "web", "blog", "article", "media", "related", "activitypub"),
        "url": ADDRESS,
        "title": text(),
    },
    required="url",
    closed=True,
)

NUMBERED_PERSON = record({"id": value(WHOLE), "public_name": text()}, required="public_name id")
NAMED_PERSON = record(
    {
        "code": text(CODE),
        "name": text(),
        "avatar": value(TEXT, NULL, shape=URI),
        "biography": OPTIONAL_TEXT,
    },
    required="name",
)
PERSON = both(
    record(
        {
            "name": text(),
            "guid": text(UUID),
            "id": value(WHOLE),
            "url": ADDRESS,
            "links": each(LINK),
            "public_name": text(),
        }
    ),
    one_way(
        {"name": NAMED_PERSON, "public_name": NUMBERED_PERSON},
        "must have either a name, or an id with a public_name",
    ),
)

EVENT = record(
    {
        "guid": text(UUID),
        "code": text(CODE),
        "id": value(WHOLE, least=1),
        "logo": anything,
        "date": text(DATE_TIME),
        "start": text(CLOCK),
        "end": text(DATE_TIME),
        "duration": text(LENGTH),
        "room": text(),
        "slug": text(SLUG),
        "url": ADDRESS,
        "title": text(),
        "subtitle": OPTIONAL_TEXT,
        "track": OPTIONAL_TEXT,
        "type": text(),
        "language": OPTIONAL_TEXT,
        "abstract": OPTIONAL_TEXT,
        "description": OPTIONAL_TEXT,
        "recording_license": text(),
        "do_not_record": value(TRUTH, NULL),
        "do_not_stream": value(TRUTH, TEXT, NULL),
        "persons": each(PERSON),
        "links": each(LINK),
        "feedback_url": ADDRESS,
        "origin_url": ADDRESS,
        "attachments": each(LINK),
    },
    required="guid id date start duration room slug url title subtitle track type language abstract persons"
    " links",
    closed=True,
)

DAY = record(
    {
        "index": value(WHOLE),
        "date": text(DATE),
        "day_start": text(DATE_TIME),
        "day_end": text(DATE_TIME),
        "rooms": by_name(each(EVENT)),
    },
    required="index date day_start day_end rooms",
    closed=True,
)

ASSEMBLY = record(
    {"name": text(), "slug": text(SLUG), "guid": text(UUID), "url": ADDRESS}, required="name guid slug"
)
ROOM = record(
    {
        "name": text(),
        "slug": text(SLUG),
        "type": word_of(
            "lecturehall", "stage", "workshop", "outside", "online", "project", "bbb", "hangar", "other"
        ),
        "guid": text(UUID),
        "stream_id": OPTIONAL_TEXT,
        "description": value(TEXT, NULL, OBJECT),
        "capacity": value(NUMBER, NULL),
        "url": ADDRESS,
        "features": record(
            {
                "recording": word_of(
                    "record_by_default",
                    "not_recorded_by_default",
                    "recording_forbidden",
                    "recording_not_possible",
                    "unknown",
                )
            }
        ),
        "assembly": ASSEMBLY,
    },
    required="name guid",
    closed=True,
    named_like=("description_.", OPTIONAL_TEXT),
)

TRACK = record({"name": text(), "slug": text(SLUG), "color": text()})

CONFERENCE = record(
    {
        "acronym": text(ACRONYM),
        "title": text(),
        "description": text(),
        "start": text(),
        "end": text(),
        "daysCount": value(WHOLE),
        "timeslot_duration": text(),
        "time_zone_name": text(ZONE),
        "logo": ADDRESS,
        "colors": record({"primary": text(), "background": text()}),
        "keywords": each(text()),
        "url": ADDRESS,
        "tracks": each(TRACK),
        "rooms": each(ROOM),
        "meta": value(OBJECT),
        "days": each(DAY),
    },
    required="acronym title start end daysCount timeslot_duration days",
    closed=True,
)

DOCUMENT = record(
    {
        "schedule": record(
            {
                "version": text(),
                "base_url": ADDRESS,
                "conference": CONFERENCE,
                "rooms": nowhere("rooms must be listed within conference"),
            },
            required="version conference",
        ),
        "$schema": text(),
        "generator": record({"name": text(), "version": text(), "url": ADDRESS}),
    },
    required="schedule",
    closed=True,
)
"""The rule of the whole document."""
