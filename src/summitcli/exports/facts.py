"""The facts that a conference publishes about itself, such as its place, as pairs of a label and a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.text import dates


def fact_pairs(facts: Mapping[str, Any], name: Callable[[Mapping[str, str]], str]) -> list[tuple[str, str]]:
    """Return the facts of a conference as pairs of a label and a text.

    An example is ``("Place", "Beijing")``. A text may have several lines. It is empty if the conference does
    not publish the fact.

    Args:
        facts: the fields of :class:`summitcli.model.Conference`. Texts are mappings by language, such as
            ``{"en": "…", "zh": "…"}``.
        name: a function that chooses one text from such a mapping.
    """
    schedule = dates.period(facts["start"], facts["end"])
    announced = facts["announced"] and dates.period(facts["announced"]["start"], facts["announced"]["end"])
    return [
        (_("Dates"), _("{announced} (as announced)").format(announced=announced) if announced else ""),
        (_("Schedule"), schedule),
        (_("Place"), name(facts["place"] or {})),
        (_("Time zone"), dates.zone(facts["time_zone"])),
        (_("Headline"), name(facts["headline"] or {})),
        (_("Hosts"), "\n".join(name(host) for host in facts["hosts"])),
        (_("Organisers"), "\n".join(name(organiser) for organiser in facts["organisers"])),
        (_("Website"), facts["url"] or ""),
        (_("Version"), facts["version"] or ""),
        (_("Purpose"), "\n".join(name(text) for text in facts["positioning"])),
        (_("Programme"), _(", ").join(name(text) for text in facts["segments"])),
        (_("Exchange activities"), _(", ").join(name(text) for text in facts["activities"])),
        (_("Online platforms"), _(", ").join(name(text) for text in facts["platforms"])),
    ]


def figure_year(figure: Mapping[str, Any]) -> str:
    """Return the year of a figure, such as a number of attendees, in brackets; empty if it has no year.

    The result begins with a blank: `` (2022)``.
    """
    return _(" ({year})").format(year=figure["year"]) if figure["year"] else ""
