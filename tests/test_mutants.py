"""The mutation tester: which changes it makes, and whether it tells which are noticed."""

import ast
import os
from pathlib import Path

import pytest
from scripts import mutants
from scripts.mutants import (
    EQUIVALENT,
    MODULES,
    PACKAGE,
    draw,
    find_mutants,
    find_tests,
    main,
    mutate,
    read_equivalent,
)

SOURCE = '''"""A module."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from other import Thing
WORDS = {"one": 1, "a sentence": True}

def changed(number: int = 2, *, key: "str | None" = None) -> bool | None:
    """Return something."""
    try:
        if 0 < number <= 9 and not key:
            return any(one.ok for one in WORDS if one)
        number += 1
        WORDS["two"] = -number
        clear(WORDS, key=len)
        [*zip(WORDS, WORDS, strict=True)].clear()
    except (KeyError, ValueError):
        raise
    return None if key in ("a", "b") else number * 2
'''

CHANGES = [
    (7, "'one' → ''"),
    (7, "1 → 2"),
    (7, "1 → 0"),
    (7, "True → False"),
    (9, "2 → 3"),
    (9, "2 → 1"),
    (12, "0 < number <= 9 and (not key) → 0 < number <= 9 or not key"),
    (12, "0 < number <= 9 → 0 <= number <= 9"),
    (12, "0 < number <= 9 → 0 < number < 9"),
    (12, "0 < number <= 9 → nothing"),
    (12, "0 → 1"),
    (12, "0 → -1"),
    (12, "9 → 10"),
    (12, "9 → 8"),
    (12, "not key → key"),
    (12, "not key → nothing"),
    (13, "return any((one.ok for one in WORDS if one)) → return None"),
    (13, "any → all"),
    (13, "one → nothing"),
    (14, "number += 1 → pass"),
    (14, "1 → 2"),
    (14, "1 → 0"),
    (15, "WORDS['two'] = -number → pass"),
    (15, "'two' → ''"),
    (16, "clear(WORDS, key=len) → pass"),
    (16, "key=len → nothing"),
    (17, "[*zip(WORDS, WORDS, strict=True)].clear() → pass"),
    (18, "except (KeyError, ValueError): → except ():"),
    (18, "KeyError → nothing"),
    (18, "ValueError → nothing"),
    (19, "raise → pass"),
    (20, "return None if key in ('a', 'b') else number * 2 → return None"),
    (20, "None if key in ('a', 'b') else number * 2 → None if not key in ('a', 'b') else number * 2"),
    (20, "key in ('a', 'b') → key not in ('a', 'b')"),
    (20, "'a' → ''"),
    (20, "'a' → nothing"),
    (20, "'b' → ''"),
    (20, "'b' → nothing"),
    (20, "number * 2 → number // 2"),
    (20, "2 → 3"),
    (20, "2 → 1"),
]


def test_every_small_change_is_made() -> None:
    found = find_mutants(SOURCE)
    assert [(one.line, one.change) for one in found] == CHANGES
    assert len({mutate(SOURCE, one) for one in found}) == len(CHANGES)
    (dropped,) = (one for one in found if one.change == "number += 1 → pass")
    assert mutate(SOURCE, dropped) == ast.unparse(ast.parse(SOURCE.replace("number += 1", "pass")))


def test_a_seed_draws_the_same_sample() -> None:
    found = find_mutants(SOURCE)
    one, same, other = (draw(found, "a.py", 9, seed) for seed in (1, 1, 2))
    assert (len(one), one, one != other) == (9, same, True)
    assert draw(found, "b.py", 9, 1) != one
    assert draw(found, "a.py", 99, 1) == found


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one module, of which the test notices most changes."""
    files = {
        "src/tiny/__init__.py": "",
        "src/tiny/few.py": "def is_few(number):\n    return number < 3\n",
        "tests/test_few.py": "from tiny.few import is_few\n\n"
        "def test_few():\n    assert (is_few(2), is_few(4)) == (True, False)\n",
        "data/nothing": "",
        "equivalent.txt": "# Nobody has three.\nfew.py :: return number < 3 :: 3 → 4\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for name, place in {
        "ROOT": "",
        "PACKAGE": "src/tiny",
        "TESTS": "tests",
        "EQUIVALENT": "equivalent.txt",
    }.items():
        monkeypatch.setattr(mutants, name, tmp_path / place)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_unnoticed_changes_are_reported(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (tiny / "src" / "tiny" / "few.py").read_bytes()
    assert main(["--only", "few.py", "--sample", "99"]) == 0
    assert capsys.readouterr().out == (
        "99 changes of each module, drawn with the seed 1\n\n"
        "share  noticed  of  no difference  module\n"
        "  67%        2   3              1  few.py\n"
        "  67%        2   3              1  all\n"
        "\nnoticed by no test:\nfew.py:2  number < 3 → number <= 3\n"
    )
    assert (tiny / "src" / "tiny" / "few.py").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_module_whose_tests_fail_as_it_is_is_not_tried(
    tiny: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tiny / "tests" / "test_few.py").write_text("def test_few():\n    assert False\n")
    assert main(["--only", "few.py", "--only", "__init__.py"]) == 1
    assert capsys.readouterr().out == (
        "25 changes of each module, drawn with the seed 1\n\n"
        "share  noticed  of  no difference  module\n"
        "                                   few.py: no tests, or they fail as it is\n"
        "                                   __init__.py: no tests, or they fail as it is\n"
        " 100%        0   0              0  all\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_tests_that_hang_do_not_pass(tiny: Path) -> None:
    test = tiny / "tests" / "test_few.py"
    test.write_text("import time\n\ndef test_few():\n    time.sleep(600)\n")
    assert mutants.Copy(tiny / "copy").passes([test], 2) is False


def test_tests_that_are_slow_are_run_last() -> None:
    names = [path.name for path in find_tests("exports/calendar/ics.py")]
    assert names == ["test_ics.py", "test_ics_events.py", "test_ics_text.py", "test_ics_clients.py"]


def test_every_module_has_tests_and_what_is_equivalent_is_there_still() -> None:
    for module in MODULES:
        assert all(path.exists() for path in find_tests(module)) and find_tests(module), module
    for module, line, change in read_equivalent(EQUIVALENT.read_text("utf-8")):
        source = (PACKAGE / module).read_text("utf-8")
        assert line in map(str.strip, source.splitlines()), (module, line)
        assert change in {one.change for one in find_mutants(source) if one.source == line}, (module, change)
