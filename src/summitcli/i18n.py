"""Translation of the program's messages.

The English text in the code is the key; ``words/zh.py`` has the Chinese. A Python module serves as the
message catalogue because it loads in a fraction of the time of a message file.
"""

from collections.abc import Mapping

LANGUAGES = ("en", "zh")

_words: dict[str, str] = {}
_language = "en"


def set_language(language: str) -> None:
    """Set the language of messages, ``en`` or ``zh``."""
    global _language, _words
    if language == "zh":
        from summitcli.words.zh import WORDS

        _words = WORDS
    else:
        _words = {}
    _language = language if language == "zh" else "en"


def current_language() -> str:
    """Return the current language of messages, ``en`` or ``zh``."""
    return _language


class using_language:  # noqa: N801
    """A context manager that sets the language of messages, and restores the previous one at the end.

    Args:
        language: ``en`` or ``zh``.
    """

    def __init__(self, language: str) -> None:
        self._wanted = language

    def __enter__(self) -> None:
        self._before = _language
        set_language(self._wanted)

    def __exit__(self, *_error: object) -> None:
        set_language(self._before)


def _(sentence: str) -> str:
    """Return ``sentence`` in the current language; in English if there is no translation."""
    return _words.get(sentence, sentence)


def ngettext(one: str, many: str, n: int, **words: object) -> str:
    """Return the singular ``one`` or the plural ``many``, depending on ``n``, in the current language.

    ``{n}`` is replaced by the number, and other names in braces by the values in ``words``.
    """
    sentence = _words.get(many) or (one if n == 1 else many)
    return sentence.format(n=n, **words)


def in_language(texts: Mapping[str, str], language: str, own: str) -> str:
    """Return the text in ``language``, or else in ``own``, the conference's language, or else an empty text.

    ``texts`` are by language tag: ``{"en": "Forum", "zh": "论坛"}``.
    """
    return texts.get(language) or texts.get(own, "")
