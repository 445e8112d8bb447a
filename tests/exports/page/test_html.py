"""The HTML page: its content, its languages, and that it loads nothing from elsewhere."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.details import LinkRow, PersonRow, SessionDetails
from summitcli.exports.calendar.content import clean
from summitcli.exports.page import PageOptions
from summitcli.exports.page.html import html
from summitcli.exports.page.script import SCRIPT
from summitcli.i18n import current_language
from summitcli.rows import CategoryRow, ConferenceRow, Listing
from tests.conftest import Asked, Run, examples
from tests.schedules import document, session, timed, write

CONFERENCE = ConferenceRow(
    "conf", "峰会", {"zh": "峰会", "en": "Summit"}, "zh", "Asia/Shanghai", "2022-07-23", "2022-07-24",
    "2022-07-01", {"zh": "以现场为准", "en": "Subject to change"}, {"zh": "宣传部"},
)  # fmt: skip
CATEGORIES = [
    CategoryRow("forum", "论坛", {"zh": "论坛", "en": "Forum"}, 2, 2),
    CategoryRow("expo", "展览", {"zh": "展览"}, 1, 2),
]
EXPO = Listing(
    "expo", "展", {"zh": "展", "en": "Expo"}, "expo", "展览", "2022-07-23", 1, None, None, True, 1, 2,
    None, (), None, None, None,
)  # fmt: skip
TALK = Listing(
    "talk", "数据", {"zh": "数据"}, "forum", "论坛", "2022-07-24", 2, "2022-07-25T00:30:00+08:00",
    "2022-07-25T01:00:00+08:00", False, 1, 1, "A & B", ("Ada", "李雷"), "en", "https://example.org/?a=1&b=2",
    "One\nline.\n\nTwo <b>.", True,
)  # fmt: skip
PLAIN = TALK._replace(id="plain", titles={"en": "T"}, category=None, url=None, description=None, speakers=(),
    language=None, room=None, in_agenda=False)  # fmt: skip

ENGLISH = """\
<body><header>
<h1 dir="auto">Summit</h1>
<p class="other" lang="zh" dir="auto">峰会</p>
<p class="facts">23–24 July 2022 · times in Asia/Shanghai · 2 sessions</p>
<p class="facts yours" id="viewer.zone" hidden="">in small type: the same times in <span></span>, \
your time zone</p>
</header><nav aria-label="Days"><ul>
<li><a href="#day.2022-07-23">Saturday 23 July</a></li>
<li><a href="#day.2022-07-24">Sunday 24 July</a></li>
</ul></nav><main><section aria-labelledby="day.2022-07-23">
<h2 id="day.2022-07-23">Saturday 23 July <small>day 1 of 2 · 1 session</small></h2>
<div class="group">
<h3 class="category c1" lang="zh">展览</h3>
<article id="expo" class="c1">
<div>
<h4 dir="auto">Expo</h4>
<p class="other" lang="zh" dir="auto">展</p>
<ul class="facts">
<li>day 1 of 2</li>
</ul>
</div>
</article>
</div>
</section><section aria-labelledby="day.2022-07-24">
<h2 id="day.2022-07-24">Sunday 24 July <small>day 2 of 2 · 2 sessions</small></h2>
<article class="c1 timed">
<p class="when">day 2 of 2</p>
<div>
<h3 dir="auto">Expo</h3>
<p class="other" lang="zh" dir="auto">展</p>
<ul class="facts">
<li class="category c1" lang="zh">展览</li>
</ul>
</div>
</article>
<article id="talk" class="c0 timed">
<p class="when"><time datetime="2022-07-25T00:30:00+08:00" data-end="2022-07-25T01:00:00+08:00">\
00:30–01:00 +1</time></p>
<div>
<h3 lang="zh" dir="auto"><span class="mine">★ <span class="said">In your agenda</span></span> \
<a href="https://example.org/?a=1&amp;b=2" rel="noopener">数据</a></h3>
<ul class="facts">
<li class="category c0">Forum</li>
<li class="room" dir="auto"><span class="said">Room: </span>A &amp; B</li>
<li class="speakers" dir="auto"><span class="said">Speakers: </span>Ada, 李雷</li>
<li class="language" dir="auto"><span class="said">Language: </span>en</li>
</ul>
<details>
<summary>Description</summary>
<div lang="zh">
<p dir="auto">One
line.</p>
<p dir="auto">Two &lt;b&gt;.</p>
</div>
</details>
</div>
</article>
</section></main><footer>
<p dir="auto">Subject to change</p>
<p lang="zh" dir="auto">Source: 宣传部</p>
<p>Last updated 1 July 2022</p>
</footer>"""


class Parsed(HTMLParser):
    """A page as an HTML parser sees it: its elements in order, its text, its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.text = ""
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.others: list[str] = []
        self.feed(page)
        self.close()
        self.texts.append(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, *(name for name, _value in attrs)))
        self.attributes += attrs
        self.texts.append(self.text)
        self.text = ""

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(("/" + tag,))
        self.texts.append(self.text)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def said(self) -> list[str]:
        """Return the texts that are not mere line ends."""
        return [text for text in self.texts if text.strip()]

    def values(self, name: str) -> list[str | None]:
        return [value for attribute, value in self.attributes if attribute == name]


