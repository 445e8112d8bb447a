"""The Chinese words: none missing, none unused, the same placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import summitcli
from summitcli.i18n import LANGUAGES, _, ngettext, speak, spoken
from summitcli.when import WEEKDAYS
from summitcli.words.zh import WORDS

PACKAGE = Path(summitcli.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff，、：；（）“”。]")


def said() -> dict[str, str]:
    """Every sentence that the code asks for in the reader's language, and the file that does."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "_" and node.args and isinstance(node.args[0], ast.Constant):
                found[str(node.args[0].value)] = where
            if node.func.id == "ngettext" and isinstance(node.args[1], ast.Constant):
                found[str(node.args[1].value)] = where
    return found


def constants() -> set[str]:
    """Every string in the code, for the words that are asked for by way of a name."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path.name != "zh.py"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(sentence: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(sentence) if field is not None}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak("en")


def test_every_sentence_has_its_chinese() -> None:
    assert {sentence: where for sentence, where in said().items() if sentence not in WORDS} == {}


def test_no_chinese_is_left_over() -> None:
    assert sorted(set(WORDS) - set(said()) - constants()) == []


@pytest.mark.parametrize("sentence", WORDS, ids=lambda sentence: sentence[:40])
def test_the_chinese_has_the_same_placeholders_and_is_chinese(sentence: str) -> None:
    assert placeholders(WORDS[sentence]) == placeholders(sentence)
    bare = re.sub(r"\{\w+\}|\W", "", sentence)
    assert not bare or CHINESE.search(WORDS[sentence])


def test_each_language_is_spoken_and_others_are_english() -> None:
    for language in (*LANGUAGES, "de"):
        speak(language)
        assert spoken() == (language if language in LANGUAGES else "en")
        assert _("Saturday") == ("星期六" if language == "zh" else "Saturday")
        assert _("no such sentence") == "no such sentence"
    assert all(day in WORDS for day in WEEKDAYS)


def test_numbers_choose_the_form() -> None:
    assert [ngettext("{n} session", "{n} sessions", n) for n in (0, 1, 2)] == [
        "0 sessions",
        "1 session",
        "2 sessions",
    ]
    speak("zh")
    assert [ngettext("{n} session", "{n} sessions", n) for n in (0, 1)] == ["0 场", "1 场"]
