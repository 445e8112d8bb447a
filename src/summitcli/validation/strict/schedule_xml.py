"""The rules for every element of a ``schedule.xml`` of pentabarf, frab, pretalx and c3voc."""

from summitcli.validation.strict.shapes import (
    ANY_TEXT,
    UUID,
    Shape,
    collapsed,
    is_xml_date,
    is_xml_time,
    pattern,
)
from summitcli.validation.strict.xml_rules import Attribute, Element, many, maybe, once

DATE = collapsed(Shape("must be a date such as {example}", is_xml_date, "2022-07-23"))
TIME = collapsed(
    Shape("must be a time with a UTC offset, such as {example}", is_xml_time, "2022-07-23T09:00:00+08:00")
)
DATE_OR_TIME = collapsed(
    Shape(
        "must be a date, or a time with a UTC offset such as {example}",
        lambda text: is_xml_date(text) or is_xml_time(text),
        "2022-07-23T09:00:00+08:00",
    )
)
INTEGER = collapsed(pattern("must be a whole number", r"[+-]?[0-9]+"))
POSITIVE = collapsed(
    pattern("must be a whole number, 1 or more", r"\+?0*[1-9][0-9]*")._replace(
        # A text without leading zeros, as a number may have more digits than Python converts.
        meaning=lambda text: text.lstrip("+0")
    )
)
BOOLEAN = collapsed(pattern("must be true or false", "true|false|1|0"))
URL = collapsed(pattern("must begin with http:// or https://", "https?://[^\n\r]*"))
URL_OR_EMPTY = collapsed(
    pattern("must be empty, or begin with http:// or https://", "(?:https?://[^\n\r]*)?")
)
CLOCK = pattern(
    "must be a time with two-digit hours and minutes, such as {example}",
    "[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?",
    "09:00",
)
LENGTH = pattern(
    "must be a duration in hours and minutes, such as {example}",
    "[0-9]{1,2}:[0-9]{2}(?::[0-9]{1,2})?",
    "00:45",
)
ACRONYM = pattern("must be four or more lower-case ASCII letters, digits, - and _", "[a-z0-9_-]{4,}")
CODE = pattern("must be six upper-case ASCII letters or digits", "[0-9A-Z]{6}")
EVENT_SLUG = pattern(
    "must be lower-case ASCII letters, digits, - and _, with four or more of them before and after a -,"
    " such as {example}",
    "[a-z0-9_]{4,}-[a-z0-9_-]{4,}",
    "conf24-opening",
)
TRACK_SLUG = pattern(
    "must be lower-case ASCII letters, digits and -, beginning with a letter", "[a-z][a-z0-9-]+"
)
COLOR = pattern("must be a colour such as {example}", "#[0-9a-fA-F]{6}", "#1a2b3c")

TEXT = Element(ANY_TEXT)
ADDRESS = Element(URL)

LINKS = Element(
    children={
        "link": many(
            Element(
                ANY_TEXT,
                {"href": Attribute(ANY_TEXT), "type": Attribute(ANY_TEXT), "service": Attribute(ANY_TEXT)},
            )
        )
    }
)
ATTACHMENTS = Element(
    children={
        "attachment": many(
            Element(ANY_TEXT, {"href": Attribute(ANY_TEXT), "type": Attribute(ANY_TEXT)}),
        )
    }
)
PERSONS = Element(
    children={"person": many(Element(ANY_TEXT, {"id": Attribute(INTEGER), "guid": Attribute(UUID)}))}
)
RECORDING = Element(
    children={
        "license": once(TEXT),
        "optout": once(Element(BOOLEAN)),
        "url": maybe(ADDRESS),
        "link": maybe(ADDRESS),
    }
)

EVENT = Element(
    attributes={
        "guid": Attribute(UUID, required=True, unique=True),
        "id": Attribute(POSITIVE, required=True, unique=True),
        "code": Attribute(CODE, unique=True),
    },
    children={
        "room": once(TEXT),
        "title": once(TEXT),
        "subtitle": maybe(TEXT),
        "type": once(TEXT),
        "date": once(Element(TIME)),
        "start": once(Element(CLOCK)),
        "duration": once(Element(LENGTH)),
        "abstract": once(TEXT),
        "slug": maybe(Element(EVENT_SLUG, unique=True)),
        "track": once(TEXT),
        "logo": maybe(Element(URL_OR_EMPTY)),
        "persons": maybe(PERSONS),
        "language": maybe(TEXT),
        "description": maybe(TEXT),
        "recording": maybe(RECORDING),
        "links": maybe(LINKS),
        "attachments": maybe(ATTACHMENTS),
        "video_download_url": maybe(ADDRESS),
        "url": maybe(ADDRESS),
        "feedback_url": maybe(ADDRESS),
        "origin_url": maybe(ADDRESS),
    },
    counted=True,
)
ROOM = Element(
    attributes={"name": Attribute(ANY_TEXT, required=True), "guid": Attribute(UUID)},
    children={"event": many(EVENT)},
)
DAY = Element(
    attributes={
        "date": Attribute(DATE),
        "start": Attribute(TIME, required=True),
        "end": Attribute(TIME, required=True),
        "index": Attribute(POSITIVE, required=True, unique=True),
    },
    children={"room": many(ROOM)},
)
CONFERENCE = Element(
    children={
        "title": many(TEXT),
        "acronym": many(Element(ACRONYM)),
        "start": many(Element(DATE_OR_TIME)),
        "end": many(Element(DATE_OR_TIME)),
        "days": many(Element(INTEGER)),
        "timeslot_duration": many(Element(LENGTH)),
        "base_url": many(ADDRESS),
        "logo": many(ADDRESS),
        "url": many(ADDRESS),
        "time_zone_name": many(TEXT),
        "color": many(
            Element(
                ANY_TEXT,
                {"primary": Attribute(COLOR, required=True), "background": Attribute(COLOR)},
                any_attribute=True,
            )
        ),
        "track": many(
            Element(
                ANY_TEXT,
                {
                    "name": Attribute(ANY_TEXT, required=True),
                    "color": Attribute(COLOR),
                    "slug": Attribute(TRACK_SLUG),
                },
            )
        ),
    }
)

ROOT = "schedule"
DOCUMENT = Element(
    children={
        "generator": maybe(
            Element(
                attributes={
                    "name": Attribute(ANY_TEXT),
                    "system": Attribute(ANY_TEXT),
                    "version": Attribute(ANY_TEXT),
                }
            )
        ),
        "url": maybe(ADDRESS),
        "version": once(TEXT),
        "conference": once(CONFERENCE),
        "day": many(DAY, least=1),
    },
    in_order=True,
)
"""The rule for the root element, whose name is :data:`ROOT`."""
