"""A valid schedule.json and schedule.xml with every allowed key and element."""

import copy
from collections.abc import Sequence
from typing import Any

GUIDS = [f"0b5c2a4e-9d63-5f0e-8a51-3c7d12e8f90{number}" for number in range(4)]
LINK = {"url": "https://example.org/a?b=c#d", "title": "Slides", "type": "slides"}
EVENT: dict[str, Any] = {
    "guid": GUIDS[0],
    "code": "AB12",
    "id": 7,
    "logo": None,
    "date": "2024-05-01T10:00:00+02:00",
    "start": "10:00",
    "end": "2024-05-01T10:45:00+02:00",
    "duration": "00:45",
    "room": "Ada",
    "slug": "conf-7-opening",
    "url": "https://example.org/7",
    "title": "Opening",
    "subtitle": None,
    "track": "Main",
    "type": "talk",
    "language": "en",
    "abstract": "",
    "description": None,
    "recording_license": "CC0",
    "do_not_record": False,
    "do_not_stream": None,
    "persons": [
        {"name": "Ada", "code": "ADA1", "avatar": None, "biography": None, "guid": GUIDS[1], "links": [LINK]},
        {"id": 3, "public_name": "Grace", "url": "https://example.org/grace"},
    ],
    "links": [LINK],
    "feedback_url": "https://example.org/7/feedback",
    "origin_url": "https://example.org/origin",
    "attachments": [{"url": "https://example.org/7.pdf"}],
}
JSON: dict[str, Any] = {
    "$schema": "https://example.org/schema.json",
    "generator": {"name": "by hand", "version": "1", "url": "https://example.org/"},
    "schedule": {
        "version": "1.0",
        "base_url": "https://example.org/",
        "conference": {
            "acronym": "conf-2024-berlin",
            "title": "Conf",
            "description": "A conference",
            "start": "2024-05-01",
            "end": "2024-05-02",
            "daysCount": 2,
            "timeslot_duration": "00:15",
            "time_zone_name": "Europe/Berlin",
            "logo": "https://example.org/logo.png",
            "colors": {"primary": "#ff0000", "background": "#ffffff"},
            "keywords": ["one"],
            "url": "https://example.org/",
            "tracks": [{"name": "Main", "slug": "main", "color": "#00ff00"}],
            "rooms": [
                {
                    "name": "Ada",
                    "slug": "ada",
                    "type": "stage",
                    "guid": GUIDS[2],
                    "stream_id": None,
                    "description": {"en": "Large"},
                    "description_de": "Groß",
                    "capacity": 100,
                    "url": "https://example.org/ada",
                    "features": {"recording": "record_by_default"},
                    "assembly": {"name": "A", "slug": "a1", "guid": GUIDS[3], "url": "https://example.org/a"},
                }
            ],
            "meta": {},
            "days": [
                {
                    "index": 1,
                    "date": "2024-05-01",
                    "day_start": "2024-05-01T04:00:00+02:00",
                    "day_end": "2024-05-02T04:00:00+02:00",
                    "rooms": {"Ada": [EVENT], "Raum 2": []},
                }
            ],
        },
    },
}

XML = f"""<schedule>
  <generator name="by hand" version="1" system="example.org"/>
  <url>https://example.org/schedule.xml</url>
  <version>1.0</version>
  <conference>
    <title>Conf</title>
    <acronym>conf24</acronym>
    <start>2024-05-01</start>
    <end>2024-05-02T18:00:00+02:00</end>
    <days>2</days>
    <timeslot_duration>00:15</timeslot_duration>
    <base_url>https://example.org/</base_url>
    <logo>https://example.org/logo.png</logo>
    <url>https://example.org/</url>
    <time_zone_name>Europe/Berlin</time_zone_name>
    <color primary="#ff0000" background="#ffffff" accent="red"/>
    <track name="Main" color="#00ff00" slug="main">Main</track>
  </conference>
  <day index="1" date="2024-05-01" start="2024-05-01T04:00:00+02:00" end="2024-05-02T04:00:00+02:00">
    <room name="Ada" guid="{GUIDS[2]}">
      <event id="7" guid="{GUIDS[0]}" code="ABC123">
        <date>2024-05-01T10:00:00+02:00</date>
        <start>10:00</start>
        <duration>00:45</duration>
        <room>Ada</room>
        <slug>conf-opening</slug>
        <url>https://example.org/7</url>
        <title>Opening</title>
        <subtitle/>
        <track>Main</track>
        <type>talk</type>
        <language>en</language>
        <abstract/>
        <description/>
        <logo/>
        <persons><person id="1" guid="{GUIDS[3]}">Ada</person><person>Grace</person></persons>
        <recording><license>CC0</license><optout>false</optout><url>https://example.org/v</url>
          <link>https://example.org/v</link></recording>
        <links><link href="https://example.org/" type="web" service="x">A</link></links>
        <attachments><attachment href="a.pdf" type="x">Slides</attachment></attachments>
        <video_download_url>https://example.org/v.mp4</video_download_url>
        <feedback_url>https://example.org/f</feedback_url>
        <origin_url>https://example.org/o</origin_url>
      </event>
    </room>
    <room name="Raum 2">
      <event id="8" guid="{GUIDS[1]}" code="ABC124">
        <date>2024-05-01T11:00:00+02:00</date><start>11:00</start><duration>00:30:00</duration>
        <room>Raum 2</room><title>Second</title><track/><type/><abstract/><slug>conf-second</slug>
      </event>
    </room>
  </day>
  <day index="2" start="2024-05-02T04:00:00+02:00" end="2024-05-03T04:00:00+02:00"/>
</schedule>
"""


def with_value(document: Any, steps: Sequence[Any], value: Any) -> Any:
    """Return ``document`` with another value at one place; ``...`` removes the key."""
    made = copy.deepcopy(document)
    holder = made
    for step in steps[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[steps[-1]]
    else:
        holder[steps[-1]] = value
    return made
