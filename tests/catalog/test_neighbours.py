"""Tests of the sessions before and after a session."""

from summitcli.catalog.neighbours import Neighbour, Neighbours, neighbours
from tests.schedules import document, session, timed
from tests.site.sites import FIRST, SECOND, catalog_of


def at(day: str, hour: int, room: str | None) -> dict[str, str]:
    """Return a slot of half an hour."""
    clock = f"{day}T{hour:02}"
    return timed(day, f"{clock}:00:00+02:00", f"{clock}:30:00+02:00", **({"room": room} if room else {}))


def test_neighbours_are_in_the_same_room_on_the_same_day_in_order_of_time() -> None:
    catalog = catalog_of(
        document(
            session("late", at(FIRST, 14, "A")),
            # It is no neighbour of its own.
            session("early", at(FIRST, 8, "A"), at(FIRST, 9, "A"), at(SECOND, 9, "B")),
            session("middle", at(FIRST, 10, "A"), title={"en": "Middle", "zh": "中"}),
            session("beside", at(FIRST, 10, "B")),
            session("next-day", at(SECOND, 10, "A")),
            session("nowhere", at(FIRST, 11, None)),
            session("hidden", {"day": FIRST}),
        )
    )
    found = neighbours(catalog, [*catalog.ids(), "unknown"])
    assert {id_: tuple(side and side.id for side in sides) for id_, sides in found.items()} == {
        "early": (None, "middle"),
        "middle": ("early", "late"),
        "late": ("middle", None),
        # Days come first, then times.
        "hidden": (None, "nowhere"),
        "nowhere": ("hidden", None),
    }
    times = (f"{FIRST}T10:00:00+02:00", f"{FIRST}T10:30:00+02:00")
    middle = Neighbour("middle", {"en": "Middle", "zh": "中"}, FIRST, *times, "A")
    assert neighbours(catalog, ["early"]) == {"early": Neighbours(None, middle)}
