"""From written days to dates."""

from datetime import date

import pytest

from summitcli.formats.tables.dates import WrittenDay, read_day
from summitcli.formats.tables.resolving import Basis, DayOrder, Resolver


def written(*texts: str) -> list[WrittenDay]:
    return [day for text in texts if (day := read_day(text))]


@pytest.mark.parametrize(
    ("texts", "order", "dates"),
    [
        (["03/04/2022", "23/04/2022"], DayOrder(False), ["2022-04-03", "2022-04-23"]),
        (["03/04/2022", "3/23/2022"], DayOrder(True), ["2022-03-04", "2022-03-23"]),
        (["03/04/2022", "04/04/2022"], DayOrder(False), ["2022-04-03", "2022-04-04"]),
        (["04/03/2022", "04/04/2022"], DayOrder(True), ["2022-04-03", "2022-04-04"]),
        (["03/04/2022"], DayOrder(False, True), ["2022-04-03"]),
        (
            ["03/04/2022", "13/04/2022", "4/14/2022"],
            DayOrder(False, True),
            ["2022-04-03", "2022-04-13", "2022-04-14"],
        ),
        (["Mon 04/03/2023"], DayOrder(), ["2023-04-03"]),
        (["Sat 04/03/2023"], DayOrder(), ["2023-03-04"]),
        (["2022-04-03"], DayOrder(), ["2022-04-03"]),
    ],
)
def test_the_order_of_day_and_month(texts: list[str], order: DayOrder, dates: list[str]) -> None:
    days = written(*texts)
    resolver = Resolver(days, Basis())
    assert resolver.order == order
    assert [str(resolver.resolve(day)) for day in days] == dates


def test_a_missing_year_is_that_of_the_basis_or_of_other_dates() -> None:
    days = written("23 July", "2022-07-24")
    assert Resolver(days, Basis()).resolve(days[0]) == date(2022, 7, 23)
    assert Resolver(days[:1], Basis(year=2021)).resolve(days[0]) == date(2021, 7, 23)
    assert Resolver(days[:1], Basis()).resolve(days[0]) is None
    assert Resolver(written("29.2."), Basis(year=2022)).resolve(written("29.2.")[0]) is None


def test_numbered_days_and_weekdays_count_from_the_first() -> None:
    basis = Basis(date(2022, 7, 22), 2022)
    days = written("Day 1", "Day 3", "Saturday", "Friday", "Thursday")
    assert [str(Resolver(days, basis).resolve(day))[-2:] for day in days] == ["22", "24", "23", "22", "28"]
    assert [Resolver(days, Basis()).resolve(day) for day in days] == [None] * 5
    assert Resolver((), Basis(date(2999, 12, 31))).resolve(WrittenDay(number=2)) is None
