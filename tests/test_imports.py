"""The imports of commands: with a built catalog, none of the slow libraries is needed."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import summitcli
from summitcli.cli.terminal.environment import COMPLETION
from summitcli.library.kept import KeptSchedule, Origin
from summitcli.library.store import keep, set_current
from tests.conftest import Terminal
from tests.schedules import document, session, write

SLOW = {
    "pydantic", "pydantic_core", "rich", "ics", "icalendar", "typer", "click", "pypinyin", "filelock",
    "platformdirs",
    "difflib", "inspect", "dataclasses", "pathlib", "importlib.metadata", "urllib.request", "http", "ssl",
    "socket", "typing",
    "asyncio", "logging", "tempfile", "shutil", "subprocess", "unittest", "string", "summitcli.model",
    "summitcli.formats", "summitcli.catalog.build", "summitcli.render",
}  # fmt: skip

UNASKED = SLOW | {
    "datetime", "zoneinfo", "re", "enum", "json", "sqlite3", "contextlib", "importlib", "warnings", "csv",
    "summitcli.text.invisible",
}  # fmt: skip
"""Modules that the shortest commands need not load."""

LOADED = """
import sys
before = set(sys.modules)
from summitcli.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
print(" ".join(sorted(set(sys.modules) - before)), file=sys.stderr)
sys.exit(status)
"""


def loaded(*words: str) -> set[str]:
    """Return the modules that a piped command loads beyond those of the bare interpreter."""
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{LOADED}", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words",
    [["day", "1"], ["list", "--json"], ["show", "main-forum"], ["next", "--at", "2022-07-22"], ["categories"],
    ["today"],
     ["now", "--at", "1"], ["days"], ["list", "-c", "forum", "-f", "csv"], ["about", "--json"], ["list", "-f",
     "ids"],
     ["day", "1", "--lang", "en"], [], ["grid"], ["find"], ["find", "fosdm"], ["find", "xyzzy", "--json"]],
    ids=" ".join,
)  # fmt: skip
def test_a_piped_answer_on_a_built_catalog_loads_nothing_slow(words: list[str]) -> None:
    assert sorted(loaded(*words) & SLOW) == []


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "typed",
    ["show big", "list -c fo", "agenda add --day 2", "agenda export --name w", "list --ca", "", "use b",
     "use fosdem", "find fos",
     "list --fields da", "show main-forum szjj"],
)  # fmt: skip
def test_the_tab_key_loads_nothing_slow(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(COMPLETION, "zsh")
    assert sorted(loaded("summit", *typed.split(" ")) & SLOW) == []


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words",
    [["day", "1"], ["list"], ["list", "--json"], ["list", "-f", "ids"],
     ["show", "main-forum"], ["show", "main-forum", "--json"], ["categories"], ["days"], ["rooms"]],
    ids=" ".join,
)  # fmt: skip
def test_the_shortest_answers_load_no_dates_expressions_or_json(words: list[str]) -> None:
    assert sorted(loaded(*words) & UNASKED) == []


@pytest.mark.usefixtures("warm")
def test_a_search_loads_no_dates_expressions_or_json() -> None:
    assert sorted(loaded("search", "数字") & UNASKED) == []


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("typed", ["", "show big", "list --ca", "agenda add main"])
def test_the_tab_key_loads_no_dates_expressions_or_json(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv(COMPLETION, "zsh")
    assert sorted(loaded("summit", *typed.split(" ")) & UNASKED) == []


def test_next_loads_no_time_zone(tmp_path: Path, warm: None) -> None:
    day = "2999-05-01"
    made = document(session("a", {"day": day}), start=day, end=day)
    path = str(write(tmp_path / "plan.json", made))
    assert "zoneinfo" in loaded("next", "--schedule", path)  # The catalog is built.
    assert "zoneinfo" not in loaded("next", "--schedule", path)


def test_the_first_answer_builds_the_catalog_with_one_reader_and_the_second_does_not(warm: None) -> None:
    shutil.rmtree(os.environ["SUMMIT_CACHE"])
    modules = loaded("day", "1")
    assert {"pydantic", "summitcli.catalog.build", "summitcli.formats.native"} <= modules
    others = ("calendars", "frab", "platforms", "schema_org", "tables")
    assert sorted({f"summitcli.formats.{name}" for name in others} & modules) == []
    assert not {"pydantic", "summitcli.catalog.build"} & loaded("day", "1")


@pytest.mark.parametrize(
    "words",
    [["day", "1"], ["list", "--schedule", "conf"], ["list", "--schedule", "http://h/s.json"], ["schedules"]],
    ids=" ".join,
)
def test_a_schedule_that_is_kept_answers_as_fast_as_the_bundled_one(warm: None, words: list[str]) -> None:
    kept = KeptSchedule("", Origin("http://h/s.json"), "2024-05-01T10:00:00+00:00", id="conf", title="Conf")
    content = json.dumps(document(session("a"))).encode()
    set_current(keep(kept, content).name)
    assert "pydantic" in loaded("list")
    modules = loaded(*words)
    assert sorted(modules & SLOW) == []
    assert sorted({"summitcli.sources.web", "summitcli.sources.packed", "threading", "httpx"} & modules) == []


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("title", "read"),
    [("Grüne Häfen", False), ("ロボットの カンファ", False), ("数字经济 Forum", True)],
)
def test_chinese_libraries_are_loaded_only_for_chinese_characters(
    tmp_path: Path, title: str, read: bool
) -> None:
    made = {**document(session("a", title=title)), "categories": []}
    modules = loaded("use", str(write(tmp_path / "plan.json", made)), "--name", "plan")
    assert "summitcli.catalog.build" in modules
    assert sorted({"pypinyin", "opencc"} & modules) == (["opencc", "pypinyin"] if read else [])


@pytest.mark.usefixtures("warm")
def test_a_picture_loads_rich_and_neither_pydantic_nor_typer() -> None:
    modules = loaded("day", "1", "-f", "table")
    assert "rich" in modules
    assert sorted({"pydantic", "typer", "click", "ics", "icalendar", "pypinyin"} & modules) == []


def test_a_picture_on_a_terminal_is_drawn_where_nothing_else_can_be_imported(terminal: Terminal) -> None:
    assert "主论坛" in terminal("day", "1", env={"PYTHONDONTWRITEBYTECODE": "1"})


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words", [["find"], ["find", "fosdem"], ["find", "fosdm", "-f", "table"]], ids=" ".join
)
def test_finding_a_conference_loads_no_network_and_no_models(words: list[str]) -> None:
    unneeded = {
        "pydantic",
        "httpx",
        "ssl",
        "summitcli.sources.web",
        "summitcli.formats",
        "pypinyin",
        "opencc",
    }
    assert sorted(loaded(*words) & unneeded) == []


def test_only_the_browser_imports_textual() -> None:
    package = Path(summitcli.__file__).parent
    importing = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
        if name.partition(".")[0] == "textual"
    }
    assert importing == {"tui"}
