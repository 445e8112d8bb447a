"""The header of a table."""

from datetime import date

import pytest

from summitcli.errors import UnknownValue, UsageError
from summitcli.formats.tables.columns import Header, Requested, find_header, is_evident, parse_requested
from summitcli.formats.tables.rows import Row

NOTHING = Requested()


def rows(*lines: str) -> list[Row]:
    return [Row(n, line.split("|")) for n, line in enumerate(lines, 1)]


def header(*lines: str, requested: Requested = NOTHING) -> Header:
    found = find_header(rows(*lines), requested)
    assert found is not None
    return found


def test_columns_are_found_in_any_order() -> None:
    found = header("Room|Title|Notes|Day", "Hall|Opening||2022-07-23")
    assert found.groups == [{"title": 1, "room": 0, "day": 3}]
    assert found.names == {0: "Room", 1: "Title", 2: "Notes", 3: "Day"}
    assert (found.above, found.length) == ([], 1)


def test_a_header_may_stand_below_other_rows() -> None:
    found = header("DemoConf 2022||", "Title|Day|Start", "Opening|2022-07-23|10:00")
    assert ([row.only for row in found.above], found.length) == (["DemoConf 2022"], 2)


def test_the_likelier_of_two_columns_is_taken() -> None:
    assert header("Name|Title|Time").groups == [{"title": 1, "start": 2}]
    assert header("Title|Track|Category").groups == [{"title": 0, "category": 2, "room": 1}]
    assert header("Title|Track|Category|Room").groups == [{"title": 0, "category": 2, "room": 3}]


def test_a_header_may_have_two_rows() -> None:
    found = header("Title|Time||Speaker", "|From|To|", "Opening|10:00|11:00|Ada")
    assert found.groups == [{"title": 0, "start": 1, "end": 2, "speakers": 3}]
    assert found.length == 2
    assert header("Title|Day|Start", "标题|日期|开始").length == 2


def test_rooms_may_stand_above_their_columns() -> None:
    found = header("|Hall||Yard|", "Time|Title|Speaker|Title|Speaker", "10:00|Opening|Ada|Games|")
    assert found.groups == [
        {"start": 0, "title": 1, "speakers": 2},
        {"start": 0, "title": 3, "speakers": 4},
    ]
    assert found.labels == ("Hall", "Yard")


@pytest.mark.parametrize("lines", [[], ["Title"], ["Title|x"], ["a|b", "c|d"], ["Title|Title"]])
def test_a_row_with_fewer_than_two_fields_is_no_header(lines: list[str]) -> None:
    assert find_header(rows(*lines), NOTHING) is None


def test_requested_columns_overrule_the_names() -> None:
    requested = parse_requested("title=Betreff, start=C,day=2022-07-23")
    assert requested == Requested({"title": "Betreff", "start": "C"}, date(2022, 7, 23))
    found = header("Title|Betreff|Los|Room", "a|b|10:00|Hall", requested=requested)
    assert found.groups == [{"title": 1, "start": 2, "room": 3}]


def test_letters_need_no_names() -> None:
    found = header("Opening|2022-07-23", requested=parse_requested("title=A,day=B"))
    assert found == Header([{"title": 0, "day": 1}], {0: "A", 1: "B"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title", '--columns takes pairs such as title=Titel,start=Von, not "title"'),
        ("title=", '--columns takes pairs such as title=Titel,start=Von, not "title="'),
        ("titel=x", 'no field "titel". Did you mean "title"?'),
    ],
)
def test_a_wrong_request_is_a_usage_error(text: str, sentence: str) -> None:
    with pytest.raises((UsageError, UnknownValue)) as caught:
        parse_requested(text)
    assert str(caught.value).startswith(sentence.removesuffix("?"))


def test_an_unknown_column_is_reported_with_similar_ones() -> None:
    with pytest.raises(UnknownValue) as caught:
        header("Title|Betreff|Start", requested=parse_requested("title=Betref"))
    assert str(caught.value) == 'no column "Betref". Did you mean "Betreff"?'


@pytest.mark.parametrize(
    ("lines", "evident"),
    [
        (["Title|Day", "a|2022-07-23"], True),
        (["Title|Start", "a|10:00"], True),
        (["Title|Start", "a|soon", "b|later"], False),
        (["Title|Start|Room", "a|soon|b", "b|later|c"], True),
        (["Title|Start|Room", "a|soon|b", "b|later"], False),
        (["Title|Room", "a|b", "c|d"], False),
        (["Name|Date|Amount", "a|2022-07-23|5"], False),
        (["Name|Date|Room", "a|2022-07-23|b"], True),
        (["Title|Room|Speaker", "a|b|c", "c|d|e"], True),
        (["Title|Room|Speaker", "a|b|c"], False),
        (["Day|Start", "2022-07-23|10:00"], False),
        (["Day|Start|End", "2022-07-23|10:00|11:00"], True),
    ],
)
def test_a_schedule_is_told_from_other_text_by_the_rows_below(lines: list[str], evident: bool) -> None:
    assert is_evident(rows(*lines), header(*lines)) == evident
