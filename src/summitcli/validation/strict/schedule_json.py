"""The rules for every key of a ``schedule.json`` of frab, pretalx and c3voc.

They follow the second version of the format, in which the rooms of a day are an object whose keys are their
names. The formats ``date``, ``date-time``, ``uuid`` and ``uri`` are checked (RFC 3339, RFC 9562, RFC 3986).
Colours, and the ``start`` and ``end`` of a conference, may be any text. The ``logo`` of an event may be any
value.
"""

from summitcli.validation.strict.json_rules import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    anything,
    array_of,
    both,
    counted,
    exactly_one,
    forbidden,
    map_of,
    one_of,
    record,
    text,
    value,
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

OPTIONAL_TEXT = value(STRING, NULL)
ADDRESS = text(URI)

LINK = record(
    {
        "type": one_of("slides", "paper", "web", "blog", "article", "media", "related", "activitypub"),
        "url": ADDRESS,
        "title": text(),
    },
    required="url",
    closed=True,
)

NUMBERED_PERSON = record({"id": value(INTEGER), "public_name": text()}, required="public_name id")
NAMED_PERSON = record(
    {
        "code": text(CODE),
        "name": text(),
        "avatar": value(STRING, NULL, shape=URI),
        "biography": OPTIONAL_TEXT,
    },
    required="name",
)
PERSON = both(
    record(
        {
            "name": text(),
            "guid": text(UUID),
            "id": value(INTEGER),
            "url": ADDRESS,
            "links": array_of(LINK),
            "public_name": text(),
        }
    ),
    exactly_one(
        {"name": NAMED_PERSON, "public_name": NUMBERED_PERSON},
        "must have either a name, or an id with a public_name",
    ),
)

EVENT = record(
    {
        "guid": text(UUID),
        "code": text(CODE),
        "id": value(INTEGER, least=1),
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
        "do_not_record": value(BOOLEAN, NULL),
        "do_not_stream": value(BOOLEAN, STRING, NULL),
        "persons": array_of(PERSON),
        "links": array_of(LINK),
        "feedback_url": ADDRESS,
        "origin_url": ADDRESS,
        "attachments": array_of(LINK),
    },
    required="guid id date start duration room slug url title subtitle track type language abstract persons"
    " links",
    closed=True,
)

DAY = record(
    {
        "index": value(INTEGER),
        "date": text(DATE),
        "day_start": text(DATE_TIME),
        "day_end": text(DATE_TIME),
        "rooms": map_of(array_of(counted(EVENT))),
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
        "type": one_of(
            "lecturehall", "stage", "workshop", "outside", "online", "project", "bbb", "hangar", "other"
        ),
        "guid": text(UUID),
        "stream_id": OPTIONAL_TEXT,
        "description": value(STRING, NULL, OBJECT),
        "capacity": value(NUMBER, NULL),
        "url": ADDRESS,
        "features": record(
            {
                "recording": one_of(
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
        "daysCount": value(INTEGER),
        "timeslot_duration": text(),
        "time_zone_name": text(ZONE),
        "logo": ADDRESS,
        "colors": record({"primary": text(), "background": text()}),
        "keywords": array_of(text()),
        "url": ADDRESS,
        "tracks": array_of(TRACK),
        "rooms": array_of(ROOM),
        "meta": value(OBJECT),
        "days": array_of(DAY),
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
                "rooms": forbidden("rooms must be listed within conference"),
            },
            required="version conference",
        ),
        "$schema": text(),
        "generator": record({"name": text(), "version": text(), "url": ADDRESS}),
    },
    required="schedule",
    closed=True,
)
"""The rule for the whole document."""
