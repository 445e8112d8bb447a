import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from summitcli.model import Period, Schedule, Slot, Text

ROOT = Path(__file__).resolve().parents[1]
BUNDLED = ROOT / "data" / "schedule.json"
SEED = ROOT / "tests" / "data" / "digital-china-summit-5.txt"

GAP = "\u3000\u3000"
"""The spaces in the source that stand for line breaks."""

PROGRAMME_HEADING = "日程安排表"

OUR_OWN_WORDS = {
    "translations.note",
    "conference.topics.title",
    "conference.figures.label",
    "conference.figures.unit",
}

# The source's words that hold a fact only together with what stands around them, and the fields that keep
# it: the roles of hosts and organisers, the headings of the lists, and the publisher's.
CONNECTING_WORDS = [
    "大会简介",
    "由",
    "共同主办",
    "承办的",
    "峰会主题",
    "峰会定位",
    "峰会内容",
    "包含",
    "以及",
    "峰会开设",
    "和",
    "数据来源",
]

QUALIFIERS = {"超": "over", "余": "over", "近": "nearly", "达": "reached"}
DIGITS = {"三": 3, "四": 4, "五": 5, "八": 8, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000, "%": 0.01}
NUMBER = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.年月日])([万亿%]?)")
SPELLED_NUMBER = re.compile(r"(?<!第)[一二三四五六七八九十百千]余?[个届年位家]")


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    return Schedule.model_validate_json(BUNDLED.read_bytes())


@pytest.fixture(scope="module")
def seed() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def introduction(seed: str) -> str:
    return seed.partition(PROGRAMME_HEADING)[0]


def walk(value: object, where: str = "") -> Iterator[tuple[str, Text | str]]:
    # Over every field there is, so that no text of a later edition escapes the tests below.
    if isinstance(value, Text | str):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), f"{where}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for entry in value:
            yield from walk(entry, where)


def texts(schedule: Schedule) -> list[tuple[str, dict[str, str]]]:
    own = schedule.conference.language
    return [(where, text.by_language(own)) for where, text in walk(schedule) if isinstance(text, Text)]


def quotes(schedule: Schedule, below: str = "") -> list[str]:
    return [
        text["zh"]
        for where, text in texts(schedule)
        if where.startswith(below) and where not in OUR_OWN_WORDS
    ]


def own(schedule: Schedule, *values: Text | None) -> list[str]:
    return [value.own(schedule.conference.language) for value in values if value is not None]


def printed_programme(seed: str) -> list[tuple[date, str, list[str]]]:
    days: list[tuple[date, str, list[str]]] = []
    lines = [line.strip() for line in seed.partition(PROGRAMME_HEADING)[2].split(GAP) if line.strip()]
    while lines[1:]:
        line = lines.pop(0)
        if day := re.fullmatch(r"(\d+)月(\d+)日", line):
            days.append((date(2022, int(day[1]), int(day[2])), lines.pop(0), []))
        else:
            days[-1][2].append(line)
    return days


def value(amount: str, scale: str) -> float:
    # Rounded, as 5.3 times ten thousand is not 53000 to a computer.
    return round(float(amount) * SCALES.get(scale, 1), 6)


def value_of(text: str) -> float:
    if figure := NUMBER.search(text):
        return value(figure[1], figure[2])
    return next(DIGITS[character] for character in text if character in DIGITS)


def test_each_day_lists_what_the_source_prints_in_its_order(schedule: Schedule, seed: str) -> None:
    listed = [
        (slot.day, session.title.own("zh"))
        for day in sorted({slot.day for session in schedule.sessions for slot in session.slots})
        for session in schedule.sessions
        for slot in session.slots
        if slot.day == day
    ]
    printed = [(day, title) for day, _, titles in printed_programme(seed) for title in titles]

    assert listed == printed
    assert Counter(day.isoformat() for day, _ in listed) == {
        "2022-07-23": 23,
        "2022-07-24": 21,
        "2022-07-25": 4,
        "2022-07-26": 3,
    }


def test_days_of_the_year_taken_fall_on_the_printed_weekdays(seed: str) -> None:
    weekdays = [f"星期{'一二三四五六日'[day.weekday()]}" for day, _, _ in printed_programme(seed)]

    assert weekdays == [weekday for _, weekday, _ in printed_programme(seed)]


def test_a_session_printed_on_several_days_is_one_session(schedule: Schedule) -> None:
    titles = Counter(session.title.own("zh") for session in schedule.sessions)

    assert [title for title, count in titles.items() if count > 1] == []
    assert {session.id: len(session.slots) for session in schedule.sessions if len(session.slots) > 1} == {
        "achievements-exhibition": 4,
        "digital-product-expo": 4,
        "cloud-ecosystem-exhibition": 4,
        "contest-vehicle-security": 2,
        "contest-youth-robots": 2,
        "future-dialogue": 3,
    }


