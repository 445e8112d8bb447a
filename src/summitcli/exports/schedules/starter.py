"""A new schedule as a start for its author. It is small and valid, and its comments explain the fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.exports.schedules.yaml_text import Plain, scalar
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.text.width import width

_COMMENT_COLUMN = 34
_DURATION = "0:45"
_YEAR_LENGTH = 4


class Starter(NamedTuple):
    """The values for a new schedule: the title, dates, place, rooms and categories, and its first session."""

    title: str
    start: str
    end: str
    time_zone: str
    language: str
    place: str
    rooms: Sequence[str]
    categories: Sequence[str]
    session: str
    """The title of the first session."""
    begins: str
    """The time of day at which the first session starts, such as ``"09:30"``."""


def starter(facts: Starter) -> str:
    """Return a new schedule in our own format as YAML, with comments in the current language."""
    ids = _ids(facts.categories, "category")
    parts = (
        _head(),
        _conference(facts),
        _categories(facts, ids),
        _defaults(facts, ids),
        _sessions(facts),
        _another_session(facts, ids),
    )
    return "\n".join("".join(f"{line}\n" for line in part) for part in parts)


def _head() -> Iterator[str]:
    yield _("# A conference schedule for summit. What follows a # is for you; you may delete it.")
    yield _(
        "# Put a text in quotes if it contains a colon and a space, or begins with a mark such as @ or &."
    )
    yield _field("format", Plain("summit-schedule/1"))


def _conference(facts: Starter) -> Iterator[str]:
    yield "conference:"
    id_ = _ids([facts.title], "conference")[0]
    year = facts.start[:_YEAR_LENGTH]
    id_ = id_ if year in id_ else f"{id_}-{year}"
    yield _field("  id", id_, _("never change it: agendas refer to it"))
    yield _field("  title", facts.title)
    yield _field("  language", facts.language, _("the language of the texts"))
    yield _field("  time_zone", facts.time_zone, _("all times below are in it"))
    yield _field("  start", Plain(facts.start), _("the first day"))
    yield _field("  end", Plain(facts.end), _("the last day"))
    if facts.place:
        yield _field("  place", facts.place)
    else:
        yield _example("place", _("Town hall, Berlin"))
    yield _example("url", "https://example.org/")
    if facts.rooms:
        yield "  rooms:" + _comment("  rooms:", _("in the order of the columns of `summit grid`"))
        yield from (f"    - {scalar(room)}" for room in facts.rooms)


def _categories(facts: Starter, ids: Iterable[str]) -> Iterator[str]:
    yield _("# The kinds of sessions, or tracks. Sessions refer to them by their IDs.")
    yield "categories:"
    for id_, name in zip(ids, facts.categories, strict=True):
        yield _field("  - id", id_)
        yield _field("    name", name)


def _defaults(facts: Starter, ids: Sequence[str]) -> Iterator[str]:
    yield _("# Values for all sessions that have none of their own.")
    yield "defaults:"
    yield _field("  category", ids[0])
    if facts.start == facts.end:
        yield _field("  day", Plain(facts.start))
    yield _field("  duration", Plain(_DURATION), _("hours and minutes"))


def _sessions(facts: Starter) -> Iterator[str]:
    yield "sessions:"
    id_ = _ids([facts.session], "session")[0]
    yield _field("  - id", id_, _("typed in commands: keep it even if the title changes"))
    yield _field("    title", facts.session)
    if facts.start != facts.end:
        yield _field("    day", Plain(facts.start))
    yield _field("    start", Plain(facts.begins), _("leave it out if the time is not known yet"))
    if facts.rooms:
        yield _field("    room", facts.rooms[0], _("always spelled the same way"))


def _another_session(facts: Starter, ids: Sequence[str]) -> Iterator[str]:
    yield _("  # To add a session, copy these lines and delete the # before each. A start of 24:30 is half")
    yield _("  # past midnight, in the night after the day.")
    yield _example("- id", "tea")
    yield _example("  title", _("Tea for beginners"))
    yield _example("  speakers", "[Ada Berg, Lin Mo]")
    yield _example("  category", ids[-1])
    if facts.start != facts.end:
        yield _example("  day", facts.end)
    yield _example("  start", "14:00")
    yield _example("  end", "15:30", _("instead of the duration"))
    if facts.rooms:
        yield _example("  room", scalar(facts.rooms[-1]))
    yield _example("  description", _("What it is about."))


def _field(name: str, value: str, comment: str = "") -> str:
    """Return a line with a YAML field: ``name: value``, then ``comment`` if it is given."""
    line = f"{name}: {scalar(value)}"
    return line + (_comment(line, comment) if comment else "")


def _example(name: str, value: str, comment: str = "") -> str:
    """Return a line with a YAML field that is commented out: ``# name: value``, then ``comment`` if given."""
    line = f"  # {name}: {value}"
    return line + (_comment(line, comment) if comment else "")


def _comment(line: str, comment: str) -> str:
    return f"{' ' * max(2, _COMMENT_COLUMN - width(line))}# {comment}"


def _ids(names: Sequence[str], kind: str) -> list[str]:
    """Return an ID for each name; all IDs are different.

    The ID for a name without usable letters is ``kind`` and a number.
    """
    from summitcli.formats.assembly.slugs import SHORT, slug

    made: list[str] = []
    for number, name in enumerate(names, 1):
        id_ = slug(name, SHORT) or (f"{kind}-{number}" if len(names) > 1 else kind)
        made.append(id_ if id_ not in made else f"{id_}-{number}")
    return made
