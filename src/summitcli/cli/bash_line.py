"""A command line as bash has it: taken apart into words, and words written so that bash reads them back.

Bash tells a completion function the line, and replaces of it what its Readline takes for the word: what
follows on an opening quote, or else on the last character that divides words (Bash manual, COMP_WORDBREAKS),
such as the ``=`` of ``--day=1``. So what is inserted is only the rest of a word, quoted as it has begun.
"""

from typing import NamedTuple

_SPECIAL = frozenset("$@")
"""What divides words and belongs to the second one (Readline, rl_special_prefixes)."""

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%^")
"""The ASCII characters that mean themselves wherever they stand."""


class BashLine(NamedTuple):
    """A command line up to the cursor."""

    words: tuple[str, ...]
    """The words after the program's name, without their quotes; the last is being typed. Empty where that
    is the name of a file, behind ``>`` or ``<``."""
    quote: str = ""
    """The quote that is open at the end."""
    kept: str = ""
    """How much of the last word Readline leaves as it is."""

    def inserted(self, value: str) -> str:
        """What to insert for the last word to become ``value``; empty where nothing could do that."""
        if not value.startswith(self.kept):
            return ""
        rest = value.removeprefix(self.kept)
        if self.quote == "'":
            return rest.replace("'", "'\\''")
        if self.quote == '"':
            return "".join("\\" + character if character in '"\\$`' else character for character in rest)
        return "".join(
            character if character in _BARE or not character.isascii() else "\\" + character
            for character in rest
        )


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
    return BashLine((*reader.words[1:], reader.word), reader.quote, reader.kept)


class _Reader:
    """What has been read of a line: the words, and the one that has not ended."""

    def __init__(self, breaks: str) -> None:
        self.words: list[str] = []
        self.word = ""
        self.kept = ""
        self.quote = ""
        self.redirected = False
        """Whether the word is the name of a file."""
        self._breaks = breaks
        self._begun = False
        self._escaped = False

    def take(self, letter: str) -> None:
        """Read one letter (POSIX.1, Shell Command Language, 2.2)."""
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

    def _end(self, redirects: bool) -> None:
        # The number before a redirection is no word.
        if self._begun and not self.redirected and not (redirects and self.word.isdigit()):
            self.words.append(self.word)
        self.redirected = redirects or (self.redirected and not self._begun)
        self.word = self.kept = ""
        self._begun = False
