"""Where the process meets the world: its streams, its signals, its exit status. Errors become exits here."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from summitcli import __version__
from summitcli.errors import CatalogDamaged, OutOfMemory, Status, SummitError, Unreachable
from summitcli.i18n import _, speak
from summitcli.text.printable import printable, printable_block

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.cli.grammar.commands import Command


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
        return Status.INTERRUPTED if _came_of_an_interrupt(error) else _report_fault(error, words)
    return status


def _run(words: Sequence[str]) -> int:
    if list(words) in (["--version"], ["-V"]):
        sys.stdout.write(f"summit {__version__}\n")
        return Status.DONE
    from summitcli.cli.terminal.environment import COMPLETION, chosen_language, locale_language

    if COMPLETION in os.environ:
        from summitcli.cli.grammar.completion import complete

        return complete(words)
    from summitcli.cli.grammar import plain
    from summitcli.cli.grammar.commands import HELP
    from summitcli.cli.grammar.params import call_with

    # For what is said before the command line is understood.
    speak(chosen_language(None, os.environ) or locale_language(os.environ) or "en")
    reading = plain.read(words)
    if reading is None:
        from summitcli.cli import app

        reading = app.read(words)
    if reading is None:
        return Status.DONE
    if reading.command is HELP:
        # It asks no schedule and no clock, and a call would take longer to load than it takes to answer.
        return int(call_with(HELP.load(), reading.common, reading.values))
    from summitcli.cli.call import Call

    call = Call(reading.common)
    command = reading.command.load()
    try:
        try:
            return _finish(command, call, reading.values)
        except Exception as error:
            if not _may_be_misread(error, reading.command):
                raise
        # A command writes only when it knows the whole answer, so it can start again.
        call.forget()
        return _finish(command, call, reading.values)
    finally:
        call.close()


def _may_be_misread(error: Exception, command: "Command") -> bool:
    """Return whether a command may succeed when it is run once more, with its catalogs built anew.

    Whatever goes wrong unexpectedly may have come of a catalog whose content is not what was written. A
    command that changes something is run again only where reading itself has failed: it may have changed
    something already.
    """
    if isinstance(error, SummitError | OSError | MemoryError) and not isinstance(error, CatalogDamaged):
        return False
    if _came_of_an_interrupt(error):
        return False
    from summitcli.catalog.store import distrust_found

    return distrust_found() and (isinstance(error, CatalogDamaged) or not command.changes)


def _finish(command: Callable[..., int], call: "Call", values: dict[tuple[str, str], Any]) -> int:
    """Run a command that has been read; a clock that can't be read is an error whether it is used or not."""
    from summitcli.cli.grammar.params import call_with

    if call.at is not None:
        call.now  # noqa: B018
    return int(call_with(command, call, values))


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
    from summitcli.cli.terminal.messages import fitted

    _say(fitted(f"summit: {printable(sentence)}"))


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


def _came_of_an_interrupt(error: BaseException | None) -> bool:
    """Whether a library made this error of an interrupt, as those do that are not written in Python."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _report_fault(error: Exception, words: Sequence[str]) -> int:
    """Report a fault of the program itself: one line, and with ``--debug`` where it arose."""
    if "--debug" in words:
        import traceback

        _say(printable_block(traceback.format_exc()).rstrip())
    sentence = _("a fault of the program itself, {kind}: {reason}; run it again with --debug to report it")
    _complain(sentence.format(kind=type(error).__name__, reason=error))
    return Status.FAULT
