"""The findings about a schedule (problems in its source), which are stored in its catalog.

So the source need not be read again to report them.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.catalog.queries import Catalog
from summitcli.formats.findings import Findings, Kind


def finding_rows(findings: Findings) -> Iterator[tuple[object, ...]]:
    """Yield a row of the table ``finding`` for each kind of finding.

    A row has the number of findings of the kind, and the values of the first one.
    """
    first = {finding.kind: finding for finding in reversed([*findings])}
    for position, (kind, n) in enumerate(findings.counts.items()):
        yield position, *kind, n, _storable(first[kind].value), _storable(first[kind].also)


def findings_of(catalog: Catalog) -> Findings:
    """Return the findings about the schedule of a catalog: the number of each kind, without their places."""
    found = Findings()
    rows = catalog.select("SELECT singular, plural, n, value, also FROM finding ORDER BY position")
    for singular, plural, n, value, also in rows:
        found.add(Kind(singular, plural), n=n, value=value, also=also)
    return found


def _storable(text: str) -> str:
    """Return ``text`` with question marks in place of lone surrogates, which SQLite can't store."""
    return text.encode("utf-8", "replace").decode()
