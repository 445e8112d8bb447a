"""The links of sessions and speakers, with absolute URLs."""

from collections.abc import Iterable, Iterator
from typing import Any

from summitcli.formats.assembly.addresses import LINK_SCHEMES, absolute, is_relative, unswapped
from summitcli.formats.assembly.texts import Texts
from summitcli.formats.draft import DraftLink, Event
from summitcli.formats.findings import Findings, Kind

INVALID_URL = Kind(
    "{n} link without a valid URL was left out",
    "{n} links without valid URLs were left out",
)
RELATIVE_URL = Kind(
    "{n} incomplete link was left out, as its site is unknown",
    "{n} incomplete links were left out, as their site is unknown",
)

PERSONAL_SCHEMES = LINK_SCHEMES - {"mailto", "tel", "sip"}
"""The schemes allowed in speakers' links. Mail addresses and telephone numbers are left out."""

_KINDS = {
    "live": "stream", "livestream": "stream", "live stream": "stream", "streaming": "stream",
    "video": "recording", "recordings": "recording", "slide": "slides", "presentation": "slides",
    "other": "", "link": "", "unknown": "",
}  # fmt: skip
"""Our names for common kinds of links, by the names in sources. Any other name stays as it is."""


class Links:
    """A reader for the links of one schedule, which makes their URLs absolute.

    Args:
        base: the URL of the page with the links, to complete relative ones; empty if unknown.
        texts: the reader of the schedule's texts.
        findings: collects a problem for each link without a valid URL.
    """

    def __init__(self, base: str, texts: Texts, findings: Findings) -> None:
        self._base = base
        self._texts = texts
        self._findings = findings

    def of_events(self, events: Iterable[Event]) -> Iterator[dict[str, Any]]:
        """Yield the distinct links of events, each as a dict of the fields of a link in the model."""
        seen: set[str] = set()
        for event in events:
            yield from self._distinct(event.links, LINK_SCHEMES, seen, event)

    def of_person(self, links: Iterable[DraftLink]) -> Iterator[dict[str, Any]]:
        """Yield the distinct links of a speaker, each as a dict of the fields of a link in the model."""
        addressed = (link for link in links if not _is_mail(link.url))
        return self._distinct(addressed, PERSONAL_SCHEMES, set())

    def url(self, url: str, schemes: frozenset[str], event: Event | None = None) -> str | None:
        """Return ``url`` as an absolute URL; None if that is impossible, which is reported as a finding.

        Args:
            url: the URL in the source.
            schemes: the allowed schemes.
            event: the event that has the link, for the report; None for the link of a speaker.
        """
        whole = absolute(url, self._base, schemes)
        # A URN such as "urn:uuid:…" is a name without a location (RFC 8141).
        if whole is None and url.strip() and not url.strip().lower().startswith("urn:"):
            kind = RELATIVE_URL if is_relative(url) and not self._base else INVALID_URL
            where, line = (event.where, event.line) if event else ("", None)
            self._findings.add(kind, where, line, url)
        return whole

    def _distinct(
        self,
        links: Iterable[DraftLink],
        schemes: frozenset[str],
        seen: set[str],
        event: Event | None = None,
    ) -> Iterator[dict[str, Any]]:
        for link in map(unswapped, links):
            url = self.url(link.url, schemes, event)
            if url and url not in seen:
                seen.add(url)
                content = {"url": url, "title": self._texts.line(link.title) or None}
                if link.kind and (kind := self._kind(link.kind)):
                    content["kind"] = kind
                yield content

    def _kind(self, kind: str) -> str:
        kind = self._texts.line(kind).lower()
        return _KINDS.get(kind, kind)


def _is_mail(url: str) -> bool:
    """Return whether a speaker's link is a mail address."""
    url = url.strip().lower()
    return url.startswith("mailto:") or ("@" in url and "/" not in url and ":" not in url)
