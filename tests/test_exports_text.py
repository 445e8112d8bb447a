"""Rows as text: TSV, CSV, JSON, JSON Lines, ids, Markdown, templates; whatever the rows hold."""

import csv
import io
import json
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.errors import UnknownValue, UsageError
from summitcli.exports import IDS, ROWS, formats_of, objects
from summitcli.exports.rows import Request
from summitcli.exports.rows.cells import COLUMNS
from summitcli.exports.rows.delimited import BLANK_LEADS, FORMULA_LEADS
from summitcli.exports.rows.template import lines
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow, SessionRow, SlotRow
from summitcli.text.printable import BIDI_CONTROLS
from tests.conftest import examples

FORMATS = {format_.name: format_ for format_ in formats_of(Listing)}
TEXTS = [name for name, format_ in FORMATS.items() if format_.takes in (ROWS, IDS)]
SLOT = SlotRow("2022-07-23", "2022-07-23T09:30:00+08:00", "2022-07-23T10:00:00+08:00", False, "Hall")
TIMED = Listing(
    "a-b", "大数据", {"zh": "大数据", "en": "Big Data"}, "forum", "论坛", "2022-07-23", 1,
    SLOT.start, SLOT.end, False, 1, 2, "Hall", ("Ada", "李雷"), "zh",
    "https://example.org/?a=1&b=2", "One\nTwo",
)  # fmt: skip
WHOLE = TIMED._replace(id="c", start=None, end=None, all_day=True, room=None, speakers=(), category=None)
SESSION = SessionRow(
    *TIMED._replace(title="T", titles={"zh": "T"}), days=("2022-07-23", "2022-07-24"), slots=(SLOT,)
)
KINDS: dict[type, Any] = {
    Listing: [TIMED, WHOLE],
    SessionRow: [SESSION],
    CategoryRow: [CategoryRow("c", "N", {"zh": "N"}, 3, 4)],
    DayRow: [DayRow("2022-07-23", 1, "Saturday", 23)],
    NameRow: [NameRow("Hall", 2)],
}


def written(name: str, rows: Sequence[Any], columns: Sequence[str]) -> str:
    """What a format of rows writes."""
    return FORMATS[name].writer(rows, Request(columns))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("format_", TEXTS)
def test_every_text_format_writes_every_kind_of_row_and_none(format_: str, kind: type) -> None:
    if format_ == "ids" and "id" not in kind._fields:  # type: ignore[attr-defined]
        return
    columns = kind._fields if FORMATS[format_].lossless else COLUMNS[kind]  # type: ignore[attr-defined]
    assert len(written(format_, KINDS[kind], columns).splitlines()) >= len(KINDS[kind])
    head = ",".join(columns) + "\r\n", f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    nothing = {"json": "[]\n", "csv": head[0], "md": head[1]}
    assert written(format_, [], columns) == nothing.get(format_, "")


def test_tsv() -> None:
    columns = (
        "day",
        "start",
        "end",
        "id",
        "category",
        "speakers",
        "all_day",
        "room",
        "description",
        "titles",
    )
    assert written("tsv", [TIMED, WHOLE], columns) == (
        "2022-07-23\t09:30\t10:00\ta-b\tforum\tAda,李雷\tfalse\tHall\tOne\\nTwo\t"
        '{"zh": "大数据", "en": "Big Data"}\n'
        '2022-07-23\t\t\tc\t\t\ttrue\t\tOne\\nTwo\t{"zh": "大数据", "en": "Big Data"}\n'
    )


def test_csv() -> None:
    assert written("csv", [TIMED], ("id", "speakers", "description")) == (
        'id,speakers,description\r\na-b,"Ada,李雷","One\nTwo"\r\n'
    )


def test_json_and_json_lines() -> None:
    one = {"id": "a-b", "start": SLOT.start, "speakers": ["Ada", "李雷"], "all_day": False}
    two: dict[str, Any] = {"id": "c", "start": None, "speakers": [], "all_day": True}
    text = [json.dumps(value, ensure_ascii=False) for value in (one, two)]
    assert written("json", [TIMED, WHOLE], tuple(one)) == f"[\n{text[0]},\n{text[1]}\n]\n"
    assert written("jsonl", [TIMED, WHOLE], tuple(one)) == f"{text[0]}\n{text[1]}\n"
    (session,) = json.loads(written("json", [SESSION], ("slots", "days")))
    assert session == {"slots": [SLOT._asdict()], "days": ["2022-07-23", "2022-07-24"]}


