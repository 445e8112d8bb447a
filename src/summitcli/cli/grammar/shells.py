"""The command that makes the TAB key work: the shells' scripts, printed or put where the shells look."""

import os
import sys
from collections.abc import Sequence
from shlex import quote
from typing import Annotated

from summitcli.cli.call import Call
from summitcli.cli.grammar.params import Argument, Option
from summitcli.cli.output.answer import write, write_file
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.storage import atomic
from summitcli.text.suggest import nearest

SCRIPTS = {"bash": "summit.bash", "zsh": "summit.zsh", "fish": "summit.fish"}
"""The shells that there is a script for, and its file beside this one."""

_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+")
"""The bytes that mean themselves in every shell."""

BASH_LINE = 'eval "$(summit completion bash)"'
"""What makes the TAB key work in bash wherever it is put."""


def completion(
    call: Call,
    shell: Annotated[
        str | None, Argument("[SHELL]", "bash, zsh or fish; else the one that $SHELL names.", "shell")
    ] = None,
    install: Annotated[
        bool, Option(("--install",), "Put it where the shell looks, instead of printing it.")
    ] = False,
) -> Status:
    """Let the TAB key offer commands, options, sessions, rooms and the rest, in bash, zsh or fish."""
    chosen = _chosen(shell)
    script = _script(chosen, _program())
    if not install:
        write(script)
        if chosen == "bash":
            hint(call, "summit completion --install", BASH_LINE)
        return Status.DONE
    path = place(chosen)
    _put(path, script)
    if chosen == "zsh":
        _load(path)
    if chosen == "bash":
        say(
            _("bash-completion loads it; where that is missing, write into ~/.bashrc: {line}").format(
                line=BASH_LINE
            )
        )
    say(_("it works in every {shell} that is started from now on").format(shell=chosen))
    return Status.DONE


def _script(shell: str, program: Sequence[str]) -> str:
    """Return the script of ``shell``, which asks ``program`` whatever the command line names.

    A file named ``summit`` in a folder that somebody looks around in is thus not run before Enter is pressed.
    """
    with open(os.path.join(os.path.dirname(__file__), "scripts", SCRIPTS[shell]), encoding="utf-8") as file:
        script = file.read()
    words = [_word(shell, word) for word in program]
    return script.replace("@EXECUTABLE@", words[0]).replace("@PROGRAM@", " ".join(words))


def _program() -> list[str]:
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


def _chosen(shell: str | None) -> str:
    """The shell that was named, or else the one in use.

    Raises:
        UnknownValue: there is no script for the one named.
        UsageError: none was named, and there is none for the one in use.
    """
    if shell is None:
        used = os.path.basename(os.environ.get("SHELL", ""))
        if used not in SCRIPTS:
            raise UsageError(_("say for which shell: {names}").format(names=_(", ").join(SCRIPTS)))
        return used
    if shell not in SCRIPTS:
        raise UnknownValue(
            _('no script for the shell "{name}"').format(name=shell), nearest(shell, SCRIPTS), [*SCRIPTS]
        )
    return shell


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


def _put(path: str, script: str) -> None:
    """Write ``script`` to ``path``, unless it is there, and say so.

    Raises:
        Unreachable: it can't be written.
    """
    try:
        if atomic.read(path) == script.encode():
            say(_("there already: {name}").format(name=path))
            return
        atomic.make_folder(os.path.dirname(path))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error
    write_file(path, script)
    say(_("wrote {name}").format(name=path))


def _load(path: str) -> None:
    """Have zsh load ``path`` when it starts: no folder of a user's own is among those where it looks.

    Raises:
        Unreachable: that can't be written.
    """
    line = f"[[ -r {quote(path)} ]] && source {quote(path)}"
    settings = os.path.join(os.environ.get("ZDOTDIR") or os.path.expanduser("~"), ".zshrc")
    words = {"name": settings, "line": line}
    try:
        before = atomic.read(settings) or b""
        if os.fsencode(line) in before.splitlines():
            say(_("there already, in {name}: {line}").format(**words))
            return
        end = b"" if before.endswith(b"\n") or not before else b"\n"
        atomic.append(settings, end + os.fsencode(line) + b"\n")
    except OSError as error:
        raise Unreachable(_("can't add to {name} the line {line}").format(**words), error) from error
    say(_("added to {name}: {line}").format(**words))
