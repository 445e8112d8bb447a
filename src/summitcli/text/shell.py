"""Quoting of words for command lines that users may paste into a shell."""

import shlex

from summitcli.text.printable import printable


def quote(word: str) -> str:
    """Return ``word`` quoted for a shell, on one line and without unprintable characters.

    Unprintable characters are written as octal bytes in ``$'…'``, which bash, ksh and zsh support, and POSIX
    since 2024.
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
