"""Catalogs that tests of the catalog ask: those of the tests of the search."""

from tests.search.conftest import bundled, conference

__all__ = ["bundled", "conference"]
