"""Schedules and servers that are spoilt or hostile: read or refused, in one line, soon, in little memory."""

import gzip
import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.formats.mutations import MAKERS
from tests.inside import Answer, ask

from scripts.soak.place import counted, home, summit
from scripts.soak.table import Row, Tally, must

EACH = 25_000
TARGETS = ("json", "frab-json", "frab-xml", "ics")
LONGEST = 2.0
"""Seconds that one input may take."""
MOST_MEMORY = 300
"""In MB, for the process that reads all of them."""


def mutated(name: str) -> Callable[[float], Row]:
    """25,000 mutants of a format: read, put into a catalog and written in every format, or refused."""

    def row(scale: float) -> Row:
        from tests.formats.test_mutations import outcome

        tally = Tally("hostile input", f"mutated inputs: {name}")
        chance = random.Random(f"{name} soak")
        for _turn in range(counted(EACH, scale)):
            data = MAKERS[name](chance)
            with tally.trying(data, LONGEST):
                said = outcome(data)
                must(said is None or "\n" not in said, said)
        made = tally.row()
        if made.memory > MOST_MEMORY:
            tally.fail(f"it took {made.memory} MB")
        return tally.row()

    return row


def through(scale: float) -> Row:
    """Mutants of every format through the whole program: listed, validated, converted, compared."""
    tally = Tally("hostile input", "mutated inputs through list, validate, convert, diff, grid, -f html")
    with home() as folder:
        file = folder / "spoilt"
        out = folder / "out"
        for name, make in MAKERS.items():
            chance = random.Random(f"{name} through")
            for _turn in range(counted(300, scale)):
                data = make(chance)
                file.write_bytes(data)
                for words in (
                    ["list"], ["grid", "-f", "table"], ["list", "-f", "html"], ["list", "-f", "ics"],
                    ["validate", str(file), "--strict"], ["diff", "bundled", str(file)],
                    *(["convert", str(file), "-f", to, "-o", str(out)] for to in TARGETS),
                ):  # fmt: skip
                    with tally.trying((words, data), 2 * LONGEST):
                        answer = ask([*words, "--schedule", str(file)])
                        must(answer.status in (0, 1, 3), answer)
    return tally.row()


def _xml(inside: str, head: str = "") -> bytes:
    return f"<?xml version='1.0'?>{head}<schedule>{inside}</schedule>".encode()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return _xml("&l9;", f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]>')


