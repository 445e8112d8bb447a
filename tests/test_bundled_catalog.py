"""The catalog of the built-in schedule, which is part of the wheel."""

import os
import shutil
import subprocess
import sys
import tomllib
import types
from contextlib import closing
from importlib import util
from pathlib import Path
from typing import Any

import pytest
from scripts import bundled

from summitcli.catalog.conditions import Query
from summitcli.catalog.store import distrust_opened, open_catalog
from summitcli.library.reference import resolve
from summitcli.sources.source import in_zone
from tests.conftest import ROOT

ASKED = """
import sys
from summitcli.cli import main
status = main(["day", "1"])
sys.stdout.flush()
print("pydantic" in sys.modules, "summitcli.catalog.build" in sys.modules, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the catalog as built for the wheel."""
    return Path(bundled.build(str(tmp_path_factory.mktemp("catalog"))))


@pytest.fixture
def installed(tmp_path: Path, built: Path) -> Path:
    """Return the package as installed from the wheel."""
    package = tmp_path / "site" / "summitcli"
    shutil.copytree(ROOT / "src" / "summitcli", package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "data").mkdir()
    shutil.copy(ROOT / "data" / "schedule.json", package / "data" / "schedule.json")
    shutil.copy(built, package / "data" / bundled.NAME)
    return package


def first(installed: Path) -> tuple[list[str], bool]:
    """Return the first output of an installed program, and whether it had to build the catalog."""
    cache = installed.parent / "cache"
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**os.environ, "PYTHONPATH": str(installed.parent), "SUMMIT_CACHE": str(cache)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    was_built = done.stderr.splitlines()[-1] == "True True"
    assert was_built is cache.exists()
    return done.stdout.splitlines(), was_built


def test_the_first_command_of_an_installed_program_finds_it(installed: Path) -> None:
    lines, was_built = first(installed)
    assert (len(lines), was_built) == (23, False)
    (installed / "data" / bundled.NAME).unlink()
    assert first(installed) == (lines, True)


def test_a_group_writable_installed_catalog_is_trusted(installed: Path) -> None:
    os.chmod(installed / "data", 0o775)
    os.chmod(installed / "data" / bundled.NAME, 0o664)
    _lines, was_built = first(installed)
    assert not was_built


def test_a_changed_schedule_is_noticed(installed: Path) -> None:
    schedule = installed / "data" / "schedule.json"
    schedule.write_text(schedule.read_text("utf-8").replace("主论坛", "副论坛"), "utf-8")
    lines, was_built = first(installed)
    assert was_built
    assert [line for line in lines if "副论坛" in line]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("catalog/seal.py", "FORMAT = ", "FORMAT = 1"), ("__init__.py", '__version__ = "', '__version__ = "9')],
    ids=["format", "version"],
)
def test_a_catalog_of_another_format_or_version_is_noticed(
    installed: Path, file: str, before: str, after: str
) -> None:
    source = (installed / file).read_text("utf-8")
    assert before in source
    (installed / file).write_text(source.replace(before, after, 1), "utf-8")
    lines, was_built = first(installed)
    assert (len(lines), was_built) == (23, True)


@pytest.mark.parametrize("place", [0, 5000, -1])
def test_a_damaged_one_is_noticed(installed: Path, place: int) -> None:
    path = installed / "data" / bundled.NAME
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    lines, was_built = first(installed)
    assert (len(lines), was_built) == (23, True)


def test_building_it_again_gives_the_same(built: Path, tmp_path: Path) -> None:
    assert Path(bundled.build(str(tmp_path))).read_bytes() == built.read_bytes()


def test_it_returns_the_same_as_a_catalog_built_on_demand(built: Path) -> None:
    source = resolve("bundled")
    with (
        closing(open_catalog(source._replace(prepared=str(built)))) as found,
        closing(open_catalog(source)) as own,
    ):
        assert found.listings() == own.listings()
        assert found.facts() == own.facts()
        for text in ("数字", "szjj", "maritime", "smrat"):
            assert found.search(text).stage == own.search(text).stage
            assert [hit.session for hit in found.search(text).hits] == [
                hit.session for hit in own.search(text).hits
            ]


def test_a_damaged_installed_catalog_is_kept_and_another_is_built(built: Path) -> None:
    source = resolve("bundled")._replace(prepared=str(built))
    open_catalog(source).close()
    content = built.read_bytes()
    assert distrust_opened()
    with closing(open_catalog(source)) as catalog:
        assert len(catalog.listings(Query(days=("2022-07-23",)))) == 23
    assert built.read_bytes() == content
    assert os.listdir(os.environ["SUMMIT_CACHE"]) != []


def test_it_is_not_looked_for_where_the_schedule_is_read_in_another_zone() -> None:
    assert resolve("bundled").prepared.endswith(bundled.NAME)
    assert in_zone(resolve("bundled"), "Europe/Berlin").prepared == ""


class _Hook:
    """The base class that the build backend gives a hook."""

    def __init__(self, dependencies: list[str]) -> None:
        self.root = str(ROOT)
        self.metadata = types.SimpleNamespace(core=types.SimpleNamespace(dependencies=dependencies))


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the build hook with the project's dependencies."""
    module = types.ModuleType("hatchling.builders.hooks.plugin.interface")
    module.BuildHookInterface = _Hook  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    spec = util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    loaded = util.module_from_spec(spec)
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec.loader.exec_module(loaded)
    yield loaded.CatalogHook(
        tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    )


def test_the_wheel_gets_it_and_an_editable_install_does_not(hook: Any, built: Path) -> None:
    included: dict[str, Any] = {"force_include": {}}
    hook.initialize("editable", included)
    assert included == {"force_include": {}}
    hook.initialize("standard", included)
    ((path, name),) = included["force_include"].items()
    assert name == f"summitcli/data/{bundled.NAME}"
    assert Path(path).read_bytes() == built.read_bytes()
    hook.finalize("standard", included, "")
    assert not os.path.exists(path)
    assert [needed.partition(">")[0] for needed in hook.dependencies()] == [
        "opencc", "pydantic", "pypinyin", "pyyaml", "tzdata",
    ]  # fmt: skip


def test_the_source_distribution_has_what_builds_it() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["hooks"] == {"custom": {}}
    assert {"/hatch_build.py", "/scripts", "/data", "/src"} <= set(targets["sdist"]["include"])
