"""Tests of the structured data of pages, read back by this program's reader of such pages."""

import json
import re
from typing import Any

from summitcli.catalog.detailed import with_details
from summitcli.formats import parse
from summitcli.formats.parsed import Parsed
from summitcli.site.rendering import Here
from summitcli.site.structured import StructuredData
from tests.exports.published import load, small
from tests.hostile import EVIL, HALVES
from tests.schedules import document, session
from tests.site.sites import site_of

BLOCK = re.compile(r'<script type="application/ld\+json">(.*)</script>')


def data_of(parsed: Parsed, id_: str = "", **fields: Any) -> Any:
    """Return the data of the page of a session, or of the first page."""
    site = site_of(parsed, "en", **fields)
    here = Here(site, "en", f"sessions/{id_}.html" if id_ else "index.html")
    data = StructuredData(site, here)
    if not id_:
        text = data.conference(here)
    else:
        rows = with_details(site.catalog, site.catalog.sessions())
        text = data.session(here, next(row for row in rows if row.id == id_))
    found = BLOCK.fullmatch(text)
    assert found is not None
    assert not {*"<>&"} & {*found[1]}
    return json.loads(found[1])


def test_the_first_page_describes_the_conference() -> None:
    facts = {
        "place": "Town hall",
        "hosts": ["Town of Berlin"],
        "organisers": ["Ada e. V.", "Town of Berlin"],
        "theme": "Tea",
        "url": "https://a:b@conf.example/",
    }
    assert data_of(Parsed.of(load(document(session("a"), **facts)))) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Conf",
        "startDate": "2024-05-01",
        "endDate": "2024-05-02",
        "location": {"@type": "Place", "name": "Town hall", "address": "Town hall"},
        "description": "Tea",
        "organizer": [
            {"@type": "Organization", "name": "Town of Berlin"},
            {"@type": "Organization", "name": "Ada e. V."},
        ],
        "url": "https://a:***@conf.example/",
    }


def test_the_page_of_a_session_describes_it_in_its_conference() -> None:
    data = data_of(Parsed.of(small()), "opening", base_url="https://conf.example/x/")
    conference = {"@type": "Event", "name": "Conf & Co", "startDate": "2024-05-01", "endDate": "2024-05-02"}
    assert data == {
        "@context": "https://schema.org",
        "@graph": [{
            "@type": "Event",
            "identifier": "opening",
            "name": "Opening",
            "eventStatus": "https://schema.org/EventScheduled",
            "performer": [
                {"@type": "Person", "name": "Ada <Lovelace>"}, {"@type": "Person", "name": "李雷"},
            ],
            "description": "Welcome\n\nShort & sweet.\n\nLong.\n\nTwo paragraphs, 1 < 2.",
            "inLanguage": "en",
            "url": "https://conf.example/x/sessions/opening.html",
            "superEvent": conference,
            "startDate": "2024-05-01T09:00:00+02:00",
            "endDate": "2024-05-01T10:30:00+02:00",
            "location": {"@type": "Place", "name": "Hall", "address": "Hall"},
        }],
    }  # fmt: skip


def test_a_session_without_a_room_is_at_the_place_of_the_conference() -> None:
    (event,) = data_of(Parsed.of(load(document(session("a"), place="Town hall"))), "a")["@graph"]
    assert event["location"] == {"@type": "Place", "name": "Town hall", "address": "Town hall"}
    assert event["superEvent"]["location"] == event["location"]


def test_days_in_a_row_are_one_event() -> None:
    (event,) = data_of(Parsed.of(small()), "expo")["@graph"]
    assert (event["startDate"], event["endDate"]) == ("2024-05-01", "2024-05-02")


def test_a_session_is_read_back() -> None:
    data = data_of(Parsed.of(small()), "night")
    page = f'<!DOCTYPE html><html><script type="application/ld+json">{json.dumps(data)}</script></html>'
    (read,) = parse(page.encode(), "night.html").schedule.sessions
    (slot,) = read.slots
    assert (read.id, read.title.root, slot.room) == ("night", "Night", "Bar")
    assert slot.start is not None
    assert slot.start.isoformat() == "2024-05-02T00:30:00+02:00"


def test_text_can_not_end_the_element() -> None:
    evil = f"{EVIL}{HALVES}</script><!--<script>&"
    made = load(document(session("a", title=EVIL + "</script><!--<script>&", speakers=["</script>"])))
    (event,) = data_of(Parsed.of(made), "a")["@graph"]
    assert event["performer"] == [{"@type": "Person", "name": "</script>"}]
    assert event["name"].endswith(evil[-21:])
