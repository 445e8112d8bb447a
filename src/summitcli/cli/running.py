"""Running the command of a parsed command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from summitcli.cli.grammar.commands import COMMON, find
from summitcli.cli.grammar.scanner import Values
from summitcli.cli.options import Common
from summitcli.errors import CatalogDamaged, CutShort, SummitError, is_caused_by_interrupt
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.text.reader_zone import show_times_in

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.cli.terminal.progress import SessionProgress


class Invocation(NamedTuple):
    """A parsed command line: the command's words, such as ``agenda add``, and the values given."""

    command: str
    values: Values


def run(invocation: Invocation) -> int:
    """Run a command and return its exit code.

    Raises:
        SummitError: the command failed.
    """
    command = find(invocation.command)
    function = command.load()
    common = Common(**_bundle_values(invocation.values, COMMON))
    arguments = _bundle_values(invocation.values, "")
    module = sys.modules[function.__module__]
    for parameter, name in command.bundles().items():
        arguments[parameter] = getattr(module, name)(**_bundle_values(invocation.values, parameter))
    if function.__annotations__["call"] == Common.__name__:
        # It needs no schedule and no clock, and loading a call would take longer than the command itself.
        return int(function(common, **arguments))
    return _run_with_call(function, common, arguments)


def _run_with_call(function: Callable[..., int], common: Common, arguments: dict[str, Any]) -> int:
    from summitcli.cli.call import Call
    from summitcli.cli.terminal.environment import reader_time_zone, stderr_is_terminal
    from summitcli.cli.terminal.once import begin, begin_again

    call = Call(common, asks_for_table=_asks_for_table(arguments))
    zone = reader_time_zone(common.timezone, os.environ)
    show_times_in(None if hasattr(function, "in_conference_time") else zone)
    begin()
    watched = stderr_is_terminal()
    if watched:
        from summitcli.progress import set_listener

        set_listener(lambda: _bar(call.color))
    try:
        try:
            return _run_once(function, call, arguments)
        except Exception as error:
            if not _should_retry(error, function):
                raise
        # Output that has been written already is not written again.
        begin_again()
        call.forget()
        return _run_once(function, call, arguments)
    finally:
        if watched:
            # Removes the bar before an error is printed.
            set_listener(None)
        call.close()


def _asks_for_table(arguments: Mapping[str, Any]) -> bool:
    """Return whether the output options among the arguments of a command ask for a table."""
    from summitcli.exports import TABLE

    return any(getattr(bundle, "format", None) == TABLE for bundle in arguments.values())


def _bar(color: bool | None) -> SessionProgress:
    """Return a new progress bar that counts sessions."""
    from summitcli.cli.terminal.progress import SessionProgress

    return SessionProgress(color)


def _run_once(function: Callable[..., int], call: Call, arguments: dict[str, Any]) -> int:
    """Call a command function and return its exit code.

    An invalid ``--at`` is an error even if the function does not use the time. It is not checked for
    functions that need no schedule, as checking it needs the schedule's time zone.
    """
    if call.at is not None and not hasattr(function, "needs_no_schedule"):
        call.now  # noqa: B018
    return int(function(call, **arguments))


def _should_retry(error: Exception, function: Callable[..., int]) -> bool:
    """Return whether a command that raised ``error`` may succeed if it is run again with new catalogs.

    Any unexpected error may come from a damaged catalog. A command that changes files may have done so
    already, so it is run again only if reading the catalog itself failed.
    """
    if isinstance(error, SummitError | OSError | MemoryError) and not isinstance(error, CatalogDamaged):
        return False
    if is_caused_by_interrupt(error):
        return False
    from summitcli.catalog.store import distrust_opened

    is_safe = isinstance(error, CatalogDamaged) or not hasattr(function, "changes")
    return distrust_opened() and is_safe and not isinstance(error, CutShort)


def _bundle_values(values: Values, bundle: str) -> dict[str, Any]:
    """Return the values of a bundle (a group of shared options) as a mapping by option name.

    Args:
        values: all values on the command line.
        bundle: the name of the bundle, such as ``filters``; empty for the command's own options.
    """
    return {name: value for (owner, name), value in values.items() if owner == bundle}
