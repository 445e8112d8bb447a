"""What links are called."""

from summitcli.details import LinkRow
from summitcli.i18n import using_language
from summitcli.text.links import COMMON_KINDS, kind_label, link_label


def test_common_kinds_have_labels_in_both_languages() -> None:
    assert [kind_label(kind) for kind in COMMON_KINDS] == ["Stream", "Recording", "Slides"]
    with using_language("zh"):
        assert [kind_label(kind) for kind in COMMON_KINDS] == ["直播", "录像", "幻灯片"]
        assert kind_label("paper") == "paper"


def test_a_link_is_called_by_its_title_else_by_its_kind() -> None:
    url = "https://a.example/"
    links = (
        LinkRow(url, "A", "stream"),
        LinkRow(url, None, "stream"),
        LinkRow(url, None, "paper"),
        LinkRow(url),
    )
    assert [link_label(link) for link in links] == ["A", "Stream", "paper", ""]
