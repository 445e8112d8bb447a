"""Pausing the garbage collector."""

import gc
from collections.abc import Iterator

import pytest

from summitcli.formats.collector import without_collector


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    gc.enable()


@pytest.mark.parametrize("was_enabled", [True, False])
def test_the_collector_is_as_before_after_the_block_and_after_an_error(was_enabled: bool) -> None:
    (gc.enable if was_enabled else gc.disable)()
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled() == was_enabled
    with pytest.raises(ZeroDivisionError), without_collector():
        1 / 0  # noqa: B018
    assert gc.isenabled() == was_enabled
