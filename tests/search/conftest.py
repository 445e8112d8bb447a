"""Fixtures of the search tests: catalogs of the built-in schedule and of real conferences."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.model import Schedule
from tests.published import path
from tests.search.conferences import built, frab

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def bundled() -> Iterator[Catalog]:
    """Yield the catalog of the built-in schedule."""
    content = (ROOT / "data" / "schedule.json").read_bytes()
    with closing(built(Schedule.model_validate_json(content))) as catalog:
        yield catalog


@pytest.fixture(scope="session")
def conference() -> Callable[[str], Catalog]:
    """Return a function that returns the catalog of a real conference by file name."""
    return cache(lambda name: built(frab(path(name))))
