"""Damaged and hostile directories of conferences: read in part, or refused with one line."""

import json
import random
from collections.abc import Callable, Mapping

from tests.directory.samples import HARBOUR
from tests.directory.test_mutations import MENU, OWN, outcome
from tests.formats.mutations import spoilt_json
from tests.inside import ask

from scripts.soak.inputs import TIME_LIMIT
from scripts.soak.sandbox import home, scaled
from scripts.soak.table import Row, Tally, check

INPUTS = 25_000
LONGEST = 10.0
"""The maximum time of a command with the largest directory, in seconds."""


def _many(number: int, title: str) -> bytes:
    entries = [{**HARBOUR, "name": f"c-{n}", "title": f"{title}{n}"} for n in range(number)]
    return json.dumps({"format": "summit-directory/1", "conferences": entries}).encode()


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "1,000,000 levels": lambda: b'{"schedules": ' + b"[" * 1_000_000,
    "objects in objects": lambda: b'{"schedules": ' + b'{"a":' * 500_000,
    "5,000,000 digits": lambda: b'{"schedules": [' + b"9" * 5_000_000 + b"]}",
    "1,000,000 nulls": lambda: b'{"schedules": [' + b"null," * 1_000_000 + b"null]}",
    "a key twice": lambda: b'{"schedules": [], "schedules": []}',
    "not UTF-8": lambda: b'{"schedules": ["\xff"]}',
    "UTF-16": lambda: json.dumps(MENU).encode("utf-16"),
    "9,000,000 blanks": lambda: b" " * 9_000_000,
    "10,000 conferences": lambda: _many(10_000, "Conference "),
    "a page": lambda: b"<!doctype html><title>Conferences</title>",
    "a schedule": lambda: b'{"format": "summit-schedule/1"}',
    "nothing": lambda: b"",
}


def directories(scale: float) -> Row:
    """Test mutants of directories, hostile ones with `find` and `use`, and the largest that is read."""
    tally = Tally("hostile input", "directories of conferences: mutated, hostile and the largest")
    rng = random.Random("directories soak")
    for _turn in range(scaled(INPUTS, scale)):
        data = spoilt_json(rng, rng.choice((OWN, MENU)))
        with tally.attempt(data, TIME_LIMIT):
            error = outcome(data)
            check(error is None or "\n" not in error, error)
    with home() as folder:
        file = folder / "directory"
        for name, make in DOCUMENTS.items():
            file.write_bytes(make())
            for words in (["find", "fosdem"], ["use", "fosdem-2026"]):
                with tally.attempt((name, words), TIME_LIMIT):
                    answer = ask([*words, "--directory", str(file)])
                    check(answer.status == 3 and answer.err.count("\n") == 1, (name, answer))
        titles = ("x" * 190, "".join(map(chr, range(0x4E00, 0x4E00 + 190))))
        for title in titles:
            file.write_bytes(_many(2_000, title))
            with tally.attempt(title, LONGEST):
                answer = ask(["find", "xyzzy", "--directory", str(file)])
                check(answer.status in (0, 1), answer.err)
    return tally.row()
