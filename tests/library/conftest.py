"""A web server for the tests of what is fetched: that of the tests of sources."""

from tests.sources.conftest import site

__all__ = ["site"]
