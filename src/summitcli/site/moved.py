"""The earlier addresses of files of a site whose number of languages has changed.

A site in one language has its pages and calendars in the main directory, one in several languages has them in
a directory for each language. If that changes, earlier addresses go on working: the same calendars are there
too, and pages that lead to the new ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from summitcli.lazy_typing import NamedTuple
from summitcli.site.addresses import root
from summitcli.site.manifest import Manifest


class Moved(NamedTuple):
    """The addresses at which files of a site were published earlier."""

    roots: Mapping[str, str] = {}
    """For each earlier directory, the language whose files are now also there, such as ``{"zh/": "zh"}``.

    The main directory is an empty text.
    """
    published: Container[str] = ()
    """The paths of the files that have been published."""

    def paths(self, language: str, name: str) -> Iterator[str]:
        """Yield the earlier paths of a file.

        Args:
            language: the language of the file.
            name: its path without the directory of the language, such as ``rooms/Hall.ics``.
        """
        for folder, shown in self.roots.items():
            if shown == language and folder + name in self.published:
                yield folder + name


def moved(last: Manifest, languages: tuple[str, ...]) -> Moved:
    """Return the earlier addresses of the files of a site.

    An earlier directory keeps its language if the site still has it; otherwise it gets the main language.

    Args:
        last: the manifest of the last publication.
        languages: the languages of the site, the main one first.
    """
    current = {root(language, languages) for language in languages}
    earlier = {
        path: language if language in languages else languages[0]
        for path, language in last.roots.items()
        if path not in current
    }
    return Moved(earlier, {path for name in last.parts for path in last.paths(name)} if earlier else ())


def roots(last: Manifest, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return the language of each directory, now or earlier, for :attr:`Manifest.roots`.

    The arguments are as for :func:`moved`.
    """
    return {**last.roots, **{root(language, languages): language for language in languages}}
