"""The command that makes the TAB key work: the shells' scripts, printed or put where the shells look."""

from __future__ import annotations

import os

from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, examples, needs_no_schedule, typer
from summitcli.cli.grammar.shells import SCRIPTS, completion_script, install_path, program_words
from summitcli.cli.output.answer import write, write_file
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.storage import atomic, paths
from summitcli.text.shell import quote
from summitcli.text.suggest import nearest

BASH_LINE = 'eval "$(summit completion bash)"'
"""What makes the TAB key work in bash wherever it is put."""


@needs_no_schedule
@examples(
    ("summit completion bash --install", "Put it where bash-completion looks."),
    ("summit completion zsh", 'In ~/.zshrc: eval "$(summit completion zsh)".'),
)
def completion(
    call: Call,
    shell: Annotated[
        str | None,
        typer.Argument(metavar="[SHELL]", help="bash, zsh or fish; else the one that $SHELL names."),
        Completes("shell"),
    ] = None,
    install: Annotated[
        bool, typer.Option("--install", help="Put it where the shell looks, instead of printing it.")
    ] = False,
) -> Status:
    """Let the TAB key offer commands, options, sessions. Rooms and the rest, too, in bash, zsh or fish."""
    chosen = _chosen(shell)
    script = completion_script(chosen, program_words())
    if not install:
        write(script)
        if chosen == "bash":
            hint(call, "summit completion --install", BASH_LINE)
        return Status.DONE
    path = install_path(chosen)
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


def _put(path: str, script: str) -> None:
    """Write ``script`` to ``path``, unless it is there, and say so.

    Raises:
        Unreachable: it can't be written.
    """
    try:
        if paths.read(path) == script.encode():
            say(_("there already: {name}").format(name=path))
            return
        atomic.make_folder(os.path.dirname(path))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error
    write_file(path, (script,))
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
        before = paths.read(settings) or b""
        if os.fsencode(line) in before.splitlines():
            say(_("there already, in {name}: {line}").format(**words))
            return
        end = b"" if before.endswith(b"\n") or not before else b"\n"
        atomic.append(settings, end + os.fsencode(line) + b"\n")
    except OSError as error:
        raise Unreachable(_("can't add to {name} the line {line}").format(**words), error) from error
    say(_("added to {name}: {line}").format(**words))
