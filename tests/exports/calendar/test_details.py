"""The categories, tags and links of an event as content lines."""

import pytest

from summitcli.details import LinkRow
from summitcli.exports.calendar.details import categories, link_line, own_categories


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (("Talk", "AI", "Data; big"), "CATEGORIES:Talk,AI,Data\\; big\r\n"),
        (("Talk", "AI, Data", "Talk", "AI / Data"), "CATEGORIES:Talk,AI / Data\r\n"),
        (("", "AI"), "CATEGORIES:AI\r\n"),
        (("", ",", " "), ""),
    ],
)
def test_the_category_and_the_tags_are_categories_each_once(names: tuple[str, ...], written: str) -> None:
    assert categories(names) == written


@pytest.mark.parametrize(
    ("category", "tags", "written"),
    [
        ("Talk", ("AI", "Data"), []),
        ("Talk, short", (), ["X-SUMMITCLI-CATEGORY:Talk\\, short\r\n"]),
        ("", (), []),
        ("", ("AI",), ["X-SUMMITCLI-CATEGORY:\r\n"]),
        ("Talk", ("AI, Data", "Web"), ["X-SUMMITCLI-TAG:AI\\, Data\r\n", "X-SUMMITCLI-TAG:Web\r\n"]),
        ("Talk", ("Talk",), ["X-SUMMITCLI-TAG:Talk\r\n"]),
    ],
)
def test_what_categories_can_not_hold_has_properties_of_its_own(
    category: str, tags: tuple[str, ...], written: list[str]
) -> None:
    assert [*own_categories(category, tags)] == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (LinkRow("https://a.example/?x=1,2;b"), "ATTACH:https://a.example/?x=1,2;b\r\n"),
        (
            LinkRow("https://a.example/", "Slides: 1", "slides"),
            'ATTACH;FILENAME="Slides: 1";X-SUMMITCLI-KIND=slides:https://a.example/\r\n',
        ),
        (
            LinkRow("https://a.example/", "Live", "stream"),
            "CONFERENCE;VALUE=URI;LABEL=Live;X-SUMMITCLI-KIND=stream:https://a.example/\r\n",
        ),
        (LinkRow("https://a.example/", " \x00"), "ATTACH:https://a.example/\r\n"),
        (LinkRow("https://a.example/\r\nATTENDEE:x"), ""),
        (LinkRow(""), ""),
    ],
)
def test_a_stream_is_for_taking_part_online_and_any_other_link_is_attached(
    link: LinkRow, written: str
) -> None:
    assert link_line(link) == written
