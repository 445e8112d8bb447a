"""Rows of any content in every format."""

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.exports.rows.cells import columns_of
from summitcli.exports.rows.template import lines
from summitcli.rows import Listing
from summitcli.text.printable import BIDI_CONTROLS
from tests.conftest import examples
from tests.exports.row_samples import ANY, FORMATS, KINDS, TEXTS, TIMED, WHOLE, written


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("format_", TEXTS)
def test_every_text_format_writes_every_kind_of_row_and_none(format_: str, kind: type) -> None:
    if format_ == "ids" and "id" not in kind._fields:  # type: ignore[attr-defined]
        return
    columns = kind._fields if FORMATS[format_].lossless else columns_of(kind)  # type: ignore[attr-defined]
    assert len(written(format_, KINDS[kind], columns).splitlines()) >= len(KINDS[kind])
    head = ",".join(columns) + "\r\n", f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    nothing = {"json": "[]\n", "csv": head[0], "md": head[1]}
    assert written(format_, [], columns) == nothing.get(format_, "")


def test_each_id_is_written_once() -> None:
    assert written("ids", [TIMED, WHOLE, TIMED], ()) == "a-b\nc\n"


def test_invisible_characters_are_in_files_and_not_in_lines() -> None:
    hidden, family = "Key\u200bnote\U000e0041\u3164", "👨‍👩‍👧"
    row = TIMED._replace(title=f"{hidden} {family}")
    for format_ in ("csv", "json", "jsonl"):
        assert f"{hidden} {family}" in written(format_, [row], ("title",))
    assert written("tsv", [row], ("title",)) == f"Keynote {family}\n"
    assert f"| Keynote {family} |" in written("md", [row], ("title",))
    assert "".join(lines([row], "{title}!\u200b", ("title",))) == f"Keynote {family}!\u200b\n"


def hostile(text: str) -> list[str]:
    """Return the characters of ``text`` that a terminal acts on, except line ends and tabs."""
    return [
        one
        for one in text
        if one not in "\n\t" and (unicodedata.category(one) == "Cc" or ord(one) in BIDI_CONTROLS)
    ]


@settings(max_examples=examples(300))
@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=3))
def test_any_row_is_one_harmless_row(texts: list[tuple[str, str]]) -> None:
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
    assert len("".join(lines(rows, "{title}{room}", Listing._fields)).split("\n")) == len(rows) + 1
    for format_ in TEXTS:
        assert hostile(written(format_, rows, columns).replace("\r\n", "\n")) == []
