"""Tests of the pages of a site: their content, their links and what must not be in them."""

import gzip
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from summitcli.site.addresses import Addresses
from summitcli.site.plan import files
from tests.hostile import native, sent
from tests.schedules import DATA, document, session, timed
from tests.site.sites import FIRST, Page, both_languages, contents_of, dead_links, files_of, published

TAGS = re.compile(r"<[^>]*>")
DATA_BLOCK = re.compile(r'^<script type="application/ld\+json">[^<>]*</script>$', re.MULTILINE)


def text_of(page: str) -> list[str]:
    """Return the lines of text of a page's content."""
    main = page[page.index("<main") : page.index("</main>")]
    lines = (TAGS.sub("", line).strip() for line in main.splitlines())
    return [line for line in lines if line]


def pages_of(made: dict[str, Any], **changes: Any) -> dict[str, str]:
    """Return the pages of a site by path."""
    return {
        file.path: b"".join(file.make()).decode()
        for file in files(contents_of(made, **changes), ["pages"])
        if file.path.endswith(".html")
    }


def test_a_site_in_two_languages_has_all_pages_in_both() -> None:
    found = pages_of(both_languages())
    assert sorted(path for path in found if "/" not in path) == ["404.html", "index.html"]
    own = {path[3:] for path in found if path.startswith("en/")}
    assert own == {path[3:] for path in found if path.startswith("zh/")}
    assert sorted(own) == [
        "about.html", "categories/idle.html", "categories/talk.html", "changes.html",
        "days/2024-05-01.html", "days/2024-05-02.html", "index.html", "rooms.html", "rooms/A1.html",
        "rooms/大厅.html", "screens/A1.html", "screens/大厅.html", "sessions/fair.html",
        "sessions/night.html", "sessions/opening.html", "sessions/panel.html", "speakers.html",
        "speakers/Ada.html", "speakers/李雷.html",
    ]  # fmt: skip
    assert '<html lang="zh">' in found["zh/index.html"]
    for path in (f"{language}/days/{FIRST}.html" for language in ("en", "zh")):
        assert re.findall('hreflang="(..)" href="([^"]*)"', found[path]) == [
            ("en", "../../en/days/2024-05-01.html" if path.startswith("zh") else "2024-05-01.html"),
            ("zh", "../../zh/days/2024-05-01.html" if path.startswith("en") else "2024-05-01.html"),
        ]


def test_a_site_in_one_language_has_no_directory_of_that_language() -> None:
    found = pages_of(document(session("a")))
    assert "index.html" in found and "sessions/a.html" in found
    assert "hreflang" not in "".join(found.values())


def test_the_page_of_a_day_lists_its_sessions_by_the_hour_and_shows_them_in_a_table() -> None:
    page = pages_of(both_languages())[f"en/days/{FIRST}.html"]
    assert text_of(page) == [
        "Wednesday 1 May", "day 1 of 2 · 4 sessions", "Wed 1 May", "Thu 2 May", "Grid", "10:00", "00:00",
        "Calendar of these sessions", "Sessions", "all day", "Fair", "Room: A1",
        "10:00", "Hours", "10:00–11:00",
        "Opening", "开幕", "Category: Talk", "Room: 大厅", "Speakers: Ada, 李雷", "Language: en",
        "10:30–12:00", "Panel", "Room: 大厅", "Speakers: Ada", "part 1 of 2",
        "00:00", "Hours", "00:30–01:30 +1", "Night", "Grid",
        "Wednesday 1 May: 大厅 – No room", "Time", "大厅", "No room", "10:00", "Opening 10:00–11:00",
        "10:30", "Panel 10:30–12:00", "11:00", "12:00", "00:30 +1", "Night 00:30–01:30 +1",
        "Next day Thursday 2 May",
    ]  # fmt: skip
    assert [id_ for id_ in Page(page).ids if id_.startswith("h")] == ["hours", "h10", "h24"]


