"""Command lines of bash: splitting a line into words, and quoting a word to insert.

Bash passes the whole line to a completion function, but replaces only a part of the last word: the text after
an opening quote, or after the last character that breaks words (Bash manual, COMP_WORDBREAKS), such as the
``=`` of ``--day=1``. So only that part is inserted, in the quotes with which the word begins.

The inserted text comes from a schedule, which may be untrusted. The shell must not expand anything in it,
whether the user accepts the line as it is or edits it first. A value for which that is impossible is not
offered. These rules make it difficult:

- Bash expands history, such as ``!x``, before it processes quotes (Bash manual, History Interaction): also in
  double quotes, and in single quotes if an unbalanced quote comes earlier on the line. Only a backslash
  always prevents that. Bash removes this backslash only outside quotes. So this module writes ``'a'\\!'b'``
  for ``a!b`` in quotes: it closes the quotes before ``\\!`` and opens them again after it.
- Readline drops an opening quote before text that begins with the same quote, and adds no closing quote after
  text that ends with it (Readline 8.2, complete.c, ``insert_match`` and ``append_to_match``). So this module
  adds the quote that Readline would drop or leave out.
- The key that inserts all matches drops the opening quote and adds no closing quote. So this module then
  writes a word as outside quotes, with backslashes.
"""

from __future__ import annotations

from summitcli.lazy_typing import NamedTuple

_PREFIXES = frozenset("$@")
"""Characters that break words, but belong to the word after them (Readline, rl_special_prefixes)."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/")
"""The ASCII characters that need no quoting, neither inside nor outside quotes."""

_SPECIAL_IN_DOUBLE_QUOTES = frozenset('"\\$`')
"""The characters that a backslash escapes in double quotes (POSIX.1, Shell & Utilities, section 2.2.3)."""

_NESTING = frozenset("({['\"")
"""Characters that begin a part with other quoting rules if they follow a ``$``, such as ``(`` in ``$(date)``.

``$'`` and ``$"`` begin such a part only outside quotes.
"""

INSERT_ALL = "42"
"""The value of COMP_TYPE if the completion inserts all matches: the code of ``*`` (Bash manual)."""


class BashLine(NamedTuple):
    """A command line of bash up to the cursor."""

    words: tuple[str, ...]
    """The words after the program's name, without their quotes; the last word is still being typed.

    Empty if the user is typing a file name after ``>`` or ``<``.
    """
    quote: str = ""
    """The quote that is open at the end, ``'`` or ``"``; empty if there is none."""
    kept: str = ""
    """The part of the last word that Readline keeps when it inserts a completion, such as ``--day=``."""
    nested: bool = False
    """True if the line has text such as ``$(…)`` or ``$'…'``: then it is uncertain which quote is open."""

    def insertion(self, value: str, kind: str = "", history: str = "!") -> str:
        """Return the text that bash must insert so that the last word becomes ``value``.

        Return an empty string if that is impossible or not safe.

        Args:
            value: the whole word.
            kind: bash's variable COMP_TYPE; empty for bash before 4.0.
            history: the first character of ``histchars``, which begins a history expansion.
        """
        if not value.startswith(self.kept):
            return ""
        rest = value.removeprefix(self.kept)
        if self.nested or (self.quote and not kind):
            return rest if is_plain(rest) and history not in rest else ""
        if not self.quote or kind == INSERT_ALL:
            return "".join(
                character if is_plain(character) and character != history else "\\" + character
                for character in rest
            )
        return self._quoted(rest, history)

    def _quoted(self, text: str, history: str) -> str:
        """Return ``text`` quoted for insertion after the open quote.

        Characters that the quote can't contain are written outside it: the quote is closed before them, and
        opened again after them. One of them is ``history``, the character that begins a history expansion.
        """
        quote = self.quote
        outside = {history, quote} if quote == "'" else {history}
        escaped = frozenset() if quote == "'" else _SPECIAL_IN_DOUBLE_QUOTES
        written = ""
        is_open = True
        for character in text:
            if (character in outside) is is_open:
                written += quote
                is_open = not is_open
            written += "\\" + character if not is_open or character in escaped else character
        if not is_open:
            written += quote
        before = quote if written.startswith(quote) else ""
        after = quote if written.endswith(quote) else ""
        return before + written + after


def is_plain(text: str) -> bool:
    """Return whether ``text`` needs no quoting anywhere in a line."""
    return all(character in _PLAIN or not character.isascii() for character in text)


def read(line: str, breaks: str) -> BashLine:
    """Split a line of bash that begins with the name of the program into words.

    Args:
        line: the line of a simple command, up to the cursor.
        breaks: the characters at which Readline breaks words.
    """
    reader = _LineReader(breaks)
    for letter in line:
        reader.take(letter)
    if reader.redirected:
        return BashLine(())
    return BashLine((*reader.words[1:], reader.word), reader.quote, reader.kept, reader.nested)


class _LineReader:
    """The state of reading a line: the words so far, and the current one."""

    def __init__(self, breaks: str) -> None:
        self.words: list[str] = []
        self.word = ""
        self.kept = ""
        self.quote = ""
        self.redirected = False
        """True if the current word is the name of a file after ``>`` or ``<``."""
        self.nested = False
        """True if the line has text such as ``$(…)``, to which other quoting rules apply."""
        self._breaks = breaks
        self._begun = False
        self._escaped = False
        self._after_dollar = False

    def take(self, letter: str) -> None:
        """Read the next character of the line (POSIX.1, Shell & Utilities, section 2.2)."""
        self._notice_nesting(letter)
        if self._escaped:
            # Within quotes a backslash is literal unless it escapes the next character.
            self.word += "\\" + letter if self.quote and letter not in '"\\$`' else letter
            self._escaped = False
        elif letter == "\\" and self.quote != "'":
            self._begun = self._escaped = True
        elif self.quote and letter != self.quote:
            self.word += letter
        elif letter in ("'", '"'):
            self.quote = "" if self.quote else letter
            self.kept = self.word
            self._begun = True
        elif letter in " \t\n<>":
            self._end(letter in "<>")
        else:
            self._begun = True
            self.word += letter
            if letter in self._breaks:
                self.kept = self.word.removesuffix(letter) if letter in _PREFIXES else self.word

    def _notice_nesting(self, letter: str) -> None:
        if self._escaped or self.quote == "'":
            self._after_dollar = False
            return
        begins = letter in _NESTING and not (self.quote and letter in "'\"")
        self.nested = self.nested or letter == "`" or (self._after_dollar and begins)
        self._after_dollar = letter == "$"

    def _end(self, redirects: bool) -> None:
        # The number before a redirection is not a word.
        if self._begun and not self.redirected and not (redirects and self.word.isdigit()):
            self.words.append(self.word)
        self.redirected = redirects or (self.redirected and not self._begun)
        self.word = self.kept = ""
        self._begun = False
