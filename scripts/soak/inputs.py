"""Corrupted and hostile schedules and servers: quickly read or refused with one line, in little memory."""

import gzip
import os
import random
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.formats.mutations import MAKERS
from tests.inside import Answer, ask

from scripts.soak.sandbox import home, scaled, summit
from scripts.soak.table import Row, Tally, check

INPUTS = 25_000
TARGETS = ("json", "frab-json", "frab-xml", "ics")
TIME_LIMIT = 2.0
"""The maximum time for one input, in seconds."""
MEMORY_LIMIT = 300
"""The maximum memory of the process that reads all inputs, in MB."""


def mutated(name: str) -> Callable[[float], Row]:
    """Return the row that reads 25,000 mutants of a format, and builds and exports the valid ones."""

    def row(scale: float) -> Row:
        from tests.formats.test_mutations import outcome

        tally = Tally("hostile input", f"mutated inputs: {name}")
        rng = random.Random(f"{name} soak")
        for _turn in range(scaled(INPUTS, scale)):
            data = MAKERS[name](rng)
            with tally.attempt(data, TIME_LIMIT):
                error = outcome(data)
                check(error is None or "\n" not in error, error)
        made = tally.row()
        if made.memory > MEMORY_LIMIT:
            tally.fail(f"the process used {made.memory} MB")
        return tally.row()

    return row


def whole_commands(scale: float) -> Row:
    """Test mutants of every format with whole commands: list, validate, convert, diff and others."""
    tally = Tally("hostile input", "mutated inputs through list, validate, convert, diff, grid, -f html")
    with home() as folder:
        file = folder / "corrupted"
        out = folder / "out"
        for name, make in MAKERS.items():
            rng = random.Random(f"{name} through")
            for _turn in range(scaled(300, scale)):
                data = make(rng)
                file.write_bytes(data)
                for words in (
                    ["list"], ["grid", "-f", "table"], ["list", "-f", "html"], ["list", "-f", "ics"],
                    ["validate", str(file), "--strict"], ["diff", "bundled", str(file)],
                    *(["convert", str(file), "-f", to, "-o", str(out)] for to in TARGETS),
                ):  # fmt: skip
                    with tally.attempt((words, data), 2 * TIME_LIMIT):
                        answer = ask([*words, "--schedule", str(file)])
                        check(answer.status in (0, 1, 3), answer)
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
    "declarations and an entity": lambda: _xml("&x;", "<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY x 'y'>]>"),
    "a default value": lambda: _xml("", "<!DOCTYPE a [<!ATTLIST event guid CDATA 'x'>]>"),
    "a notation": lambda: _xml("", "<!DOCTYPE a [<!NOTATION n SYSTEM 'n.exe'>]>"),
    "a reference among declarations": lambda: _xml("&y;", "<!DOCTYPE a [<!ELEMENT a ANY> %x;]>"),
    "a million declarations": lambda: _xml("", f"<!DOCTYPE a [{'<!ATTLIST a b ID #IMPLIED>' * 1_000_000}]>"),
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
    "OPass of 1,000,000 nulls": lambda: (
        b'{"session_types": [], "sessions": [' + b",".join([b"null"] * 1_000_000) + b"]}"),
    "Sessionize of 100,000 levels": lambda: (
        b'[{"isServiceSession": false, "startsAt": null}, ' + b'{"sessions": [' * 100_000),
    "Indico of 100,000 levels": lambda: (
        b'{"results": [{"startDate": {}, "contributions": [{}' + b',{"contributions": [' * 100_000),
    "open-event of 100,000 levels": lambda: (
        b'[{"start_time": "", "microlocation": ' + b"[" * 100_000),
    "JSON:API of 100,000 levels": lambda: (
        b'{"type": "session", "starts-at": "", "short-abstract": "", "attributes": {}, "data": '
        + b"[" * 100_000),
    "frab of 100,000 levels": lambda: b'{"schedule": {"conference": {"days": ' + b"[" * 100_000,
}  # fmt: skip


def hostile_xml(scale: float) -> Row:
    """Test that each hostile XML document is refused with one line."""
    return _refused("hostile XML", XML, scale)


def hostile_json(scale: float) -> Row:
    """Test that each hostile JSON document is refused with one line."""
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
                with tally.attempt((name, words), 20):
                    answer = ask([*words, str(file)])
                    check(answer.status == 3, (name, answer.status, answer.err[-300:]))
                    check(words == ["validate"] or answer.err.count("\n") == 1, answer.err[-300:])
    return tally.row()


def recurrences(scale: float) -> Row:
    """Test calendars whose events recur for ever, or a billion times."""
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
            for events in (1, scaled(2000, scale)):
                body = "".join(
                    f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:19000101T000000Z\r\nSUMMARY:x\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
                    for n in range(events if len(rule) < 1000 else 1)
                )
                file.write_bytes(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode())
                for words in (["list", "--schedule"], ["agenda", "compare"]):
                    with tally.attempt((rule[:60], events, words), 30):
                        check(ask([*words, str(file)]).status in (0, 1, 3))
    return tally.row()


def times(scale: float) -> Row:
    """Compare 5,000 random rules, sets of rules and zones with dateutil and zoneinfo."""
    from tests.formats.calendars.random_rules import compare_rule, compare_set, compare_zone

    kinds = (compare_rule, compare_zone, compare_set)
    tally = Tally("right times", "random rules, sets of them and zones, against dateutil and zoneinfo")
    for number in range(scaled(5_000, scale)):
        with tally.attempt(number):
            kinds[number % len(kinds)](random.Random(f"times {number}"))
    return tally.row()


def servers(scale: float) -> Row:
    """Test hostile servers with the real limits: endless, slow, lying, compression bombs, redirects."""
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
        check(ask(["use", site.url + "/good.json"]).status == 0)
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
                with tally.attempt((name, words), 35):
                    _refuses(ask(words))
            site["/good.json"] = answer
            with tally.attempt((name, "update"), 35):
                updated = ask(["update"])
                check(updated.status in (0, 3, 4) and (name == "304" or updated.status), updated)
                check(ask(["list"]) == before and before.out, "the last valid copy is not used")
        threads = [threading.Thread(target=_waited, args=(tally, *one)) for one in waiting]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return tally.row()


def _refuses(answer: Answer) -> None:
    check(answer.status in (3, 4) and answer.out == "" and answer.err.count("\n") == 1, answer)


def _waited(tally: Tally, name: str, words: list[str]) -> None:
    with tally.attempt((name, words), 35):
        done = summit(*words)
        check(done.returncode == 4 and done.stderr.count(b"\n") == 1, done)


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


def special_files(scale: float) -> Row:
    """Test paths that are not regular files: devices, directories, link loops and kernel files."""
    tally = Tally("hostile input", "special files × list, use, import")
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
                with tally.attempt((place, words), 30):
                    answer = ask([*words, place])
                    check(answer.status in (2, 3, 4) and answer.err.count("\n") <= 2, answer)
    return tally.row()
