"""The layers of the source: what each file may import, and who may print, open files and read the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import summitcli

PACKAGE = Path(summitcli.__file__).parent

LAYERS = (
    "lazy_typing",
    "words",
    "i18n",
    "progress",
    "errors",
    "budgets",
    "text",
    "storage",
    "details",
    "rows",
    "identity",
    "states",
    "changes",
    "model",
    "sources",
    "formats",
    "validation",
    "search",
    "catalog",
    "when",
    "directory",
    "library",
    "agenda",
    "reminders",
    "vdir",
    "doctor",
    "exports",
    "render",
    "site",
    "cli.terminal",
    "cli.declare",
    "cli.options",
    "cli.downloads",
    "cli.call",
    "cli.filters",
    "cli.grammar",
    "cli.running",
    "cli.output",
    "cli.days",
    "cli.naming",
    "cli.own_time",
    "cli.picks",
    "cli.marks",
    "cli.syncing",
    "cli.reminding",
    "cli.free_time",
    "cli.planning",
    "cli.replanning",
    "cli.changes",
    "tui",
    "cli.commands",
    "cli.binding",
    "cli.app",
    "cli.process",
    "cli",
    "__main__",
)
"""Modules and packages from the lowest to the highest; a file imports only from its own and lower layers."""

FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
MODULES = {
    f"summitcli.{path.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}" for path in FILES
}
BELOW_CLI = [path for path in FILES if not path.startswith("cli/") and path != "__main__.py"]

OPENS = (
    "storage/",
    "sources/",
    "library/",
    "catalog/files.py",
    "catalog/store.py",
    "catalog/writing.py",
    "agenda/",
    "doctor/",
    "vdir/",
    "site/history.py",
    "site/publishing.py",
    "site/writing.py",
)
"""The modules that may open files: sources and stores, and what writes a site."""


SECOND_PROCESS = "storage/second_process.py"
"""The module whose standard output is not the user's: it is a pipe to the process that has started it."""


def number(module: str) -> int:
    """Return the position of a module's layer in LAYERS; -1 for the package itself, which has the version."""
    parts = module.split(".")[1:]
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in LAYERS:
            return LAYERS.index(name)
    assert not parts, f"{module} has no layer: say in LAYERS where it belongs, and in docs/design.md"
    return -1


def module_of(path: str) -> str:
    return f"summitcli.{path.removesuffix('.py').replace('/', '.').removesuffix('__init__')}".rstrip(".")


def imports(path: str) -> Iterator[str]:
    """Return all modules that a file imports, anywhere in it, including those for types alone."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else node.module or ""


def calls(path: str) -> Iterator[str]:
    """Return the names that a file uses, as written: ``print``, ``sys.stdout``, ``datetime.now``."""
    for node in ast.walk(ast.parse((PACKAGE / path).read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def test_a_file_imports_only_from_its_own_layer_and_lower_ones() -> None:
    imported = ((path, module) for path in FILES for module in imports(path))
    ours = [(path, module) for path, module in imported if module.partition(".")[0] == "summitcli"]
    assert [(path, module) for path, module in ours if number(module) > number(module_of(path))] == []


COMMANDS = [path for path in FILES if path.startswith("cli/commands/")]


@pytest.mark.parametrize("path", COMMANDS)
def test_no_command_module_imports_another(path: str) -> None:
    own = module_of(path)
    others = [module for module in imports(path) if module.startswith("summitcli.cli.commands.")]
    assert [module for module in others if not module.startswith(own)] == []


def test_click_is_never_imported() -> None:
    imported = [(path, module) for path in FILES for module in imports(path)]
    assert [(path, module) for path, module in imported if module.partition(".")[0] == "click"] == []


def test_only_the_command_line_prints_and_looks_at_the_clock() -> None:
    forbidden = {
        "print", "input", "sys.stdout", "sys.stderr", "sys.argv", "datetime.now", "datetime.utcnow",
        "date.today",
    }  # fmt: skip
    files = [path for path in BELOW_CLI if path != SECOND_PROCESS]
    assert [(path, sorted(found)) for path in files if (found := forbidden & set(calls(path)))] == []


def test_only_sources_and_stores_open_files() -> None:
    forbidden = {"open", "os.open", "io.open", "os.replace", "os.unlink", "os.rename", "os.makedirs"}
    files = [path for path in BELOW_CLI if not path.startswith(OPENS)]
    assert [(path, sorted(found)) for path in files if (found := forbidden & set(calls(path)))] == []


def test_what_writes_and_draws_knows_no_files() -> None:
    forbidden = {"pathlib", "os", "shutil", "tempfile", "socket"}
    files = [path for path in FILES if path.startswith(("exports/", "render/"))]
    assert [(path, sorted(found)) for path in files if (found := forbidden & set(imports(path)))] == []


READERS = ("frab", "calendars", "platforms", "schema_org")


@pytest.mark.parametrize("package", [*READERS, "assembly"])
def test_formats_know_nothing_of_each_other_nor_what_they_share_of_them(package: str) -> None:
    others = tuple(f"summitcli.formats.{other}" for other in READERS if other != package)
    files = [path for path in FILES if path.startswith(f"formats/{package}/")]
    assert files
    assert [module for path in files for module in imports(path) if module.startswith(others)] == []


def test_the_model_knows_no_files_no_clock_and_no_colour() -> None:
    files = [path for path in FILES if path.startswith("model/")]
    imported = {module for path in files for module in imports(path)}
    assert files and imported & {"os", "sys", "io", "pathlib", "time", "socket", "rich", "typer"} == set()


def test_the_root_of_the_command_line_only_assembles() -> None:
    body = ast.parse((PACKAGE / "cli" / "__init__.py").read_bytes()).body
    assert {type(node) for node in body} <= {ast.Expr, ast.ImportFrom, ast.Assign}


def test_every_layer_exists() -> None:
    assert [name for name in LAYERS if f"summitcli.{name}" not in MODULES] == []
