"""Hostile text in every field of a schedule: in terminals, pipes, errors and completion."""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pydantic import BaseModel
from rich.cells import cell_len

from summitcli import formats
from summitcli.cli.terminal import progress
from summitcli.errors import Status
from tests.cli.walk import DURING, Step, every, judged, terminals, variables, walk, world
from tests.conftest import FIGURES
from tests.formats.platforms.test_indico import WHOLE as INDICO
from tests.formats.platforms.test_opass import WHOLE as OPASS
from tests.formats.platforms.test_open_event import WHOLE as OPEN_EVENT
from tests.formats.platforms.test_sessionize import GRID
from tests.formats.platforms.test_sessionize import WHOLE as SESSIONIZE
from tests.hostile import EVIL, SCHEDULES, STYLE, frab, native, one_by_one, sent
from tests.inside import Answer, ask, environment, look
from tests.webserver import Handler, Site, serving

NO_PICTURE = (
    "agenda",
    "browse",
    "star",
    "unstar",
    "hide",
    "remind",
    "new",
    "use",
    "update",
    "diff",
    "validate",
    "schedules",
    "convert",
    "publish",
    "completion",
    "help",
    "export",
)
"""Commands with output that is not drawn, and so not limited in width."""


def assert_harmless(steps: Iterable[Step]) -> int:
    """Check that no step sent control sequences or failed internally; return the number of steps."""
    taken: Counter[str] = Counter()
    escaped: Counter[str] = Counter()
    for step in steps:
        assert (step.sent, step.answer.status == Status.FAULT) == (set(), False), step
        taken[step.where] += 1
        escaped[step.where] += "\\x1b[" in step.answer.out + step.answer.err
    # All but the help had hostile text to show.
    assert [where for where in taken if not escaped[where] and "help" not in where] == []
    return taken.total()


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=[pytest.mark.soak] * (kind not in ("native", "ics"))) for kind in SCHEDULES],
)
def test_no_command_sends_control_sequences(
    kind: str, tmp_path: Path, record_property: Callable[..., None]
) -> None:
    begun = time.perf_counter()
    number = assert_harmless(walk(tmp_path, kind))
    took = time.perf_counter() - begun
    record_property(
        FIGURES, f"hostile text as {kind}: {number} command lines in {took:.1f} s, none sent it on"
    )


@pytest.mark.parametrize("columns", [60, pytest.param(160, marks=pytest.mark.soak)])
def test_hostile_text_is_no_wider_than_the_terminal(columns: int, tmp_path: Path) -> None:
    made = world(tmp_path, "native")
    drawn = set()
    with environment(variables(made, tmp_path)):
        for step in terminals(made, [columns]):
            command = next((word for word in step.words[:1] if word[:1] != "-"), "")
            if step.answer.status == Status.DONE and command not in NO_PICTURE:
                lines = STYLE.sub("", step.answer.out).expandtabs().splitlines()
                assert [line for line in lines if cell_len(line) > columns] == [], step.words
                if any(cell_len(line) > columns / 2 for line in lines):
                    drawn.add(command)
    assert drawn == {words.partition(" ")[0] for words, _command in every()} - {*NO_PICTURE}


@pytest.mark.parametrize(
    ("document", "every"),
    [(native(), 9), (frab(), 15), (OPASS, 7), (GRID, 5), (SESSIONIZE, 15), (INDICO, 15), (OPEN_EVENT, 15)],
    ids=["native", "frab", "opass", "grid", "sessionize", "indico", "open-event"],
)
def test_no_error_about_a_value_sends_control_sequences(document: object, every: int, tmp_path: Path) -> None:
    assert_harmless(complaints(tmp_path, [*one_by_one(document)][::every]))


def complaints(folder: Path, documents: Iterable[bytes]) -> Iterable[Step]:
    """Yield a step for each document and command that reads or validates it."""
    file = folder / "plan.json"
    for document in documents:
        file.write_bytes(document)
        for words in (["list", "--schedule", str(file)], ["validate", str(file), "--strict"]):
            yield judged(words, "error", ask(words))


def test_the_hostile_schedule_leaves_no_field_empty() -> None:
    schedule = formats.parse(SCHEDULES["native"](), "native").schedule
    empty = list(nothing_in(schedule.model_copy(update={"sessions": schedule.sessions[:1]}), ""))
    # A day without times has none of them.
    assert empty == []


