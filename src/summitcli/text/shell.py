"""Words of command lines that people paste into a shell."""

import shlex

from summitcli.text.printable import printable


def quote(word: str) -> str:
    """Return ``word`` as a shell reads it, on one line and with nothing that a terminal would show otherwise.

    What can't be shown is written as octets in ``$'…'``, which bash, ksh and zsh read, and POSIX since 2024.
    """
    quoted = shlex.quote(word)
    if printable(quoted) == quoted:
        return quoted
    return "$'" + "".join(map(_escaped, word)) + "'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return "\\" + character
    if character.isascii() and character.isprintable():
        return character
    errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
    return "".join(f"\\{octet:03o}" for octet in character.encode("utf-8", errors))
