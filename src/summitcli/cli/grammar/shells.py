"""The completion scripts of the shells, and the files that the shells load them from."""

import os
import sys
from collections.abc import Sequence

SCRIPTS = {"bash": "summit.bash", "zsh": "summit.zsh", "fish": "summit.fish"}
"""The supported shells, with the file name of the completion script of each in the directory ``scripts``."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+")
"""The bytes that need no quoting in any of the shells."""

_ASK_BASH = """complete -r summit
_completion_loader summit || _comp_load summit
complete -p summit >&3"""
"""Commands for an interactive bash. They print something on descriptor 3 if bash-completion loads the script.

Both names of the function are tried: ``_comp_load`` since bash-completion 2.12, the other one before."""
PATIENCE = 10
"""The time in seconds after which a bash process is ended; the user's startup files may make it hang."""


def completion_script(shell: str, program: Sequence[str]) -> str:
    """Return the completion script of ``shell``, which runs ``program`` to get the words to offer.

    It never runs the command that is being typed, which may be an untrusted file called ``summit`` in the
    current directory.
    """
    with open(os.path.join(os.path.dirname(__file__), "scripts", SCRIPTS[shell]), encoding="utf-8") as file:
        script = file.read()
    words = [_word(shell, word) for word in program]
    return script.replace("@EXECUTABLE@", words[0]).replace("@PROGRAM@", " ".join(words))


def program_words() -> list[str]:
    """Return the absolute command line that starts this installation of the program, as words.

    Links are not resolved, as an upgrade may keep a link and remove its target.
    """
    path = os.path.abspath(sys.argv[0])
    if os.path.basename(path) == "summit" and os.path.isfile(path) and os.access(path, os.X_OK):
        return [path]
    # Started as a module. -P, so that nothing is imported from the current directory. If the interpreter
    # does not know its own path, completion offers nothing.
    return [sys.executable or os.devnull, "-P", "-m", "summitcli"]


def _word(shell: str, text: str) -> str:
    """Return ``text`` as one word of a script for ``shell``, quoted if needed and in ASCII only."""
    encoded = os.fsencode(text)
    if shell == "fish":
        # fish documentation, Quotes: \\X begins a byte in hexadecimal digits.
        return "".join(chr(byte) if byte in _PLAIN else f"\\X{byte:02x}" for byte in encoded)
    if all(byte in _PLAIN for byte in encoded):
        return text
    # Bash manual, ANSI-C Quoting, which zsh has, too.
    return "$'" + "".join(chr(byte) if byte in _PLAIN else f"\\x{byte:02x}" for byte in encoded) + "'"


def install_path(shell: str) -> str:
    """Return the path at which to install the completion script of ``shell`` (by the XDG specification)."""
    data = _directory("XDG_DATA_HOME", ".local/share")
    return {
        "bash": os.path.join(data, "bash-completion", "completions", "summit"),
        "zsh": os.path.join(data, "zsh", "site-functions", "_summit"),
        "fish": os.path.join(_directory("XDG_CONFIG_HOME", ".config"), "fish", "completions", "summit.fish"),
    }[shell]


def has_bash_completion() -> bool:
    """Return whether a new bash finds the installed completion script by means of bash-completion.

    A bash is started to find out: bash-completion may be installed without being loaded by the user's
    settings.
    """
    import subprocess
    from tempfile import TemporaryFile

    shell = os.environ.get("SHELL", "")
    program = shell if os.path.basename(shell) == "bash" else "bash"
    try:
        # A file, as a process that the settings leave in the background would keep a pipe open.
        with TemporaryFile() as answer:
            # In a session of its own, as an interactive bash would take the terminal from this process.
            subprocess.run(  # noqa: S603
                [program, "-ic", f"{{ {_ASK_BASH}\n}} 3>&1 >/dev/null"],
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                start_new_session=True,
                check=False,
            )
            answer.seek(0)
            return b"_summit_completion" in answer.read()
    except (OSError, subprocess.SubprocessError):
        return False


def _directory(variable: str, below_home: str) -> str:
    path = os.environ.get(variable, "")
    return path if os.path.isabs(path) else os.path.join(os.path.expanduser("~"), below_home)
