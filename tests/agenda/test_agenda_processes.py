"""Writers that are killed, and many that write at once: the short run of ``scripts/soak_agenda.py``."""

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "soak_agenda.py"


def figures(*options: str) -> dict[str, float]:
    """The table that the script prints; it must have found nothing wrong."""
    done = subprocess.run([sys.executable, str(SCRIPT), *options], capture_output=True, text=True)
    sys.stdout.write(done.stdout)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    rows = re.findall(r"^ *(\S.*?)  +([0-9.]+)$", done.stdout, re.MULTILINE)
    return {name: float(figure) for name, figure in rows}


def test_writers_killed_lose_nothing_and_writers_at_once_keep_everything() -> None:
    found = figures("--kills", "40", "--writers", "8", "--additions", "25")
    expected = {
        "writers killed (SIGKILL)": 40,
        "files that could not be read after it": 0,
        "of them lost": 0,
        "temporary files after one more write": 0,
        "writers at once": 8,
        "that failed": 0,
        "additions": 200,
        "of them kept": 200,
        "temporary files after them": 0,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["picks acknowledged"] > 0
