"""Run mutation tests: make small changes to the source and check whether the tests notice them.

``python -m scripts.mutants`` draws a sample of the possible mutants of each module in :data:`MODULES`, runs
the module's tests on a copy of the package with each of them, and prints the share that the tests notice and
a list of the survivors. The same seed draws the same sample. Mutants that make no difference are listed with
the reason in ``scripts/equivalent_mutants.txt``, and are not counted.
"""

import argparse
import ast
import compileall
import contextlib
import copy
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE, TESTS = ROOT / "src" / "summitcli", ROOT / "tests"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")

MODULES = (
    "agenda/busy.py", "agenda/own_entries.py", "agenda/picks.py", "agenda/plan.py",
    "agenda/plan_changes.py", "agenda/plan_search.py", "agenda/planner.py", "agenda/reconcile.py",
    "agenda/repeats.py", "agenda/store.py", "agenda/wishes.py", "catalog/store.py", "changes.py",
    "cli/grammar/scanner.py", "cli/picks.py", "cli/process.py", "directory/document.py",
    "directory/finding.py", "directory/reading.py", "exports/calendar/ics.py",
    "exports/calendar/vtimezone.py", "formats/assembly/days.py", "formats/assembly/offsets.py",
    "formats/assembly/zones.py", "formats/calendars/recurrence.py", "formats/calendars/rules.py",
    "formats/platforms/indico.py", "formats/platforms/json_api.py", "formats/platforms/opass.py",
    "formats/platforms/open_event.py", "formats/platforms/sessionize.py", "formats/schema_org/drafting.py",
    "formats/schema_org/graph.py", "formats/tables/clocks.py", "formats/tables/columns.py",
    "formats/tables/dates.py", "formats/tables/delimited.py", "formats/tables/drafting.py", "identity.py",
    "library/conferences.py", "library/identity.py", "library/kept.py", "library/naming.py",
    "reminders/command.py", "reminders/due.py", "reminders/osc.py", "reminders/unit.py",
    "search/finding.py", "search/pieces.py", "search/ranking.py", "sources/web.py", "storage/atomic.py",
    "storage/locks.py", "storage/paths.py", "storage/temporary.py", "text/printable.py",
    "validation/programme/conflicts.py", "vdir/folder.py", "vdir/kept.py", "vdir/listed.py", "vdir/plan.py",
    "vdir/record.py", "vdir/syncing.py", "when.py",
)  # fmt: skip
"""The modules that are tested by default."""
FURTHER_TESTS: Mapping[str, tuple[str, ...]] = {
    "catalog/store.py": ("catalog/test_renaming.py", "test_bundled_catalog.py", "catalog/test_seal.py"),
    "formats/assembly/offsets.py": ("formats/assembly/test_zones.py",),
    "formats/calendars/rules.py": ("formats/calendars/test_recurrence.py",),
    "formats/tables/drafting.py": ("formats/tables/test_spreadsheets.py",),
    "search/ranking.py": (
        "search/test_abbreviations.py",
        "search/test_homophones.py",
        "search/test_finding.py",
    ),
    "storage/temporary.py": ("storage/test_atomic.py",),
    "text/printable.py": ("text/test_invisible.py",),
    "vdir/folder.py": ("vdir/test_syncing.py",),
    "vdir/plan.py": ("vdir/test_syncing.py",),
    "vdir/record.py": ("vdir/test_syncing.py",),
}
"""Tests of modules in files with other names."""
SLOW_TESTS = ("exports/calendar/test_ics_clients.py", "storage/test_atomic.py")
"""Test files that are run last, since the others notice most mutants faster."""

SAMPLE, SEED = 25, 1
MIN_SECONDS, SLOWDOWN, MEMORY = 10, 5, 4 * 2**30
"""Limits for the tests of a mutant: seconds, plus a multiple of the time without a change, and memory in
bytes, which an endless loop may use up."""

COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}

Key = tuple[str, str, str]
"""The identity of a mutant without its line number: module, text of the line, change."""


class Mutant(NamedTuple):
    """A small change of a module."""

    number: int
    line: int
    source: str
    """The text of the changed line."""
    change: str


class Result(NamedTuple):
    """The result of a module's sample."""

    module: str
    noticed: int
    survivors: tuple[Mutant, ...]
    equivalent: int