class Known:
    """Details of sessions and speakers that are in memory."""

    def __init__(self, people: Iterable[PersonRow] = (), **sessions: SessionDetails) -> None:
        self._people = {person.name: person for person in people}
        self._sessions = sessions

    def of_session(self, id_: str) -> SessionDetails:
        return self._sessions.get(id_) or SessionDetails()

    def names(self) -> Iterable[str]:
        return self._people

    def people(self, names: Iterable[str]) -> Iterable[PersonRow]:
        return [self._people[name] for name in names]


NOTHING = Known()


def page(
    *listings: Listing,
    language: str = "en",
    conference: ConferenceRow = CONFERENCE,
    details: Known = NOTHING,
    stars: bool = True,
) -> str:
    return "".join(
        html(conference, CATEGORIES, {"expo": "#ff8800"}, listings, language, details, PageOptions(stars))
    )


def body(page: str) -> str:
    return page[page.index("<body>") :]


def test_a_whole_page_in_english_of_a_chinese_conference() -> None:
    held = (EXPO, EXPO._replace(day="2022-07-24", day_number=2, part=2), TALK)
    assert body(page(*held)) == f"{ENGLISH}<script>{SCRIPT}</script></body></html>\n"


def test_the_head_says_language_and_encoding_and_allows_nothing_to_be_fetched() -> None:
    head = page(TALK).partition("<body>")[0]
    assert head.startswith('<!DOCTYPE html>\n<html lang="en"><head>\n<meta charset="utf-8">')
    digest = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    only_style = "default-src 'none'; style-src 'unsafe-inline'"
    assert Parsed(head).values("content")[0] == f"{only_style}; script-src 'sha256-{digest}'"
    assert Parsed(page(EXPO)).values("content")[0] == only_style
    assert "<script>" not in page(EXPO)
    assert "<title>Summit</title>" in head
    assert page(TALK, language="zh").partition("<head>")[0] == '<!DOCTYPE html>\n<html lang="zh">'


def test_the_page_is_in_its_own_language_and_the_program_in_its_own_afterwards() -> None:
    chinese = body(page(EXPO, TALK, language="zh"))
    words = (
        "7月24日 星期日",
        "第2天/共2天 · 1 场",
        "已加入我的日程",
        "数据来源：宣传部",
        'lang="en"',
        "简介",
    )
    assert [word for word in words if word not in chinese] == []
    assert current_language() == "en"


def test_an_unsupported_language_has_english_labels_and_marked_names() -> None:
    german = body(page(TALK, language="de"))
    assert '<h1 lang="zh" dir="auto">峰会</h1>' in german
    assert "Sunday 24 July" in german


def test_a_colour_of_the_source_is_used_and_others_get_hues() -> None:
    style = page(TALK).partition("</style>")[0]
    assert ".c0{--category:#3d7fe0}\n.c1{--category:#ff8800}\n" in style


def test_a_session_without_details_shows_none() -> None:
    (article,) = re.findall("<article.*?</article>", page(PLAIN), re.DOTALL)
    assert article == (
        '<article id="plain" class="timed">\n<p class="when"><time datetime="2022-07-25T00:30:00+08:00" '
        'data-end="2022-07-25T01:00:00+08:00">00:30–01:00 +1</time></p>\n'
        '<div>\n<h3 dir="auto">T</h3>\n</div>\n</article>'
    )


def test_an_all_day_session_on_a_day_with_clock_times_says_so() -> None:
    assert '<p class="when">all day</p>' in page(PLAIN._replace(start=None, end=None, all_day=True), TALK)


