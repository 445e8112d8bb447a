"""Change the source a little, many times over, and see whether the tests of the module notice.

``python -m scripts.mutants`` takes a sample of the small changes that can be made to each module of
:data:`MODULES`, runs the module's tests against a copy of the package with that one change, and prints the
share that they notice and the changes that they don't. The same seed draws the same sample. A change that
makes no difference is written into ``scripts/equivalent_mutants.txt`` with the reason, and is not counted.
"""

import argparse
import ast
import compileall
import contextlib
import copy
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "summitcli"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")

MODULES: Mapping[str, tuple[str, ...]] = {
    "agenda/picks.py": (),
    "agenda/planner.py": (),
    "agenda/reconcile.py": (),
    "agenda/store.py": (),
    "catalog/store.py": (),
    "changes.py": (),
    "cli/grammar/scanner.py": (),
    "cli/process.py": ("cli/test_streams.py",),
    "exports/calendar/ics.py": (),
    "exports/calendar/vtimezone.py": (),
    "formats/assembly/days.py": (),
    "formats/assembly/zones.py": (),
    "formats/calendars/recurrence.py": (),
    "library/kept.py": (),
    "search/finding.py": (),
    "search/ranking.py": ("search/test_finding.py",),
    "sources/web.py": (),
    "storage/atomic.py": (),
    "text/printable.py": ("text/test_invisible.py",),
    "when.py": (),
}
"""What is tried unless told otherwise, each with the tests that are run besides those of its own name."""

SAMPLE = 25
SEED = 1
MEMORY = 4 * 2**30
"""How much a run of tests may use, in bytes, as a changed loop may gather things for ever."""
PATIENCE = 5
"""How many times as long as without a change the tests may take."""

COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


class Mutant(NamedTuple):
    """A small change of a module."""

    line: int
    change: str
    source: str
    """The whole module, changed."""


class Result(NamedTuple):
    """What became of the sample of a module."""

    module: str
    noticed: int
    survivors: tuple[Mutant, ...]
    equivalent: int

    @property
    def share(self) -> float:
        """Return the share of the changes that were noticed, of those that make a difference."""
        tried = self.noticed + len(self.survivors)
        return self.noticed / tried if tried else 1.0


def mutants(source: str) -> list[Mutant]:
    """Return every small change that can be made to a module."""
    tree = ast.parse(source)
    found = []
    for parent, field, place, node in _places(tree):
        for other in _instead(node, parent, field):
            held = getattr(parent, field)
            changed = other if place is None else [*held[:place], *other, *held[place + 1 :]]
            setattr(parent, field, changed)
            with contextlib.suppress(SyntaxError, ValueError):
                text = ast.unparse(ast.fix_missing_locations(tree))
                ast.parse(text)
                after = "; ".join(map(_short, other)) if isinstance(other, list) else _short(other)
                found.append(Mutant(node.lineno, f"{_short(node)} → {after or 'nothing'}", text))
            setattr(parent, field, held)
    return found


def drawn(found: Sequence[Mutant], module: str, number: int, seed: int) -> list[Mutant]:
    """Return a sample in order of the lines, the same for the same seed."""
    chosen = random.Random(f"{seed} {module}").sample(range(len(found)), min(number, len(found)))
    return [
        found[position] for position in sorted(chosen, key=lambda position: (found[position].line, position))
    ]


def tests_of(module: str) -> list[Path]:
    """Return the test files of a module: those of its name, in its place, and those of :data:`MODULES`."""
    place = ROOT / "tests" / module
    name = place.stem
    beside = [place.with_name(f"test_{name}.py"), *sorted(place.parent.glob(f"test_{name}_*.py"))]
    found = [*beside, *(ROOT / "tests" / other for other in MODULES.get(module, ()))]
    return [path for path in found if path.exists()]


def read_equivalent(text: str) -> set[tuple[str, str, str]]:
    """Return the changes that make no difference: module, line of the source, change."""
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    entries = (line.split(" :: ") for line in lines)
    return {(module.strip(), line.strip(), change.strip()) for module, line, change in entries}


def try_all(
    module: str, sample: Sequence[Mutant], lines: Sequence[str], equivalent: set[tuple[str, str, str]],
    is_noticed: Callable[[Mutant], bool],
) -> Result:  # fmt: skip
    """Return what becomes of each change of a sample."""
    counted = [one for one in sample if (module, lines[one.line - 1].strip(), one.change) not in equivalent]
    survivors = tuple(one for one in counted if not is_noticed(one))
    return Result(module, len(counted) - len(survivors), survivors, len(sample) - len(counted))


