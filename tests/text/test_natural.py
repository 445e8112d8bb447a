"""Natural order."""

from summitcli.text.natural import natural_key, numbers_in_order


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    names = ["12", "A", "Ｒｏｏｍ １", "Room 1b", "room 2", "Room 10", "Room " + "9" * 30, "第2室", "第10室"]
    assert sorted(sorted(names), key=natural_key) == names


def test_names_that_differ_only_in_a_number_are_sorted_where_the_first_of_them_is() -> None:
    names = ["Aula", "Room 10", "Foyer", "room 2", "Room 1", "B 2.10", "B 2.9"]
    assert numbers_in_order(names) == ("Aula", "Room 1", "room 2", "Room 10", "Foyer", "B 2.9", "B 2.10")
    assert numbers_in_order([]) == ()
