"""Fixtures of the catalog tests: the catalogs of the search tests."""

from tests.search.conftest import bundled, conference

__all__ = ["bundled", "conference"]
