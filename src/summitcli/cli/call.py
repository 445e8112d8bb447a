"""The context of one run of a command: its schedule, clock, languages and terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from summitcli.agenda.place import DEFAULT, is_kept
from summitcli.catalog.queries import Catalog
from summitcli.catalog.store import open_catalog
from summitcli.cli.downloads import Downloads
from summitcli.cli.options import Common
from summitcli.cli.terminal.environment import (
    chosen_language,
    locale_language,
    naming_variable,
    stdout_is_terminal,
    wants_color,
)
from summitcli.cli.terminal.messages import be_quiet, say_findings, warn
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _, in_language, set_language
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.folder import has_lasting_ids
from summitcli.library.reference import resolve
from summitcli.rows import ConferenceRow, DayRow
from summitcli.sources.source import Source, around, in_zone, with_table
from summitcli.when import find_moment, find_zone, full_date

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from rich.console import Console

    from summitcli.agenda.picks import Agenda, Row
    from summitcli.agenda.reconcile import Reconciled, ScheduleIndex
    from summitcli.agenda.store import Changed, Outcome
    from summitcli.formats.findings import Findings
    from summitcli.library.kept import KeptSchedule
    from summitcli.render.setting import Setting


class Call:
    """A running command: the schedule, clock, languages and terminal it uses, each loaded when first needed.

    Args:
        common: the global options.
        environment: the environment variables.
        asks_for_table: whether the output options ask for a table, which has names in the user's language
            even outside a terminal.

    Raises:
        UnknownValue: ``--lang`` or ``--color`` has an unknown value.
    """

    def __init__(
        self, common: Common, environment: Mapping[str, str] = os.environ, asks_for_table: bool = False
    ) -> None:
        self.common = common
        self._environment = environment
        self._agendas: dict[tuple[str, str], Agenda] = {}
        self._reconciled: dict[tuple[str, str], Reconciled] = {}
        self._is_catalog_replaced = False
        self._replacing_source: Source | None = None
        self._warned: set[str] = set()
        self.asked_language = chosen_language(common.lang, environment)
        self._locale_language = locale_language(environment)
        self.color = wants_color(common.color, environment)
        self.downloads = Downloads(environment, self.color)
        self.terminal = stdout_is_terminal()
        self._asks_for_table = asks_for_table
        be_quiet(common.quiet)
        set_language(self.asked_language or self._locale_language or "en")

    @cached_property
    def source(self) -> Source:
        """Return the source from which the command's schedule is read."""
        variable = "SUMMIT_SCHEDULE" if self.common.schedule is None else ""
        return self._resolved(self.reference, variable)

    def find(self, reference: str | None) -> Source:
        """Return the source that ``reference`` names; None means the current schedule.

        A URL that is not saved is downloaded. From a calendar that is longer than a conference, only the
        days around ``--at`` are read.

        Raises:
            SummitError: as for :func:`summitcli.library.reference.resolve`.
        """
        return around(self._resolved(reference), self._at_date)

    def _resolved(self, reference: str | None, variable: str = "") -> Source:
        zone, sheet, columns = self.reading
        fetch, listed = self.downloads.source, self.downloads.source_of_listed
        source = naming_variable(variable, lambda: resolve(reference, fetch, listed))
        return with_table(in_zone(source, zone), sheet, columns)

    @property
    def _at_date(self) -> date | None:
        """Return the day of ``--at`` if it is a full date; None for all other forms, such as ``sat``."""
        return None if self.at is None else full_date(self.at)

    @property
    def reference(self) -> str | None:
        """Return the schedule given with ``--schedule`` or the environment; None for the current schedule."""
        asked = self.common.schedule
        return self._environment.get("SUMMIT_SCHEDULE") or None if asked is None else asked

    @cached_property
    def time_zone(self) -> str | None:
        """Return the time zone given with ``--assume-timezone``, or None.

        Raises:
            UnknownValue: there is no such time zone.
        """
        asked = self.common.assume_timezone
        return None if asked is None else find_zone(asked)

    @property
    def reading(self) -> tuple[str | None, str | None, str | None]:
        """Return the values of ``--assume-timezone``, ``--sheet`` and ``--columns``, None if not given."""
        return self.time_zone, self.common.sheet, self.common.columns

    @cached_property
    def catalog(self) -> Catalog:
        """Return the schedule's catalog. From a calendar of many years, it has only days around ``--at``."""
        day = self._at_date
        if day is None:
            return open_catalog(self.source, say_findings)
        warnings: list[Findings] = []
        catalog = open_catalog(self.source, warnings.append)
        conference = catalog.conference()
        if conference.outside and not conference.start <= day.isoformat() <= conference.end:
            catalog.close()
            warnings.clear()
            catalog = open_catalog(around(self.source, day), warnings.append)
        for findings in warnings:
            say_findings(findings)
        return catalog

    def use_catalog(self, catalog: Catalog, source: Source | None = None) -> None:
        """Use ``catalog``, built from ``source`` (None: unknown), from now on; keep the previous one open."""
        self._clear_cached()
        self.catalog = catalog
        self._is_catalog_replaced, self._replacing_source = True, source

    @property
    def _catalog_source(self) -> Source | None:
        """Return the source that the catalog in use was built from; None if it is unknown."""
        return self._replacing_source if self._is_catalog_replaced else self.source

    def forget(self) -> None:
        """Close the catalog; it and the agendas are read again when they are next used."""
        self.close()
        self._agendas.clear()
        self._reconciled.clear()
        self._clear_cached()

    def speak(self, language: str) -> None:
        """Use another language from now on, for messages and names."""
        self.asked_language = language
        set_language(language)
        self.__dict__.pop("setting", None)

    def _clear_cached(self) -> None:
        for name in ("catalog", "days", "zone", "now", "setting"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Close the catalog if it is open."""
        if "catalog" in self.__dict__:
            self.catalog.close()

    @property
    def conference(self) -> ConferenceRow:
        """Return the conference of the schedule."""
        return self.catalog.conference()

    @cached_property
    def days(self) -> list[DayRow]:
        """Return all days of the conference."""
        return self.catalog.days()

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the conference's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.conference.time_zone)

    @cached_property
    def now(self) -> datetime:
        """Return the current time, or that of ``--at``, in the conference's time zone."""
        from datetime import datetime

        now, at = datetime.now(self.zone), self.at
        if at is None:
            return now
        variable = "SUMMIT_NOW" if self.common.at is None else ""
        return naming_variable(variable, lambda: find_moment(at, self.days, now.date, self.zone))

    def today(self) -> date:
        """Return the date of :attr:`now`: today's date at the conference, or that of ``--at``."""
        return self.now.date()

    @property
    def instant(self) -> int:
        """Return :attr:`now` in seconds since 1970, without loading a time zone if possible."""
        return int(time.time() if self.at is None else self.now.timestamp())

    @property
    def at(self) -> str | None:
        """Return the value of ``--at`` as typed, or else that of SUMMIT_NOW; None if neither is given."""
        return self._environment.get("SUMMIT_NOW") or None if self.common.at is None else self.common.at

    def agenda(self, name: str | None = None) -> Agenda:
        """Return the agenda ``name`` (None: the default agenda); its file is read only once.

        If the schedule is not a saved one, so that its session IDs may have changed, or if :meth:`reconciled`
        was called, the agenda is updated to the schedule. Otherwise it is as it is saved.

        Raises:
            ScheduleError: its file can't be read or is damaged.
            Unreachable: its path has a broken link.
            UsageError: the name is invalid.
        """
        key = self.agenda_key(), name or DEFAULT
        kept = self.kept_agenda(name)
        if key in self._reconciled or not self._has_permanent_ids:
            return self.reconciled(name).agenda
        return kept

    def forget_agendas(self) -> None:
        """Read agendas again when they are next used."""
        self._agendas.clear()
        self._reconciled.clear()

    def kept_agenda(self, name: str | None = None) -> Agenda:
        """Return the named agenda as it is saved, not updated; warn if its undo history is damaged."""
        key = self.agenda_key(), name or DEFAULT
        if key not in self._agendas:
            from summitcli.agenda.store import read

            self._agendas[key], _first, lost = read(*key)
            self._warn_of_damaged_history(lost)
        return self._agendas[key]

    def reconciled(self, name: str | None = None) -> Reconciled:
        """Return the agenda ``name``, updated to the current schedule, and the changes to its sessions.

        Raises:
            SummitError: as for :meth:`agenda`.
        """
        key = self.agenda_key(), name or DEFAULT
        if key not in self._reconciled:
            from summitcli.agenda.reconcile import reconciled

            self._reconciled[key] = reconciled(self.kept_agenda(name), self.known())
        return self._reconciled[key]

    def known(self, kept: KeptSchedule | None = None) -> ScheduleIndex:
        """Return an index of the schedule's sessions, which is used to update agendas to the schedule.

        Args:
            kept: the saved schedule; None for the one that the command uses.
        """
        from summitcli.agenda.reconcile import schedule_index

        source = self._catalog_source
        if kept is None and source is not None and source.fingerprint:
            from summitcli.library.kept import kept_at

            kept = kept_at(source)
        has_permanent_ids = kept is not None or self._has_permanent_ids
        return schedule_index(self.catalog, has_permanent_ids, kept.remembered() if kept else None)

    @property
    def _has_permanent_ids(self) -> bool:
        """Return whether the schedule's session IDs never change; True for bundled and saved schedules."""
        source = self._catalog_source
        return source is not None and has_lasting_ids(source)

    def agenda_key(self, is_first: bool = False) -> str:
        """Return the ID under which the agendas of the schedule's conference are stored.

        Args:
            is_first: whether an agenda is about to be created; see
                :func:`summitcli.library.conferences.agenda_id`.
        """
        # A saved schedule has a unique ID in the library, and the built-in one takes precedence.
        if self._has_permanent_ids:
            return self.conference.id
        from summitcli.library.conferences import agenda_id

        return agenda_id(self.conference, is_first)

    def _warn_of_damaged_history(self, fault: str) -> None:
        """Warn, only once, of the damage ``fault`` of an undo history. If it is empty, print nothing."""
        if fault and fault not in self._warned:
            self._warned.add(fault)
            warn(_("the history of your agenda is damaged, so it was ignored: {fault}").format(fault=fault))

    def change_agenda(
        self,
        name: str | None,
        edit: Callable[[Agenda], tuple[Agenda, Outcome]],
        done: str = "",
        forget: bool = False,
    ) -> Changed[Outcome]:
        """Change the named agenda and save it; see :func:`summitcli.agenda.store.change`.

        Args:
            name: the agenda's name; None for the default agenda.
            edit: a function that takes the current agenda, and returns the new one and any other result.
            done: the command's name for the undo history, such as ``add``; empty if there is no undo.
            forget: whether the undo history is deleted.
        """
        from summitcli.agenda.history import Action
        from summitcli.agenda.reconcile import with_current_ids
        from summitcli.agenda.store import change

        def edit_now(mine: Agenda) -> tuple[Agenda, Outcome]:
            # Only the IDs are updated here, as other changes of the schedule must be reported.
            return edit(mine if self._has_permanent_ids else with_current_ids(mine, self.known()))

        action = Action(done, self.now.isoformat(timespec="seconds"), forget) if done else None
        conference = self.conference._replace(id=self.agenda_key(is_first=True))
        changed = change(conference, name or DEFAULT, edit_now, action)
        self._warn_of_damaged_history(changed.lost)
        self._agendas[conference.id, name or DEFAULT] = changed.after
        self._reconciled.pop((conference.id, name or DEFAULT), None)
        return changed

    def readable_agenda(self, name: str | None = None) -> Agenda | None:
        """Return the named agenda; None if there is none. If it can't be read, warn and return None."""
        try:
            return self.agenda(name) if is_kept(self.agenda_key(), name or DEFAULT) else None
        except (ScheduleError, Unreachable) as error:
            if str(error) not in self._warned:
                self._warned.add(str(error))
                warn(str(error))
        return None

    def marked(self, rows: Iterable[Row], name: str | None = None) -> list[Row]:
        """Return ``rows`` with ``in_agenda`` and ``pick`` set where the agenda ``name`` has the session.

        If ``name`` is None, use the default agenda. If it can't be read, warn and return the rows unchanged.
        """
        return list(self.marking(name)(rows))

    def marking(self, name: str | None = None) -> Callable[[Iterable[Row]], Iterable[Row]]:
        """Return a function that does for one batch of rows after another what :meth:`marked` does."""
        if (mine := self.readable_agenda(name)) is None:
            return iter
        from summitcli.agenda.picks import picked_flagger

        return picked_flagger(mine)

    @property
    def names_language(self) -> str:
        """Return the language of titles and names: :attr:`wanted_language`, or else the schedule's own.

        Outside a terminal, the locale has no influence, so that the output of scripts is the same everywhere.
        """
        return self.wanted_language or self.conference.language

    @property
    def wanted_language(self) -> str | None:
        """Return the language of ``--lang``, or, for a terminal or a table, of the locale; otherwise None."""
        for_people = self.terminal or self._asks_for_table
        return self.asked_language or (self._locale_language if for_people else None)

    def name(self, texts: Mapping[str, str]) -> str:
        """Return one of ``texts`` (by language): in the language of output, or else in the conference's."""
        return in_language(texts, self.names_language, self.conference.language)

    @cached_property
    def setting(self) -> Setting:
        """Return the settings for drawing, such as the conference and the language of titles."""
        from summitcli.render.setting import Setting

        return Setting(self.conference, self.catalog.categories(), len(self.days), self.names_language)

    @property
    def pager(self) -> list[str]:
        """Return the words of the pager's command, such as ``["less"]``; [] for no pager."""
        from summitcli.cli.terminal.pager import pager_command

        return pager_command(self._environment) if self.terminal and not self.common.no_pager else []

    @cached_property
    def console(self) -> Console:
        """Return the Rich console for stdout."""
        from summitcli.render.console import console

        return console(sys.stdout, self.color)