def test_the_page_of_a_session_has_all_that_is_known_of_it() -> None:
    pages = pages_of(both_languages())
    assert text_of(pages["zh/sessions/opening.html"]) == [
        "开幕", "Opening", "时间", "5月1日 星期三 10:00–11:00 · 大厅", "类别演讲", "嘉宾Ada、李雷", "语言en",
        "链接https://example.org/opening", "添加到日历（.ics）", "幻灯片", "javascript:alert(1)", "一。",
        "下一场 · 大厅 · 10:30–12:00 Panel",
    ]  # fmt: skip
    english = pages["en/sessions/opening.html"]
    assert '<p dir="auto">One.</p>\n<p dir="auto">Two &amp; &lt;three&gt;.</p>' in english
    assert [link for link in Page(english).links if ":" in link] == [
        "https://example.org/opening", "https://example.org/slides"
    ]  # fmt: skip


def test_pages_of_sessions_and_days_lead_to_what_is_before_and_after() -> None:
    pages = pages_of(both_languages())
    links = re.compile(r'<a href="([^"]*)" rel="([a-z]*)"><small>([^<]*)</small> <span[^>]*>([^<]*)</span>')
    assert links.findall(pages["en/sessions/panel.html"]) == [
        ("opening.html", "prev", "Previous session · 大厅 · 10:00–11:00", "Opening")
    ]
    assert links.findall(pages["en/days/2024-05-02.html"]) == [
        ("2024-05-01.html", "prev", "Previous day", "Wednesday 1 May")
    ]
    # Sessions without rooms and times are in the order of the schedule.
    assert [found[:3] for found in links.findall(pages_of(DATA)["en/sessions/data-law-forum.html"])] == [
        ("digital-literacy-forum.html", "prev", "Previous session"),
        ("big-data-forum.html", "next", "Next session"),
    ]


def test_the_pages_of_a_room_and_of_a_speaker_list_their_sessions() -> None:
    pages = pages_of(both_languages())
    assert text_of(pages["en/rooms/A1.html"]) == [
        "A1", "2 sessions", "Large type for a screen in front of the room", "Calendar of these sessions",
        "Wednesday 1 May day 1 of 2 · 1 session", "Fair",
        # On paper, the sheet of the second day has the name of the room, too.
        "A1", "Thursday 2 May day 2 of 2 · 1 session", "09:00–09:00", "Panel", "Speakers: Ada", "part 2 of 2",
    ]  # fmt: skip
    assert text_of(pages["en/speakers/Ada.html"])[:5] == [
        "Ada", "2 sessions", "Calendar of these sessions", "mailto:ada@example.org", "Mathematician."
    ]  # fmt: skip
    assert 'class="screen sheet"' in pages["zh/screens/A1.html"]


def test_a_schedule_without_times_rooms_and_speakers_has_days_by_category_and_no_empty_lists() -> None:
    found = pages_of(DATA)
    assert not [path for path in found if "rooms" in path or "speakers" in path]
    day = found["zh/days/2022-07-23.html"]
    assert "<table" not in day and text_of(day)[:10] == [
        "7月23日 星期六", "第1天/共4天 · 23 场",
        "7月23日 周六", "7月24日 周日", "7月25日 周一", "7月26日 周二",
        "这些场次的日历", "场次", "开幕式", "开幕式",
    ]  # fmt: skip


def test_the_overview_has_the_notice_once() -> None:
    assert pages_of(both_languages())["en/index.html"].count("Subject to change.") == 1


def test_the_page_of_a_category_does_not_repeat_its_name_for_each_day() -> None:
    page = pages_of(DATA)["en/categories/forum.html"]
    assert page.count(">Parallel Forums<") == 1 and page.count("<h3") == 21


def test_an_empty_schedule_has_a_site() -> None:
    found = pages_of(document())
    assert text_of(found[f"days/{FIRST}.html"])[-2] == "no sessions on this day"
    assert text_of(found["changes.html"]) == [
        "Changes", "The schedule has not changed since it was first published."
    ]  # fmt: skip


