"""A downloaded schedule before it is saved: it is parsed, and problems in it are reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from summitcli.catalog.states import CatalogState
from summitcli.catalog.store import NewCatalog
from summitcli.errors import InvalidSchedule
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.library.kept import KeptSchedule

if TYPE_CHECKING:
    from summitcli.formats.findings import Findings
    from summitcli.formats.parsed import Parsed
    from summitcli.library.download import Download


class UpdateOptions(NamedTuple):
    """The options for reading and checking a downloaded schedule."""

    now: datetime
    """The time of the download."""
    report: Callable[[Findings], None]
    """A function that takes the findings (problems) of the schedule and prints warnings about them."""
    zone: str | None = None
    """The time zone for times that have none; None for the user's choice at an earlier download."""
    sheet: str | None = None
    """The sheet of a workbook that is read; None for the user's choice at an earlier download."""
    columns: str | None = None
    """The columns of a spreadsheet; None for the user's choice at an earlier download."""
    strict: bool = False
    """True to treat warnings about the schedule as errors."""
    force: bool = False
    """True to accept an update with the schedule of another conference, or without most of the sessions."""

    def or_kept(self, kept: KeptSchedule) -> UpdateOptions:
        """Return these options, with missing ones taken from a saved schedule."""
        return self._replace(
            zone=self.zone or kept.time_zone or None,
            sheet=self.sheet or kept.sheet or None,
            columns=self.columns or kept.columns or None,
        )

    def differ_from(self, kept: KeptSchedule) -> bool:
        """Return whether the options with which a saved schedule was last read differ from these."""
        saved = (kept.time_zone or None, kept.sheet or None, kept.columns or None)
        return (self.zone, self.sheet, self.columns) != saved


class NewSchedule:
    """A schedule that was downloaded and parsed, with its catalog (database).

    Args:
        download: the downloaded schedule.
        parsed: the parsed schedule, with the session IDs of its source.
        metadata: the description of the schedule for the library. Its ``name`` is still empty, and its ``id``
            is the conference ID that the source gives.
        is_kept: True if the catalog may be saved on disk.
    """

    def __init__(self, download: Download, parsed: Parsed, metadata: KeptSchedule, is_kept: bool) -> None:
        self.download = download
        self.parsed = parsed
        self.metadata = metadata
        self.catalog = NewCatalog(parsed, len(download.content), is_kept)
        self.state = CatalogState(self.catalog.catalog)
        """The sessions of the schedule, with the IDs that the source gives them."""

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()


def read_download(
    download: Download, options: UpdateOptions, called: str | None, title: str | None, is_kept: bool = True
) -> NewSchedule:
    """Parse a downloaded schedule and build its catalog (database).

    Args:
        download: the downloaded schedule.
        options: the options for reading it.
        called: the conference's ID, which is used if the schedule has none.
        title: the conference's title, which is used if the schedule has none. None to use the ID instead.
        is_kept: True if the new catalog may be saved on disk.
    """
    from summitcli.formats import parse

    hints = download.origin.hints()._replace(
        time_zone=options.zone,
        fallback_name=called,
        fallback_title=title,
        sheet=options.sheet,
        columns=options.columns,
    )
    parsed = parse(download.content, download.name, hints)
    return NewSchedule(download, parsed, _metadata(download, parsed, options), is_kept)


def check_findings(new: NewSchedule, options: UpdateOptions) -> None:
    """Report the warnings about a schedule; raise InvalidSchedule instead if ``options.strict`` is set."""
    findings = new.parsed.findings
    if options.strict and len(findings):
        raise InvalidSchedule(new.download.name, [("", sentence) for sentence in findings.sentences()])
    options.report(findings)


def _metadata(download: Download, parsed: Parsed, options: UpdateOptions) -> KeptSchedule:
    """Return the description of a downloaded schedule for the library, without a name."""
    conference = parsed.outline.conference
    return KeptSchedule(
        "",
        download.origin,
        options.now.isoformat(timespec="seconds"),
        options.zone or "",
        conference.id,
        conference.title.own(conference.language),
        conference.title.by_language(conference.language),
        conference.language,
        conference.start.isoformat(),
        conference.end.isoformat(),
        len(parsed.sessions),
        sheet=options.sheet or "",
        columns=options.columns or "",
    )
