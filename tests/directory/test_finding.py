"""The search in directories, and their order."""

from datetime import date

import pytest

from summitcli.directory.finding import in_order, search
from summitcli.directory.reading import Directory, Listed, included, listed
from tests.directory.samples import HARBOUR_ROW

OWN = in_order(listed([included()]), date(2026, 7, 20))


def conference(name: str, start: str, end: str, title: str = "T", series: str | None = None) -> Listed:
    row = HARBOUR_ROW._replace(name=name, title=title, start=start, end=end, series=series)
    return Listed(row, Directory((row,)))


def names(text: str, among: list[Listed] = OWN) -> list[str]:
    return [found.row.name for found in search(among, text).found]


def test_conferences_in_progress_come_first_then_upcoming_then_past_ones() -> None:
    in_progress = [conference("b", "2026-09-01", "2026-09-03"), conference("a", "2026-09-03", "2026-09-03")]
    upcoming = [conference("c", "2026-09-04", "2026-09-04"), conference("d", "2027-01-01", "2027-01-02")]
    past = [conference("e", "2026-08-30", "2026-09-02"), conference("g", "2020-01-01", "2020-01-02"),
            conference("f", "2020-01-01", "2020-01-02")]  # fmt: skip
    ordered = [*in_progress, *upcoming, past[0], past[2], past[1]]
    assert in_order([*past, *reversed(upcoming), *reversed(in_progress)], date(2026, 9, 3)) == ordered


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("fosdem", ["fosdem-2026", "fosdem-2025"]),
        ("FOSDEM 2024", ["fosdem-2024"]),
        ("fosdem-2024", ["fosdem-2024"]),
        ("ＦＯＳＤＥＭ", ["fosdem-2026", "fosdem-2025"]),
        ("plumbers", ["lpc-2025", "lpc-2024"]),
        ("journees logiciel", ["jdll-2026", "jdll-2025"]),
        ("tuebix", ["tuebix-2026", "tuebix-2025"]),
        ("open suse conf", ["osc-2026", "osc-2025"]),
    ],
)
def test_conferences_are_found_by_words_of_title_name_and_series(text: str, first: list[str]) -> None:
    assert names(text)[: len(first)] == first
    assert search(OWN, text).exact


@pytest.mark.parametrize("text", ["fosdm", "fosdme", "fodsem"])
def test_a_typing_error_is_forgiven(text: str) -> None:
    found = search(OWN, text)
    assert ([match.row.series for match in found.found][:1], found.exact) == (["fosdem"], False)


@pytest.mark.parametrize("text", ["shuzi", "数字", "數字", "szzg", "zhongguo"])
def test_chinese_is_found_as_in_schedules(text: str) -> None:
    day = "2026-01-01"
    among = [conference("x", day, day), conference("d", day, day, "数字中国")]
    assert names(text, among) == ["d"]


@pytest.mark.parametrize("text", ["xyzzy", "!?", "\x1b[2J", "'\" OR x", "\udcff"])
def test_nothing_is_found(text: str) -> None:
    assert names(text) == []
    assert names(text, []) == []
