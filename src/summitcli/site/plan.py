"""The plan of a site: all its files, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from summitcli.site import FEEDS, PAGES, PARTS
from summitcli.site.contents import Contents, File
from summitcli.site.feeds import feeds


def files(contents: Contents, parts: Iterable[str] = PARTS) -> Iterator[File]:
    """Yield the files of a site: first the feeds, then the pages. The pages where visitors begin are last.

    Args:
        contents: the contents of the site.
        parts: the parts of the site to make: pages, feeds or both.
    """
    wanted = frozenset(parts)
    if FEEDS in wanted:
        yield from feeds(contents)
    if PAGES in wanted:
        yield from _pages(contents)


def _pages(contents: Contents) -> Iterator[File]:
    from summitcli.site.pages import Pages
    from summitcli.site.redirects import redirects
    from summitcli.site.roots import roots
    from summitcli.site.sitemap import sitemaps

    pages = [Pages(contents, language) for language in contents.languages]
    paths = []
    for file in chain(*(part.detail_pages() for part in pages), *(part.main_pages() for part in pages)):
        paths.append(file.path)
        yield file
    yield from redirects(contents, paths)
    yield from sitemaps(contents, paths)
    yield from roots(contents)
