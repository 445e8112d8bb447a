from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own, not there yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("SUMMIT_DATA", str(folder))
    return folder