def test_markdown_is_escaped() -> None:
    row = TIMED._replace(title=r"a|b *c* _d_ `e` <f> [g](h) \i ~~j~~ &lt;", category="x\ny")
    assert written("md", [row], ("title", "category")) == (
        "| title | category |\n| --- | --- |\n"
        r"| a\|b \*c\* \_d\_ \`e\` \<f\> \[g\](h) \\i \~\~j\~\~ \&lt; | x\\ny |"
        "\n"
    )


def test_ids_are_each_once() -> None:
    assert written("ids", [TIMED, WHOLE, TIMED], ()) == "a-b\nc\n"


def test_an_object_as_paths_and_values() -> None:
    value = {"a": {"zh": "甲"}, "b": [1, {"c": "x\ty"}], "d": None, "e": True, "f": NameRow("n", 2)}
    assert objects.tsv(
        value
    ) == "a.zh\t甲\nb.0\t1\nb.1.c\tx\\ty\ne\tTrue\nf.name\tn\nf.sessions\t2\n".replace("True", "true")


LEADS = sorted(FORMULA_LEADS | BLANK_LEADS)


def csv_cell(title: str) -> str:
    """What a spreadsheet reads of a title."""
    text = written("csv", [TIMED._replace(title=title)], ("title",))
    (_head, (cell,)) = csv.reader(io.StringIO(text, newline=""))
    return cell


@pytest.mark.parametrize("lead", LEADS, ids=repr)
def test_csv_runs_no_formula(lead: str) -> None:
    assert csv_cell(f"{lead}HYPERLINK(1)").startswith("'")


BEFORE = [
    "",
    " ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u3164",
    "\ufe0f",
    "\U000e0041",
    "\u202e",
    "\x1b",
    '"',
    "'",
    " \u200b ",
]


@pytest.mark.parametrize("before", BEFORE, ids=repr)
@pytest.mark.parametrize("lead", sorted(FORMULA_LEADS), ids=repr)
def test_csv_runs_no_formula_behind_what_is_not_seen(lead: str, before: str) -> None:
    text = f"{before}{lead}1+1"
    assert csv_cell(text) == "'" + text.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b")


@pytest.mark.parametrize("lead", sorted(FORMULA_LEADS), ids=repr)
def test_csv_runs_no_formula_where_another_program_ends_a_cell(lead: str) -> None:
    assert csv_cell(f"a;{lead}1; {lead}2\n{lead}3\tb") == f"a;'{lead}1;' {lead}2\n'{lead}3\tb"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-07-23",
        "a-b",
        "a=b",
        "10+1",
        "数字=经济",
        "Q&A @ noon",
        "a; b",
        "one\ntwo",
        "5；-",
        "·-",
        "(-1)",
    ],
)
def test_csv_leaves_other_text_alone(text: str) -> None:
    assert csv_cell(text) == text


def test_what_can_not_be_seen_is_in_files_and_not_in_lines() -> None:
    hidden, family = "Key\u200bnote\U000e0041\u3164", "👨‍👩‍👧"
    row = TIMED._replace(title=f"{hidden} {family}")
    for format_ in ("csv", "json", "jsonl"):
        assert f"{hidden} {family}" in written(format_, [row], ("title",))
    assert written("tsv", [row], ("title",)) == f"Keynote {family}\n"
    assert f"| Keynote {family} |" in written("md", [row], ("title",))
    assert lines([row], "{title}!\u200b", ("title",)) == f"Keynote {family}!\u200b\n"


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def hostile(text: str) -> list[str]:
    """The characters of ``text`` that a terminal acts on, but for line ends and tabs."""
    return [
        one
        for one in text
        if one not in "\n\t" and (unicodedata.category(one) == "Cc" or ord(one) in BIDI_CONTROLS)
    ]


