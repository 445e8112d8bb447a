"""The categories of a schedule: its tracks, or where it has none, the types of its events."""

from collections.abc import Iterable, Iterator, Sequence

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.slugs import DIGITS, SHORT, distinct, hashed, slug
from summitcli.formats.draft import Track


class Categories:
    """Tracks, or types, by what events call them: those that the source defines first, in its order."""

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
        for called in dict.fromkeys(used):
            self._add(prose.line(called), Track(called))
        bases = [slug(track.slug, SHORT) or slug(track.name, SHORT) or "category" for track in self._tracks]
        self._ids = distinct(bases, lambda n: [hashed(self._tracks[n].name)[:digits] for digits in DIGITS])

    def all(self) -> Iterator[tuple[str, Track]]:
        """Each with its id."""
        return zip(self._ids, self._tracks, strict=True)

    def of(self, called: Iterable[str]) -> str | None:
        """The id of the first that ``called`` names; None where that is empty."""
        for text in called:
            if name := prose.line(text):
                return self._ids[self._position[name]]
        return None

    def _add(self, name: str, track: Track) -> None:
        if name and name not in self._position:
            self._position[name] = len(self._tracks)
            self._tracks.append(track._replace(name=name))
