"""The program's own words in the reader's language.

English is written in the code and is the key; ``words/zh.py`` holds the Chinese. A plain module serves as
the catalogue because it is compiled once and loads in a fraction of the time of a message file.
"""

from collections.abc import Mapping

LANGUAGES = ("en", "zh")

_words: dict[str, str] = {}
_language = "en"


def speak(language: str) -> None:
    """Use ``language`` (``en`` or ``zh``) from now on."""
    global _language, _words
    if language == "zh":
        from summitcli.words.zh import WORDS

        _words = WORDS
    else:
        _words = {}
    _language = language if language == "zh" else "en"


def spoken() -> str:
    """The language in use, ``en`` or ``zh``."""
    return _language


class speaking:  # noqa: N801
    """A block in which another language is used, for a text whose language is not the reader's.

    Args:
        language: ``en`` or ``zh``.
    """

    def __init__(self, language: str) -> None:
        self._wanted = language

    def __enter__(self) -> None:
        self._before = _language
        speak(self._wanted)

    def __exit__(self, *_error: object) -> None:
        speak(self._before)


def _(sentence: str) -> str:
    """``sentence`` in the language in use; English where that lacks it."""
    return _words.get(sentence, sentence)


def ngettext(one: str, many: str, n: int, **words: object) -> str:
    """``one`` or ``many`` in the language in use, with ``{n}`` and ``words`` filled in."""
    sentence = _words.get(many) or (one if n == 1 else many)
    return sentence.format(n=n, **words)


def in_language(texts: Mapping[str, str], language: str, own: str) -> str:
    """Return a text in ``language``, or else in its conference's ``own``; empty where there is neither."""
    return texts.get(language) or texts.get(own, "")
