"""Lists of names in one line."""

import pytest

from summitcli.i18n import using_language
from summitcli.text.enumeration import enumeration


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (0, "", ""),
        (1, "1", "1"),
        (9, "1, 2, 3, 4, 5, 6, 7, 8, 9", "1、2、3、4、5、6、7、8、9"),
        (10, "1, 2, 3, 4, 5, 6, 7, 8 and 2 more", "1、2、3、4、5、6、7、8 及另外 2 个"),
        (100_000, "1, 2, 3, 4, 5, 6, 7, 8 and 99992 more", "1、2、3、4、5、6、7、8 及另外 99992 个"),
    ],
)
def test_a_long_list_shows_the_first_names_and_the_number_of_the_others(
    count: int, english: str, chinese: str
) -> None:
    names = [str(number) for number in range(1, count + 1)]
    assert enumeration(names) == english
    with using_language("zh"):
        assert enumeration(names) == chinese
