"""Parsing of directories: our own form, Giggity's menu, and what is neither."""

import gzip
import json
from typing import Any

import pytest

from summitcli.budgets import CONFERENCES
from summitcli.directory.document import MAX_SIZE, Document, NotADirectory, parse, unpacked
from summitcli.rows import DirectoryRow
from tests.directory.samples import HARBOUR, HARBOUR_ROW, document, menu


def read(text: str) -> Document:
    return parse(text.encode(), "d.json")


def fault(content: bytes) -> str:
    with pytest.raises(NotADirectory) as caught:
        parse(content, "d.json")
    return str(caught.value)


def test_every_key_of_a_conference_is_read() -> None:
    assert read(document(HARBOUR)) == Document((HARBOUR_ROW,), 0)


def test_a_byte_order_mark_and_unknown_keys_are_ignored() -> None:
    text = document({**HARBOUR, "city": "Lisbon"}, version=7)
    assert parse(b"\xef\xbb\xbf" + text.encode(), "d.json").rows == (HARBOUR_ROW,)


def test_the_least_that_a_conference_needs() -> None:
    url = "webcal://a.example/c.ics"
    (row,) = read(document({"title": " Knots & Kites ", "start": "2026-05-01", "url": url})).rows
    assert row == DirectoryRow(
        "knots-kites-2026", "Knots & Kites", "2026-05-01", "2026-05-01", None, url, None, None
    )


def test_a_series_is_listed_once_for_each_edition() -> None:
    series = {
        "name": "knots-{year}",
        "series": "knots",
        "title": "Knots {year}",
        "url": "https://k.example/k{yy}/s.json",
        "source": "https://k.example/{year}/",
        "time_zone": "Europe/Oslo",
        "editions": [
            {"year": 2026, "start": "2026-05-01", "end": "2026-05-02"},
            {"year": 2005, "start": "2005-05-03", "url": "https://k.example/1.ics", "time_zone": "UTC"},
        ],
    }
    assert read(document(series)).rows == (
        DirectoryRow(
            "knots-2026", "Knots 2026", "2026-05-01", "2026-05-02", "Europe/Oslo",
            "https://k.example/k26/s.json", "knots", "https://k.example/2026/",
        ),
        DirectoryRow(
            "knots-2005", "Knots 2005", "2005-05-03", "2005-05-03", "UTC", "https://k.example/1.ics",
            "knots", "https://k.example/2005/",
        ),
    )  # fmt: skip


def test_a_menu_of_giggity() -> None:
    entry = {
        "id": "harbour_2026",
        "version": 2026010100,
        "title": "Harbour Cranes 2026",
        "url": "https://harbour.example/2026/schedule.xml",
        "start": "2026-09-03",
        "end": "2026-09-04",
        "timezone": "Europe/Lisbon",
        "refresh_interval": 1800,
        "metadata": {"links": [{"title": "Site", "url": "https://harbour.example/2026/"}], "rooms": []},
    }
    without_id = {key: value for key, value in entry.items() if key not in ("id", "metadata")}
    assert read(menu(entry, {**without_id, "title": "Kai"})).rows == (
        HARBOUR_ROW._replace(series=None),
        HARBOUR_ROW._replace(name="kai-2026", title="Kai", series=None, source=None),
    )


def test_a_single_entry_of_giggity() -> None:
    entry = {"title": "Kai", "url": "https://k.example/", "start": "2026-09-03", "timezone": "UTC"}
    assert read(json.dumps(entry)) == read(menu(entry))
    assert len(read(menu(entry)).rows) == 1


@pytest.mark.parametrize("links", [None, 7, "x", [], [7], [{"url": 7}], [{}], {"url": "https://a.example"}])
def test_odd_links_of_a_menu_are_ignored(links: Any) -> None:
    entry = {"title": "Kai", "url": "https://k.example/", "start": "2026-09-03", "metadata": {"links": links}}
    (row,) = read(menu(entry)).rows
    assert row.source is None


@pytest.mark.parametrize(
    "change",
    [{"title": None}, {"title": ""}, {"title": 7}, {"title": "x" * 201}, {"title": "\ud800"},
     {"url": None}, {"url": "harbour.example"}, {"url": "file:///etc/passwd"}, {"url": "/etc/passwd"},
     {"url": "https://a.example/ b"}, {"url": "https://a.example/\x1b[2J"},
     {"url": "https://a.example/" + "x" * 4096}, {"url": ["https://a.example/"]},
     {"start": None}, {"start": "soon"}, {"start": 2026}, {"start": "2026-02-30"}, {"end": "2026-09-02"},
     {"end": 0}],
    ids=str,
)  # fmt: skip
def test_a_conference_without_title_url_or_valid_dates_is_left_out(change: dict[str, Any]) -> None:
    assert read(document({**HARBOUR, **change}, HARBOUR)) == Document((HARBOUR_ROW,), 1)


@pytest.mark.parametrize("entry", [None, 7, "x", [], {}, [HARBOUR]], ids=str)
def test_an_entry_that_is_none_is_left_out(entry: Any) -> None:
    assert read(document(entry, HARBOUR)) == Document((HARBOUR_ROW,), 1)
    assert read(menu(entry)) == Document((), 1)