def nothing_in(value: object, where: str) -> Iterable[str]:
    if isinstance(value, BaseModel) and hasattr(value, "root"):
        value = value.root
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from nothing_in(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, tuple) and value:
        for inner in value:
            yield from nothing_in(inner, f"{where}[]")
    elif value is None or value == ():
        yield where


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a hostile schedule."""
    file = tmp_path / "evil.json"
    file.write_bytes(SCHEDULES["native"]())
    return file


def test_markup_is_printed_unchanged(file: Path) -> None:
    screen = STYLE.sub("", look(["show", "b", "--schedule", str(file)], 200).out)
    assert "[red]x[/] [link=http://x]y[/link] [/] :smile:" in screen


def test_an_error_about_a_hostile_file_sends_no_control_sequences(tmp_path: Path) -> None:
    answer = ask(["list", "--schedule", str(tmp_path / "no\x1b[31m\nfile")])
    assert answer == (4, "", f"summit: can't read {tmp_path}/no\\x1b[31m\\nfile: No such file or directory\n")


def test_json_keeps_hostile_text_unchanged(file: Path) -> None:
    (row,) = json.loads(ask(["show", "a", "--json", "--schedule", str(file)]).out)
    assert (row["title"], row["speakers"], row["slots"][0]["room"], row["url"]) == (EVIL, [EVIL], EVIL, EVIL)


LINE = EVIL.replace("\r", "").replace("\n", "").replace("\0", "").encode()
BODY = SCHEDULES["frab"]()


def raw(head: bytes, body: bytes = b"") -> Callable[[Handler], None]:
    """Return a handler that sends a response unchanged."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(head + b"\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        handler.close_connection = True

    return answer


SERVERS = {
    "a reason": raw(b"HTTP/1.1 404 " + LINE),
    "an unknown status": raw(b"HTTP/1.1 599 " + LINE),
    "a status that is none": raw(b"HTTP/1.1 " + LINE),
    "a redirect": raw(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/" + LINE),
    "a redirect elsewhere": raw(b"HTTP/1.1 302 Found\r\nLocation: " + LINE),
    "a coding": raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + LINE, BODY),
    "a length": raw(b"HTTP/1.1 200 OK\r\nX: 1\r\nContent-Length: " + LINE, BODY),
    "a type": raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=" + LINE, b"<html>" + LINE),
    "a header's name": raw(b"HTTP/1.1 200 OK\r\n" + LINE + b": x", BODY),
    "tags": raw(b"HTTP/1.1 200 OK\r\nETag: " + LINE + b"\r\nLast-Modified: " + LINE, BODY),
    "a page": raw(b"HTTP/1.1 200 OK", b'<html><a href="' + LINE + b'.ics">' + LINE),
    "a page with links": raw(b"HTTP/1.1 200 OK", b'<html><a href="/schedule.xml?' + LINE + b'">'),
    "binary data": raw(b"HTTP/1.1 200 OK", LINE + bytes(range(256))),
}  # fmt: skip


def served(site: Site) -> Iterable[Step]:
    """Yield the steps that read, save and update the schedule of each server."""
    for number, (what, answer) in enumerate(SERVERS.items()):
        path = f"/{number}/schedule.json"
        site[path] = answer
        for words in (
            ["list", "--schedule", site.url + path], ["use", site.url + path], ["schedules"],
            ["schedules", "--json"], ["update"], ["validate", site.url + path], [*DURING], ["use", "bundled"],
        ):  # fmt: skip
            yield judged([what, *words], "pipe", ask(words))
            yield judged([what, *words], "terminal", look(words))


def test_no_header_of_a_server_reaches_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A progress bar on a slow machine would move the cursor.
    monkeypatch.setattr(progress, "SHOW_AFTER", 3600)
    with serving() as site:
        assert_harmless(served(site))


def test_a_template_may_have_control_characters_but_its_values_may_not(file: Path) -> None:
    answer = ask(["show", "a", "--schedule", str(file), "--template", "\x1b[1m{id}\x1b[0m {language}"])
    assert (answer.status, sent(answer.out.replace("\x1b[1ma\x1b[0m", ""))) == (0, set())


def test_the_directory_of_a_conference_has_a_plain_name(file: Path) -> None:
    assert isinstance(ask(["use", str(file)]), Answer)
    kept = Path(os.environ["SUMMIT_DATA"]) / "schedules"
    assert sorted(path.name for path in kept.iterdir()) == [".current.lock", "a", "current"]
