"""Query plans: queries use an index if there is one, and few statements."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from summitcli.catalog.build import build
from summitcli.catalog.conditions import Query
from summitcli.catalog.neighbours import neighbours
from summitcli.catalog.queries import Catalog
from summitcli.catalog.times import bare_listings_within
from summitcli.formats.parsed import Parsed
from summitcli.model import Schedule
from tests.schedules import document, session, timed

MORNING = 1714550400
"""2024-05-01T08:00Z."""

LARGE = {"listing", "session", "appearance", "speaker", "search_text"}
CATEGORIES = 12


class Traced:
    """A catalog that records the statements it runs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.catalog = Catalog(connection)
        self._connection = connection
        self.statements: list[str] = []

    def ask(self, question: Callable[[Catalog], object]) -> None:
        """Run a query and record its statements."""
        self._connection.set_trace_callback(self.statements.append)
        question(self.catalog)
        self._connection.set_trace_callback(None)

    def scanned(self) -> set[str]:
        """Return the large tables that SQLite's plan scans completely."""
        plans = [
            str(row[3])
            for statement in self.statements
            for row in self._connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]
        return {plan.split()[1] for plan in plans if plan.startswith("SCAN ")} & LARGE


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """Yield the connection to a catalog large enough for SQLite to use indexes."""
    sessions = [
        session(
            f"s{n}",
            timed(
                f"2024-05-0{1 + n % 2}",
                f"2024-05-0{1 + n % 2}T{8 + n % 10:02}:00:00+02:00",
                f"2024-05-0{1 + n % 2}T{9 + n % 10:02}:00:00+02:00",
                room=f"R{n % 40}",
            ),
            category=f"c{n % CATEGORIES}",
            speakers=[f"Speaker {n % 200}"],
            language="de" if n % 5 else "en",
        )
        for n in range(2000)
    ]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        made = document(*sessions)
        made["categories"] = [{"id": f"c{n}", "name": f"C {n}"} for n in range(CATEGORIES)]
        build(Parsed.of(Schedule.model_validate_json(json.dumps(made))), connection, "test")
        yield connection


@pytest.fixture
def traced(connection: sqlite3.Connection) -> Traced:
    return Traced(connection)


QUESTIONS: dict[str, tuple[Callable[[Catalog], object], int]] = {
    "a day": (lambda catalog: catalog.listings(Query(days=("2024-05-01",))), 1),
    "an hour of a room": (
        lambda catalog: catalog.listings(
            Query(days=("2024-05-01",), rooms=("R1",), from_minute=540, to_minute=600)
        ),
        1,
    ),
    "an hour": (
        lambda catalog: catalog.listings(Query(days=("2024-05-01",), from_minute=540, to_minute=600)),
        1,
    ),
    "a category": (lambda catalog: catalog.listings(Query(categories=("c3",))), 1),
    "a room": (lambda catalog: catalog.listings(Query(rooms=("R3",))), 1),
    "a speaker": (lambda catalog: catalog.listings(Query(speakers=("Speaker 7",))), 1),
    "some sessions": (lambda catalog: catalog.sessions(Query(ids=("s1", "s9"))), 1),
    "picks": (lambda catalog: catalog.listings(Query(picks=(("s1", None), ("s2", "2024-05-01")))), 1),
    "all but hidden ones": (
        lambda catalog: catalog.listings(Query(days=("2024-05-01",), excluded_picks=(("s1", None),))),
        1,
    ),
    "what is before and after": (lambda catalog: neighbours(catalog, ["s1", "s9"]), 1),
    "what runs": (lambda catalog: catalog.running(MORNING), 1),
    "what runs on from the day before": (lambda catalog: catalog.continuing("2024-05-02"), 1),
    "what lies within an hour": (
        lambda catalog: [*bare_listings_within(catalog, MORNING, MORNING + 3600)],
        1,
    ),
    "which texts are ids": (lambda catalog: catalog.existing_ids(["s1", "x"]), 1),
    "where the sessions of a category are": (lambda catalog: catalog.positions(Query(categories=("c3",))), 1),
    "sessions by their places": (lambda catalog: catalog.sessions_at([5, 3]), 1),
    "what comes next": (lambda catalog: catalog.upcoming(MORNING), 2),
    "the next five": (lambda catalog: catalog.upcoming(MORNING, limit=5), 1),
    "the ids that begin so": (lambda catalog: catalog.matching_ids("s1", 5), 1),
    "a room by its name": (lambda catalog: catalog.names_like("room", "r3"), 1),
    "the conference": (lambda catalog: Catalog(catalog._connection).conference(), 1),
}
"""Each query with the number of statements it may run."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_follows_an_index(name: str, traced: Traced) -> None:
    question, most = QUESTIONS[name]
    traced.ask(question)
    assert (traced.scanned(), len(traced.statements)) == (set(), most)


def test_picks_are_looked_up_once_and_not_for_each_listing(traced: Traced) -> None:
    picks = tuple((f"s{n}", "2024-05-01" if n % 3 else None) for n in range(0, 2000, 2))
    traced.ask(lambda catalog: catalog.listings(Query(picks=picks)))
    (statement,) = traced.statements
    plan = [str(row[3]) for row in traced._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert [step for step in plan if "CORRELATED" in step] == []


def test_everything_is_a_walk_along_the_primary_key_without_sorting(traced: Traced) -> None:
    traced.ask(lambda catalog: catalog.listings())
    (statement,) = traced.statements
    plan = [str(row[3]) for row in traced._connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert plan[0] == "SCAN listing"
    assert [step for step in plan if "TEMP B-TREE" in step] == []
