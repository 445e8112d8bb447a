"""The time zone in which times are shown, if the reader chose one other than the conference's."""

from __future__ import annotations

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_zone: ZoneInfo | None = None


def show_times_in(zone: ZoneInfo | None) -> None:
    """Set the time zone that the reader chose; with None, times are shown in the conference's time zone."""
    global _zone
    _zone = zone


def reader_zone() -> ZoneInfo | None:
    """Return the time zone that the reader chose; None if times are shown in the conference's time zone."""
    return _zone


class conference_time:  # noqa: N801
    """A context manager that shows times in the conference's time zone, whatever the reader's is."""

    def __enter__(self) -> None:
        self._before = _zone
        show_times_in(None)

    def __exit__(self, *_error: object) -> None:
        show_times_in(self._before)


def shown(moment: str) -> str:
    """Return an RFC 3339 instant converted to the reader's time zone; an ISO date unchanged.

    ``moment`` is an instant with the conference's UTC offset, or a date.
    """
    if _zone is None or len(moment) <= len("2022-07-23"):
        return moment
    from datetime import datetime

    try:
        return datetime.fromisoformat(moment).astimezone(_zone).isoformat()
    except OverflowError:
        # It is in the first or the last hours that a datetime can hold.
        return moment
