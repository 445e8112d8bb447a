"""What a country, a city or an address tells of the time zone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly import whereabouts
from summitcli.formats.times import find_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Brussels", "Europe/Brussels"),
        ("ULB, Brussels", "Europe/Brussels"),
        ("deutschland", "Europe/Berlin"),
        ("中国，北京市", "Asia/Shanghai"),
        ("Congress Centre, 10178 Berlin, Germany", "Europe/Berlin"),
        ("Austin, TX, USA", "America/Chicago"),
        ("Austin, TX 78701", "America/Chicago"),
        ("New York, NY", "America/New_York"),
        ("Milano - Italia", "Europe/Rome"),
    ],
)
def test_a_place_tells_its_zone(text: str, zone: str) -> None:
    found = whereabouts.of_conference(["", text])
    assert found
    assert found.zone == zone


@pytest.mark.parametrize(
    "text",
    [
        "Paris, Texas",
        "Berlin, New Hampshire, USA",
        "Vancouver, WA",
        "Sydney, Nova Scotia",
        "Berlin, Paris",
        "Springfield",
        "USA",
        "Berliner Str.",
        "Berlin" * 100,
    ],
)
def test_a_place_that_is_not_certain_tells_nothing(text: str) -> None:
    assert whereabouts.of_conference([text]) is None


def test_events_tell_a_zone_by_addresses_that_agree_and_not_by_the_names_of_rooms() -> None:
    address = "Alexanderstr. 11, 10178 Berlin"
    assert whereabouts.of_events(["Hall", address]) == ("Europe/Berlin", "Berlin")
    assert whereabouts.of_events(["Berlin", "Hall 1", "Room Berlin, left"]) is None
    assert whereabouts.of_events([address, "Rue 1, 1000 Brussels, Belgium"]) is None
    assert whereabouts.of_events([]) is None


def test_every_zone_of_the_tables_is_known_and_every_name_told() -> None:
    for name, zone in whereabouts._KNOWN.items():
        assert find_zone(zone), zone
        assert whereabouts.of_conference([name.upper()]) == (zone, name.upper())


@given(st.lists(st.text(st.sampled_from("Berlin, Texas;12 (\n-/北京")), max_size=4))
def test_whatever_is_said_is_taken_or_left(texts: list[str]) -> None:
    for found in (whereabouts.of_conference(texts), whereabouts.of_events(texts)):
        assert found is None or find_zone(found.zone)
