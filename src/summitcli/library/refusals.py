"""Why what was fetched does not take the place of what is kept."""

from __future__ import annotations

from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.library.identity import has_lost_most
from summitcli.library.kept import KeptSchedule
from summitcli.sources.addresses import without_password
from summitcli.text.dates import local, period


def check_likely(kept: KeptSchedule, new: KeptSchedule, is_same: bool) -> None:
    """Raise ScheduleError unless ``new`` may well be what ``kept`` has become."""
    if has_lost_most(kept, new):
        sentence = _(
            "{name} now has {n} of its {before} sessions; the copy of {day} stays in use, and"
            " `summit update {name} --force` takes the new one"
        )
        before, day = kept.sessions, _day_of_copy(kept)
        raise ScheduleError(sentence.format(name=kept.name, n=new.sessions, before=before, day=day))
    if not is_same:
        sentence = _(
            '{name} is now of another conference, "{called}", {period}; the copy of {day} stays in use, and'
            " `summit use {reference}` keeps the new one under a name of its own"
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
    """Return when a schedule was fetched, as a day of the reader's; empty where that is not known."""
    return local(kept.fetched).date().isoformat() if kept.fetched else ""
