"""The dialog for filters: one list of everything to filter by, which typing shortens."""

from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from summitcli.catalog.conditions import Query
from summitcli.i18n import _, ngettext
from summitcli.text.folding import fold
from summitcli.text.printable import printable
from summitcli.tui.programme import Programme
from summitcli.tui.view import View

MAX_CHOICES = 200
"""The maximum number of filters in the list. Others are found by typing a part of their names."""
CHOSEN, NOT_CHOSEN = "◉", "○"


class Choice(NamedTuple):
    """One entry in the list of filters, such as a room."""

    field: str
    """The attribute that the filter changes, such as ``rooms``.

    It is an attribute of a view's ``Query``, or of the :class:`View` itself.
    """
    value: str
    """The new value of the field, such as the room's name; empty if the field is only on or off."""
    kind: str
    """The word for the field, such as "room", in the current language."""
    name: str
    """The text shown for the value, such as the room's name."""
    sessions: int | None = None
    other_names: tuple[str, ...] = ()
    """Other names, such as those in other languages. Typing one of them finds the entry, too."""

    @property
    def key(self) -> str:
        """Return the names of the entry as one case-folded text, in which typed words are looked for."""
        return fold(" ".join((self.kind, self.name, *self.other_names)))


def choices(programme: Programme) -> list[Choice]:
    """Return everything by which the sessions of a schedule can be filtered."""
    call = programme.call
    catalog, setting = call.catalog, call.setting
    own = _("your agenda")
    found = [
        Choice("only_mine", "", own, _("only sessions in your agenda")),
        Choice("only_free", "", own, _("only sessions that conflict with nothing in your agenda")),
    ]
    found += [
        Choice(
            "categories",
            row.id,
            _("category"),
            setting.name(row.names),
            row.sessions,
            (row.id, *row.names.values()),
        )
        for row in setting.categories
    ]
    found += [Choice("rooms", row.name, _("room"), row.name, row.sessions) for row in catalog.rooms()]
    found += [Choice("languages", name, _("language"), name) for name in catalog.languages()]
    found += [
        Choice("speakers", row.name, _("speaker"), row.name, row.sessions) for row in catalog.speakers()
    ]
    return found


def is_chosen(view: View, choice: Choice) -> bool:
    """Return whether the filter ``choice`` is on in ``view``."""
    if not choice.value:
        return bool(getattr(view, choice.field))
    return choice.value in getattr(view.query, choice.field)


def toggled(view: View, choice: Choice) -> View:
    """Return ``view`` with the filter ``choice`` turned on, or turned off if it was on."""
    if not choice.value:
        change: Any = {choice.field: not getattr(view, choice.field)}
        return view._replace(**change)
    values: tuple[str, ...] = getattr(view.query, choice.field)
    if choice.value in values:
        values = tuple(value for value in values if value != choice.value)
    else:
        values = (*values, choice.value)
    changed: Any = {choice.field: values}
    return view._replace(query=view.query._replace(**changed))


def summary(programme: Programme, view: View) -> str:
    """Return the filters of ``view`` as one text; empty if there are none."""
    query, setting = view.query, programme.call.setting
    names = [setting.category(id_) for id_ in query.categories]
    names += [_("not {name}").format(name=setting.category(id_)) for id_ in query.excluded_categories]
    names += [*query.rooms, *query.speakers, *query.languages]
    names += [_("your agenda")] if view.only_mine else []
    names += [_("free time")] if view.only_free else []
    if query.from_minute is not None or query.to_minute is not None:
        names.append(f"{_clock(query.from_minute)}–{_clock(query.to_minute)}")
    return _(", ").join(printable(name) for name in names)


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}"


class FilterScreen(ModalScreen[View]):
    """A dialog in which the user chooses filters. Its result is the view (selection of sessions) with them.

    Args:
        programme: the schedule and the agenda.
        view: the view to filter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "close", show=False),
        Binding("ctrl+u", "clear", show=False, priority=True),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]
    CSS = """
    FilterScreen { align: center middle; }
    #filters { width: 72; max-width: 96%; height: 80%; border: round $primary; padding: 0 1; }
    #filters Input { border: none; height: 1; padding: 0; }
    #filters OptionList { height: 1fr; border: none; padding: 0; }
    #filters .note { height: 1; text-style: dim; }
    """

    def __init__(self, programme: Programme, view: View) -> None:
        super().__init__()
        self._programme = programme
        self._view = view
        self._choices = [(choice.key, choice) for choice in choices(programme)]
        self._shown: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        with Vertical(id="filters"):
            yield Input(placeholder=_("filter by category, room, speaker, language …"), compact=True)
            yield OptionList(compact=True)
            yield Static(_("Enter: choose · Ctrl+U: clear filters · Esc: done"), classes="note", markup=False)
            yield Static(id="filter-count", classes="note", markup=False)

    def on_mount(self) -> None:
        """Show the list of all filters."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the filters that contain all the words typed."""
        event.stop()
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Turn the highlighted filter (if none is highlighted, the first one) on, or off if it was on."""
        event.stop()
        if self._shown:
            self._toggle(max(self.query_one(OptionList).highlighted or 0, 0))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn the selected filter on, or off if it was on."""
        event.stop()
        self._toggle(event.option_index)

    def _toggle(self, index: int) -> None:
        self._view = toggled(self._view, self._shown[index])
        options = self.query_one(OptionList)
        options.replace_option_prompt_at_index(index, self._prompt(self._shown[index]))
        self._count()

    def _list(self, text: str) -> None:
        words = fold(text).split()
        found = [choice for key, choice in self._choices if all(word in key for word in words)]
        # What is chosen is never out of sight.
        found.sort(key=lambda choice: not is_chosen(self._view, choice))
        self._shown = found[:MAX_CHOICES]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._prompt(choice)) for choice in self._shown)
        if self._shown:
            options.highlighted = 0
        self._count()

    def _prompt(self, choice: Choice) -> Content:
        mark = CHOSEN if is_chosen(self._view, choice) else NOT_CHOSEN
        count = "" if choice.sessions is None else f"  {choice.sessions}"
        return Content.assemble(
            f"{mark} ", printable(choice.name), (f"  {choice.kind}{count}", "dim"), end=""
        )

    def _count(self) -> None:
        number = sum(row.sessions for row in self._programme.days(self._view))
        self.query_one("#filter-count", Static).update(
            ngettext("{n} session on its days", "{n} sessions on all days", number)
        )

    def action_step(self, rows: int) -> None:
        """Move the highlight by ``rows`` through the list; typing still goes into the text field."""
        options = self.query_one(OptionList)
        if self._shown:
            options.highlighted = ((options.highlighted or 0) + rows) % len(self._shown)

    def action_clear(self) -> None:
        """Turn all filters off."""
        self._view = self._view._replace(query=Query(), only_mine=False, only_free=False)
        self._list(self.query_one(Input).value)

    def action_close(self) -> None:
        """Close the dialog. Its result is a view with the chosen filters."""
        self.dismiss(self._view)