@settings(max_examples=examples(300))
@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=3))
def test_whatever_rows_hold_each_is_one_row_and_harmless(texts: list[tuple[str, str]]) -> None:
    rows = [TIMED._replace(title=title, room=room, titles={"zh": title}) for title, room in texts]
    columns = ("title", "room", "titles")
    tsv = written("tsv", rows, columns)
    assert [len(line.split("\t")) for line in tsv.split("\n")[:-1]] == [3] * len(rows)
    read = list(csv.reader(io.StringIO(written("csv", rows, columns), newline="")))
    assert [len(row) for row in read] == [3] * (len(rows) + 1)
    assert [(row["title"], row["room"]) for row in json.loads(written("json", rows, columns))] == texts
    assert [json.loads(line)["title"] for line in written("jsonl", rows, columns).split("\n")[:-1]] == [
        title for title, _room in texts
    ]
    assert len(written("md", rows, columns).split("\n")) == len(rows) + 3
    assert len(lines(rows, "{title}{room}", Listing._fields).split("\n")) == len(rows) + 1
    for format_ in TEXTS:
        assert hostile(written(format_, rows, columns).replace("\r\n", "\n")) == []


@given(st.lists(ANY, min_size=1, max_size=3))
def test_csv_keeps_what_is_harmless(texts: list[str]) -> None:
    plain = ["".join(one for one in text if one.isprintable()).lstrip("=+-@") for text in texts]
    rows = [TIMED._replace(title=text) for text in plain]
    assert [row for (row,) in csv.reader(io.StringIO(written("csv", rows, ("title",)), newline=""))][
        1:
    ] == plain


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{day} {title}", "2022-07-23 大数据"), ("{start}-{end}", "09:30-10:00"), ("{{{id}}}", "{a-b}"),
        (r"{id}\t{day}\n{id}", "a-b\t2022-07-23\na-b"), (r"\\t{id}", r"\ta-b"), ("plain", "plain"),
        ("{description}", "One\\nTwo"), ("{speakers}", "Ada,李雷"),
        ("{titles}", '{"zh": "大数据", "en": "Big Data"}'),
    ],
)  # fmt: skip
def test_a_template_is_filled_in(template: str, expected: str) -> None:
    assert lines([TIMED], template, Listing._fields) == expected + "\n"


@pytest.mark.parametrize(
    "template", ["{", "}", "{}", "{0}", "{id!r}", "{id:>9}", "{id.x}", "{id[0]}", "{nope}", "{{id}"]
)
@pytest.mark.parametrize("rows", [[TIMED], []], ids=["a row", "no row"])
def test_a_template_that_can_not_be_filled_in_is_refused(template: str, rows: list[Listing]) -> None:
    with pytest.raises((UsageError, UnknownValue)):
        lines(rows, template, Listing._fields)


@given(ANY)
def test_no_template_is_a_fault(template: str) -> None:
    try:
        lines([TIMED], template, Listing._fields)
    except UsageError as error:
        assert error.status == 2


class Anything(NamedTuple):
    """A row with one field of every type."""

    text: str | None
    texts: dict[str, str]
    flag: bool
    number: int
    share: float
    names: tuple[str, ...]
    rows: tuple[DayRow, ...]
    row: DayRow | None


ANYTHING = st.builds(
    Anything,
    st.none() | st.text(),
    st.dictionaries(st.text(), st.text()),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text()).map(tuple),
    st.lists(st.builds(DayRow, st.text(), st.integers(), st.text(), st.integers())).map(tuple),
    st.none() | st.builds(DayRow, st.text(), st.integers(), st.text(), st.integers()),
)


@given(st.lists(ANYTHING, min_size=1))
def test_json_is_what_the_library_would_write(rows: list[Anything]) -> None:
    def plain(row: Anything) -> dict[str, Any]:
        one = row.row._asdict() if row.row else None
        return {**row._asdict(), "rows": [each._asdict() for each in row.rows], "row": one}

    lines = [json.dumps(plain(row), ensure_ascii=False) for row in rows]
    text = written("json", rows, Anything._fields)
    assert json.loads(text) == json.loads(f"[{','.join(lines)}]")
    if all(line.isprintable() for line in lines):
        assert text == "[\n" + ",\n".join(lines) + "\n]\n"
