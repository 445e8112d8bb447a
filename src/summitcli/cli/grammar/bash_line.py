"""A command line as bash has it: taken apart into words, and words written so that bash reads them back.

Bash tells a completion function the line, and replaces of it what its Readline takes for the word: what
follows on an opening quote, or else on the last character that divides words (Bash manual, COMP_WORDBREAKS),
such as the ``=`` of ``--day=1``. So what is inserted is only the rest of a word, quoted as it has begun.

What is inserted comes from a schedule, which may be a stranger's. So nothing in it may be expanded, whether
the line is accepted as it is or edited further; a value that can't be written so is not offered:

- History is expanded before quotes are looked at (Bash manual, History Interaction): in double quotes, too,
  and in single quotes where an odd quote earlier on the line misleads it. Only a backslash is always heeded,
  and only outside quotes does the shell take it away again: so the open quotes are closed around ``\\!``.
- Readline drops an opening quote before text that begins with the same, and adds no closing one after text
  that ends with it (Readline 8.2, complete.c, ``insert_match`` and ``append_to_match``), so that such text
  gets one more.
- The key that inserts all matches at once drops the opening quote and closes none.
"""

from __future__ import annotations

from summitcli.lazy_typing import NamedTuple

_SPECIAL = frozenset("$@")
"""What divides words and belongs to the second one (Readline, rl_special_prefixes)."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/")
"""The ASCII characters that mean themselves wherever they stand, within any quotes and outside."""

_SPECIAL_IN_DOUBLE_QUOTES = frozenset('"\\$`')
"""What a backslash takes the meaning from within double quotes (POSIX.1, Shell Command Language, 2.2.3)."""

_NESTING = frozenset("({['\"")
"""What begins a text with quoting rules of its own after a ``$``; the last two only outside quotes."""

INSERT_ALL = "42"
"""The type of completion that inserts all matches (Bash manual, COMP_TYPE: the code of ``*``)."""


class BashLine(NamedTuple):
    """A command line up to the cursor."""

    words: tuple[str, ...]
    """The words after the program's name, without their quotes; the last is being typed. Empty where that
    is the name of a file, behind ``>`` or ``<``."""
    quote: str = ""
    """The quote that is open at the end."""
    kept: str = ""
    """How much of the last word Readline leaves as it is."""
    nested: bool = False
    """Whether the line has substitutions or other quotes, so that it is uncertain which quote is open."""

    def inserted(self, value: str, kind: str = "", history: str = "!") -> str:
        """Return what to insert for the last word to become ``value``; nothing if that can't be done safely.

        Args:
            value: the whole word.
            kind: the type of completion, as ``COMP_TYPE`` has it; empty if bash doesn't tell it (before 4.0).
            history: the character that begins a history expansion, the first of ``histchars``.
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
        """Write ``text`` within the quotes that are open, and close them where they can't hold it."""
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
    """Return whether ``text`` means itself wherever it stands in a line."""
    return all(character in _PLAIN or not character.isascii() for character in text)


def read(line: str, breaks: str) -> BashLine:
    """Take ``line`` apart, which begins with the program's name.

    Args:
        line: a simple command up to the cursor.
        breaks: the characters that Readline takes to divide words.
    """
    reader = _Reader(breaks)
    for letter in line:
        reader.take(letter)
    if reader.redirected:
        return BashLine(())
    return BashLine((*reader.words[1:], reader.word), reader.quote, reader.kept, reader.nested)


class _Reader:
    """What has been read of a line: the words, and the one that has not ended."""

    def __init__(self, breaks: str) -> None:
        self.words: list[str] = []
        self.word = ""
        self.kept = ""
        self.quote = ""
        self.redirected = False
        """Whether the word is the name of a file."""
        self.nested = False
        """Whether anything on the line has quoting rules of its own."""
        self._breaks = breaks
        self._begun = False
        self._escaped = False
        self._after_dollar = False

    def take(self, letter: str) -> None:
        """Read one letter (POSIX.1, Shell Command Language, 2.2)."""
        self._notice_nesting(letter)
        if self._escaped:
            # Within quotes a backslash is one unless it stands before what it takes the meaning from.
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
                self.kept = self.word.removesuffix(letter) if letter in _SPECIAL else self.word

    def _notice_nesting(self, letter: str) -> None:
        if self._escaped or self.quote == "'":
            self._after_dollar = False
            return
        begins = letter in _NESTING and not (self.quote and letter in "'\"")
        self.nested = self.nested or letter == "`" or (self._after_dollar and begins)
        self._after_dollar = letter == "$"

    def _end(self, redirects: bool) -> None:
        # The number before a redirection is no word.
        if self._begun and not self.redirected and not (redirects and self.word.isdigit()):
            self.words.append(self.word)
        self.redirected = redirects or (self.redirected and not self._begun)
        self.word = self.kept = ""
        self._begun = False