def test_slots_are_days_only(schedule: Schedule) -> None:
    slots = [slot for session in schedule.sessions for slot in session.slots]

    assert slots == [Slot(day=slot.day) for slot in slots]


def test_slots_of_a_session_are_in_order(schedule: Schedule) -> None:
    days = {session.id: [slot.day for slot in session.slots] for session in schedule.sessions}

    assert days == {session: sorted(set(held)) for session, held in days.items()}


def test_sessions_of_every_category_are_counted(schedule: Schedule) -> None:
    of_category = Counter(session.category for session in schedule.sessions)
    names = [(category.id, category.name.own("zh")) for category in schedule.categories]

    assert [(*name, of_category[name[0]]) for name in names] == [
        ("opening", "开幕式", 1),
        ("main-forum", "主论坛", 1),
        ("policy-release", "政策发布", 0),
        ("forum", "分论坛", 21),
        ("exhibition", "成果展览会", 2),
        ("product-expo", "数字产品博览会", 1),
        ("contest", "创新大赛", 8),
        ("cloud-conference", "云生态大会", 1),
        ("exchange", "交流活动", 2),
        ("signing", "签约仪式", 1),
    ]
    assert sum(of_category.values()) == len(schedule.sessions) == 38


def test_forums_are_the_sessions_named_so(schedule: Schedule) -> None:
    named = [session.id for session in schedule.sessions if "分论坛" in session.title.own("zh")]

    assert [session.id for session in schedule.sessions if session.category == "forum"] == named


def test_no_session_id_is_the_beginning_of_another(schedule: Schedule) -> None:
    ids = [session.id for session in schedule.sessions]

    assert [(one, other) for one in ids for other in ids if one != other and other.startswith(one)] == []


def test_every_text_is_given_in_chinese_and_english(schedule: Schedule) -> None:
    assert [(where, text) for where, text in texts(schedule) if list(text) != ["zh", "en"]] == []


def test_english_texts_hold_no_chinese(schedule: Schedule) -> None:
    chinese = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")

    assert [text["en"] for _, text in texts(schedule) if chinese.search(text["en"])] == []


def test_english_titles_are_distinct(schedule: Schedule) -> None:
    titles = Counter(session.title.by_language("zh")["en"] for session in schedule.sessions)

    assert [title for title, count in titles.items() if count > 1] == []


def test_english_is_marked_as_unofficial(schedule: Schedule) -> None:
    assert [(one.language, one.official) for one in schedule.translations] == [("en", False)]


def test_words_stand_only_where_they_have_a_language(schedule: Schedule) -> None:
    # Speakers, rooms and addresses are plain strings, and the source names none.
    plain = {where for where, string in walk(schedule) if isinstance(string, str)}

    assert plain == {
        "format",
        "translations.language",
        "conference.id",
        "conference.language",
        "conference.time_zone",
        "conference.topics.id",
        "conference.figures.id",
        "conference.figures.qualifier",
        "conference.figures.topic",
        "categories.id",
        "sessions.id",
        "sessions.category",
    }


def test_every_chinese_text_is_a_quote_of_the_source(schedule: Schedule, seed: str) -> None:
    assert [quote for quote in quotes(schedule) if quote not in seed or quote != quote.strip()] == []


def test_every_word_of_the_introduction_is_quoted(schedule: Schedule, introduction: str) -> None:
    # Stricter than clause by clause: each character is looked at, so half a sentence can't be lost.
    headings = own(schedule, *(topic.title for topic in schedule.conference.topics))
    quoted = bytearray(len(introduction))
    for quote in {*quotes(schedule, "conference."), *headings}:
        for found in re.finditer(f"(?={re.escape(quote)})", introduction):
            quoted[found.start() : found.start() + len(quote)] = b"\1" * len(quote)
    rest = "".join(" " if done else character for character, done in zip(introduction, quoted, strict=True))

    assert re.findall(r"[\w%]+", rest) == CONNECTING_WORDS


def test_statements_are_whole_clauses_in_the_order_of_the_introduction(
    schedule: Schedule, introduction: str
) -> None:
    broken = []
    for topic in schedule.conference.topics:
        position = 0
        for statement in own(schedule, *topic.statements):
            start = introduction.find(statement, position)
            position = start + len(statement)
            # “的” is where the name of the summit ends a clause and begins the one that says when it is held.
            if (
                start < 0
                or introduction[start - 1] not in "，。；\u3000的"
                or introduction[position] not in "，。；"
            ):
                broken.append(statement)

    assert broken == []


