"""Search texts and the sessions they refer to: tables that anyone can extend.

``queries.tsv`` is for the built-in schedule, ``real_queries.tsv`` for real English and German conferences,
``technology.tsv`` for a conference with times that was made up for it.
The run prints, for each kind, the share of queries whose first match is correct, and of those found among
the first three.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from summitcli.catalog.queries import Catalog
from tests.conftest import FIGURES, Asked
from tests.published import here

HERE = Path(__file__).parent
OF_EACH_KIND, OVERALL = 0.90, 0.95
FIRST = 3


class Tried(NamedTuple):
    """A query with the names of its matches, best first."""

    kind: str
    query: str
    meant: tuple[str, ...]
    found: tuple[str, ...]

    def right(self, among: int) -> bool:
        """Return whether the first matches have an expected session, or are empty as expected."""
        if not self.meant:
            return not self.found
        return any(name.startswith(self.meant) for name in self.found[:among])


def table(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def meant(cell: str, divider: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split(divider))


@pytest.fixture(scope="module")
def tried(bundled: Catalog) -> list[Tried]:
    return [
        Tried(kind, query, meant(ids, " "), tuple(hit.session.id for hit in bundled.search(query).hits))
        for kind, query, ids in table("queries.tsv")
    ]


@pytest.fixture(scope="module")
def really_tried(conference: Callable[[str], Catalog]) -> list[Tried]:
    return [
        Tried(
            kind,
            query,
            meant(titles, " | "),
            tuple(hit.session.title.strip() for hit in conference(name).search(query).hits),
        )
        for name, kind, query, titles in table("real_queries.tsv")
        if here(name)
    ]


@pytest.fixture
def technically_tried(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> list[Tried]:
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(HERE / "technology.json"))
    monkeypatch.setenv("SUMMIT_NOW", "2025-06-14")
    return [
        Tried(kind, query, meant(ids, " "), tuple(ask("search", query, "-f", "ids").out.split()))
        for kind, query, ids in table("technology.tsv")
    ]


def shares(tried: Iterable[Tried], among: int) -> Mapping[str, float]:
    """Return the share of correct queries of each kind, and of all that have a match."""
    by_kind: defaultdict[str, list[bool]] = defaultdict(list)
    for one in tried:
        by_kind[one.kind].append(one.right(among))
        if one.meant:
            by_kind["overall"].append(one.right(among))
    return {kind: sum(right) / len(right) for kind, right in by_kind.items()}


def report(tried: list[Tried], title: str) -> str:
    first, among = shares(tried, 1), shares(tried, FIRST)
    lines = [f"{title}: {len(tried)} queries", f"{'':24}{'first':>7}{f'in {FIRST}':>7}"]
    lines += [f"{kind:24}{first[kind]:7.1%}{among[kind]:7.1%}" for kind in first]
    lines += [f"missed: {one.query} ({one.kind})" for one in tried if not one.right(1)]
    return "\n".join(lines)


def hold(tried: list[Tried]) -> None:
    """Assert that the share of correct first matches is high enough."""
    first = shares(tried, 1)
    assert {kind: share for kind, share in first.items() if share < OF_EACH_KIND} == {}
    assert first["overall"] >= OVERALL
    assert [one.query for one in tried if not one.meant and one.found] == []


def test_first_answers_are_right(tried: list[Tried], record_property: Callable[[str, str], None]) -> None:
    record_property(FIGURES, report(tried, "the bundled schedule"))
    hold(tried)


def test_first_answers_are_right_at_real_conferences(
    really_tried: list[Tried], record_property: Callable[[str, str], None]
) -> None:
    record_property(FIGURES, report(really_tried, "real conferences"))
    hold(really_tried)


def test_first_answers_are_right_at_a_conference_with_times(
    technically_tried: list[Tried], record_property: Callable[[str, str], None]
) -> None:
    record_property(FIGURES, report(technically_tried, "a conference with times"))
    hold(technically_tried)


def test_the_tables_are_as_large_as_promised(bundled: Catalog) -> None:
    rows, real = table("queries.tsv"), table("real_queries.tsv")
    assert len([row for row in rows if row[2] != "-"]) >= 150
    assert len([row for row in rows if row[2] == "-"]) >= 30
    assert len(real) >= 40
    kinds = Counter(row[0] for row in [*rows, *table("technology.tsv")] if row[2] != "-")
    assert kinds["homophones"] >= 30
    assert kinds["known abbreviations"] >= 15
    assert kinds["day words"] >= 15
    assert {id_ for row in rows for id_ in meant(row[2], " ")} <= {*bundled.ids()}
