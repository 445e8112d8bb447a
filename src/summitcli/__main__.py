"""The program's first and last lines: ``summit`` and ``python -m summitcli``.

Nothing is imported here before it is needed: a version, which is asked for often, loads no program.
"""

import gc
import os
import sys

from summitcli import __version__

BEFORE_COLLECTION = 100_000
"""How many objects are made before the collector looks for cycles: few commands make as many."""


def run() -> None:
    """Run the process's own command line, and end the process with its exit status."""
    gc.set_threshold(BEFORE_COLLECTION)
    # pydantic would look through everything that is installed for plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    status = _status()
    # Everything is written and closed. For the interpreter to take itself down piece by piece as well would
    # take as long as a small answer does.
    os._exit(status)


def _status() -> int:
    try:
        if sys.argv[1:] in (["--version"], ["-V"]) and _said(f"summit {__version__}\n"):
            return 0
        from summitcli.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


def _said(text: str) -> bool:
    """Whether ``text`` could be written; what is in the way is told by :func:`summitcli.cli.main`."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        return False
    return True


if __name__ == "__main__":
    run()
