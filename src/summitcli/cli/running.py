"""From a command line that was read to the command that answers it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from summitcli.cli.grammar.commands import COMMON, find
from summitcli.cli.grammar.scanner import Values
from summitcli.cli.options import Common
from summitcli.errors import CatalogDamaged, CutShort, SummitError, came_of_an_interrupt
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.cli.terminal.progress import SessionProgress


class Reading(NamedTuple):
    """A command line that was understood: the words that call the command, and what is given to it."""

    command: str
    values: Values


def run(reading: Reading) -> int:
    """Run a command and return its status.

    Raises:
        SummitError: as the command says.
    """
    command = find(reading.command)
    function = command.load()
    common = Common(**_of(reading.values, COMMON))
    arguments = _of(reading.values, "")
    module = sys.modules[function.__module__]
    for parameter, name in command.bundles().items():
        arguments[parameter] = getattr(module, name)(**_of(reading.values, parameter))
    if function.__annotations__["call"] == Common.__name__:
        # It asks no schedule and no clock, and a call would take longer to load than it takes to answer.
        return int(function(common, **arguments))
    return _answered(function, common, arguments)


def _answered(function: Callable[..., int], common: Common, arguments: dict[str, Any]) -> int:
    from summitcli.cli.call import Call
    from summitcli.cli.terminal.environment import stderr_is_terminal
    from summitcli.cli.terminal.once import begin, begin_again

    call = Call(common)
    begin()
    watched = stderr_is_terminal()
    if watched:
        from summitcli.progress import tell

        tell(lambda: _bar(call.color))
    try:
        try:
            return _finish(function, call, arguments)
        except Exception as error:
            if not _may_be_misread(error, function):
                raise
        # What has been written of the answer is not written again.
        begin_again()
        call.forget()
        return _finish(function, call, arguments)
    finally:
        if watched:
            # Before an error is told below the bar.
            tell(None)
        call.close()


def _bar(color: bool | None) -> SessionProgress:
    """Return what shows on the terminal how far work is."""
    from summitcli.cli.terminal.progress import SessionProgress

    return SessionProgress(color)


def _finish(function: Callable[..., int], call: Call, arguments: dict[str, Any]) -> int:
    """Run a command that has been read; a clock that can't be read is an error whether it is used or not.

    What the clock says is read in the time of the schedule in use, which a command may do without.
    """
    if call.at is not None and not hasattr(function, "needs_no_schedule"):
        call.now  # noqa: B018
    return int(function(call, **arguments))


def _may_be_misread(error: Exception, function: Callable[..., int]) -> bool:
    """Return whether a command may succeed when it is run once more, with its catalogs built anew.

    Whatever goes wrong unexpectedly may have come of a catalog whose content is not what was written. A
    command that changes something is run again only where reading itself has failed: it may have changed
    something already.
    """
    if isinstance(error, SummitError | OSError | MemoryError) and not isinstance(error, CatalogDamaged):
        return False
    if came_of_an_interrupt(error):
        return False
    from summitcli.catalog.store import distrust_found

    reads_anew = isinstance(error, CatalogDamaged) or not hasattr(function, "changes")
    return distrust_found() and reads_anew and not isinstance(error, CutShort)


def _of(values: Values, bundle: str) -> dict[str, Any]:
    """Return the values of a bundle, or of no bundle, by name."""
    return {name: value for (of, name), value in values.items() if of == bundle}
