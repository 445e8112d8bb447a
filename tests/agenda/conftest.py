from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of a data directory for the test, which does not exist yet."""
    folder = tmp_path / "data"
    monkeypatch.setenv("SUMMIT_DATA", str(folder))
    return folder
