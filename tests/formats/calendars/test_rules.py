"""Rules and zones by chance, as dateutil and zoneinfo have them; `make soak` tries many more."""

import random

from tests.formats.calendars.random_rules import compare_rule, compare_set, compare_zone


def test_rules_give_the_times_that_dateutil_gives() -> None:
    chance = random.Random("rules")
    for _turn in range(150):
        compare_rule(chance)


def test_several_rules_and_dates_together_give_the_times_that_dateutil_gives() -> None:
    chance = random.Random("sets")
    for _turn in range(100):
        compare_set(chance)


def test_zones_that_calendars_define_have_the_clocks_of_zoneinfo() -> None:
    chance = random.Random("zones")
    for _turn in range(100):
        compare_zone(chance)
