"""The entry point of the process, which prepares its streams and turns errors into exit codes."""

import io
import os
import sys
from collections.abc import Sequence

from summitcli import __version__
from summitcli.errors import (
    CatalogDamaged,
    OutOfMemory,
    Status,
    SummitError,
    Unreachable,
    is_caused_by_interrupt,
)
from summitcli.i18n import _, set_language
from summitcli.text.printable import printable, printable_block


def main(words: Sequence[str] | None = None) -> int:
    """Run the program for a command line and return its exit code.

    Args:
        words: the command line without the program's name; None for the command line of the process.
    """
    words = sys.argv[1:] if words is None else words
    changed = [descriptor for descriptor in (1, 2) if _make_blocking(descriptor)]
    try:
        return _exit_status(words)
    finally:
        for descriptor in changed:
            os.set_blocking(descriptor, False)


def _exit_status(words: Sequence[str]) -> int:
    """Run a command line, report any error, and return the exit code."""
    try:
        _prepare_streams()
        status = _run(words)
        sys.stdout.flush()
    except CatalogDamaged as error:
        return _report_internal_error(error, words)
    except SummitError as error:
        return _fail(error)
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except BrokenPipeError:
        _abandon_stdout()
        return Status.PIPE_CLOSED
    except MemoryError:
        return _fail(OutOfMemory())
    except OSError as error:
        _abandon_stdout()
        return _fail(Unreachable(_("can't write the output"), error))
    except Exception as error:
        return Status.INTERRUPTED if is_caused_by_interrupt(error) else _report_internal_error(error, words)
    return status


def _run(words: Sequence[str]) -> int:
    if list(words) in (["--version"], ["-V"]):
        sys.stdout.write(f"summit {__version__}\n")
        return Status.DONE
    from summitcli.cli.terminal.environment import COMPLETION, chosen_language, locale_language

    if COMPLETION in os.environ:
        from summitcli.cli.grammar.completion import complete

        return complete(words)
    from summitcli.cli.grammar.scanner import scan
    from summitcli.cli.running import Invocation, run

    # For errors in the command line itself.
    set_language(chosen_language(None, os.environ) or locale_language(os.environ) or "en")
    found = scan(words)
    if found.help:
        return run(Invocation("help", found.help_values()))
    if found.version:
        sys.stdout.write(f"summit {__version__}\n")
        return Status.DONE
    if found.problem is not None:
        from summitcli.cli.grammar.suggestions import usage_error

        raise usage_error(found, found.problem)
    invocation: Invocation | None = Invocation(found.command, found.values)
    if found.typer:
        from summitcli.cli.app import parse

        invocation = parse(words)
    return Status.DONE if invocation is None else run(invocation)


def _make_blocking(descriptor: int) -> bool:
    """Make a file descriptor blocking, and return whether it was non-blocking before.

    Some parent processes leave streams non-blocking; Python would then write only what fits, without an
    error.
    """
    if not hasattr(os, "get_blocking"):
        return False  # Windows, before Python 3.12.
    try:
        if os.get_blocking(descriptor):
            return False
        os.set_blocking(descriptor, True)
    except OSError:
        return False
    return True


def _prepare_streams() -> None:
    """Prepare stdout and stderr so that writing succeeds or raises a proper error.

    A stream that was closed when the process began is None: output to stdout is then an error, messages to
    stderr are dropped. Characters that the encoding lacks are written as escapes instead of raising.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(error: SummitError) -> int:
    """Print an error as one line and return its exit code."""
    _print_error(str(error))
    for line in error.details:
        _write_stderr(printable(line))
    return error.status


def _print_error(sentence: str) -> None:
    from summitcli.cli.terminal.messages import wrap_to_terminal

    _write_stderr(wrap_to_terminal(f"summit: {printable(sentence)}"))


def _write_stderr(line: str) -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _abandon_stdout()
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except OSError:
        pass  # stderr is closed.


def _abandon_stdout() -> None:
    """Discard output that could not be written, so that Python doesn't try to write it again at its end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def _report_internal_error(error: Exception, words: Sequence[str]) -> int:
    """Print an unexpected error on one line, and return the exit code.

    If ``words``, the command line, have ``--debug``, the traceback is printed before it.
    """
    if "--debug" in words:
        import traceback

        _write_stderr(printable_block(traceback.format_exc()).rstrip())
    sentence = _("internal error: {kind}: {reason}; please report it with the output of --debug")
    _print_error(sentence.format(kind=type(error).__name__, reason=error))
    return Status.FAULT
