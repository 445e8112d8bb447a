import sys

import platformdirs
import pytest

from summitcli.storage import folders

VALUES = [None, "", "/somewhere/else", "relative/path", "~/x", "/with space/", "/trailing/"]


@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("home", ["/home/me", "", None], ids=str)
def test_the_directories_are_those_of_the_platform(
    monkeypatch: pytest.MonkeyPatch, value: str | None, home: str | None
) -> None:
    for name in ("SUMMIT_CACHE", "SUMMIT_DATA"):
        monkeypatch.delenv(name)
    for name, setting in {"XDG_CACHE_HOME": value, "XDG_DATA_HOME": value, "HOME": home}.items():
        monkeypatch.delenv(name, raising=False) if setting is None else monkeypatch.setenv(name, setting)
    assert folders.cache() == platformdirs.user_cache_dir(folders.NAME, appauthor=False)
    assert folders.data() == platformdirs.user_data_dir(folders.NAME, appauthor=False)


def test_environment_variables_override_the_directories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", "/a")
    monkeypatch.setenv("SUMMIT_DATA", "/b")
    assert (folders.cache(), folders.data()) == ("/a", "/b")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only there are they worked out without platformdirs"
)
def test_an_empty_variable_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert folders.cache() == "/x/summitcli"