def find_mutants(source: str) -> list[Mutant]:
    """Return all mutants of a module."""
    lines, found = source.splitlines(), []
    for number, (node, other) in enumerate(_changes(ast.parse(source))):
        after = "".join(map(_short, other)) if isinstance(other, list) else _short(other)
        change = f"{_short(node)} → {after or 'nothing'}"
        found.append(Mutant(number, node.lineno, lines[node.lineno - 1].strip(), change))
    return found


def mutate(source: str, mutant: Mutant) -> str:
    """Return the source of a mutant."""
    tree = ast.parse(source)
    next(itertools.islice(_changes(tree), mutant.number, None))
    return ast.unparse(ast.fix_missing_locations(tree))


def draw(found: Sequence[Mutant], module: str, number: int, seed: int) -> list[Mutant]:
    """Return a sample, determined by the seed, in the order of the source."""
    return sorted(random.Random(f"{seed} {module}").sample(found, min(number, len(found))))


def find_tests(module: str) -> list[Path]:
    """Return the test files of a module: those named after it, then its further ones, slow ones last."""
    folder, name = (TESTS / module).parent, Path(module).stem
    beside = [*folder.glob(f"test_{name}.py"), *sorted(folder.glob(f"test_{name}_*.py"))]
    tests = [*beside, *(TESTS / other for other in FURTHER_TESTS.get(module, ()))]
    return sorted(tests, key=lambda path: path.relative_to(TESTS).as_posix() in SLOW_TESTS)