def test_figures_stand_in_the_order_of_the_introduction(schedule: Schedule, introduction: str) -> None:
    # Each looks behind the one before, so that two equal figures need two places in the source.
    position = 0
    astray = []
    for figure in schedule.conference.figures:
        text = figure.text.own("zh")
        found = introduction.find(text, position)
        if found < 0:
            astray.append(figure.id)
        position = max(position, found + len(text))

    assert astray == []


def test_every_number_of_the_introduction_is_a_figure(schedule: Schedule, introduction: str) -> None:
    printed = [value(*number) for number in NUMBER.findall(introduction)]
    in_digits = [figure for figure in schedule.conference.figures if NUMBER.search(figure.text.own("zh"))]

    assert [figure.number for figure in in_digits] == printed


def test_every_number_in_words_is_a_figure(schedule: Schedule, introduction: str) -> None:
    counted = re.sub("四年|四届峰会|一届", "", introduction)  # words for a time or a summit, not counts
    figures = " ".join(own(schedule, *(figure.text for figure in schedule.conference.figures)))

    assert SPELLED_NUMBER.findall(figures) == SPELLED_NUMBER.findall(counted)


def test_every_figures_text_ends_with_its_unit(schedule: Schedule) -> None:
    figures = schedule.conference.figures
    pairs = [(figure.text.own("zh"), figure.unit.own("zh") if figure.unit else "%") for figure in figures]

    assert [(text, unit) for text, unit in pairs if not text.endswith(unit)] == []


def test_numbers_and_qualifiers_are_what_the_figures_texts_say(schedule: Schedule) -> None:
    figures = schedule.conference.figures
    said = []
    for figure in figures:
        text = figure.text.own("zh")
        qualifier = next((word for mark, word in QUALIFIERS.items() if mark in text), None)
        said.append((figure.id, value_of(text), qualifier))

    assert [(figure.id, figure.number, figure.qualifier) for figure in figures] == said


def test_only_the_figures_of_2021_have_a_year(schedule: Schedule) -> None:
    years = {figure.id: figure.year for figure in schedule.conference.figures if figure.year is not None}

    assert years == {"economy-size": 2021, "economy-share": 2021}


def test_every_figure_belongs_to_a_topic(schedule: Schedule) -> None:
    assert [figure.id for figure in schedule.conference.figures if figure.topic is None] == []


def test_hosts_organisers_place_and_days_are_the_introductions(schedule: Schedule, introduction: str) -> None:
    conference = schedule.conference
    sentence = re.search(r"由(.+)共同主办，(.+)承办的(.+)于7月23日至24日在(.+)举办。", introduction)

    assert sentence is not None
    assert own(schedule, *conference.hosts) == sentence[1].split("、")
    assert own(schedule, *conference.organisers) == [sentence[2]]
    assert own(schedule, conference.title, conference.place) == [sentence[3], sentence[4]]
    assert conference.announced == Period(start=date(2022, 7, 23), end=date(2022, 7, 24))
    assert (conference.start, conference.end) == (date(2022, 7, 23), date(2022, 7, 26))


def test_lists_of_the_introduction_are_complete(schedule: Schedule, introduction: str) -> None:
    conference = schedule.conference
    paragraphs = introduction.split(GAP)
    named = dict(paragraph.split("：", 1) for paragraph in paragraphs if "：" in paragraph)
    content = re.fullmatch(
        r"包含(.+)八个环节，以及(“.+”)(“.+”)等交流活动。峰会开设(.+)、(.+)和(.+)。", named["峰会内容"]
    )

    assert content is not None
    assert own(schedule, conference.headline, conference.theme) == [paragraphs[0], named["峰会主题"]]
    assert own(schedule, *conference.positioning) == named["峰会定位"].split("、")
    assert own(schedule, *conference.segments) == content[1].split("、")
    assert own(schedule, *conference.activities) == [content[2], f"{content[3]}等交流活动"]
    assert own(schedule, *conference.platforms) == [content[4], content[5], content[6]]
    assert own(schedule, conference.source) == [named["数据来源"].strip()]


def test_notice_is_the_sources_last_sentence(schedule: Schedule, seed: str) -> None:
    assert own(schedule, schedule.conference.notice) == [seed.split(GAP)[-1].strip()]


def test_file_is_readable_text_with_a_final_newline() -> None:
    text = BUNDLED.read_text(encoding="utf-8")

    # The theme's no-break space is the only character that an editor would not see.
    assert set(re.findall(r"\\u[0-9a-f]{4}", text)) == {"\\u00a0"}
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
