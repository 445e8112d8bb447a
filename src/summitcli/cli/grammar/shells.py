"""The scripts that make the TAB key ask the program, one for each shell, and where the shells look."""

import os
import sys
from collections.abc import Sequence

SCRIPTS = {"bash": "summit.bash", "zsh": "summit.zsh", "fish": "summit.fish"}
"""The shells that there is a script for, and its file in the folder ``scripts``."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+")
"""The bytes that mean themselves in every shell."""


def script_of(shell: str, program: Sequence[str]) -> str:
    """Return the script of ``shell``, which asks ``program`` whatever the command line names.

    A file named ``summit`` in a folder that somebody looks around in is thus not run before Enter is pressed.
    """
    with open(os.path.join(os.path.dirname(__file__), "scripts", SCRIPTS[shell]), encoding="utf-8") as file:
        script = file.read()
    words = [_word(shell, word) for word in program]
    return script.replace("@EXECUTABLE@", words[0]).replace("@PROGRAM@", " ".join(words))


def program() -> list[str]:
    """Return the words that start this very program from any folder.

    Links are kept, since an installation that is renewed keeps the link and may remove where it leads.
    """
    path = os.path.abspath(sys.argv[0])
    if os.path.basename(path) == "summit" and os.path.isfile(path) and os.access(path, os.X_OK):
        return [path]
    # Started as a module. -P, so that nothing is imported from the folder where TAB is pressed. Where the
    # interpreter does not know its own path, nothing is offered.
    return [sys.executable or os.devnull, "-P", "-m", "summitcli"]


def _word(shell: str, text: str) -> str:
    """Return ``text``, the path of a file or plain, as a word of a script for ``shell``, in ASCII."""
    encoded = os.fsencode(text)
    if shell == "fish":
        # fish documentation, Quotes: \\X begins a byte in hexadecimal digits.
        return "".join(chr(byte) if byte in _PLAIN else f"\\X{byte:02x}" for byte in encoded)
    if all(byte in _PLAIN for byte in encoded):
        return text
    # Bash manual, ANSI-C Quoting, which zsh has, too.
    return "$'" + "".join(chr(byte) if byte in _PLAIN else f"\\x{byte:02x}" for byte in encoded) + "'"


def place(shell: str) -> str:
    """The file in which ``shell`` looks for how to complete ``summit`` (XDG Base Directory Specification)."""
    data = _folder("XDG_DATA_HOME", ".local/share")
    return {
        "bash": os.path.join(data, "bash-completion", "completions", "summit"),
        "zsh": os.path.join(data, "zsh", "site-functions", "_summit"),
        "fish": os.path.join(_folder("XDG_CONFIG_HOME", ".config"), "fish", "completions", "summit.fish"),
    }[shell]


def _folder(variable: str, below_home: str) -> str:
    named = os.environ.get(variable, "")
    return named if os.path.isabs(named) else os.path.join(os.path.expanduser("~"), below_home)
