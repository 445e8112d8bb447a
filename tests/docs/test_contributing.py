"""The worked example of CONTRIBUTING, step by step, in a copy of the source tree."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

COPIED = ("src", "scripts", "tests", "data", "docs", "pyproject.toml", "Makefile")
BLOCK = re.compile(r"(?ms)^   ```(python|diff)\n   # (\S+)\n(.*?)^   ```$")
"""A step of the example: the kind of the block, the path of the file, its text or diff."""

UNIT = '''
class Unit(Enum):
    """What is counted."""

    SESSION = "session"
    LISTING = "listing"


@examples'''
CHANGES_TO_AN_ENUM = (
    ("import annotations\n", "import annotations\n\nfrom enum import Enum\n"),
    ("\n@examples", UNIT),
    ("daily: Annotated[bool,", "unit: Annotated[Unit,"),
    ('"--daily", help="Count a session on each of its days."', '"-u", "--unit", help="What to count."'),
    ("] = False,", "] = Unit.SESSION,"),
    ("if daily else", "if unit is Unit.LISTING else"),
)
"""The changes that give the example's command an option of a type that the scanner can't read."""


class Edit(NamedTuple):
    """A block of the example."""

    kind: str
    path: str
    text: str

    def apply(self, tree: Path) -> None:
        """Make the edit in a copy of the source tree; the text that it refers to must be there once."""
        file = tree / self.path
        if self.kind == "python":
            assert not file.exists()
            file.write_text(self.text.lstrip("\n"), "utf-8")
            return
        lines = self.text.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines)
        text = file.read_text("utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), "utf-8")


def edits() -> Iterator[Edit]:
    """Return the blocks of the example, in order."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    chapter = page.partition("### A command, step by step\n")[2].partition("\n## ")[0]
    for kind, path, text in BLOCK.findall(chapter):
        yield Edit(kind, path, dedent(text) if kind == "python" else re.sub(r"(?m)^   ", "", text))


class Copy:
    """A copy of the source tree.

    Args:
        tree: its directory.
    """

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.environment = {**os.environ, "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}", "COLUMNS": "80"}

    def python(self, *words: str, status: int = 0, **environment: str) -> str:
        """Run Python in the copy, and return its output."""
        done = subprocess.run(
            [sys.executable, *words],
            env={**self.environment, **environment},
            cwd=self.tree, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def summit(self, *words: str, status: int = 0, **environment: str) -> str:
        """Run the program of the copy."""
        return self.python("-m", "summitcli", *words, status=status, **environment)

    def make_docs(self) -> None:
        """Do what `make docs` does for a command."""
        self.python("scripts/commands.py")
        self.python("scripts/reference.py")


@pytest.fixture
def copied(warm: None, tmp_path: Path) -> Copy:
    """Return a copy in which all steps have been followed."""
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    made = Copy(tree)
    for edit in edits():
        edit.apply(tree)
    made.make_docs()
    return made


def test_the_example_has_a_function_a_line_words_and_a_test() -> None:
    assert [edit.path for edit in edits()] == [
        "src/summitcli/cli/commands/counting.py",
        "src/summitcli/cli/app.py",
        "src/summitcli/cli/app.py",
        "src/summitcli/words/zh.py",
        "tests/cli/commands/test_counting.py",
        "tests/cli/walk.py",
    ]


def test_the_command_of_the_example_works(copied: Copy) -> None:
    assert copied.summit("count", "-cforum") == "21\n"
    assert "\n  count                 Count sessions, optionally filtered.\n" in copied.summit("help")
    page = copied.summit("count", "--help")
    assert page.startswith("Count sessions, optionally filtered.\n\nUsage: summit count [OPTIONS]\n")
    assert "      --daily " in page
    assert "  summit count --daily   Count a session on two days twice.\n" in page
    chinese = copied.summit("count", "--help", "--lang", "zh")
    assert chinese.startswith("统计场次，可按条件筛选。\n")
    assert (
        copied.summit("summit", "cou", _SUMMIT_COMPLETE="zsh")
        == "count\tCount sessions, optionally filtered.\n"
    )
    offered = copied.summit("summit", "count", "--dai", _SUMMIT_COMPLETE="zsh")
    assert offered == "--daily\tCount a session on each of its days.\n"
    assert (
        copied.summit("cuont", status=2) == 'summit: no command "cuont". Did you mean "count" or "convert"?\n'
    )
    assert "\n## summit count\n" in (copied.tree / "docs" / "reference.md").read_text("utf-8")
    tests = [
        "tests/cli/commands/test_counting.py", "tests/cli/grammar/test_table.py",
        "tests/cli/grammar/test_manual.py::test_everything_that_the_help_says_has_its_chinese",
        "tests/cli/grammar/test_examples.py::test_every_example_ends_with_its_exit_code[count]",
        "tests/test_layers.py::test_no_command_module_imports_another[cli/commands/counting.py]",
    ]  # fmt: skip
    assert " passed" in copied.python("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *tests)


def test_a_command_with_a_type_only_typer_reads_is_run_by_typer(copied: Copy) -> None:
    module = copied.tree / "src" / "summitcli" / "cli" / "commands" / "counting.py"
    text = module.read_text("utf-8")
    for before, after in CHANGES_TO_AN_ENUM:
        assert text.count(before) == 1
        text = text.replace(before, after)
    module.write_text(text, "utf-8")
    copied.make_docs()
    assert copied.summit("count", "-c", "forum") == "21\n"
    assert copied.summit("count", "-ulisting", "-cforum") == "21\n"
    assert copied.summit("--at", "1", "count", "--unit=session", "-cforum") == "21\n"
    said = copied.summit("count", "-u", "talk", status=2)
    assert (said.startswith("summit: invalid value for "), said.count("\n")) == (True, 1)
    assert said.endswith("; see `summit count --help`\n")
    assert copied.summit("count", "-u", status=2).startswith("summit: -u needs a value")
    assert copied.summit("count", "x", status=2).startswith('summit: unexpected argument: "x"')
    assert copied.summit("count", "-hu", "talk").startswith("Count sessions, optionally filtered.\n")