def test_sessions_without_a_category_come_last_under_other() -> None:
    first = EXPO._replace(id="a", category=None, parts=1)
    headings = re.findall("<h3.*?</h3>", page(first, first._replace(id="b"), EXPO))
    assert headings == [
        '<h3 class="category c1" lang="zh">展览</h3>',
        '<h3 class="category">Other<small> · 2</small></h3>',
    ]


def test_a_day_without_categories_has_no_category_headings() -> None:
    first = EXPO._replace(id="a", category=None, parts=1)
    shown = page(first, first._replace(id="b"))
    assert "Other" not in shown
    assert re.findall('<h[34]|class="group"', shown) == ["<h3", "<h3"]


def test_one_day_needs_no_navigation_and_no_session_gives_a_page_that_says_so() -> None:
    assert "<nav" not in page(TALK)
    assert "<main><p>no matching sessions</p></main>" in page()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "ftp://x", "//example.org", "example.org", " https://x",
     "https://x y", "https://x\n", "https:// ", 'https://x"onclick=x', "https://x\u202ey", "https://", "file:///x"],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert "<a " not in page(TALK._replace(url=url))


@pytest.mark.parametrize(
    "url", ["http://example.org", "HTTPS://example.org/x?a=b&c='d'#e", "https://例子.测试/路"]
)
def test_a_link_is_the_unchanged_address_and_sends_no_opener(url: str) -> None:
    parsed = Parsed(page(TALK._replace(url=url)))
    assert (parsed.values("href"), parsed.values("rel")) == ([url], ["noopener"])


def test_nothing_is_fetched_from_anywhere() -> None:
    whole = page(EXPO, TALK, PLAIN)
    parsed = Parsed(whole)
    names = {name for name, _value in parsed.attributes}
    assert names == {
        "lang", "charset", "http-equiv", "content", "name", "dir", "class", "aria-label", "aria-labelledby",
        "href", "id", "datetime", "data-end", "rel", "hidden",
    }  # fmt: skip
    assert [address for address in parsed.values("href") if not str(address).startswith("#day.")] == [
        TALK.url
    ]
    style = whole[whole.index("<style>") : whole.index("</style>")]
    assert not re.search(r"url\(|@import|@font-face|expression|//", style)
    elements = {shape[0] for shape in parsed.shape}
    assert not elements & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "svg",
        "base",
        "form",
        "video",
    }


def test_anchors_are_unique_and_internal_links_resolve() -> None:
    again = EXPO._replace(day="2022-07-24", day_number=2, part=2)
    parsed = Parsed(page(EXPO, again, TALK))
    ids = [id_ for id_ in parsed.values("id") if id_ != "viewer.zone"]
    assert ids == ["day.2022-07-23", "expo", "day.2022-07-24", "talk"]
    assert {f"#{id_}" for id_ in ids} >= {href for href in parsed.values("href") if str(href)[0] == "#"}


FIELDS = (
    "title", "other", "notice", "source", "category", "name", "second", "room", "speaker", "held_in",
    "description",
)  # fmt: skip


def page_of(texts: dict[str, str]) -> str:
    """Return a page with one session that has ``texts`` in every free-text field."""
    titles = {"en": texts["name"], "zh": texts["second"]}
    conference = CONFERENCE._replace(
        titles={"en": texts["title"], "zh": texts["other"]},
        notice={"en": texts["notice"]},
        source={"en": texts["source"]},
    )
    listing = TALK._replace(
        titles=titles, room=texts["room"], speakers=(texts["speaker"],), language=texts["held_in"],
        description=texts["description"],
    )  # fmt: skip
    category = CATEGORIES[0]._replace(names={"en": texts["category"]})
    return "".join(html(conference, [category], {}, [listing], "en", NOTHING))


HOSTILE = (
    "<script>console.log(1)</script>", "</style><img src=x onerror=console.log(1)>", "<!--", "]]>",
    "&lt;b&gt;&amp;&#60;", '"><a href=http://x>', "' onmouseover='x", "<![CDATA[x", "</title></head>",
    "\x1b[31m\x00\x85\u202e", "&notit;", "\ud800", "{", "<?php", "{{x}}", "\ufeff",
)  # fmt: skip
STRANGE = st.one_of(st.text(), st.sampled_from(HOSTILE)).map(lambda text: f"x{text}y")
STRANGE_PAGE = page_of({name: f"x{text}y" for name, text in zip(FIELDS, HOSTILE, strict=False)})


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(STRANGE, min_size=len(FIELDS), max_size=len(FIELDS), unique_by=clean))
def test_any_field_is_text_and_adds_no_element(texts: list[str]) -> None:
    marks = {name: f"MARK{number}" for number, name in enumerate(FIELDS)}
    fields = dict(zip(FIELDS, texts, strict=True))
    fields["description"] = re.sub(r"\s+", " ", clean(fields["description"]))
    plain, strange = Parsed(page_of(marks)), Parsed(page_of(fields))
    assert strange.shape == plain.shape
    assert strange.others == []
    expected = plain.said()
    # From the last, so that MARK1 is not taken for the beginning of MARK10.
    for name in reversed(FIELDS):
        expected = [text.replace(marks[name], clean(fields[name])) for text in expected]
    assert strange.said() == expected