@pytest.mark.parametrize("year", [None, "2026", 2026.0, True, 0, -1, 10_000])
def test_an_edition_without_a_year_is_left_out(year: Any) -> None:
    assert read(document({**HARBOUR, "editions": [{"year": year}, {}, 7]})) == Document((), 3)


@pytest.mark.parametrize("name", [None, "", "a/b", "../x", "a b", "x" * 65, "nul", 7, "-\x1b"])
def test_a_name_that_can_not_be_used_is_made_from_the_title(name: Any) -> None:
    assert read(document({**HARBOUR, "name": name})).rows[0].name == "harbour-cranes-2026"


@pytest.mark.parametrize(
    ("title", "name"),
    [("数字中国", "shu-zi-zhong-guo-2026"), ("Тест", "conference-2026"), ("x" * 200, f"{'x' * 53}-2026")],
)
def test_a_name_is_made_of_any_title(title: str, name: str) -> None:
    assert read(document({**HARBOUR, "name": None, "title": title})).rows[0].name == name


def test_names_that_are_used_again_get_numbers_and_repetitions_are_dropped() -> None:
    again = [{**HARBOUR, "url": f"https://h.example/{n}"} for n in range(3)]
    numbered = {**HARBOUR, "name": "harbour-2026-2", "url": "https://h.example/other"}
    rows = read(document(HARBOUR, *again, HARBOUR, numbered)).rows
    assert [(row.name, row.url.rpartition("/")[2]) for row in rows] == [
        ("harbour-2026", "schedule.xml"),
        ("harbour-2026-3", "0"),
        ("harbour-2026-4", "1"),
        ("harbour-2026-5", "2"),
        ("harbour-2026-2", "other"),
    ]


def test_two_thousand_conferences_of_one_name_have_names_of_their_own() -> None:
    entries = [{**HARBOUR, "name": "x" * 64, "url": f"https://h.example/{n}"} for n in range(2_000)]
    names = {row.name for row in read(document(*entries)).rows}
    assert len(names) == 2_000
    assert max(map(len, names)) == 64


def test_more_conferences_than_allowed_are_an_error() -> None:
    limit = CONFERENCES.maximum
    most = [{**HARBOUR, "url": f"https://h.example/{n}"} for n in range(limit)]
    assert len(read(document(*most)).rows) == limit
    assert fault(document(*most, HARBOUR).encode()) == (
        "d.json is not a list of conferences: more than 2,000 conferences, too many for a file of this"
        " size; split it or remove some"
    )


NEITHER = "it lists no conferences, neither in this program's format nor in that of the app Giggity"
DEEP = b"[" * 50_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is not valid JSON at line 1, column 1"),
        (b"<html>", "it is not valid JSON at line 1, column 1"),
        (b"[]", NEITHER),
        (b"null", NEITHER),
        (b'{"schedule": {}}', NEITHER),
        (b'{"schedules": {}}', NEITHER),
        (b'{"format": "summit-directory/1"}', NEITHER),
        (b'{"format": "summit-directory/1", "conferences": {}}', NEITHER),
        (b'{"format": "summit-schedule/1", "schedules": []}', NEITHER),
        (b'{"format": "summit-directory/2"}', "it was written for a newer version; update summitcli"),
        (b'{"schedules": [], "schedules": []}', 'duplicate key "schedules"'),
        (b'{"schedules": [NaN]}', "NaN is not valid JSON"),
        (b'{"schedules": [' + b"9" * 5_000 + b"]}", "a number has too many digits"),
        (b'{"schedules": ["\xff"]}', "it is not UTF-8 text"),
        (b'{"schedules": ' + DEEP, "it is nested too deeply"),
        (b" " * (MAX_SIZE + 1), "it is larger than 8 MB"),
    ],
    ids=lambda value: str(value[:40]),
)
def test_what_is_no_directory_is_an_error_of_one_line(content: bytes, reason: str) -> None:
    assert fault(content) == f"d.json is not a list of conferences: {reason}"


def test_more_values_than_any_directory_has_are_an_error() -> None:
    content = b'{"schedules": [' + b"{}," * 1_000_000 + b"{}]}"
    assert fault(content).endswith("too many for a file of this size; split it or remove some")


def test_the_password_of_a_url_is_not_shown() -> None:
    with pytest.raises(NotADirectory, match=r"https://me:\*\*\*@a\.example/ is not a list of conferences"):
        parse(b"", "https://me:secret@a.example/")


def test_compressed_data_is_unpacked() -> None:
    content = json.dumps({}).encode()
    assert unpacked(content, "d") == unpacked(gzip.compress(content), "d") == content


@pytest.mark.parametrize(
    "data", [gzip.compress(b"{}")[:-4], gzip.compress(bytes(MAX_SIZE + 1))], ids=["cut off", "too large"]
)
def test_compressed_data_that_is_damaged_or_too_large_is_an_error(data: bytes) -> None:
    with pytest.raises(NotADirectory, match=r"its compressed data \(gzip\) is damaged or too large"):
        unpacked(data, "d")
