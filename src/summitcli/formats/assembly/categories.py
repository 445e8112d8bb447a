"""The categories of a schedule: the tracks of its events, or if it has no tracks, the types of its events."""

from collections.abc import Iterable, Iterator, Sequence

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.slugs import DIGITS, SHORT, distinct, hashed, slug
from summitcli.formats.draft import Track


class Categories:
    """The categories of a schedule: the tracks that the source lists, then others that its events have.

    Args:
        defined: the tracks that the source lists for the conference.
        used: the names of the tracks (or types) of the events.
    """

    def __init__(self, defined: Sequence[Track], used: Iterable[str]) -> None:
        self._position: dict[str, int] = {}
        self._tracks: list[Track] = []
        for track in defined:
            name = prose.line(track.name) or prose.first(map(prose.line, track.names.values()))
            self._add(name or prose.line(track.slug), track)
        for track in defined:
            # Some sources name the track of an event by its slug.
            position = self._position.get(prose.line(track.name))
            if position is not None and track.slug:
                self._position.setdefault(prose.line(track.slug), position)
        for name in dict.fromkeys(used):
            self._add(prose.line(name), Track(name))
        bases = [slug(track.slug, SHORT) or slug(track.name, SHORT) or "category" for track in self._tracks]
        self._ids = distinct(bases, lambda n: [hashed(self._tracks[n].name)[:digits] for digits in DIGITS])

    def all(self) -> Iterator[tuple[str, Track]]:
        """Yield each category as a pair: its ID, and the track, or the type of events, that it stands for."""
        return zip(self._ids, self._tracks, strict=True)

    def id_of(self, names: Iterable[str]) -> str | None:
        """Return the ID of the category named by the first of ``names`` that is not blank.

        Return None if all names are blank.

        Raises:
            KeyError: no category has that name.
        """
        for text in names:
            if name := prose.line(text):
                return self._ids[self._position[name]]
        return None

    def _add(self, name: str, track: Track) -> None:
        if name and name not in self._position:
            self._position[name] = len(self._tracks)
            self._tracks.append(track._replace(name=name))