@pytest.mark.parametrize("made", [DATA, both_languages(), document()], ids=["bundled", "timed", "empty"])
def test_every_link_of_a_site_leads_to_a_file_of_it(tmp_path: Path, made: dict[str, Any]) -> None:
    published(tmp_path, made)
    found = files_of(tmp_path)
    assert dead_links(tmp_path, [path for path in found if path.endswith(".html")]) == []
    for path, content in found.items():
        ids = Page(content.decode()).ids if path.endswith(".html") else []
        assert len(ids) == len(set(ids)), path


def test_links_to_follow_are_relative_though_the_url_of_the_site_is_known() -> None:
    for path, page in pages_of(both_languages(), base_url="https://example.org/2024/").items():
        followed = re.findall(r'<a [^>]*href="https://example.org/2024/[^"]*', page)
        # A server sends this one for any address.
        assert bool(followed) is (path == "404.html"), path


def test_absolute_links_are_made_of_the_url_of_the_site() -> None:
    pages = pages_of(both_languages(), base_url="https://example.org/2024/")
    assert 'hreflang="zh" href="https://example.org/2024/zh/index.html"' in pages["en/index.html"]
    assert '<a href="https://example.org/2024/en/index.html">' in pages["404.html"]
    assert "href" not in pages_of(both_languages())["404.html"]


def test_hostile_text_reaches_a_page_as_text_only() -> None:
    evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x00\x1b[31m\u202e"
    for text in (evil, native()["conference"]["title"]["en"]):
        for path, page in pages_of(native(text)).items():
            assert not sent(page, whole=True), path
            assert "<script" not in DATA_BLOCK.sub("", page) and "<img" not in page, path
            links = [link for link in Page(page).links if re.match("[A-Za-z0-9+.-]+:", link)]
            assert not [link for link in links if not link.startswith(("http", "mailto:"))], path
            assert page.count('http-equiv="Content-Security-Policy"') == 1


def test_nothing_of_the_user_is_on_a_page() -> None:
    made = document(
        session("a", links=[{"url": "https://user:secret@example.org/x", "title": "x"}]),
        url="https://user:secret@example.org/",
    )
    assert "secret" not in "".join(pages_of(made).values())


def many(days: int, rooms: int, number: int) -> dict[str, Any]:
    """Return a schedule with as many days and rooms, and ``number`` sessions a day."""
    first = date(2024, 5, 1)
    dates = [(first + timedelta(days=count)).isoformat() for count in range(days)]
    words = "An Introduction to Reliable Systems for Public Services and Cities"
    sessions = (
        session(
            f"s{count}-{place}",
            timed(
                day,
                f"{day}T{8 + count // 6:02}:00:00+02:00",
                f"{day}T{8 + count // 6:02}:45:00+02:00",
                room=f"Room {count % rooms}",
            ),
            title={"en": f"{words} {count}", "zh": f"数字中国建设分论坛第{count}场"},
            speakers=[f"Speaker Name {count}"],
            category="talk",
        )
        for place, day in enumerate(dates)
        for count in range(number)
    )
    return document(*sessions, start=dates[0], end=dates[-1], title={"en": "Conf", "zh": "会议"})


def test_a_day_of_50_sessions_takes_at_most_60_kb_compressed_with_its_style() -> None:
    made = contents_of(many(days=1, rooms=6, number=50))
    wanted = ("en/days/2024-05-01.html", "style.css")
    found = [b"".join(file.make()) for file in files(made) if file.path in wanted]
    assert len(found) == 2 and sum(len(gzip.compress(content)) for content in found) <= 60_000


def test_sixty_days_and_a_thousand_rooms_stay_readable() -> None:
    page = pages_of(many(days=60, rooms=1, number=1))["en/days/2024-05-20.html"]
    assert text_of(page)[2:5] == ["Sun 19 May", "Mon 20 May", "Tue 21 May"]
    rooms = pages_of(many(days=1, rooms=1000, number=84))[f"en/days/{FIRST}.html"]
    assert rooms.count("<table>") == 11


def test_the_names_of_files_are_those_of_the_addresses() -> None:
    made = contents_of(both_languages())
    addresses = Addresses(made.catalog, made.languages)
    assert addresses.of("en", "sessions", "opening") in {file.path for file in files(made)}