@settings(max_examples=examples(200))
@given(st.text())
def test_visible_text_has_no_control_characters(text: str) -> None:
    shown = clean(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    if text.isprintable():
        assert shown == text


def test_an_invisible_title_is_shown_as_the_id() -> None:
    assert ">talk</a></h3>" in page(TALK._replace(titles={"zh": "\u202e\x00 "}))


def test_the_command_writes_a_day_and_a_file_by_its_extension(call: Run, tmp_path: Path) -> None:
    day = call("day", "1", "-f", "html")
    call("export", "-d", "1", "-o", "plan.html", err="exported 23 sessions to plan.html\n", cwd=tmp_path)
    written = (tmp_path / "plan.html").read_text("utf-8")
    assert re.sub('<p class="facts calendar">.*</p>\n', "", written) == day
    articles = re.findall('<article id="(.*?)"', day)
    assert sorted(articles) == sorted(row["id"] for row in json.loads(call("day", "1", "--json")))


def test_a_page_offers_its_sessions_as_a_calendar(ask: Asked) -> None:
    made = ask("export", "-d", "2", "-f", "html", "--lang", "en").out
    (data,) = re.findall('<a href="data:text/calendar;charset=utf-8;base64,(.*?)" download=', made)
    assert (
        ' download="digital-china-summit-5.ics"><span>Download as a calendar (.ics)</span></a></p>\n</header>'
        in made
    )
    calendar = ask("export", "-d", "2", "-f", "ics", "--lang", "en").out
    assert b64decode(data).decode() == calendar
    assert "data:" not in ask("list", "-f", "html").out


def test_a_page_has_the_heading_that_is_asked_for(ask: Asked) -> None:
    made = ask("export", "-d", "2", "-f", "html", "--lang", "en", "--title", "Ours & <theirs>").out
    assert "<title>Ours &amp; &lt;theirs&gt; – 5th Digital China Summit</title>" in made
    assert made.partition("<header>")[2].startswith(
        '\n<h1 dir="auto">Ours &amp; &lt;theirs&gt;</h1>\n'
        '<p class="conference" dir="auto">5th Digital China Summit</p>\n'
        '<p class="other" lang="zh" dir="auto">第五届数字中国建设峰会</p>\n'
    )


def test_sessions_are_put_under_their_days(call: Run) -> None:
    call("agenda", "add", "contest-vehicle-security", "-d", "2", err=None)
    call("agenda", "add", "main-forum", err=None)
    exported = call("agenda", "export", "-f", "html")
    assert re.findall('<h2 id="day.(.*?)"', exported) == ["2022-07-23", "2022-07-24"]
    assert "<li>第2天/共2天</li>" in exported
    assert call("agenda", "-f", "html") == re.sub('<p class="facts calendar">.*</p>\n', "", exported)
    found = call("search", "开幕", "-f", "html")
    assert re.findall('<article id="(.*?)"', found) == ["opening-ceremony"]


def test_neither_the_locale_nor_the_order_of_hashing_changes_a_byte(call: Run) -> None:
    pages = {
        call("list", "-f", "html", env={"LANG": locale, "PYTHONHASHSEED": seed})
        for locale in ("C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8")
        for seed in ("0", "1")
    }
    assert len(pages) == 1
    assert '<html lang="zh">' in pages.pop()
    assert '<html lang="en">' in call("list", "-f", "html", "--lang", "en")


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii"])
def test_letters_that_an_encoding_lacks_are_character_references(run: Run, encoding: str) -> None:
    escaped = run("day", "1", "-f", "html", env={"PYTHONIOENCODING": encoding})
    assert escaped.isascii()
    whole = run("day", "1", "-f", "html")
    assert Parsed(escaped).said() == Parsed(whole).said()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["categories", "-f", "html"], "only sessions can be written as html; leave out --format html"),
        (
            ["agenda", "conflicts", "-f", "html"],
            "only sessions can be written as html; leave out --format html",
        ),
        (
            ["list", "-f", "html", "--fields", "id"],
            "--fields can only be used with tsv, csv, json, jsonl, md",
        ),
        (
            ["export", "-f", "html", "--alarm", "1h"],
            "--alarm, --utc and --calendar-name work only with --format ics",
        ),
        (["about", "-f", "html"], 'no format "html". Available: table, tsv, json'),
    ],
)
def test_rows_that_can_not_be_a_page_are_refused(ask: Asked, words: list[str], said: str) -> None:
    assert ask(*words) == (2, "", f"summit: {said}\n")


