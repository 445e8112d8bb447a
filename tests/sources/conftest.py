from collections.abc import Iterator

import pytest

from tests.webserver import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server of the test's own."""
    with serving() as site:
        yield site
