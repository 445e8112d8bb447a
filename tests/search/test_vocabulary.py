"""The meanings of a typed text in a large vocabulary."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.search import vocabulary
from summitcli.search.vocabulary import Meaning
from tests.search.conferences import built, named, schedule_of

QUERIES = Path(__file__).with_name("queries.tsv")
NUMBERED = 3000
LARGE = {"session", "listing", "speaker", "appearance", "search_text", "search_spelling"}


def typed() -> list[str]:
    """Return every third search text of the table for the built-in schedule."""
    lines = QUERIES.read_text("utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line and not line.startswith("#")][::9]


def answered(catalog: Catalog, text: str) -> tuple[object, ...]:
    answer = catalog.search(text)
    hits = [(hit.session.id, hit[1:4], hit.spans(hit.session.title)) for hit in answer.hits]
    nearest = [] if hits else [session.id for session in catalog.nearest(text)]
    return answer.stage, hits, nearest


@pytest.mark.parametrize("most", [0, 1, 5])
def test_results_are_the_same_with_prefixes_in_place_of_words(
    bundled: Catalog, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    texts = typed()
    expected = [answered(bundled, text) for text in texts]
    monkeypatch.setattr(vocabulary, "MAX_PREFIX_WORDS", most)
    assert [answered(bundled, text) for text in texts] == expected
    assert len(texts) > 10


@pytest.mark.parametrize("most", [0, 1000])
def test_a_prefix_finds_words_and_spellings_that_begin_with_it(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(vocabulary, "MAX_PREFIX_WORDS", most)
    catalog = named("Größe", "Groesbeck", "groß", "12月", "十月", "1 Talk", "Forum 123")
    assert [hit.session.title for hit in catalog.search("groes").hits] == ["Größe", "Groesbeck"]
    assert [hit.session.title for hit in catalog.search("forum 12").hits] == ["Forum 123"]
    ones = ["12月", "十月", "1 Talk", "Forum 123"]
    assert [hit.session.title for hit in catalog.search("1").hits] == ones
    (hit,) = catalog.search("forum12").hits
    assert hit.spans("Forum 123") == ((0, 8),)


def test_a_meaning_of_many_words_includes_all_with_the_prefix() -> None:
    meaning = Meaning(frozenset("云"), frozenset(["grosse"]), "groe", many=True)
    assert [unit for unit in ("云", "grosse", "groesbeck", "groe", "gro", "会") if meaning.means(unit)] == [
        "云", "grosse", "groesbeck",
    ]  # fmt: skip
    assert meaning.pair_units == {"云", "~"}
    assert meaning.limited_to("云") == Meaning(frozenset("云"))
    assert meaning.limited_to("~") == meaning._replace(characters=frozenset())
    assert bool(Meaning(beginning="groe", many=True))


@pytest.fixture(scope="module")
def numbered() -> Catalog:
    """Return a catalog of thousands of sessions whose names differ by a number."""
    return named(*(f"区块链分论坛{n}" if n % 3 else f"Digital Forum {n}" for n in range(NUMBERED)))


@pytest.fixture
def rows(numbered: Catalog) -> list[tuple[object, ...]]:
    """Return a list to which all rows that SQLite returns are added."""
    read: list[tuple[object, ...]] = []

    def note(_cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
        read.append(row)
        return row

    numbered._connection.row_factory = note
    return read


@pytest.mark.parametrize(
    "text",
    ["区块链分论坛4711", "大数据区块链分论坛4711", "qklflt4711", "forum 4711", "digitalforum4711",
     "digital xyzzy", "99999", "xyzzy", "王伟 99999", "digitla 99999"],
)  # fmt: skip
def test_a_text_without_matches_needs_few_rows(
    numbered: Catalog, rows: list[tuple[object, ...]], text: str
) -> None:
    numbered.search(text, limit=5)
    assert len(rows) < NUMBERED / 2


@pytest.fixture
def plans(numbered: Catalog) -> Callable[[str], list[str]]:
    """Return a function that returns SQLite's plans for the statements of a search."""
    connection = numbered._connection
    connection.row_factory = None

    def explained(text: str) -> list[str]:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        numbered.search(text)
        connection.set_trace_callback(None)
        return [
            str(step[3])
            for statement in statements
            if statement.startswith("SELECT")
            for step in connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]

    return explained


@pytest.mark.parametrize("text", ["forum 4711", "qklflt4711", "区块链论分坛", "gongye 大数据", "security"])
def test_a_search_scans_no_large_table(plans: Callable[[str], list[str]], text: str) -> None:
    scanned = {step for step in plans(text) if step.startswith("SCAN ") and step.split()[1] in LARGE}
    assert scanned == set()


def test_parts_of_words_are_searched_in_long_words_only(plans: Callable[[str], list[str]]) -> None:
    inside = [step for step in plans("xyzzy") if "search_spelling_long" in step]
    assert inside == ["SEARCH search_spelling USING INDEX search_spelling_long (<expr>>?)"]


def test_an_empty_schedule_has_no_words() -> None:
    assert built(schedule_of()).search("1").hits == ()
