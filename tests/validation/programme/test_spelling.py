"""Comparison of names."""

import pytest

from summitcli.validation.programme.spelling import MAX_NAMES, respelled, similar


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Grand Hall", "Grand  hall"),
        ("Grand Hall", "GrandHall"),
        ("Grand Hall", "Ｇrand Hall"),
        ("Amphithéâtre", "Amphithéatre"),
        ("Hall-1", "Hall 1"),
        ("José Pérez", "Jose Perez"),
        ("一号 厅", "一号厅"),
    ],
)
def test_these_are_spellings_of_one_name(name: str, other: str) -> None:
    assert [*respelled([name, other])] == [(other, name)]


@pytest.mark.parametrize(
    ("name", "other"), [("C", "C++"), ("C", "C#"), ("か", "が"), ("Room 1", "Room 2"), ("?", "!")]
)
def test_these_are_different_names(name: str, other: str) -> None:
    assert [*respelled([name, other])] == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Grand Hall", "Grant Hall"),
        ("Grand Hall", "Grnad Hall"),
        ("Grand Hall", "Grannd Hall"),
        ("Workshop", "Workshops"),
        ("Anna Schmidt", "Anna Schmitt"),
        ("Катя Иванова", "Катя Иваново"),
    ],
)
def test_these_differ_by_a_letter(name: str, other: str) -> None:
    assert [*similar([name, other], of_people=False)] == [(other, name)]
    assert [*similar([other, name], of_people=False)] == [(name, other)]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Conference Room 1", "Conference Room 2"),
        ("Conference Track A", "Conference Track B"),
        ("Workshop II", "Workshop III"),
        ("Workshop XVIII", "Workshop XXVIII"),
        ("Lab101 East", "Lab102 East"),
        ("Room", "Rooms"),
        ("East Hall", "West Hall"),
        ("会议中心第一会议厅", "会议中心第二会议厅"),
        ("Grand Hall", "Grand Hall"),
        ("Grand Hall", "grand hall"),
    ],
)
def test_these_are_told_apart_on_purpose(name: str, other: str) -> None:
    assert [*similar([name, other], of_people=False)] == []


def test_given_names_of_men_and_women_are_told_apart() -> None:
    names = ["Daniel Meyer", "Daniela Meyer"]
    assert [*similar(names, of_people=True)] == []
    assert len([*similar(names, of_people=False)]) == 1
    assert len([*similar(["Meyer Daniel", "Meyer Daniela"], of_people=True)]) == 1


def test_very_many_names_are_not_compared_by_letter() -> None:
    names = [*map(str, range(MAX_NAMES - 2)), "Grand Hall", "Grant Hall"]
    assert len([*similar(names, of_people=False)]) == 1
    assert [*similar([*names, "Ada"], of_people=False)] == []


@pytest.mark.parametrize(("letters", "found"), [(200, 1), (201, 0)])
def test_longer_texts_are_no_names(letters: int, found: int) -> None:
    names = ["a" * letters, "b" + "a" * (letters - 1)]
    assert len([*similar(names, of_people=False)]) == found
