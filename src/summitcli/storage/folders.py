"""Where the program keeps its files."""

import os
import sys

NAME = "summitcli"


def cache() -> str:
    """The folder of catalogs, which can be built again; ``SUMMIT_CACHE`` overrides it."""
    return os.environ.get("SUMMIT_CACHE") or _folder("XDG_CACHE_HOME", ".cache", "user_cache_dir")


def data() -> str:
    """The folder of what must not be lost; ``SUMMIT_DATA`` overrides it."""
    return os.environ.get("SUMMIT_DATA") or _folder("XDG_DATA_HOME", ".local/share", "user_data_dir")


def _folder(variable: str, below_home: str, asked: str) -> str:
    if sys.platform.startswith("linux") and os.environ.get("HOME"):
        # What platformdirs answers there, without the time it takes to import; a test compares them.
        base = os.environ.get(variable, "")
        if not os.path.isabs(base):
            base = os.path.join(os.path.expanduser("~"), below_home)
        return os.path.join(base, NAME)
    import platformdirs

    folder: str = getattr(platformdirs, asked)(NAME, appauthor=False)
    return folder
