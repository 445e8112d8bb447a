"""The version bounds of dependencies: each has an upper one and admits the tested version."""

import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.conftest import ROOT

DATED = {"tzdata"}
"""Data packages with dates as versions, in which a new year is no breaking change."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def requirements() -> Iterator[Requirement]:
    project = PROJECT["project"]
    for lines in (PROJECT["build-system"]["requires"], project["dependencies"]):
        yield from map(Requirement, lines)
    for lines in project["optional-dependencies"].values():
        yield from map(Requirement, lines)


def constraints() -> dict[str, Version]:
    """Return the tested version of each package, by its name in lower case."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    found = {}
    for line in filter(lambda line: line and not line.startswith("#"), lines):
        one = Requirement(line)
        if one.marker is None or one.marker.evaluate():
            (pin,) = one.specifier
            found[one.name.lower().replace("_", "-")] = Version(pin.version)
    return found


@pytest.mark.parametrize("one", list(requirements()), ids=lambda one: one.name)
def test_a_dependency_is_bounded_above_by_the_first_version_that_was_not_tested(one: Requirement) -> None:
    bounds = [Version(part.version) for part in one.specifier if part.operator == "<"]
    assert len(bounds) == (one.name not in DATED)
    pinned = constraints().get(one.name.lower())
    if pinned is None:
        assert one.name == "hatchling", "say in constraints.txt which version the tests ran with"
        return
    assert pinned in one.specifier
    # The next major version; of one that has not had its first, at most that.
    assert all(bound <= Version(f"{pinned.major + 1}") for bound in bounds)
