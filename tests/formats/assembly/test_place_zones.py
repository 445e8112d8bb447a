"""Tests for the time zone of a country, a city or an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly import place_zones
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
def test_a_place_determines_its_zone(text: str, zone: str) -> None:
    result = place_zones.zone_of_conference(["", text])
    assert result
    assert result.zone == zone


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
def test_an_ambiguous_place_determines_no_zone(text: str) -> None:
    assert place_zones.zone_of_conference([text]) is None


def test_zones_of_events_need_addresses_that_agree() -> None:
    address = "Alexanderstr. 11, 10178 Berlin"
    assert place_zones.zone_of_events(["Hall", address]) == ("Europe/Berlin", "Berlin")
    assert place_zones.zone_of_events(["Berlin", "Hall 1", "Room Berlin, left"]) is None
    assert place_zones.zone_of_events([address, "Rue 1, 1000 Brussels, Belgium"]) is None
    assert place_zones.zone_of_events([]) is None


def test_every_name_in_the_tables_gives_its_zone() -> None:
    for name, zone in place_zones._ZONES_BY_NAME.items():
        assert find_zone(zone), zone
        assert place_zones.zone_of_conference([name.upper()]) == (zone, name.upper())


@given(st.lists(st.text(st.sampled_from("Berlin, Texas;12 (\n-/北京")), max_size=4))
def test_any_text_gives_a_known_zone_or_none(texts: list[str]) -> None:
    for result in (place_zones.zone_of_conference(texts), place_zones.zone_of_events(texts)):
        assert result is None or find_zone(result.zone)
