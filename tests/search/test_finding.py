"""The search as a whole: filters, limits, descriptions, imports and rows read."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import cycle, islice, product
from pathlib import Path
from typing import NamedTuple

import pytest

from summitcli.catalog.build import build
from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.catalog.queries import Catalog
from summitcli.errors import CatalogDamaged
from summitcli.formats.parsed import Parsed
from summitcli.model import Category, Schedule, Session, Slot, Speaker, Text
from summitcli.search.answers import Field, Stage
from summitcli.search.finding import find
from tests.published import here
from tests.search.conferences import DAY, built, named, schedule_of

SLOW = ("pydantic", "pypinyin", "opencc", "rapidfuzz", "summitcli.search.keys", "summitcli.search.characters")
STAGES = (
    "summitcli.search.loose",
    "summitcli.search.syllables",
    "summitcli.search.typos",
    "summitcli.search.descriptions",
)


def ids(catalog: Catalog, text: str, query: Query = EVERYTHING, limit: int | None = None) -> list[str]:
    return [hit.session.id for hit in catalog.search(text, query, limit=limit).hits]


def test_filters_apply(bundled: Catalog) -> None:
    assert (
        ids(bundled, "数字", Query(days=("2022-07-24",), categories=("forum",)))[0] == "digital-sports-forum"
    )
    assert ids(bundled, "数字经济", Query(days=("2022-07-24",))) == []
    assert ids(bundled, "shuzijngji", Query(excluded_categories=("forum",))) == ["project-signing-ceremony"]
    assert ids(bundled, "大赛", Query(ids=("contest-awards", "main-forum"))) == ["contest-awards"]


def test_a_limit_gives_the_first_of_all_and_says_that_there_are_more(bundled: Catalog) -> None:
    every = ids(bundled, "数字")
    for limit in (1, 2, len(every) - 1, len(every), len(every) + 1):
        answer = bundled.search("数字", limit=limit)
        assert [hit.session.id for hit in answer.hits] == every[:limit]
        assert answer.more == (limit < len(every))


def test_whole_sessions_are_answered_with_all_their_days(bundled: Catalog) -> None:
    (hit,) = bundled.search("国际数字产品博览会", Query(days=("2022-07-25",))).hits
    (whole,) = bundled.sessions(Query(ids=("digital-product-expo",)))
    # Of its times and rooms those of the first day that the filters leave come first.
    assert hit.session == whole._replace(day="2022-07-25", day_number=3, part=3)
    assert len(hit.session.days) == 4


@pytest.mark.parametrize("letter", ["a", "ж", "ﷺ"])
def test_a_word_longer_than_the_index_allows_is_found(letter: str) -> None:
    catalog = named(f"{letter * 40_000} forum", "Forum")
    assert ids(catalog, "forum") == ["s1", "s0"]


@pytest.mark.parametrize(
    ("typed", "title", "matched"),
    [
        ("shuzi jj", "数字经济分论坛", ["数字经济"]),
        ("论坛 经济", "数字经济分论坛", ["经济", "论坛"]),
        ("峰会云生态", "数字中国建设峰会·云生态大会", ["峰会·云生态"]),
        ("cyber", "Cybersecurity Forum", ["Cyber"]),
        ("security", "Cybersecurity Forum", ["security"]),
        ("dig eco", "Digital Economy Forum", ["Dig", "Eco"]),
        ("digital economy", "Digital Economy Forum", ["Digital Economy"]),
        ("ueberwachung", "Die Überwachung", ["Überwachung"]),
        ("uber", "Die Überwachung", ["Über"]),
        ("ai jqr", "青少年AI机器人赛道", ["AI机器人"]),
        ("数经", "数字经济分论坛", ["数", "经"]),
        ("blokchain", "The Blockchain", ["Blockchain"]),
    ],
)
def test_spans_say_what_matched(typed: str, title: str, matched: list[str]) -> None:
    (hit,) = named(title).search(typed).hits
    assert [title[start:end] for start, end in hit.spans(title)] == matched
    assert hit.spans("没有") == ()


def described() -> Catalog:
    def session(id_: str, description: str) -> Session:
        return Session(id=id_, title=Text(id_), slots=(Slot(day=DAY),), description=Text(description))

    return built(
        schedule_of(
            session("one", "Über die Straße, und 數字經濟。"),
            session("two", "Nothing of that (5G)."),
            Session(id="three", title=Text("three"), slots=(Slot(day=DAY),)),
        )
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("uber", ["one"]), ("ueber", []), ("Straße", ["one"]), ("strasse one", ["one"]),
        ("数字经济", ["one"]), ("數字 strasse", ["one"]), ("5g", ["two"]), ("rasse", []),
        ("two uber", []), ("nothing", ["two"]),
        ("shuzi", []), ("thr", ["three"]),
    ],
)  # fmt: skip
def test_descriptions_are_searched_when_that_is_asked_for(typed: str, expected: list[str]) -> None:
    answer = described().search(typed, full=True)
    assert [hit.session.id for hit in answer.hits] == expected
    assert all(hit.field is Field.DESCRIPTION or hit.session.id == "three" for hit in answer.hits)
    assert [hit.session.id for hit in described().search(typed).hits if hit.field is Field.DESCRIPTION] == []


def test_descriptions_are_not_searched_unless_that_is_asked_for() -> None:
    connection = sqlite3.connect(":memory:")
    session = Session(id="a", title=Text("Opening"), slots=(Slot(day=DAY),), description=Text("Straße"))
    build(Parsed.of(schedule_of(session)), connection, "test")
    with closing(connection):
        assert [len(find(connection, "strasse", full=full).sessions) for full in (False, True)] == [0, 1]
        assert len(find(connection, "strasse").sessions) == 0
        assert [find(connection, typed).more for typed in ("opening", "strasse", "")] == [False] * 3
        assert find(connection, "opening", limit=0).more is True


def test_a_text_of_eighty_letters_is_searched_loosely_and_a_longer_one_is_not() -> None:
    name = "Blockchain technology industrial innovation governance healthcare university enterprise"
    slip = name.replace("Block", "Blokk")
    answer = named(name, "Other").search(slip)
    assert ([hit.session.title for hit in answer.hits], answer.stage) == ([name], Stage.SLIPS)
    assert named(name, "Other").search(slip + "s").hits == ()
    assert len(named(name, "Other").search(name).hits) == 1
    assert len(named(name + "s", "Other").search(name + "s").hits) == 1


def test_many_pairs_of_characters_are_replaced_by_first_letters() -> None:
    names = [one + other for one, other in product("数社商首山上世史石书", "经金节技江京界局家军")]
    sessions = (
        Session(id=f"s{number}", title=Text(name), slots=(Slot(day=DAY),))
        for number, name in enumerate(names)
    )
    connection = sqlite3.connect(":memory:")
    build(Parsed.of(schedule_of(*sessions)), connection, "test")
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    with closing(Catalog(connection)) as catalog:
        assert [hit.session.title for hit in catalog.search("sj").hits] == names
        assert any('"@sj"' in statement for statement in statements)
        statements.clear()
        few = [hit.session.title for hit in catalog.search("shujing").hits]
        assert few[:4] == ["数经", "数京", "书经", "书京"]
        assert not any('"@' in statement for statement in statements)


def test_a_damaged_catalog_is_reported() -> None:
    connection = sqlite3.connect(":memory:")
    build(
        Parsed.of(schedule_of(Session(id="a", title=Text("数字"), slots=(Slot(day=DAY),)))),
        connection,
        "test",
    )
    connection.execute("DROP TABLE search_spelling")
    with closing(Catalog(connection)) as catalog:
        for ask in (catalog.search, catalog.nearest):
            with pytest.raises(CatalogDamaged):
                ask("数字")


LOADED = """
import sys, sqlite3
from summitcli.catalog.queries import Catalog
catalog = Catalog(sqlite3.connect(sys.argv[1]))
for text in sys.argv[2:]:
    print(len(catalog.search(text).hits))
