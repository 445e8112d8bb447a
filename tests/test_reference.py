"""The reference and man page match the program, and the wheel contains the man page."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from scripts.reference import FILES, man, reference

from summitcli.cli.grammar.commands import COMMANDS, common
from tests.conftest import ROOT

MAN = ROOT / "docs" / "summit.1"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_is_what_make_docs_writes(path: Path) -> None:
    assert path.read_text("utf-8") == FILES[path]()


def test_the_reference_has_every_command_and_option() -> None:
    text = reference()
    for words, command in COMMANDS.items():
        chapter = text.partition(f"\n## summit {words}\n")[2].partition("\n## ")[0]
        assert f"\nsummit {words} [OPTIONS]" in chapter
        shared = [one for one in command.parameters() if one.bundle in ("filters", "output")]
        own = [one for one in command.parameters() if one not in shared]
        flags = [flag for one in own for flag in one.flags]
        assert [flag for flag in flags if f"`{flag}`" not in chapter] == []
        flags = [flag for one in (*shared, *common()) for flag in one.flags]
        assert [flag for flag in flags if f"`{flag}`" not in text] == []


def test_every_link_of_the_reference_leads_to_a_heading() -> None:
    text = reference()
    headings = {line[3:].lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}
    links = {link.partition(")")[0] for link in text.split("](#")[1:]}
    assert sorted(links - headings) == []


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_man_page_is_drawn_without_a_warning_and_whole() -> None:
    words = ["groff", "-man", "-Tutf8", "-ww", "-rLL=100n", "-P-c", str(MAN)]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    shown = " ".join(plain(done.stdout).split())
    for example in (
        "summit search 数字 福建",
        "summit list --template '{day} {title}'",
        "--exclude-category ID|NAME",
    ):
        assert example in shown


def plain(text: str) -> str:
    """Return text without the overstriking that makes letters bold or underlined."""
    shown: list[str] = []
    for letter in text:
        if letter == "\b":
            shown.pop()
        else:
            shown.append(letter)
    return "".join(shown)


def test_the_man_page_holds_ascii_alone_so_that_every_troff_reads_it() -> None:
    assert man().isascii()
    assert [line for line in man().splitlines() if line.startswith("'")] == []


def test_the_wheel_carries_the_man_page() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert built["wheel"]["shared-data"] == {"docs/summit.1": "share/man/man1/summit.1"}
    assert "/docs" in built["sdist"]["include"]
