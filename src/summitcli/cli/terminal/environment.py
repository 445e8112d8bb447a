"""The settings in the environment: language, colour, time zone, and whether output is to a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import LANGUAGES, _
from summitcli.lazy_typing import TYPE_CHECKING, TypeVar
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Value = TypeVar("Value")

COMPLETION = "_SUMMIT_COMPLETE"
"""The environment variable that a completion script sets to the name of the shell.

It makes the program answer with completions (:mod:`summitcli.cli.grammar.completion`)."""

TIMEZONE, LOCAL = "SUMMIT_TIMEZONE", "local"
"""The environment variable for the reader's time zone, and its value for the computer's own time zone."""

AUTO = "auto"
COLORS = (AUTO, "always", "never")


def locale_language(environment: Mapping[str, str]) -> str | None:
    """Return the language of the locale (POSIX.1 section 8.2), such as ``zh``; None for the locale ``C``."""
    name = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(key))), "")
    if not name and os.name == "nt":
        import locale

        name = locale.getlocale()[0] or ""
    language = name.split(".")[0].split("@")[0].replace("-", "_").split("_")[0].lower()
    return (
        None if language in ("", "c", "posix") else {"chinese": "zh", "english": "en"}.get(language, language)
    )


def chosen_language(option: str | None, environment: Mapping[str, str]) -> str | None:
    """Return the language that the user chose; None for ``auto``, or if the user chose none.

    Args:
        option: the value of ``--lang``; if it is None, that of ``SUMMIT_LANG`` is used.
        environment: the environment variables.

    Raises:
        UnknownValue: the value is neither a supported language nor ``auto``.
    """
    asked = option or environment.get("SUMMIT_LANG") or AUTO
    choices = (*LANGUAGES, AUTO)
    if asked not in choices:
        # It may be a locale or a language tag, such as zh-CN.
        language = locale_language({"LANG": asked})
        near = [language] if language in LANGUAGES else nearest(asked, choices)
        error = UnknownValue(_('no language "{name}"').format(name=asked), near, choices)
        raise error if option else in_variable(error, "SUMMIT_LANG")
    return None if asked == AUTO else asked


def naming_variable(variable: str, read: Callable[[], Value]) -> Value:
    """Return the result of ``read``, which reads an environment variable.

    If ``read`` raises UsageError because the value is invalid, the variable's name is added to the message.

    Args:
        variable: the name of the variable; if it is empty, the message stays as it is.
        read: a function that reads the value.
    """
    try:
        return read()
    except UsageError as error:
        raise in_variable(error, variable) if variable else error from None


def in_variable(error: UsageError, variable: str) -> UsageError:
    """Return ``error`` with a message that also names the environment variable with the invalid value."""
    sentence = error.sentence if isinstance(error, UnknownValue) else str(error)
    sentence = _("{variable}: {sentence}").format(variable=variable, sentence=sentence)
    if isinstance(error, UnknownValue):
        return UnknownValue(sentence, error.nearest, error.known)
    return UsageError(sentence)


def wants_color(option: str | None, environment: Mapping[str, str]) -> bool | None:
    """Return whether the user wants colour; None means that there is colour only in a terminal.

    ``--color`` (``option``) decides; if it is not given, ``NO_COLOR``; if that is not set, ``FORCE_COLOR``
    and ``CLICOLOR_FORCE``.

    Raises:
        UnknownValue: ``--color`` is none of ``auto``, ``always``, ``never``.
    """
    if option and option not in COLORS:
        raise UnknownValue(_('no colour mode "{name}"').format(name=option), nearest(option, COLORS), COLORS)
    if option and option != AUTO:
        return option == "always"
    if option is None:
        if environment.get("NO_COLOR"):
            return False
        if any(environment.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
            return True
    return None


def reader_time_zone(option: str | None, environment: Mapping[str, str]) -> ZoneInfo | None:
    """Return the time zone in which the user wants times; None for the conference's.

    Args:
        option: the value of ``--timezone``; None for that of ``SUMMIT_TIMEZONE``.
        environment: the environment variables.

    Raises:
        UnknownValue: there is no such time zone.
        UsageError: the value is ``local``, and the computer's time zone is unknown.
    """
    asked = environment.get(TIMEZONE) or None if option is None else option
    if asked is None:
        return None
    from zoneinfo import ZoneInfo

    from summitcli.when import find_zone

    if asked.lower() == LOCAL:
        if (name := system_time_zone(environment)) is None:
            raise UsageError(
                _("the time zone of this computer is unknown; use an IANA name such as Europe/Berlin")
            )
        return ZoneInfo(name)
    try:
        return ZoneInfo(find_zone(asked))
    except UnknownValue as error:
        raise error if option is not None else in_variable(error, TIMEZONE) from None


def system_time_zone(environment: Mapping[str, str], place: str = "/etc/localtime") -> str | None:
    """Return the IANA name of the computer's time zone, from ``TZ`` or the system's link; None if unknown.

    Args:
        environment: the environment variables.
        place: the path of the system's link into the time zone database.
    """
    from zoneinfo import available_timezones

    named = environment.get("TZ", "").removeprefix(":")
    if not named:
        try:
            named = os.readlink(place)
        except OSError:
            return None
    parts = named.split("/")
    # A path ends with the name, which has up to three parts.
    candidates = ("/".join(parts[-number:]) for number in (3, 2, 1))
    known = available_timezones()
    return next((name for name in candidates if name in known), None)


def stderr_is_terminal() -> bool:
    """Return whether stderr is a terminal, where progress can be shown."""
    return sys.stderr is not None and sys.stderr.isatty()


def stdout_is_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()
