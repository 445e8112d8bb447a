"""Where the process meets the world: its streams, its signals, its exit status. Errors become exits here."""

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
    came_of_an_interrupt,
)
from summitcli.i18n import _, speak
from summitcli.text.printable import printable, printable_block


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line ``words`` (those of the process when None) and return the exit status."""
    words = sys.argv[1:] if words is None else words
    changed = [descriptor for descriptor in (1, 2) if _made_blocking(descriptor)]
    try:
        return _outcome(words)
    finally:
        for descriptor in changed:
            os.set_blocking(descriptor, False)


def _outcome(words: Sequence[str]) -> int:
    """The exit status, when the answer is written, or the error said."""
    try:
        _prepare_streams()
        status = _run(words)
        sys.stdout.flush()
    except CatalogDamaged as error:
        return _report_fault(error, words)
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
        return _fail(Unreachable(_("can't write the answer"), error))
    except Exception as error:
        return Status.INTERRUPTED if came_of_an_interrupt(error) else _report_fault(error, words)
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
    from summitcli.cli.running import Reading, run

    # For what is said before the command line is understood.
    speak(chosen_language(None, os.environ) or locale_language(os.environ) or "en")
    found = scan(words)
    if found.help:
        return run(Reading("help", found.help_values()))
    if found.version:
        sys.stdout.write(f"summit {__version__}\n")
        return Status.DONE
    if found.problem is not None:
        from summitcli.cli.grammar.suggestions import usage_error

        raise usage_error(found, found.problem)
    reading: Reading | None = Reading(found.command, found.values)
    if found.typer:
        from summitcli.cli.app import read

        reading = read(words)
    return Status.DONE if reading is None else run(reading)


def _made_blocking(descriptor: int) -> bool:
    """Whether a stream was one that takes what it has room for, and has been told to wait.

    Some parents leave such streams to their children. Python drops what does not fit, and says nothing.
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
    """Make both streams ones that can be written to, or that say properly that they can't.

    A stream that was closed when the process began is None: writing an answer to it is an error, talk goes
    nowhere. What an encoding can't hold is written as an escape instead of ending the program.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fail(error: SummitError) -> int:
    """Say what went wrong in one line."""
    _complain(str(error))
    return error.status


def _complain(sentence: str) -> None:
    from summitcli.cli.terminal.messages import wrap_to_terminal

    _say(wrap_to_terminal(f"summit: {printable(sentence)}"))


def _say(line: str) -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _abandon_stdout()
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, AttributeError):
        pass  # Nobody listens.


def _abandon_stdout() -> None:
    """Drop what stdout still holds, which would raise again when the interpreter ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass


def _report_fault(error: Exception, words: Sequence[str]) -> int:
    """Report a fault of the program itself: one line, and with ``--debug`` where it arose."""
    if "--debug" in words:
        import traceback

        _say(printable_block(traceback.format_exc()).rstrip())
    sentence = _("a fault of the program itself, {kind}: {reason}; run it again with --debug to report it")
    _complain(sentence.format(kind=type(error).__name__, reason=error))
    return Status.FAULT
