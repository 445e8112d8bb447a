"""Downloads of schedules and of directories (lists of conferences), with progress and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitcli.cli.terminal.environment import COMPLETION
from summitcli.cli.terminal.messages import say_download, say_other_host, warn
from summitcli.errors import UnknownValue, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.sources.addresses import without_password
from summitcli.sources.source import Source, in_zone
from summitcli.when import find_zone

if TYPE_CHECKING:
    from summitcli.directory.reading import Directory, Listed
    from summitcli.library.download import Download
    from summitcli.library.kept import Origin
    from summitcli.sources.web import Response, Validators


class Downloads:
    """The downloads that a running command may make.

    Args:
        environment: the environment variables; nothing is downloaded during completion.
        color: whether progress is shown in colour; None if that depends on the terminal.
    """

    def __init__(self, environment: Mapping[str, str], color: bool | None) -> None:
        self._environment = environment
        self._color = color

    @property
    def _is_completing(self) -> bool:
        return COMPLETION in self._environment

    def source(self, url: str) -> Source:
        """Return the schedule at a URL as a source, without saving it.

        Raises:
            Unreachable: it can't be downloaded, or the program runs for shell completion.
        """
        self._forbid_during_completion(url)
        return self.fetch(url).source()

    def source_of_listed(self, name: str) -> Source:
        """Return the schedule of a conference in a directory (a list of conferences), without saving it.

        The result is a source, from which the schedule can be read.

        Raises:
            UnknownValue: no directory has a conference called ``name``.
            Unreachable: it can't be downloaded, or the program runs for shell completion.
        """
        listed = self.find(name)
        self._forbid_during_completion(name)
        return in_zone(self.fetch_listed(listed).source(), zone_of(listed))

    def _forbid_during_completion(self, name: str) -> None:
        if self._is_completing:
            raise Unreachable(without_password(name), _("nothing is downloaded during completion"))

    def fetch(self, reference: str) -> Download:
        """Download a schedule that the user named; see :func:`summitcli.library.fetch.fetch_schedule`."""
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.library.fetch import fetch_schedule

        with download_progress(self._color) as progress:
            found = fetch_schedule(reference, progress=progress)
        say_download(found)
        return found

    def fetch_again(self, before: Origin) -> Download | None:
        """Download a schedule again and return it; None if it is unchanged.

        ``before`` says where and when it was downloaded before; see
        :func:`summitcli.library.fetch.fetch_again`.
        """
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.library.download import redirected_host
        from summitcli.library.fetch import fetch_again

        with download_progress(self._color) as progress:
            found = fetch_again(before, progress=progress)
        # The first download has said so already.
        if found is not None and redirected_host(found.origin) != redirected_host(before):
            say_other_host(found.origin)
        return found

    def fetch_listed(self, listed: Listed) -> Download:
        """Download the schedule of ``listed``, a conference in a directory (a list of conferences)."""
        url, directory = listed.row.url, listed.directory
        if not directory.url:
            return self.fetch(url)
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.library.fetch import fetch_listed

        with download_progress(self._color) as progress:
            found = fetch_listed(url, directory.url, directory.is_local, progress=progress)
        # Without validators there always is a response.
        assert found is not None  # noqa: S101
        say_other_host(found.origin)
        return found

    def directories(self, asked: Sequence[str] = ()) -> list[Directory]:
        """Return all directories (lists of conferences) to look in.

        First come those in ``asked``, then those that the environment names, then the program's own.

        Raises:
            SummitError: one of ``asked`` can't be read; see :func:`summitcli.directory.reading.read_all`.
        """
        from datetime import UTC, datetime

        from summitcli.directory.reading import VARIABLE, read_all
        from summitcli.directory.remote import Reader

        fetch = None if self._is_completing else self._fetch_directory
        reader = Reader(datetime.now(UTC), warn, fetch)
        return read_all(asked, self._environment.get(VARIABLE, ""), reader)

    def _fetch_directory(self, url: str, validators: Validators) -> Response | None:
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.directory.document import MAX_SIZE
        from summitcli.sources.web import Limits, fetch

        with download_progress(self._color) as progress:
            return fetch(url, validators, Limits(max_size=MAX_SIZE), progress)

    def find(self, name: str, asked: Sequence[str] = ()) -> Listed:
        """Return the conference called ``name`` in a directory (a list of conferences).

        Args:
            name: the name of the conference in the directory, such as ``fosdem-2026``.
            asked: the directories that the user asked for.

        Raises:
            UnknownValue: no directory has a conference of that name; similar names are suggested.
            SummitError: one of ``asked`` can't be read.
        """
        from summitcli.directory.reading import find_named, listed
        from summitcli.library.kept import unknown

        directories = self.directories(asked)
        found = find_named(directories, name)
        if found is None:
            raise unknown(name, [other.row.name for other in listed(directories)])
        return found


def zone_of(listed: Listed) -> str | None:
    """Return the time zone that a directory states for a conference; None, with a warning, if unknown."""
    zone = listed.row.time_zone
    if zone is None:
        return None
    try:
        return find_zone(zone)
    except UnknownValue:
        sentence = _("{name} has an unknown time zone in the list of conferences: {zone}")
        warn(sentence.format(name=listed.row.name, zone=zone))
        return None
