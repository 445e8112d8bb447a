"""The Chinese translation: complete, without unused entries, with the same placeholders."""

import ast
import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import summitcli
from summitcli.errors import (
    DATABASE_ERRORS,
    SYSTEM_MESSAGES,
    CatalogDamaged,
    SummitError,
    Unreachable,
    database_message,
    system_message,
)
from summitcli.i18n import LANGUAGES, _, current_language, ngettext, set_language
from summitcli.text.days import WEEKDAYS
from summitcli.words.zh import WORDS

PACKAGE = Path(summitcli.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff，、：；（）“”。]")


@cache
def nodes() -> dict[str, list[ast.AST]]:
    """Return all nodes of the source, by file."""
    return {
        path.relative_to(PACKAGE).as_posix(): list(ast.walk(ast.parse(path.read_bytes())))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def said() -> dict[str, str]:
    """Return all messages to be translated, with their file."""
    found: dict[str, str] = {}
    for where, inside in nodes().items():
        for node in inside:
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "_" and node.args and isinstance(node.args[0], ast.Constant):
                found[str(node.args[0].value)] = where
            # A kind of finding is said by way of ngettext, too.
            if (
                node.func.id in ("ngettext", "Kind")
                and len(node.args) > 1
                and isinstance(node.args[1], ast.Constant)
            ):
                found[str(node.args[1].value)] = where
    for path in PACKAGE.rglob("templates/*.html"):
        for sentence in re.findall(r'\b_\("((?:[^"\\]|\\.)*)"\)', path.read_text("utf-8")):
            found[sentence] = path.relative_to(PACKAGE).as_posix()
    return found


def errors() -> set[str]:
    """Return the names of the error classes shown to users."""
    bases: dict[str, set[str]] = {}
    for inside in nodes().values():
        for node in inside:
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {base.id for base in node.bases if isinstance(base, ast.Name)}
    found = {SummitError.__name__}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    # A damaged catalog is built anew, and nothing is said of it.
    return found - {CatalogDamaged.__name__}


@cache
def told() -> set[str]:
    """Return the names of the functions whose arguments are shown to users."""
    return errors() | {"say", "warn", "Paragraph", "PydanticCustomError", "_fault"}


def escaped() -> list[str]:
    """Return all messages shown to users without being translated."""
    found = []
    for where, inside in nodes().items():
        for node in inside:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in told():
                found += [
                    f"{where}:{argument.lineno}: {ast.unparse(argument)}"
                    for argument in node.args
                    if SENTENCE.search(_literal(argument))
                ]
    return found


SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def _literal(argument: ast.expr) -> str:
    """Return the string of an argument, if it is a literal."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def constants() -> set[str]:
    """Return all strings in the code, for messages that are translated by way of a variable."""
    return {
        node.value
        for where, inside in nodes().items()
        if not where.endswith("zh.py")
        for node in inside
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def placeholders(sentence: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(sentence) if field is not None}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    set_language("en")


def test_every_sentence_has_its_chinese() -> None:
    assert {sentence: where for sentence, where in said().items() if sentence not in WORDS} == {}


def test_no_chinese_is_left_over() -> None:
    assert sorted(set(WORDS) - set(said()) - constants()) == []


ALIKE = {"ID"}
"""Words that Chinese readers use as they are."""


def test_the_chinese_has_the_same_placeholders() -> None:
    assert [text for text, chinese in WORDS.items() if placeholders(chinese) != placeholders(text)] == []


def test_the_chinese_is_chinese() -> None:
    with_words = [text for text in WORDS if re.sub(r"\{\w+\}|\W", "", text)]
    assert [text for text in with_words if not CHINESE.search(WORDS[text]) and text not in ALIKE] == []


def test_no_message_is_in_english_alone() -> None:
    assert escaped() == []
    assert {"UsageError", "InvalidAgenda", "Unreachable"} <= told()


def test_system_errors_are_translated() -> None:
    assert [sentence for sentence in SYSTEM_MESSAGES.values() if sentence not in WORDS] == []
    set_language("zh")
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    assert str(Unreachable(_("can't read {name}").format(name="a.json"), missing)) == (
        "无法读取 a.json：没有这个文件或目录"
    )
    assert str(Unreachable("x", OSError(errno.EXDEV, os.strerror(errno.EXDEV)))) == (
        f"x：{os.strerror(errno.EXDEV)}"
    )


@pytest.mark.parametrize(
    ("code", "chinese"),
    [
        (errno.ECONNREFUSED, "连接被拒绝"),
        (errno.ECONNRESET, "连接被对方重置"),
        (errno.ENETUNREACH, "无法连接网络"),
        (errno.ETIMEDOUT, "连接超时"),
        (errno.EDQUOT, "超出磁盘配额"),
    ],
)
def test_a_usual_system_error_is_in_the_language_in_use(code: int, chinese: str) -> None:
    error = OSError(code, os.strerror(code))
    assert system_message(error) == os.strerror(code)
    set_language("zh")
    assert system_message(error) == chinese


def test_a_usual_error_of_sqlite_is_in_the_language_in_use() -> None:
    assert [sentence for sentence in DATABASE_ERRORS if sentence not in WORDS] == []
    error = sqlite3.DatabaseError("file is not a database")
    assert database_message(error) == "file is not a database"
    set_language("zh")
    assert database_message(error) == "文件不是数据库"
    assert database_message(sqlite3.DatabaseError("another reason")) == "another reason"


HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
ADJACENT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")


def test_marks_are_full_width_beside_chinese_and_latin_words_stand_apart_from_it() -> None:
    # Commands are as they are typed, and dates are written without blanks.
    bare = [re.sub(r"`[^`]*`|\{\w*\}|\d+月\d*日?", "", chinese) for chinese in WORDS.values()]
    assert [text for text in bare if HALF_WIDTH.search(text)] == []
    assert [text for text in bare if ADJACENT.search(text)] == []


def test_each_language_is_spoken_and_others_are_english() -> None:
    for language in (*LANGUAGES, "de"):
        set_language(language)
        assert current_language() == (language if language in LANGUAGES else "en")
        assert _("Saturday") == ("星期六" if language == "zh" else "Saturday")
        assert _("no such sentence") == "no such sentence"
    assert all(day in WORDS for day in WEEKDAYS)


def test_numbers_choose_the_form() -> None:
    assert [ngettext("{n} session", "{n} sessions", n) for n in (0, 1, 2)] == [
        "0 sessions",
        "1 session",
        "2 sessions",
    ]
    set_language("zh")
    assert [ngettext("{n} session", "{n} sessions", n) for n in (0, 1)] == ["0 场", "1 场"]
