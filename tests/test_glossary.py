"""Checks that messages, help and documents use one term for each thing, in both languages."""

import re
from collections.abc import Iterable

import pytest

from summitcli.words.zh import WORDS
from tests.conftest import ROOT

ENGLISH_DOCUMENTS = (
    "README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/reference.md", "docs/summit.1",
    "docs/schedule-format.md",
)  # fmt: skip
CHINESE_DOCUMENTS = ("README.zh-CN.md", "docs/reference.zh-CN.md")

NEVER_IN_ENGLISH = {
    "conference": ("meeting",),
    "your agenda": (r"\bour agenda", r"my agenda", "take out", "take along", "pick sessions"),
    "star": ("bookmark", "favourite"),
    "ID": ("slug",),
    "room": (r"\bvenue\b(?!, a widget)",),
    "match": (r"\bhits?\b",),
    "only sessions": ("filters leave", "what the filters"),
    "conflict": (r"clash(es|ing)?\b", r"overlaps?\b"),
    "free time": ("what is free",),
    "export": ("carry",),
    "import": ("take over",),
    "update": (r"\banew\b", r"\brenew"),
    "download": ("obtain", r"\bfetch(ed|ing)? (it|them|anew)\b"),
    "current schedule": ("schedule in use",),
    "built-in schedule": ("comes with the program",),
    "error": ("fault of", "oddity", r"\bodd\b"),
    "exit code": ("exit status(?!$)", r"\bstatus [0-9]"),
    "directory": (r"\bfolders?\b",),
    "redirect": ("leads on",),
    "in a terminal": ("on a terminal",),
    "broken pipe": ("reader went away", "reader of the pipe"),
    "global options": ("options of every command",),
    "default": ("if nothing is said",),
    "field": ("a line of your own",),
    "time": ("clock time",),
    "duration": ("length of time",),
    "reminder": (r"alarm rings",),
    "calendar app": ("calendar program",),
    "cancelled": ("no longer held", "held again"),
    "completion": ("TAB key",),
    "purpose": (r"(?<!`)positioning",),
}
"""By a term of the glossary, the words that must not stand for it."""

NEVER_IN_CHINESE = {
    "会议": ("大会",),
    "会议名录": ("会议目录",),
    "会议日程": ("本日程", "日程数据", "会议数据", "议程"),
    "我的日程": ("收藏", "行程", "我的某份"),
    "加入": ("(?<![挑所])选场次", "放进"),
    "移除": ("移出",),
    "名称": ("(?<!新闻)标题(?!栏)",),
    "ID": ("编号",),
    "会场": ("房间", "场地"),
    "嘉宾": ("讲者", "讲师"),
    "类别": ("分类",),
    "简介": ("描述",),
    "搜索": ("查找", "找会"),
    "冲突": ("重叠", "矛盾"),
    "空档": ("空着",),
    "日程图": ("网格",),
    "导出": ("导成",),
    "比较": ("对比",),
    "更新": ("重新取",),
    "下载": ("取回", "取得", "获取"),
    "已保存的会议日程": ("存下来", "可用的日程"),
    "当前会议日程": ("现用", "换用"),
    "内置": ("自带(?!的。)",),
    "发布": ("(?<!未)(?<!首个)(?<!主办方)公布(?!了具体时间)",),
    "问题": ("异常(?!之处)", "不对劲"),
    "内部错误": ("程序自身出错", "程序自身的错误"),
    "退出码": ("退出状态",),
    "用法错误": ("写错了", "多余的词"),
    "目录": ("文件夹",),
    "重定向": ("跳转",),
    "在终端中": ("终端里", "终端上"),
    "在管道中": ("接到管道",),
    "标准输出": ("走标准",),
    "默认": ("不写则",),
    "字段": ("列名",),
    "具体时间": ("钟点",),
    "提醒": ("闹钟",),
    "日历应用": ("日历程序",),
    "命令补全": ("TAB 键",),
    "定位": ("峰会定位",),
}


def _uses(terms: dict[str, tuple[str, ...]], texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return each text that has a forbidden word, with the term to use instead."""
    patterns = {term: re.compile("|".join(words), re.IGNORECASE) for term, words in terms.items()}
    return [(term, text) for text in texts for term, pattern in patterns.items() if pattern.search(text)]


def _lines(document: str) -> list[str]:
    return (ROOT / document).read_text("utf-8").splitlines()


def test_messages_and_help_follow_the_glossary_in_english() -> None:
    assert _uses(NEVER_IN_ENGLISH, WORDS) == []


def test_messages_and_help_follow_the_glossary_in_chinese() -> None:
    assert _uses(NEVER_IN_CHINESE, WORDS.values()) == []


@pytest.mark.parametrize("document", ENGLISH_DOCUMENTS)
def test_documents_follow_the_glossary_in_english(document: str) -> None:
    assert _uses(NEVER_IN_ENGLISH, _lines(document)) == []


@pytest.mark.parametrize("document", CHINESE_DOCUMENTS)
def test_documents_follow_the_glossary_in_chinese(document: str) -> None:
    assert _uses(NEVER_IN_CHINESE, _lines(document)) == []


SHARED = r"我的日程|会议日程|个人日程|日程图|具体日程|另一个会议的日程"
"""The words in which 日程 may stand."""


def test_a_schedule_is_told_from_an_agenda_in_chinese() -> None:
    assert [text for text in WORDS.values() if "日程" in re.sub(SHARED, "", text)] == []
