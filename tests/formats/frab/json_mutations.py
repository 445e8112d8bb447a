"""Random changes to a valid JSON document, for testing lenient readers."""

import copy
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Person, Track

ODD_TEXTS = (
    "", " ", "24:00", "25:61", "0:00", "-1:00", "9999:99", "1:02:30", "01:02:30", "1:99:99", "9" * 4000,
    "1899-12-31", "2024-02-30", "3000-01-01", "2999-12-31T24:00:00Z", "9999-12-31T23:59:59-23:59",
    "1900-01-01T00:00:00+23:59", "2024-05-01T10:00", "2024-05-01T10:00:00.123456789Z", "2024-W18-3",
    "20240501", "Europe/Berlin", "../../etc/passwd", "Europe", "true", "#abcdef", "\ud800", "\0", "en",
    "٢٠٢٤-٠٥-٠١", "１０:００",
)  # fmt: skip
KEYS = ("en", "de", "zh_Hans", "name", "id", "guid", "slug", "code", "url", "title", "events", "optout", "")

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**400, max_value=10**401)
    | st.floats(allow_nan=False)
    | st.sampled_from(ODD_TEXTS)
    | st.text(max_size=8)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def mutated(draw: st.DrawFn, document: Any) -> bytes:
    """Return the text of ``document`` with some values replaced or removed, and sometimes cut short."""
    made = copy.deepcopy(document)
    for _change in range(draw(st.integers(min_value=0, max_value=4))):
        holder, key = draw(st.sampled_from(list(_places(made))))
        if draw(st.booleans()):
            holder[key] = draw(values)
        elif isinstance(holder, dict):
            del holder[key]
        if not made:
            break
    # An infinite number is no JSON, but 1e999 is, and Python reads it as one.
    text = json.dumps(made).replace("Infinity", "1e999").encode()
    return (
        text[: draw(st.integers(min_value=0, max_value=len(text)))] if draw(st.integers(0, 9)) == 0 else text
    )


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a document, as the containing list or object and the key."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if inner and isinstance(inner, dict | list):
            yield from _places(inner)


def has_the_kinds_it_promises(draft: Draft) -> bool:
    """Return whether every value has the type that the draft declares, and every time is possible."""
    return (
        _texts(draft.id, draft.title, draft.acronym, draft.language, draft.time_zone, draft.url,
               draft.base_url, draft.place, draft.version, *draft.rooms,
               *draft.titles, *draft.titles.values())
        and all(map(_person_kept, draft.people))
        and _days(draft.start, draft.end)
        and all(map(_day_kept, draft.days))
        and all(map(_track_kept, draft.tracks))
        and all(map(_event_kept, draft.events))
    )  # fmt: skip


def _event_kept(event: Event) -> bool:
    return (
        _texts(event.where, event.identity or "", *event.names, event.guid, event.title, event.subtitle,
               event.abstract, event.description, event.clock, event.room, event.track, event.type,
               event.language, *event.speakers, event.url, *event.titles, *event.titles.values(),
               *event.abstracts.values(), *event.descriptions.values(), event.status, event.level,
               *event.tags, event.feedback_url)
        and all(map(_person_kept, event.people))
        and _instants(event.start, event.end)
        and _days(event.day)
        and all(isinstance(link, DraftLink) and _texts(*link) for link in event.links)
        and (event.recorded is None or isinstance(event.recorded, bool))
    )  # fmt: skip


def _person_kept(person: Person) -> bool:
    return _texts(
        person.name, *person.names, *person.names.values(), person.biography, *person.biographies,
        *person.biographies.values(), *(text for link in person.links for text in link)
    )  # fmt: skip


def _day_kept(day: DraftDay) -> bool:
    return day.day is not None and _days(day.day) and _instants(day.start, day.end)


def _track_kept(track: Track) -> bool:
    return _texts(track.name, track.slug, track.color, *track.names, *track.names.values())


def _texts(*found: object) -> bool:
    return all(isinstance(text, str) for text in found)


def _days(*found: date | None) -> bool:
    return all(day is None or (type(day) is date and 1900 <= day.year <= 2999) for day in found)


def _instants(*found: datetime | None) -> bool:
    # An end may lie as long after the last possible start as a conference may last.
    return all(time is None or (type(time) is datetime and 1900 <= time.year <= 3001) for time in found)