XML: Mapping[str, Callable[[], bytes]] = {
    "billion laughs": _laughs,
    "an external entity": lambda: _xml("&x;", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "a parameter entity": lambda: _xml("", '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>'),
    "an external document type": lambda: _xml("", '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">'),
    "quadratic entities": lambda: _xml("&a;" * 10_000, f'<!DOCTYPE a [<!ENTITY a "{"x" * 100_000}">]>'),
    "200,000 levels": lambda: b"<schedule>" + b"<a>" * 200_000,
    "200,000 levels closed": lambda: b"<schedule>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</schedule>",
    "a million attributes": lambda: (
        b"<schedule " + b" ".join(b"a%d=''" % n for n in range(1_000_000)) + b"/>"),
    "an endless comment": lambda: b"<schedule><!--" + b"-" * 10_000_000,
    "an endless section": lambda: b"<schedule><![CDATA[" + b"]" * 10_000_000,
    "a million empty elements": lambda: b"<schedule>" + b"<day/>" * 1_000_000 + b"</schedule>",
    "a million name spaces": lambda: b"<schedule>" + b"<a xmlns:b='c'>" * 100_000,
    "UTF-7": lambda: b"<?xml version='1.0' encoding='UTF-7'?><schedule>+ADw-",
    "UTF-32": lambda: "<?xml version='1.0' encoding='UTF-32'?><schedule/>".encode("utf-32"),
    "a bomb of tags": lambda: b"<schedule>" + b"<a" * 5_000_000,
}  # fmt: skip


def _json(inside: str) -> bytes:
    return f'{{"format": "summit-schedule/1", {inside}}}'.encode()


JSON: Mapping[str, Callable[[], bytes]] = {
    "1,000 levels": lambda: _json('"a": ' + "[" * 1_000 + "]" * 1_000),
    "1,000,000 levels": lambda: _json('"a": ' + "[" * 1_000_000),
    "objects in objects": lambda: _json('"a": ' + '{"a":' * 500_000),
    "5,000 digits": lambda: _json('"revised": ' + "9" * 5_000),
    "5,000,000 digits": lambda: _json('"revised": ' + "9" * 5_000_000),
    "a fraction of 5,000,000 digits": lambda: _json('"revised": 1.' + "9" * 5_000_000),
    "an exponent": lambda: _json('"revised": 1e999999999'),
    "NaN": lambda: _json('"revised": NaN'),
    "Infinity": lambda: _json('"revised": -Infinity'),
    "a key twice": lambda: _json('"version": "a", "version": "b"'),
    "500,000 keys and one twice": lambda: _json(",".join(f'"k{n}": 0' for n in range(500_000)) + ', "k0": 1'),
    "half a character": lambda: _json('"version": "\\ud800"'),
    "NUL": lambda: _json('"version": "\\u0000"'),
    "not UTF-8": lambda: _json('"version": "x"').replace(b"x", b"\xff"),
    "UTF-16": lambda: _json('"version": "x"').decode().encode("utf-16"),
    "after the end": lambda: _json('"version": "x"') + b" x",
    "a million blanks": lambda: b" " * 10_000_000 + _json('"version": "x"'),
    "a text of 20 MB": lambda: _json(f'"version": "{"x" * 20_000_000}"'),
    "a list of 1,000,000 nulls": lambda: _json('"sessions": [' + ",".join(["null"] * 1_000_000) + "]"),
    "frab of 1,000,000 nulls": lambda: (
        b'{"schedule": {"conference": {"days": [' + b",".join([b"null"] * 1_000_000) + b"]}}}"),
    "frab of 100,000 levels": lambda: b'{"schedule": {"conference": {"days": ' + b"[" * 100_000,
}  # fmt: skip


def hostile_xml(scale: float) -> Row:
    """Every one of them is refused in one line."""
    return _refused("hostile XML", XML, scale)


def hostile_json(scale: float) -> Row:
    """Every one of them is refused in one line."""
    return _refused("hostile JSON", JSON, scale)


def _refused(area: str, documents: Mapping[str, Callable[[], bytes]], scale: float) -> Row:
    tally = Tally(area, "documents × list, use, validate, convert")
    with home() as folder:
        file = folder / "hostile"
        for name, make in documents.items():
            data = make()
            if scale < 1 and len(data) > 100_000_000 * scale:
                continue
            file.write_bytes(data)
            for words in (["list", "--schedule"], ["use"], ["validate"], ["convert", "-f", "json"]):
                with tally.trying((name, words), 20):
                    answer = ask([*words, str(file)])
                    must(answer.status == 3, (name, answer.status, answer.err[-300:]))
                    must(words == ["validate"] or answer.err.count("\n") == 1, answer.err[-300:])
    return tally.row()


def recurrences(scale: float) -> Row:
    """Calendars whose events recur for ever, or a thousand million times."""
    tally = Tally("hostile input", "calendars that recur without end")
    rules = (
        "FREQ=SECONDLY", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2", "FREQ=DAILY;INTERVAL=99999999999999999999", "FREQ=DAILY",
        "FREQ=MINUTELY;UNTIL=99991231T235959Z", "FREQ=WEEKLY;BYDAY=" + ",".join(["WE"] * 100_000),
        "FREQ=YEARLY;BYDAY=53MO;BYWEEKNO=53;BYSETPOS=-366",
        "FREQ=HOURLY;BYMINUTE=" + ",".join(map(str, range(60))),
    )  # fmt: skip
    with home() as folder:
        file = folder / "recurring.ics"
        for rule in rules:
            for events in (1, counted(2000, scale)):
                body = "".join(
                    f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:19000101T000000Z\r\nSUMMARY:x\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
                    for n in range(events if len(rule) < 1000 else 1)
                )
                file.write_bytes(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode())
                for words in (["list", "--schedule"], ["agenda", "compare"]):
                    with tally.trying((rule[:60], events, words), 30):
                        must(ask([*words, str(file)]).status in (0, 1, 3))
    return tally.row()


def times(scale: float) -> Row:
    """5,000 random rules, sets of rules and zones: each time is exactly that of dateutil and of zoneinfo."""
    from tests.formats.calendars.random_rules import compare_rule, compare_set, compare_zone

    kinds = (compare_rule, compare_zone, compare_set)
    tally = Tally("right times", "random rules, sets of them and zones, against dateutil and zoneinfo")
    for number in range(counted(5_000, scale)):
        with tally.trying(number):
            kinds[number % len(kinds)](random.Random(f"times {number}"))
    return tally.row()


def servers(scale: float) -> Row:
    """Servers that never end, drip, lie, pack bombs, lead on for ever or elsewhere, with the true limits."""
    from tests.webserver import (
        breaks_off,
        endless,
        no_http,
        page,
        redirect,
        says_nothing,
        serving,
        status,
    )

    good = Path(__file__).resolve().parents[2].joinpath("data/schedule.json").read_bytes()
    bomb = gzip.compress(b" " * 200_000_000, 9)
    tally = Tally("hostile servers", "answers × list, use, update")
    with home(), serving() as site:
        hostile = {
            "a bomb": page(bomb, Content_Encoding="gzip"), "a bomb in a file": page(bomb),
            "a bomb in a bomb": page(gzip.compress(bomb), Content_Encoding="gzip"),
            "endless": endless(b"x" * 65536), "endless zeros": endless(b"\0" * 65536),
            "endless packed": endless(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip"),
            "a huge length": page(b"", Content_Length="9" * 18),
            "a length below none": page(b"x", Content_Length="-1"),
            "breaks off": breaks_off, "no HTTP": no_http, "nothing": says_nothing, "nowhere": redirect(""),
            "a file": redirect("file:///etc/passwd"), "a loop": redirect("/loop"),
            "data": redirect("data:,x"), "a port of none": redirect("http://127.0.0.1:99999/"),
            "broken packing": page(b"\x1f\x8bxx", Content_Encoding="gzip"), "500": status(500),
            "304": status(304), "another coding": page(good, Content_Encoding="br"),
            "a page": page(b"<html>" * 100_000, "text/html"),
            "endless headers": _headers, "drips": _drips, "drips headers": _dripping_headers,
        }  # fmt: skip
        site["/good.json"] = page(good, ETag='"1"')
        must(ask(["use", site.url + "/good.json"]).status == 0)
        before = ask(["list"])
        waiting = []
        for name, answer in hostile.items():
            path = "/loop" if name == "a loop" else f"/{name.replace(' ', '-')}"
            site[path] = answer
            if name.startswith(("drips", "endless headers")):
                if scale >= 1:
                    waiting.append((name, ["list", "--schedule", site.url + path]))
                continue
            for words in (["list", "--schedule", site.url + path], ["use", site.url + path]):
                with tally.trying((name, words), 35):
                    _refuses(ask(words))
            site["/good.json"] = answer
            with tally.trying((name, "update"), 35):
                updated = ask(["update"])
                must(updated.status in (0, 3, 4) and (name == "304" or updated.status), updated)
                must(ask(["list"]) == before and before.out, "the last good copy is not in use")
        threads = [threading.Thread(target=_waited, args=(tally, *one)) for one in waiting]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return tally.row()


def _refuses(answer: Answer) -> None:
    must(answer.status in (3, 4) and answer.out == "" and answer.err.count("\n") == 1, answer)


def _waited(tally: Tally, name: str, words: list[str]) -> None:
    with tally.trying((name, words), 35):
        done = summit(*words)
        must(done.returncode == 4 and done.stderr.count(b"\n") == 1, done)


def _drips(handler: object) -> None:
    _drip(handler, b"HTTP/1.1 200 OK\r\n\r\n", b" ")


def _dripping_headers(handler: object) -> None:
    _drip(handler, b"HTTP/1.1 200 OK\r\nX: ", b"x")


def _drip(handler: object, head: bytes, piece: bytes) -> None:
    handler.close_connection = True  # type: ignore[attr-defined]
    handler.wfile.write(head)  # type: ignore[attr-defined]
    for _turn in range(120):
        handler.wfile.write(piece)  # type: ignore[attr-defined]
        time.sleep(0.5)


def _headers(handler: object) -> None:
    handler.close_connection = True  # type: ignore[attr-defined]
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")  # type: ignore[attr-defined]
    while True:
        handler.wfile.write(b"X-%d: x\r\n" % time.monotonic_ns())  # type: ignore[attr-defined]


def odd_files(scale: float) -> Row:
    """Files that are none: devices, folders, links in a circle, pipes, what the kernel makes up."""
    tally = Tally("hostile input", "places that are no files × list, use, import")
    with home() as folder:
        (folder / "loop").symlink_to(folder / "loop")
        (folder / "gone").symlink_to(folder / "nothing")
        (folder / "secret").touch(0o000)
        places = [
            *(
                "/dev/null",
                "/proc/self/mem",
                "/proc/self/environ",
                "/",
                "",
                "x" * 5000,
                "/dev/fd/999",
                "\udcff",
            ),
            *map(str, (folder, folder / "loop", folder / "gone", folder / "secret")),
        ]
        commands = (
            ["list", "--schedule"],
            ["use"],
            ["validate"],
            ["agenda", "import"],
            ["agenda", "compare"],
        )
        places += ["/dev/zero"] if scale >= 1 else []
        for place in filter(lambda one: not one.startswith("/proc") or os.path.exists(one), places):
            for words in commands:
                with tally.trying((place, words), 30):
                    answer = ask([*words, place])
                    must(answer.status in (2, 3, 4) and answer.err.count("\n") <= 2, answer)
    return tally.row()
