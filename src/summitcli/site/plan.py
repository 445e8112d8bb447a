"""The plan of a site: all its files, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.site import PARTS
from summitcli.site.contents import Contents, File


def files(contents: Contents, parts: Iterable[str] = PARTS) -> Iterator[File]:
    """Yield the files of a site: the feeds, then the pages, last the pages where readers begin.

    Args:
        contents: the contents of the site.
        parts: the parts of the site to make.
    """
    wanted = frozenset(parts)
    return (file for file in _all_files(contents) if file.part in wanted)


def _all_files(contents: Contents) -> Iterator[File]:
    from summitcli.site.pages import Pages
    from summitcli.site.roots import roots

    pages = [Pages(contents, language) for language in contents.languages]
    for of_language in pages:
        yield from of_language.about_things()
    for of_language in pages:
        yield from of_language.main()
    yield from roots(contents)
