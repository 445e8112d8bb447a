"""The events of schema.org in the JSON-LD of an HTML page, read as a schedule.

If an event contains others, it is the conference, and the others are its sessions. A page with a single event
is a conference with one session. Offers (tickets) are not read.
"""

import re
from collections.abc import Iterator
from typing import Any

from summitcli.budgets import Spending
from summitcli.errors import InvalidSchedule
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.schema_org.blocks import about, blocks, decoded, load, looks_like_page
from summitcli.formats.schema_org.drafting import draft
from summitcli.formats.schema_org.graph import graph
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.text.strict_json import NotJson, check_budget

NOT_JSON = Kind(
    "{n} block of event data (JSON-LD) that can't be read",
    "{n} blocks of event data (JSON-LD) that can't be read",
)

_EVENT = re.compile(
    rb'"@type"\s*+:\s*+(?:\[[^\]]{0,500}?)?"(?:https?:\\?/\\?/schema\.org\\?/|schema:)?'
    rb'(?:[A-Za-z]{0,40}Event|Festival|Hackathon|EventSeries|CourseInstance)"'
)


def detect(data: bytes) -> bool:
    """Return whether ``data`` is an HTML page with a block of JSON-LD that has an event."""
    return looks_like_page(data) and any(_EVENT.search(block.data) for block in blocks(data))


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the page states it).

    The events are in the order of the page.

    Raises:
        InvalidSchedule: no block can be read, or the page is too large.
    """
    data = decoded(data)
    findings = Findings()
    return draft(graph(_documents(data, name, findings)), about(data), findings, Spending(name, len(data)))


def _documents(data: bytes, name: str, findings: Findings) -> Iterator[tuple[Any, str, int]]:
    """Yield the JSON-LD documents in the blocks of a page, each with its path and line.

    Raises:
        InvalidSchedule: no block can be read, or the blocks together have more JSON values than allowed.
    """
    found = [*blocks(data)]
    fault: NotJson | None = None
    try:
        check_budget(b"".join(block.data for block in found))
    except NotJson as error:
        raise InvalidSchedule(name, [("", str(error))]) from None
    for number, block in enumerate(found):
        try:
            document = load(block)
        except NotJson as error:
            findings.add(
                NOT_JSON, f"script[{number}]", error.place[0] if error.place else block.line, str(error)
            )
            fault = fault or error
        else:
            yield document, f"script[{number}]", block.line
    if fault and findings.counts[NOT_JSON] == len(found):
        raise InvalidSchedule(name, [("", str(fault))], fault.place)