def read_equivalent(text: str) -> set[Key]:
    """Return the keys of the mutants that make no difference."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {(module, line, change) for module, line, change in (line.split(" :: ") for line in lines)}


HEADINGS = "share  noticed  of  no difference  module"
NOT_TRIED = "no tests, or they fail without a change"


def row(name: str, results: Sequence[Result]) -> str:
    """Return a row of the table with the totals of one or several modules."""
    noticed = sum(one.noticed for one in results)
    tried = noticed + sum(len(one.survivors) for one in results)
    share = noticed / tried if tried else 1.0
    return f"{share:5.0%}  {noticed:7}  {tried:2}  {sum(one.equivalent for one in results):13}  {name}"


def survivors(results: Sequence[Result]) -> list[str]:
    """Return a line for each mutant that no test noticed."""
    return [f"{one.module}:{left.line}  {left.change}" for one in results for left in one.survivors]


class Copy:
    """A copy of the package, in which one module at a time is changed and tested."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._package = folder / "src" / PACKAGE.name
        shutil.copytree(PACKAGE, self._package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", folder / "data")
        folder.chmod(0o755)  # For tests that run the program as another user.
        compileall.compile_dir(self._package, quiet=1)

    def passes(self, tests: Sequence[Path], limit: float | None = None) -> bool:
        """Return whether all ``tests`` pass, and do so in ``limit`` seconds."""
        import resource  # Not available on Windows, where the rest of this module works.

        words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-m",
                 "not soak", f"--basetemp={self._folder / 'tmp'}", *map(str, tests)]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": str(self._package.parent), "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        )  # fmt: skip
        try:
            return process.wait(limit) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def try_all(self, module: str, sample: Sequence[Mutant], equivalent: set[Key]) -> Result | None:
        """Return the result of a sample; None if there are no tests, or they fail without a change."""
        tests, began = find_tests(module), time.monotonic()
        if not tests or not self.passes(tests):
            return None
        limit = MIN_SECONDS + SLOWDOWN * (time.monotonic() - began)
        counted = [one for one in sample if (module, one.source, one.change) not in equivalent]
        survivors = []
        for one in counted:
            with self.changed(module, one):
                if self.passes(tests, limit):
                    survivors.append(one)
        return Result(module, len(counted) - len(survivors), tuple(survivors), len(sample) - len(counted))

    @contextlib.contextmanager
    def changed(self, module: str, mutant: Mutant) -> Iterator[None]:
        """Change the module while the block runs."""
        path = self._package / module
        before = path.read_text("utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()
        path.write_text(mutate(before, mutant), "utf-8")
        try:
            yield
        finally:
            path.write_text(before, "utf-8")


def main(words: Sequence[str] | None = None) -> int:
    """Test the modules, and return 1 if one could not be tested."""
    parser = argparse.ArgumentParser(prog="scripts.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", metavar="MODULE", action="append", help="only this module, such as when.py; may be repeated"
    )
    parser.add_argument(
        "--sample", metavar="N", type=int, default=SAMPLE, help=f"mutants of each module (default: {SAMPLE})"
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=SEED, help=f"seed of the samples (default: {SEED})"
    )
    options = parser.parse_args(words)
    equivalent = read_equivalent(EQUIVALENT.read_text("utf-8"))
    modules, results = options.only or MODULES, list[Result]()
    print(f"{options.sample} mutants of each module, seed {options.seed}\n\n{HEADINGS}")
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        package = Copy(Path(folder))
        for module in modules:
            found = find_mutants((PACKAGE / module).read_text("utf-8"))
            sample = draw(found, module, options.sample, options.seed)
            if result := package.try_all(module, sample, equivalent):
                results.append(result)
            print(row(module, [result]) if result else f"{'':35}{module}: {NOT_TRIED}", flush=True)
    print(row("all", results))
    if left := survivors(results):
        print("\nsurvivors:", *left, sep="\n")
    return len(results) < len(modules)


def _changes(tree: ast.AST) -> Iterator[tuple[Any, Any]]:
    """Yield pairs of a node and its replacement, while the tree has the replacement."""
    for parent, field, place, node in _places(tree):
        for other in _replacements(node, parent, field):
            before = getattr(parent, field)
            after = other if place is None else [*before[:place], *other, *before[place + 1 :]]
            setattr(parent, field, after)
            yield node, other
            setattr(parent, field, before)


def _places(tree: ast.AST) -> Iterator[tuple[Any, str, int | None, Any]]:
    """Yield parent, field, index and node of every node that may be changed."""
    for field, value in ast.iter_fields(tree):
        # Annotations are not run.
        if field in ("annotation", "returns", "type_params") or getattr(value, "id", "") == "TYPE_CHECKING":
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _has_no_effect(node):
                if hasattr(node, "lineno"):
                    yield tree, field, place, node
                yield from _places(node)


def _replacements(node: Any, parent: Any, field: str) -> Iterator[Any]:
    """Yield the replacements of a node, as lists if its field is a list."""
    several = isinstance(getattr(parent, field), list)
    for other in _other_statements(node) if isinstance(node, ast.stmt) else _other_expressions(node):
        yield [other] if several else other
    if field in ("values", "ifs", "keywords") and isinstance(
        parent, ast.BoolOp | ast.comprehension | ast.Call
    ):
        yield []
    if field == "elts" and len(parent.elts) > 1 and not isinstance(getattr(parent, "ctx", None), ast.Store):
        yield []


def _other_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case (
            ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete()
            | ast.Assign(targets=[ast.Attribute() | ast.Subscript()])
        ):  # fmt: skip
            yield ast.Pass()


def _other_expressions(node: Any) -> Iterator[Any]:
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                yield _with(node, "ops", [*ops[:place], COMPARISONS[type(op)](), *ops[place + 1 :]])
        case ast.BoolOp(op=op):
            yield _with(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(op=op) if type(op) in ARITHMETIC:
            yield _with(node, "op", ARITHMETIC[type(op)]())
        case ast.IfExp(test=test):
            yield _with(node, "test", ast.UnaryOp(ast.Not(), test))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name])
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str() as value) if value and " " not in value:
            yield ast.Constant("")
        case ast.ExceptHandler(type=kind) if kind is not None:
            yield _with(node, "type", ast.Tuple([], ast.Load()))


def _with(node: Any, field: str, value: Any) -> Any:
    setattr(other := copy.copy(node), field, value)
    return other


def _has_no_effect(node: ast.AST) -> bool:
    """Return whether a node has no effect at run time, such as a docstring, or is zip's ``strict``."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg == "strict"
    return ast.unparse(node).startswith(("Literal[", "TypeVar("))


def _short(node: ast.AST) -> str:
    """Return the first line of a node's source, truncated if it is long."""
    line, _, _ = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).partition("\n")
    return line if len(line) <= 90 else f"{line[:89]}…"


if __name__ == "__main__":
    sys.exit(main())
