"""The directories of the program's files."""

import os
import sys

NAME = "summitcli"


def cache() -> str:
    """Return the directory for files that can be rebuilt (the cache); ``SUMMIT_CACHE`` overrides it."""
    return os.environ.get("SUMMIT_CACHE") or _folder("XDG_CACHE_HOME", ".cache", "user_cache_dir")


def data() -> str:
    """Return the directory for agendas and saved schedules; ``SUMMIT_DATA`` overrides it."""
    return os.environ.get("SUMMIT_DATA") or _folder("XDG_DATA_HOME", ".local/share", "user_data_dir")


def _folder(variable: str, below_home: str, asked: str) -> str:
    if sys.platform.startswith("linux") and os.environ.get("HOME"):
        # The same result as platformdirs, without the time to import it; a test compares them.
        base = os.environ.get(variable, "")
        if not os.path.isabs(base):
            base = os.path.join(os.path.expanduser("~"), below_home)
        return os.path.join(base, NAME)
    import platformdirs

    folder: str = getattr(platformdirs, asked)(NAME, appauthor=False)
    return folder
