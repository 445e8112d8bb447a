"""Print statistics of the source: its size, longest parts, import cycles and tests.

``python -m scripts.stats`` prints a table; :mod:`tests.test_stats` checks that no figure gets worse.
"""

import ast
import statistics
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "summitcli"
TESTS = ROOT / "tests"

MAX_MODULE_LINES = 400
"""The maximum length of a module, in lines, unless it is a word list."""

WORD_LISTS = ("words/", "cli/grammar/table.py")
"""Modules that may be longer, as they contain data."""

WHOLE_PROGRAM = frozenset(
    {
        "bundled_schedule", "conferences", "histories", "hostile", "imports", "known_machine", "layers",
        "mutants", "mutations", "plans", "properties", "queries", "readme", "reference", "schema", "screens",
        "soak", "stats", "streams", "timed_screens", "every_screen", "corpus", "commands", "schedule_format",
        "contributing", "dependencies", "glossary", "examples", "odd_places", "other_hosts", "quiet",
        "browser",
    }
)  # fmt: skip
"""The names, without ``test_``, of test files for more than one module."""


NOT_VERBS = frozenset(
    {
        "a", "all", "an", "another", "any", "as", "at", "both", "by", "each", "either", "every", "everything",
        "for", "from", "how", "if", "in", "is", "it", "its", "likewise", "many", "my", "no", "none",
        "nothing",
        "of", "on", "one", "other", "our", "that", "the", "these", "this", "those", "to", "two", "what",
        "whatever", "when", "where", "whether", "which", "who", "why", "with", "without", "your",
    }
)  # fmt: skip
"""Words that a sentence may begin with, but that are no verbs."""


class Function(NamedTuple):
    """A function, with its place and length in lines."""

    place: str
    name: str
    lines: int
    docstring: str = ""


class Stats(NamedTuple):
    """The statistics of the source."""

    modules: int
    lines: int
    functions: int
    median: float
    """The median length of a function, in lines."""
    longest: Function
    long_modules: tuple[str, ...]
    """The modules with more than :data:`MAX_MODULE_LINES` lines, except word lists."""
    cycles: tuple[tuple[str, ...], ...]
    """Groups of modules that import each other, at module level, in functions or for types."""
    tests: int
    unmatched: tuple[str, ...]
    """Test files that neither match a module in the source nor test several modules."""
    documented: int = 0
    """The number of functions with a docstring."""
    not_imperative: tuple[str, ...] = ()
    """The functions whose docstrings don't begin with a verb in the imperative, each with its first word."""

    @property
    def imperative(self) -> float:
        """Return the share of docstrings of functions that begin with a verb in the imperative (PEP 257)."""
        return 1 - len(self.not_imperative) / self.documented

    @property
    def mirrored(self) -> float:
        """Return the share of test files that match a module in the source."""
        return 1 - len(self.unmatched) / self.tests


def measure() -> Stats:
    """Return the statistics of the source tree."""
    files = sorted(PACKAGE.rglob("*.py"))
    functions = [found for path in files for found in _functions(path)]
    sizes = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files
    }
    tests = sorted(TESTS.rglob("test_*.py"))
    documented = [one for one in functions if one.docstring]
    return Stats(
        modules=len(files),
        lines=sum(sizes.values()),
        functions=len(functions),
        median=statistics.median(one.lines for one in functions),
        longest=max(functions, key=lambda one: one.lines),
        long_modules=tuple(
            name
            for name, size in sizes.items()
            if size > MAX_MODULE_LINES and not name.startswith(WORD_LISTS)
        ),
        cycles=tuple(cycles(imports(files))),
        tests=len(tests),
        unmatched=tuple(path.relative_to(ROOT).as_posix() for path in tests if not _is_matched(path)),
        documented=len(documented),
        not_imperative=tuple(
            f"{one.place}:{one.name}: {one.docstring.split()[0]}"
            for one in documented
            if not is_imperative(one.docstring)
        ),
    )


def is_imperative(sentence: str) -> bool:
    """Return whether a sentence begins with a verb in the imperative, as far as its first word tells."""
    word = sentence.split()[0].rstrip(",:").lower()
    return word.isalpha() and word not in NOT_VERBS and not (word.endswith("s") and not word.endswith("ss"))


def imports(files: list[Path]) -> dict[str, set[str]]:
    """Return the package's modules that each module imports, anywhere in the file."""
    modules = {_module(path): path for path in files}
    return {name: set(_imported(path, modules)) - {name} for name, path in modules.items()}


def cycles(graph: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the groups of modules that can reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(name: str) -> Iterator[tuple[str, ...]]:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in index:
                yield from visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            place = stack.index(name)
            group = stack[place:]
            del stack[place:]
            if len(group) > 1:
                yield tuple(sorted(group))

    for name in sorted(graph):
        if name not in index:
            yield from visit(name)


def report(stats: Stats) -> str:
    """Return the statistics as lines of text."""
    rows = [
        ("modules", f"{stats.modules}"),
        ("lines", f"{stats.lines:,}"),
        ("functions", f"{stats.functions:,}, median {stats.median:g} lines"),
        ("longest function", f"{stats.longest.lines} lines: {stats.longest.place}:{stats.longest.name}"),
        (f"modules over {MAX_MODULE_LINES} lines", ", ".join(stats.long_modules) or "none"),
        ("cycles of files", "; ".join(" ↔ ".join(group) for group in stats.cycles) or "none"),
        ("test files", f"{stats.tests}, {stats.mirrored:.0%} beside their module"),
        *(("", name) for name in stats.unmatched),
        ("docstrings of functions", f"{stats.documented:,}, {stats.imperative:.1%} begin with a verb"),
        *(("", name) for name in stats.not_imperative),
    ]
    width = max(len(label) for label, _text in rows)
    return "".join(f"{label:<{width}}  {text}\n" for label, text in rows)


def _functions(path: Path) -> Iterator[Function]:
    place = path.relative_to(PACKAGE).as_posix()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(place, node.name, lines, ast.get_docstring(node) or "")


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, modules: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module in modules:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in modules else node.module for name in names)


def _is_matched(test: Path) -> bool:
    """Return whether a test file matches a module, or tests several modules."""
    name = test.stem.removeprefix("test_")
    folder = PACKAGE / test.parent.relative_to(TESTS)
    while name:
        if (folder / f"{name}.py").exists() or (folder / name).is_dir() or name in WHOLE_PROGRAM:
            return True
        # test_ics_events.py has some of the tests of ics.py.
        name = name.rpartition("_")[0]
    return False


if __name__ == "__main__":
    sys.stdout.write(report(measure()))
