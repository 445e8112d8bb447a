"""Measure publishing a site of 1,000 sessions, in CPU time: writing thousands of files waits for the disk."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from measure import Command, Figure, output_of
from world import HERE, SUMMIT, THOUSAND

PAGE, FIRST, AGAIN = "export -f html", "publish", "publish, unchanged"
FIRST_LIMIT, AGAIN_LIMIT = 15, 1 / 3
"""The limits of the first publication relative to the page, and of an unchanged one relative to the first."""


class Site:
    """A saved conference of 1,000 sessions, its published site, and the commands to measure.

    Args:
        folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            "SUMMIT_CACHE": str(folder / "cache"),
            "SUMMIT_DATA": str(folder / "data"),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
        }
        file = str(folder / "plan.json")
        output_of([sys.executable, str(HERE / "schedules.py"), file, str(THOUSAND)], self._environment)
        output_of([SUMMIT, "use", file, "--name", "site"], self._environment)
        output_of([SUMMIT, "publish", str(folder / "again")], self._environment)

    def commands(self) -> Iterator[tuple[str, Command]]:
        """Yield the commands by name."""
        page, first, again = (str(self._folder / name) for name in ("page.html", "first", "again"))
        yield PAGE, Command((SUMMIT, "export", "-f", "html", "-o", page), self._environment)
        yield FIRST, Command((SUMMIT, "publish", first), self._environment, removed=first)
        yield AGAIN, Command((SUMMIT, "publish", again), self._environment)


def site_report(figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the lines of the section on publishing; ``figures`` are measured in CPU time."""
    first, again = (figures[name].seconds for name in (FIRST, AGAIN))
    yield f"\n## A site of {THOUSAND:,} sessions\n"
    yield "CPU time.\n"
    yield "| what | figure | limit | | seconds | MiB |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for text, name, ratio, limit in (
        (f"the first `{FIRST}`, ÷ `{PAGE}`", FIRST, first / figures[PAGE].seconds, FIRST_LIMIT),
        ("again without a change, ÷ the first", AGAIN, again / first, AGAIN_LIMIT),
    ):
        met = "met" if ratio <= limit else "**missed**"
        measured = f"{figures[name].seconds:.1f} | {figures[name].memory:.0f}"
        yield f"| {text} | {ratio:.2f} | {limit:.2f} | {met} | {measured} |"
