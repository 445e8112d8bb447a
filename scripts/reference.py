"""Write the reference in both languages and the man page docs/summit.1 from the program's declarations.

    python scripts/reference.py

A test compares the files with the output of this script.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from summitcli import __version__
from summitcli.cli.grammar import manual
from summitcli.cli.grammar.commands import COMMANDS, PANELS
from summitcli.cli.grammar.manual import ENVIRONMENT, HelpEntry, Page, Section
from summitcli.errors import Status
from summitcli.i18n import _, using_language
from summitcli.text.width import width

DOCS = Path(__file__).resolve().parents[1] / "docs"

STATUSES = {
    Status.DONE: "Success; something was found.",
    Status.NOTHING: "No match, as with grep: no session on that day, no result, no conflict. For diff and"
    " update --check: there are changes, as with diff.",
    Status.USAGE: "Usage error; the message says how to correct it.",
    Status.INVALID: "A schedule or an agenda is invalid or can't be read; nothing was changed.",
    Status.UNREACHABLE: "A URL or file can't be reached, or a file can't be written.",
    Status.FAULT: "Internal error; --debug shows where it occurred.",
    Status.INTERRUPTED: "Interrupted; no message is printed.",
    Status.PIPE_CLOSED: "Broken pipe; no message is printed.",
}

STATUSES_IN_CHINESE = {
    Status.DONE: "成功，有结果。",
    Status.NOTHING: "没有匹配的结果（同 grep）：当天没有场次、没有搜到、没有冲突。"
    "对于 diff 和 update --check：有变动（同 diff）。",
    Status.USAGE: "用法错误；错误信息会说明如何改正。",
    Status.INVALID: "会议日程或个人日程无效或无法读取；未作任何改动。",
    Status.UNREACHABLE: "无法访问网址或文件，或无法写入文件。",
    Status.FAULT: "内部错误；加 --debug 可查看出错位置。",
    Status.INTERRUPTED: "被中断；不显示信息。",
    Status.PIPE_CLOSED: "管道另一端已关闭；不显示信息。",
}


class Words(NamedTuple):
    """The words of the reference page in one language."""

    title: str
    introduction: str
    shared: str
    """With the links to the options that commands share."""
    see_also: str
    """With links to the two last sections."""
    at_a_glance: str
    """The heading of `summit` without a command."""
    accepts: str
    """With links to the shared options that a command accepts."""
    formats: str
    """With the formats of a command that does not accept all."""
    separator: str
    colon: str
    exit_codes: str
    environment: str
    statuses: Mapping[Status, str]


ENGLISH = Words(
    title="Reference",
    introduction="Every command with its options. `make docs` writes this page. [中文](reference.zh-CN.md)",
    shared="Shared options: {links}.",
    see_also="See also [exit codes](#exit-codes) and [environment](#environment).",
    at_a_glance="summit without a command",
    accepts="Also accepts {links}.",
    formats=" {formats}",
    separator=", ",
    colon=": ",
    exit_codes="Exit codes",
    environment="Environment",
    statuses=STATUSES,
)
CHINESE = Words(
    title="命令参考",
    introduction="所有命令及其选项。本页由 `make docs` 生成。[English](reference.md)",
    shared="共用的选项：{links}。",
    see_also="另见[退出码](#退出码)和[环境变量](#环境变量)。",
    at_a_glance="summit（不带命令）",
    accepts="还接受{links}。",
    formats="{formats}",
    separator="、",
    colon="：",
    exit_codes="退出码",
    environment="环境变量",
    statuses=STATUSES_IN_CHINESE,
)

MARKED = re.compile(r"`([^`]+)`")


def reference(words: Words = ENGLISH) -> str:
    """Return the Markdown page."""
    with using_language("zh" if words is CHINESE else "en"):
        return "\n".join(_page(words)) + "\n"


def _page(words: Words) -> Iterable[str]:
    yield from (f"# {words.title}", "", words.introduction, "")
    for panel in PANELS:
        commands = [_link(name) for name in COMMANDS if COMMANDS[name].panel == panel]
        yield f"- {_(panel)}{words.colon}{words.separator.join(commands)}"
    shared = words.separator.join(_link(section.heading) for section in _shared())
    yield from ("", words.shared.format(links=shared), words.see_also, "")
    for name in ("", *COMMANDS):
        heading = _called(name) if name else words.at_a_glance
        yield from (f"## {heading}", "", *_chapter(manual.page(name), words), "")
    for section in _shared():
        yield from (f"## {section.heading}", "", *_note(section), *_list(section.entries, words), "")
    yield from (f"## {words.exit_codes}", "")
    yield from (f"- `{status}`{words.colon}{text}" for status, text in words.statuses.items())
    yield from ("", f"## {words.environment}", "")
    yield from (f"- `{name}`{words.colon}{_(text)}" for name, text in ENVIRONMENT.items())


def _chapter(page: Page, words: Words) -> Iterable[str]:
    yield from (page.text, "", "```", *page.usage, "```")
    for section in _own(page):
        yield from ("", f"{section.heading}{words.colon}".rstrip(), "", *_list(section.entries, words))
    if shared := [_link(section.heading) for section in page.sections if _is_shared(section)]:
        accepts = words.accepts.format(links=words.separator.join(shared))
        yield from ("", f"{accepts}{_fewer_formats(page, words)}")
    if page.examples:
        yield from ("", "```sh")
        longest = max(width(example.line) for example in page.examples)
        for example in page.examples:
            yield f"{example.line}{' ' * (longest - width(example.line))}  # {example.what}"
        yield "```"


def _link(title: str) -> str:
    """Return a link to the section of a command, or of shared options."""
    if title in COMMANDS:
        return f"[{title}](#summit-{title.replace(' ', '-')})"
    return f"[{title[0].lower()}{title[1:]}](#{title.lower().replace(' ', '-')})"


def _note(section: Section) -> Iterable[str]:
    return [section.note, ""] if section.note else []


def _list(entries: Iterable[HelpEntry], words: Words) -> Iterable[str]:
    for entry in entries:
        names = ", ".join(f"`{name}`" for name in entry.names)
        label = " ".join(filter(None, (names, entry.metavar and f"`{entry.metavar}`")))
        yield f"- {label}{words.colon}{entry.text}"


def man() -> str:
    """Return the man page, in the macros of man(7)."""
    lines = [
        f'.TH SUMMIT 1 "" "summitcli {__version__}" "User Commands"',
        ".SH NAME",
        "summit \\- a conference schedule for the terminal",
        ".SH SYNOPSIS",
        *_lines_of(manual.front().usage),
        ".SH DESCRIPTION",
        _roff(manual.front().text),
        "In a terminal the output is a table, in a pipe the same rows as tab\\-separated values.",
        ".PP",
        f"Every command also accepts the options under {_roff(manual.global_options().heading.upper())}.",
        ".SH COMMANDS",
    ]
    for words in ("", *COMMANDS):
        lines += [f".SS {_roff(_called(words))}", *_paragraphs(manual.page(words))]
    for section in _shared():
        lines += [f".SH {section.heading.upper()}"]
        lines += [_roff(section.note)] if section.note else []
        lines += _tagged(section.entries)
    lines += [".SH EXIT STATUS"]
    for status, text in STATUSES.items():
        lines += [".TP", f"\\fB{status}\\fR", _roff(text)]
    lines += [".SH ENVIRONMENT"]
    for name, text in ENVIRONMENT.items():
        lines += [".TP", f"\\fB{name}\\fR", _roff(text)]
    lines += [".SH EXAMPLES", *_shown(manual.front())]
    return "\n".join(lines) + "\n"


def _paragraphs(page: Page) -> Iterable[str]:
    yield from _lines_of(page.usage)
    yield from (".PP", _roff(page.text))
    for section in _own(page):
        yield from _tagged(section.entries)
    everywhere = manual.global_options()
    if shared := [one.heading.upper() for one in page.sections if _is_shared(one) and one != everywhere]:
        text = f"It also accepts the options under {' and '.join(shared)}.{_fewer_formats(page)}"
        yield from (".PP", _roff(text))
    if page.examples:
        yield from _shown(page)


def _lines_of(usages: Iterable[str]) -> Iterable[str]:
    for number, usage in enumerate(usages):
        command = " ".join(takewhile(str.islower, usage.split(" ")))
        yield from [".br"] if number else []
        yield f"\\fB{_roff(command)}\\fR{_roff(usage[len(command) :])}"


def _tagged(entries: Iterable[HelpEntry]) -> Iterable[str]:
    for entry in entries:
        names = ", ".join(f"\\fB{_roff(name)}\\fR" for name in entry.names)
        metavar = f"\\fI{_roff(entry.metavar)}\\fR" if entry.metavar else ""
        yield from (".TP", f"{names} {metavar}".strip(), _roff(entry.text))


def _shown(page: Page) -> Iterable[str]:
    for example in page.examples:
        yield from (".TP", f"\\fB{_roff(example.line)}\\fR", _roff(example.what))


def _roff(text: str) -> str:
    """Return ``text`` escaped for troff and mandoc, with text in backquotes in bold."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = MARKED.sub(lambda found: f"\\fB{found[1]}\\fR", text)
    text = "".join(letter if letter.isascii() else f"\\[u{ord(letter):04X}]" for letter in text)
    return f"\\&{text}" if text.startswith(".") else text