def test_a_selection_with_clock_times_and_a_night(ask: Asked, tmp_path: Path) -> None:
    late = timed("2024-05-01", "2024-05-02T01:00+02:00", "2024-05-02T02:00+02:00", room="Hall")
    made: dict[str, Any] = document(session("a", late), session("b"))
    answer = ask("list", "-f", "html", "--schedule", str(write(tmp_path / "s.json", made)))
    assert (answer.status, answer.err) == (0, "")
    shown = "01:00–02:00 +1"
    assert re.findall('<p class="when">(.*?)</p>', answer.out) == [
        "all day",
        f'<time datetime="2024-05-02T01:00:00+02:00" data-end="2024-05-02T02:00:00+02:00">{shown}</time>',
    ]


ADA = PersonRow(
    "Ada",
    biography="数数 <i>。\n\n再数。",
    biographies={"zh": "数数 <i>。\n\n再数。", "en": "Counts <i>.\n\nCounts on."},
    links=(LinkRow("https://ada.example/?a=1&b=2"), LinkRow("matrix:u/ada:example.org", "Chat")),
)
LEI = PersonRow("李雷", {"zh": "李雷", "en": "Li Lei"}, "写程序。")
DETAILED = SessionDetails(
    "beginner",
    ("Data", "R&D"),
    (
        LinkRow("https://live.example/", None, "stream"),
        LinkRow("https://video.example/a", "Part <1>", "recording"),
        LinkRow("javascript:alert(1)", "Odd"),
    ),
    "https://conf.example/f",
)

LINKS = """\
<ul class="links">
<li dir="auto"><a href="https://live.example/" rel="noopener">Stream</a></li>
<li dir="auto"><a href="https://video.example/a" rel="noopener">Recording: Part &lt;1&gt;</a></li>
<li dir="auto"><span>Odd: javascript:alert(1)</span></li>
<li dir="auto"><a href="https://conf.example/f" rel="noopener">Feedback</a></li>
</ul>
"""
SPEAKERS = """\
<section aria-labelledby="about.speakers" class="speakers">
<h2 id="about.speakers">About the speakers</h2>
<article id="about.speakers.1">
<h3 lang="zh" dir="auto">Ada</h3>
<ul class="links">
<li dir="auto"><a href="https://ada.example/?a=1&amp;b=2" rel="noopener">https://ada.example/?a=1&amp;b=2</a></li>
<li dir="auto"><span>Chat: matrix:u/ada:example.org</span></li>
</ul>
<div>
<p dir="auto">Counts &lt;i&gt;.</p>
<p dir="auto">Counts on.</p>
</div>
</article>
<article id="about.speakers.3">
<h3 dir="auto">Li Lei</h3>
<div lang="zh">
<p dir="auto">写程序。</p>
</div>
</article>
</section></main>"""


def test_the_links_and_speakers_of_sessions_are_on_the_page() -> None:
    details = Known([ADA, PersonRow("Bob", biography="Elsewhere."), LEI], talk=DETAILED)
    made = page(TALK, details=details)
    assert LINKS in made
    assert SPEAKERS in made
    assert (
        '<li class="speakers" dir="auto"><span class="said">Speakers: </span>'
        '<a href="#about.speakers.1">Ada</a>, <a href="#about.speakers.3">李雷</a></li>'
    ) in made
    assert '<li class="level" dir="auto"><span class="said">Level: </span>beginner</li>' in made
    assert '<li class="tags" dir="auto"><span class="said">Tags: </span>Data, R&amp;D</li>' in made


def test_a_speaker_is_on_the_page_once_and_others_are_names() -> None:
    other = TALK._replace(id="other", speakers=("Ada", "A & B"))
    made = page(TALK, other, details=Known([ADA]))
    assert made.count('id="about.speakers.1"') == 1
    assert '<a href="#about.speakers.1">Ada</a>, <span>A &amp; B</span>' in made
    assert "About the speakers" not in page(PLAIN, details=Known([ADA]))