def report(result: Result) -> str:
    """Return the share and the survivors of a module as lines of text."""
    tried = result.noticed + len(result.survivors)
    left_out = f", {result.equivalent} make no difference" if result.equivalent else ""
    head = f"{result.share:4.0%}  {result.module}  {result.noticed} of {tried}{left_out}\n"
    return head + "".join(f"      {result.module}:{one.line}  {one.change}\n" for one in result.survivors)


class Copy:
    """A copy of the package, in which one module at a time is changed, and runs of tests against it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._package = folder / "src" / PACKAGE.name
        shutil.copytree(PACKAGE, self._package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", folder / "data")
        compileall.compile_dir(self._package, quiet=1)

    def passes(self, tests: Sequence[Path], limit: float | None = None) -> bool:
        """Return whether all ``tests`` pass, and do so in ``limit`` seconds."""
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

    @contextlib.contextmanager
    def changed(self, module: str, source: str) -> Iterator[None]:
        """Have the module hold ``source`` for as long as this lasts."""
        path = self._package / module
        before = path.read_bytes()
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()
        path.write_text(source, "utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)


def main(words: Sequence[str] | None = None) -> int:
    """Run the sample of each module, and return whether there was one whose tests fail as it is."""
    parser = argparse.ArgumentParser(prog="scripts.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--only", metavar="MODULE", action="append", help="such as agenda/store.py; may be given again"
    )
    parser.add_argument(
        "--sample", metavar="N", type=int, default=SAMPLE, help=f"changes a module ({SAMPLE})"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=SEED, help=f"of the sample ({SEED})")
    asked = parser.parse_args(words)
    equivalent = read_equivalent(EQUIVALENT.read_text("utf-8"))
    status = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        package = Copy(Path(folder))
        for module in asked.only or MODULES:
            tests = tests_of(module)
            began = time.monotonic()
            if not tests or not package.passes(tests):
                sys.stdout.write(f"      {module}: its tests fail without a change, or there are none\n")
                status = 1
                continue
            limit = 10 + PATIENCE * (time.monotonic() - began)
            text = (PACKAGE / module).read_text("utf-8")

            def is_noticed(
                one: Mutant, module: str = module, tests: list[Path] = tests, limit: float = limit
            ) -> bool:
                with package.changed(module, one.source):
                    return not package.passes(tests, limit)

            sample = drawn(mutants(text), module, asked.sample, asked.seed)
            sys.stdout.write(report(try_all(module, sample, text.splitlines(), equivalent, is_noticed)))
            sys.stdout.flush()
    return status


def _places(tree: ast.AST) -> Iterator[tuple[Any, str, int | None, Any]]:
    """Yield every node that may be changed: its parent, the field it is in, its place there, and it."""
    for field, value in ast.iter_fields(tree):
        # What types say is not run.
        if field in ("annotation", "returns", "type_params") or (field == "test" and _is_for_types(value)):
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST) and not _is_text_alone(node):
                if hasattr(node, "lineno"):
                    yield tree, field, place, node
                yield from _places(node)


def _instead(node: Any, parent: Any, field: str) -> Iterator[Any]:
    """Yield what may stand in the place of a node; lists, where it is one of several."""
    several = isinstance(getattr(parent, field), list)
    for other in _other_statements(node) if isinstance(node, ast.stmt) else _other_expressions(node):
        yield [other] if several else other
    if (
        several
        and field in ("elts", "values", "ifs", "keywords")
        and not isinstance(parent, ast.JoinedStr | ast.Dict)
    ):
        is_data = isinstance(parent, ast.BoolOp | ast.Call) or field == "ifs" or len(parent.elts) > 1
        if is_data and not isinstance(getattr(parent, "ctx", None), ast.Store):
            yield []


def _other_statements(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break() | ast.Delete():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
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
    other = copy.copy(node)
    setattr(other, field, value)
    return other


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text_alone(node: ast.AST) -> bool:
    """Return whether it is a docstring, or the like below a name."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_for_types(node: object) -> bool:
    return isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"


def _short(node: ast.AST) -> str:
    """Return the first line of a piece of source, cut where it is long."""
    lines = ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).splitlines() or [""]
    return lines[0] if len(lines[0]) <= 90 else f"{lines[0][:89]}…"


if __name__ == "__main__":
    sys.exit(main())
