"""One call of the program: its schedule, its clock, its languages, its two outputs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from summitcli.agenda.place import DEFAULT, is_kept
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import open_catalog
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import (
    COMPLETION,
    chosen_language,
    locale_language,
    stdout_is_terminal,
    wants_color,
)
from summitcli.cli.terminal.messages import be_quiet, say_findings, say_other_host, warn
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _, in_language, speak
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.folder import has_lasting_ids
from summitcli.library.reference import resolve
from summitcli.rows import ConferenceRow, DayRow
from summitcli.sources.addresses import shown
from summitcli.sources.source import Source, around, in_zone
from summitcli.when import find_moment, find_zone, full_date

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from summitcli.agenda.picks import Agenda, Row
    from summitcli.agenda.reconcile import Known, Reconciled
    from summitcli.agenda.store import Changed, Outcome
    from summitcli.formats.findings import Findings
    from summitcli.library.fetch import Download
    from summitcli.library.kept import KeptSchedule, Origin
    from summitcli.render.setting import Setting


class Call:
    """What a command needs to know beside its own parameters. Everything is worked out when first asked for.

    Args:
        common: the options that every command takes.
        environment: the environment's variables.

    Raises:
        UnknownValue: ``--lang`` or ``--color`` names nothing known.
    """

    def __init__(self, common: Common, environment: Mapping[str, str] = os.environ) -> None:
        self._common = common
        self._environment = environment
        self._agendas: dict[tuple[str, str], Agenda] = {}
        self._reconciled: dict[tuple[str, str], Reconciled] = {}
        self._read_instead = False
        self._instead: Source | None = None
        self._said: set[str] = set()
        self._asked_language = chosen_language(common.lang, environment)
        self._locale_language = locale_language(environment)
        self.color = wants_color(common.color, environment)
        self.terminal = stdout_is_terminal()
        be_quiet(common.quiet)
        speak(self._asked_language or self._locale_language or "en")

    @cached_property
    def source(self) -> Source:
        """Where the schedule comes from."""
        return self._found(self.reference)

    def find(self, reference: str | None) -> Source:
        """What ``reference`` names, fetched where it is an address that is not kept; None is the one in use.

        Of a calendar that is longer than a conference, the days around ``--at`` are meant.

        Raises:
            SummitError: as for :func:`summitcli.sources.resolve`.
        """
        return around(self._found(reference), self._asked_day)

    def _found(self, reference: str | None) -> Source:
        return in_zone(resolve(reference, self._fetch), self.time_zone)

    @property
    def _asked_day(self) -> date | None:
        """The day of ``--at``, if it is a date with its year: others are days of a schedule that is known."""
        return None if self.at is None else full_date(self.at)

    @property
    def reference(self) -> str | None:
        """What names the schedule; None where that is the one in use."""
        asked = self._common.schedule
        return self._environment.get("SUMMIT_SCHEDULE") or None if asked is None else asked

    @cached_property
    def time_zone(self) -> str | None:
        """The zone of times that are in none, as ``--assume-timezone`` says it.

        Raises:
            UnknownValue: there is no such zone.
        """
        asked = self._common.assume_timezone
        return None if asked is None else find_zone(asked)

    @property
    def again(self) -> str:
        """What another command needs to be about the same schedule: options, or nothing."""
        from summitcli.text.shell import quote

        options = {"--schedule": self._common.schedule, "--assume-timezone": self._common.assume_timezone}
        return "".join(
            f" {option} {quote(shown(value))}" for option, value in options.items() if value is not None
        )

    def _fetch(self, url: str) -> Source:
        if COMPLETION in self._environment:
            raise Unreachable(shown(url), _("nothing is fetched while you type"))
        return self.fetch(url).source()

    def fetch(self, reference: str) -> Download:
        """Fetch what ``reference`` names; see :func:`summitcli.library.fetch.fetch_schedule`."""
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.library.fetch import fetch_schedule

        with download_progress(self.color) as progress:
            found = fetch_schedule(reference, progress=progress)
        say_other_host(found.origin)
        return found

    def fetch_again(self, before: Origin) -> Download | None:
        """Fetch what has been published since; see :func:`summitcli.library.fetch.fetch_again`."""
        from summitcli.cli.terminal.progress import download_progress
        from summitcli.library.fetch import fetch_again, other_host

        with download_progress(self.color) as progress:
            found = fetch_again(before, progress=progress)
        # It was said of the copy that is kept, too, and need not be said at every update.
        if found is not None and other_host(found.origin) != other_host(before):
            say_other_host(found.origin)
        return found

    @cached_property
    def catalog(self) -> Catalog:
        """The schedule, ready to be asked; of a calendar longer than a conference, that around ``--at``."""
        day = self._asked_day
        if day is None:
            return open_catalog(self.source, say_findings)
        odd: list[Findings] = []
        catalog = open_catalog(self.source, odd.append)
        conference = catalog.conference()
        if conference.outside and not conference.start <= day.isoformat() <= conference.end:
            catalog.close()
            odd.clear()
            catalog = open_catalog(around(self.source, day), odd.append)
        for findings in odd:
            say_findings(findings)
        return catalog

    def read(self, catalog: Catalog, source: Source | None = None) -> None:
        """Answer from ``catalog`` from now on, whatever the call began with, which stays open.

        Args:
            catalog: a schedule.
            source: where it comes from, if it is one that is kept.
        """
        self._drop()
        self.catalog = catalog
        self._read_instead, self._instead = True, source

    @property
    def _read_source(self) -> Source | None:
        """Where the schedule comes from that is answered from; None where it is not known."""
        return self._instead if self._read_instead else self.source

    def forget(self) -> None:
        """Forget what is known of the schedule; its catalog is opened again when next asked for."""
        self.close()
        self._drop()

    def _drop(self) -> None:
        for name in ("catalog", "days", "zone", "now", "setting"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Let the catalog's file go."""
        if "catalog" in self.__dict__:
            self.catalog.close()

    @property
    def conference(self) -> ConferenceRow:
        """The conference."""
        return self.catalog.conference()

    @cached_property
    def days(self) -> list[DayRow]:
        """The days of the conference."""
        return self.catalog.days()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The conference's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.conference.time_zone)

    @cached_property
    def now(self) -> datetime:
        """The moment to answer for, in the conference's time zone."""
        from datetime import datetime

        now = datetime.now(self.zone)
        return find_moment(self.at, self.days, now.date, self.zone) if self.at is not None else now

    def today(self) -> date:
        """The date of :attr:`now`."""
        return self.now.date()

    @property
    def instant(self) -> int:
        """The same moment as :attr:`now` in seconds since 1970, for which no time zone is looked up."""
        return int(time.time() if self.at is None else self.now.timestamp())

    @property
    def at(self) -> str | None:
        """The moment to answer for, as it was typed."""
        return self._environment.get("SUMMIT_NOW") or None if self._common.at is None else self._common.at

    def agenda(self, name: str | None = None) -> Agenda:
        """Return the agenda of that name, read once in a call.

        It is as it is kept where the ids of sessions last and nobody has asked for more yet; else as the
        schedule has its sessions now.

        Raises:
            ScheduleError: its file can't be read, or is damaged.
            Unreachable: a link on the way to it leads nowhere.
            UsageError: no agenda can have that name.
        """
        key = self.agenda_key(), name or DEFAULT
        kept = self.kept_agenda(name)
        if key in self._reconciled or not self._ids_last:
            return self.reconciled(name).agenda
        return kept

    def kept_agenda(self, name: str | None = None) -> Agenda:
        """Return the agenda of that name as it is kept, read once, and say what of it could not be read."""
        key = self.agenda_key(), name or DEFAULT
        if key not in self._agendas:
            from summitcli.agenda.store import read

            self._agendas[key], _first, lost = read(*key)
            self._say_what_is_lost(lost)
        return self._agendas[key]

    def reconciled(self, name: str | None = None) -> Reconciled:
        """Return the agenda of that name as the schedule has its sessions now, with what has changed.

        Raises:
            SummitError: as for :meth:`agenda`.
        """
        key = self.agenda_key(), name or DEFAULT
        if key not in self._reconciled:
            from summitcli.agenda.reconcile import reconciled

            self._reconciled[key] = reconciled(self.kept_agenda(name), self.known())
        return self._reconciled[key]

    def known(self, kept: KeptSchedule | None = None) -> Known:
        """Return the schedule as far as agendas ask about it.

        Args:
            kept: the schedule that is kept, where that is not the one that the call began with.
        """
        from summitcli.agenda.reconcile import known

        source = self._read_source
        if kept is None and source is not None and source.fingerprint:
            from summitcli.library.kept import kept_at

            kept = kept_at(source)
        ids_last = kept is not None or self._ids_last
        return known(self.catalog, ids_last, kept.remembered() if kept else None)

    @property
    def _ids_last(self) -> bool:
        """Whether an id is always that of the same session: in the bundled schedule, and in kept ones."""
        source = self._read_source
        return source is not None and has_lasting_ids(source)

    def agenda_key(self, is_first: bool = False) -> str:
        """Return the id under which the agendas of the conference lie.

        Args:
            is_first: whether one is to be made, see :func:`summitcli.library.conferences.agenda_id`.
        """
        # What is kept has an id of its own in the library, and the bundled one goes before all others.
        if self._ids_last:
            return self.conference.id
        from summitcli.library.conferences import agenda_id

        return agenda_id(self.conference, is_first)

    def _say_what_is_lost(self, fault: str) -> None:
        """Say once that the history of an agenda is left out, where something is wrong with it."""
        if fault and fault not in self._said:
            self._said.add(fault)
            warn(_("the history of the agenda was damaged, and is left out: {fault}").format(fault=fault))

    def change_agenda(
        self,
        name: str | None,
        edit: Callable[[Agenda], tuple[Agenda, Outcome]],
        done: str = "",
        forget: bool = False,
    ) -> Changed[Outcome]:
        """Change the agenda of that name; see :func:`summitcli.agenda.store.change`.

        Args:
            name: which agenda; None for the one without a name.
            edit: makes the new agenda, and what else is to be told of it.
            done: the command, whose change can be taken back; empty where there is nothing to take back.
            forget: whether nothing is to be known any more of what was before.
        """
        from summitcli.agenda.history import Deed
        from summitcli.agenda.reconcile import with_ids_of_now
        from summitcli.agenda.store import change

        def edit_now(mine: Agenda) -> tuple[Agenda, Outcome]:
            # Its ids may mean other sessions by now. What else has changed must not pass over in silence.
            return edit(mine if self._ids_last else with_ids_of_now(mine, self.known()))

        deed = Deed(done, self.now.isoformat(timespec="seconds"), forget) if done else None
        conference = self.conference._replace(id=self.agenda_key(is_first=True))
        changed = change(conference, name or DEFAULT, edit_now, deed)
        self._say_what_is_lost(changed.lost)
        self._agendas[conference.id, name or DEFAULT] = changed.after
        self._reconciled.pop((conference.id, name or DEFAULT), None)
        return changed

    def readable_agenda(self, name: str | None = None) -> Agenda | None:
        """Return the agenda of that name; None where there is none, or it can't be read, which is said."""
        try:
            return self.agenda(name) if is_kept(self.agenda_key(), name or DEFAULT) else None
        except (ScheduleError, Unreachable) as error:
            warn(str(error))
        return None

    def marked(self, rows: Iterable[Row], name: str | None = None) -> list[Row]:
        """``rows`` with ``in_agenda`` set; an agenda that can't be read marks nothing, and says so."""
        return list(self.marking(name)(rows))

    def marking(self, name: str | None = None) -> Callable[[Iterable[Row]], Iterable[Row]]:
        """Return what :meth:`marked` does, for whoever has rows piece by piece; what it says is said now."""
        if (mine := self.readable_agenda(name)) is None:
            return iter
        from summitcli.agenda.picks import marking

        return marking(mine)

    @property
    def names_language(self) -> str:
        """The language to show names in.

        On a terminal that of the locale; in a pipe the schedule's own, so that a script's output depends on
        no locale; ``--lang`` and ``SUMMIT_LANG`` decide for both.
        """
        return self.wanted_language or self.conference.language

    @property
    def wanted_language(self) -> str | None:
        """The language of names that is asked for or implied; None for the schedule's own."""
        return self._asked_language or (self._locale_language if self.terminal else None)

    def name(self, texts: Mapping[str, str]) -> str:
        """Of a text in several languages, the one to show."""
        return in_language(texts, self.names_language, self.conference.language)

    @cached_property
    def setting(self) -> Setting:
        """What pictures need to know of the conference and the reader."""
        from summitcli.render.setting import Setting

        return Setting(self.conference, self.catalog.categories(), len(self.days), self.names_language)

    @cached_property
    def console(self) -> Console:
        """Where tables and pictures are drawn: stdout."""
        from summitcli.render.console import console

        return console(sys.stdout, self.color)
