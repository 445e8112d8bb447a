"""What the world around the process says: its terminal, its locale, its wishes about colour."""

import os
import sys
from collections.abc import Mapping

from summitcli.errors import UnknownValue
from summitcli.i18n import LANGUAGES, _
from summitcli.text.suggest import nearest

COMPLETION = "_SUMMIT_COMPLETE"
"""Set by a shell, to its name, that wants to know what may come next
(:mod:`summitcli.cli.grammar.completion`)."""

AUTO = "auto"
COLORS = (AUTO, "always", "never")


def locale_language(environment: Mapping[str, str]) -> str | None:
    """The language of the locale (POSIX.1, 8.2), or None where it names none, as ``C`` and ``POSIX`` do."""
    name = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(key))), "")
    if not name and os.name == "nt":
        import locale

        name = locale.getlocale()[0] or ""
    language = name.split(".")[0].split("@")[0].replace("-", "_").split("_")[0].lower()
    return (
        None if language in ("", "c", "posix") else {"chinese": "zh", "english": "en"}.get(language, language)
    )


def chosen_language(option: str | None, environment: Mapping[str, str]) -> str | None:
    """The language that ``--lang``, or else ``SUMMIT_LANG``, asks for; None for ``auto`` and for neither.

    Raises:
        UnknownValue: it is neither a language of the program nor ``auto``.
    """
    asked = option or environment.get("SUMMIT_LANG") or AUTO
    known = (*LANGUAGES, AUTO)
    if asked not in known:
        # The name of a locale, or a tag such as zh-CN, is a language and more.
        meant = locale_language({"LANG": asked})
        near = [meant] if meant in LANGUAGES else nearest(asked, known)
        raise UnknownValue(_('no language "{name}"').format(name=asked), near, known)
    return None if asked == AUTO else asked


def wants_color(option: str | None, environment: Mapping[str, str]) -> bool | None:
    """Whether colour is asked for, forbidden, or (None) left to whether stdout is a terminal.

    ``--color`` comes before ``NO_COLOR``, that before ``FORCE_COLOR``, and that before ``CLICOLOR_FORCE``.

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


def is_watched() -> bool:
    """Return whether stderr is a terminal, on which can be shown how far work is."""
    return sys.stderr is not None and sys.stderr.isatty()


def is_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()