def _called(words: str) -> str:
    return f"summit {words}".rstrip()


def _shared() -> list[Section]:
    return [manual.filters(), manual.output(), manual.global_options()]


def _own(page: Page) -> list[Section]:
    """Return the sections that a command does not share with others."""
    return [section for section in page.sections if not _is_shared(section)]


def _is_shared(section: Section) -> bool:
    """Return whether a section has the options that commands share, maybe with fewer formats."""
    return any(
        section.heading == one.heading
        and [entry.names for entry in section.entries] == [entry.names for entry in one.entries]
        for one in _shared()
    )


def _fewer_formats(page: Page, words: Words = ENGLISH) -> str:
    """Return a sentence with the formats of a command if it does not accept all, else an empty string."""
    usual = manual.output()
    found = (
        one for one in page.sections if one.heading == usual.heading and _is_shared(one) and one != usual
    )
    return "".join(words.formats.format(formats=section.entries[0].text) for section in found)


FILES: Mapping[Path, Callable[[], str]] = {
    DOCS / "reference.md": reference,
    DOCS / "reference.zh-CN.md": partial(reference, CHINESE),
    DOCS / "summit.1": man,
}
"""The function that generates each file."""


if __name__ == "__main__":
    for path, made in FILES.items():
        path.write_text(made(), "utf-8")
