"""Published files of several formats through the commands, and written and read back."""

from pathlib import Path

import pytest

from summitcli.formats import parse
from tests.conftest import Asked
from tests.published import FILES, each, here, path

NAMES = here(
    "harbour.researchr.xml", "harbour.html", "researchr/splash2021.xml", "ics/inpycon2021.ics",
    "ics/guadec2016.ics", "xml/31c3-workshops.xml", "frab-json/30c3-angel.json",
)  # fmt: skip


def slots(file: Path) -> list[tuple[object, ...]]:
    """Return every slot of a file, with its session's title and speakers."""
    return sorted(
        (str(session.title.root), slot.start, slot.end, slot.room or "", tuple(session.speakers))
        for session in parse(file.read_bytes(), file.name).schedule.sessions
        for slot in session.slots
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_file_goes_through_all_commands(ask: Asked, name: str) -> None:
    assert ask("use", str(path(name))).status == 0
    rows = ask("list", "--fields", "id,title").out.splitlines()
    assert len(rows) >= FILES[name].sessions
    id_, title = rows[0].split("\t")
    assert ask("search", title).status == ask("show", id_).status == ask("grid").status == 0
    assert ask("agenda", "add", id_).status == 0
    assert id_ in ask("agenda", "-f", "ids").out.split()
    for format_ in ("ics", "html", "csv", "json"):
        assert ask("list", "-f", format_).out


@pytest.mark.parametrize("format_", ["json", "frab-json", "frab-xml", "ics"])
@pytest.mark.parametrize("name", each(NAMES))
def test_a_file_is_converted_and_read_back(ask: Asked, tmp_path: Path, name: str, format_: str) -> None:
    out = tmp_path / f"copy.{format_}"
    assert ask("convert", str(path(name)), "-f", format_, "-o", str(out)).status == 0
    before, after = slots(path(name)), slots(out)
    assert len(after) == len(before) == FILES[name].events
    if format_ == "json":
        assert after == before
    assert [row[1] for row in sorted(after, key=_begin)] == [row[1] for row in sorted(before, key=_begin)]


def _begin(row: tuple[object, ...]) -> str:
    return str(row[1])
