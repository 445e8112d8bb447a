"""Schedules and pages on a server, and a network in which it is a public one."""

import json

from tests.internet import OTHER, PUBLIC, Internet
from tests.schedules import document, session
from tests.webserver import Site

SCHEDULE = json.dumps(document(session("a"))).encode()
OTHER_SCHEDULE = json.dumps(document(session("b"))).encode()
EVENT = b"""<script type="application/ld+json">{"@type": "Event", "name": "Tea"}</script>"""


def html(*links: str) -> bytes:
    """Return a page with links to schedules."""
    head = "".join(f'<link rel="alternate" type="application/json" href="{link}">' for link in links)
    return f"<!doctype html><html><head>{head}</head></html>".encode()


def public(site: Site, *answers: list[str]) -> Internet:
    """Return a network with ``conf.example`` as the test server and ``other.example`` resolved as given."""
    names = {"conf.example": [[PUBLIC]], "other.example": list(answers) or [[OTHER]]}
    port = int(site.url.rpartition(":")[2])
    return Internet(names, {PUBLIC: port, OTHER: port})
