"""The entry point of ``summit`` and ``python -m summitcli``.

Imports are deferred, so that ``summit --version`` doesn't load the rest of the program.
"""

import gc
import os
import sys

from summitcli import __version__

GC_THRESHOLD = 100_000
"""The number of new objects after which Python collects garbage.

It is high, so that most commands end before the first collection.
"""


def run() -> None:
    """Run the command line in ``sys.argv`` and exit with its status."""
    gc.set_threshold(GC_THRESHOLD)
    # pydantic would search all installed packages for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    status = _status()
    # All output is written and closed; a regular interpreter shutdown would take as long as a short command.
    os._exit(status)


def _status() -> int:
    try:
        if sys.argv[1:] in (["--version"], ["-V"]) and _write(f"summit {__version__}\n"):
            return 0
        from summitcli.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


def _write(text: str) -> bool:
    """Write ``text`` to standard output, and return whether that succeeded."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        return False
    return True


if __name__ == "__main__":
    run()