print(" ".join(sys.modules))
"""


@pytest.mark.parametrize(
    ("typed", "stages"),
    [
        (["数字", "shuzijj", "digital economy", "suzi"], []),
        (["大数据论坛"], ["summitcli.search.loose"]),
        (["区快链"], ["summitcli.search.loose", "summitcli.search.syllables"]),
        (["blokchain"], ["summitcli.search.loose", "summitcli.search.typos"]),
    ],
)
def test_a_query_loads_nothing_slow_and_no_stage_that_it_does_not_reach(
    tmp_path: Path, typed: list[str], stages: list[str]
) -> None:
    file = tmp_path / "catalog.sqlite"
    content = (Path(__file__).parents[2] / "data" / "schedule.json").read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        build(Parsed.of(Schedule.model_validate_json(content)), connection, "test")
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(file), *typed], capture_output=True, text=True, check=True
    )
    *numbers, modules = done.stdout.splitlines()
    assert all(map(int, numbers))
    assert [name for name in SLOW if name in modules.split()] == []
    assert [name for name in STAGES if name in modules.split()] == stages


TOPICS = (
    "数字经济",
    "大数据",
    "人工智能",
    "区块链",
    "智慧城市",
    "网络安全",
    "工业互联网",
    "数字福建",
    "海洋",
    "医疗",
)
ASPECTS = (
    "建设",
    "发展",
    "应用",
    "创新",
    "转型",
    "治理",
    "融合",
    "服务",
    "生态",
    "实践",
    "趋势",
    "标准",
    "安全",
    "合作",
)
FORMS = ("分论坛", "研讨会", "发布会", "签约仪式", "总决赛", "成果展")
ENGLISH = (
    ("Digital", "Smart", "Open", "Secure"),
    ("Economy", "Data", "Cities", "Energy", "Security", "Health"),
)


class Large(NamedTuple):
    """A catalog of many sessions."""

    connection: sqlite3.Connection
    catalog: Catalog


@pytest.fixture(scope="module")
def large() -> Iterator[Large]:
    """Return a catalog of many sessions with realistic names."""

    def names() -> Iterator[tuple[str, str]]:
        english = cycle(product(*ENGLISH))
        for number, (topic, aspect, other, form) in enumerate(product(TOPICS, ASPECTS, TOPICS, FORMS)):
            first, second = next(english)
            yield f"{topic}{aspect}与{other}{form}", f"{first} {second} Workshop {number}"

    sessions = (
        Session(
            id=f"s{number}", title=Text({"zh": zh, "en": en}), slots=(Slot(day=DAY),),
            category=f"c{number % 5}", speakers=(f"Speaker {number}",),
        )
        for number, (zh, en) in enumerate(islice(names(), 8000))
    )  # fmt: skip
    categories = tuple(Category(id=f"c{number}", name=Text(f"类别{number}")) for number in range(5))
    connection = sqlite3.connect(":memory:")
    build(Parsed.of(schedule_of(*sessions, categories=categories)), connection, "test")
    with closing(connection):
        yield Large(connection, Catalog(connection))


TYPED = ("数字", "数字经济", "shuzi", "shuzijj", "szjj", "suzijinji", "福建 数字", "digital", "dig eco",
         "spea 77", "blokchain", "qwxz", "数字论坛", "类别3")  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_search_scans_no_table_of_sessions(large: Large, typed: str) -> None:
    statements: list[str] = []
    large.connection.set_trace_callback(statements.append)
    large.catalog.search(typed, Query(categories=("c1", "c3")), limit=20)
    large.connection.set_trace_callback(None)
    searches = [statement for statement in statements if re.match(r"\s*SELECT (?!session\.id)", statement)]
    assert searches
    plans = [row[3] for one in searches for row in large.connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    scans = {plan for plan in plans if plan.startswith("SCAN")}
    # The days are few, and so are the characters of a vocabulary.
    few = "VIRTUAL TABLE INDEX|SCAN search_neighbour|SCAN day"
    assert {scan for scan in scans if not re.search(few, scan)} == set()


@pytest.mark.parametrize("typed", TYPED)
def test_the_first_few_are_the_first_of_all_and_need_few_looks(large: Large, typed: str) -> None:
    looks = []
    large.connection.set_progress_handler(lambda: looks.append(1), 1000)
    first = large.catalog.search(typed, limit=20)
    large.connection.set_progress_handler(None, 0)
    every = large.catalog.search(typed)
    assert [hit.session.id for hit in first.hits] == [hit.session.id for hit in every.hits][:20]
    assert first.stage is every.stage
    assert len(looks) < 400, "thousands of steps of SQLite"


def test_spellings_are_few_and_readable(large: Large) -> None:
    rows = dict(large.connection.execute("SELECT typed, units FROM search_spelling WHERE kind = 1"))
    assert "数" in rows["shu"].split()
    assert len(rows) < 200
    ((text,),) = large.connection.execute("SELECT name FROM search_text WHERE session = 0")
    assert text.split("\n") == [
        "数 字 经 济 建 设 与 数 字 经 济 分 论 坛",
        "digital economy workshop 0",
    ]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("harbour.json", "gezeiten"),
        *((file, "whistleblower") for file in here("frab-json/36c3-everything.json")),
    ],
)
def test_a_published_conference_is_searched_in_full(
    conference: Callable[[str], Catalog], file: str, text: str
) -> None:
    answer = conference(file).search(text, full=True)
    assert {hit.field for hit in answer.hits} == {Field.DESCRIPTION}
    assert answer.stage is Stage.AS_TYPED
    assert json.dumps([hit.session.title for hit in answer.hits])


def test_tags_are_found_as_categories_are() -> None:
    slots = (Slot(day=DAY),)
    catalog = built(
        schedule_of(
            Session(id="a", title=Text("One"), slots=slots, tags=("Open data", "数字经济")),
            Session(id="b", title=Text("Two"), slots=slots),
        )
    )
    for typed in ("open data", "数字经济", "szjj", "one data"):
        (hit,) = catalog.search(typed).hits
        assert (hit.session.id, hit.field) == ("a", Field.PLACE)


def test_a_speaker_is_found_by_a_name_in_any_language() -> None:
    session = Session(id="a", title=Text("One"), slots=(Slot(day=DAY),), speakers=("林墨", "Bob"))
    speakers = (Speaker(name=Text({"zh": "林墨", "en": "Ink Forest"})),)
    catalog = built(schedule_of(session).model_copy(update={"speakers": speakers}))
    for typed in ("ink forest", "林墨", "linmo", "bob"):
        (hit,) = catalog.search(typed).hits
        assert (hit.session.id, hit.field) == ("a", Field.SPEAKER)
