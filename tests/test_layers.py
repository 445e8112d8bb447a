"""The layers of the house: what each file may import, and who may print, open and look at the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import summitcli

PACKAGE = Path(summitcli.__file__).parent

LAYERS = {
    "": 1,
    "errors": 1,
    "i18n": 1,
    "words": 1,
    "printable": 1,
    "invisible": 1,
    "colors": 1,
    "columns": 1,
    "strict_json": 1,
    "content_lines": 1,
    "uids": 1,
    "folding": 1,
    "suggest": 1,
    "durable": 1,
    "model": 2,
    "folders": 2,
    "sources": 3,
    "formats": 3,
    "catalog": 4,
    "search": 4,
    "when": 5,
    "agenda": 5,
    "planner": 5,
    "takeover": 5,
    "changes": 5,
    "exports": 6,
    "doctor": 6,
    "render": 6,
    "cli": 7,
    "__main__": 7,
}
"""The number of each module or package; a file imports only from its own number and lower ones."""

FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
BELOW_CLI = [path for path in FILES if not path.startswith("cli/") and path != "__main__.py"]

OPENS = (
    "durable.py",
    "doctor.py",
    "sources/",
    "catalog/store.py",
    "catalog/writing.py",
    "agenda/",
    "takeover/",
)
"""Who may open files: where bytes come from, and what is kept."""


def room(module: str) -> str:
    """Of ``summitcli.catalog.store``, ``catalog``; of a module that is no part of the package, an error."""
    return [*module.split("."), ""][1]


def number(module: str) -> int:
    name = room(module)
    assert name in LAYERS, f"{module} has no number: say in LAYERS where it belongs, and in DESIGN.md if new"
    return LAYERS[name]


def module_of(path: str) -> str:
    return "summitcli." + path.removesuffix(".py").replace("/", ".").removesuffix("__init__").rstrip(".")


def imports(path: str) -> Iterator[str]:
    """Every module that a file imports, wherever in it, also for types alone."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""
            if node.module == "summitcli":
                known = (alias.name for alias in node.names if alias.name in LAYERS)
                yield from (f"summitcli.{name}" for name in known)


def calls(path: str) -> Iterator[str]:
    """What a file calls and touches, as written: ``print``, ``sys.stdout``, ``datetime.now``."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


@pytest.mark.parametrize("path", FILES)
def test_a_file_imports_only_from_its_own_layer_and_lower_ones(path: str) -> None:
    own = number(module_of(path))
    ours = [module for module in imports(path) if module.partition(".")[0] == "summitcli"]
    assert [module for module in ours if number(module) > own] == []


@pytest.mark.parametrize("path", FILES)
def test_click_is_never_imported(path: str) -> None:
    assert [module for module in imports(path) if module.partition(".")[0] == "click"] == []


@pytest.mark.parametrize("path", BELOW_CLI)
def test_only_the_command_line_prints_and_looks_at_the_clock(path: str) -> None:
    forbidden = {
        "print", "input", "sys.stdout", "sys.stderr", "sys.argv", "datetime.now", "datetime.utcnow",
        "date.today",
    }  # fmt: skip
    assert sorted(forbidden & set(calls(path))) == []


@pytest.mark.parametrize("path", [path for path in BELOW_CLI if not path.startswith(OPENS)])
def test_only_sources_and_stores_open_files(path: str) -> None:
    forbidden = {"open", "os.open", "io.open", "os.replace", "os.unlink", "os.rename", "os.makedirs"}
    assert sorted(forbidden & set(calls(path))) == []


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith(("exports/", "render/"))])
def test_what_writes_and_draws_knows_no_files(path: str) -> None:
    assert sorted({"pathlib", "os", "shutil", "tempfile", "socket"} & set(imports(path))) == []


READERS = ("frab", "calendars", "strict")


@pytest.mark.parametrize("package", [*READERS, "assembly"])
def test_formats_know_nothing_of_each_other_nor_what_they_share_of_them(package: str) -> None:
    others = tuple(f"summitcli.formats.{other}" for other in READERS if other != package)
    files = [path for path in FILES if path.startswith(f"formats/{package}/")]
    assert files
    assert [module for path in files for module in imports(path) if module.startswith(others)] == []


def test_the_model_knows_no_files_no_clock_and_no_colour() -> None:
    assert {"os", "sys", "io", "pathlib", "time", "socket", "rich", "typer"} & set(
        imports("model.py")
    ) == set()


def test_the_root_of_the_command_line_only_assembles() -> None:
    body = ast.parse((PACKAGE / "cli" / "__init__.py").read_bytes()).body
    assert {type(node) for node in body} <= {ast.Expr, ast.ImportFrom, ast.Assign}


def test_every_layer_that_is_numbered_exists_or_is_announced() -> None:
    there = {path.split("/")[0].removesuffix(".py").replace("__init__", "") for path in FILES}
    announced = {"search", "takeover", "changes", "agenda", "planner", "uids"}
    assert set(LAYERS) - announced <= there
