"""The reasons for which an update does not replace a saved schedule."""

from __future__ import annotations

from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.library.identity import has_lost_most
from summitcli.library.kept import KeptSchedule
from summitcli.sources.addresses import without_password
from summitcli.text.dates import local, period


def check_plausible(kept: KeptSchedule, new: KeptSchedule, is_same: bool) -> None:
    """Raise ScheduleError if ``new`` lacks most sessions of ``kept``, or belongs to another conference.

    Args:
        kept: the saved schedule.
        new: the schedule that is to replace it.
        is_same: True if both belong to the same conference.
    """
    if has_lost_most(kept, new):
        sentence = _(
            "{name} now has only {n} of {before} sessions; keeping the copy of {day}. To accept the new one:"
            " `summit update {name} --force`"
        )
        before, day = kept.sessions, _day_of_copy(kept)
        raise ScheduleError(sentence.format(name=kept.name, n=new.sessions, before=before, day=day))
    if not is_same:
        sentence = _(
            '{name} now has another conference, "{called}", {period}; keeping the copy of {day}. To save'
            " the new one under another name: `summit use {reference}`"
        )
        raise ScheduleError(
            sentence.format(
                name=kept.name,
                called=new.title,
                period=period(new.start, new.end),
                day=_day_of_copy(kept),
                reference=without_password(kept.origin.reference),
            )
        )


def _day_of_copy(kept: KeptSchedule) -> str:
    """Return the day on which a schedule was downloaded, in local time; empty if it is unknown."""
    return local(kept.fetched).date().isoformat() if kept.fetched else ""
