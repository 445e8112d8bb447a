"""The command that prints or installs shell completion scripts."""

from __future__ import annotations

import os

from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, examples, needs_no_schedule, typer
from summitcli.cli.grammar.shells import (
    SCRIPTS,
    completion_script,
    has_bash_completion,
    install_path,
    program_words,
)
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
"""The line that loads the completion script in the running bash."""


@needs_no_schedule
@examples(
    ("summit completion bash --install", "Install it; it works in every bash started from then on."),
    (
        "summit completion zsh",
        'Print the script; this line in ~/.zshrc loads it: eval "$(summit completion zsh)"',
    ),
)
def completion(
    call: Call,
    shell: Annotated[
        str | None,
        typer.Argument(metavar="[SHELL]", help="Shell: bash, zsh or fish (default: from $SHELL)."),
        Completes("shell"),
    ] = None,
    install: Annotated[
        bool,
        typer.Option(
            "--install",
            help="Install the script instead of printing it; this also adds a line to ~/.zshrc for zsh, and"
            " to ~/.bashrc for bash without bash-completion.",
        ),
    ] = False,
) -> Status:
    """Generate a shell completion script. Pressing Tab then completes commands, options and values."""
    chosen = _chosen(shell)
    script = completion_script(chosen, program_words())
    if not install:
        write(script)
        if chosen == "bash":
            hint(call, "summit completion --install", BASH_LINE)
        return Status.DONE
    path = install_path(chosen)
    _install(path, script)
    if chosen == "zsh":
        _add_to_settings(os.environ.get("ZDOTDIR") or os.path.expanduser("~"), ".zshrc", path)
    elif chosen == "bash" and has_bash_completion():
        say(_("bash-completion loads the script automatically"))
    elif chosen == "bash":
        say(_("your bash does not load bash-completion, so the script is loaded by a line in ~/.bashrc"))
        _add_to_settings(os.path.expanduser("~"), ".bashrc", path)
    say(_("takes effect in new {shell} sessions").format(shell=chosen))
    return Status.DONE


def _chosen(shell: str | None) -> str:
    """Return ``shell``, or the user's shell (from ``$SHELL``) if it is None.

    Raises:
        UnknownValue: there is no script for ``shell``.
        UsageError: ``shell`` is None, and there is no script for the user's shell.
    """
    if shell is None:
        used = os.path.basename(os.environ.get("SHELL", ""))
        if used not in SCRIPTS:
            raise UsageError(_("choose a shell: {names}").format(names=_(", ").join(SCRIPTS)))
        return used
    if shell not in SCRIPTS:
        raise UnknownValue(
            _('no completion script for "{name}"').format(name=shell), nearest(shell, SCRIPTS), [*SCRIPTS]
        )
    return shell


def _install(path: str, script: str) -> None:
    """Write ``script`` to the file ``path`` unless the file already contains it; tell the user what was done.

    Raises:
        Unreachable: the file can't be written.
    """
    try:
        if paths.read(path) == script.encode():
            say(_("already installed: {name}").format(name=path))
            return
        atomic.make_folder(os.path.dirname(path))
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error
    write_file(path, (script,))
    say(_("wrote {name}").format(name=path))


def _add_to_settings(folder: str, name: str, path: str) -> None:
    """Add a line that loads the completion script to a settings file of the shell.

    Without it, the shell would not find the script.

    Args:
        folder: the directory of the settings file.
        name: the name of the settings file, such as ``.zshrc``.
        path: the path of the completion script.

    Raises:
        Unreachable: the file can't be written.
    """
    line = f"[[ -r {quote(path)} ]] && source {quote(path)}"
    settings = os.path.join(folder, name)
    words = {"name": settings, "line": line}
    try:
        before = paths.read(settings) or b""
        if os.fsencode(line) in before.splitlines():
            say(_("already in {name}: {line}").format(**words))
            return
        end = b"" if before.endswith(b"\n") or not before else b"\n"
        atomic.append(settings, end + os.fsencode(line) + b"\n")
    except OSError as error:
        raise Unreachable(_("can't add to {name}: {line}").format(**words), error) from error
    say(_("added to {name}: {line}").format(**words))
