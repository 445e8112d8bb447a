from collections.abc import Iterator

import pytest

from tests.webserver import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """Yield a web server for the test."""
    with serving() as site:
        yield site
