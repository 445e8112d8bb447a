"""The claims of the READMEs and the design page, compared with the project."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from summitcli.errors import Status
from summitcli.exports import formats_for
from summitcli.rows import Listing
from tests.conftest import ROOT
from tests.docs.markdown import beside, links, rows, section, text_of
from tests.docs.test_commands import PAGES
from tests.test_layers import LAYERS

READMES = ("README.md", "README.zh-CN.md")
PICTURES = ("browse.svg", "browse.zh-CN.svg", "summit.svg", "summit.zh-CN.svg", "example.svg")

TABLES = {
    "README.md": ("Dependencies", "Output"),
    "README.zh-CN.md": ("用到的库", "输出"),
}
"""The headings of the tables of packages and of exit codes."""


@pytest.mark.parametrize("name", READMES)
def test_every_dependency_has_its_reason(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]["all"]
    packages = [re.split("[<>=]", one)[0] for one in (*project["dependencies"], *optional)]

    assert sorted(row[0] for row in rows(section(name, TABLES[name][0]))) == sorted(packages)


@pytest.mark.parametrize("name", READMES)
def test_every_exit_status_has_its_meaning(name: str) -> None:
    table = rows(section(name, TABLES[name][1]))
    listed = [int(number) for row in table for number in re.findall(r"\d+", row[0])]

    assert listed == sorted(Status)


@pytest.mark.parametrize("name", READMES)
def test_every_format_is_named(name: str) -> None:
    sentence = re.search(r"^`-f` .*?--fields", section(name, TABLES[name][1]), re.MULTILINE)
    assert sentence
    named = re.findall(r"`([a-z]+)`", sentence[0])

    assert sorted(named) == sorted(formats_for(Listing))


def test_both_readmes_have_the_same_chapters() -> None:
    marks = [re.findall("^#+", text_of(name), re.MULTILINE) for name in READMES]
    english, chinese = marks

    assert chinese == english


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    assert [path for path in links(name) if not beside(name, path).exists()] == []


def test_the_layers_are_those_of_the_imports() -> None:
    told = {
        room: int(number)
        for number, rooms, _what in rows(section("docs/design.md", "Layers"))
        for room in re.findall("`([a-z_0-9.]+)`", rooms)
    }

    assert told == {room: number for number, room in enumerate(LAYERS, 1)}


def test_the_pictures_are_up_to_date(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "pictures.py"), str(tmp_path)],
        check=True,
        capture_output=True,
    )
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.svg")}

    # `make docs` draws them anew.
    assert drawn == {name: text_of(f"docs/{name}") for name in PICTURES}
