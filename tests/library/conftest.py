"""The web server of the tests of sources, for the tests of downloads."""

from tests.sources.conftest import site

__all__ = ["site"]
