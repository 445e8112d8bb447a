"""JSON and JSON Lines, compared with the standard library."""

import json
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from summitcli.rows import DayRow
from tests.exports.row_samples import SESSION, SLOT, TIMED, WHOLE, written


def test_json_and_json_lines() -> None:
    one = {"id": "a-b", "start": SLOT.start, "speakers": ["Ada", "李雷"], "all_day": False}
    two: dict[str, Any] = {"id": "c", "start": None, "speakers": [], "all_day": True}
    text = [json.dumps(value, ensure_ascii=False) for value in (one, two)]
    assert written("json", [TIMED, WHOLE], tuple(one)) == f"[\n{text[0]},\n{text[1]}\n]\n"
    assert written("jsonl", [TIMED, WHOLE], tuple(one)) == f"{text[0]}\n{text[1]}\n"
    (session,) = json.loads(written("json", [SESSION], ("slots", "days")))
    assert session == {"slots": [SLOT._asdict()], "days": ["2022-07-23", "2022-07-24"]}


class Anything(NamedTuple):
    """A row with a field of every type."""

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
