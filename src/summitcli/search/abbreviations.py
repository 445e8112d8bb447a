"""The abbreviations that a search understands: ``IoT`` also finds 物联网, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from summitcli.search.typed import MAX_LENGTH, Typed, read
from summitcli.search.units import Unit, singular, units
from summitcli.text.folding import fold

ABBREVIATIONS = (
    ("5g", "第五代移动通信"),
    ("6g", "第六代移动通信"),
    ("a11y", "无障碍", "accessibility"),
    ("ai", "人工智能", "artificial intelligence"),
    ("aigc", "生成式人工智能", "generative ai", "genai"),
    ("aiot", "智能物联网", "人工智能物联网"),
    ("ar", "增强现实", "augmented reality"),
    ("bci", "脑机接口", "brain computer interface"),
    ("bri", "一带一路", "belt and road"),
    ("cbdc", "央行数字货币", "central bank digital currency"),
    ("e cny", "ecny", "数字人民币", "digital yuan", "digital rmb"),
    ("gis", "地理信息系统", "geographic information system"),
    ("hpc", "高性能计算", "high performance computing"),
    ("i18n", "国际化", "internationalization", "internationalisation"),
    ("ict", "信息通信技术", "信息与通信技术", "information and communication technology"),
    ("iiot", "工业物联网", "industrial internet of things"),
    ("iot", "物联网", "internet of things"),
    ("iov", "车联网", "internet of vehicles"),
    ("k8s", "kubernetes"),
    ("l10n", "本地化", "localization", "localisation"),
    ("llm", "大语言模型", "大模型", "large language model"),
    ("ml", "机器学习", "machine learning"),
    ("nlp", "自然语言处理", "natural language processing"),
    ("oss", "开源软件", "open source software"),
    ("saas", "软件即服务", "software as a service"),
    ("sme", "中小企业", "small and medium enterprises"),
    ("uav", "无人机", "unmanned aerial vehicle"),
    ("ux", "用户体验", "user experience"),
    ("vr", "虚拟现实", "virtual reality"),
    ("xr", "扩展现实", "extended reality"),
)
"""Groups of texts that have the same meaning, such as an abbreviation and the words it stands for.

A text is written as its units (Chinese characters or words); words are separated by spaces.
"""

_BEGINNINGS = frozenset(
    form.split()[0] if form.isascii() else form[0] for group in ABBREVIATIONS for form in group
)
"""The first Chinese character or word of each text in :data:`ABBREVIATIONS`.

A search text that contains none of them contains none of the texts.
"""

MAX_TEXTS = 8
"""The largest number of variants of a text that a search tries, including the text itself."""


def in_full(text: str) -> tuple[Typed, ...]:
    """Return variants of a search text: with abbreviations written in full, and with words abbreviated.

    The first item is the text itself; if it has no variants, return an empty tuple. Abbreviations and the
    words for them are recognised only as whole words, in the singular or plural.
    """
    folded = fold(text[:MAX_LENGTH])
    rows = _rows(list(units(folded)))
    if all(_BEGINNINGS.isdisjoint(row.split()) for row in rows):
        return ()
    groups = [group for group in ABBREVIATIONS if any(_spaced(form) in row for form in group for row in rows)]
    if not groups:
        return ()
    texts = [(folded, frozenset[str]())]
    for group in groups:
        for before, words in texts[:MAX_TEXTS]:
            texts += [(other, words.union(form.split())) for other, form in _replaced(before, group)]
    whole = frozenset(word for group in groups for form in group for word in form.split())
    return tuple(
        read(other)._replace(complete=words) for other, words in [(folded, whole), *texts[1:MAX_TEXTS]]
    )


def _replaced(text: str, group: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield variants of a text: with an abbreviation in place of its words, or the other way round.

    ``group`` has texts with the same meaning, such as ``("ai", "人工智能")``. In each variant, one of these
    texts is replaced by another. The variant is paired with the replacement.
    """
    its_units = list(units(text))
    for row, form in product(_rows(its_units), sorted(group, key=len, reverse=True)):
        at = row.find(_spaced(form))
        if at < 0:
            continue
        first = row.count(" ", 0, at)
        last = first + _spaced(form).strip().count(" ")
        before, after = text[: its_units[first][1]], text[its_units[last][2] :]
        for other in group:
            if other != form:
                # With hyphens, so that it is one word.
                yield f"{before} {other.replace(' ', '-')} {after}", other
        return


def _rows(its_units: Sequence[Unit]) -> tuple[str, str]:
    """Return two forms of a text, both with spaces around units (Chinese characters or words).

    The first form has the words as they are, the second has them in the singular.
    """
    words = [unit for unit, _start, _end in its_units]
    return f" {' '.join(words)} ", f" {' '.join(map(singular, words))} "


def _spaced(form: str) -> str:
    """Return a text of :data:`ABBREVIATIONS` with spaces around each unit (Chinese character or word)."""
    return f" {form if form.isascii() else ' '.join(form)} "
