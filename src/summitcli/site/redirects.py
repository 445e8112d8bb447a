"""The pages at earlier addresses of a site, each of which leads to the page that has replaced it.

They lead there at once (a refresh after 0 seconds, technique H76 of WCAG), without scripts or a web server.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from summitcli.i18n import using_language
from summitcli.site.addresses import INDEX
from summitcli.site.contents import Contents, File
from summitcli.site.feeds import alternates
from summitcli.site.rendering import Here, render


def redirects(contents: Contents, paths: Iterable[str]) -> Iterator[File]:
    """Yield a page for each earlier address of a page, except where the site has another page now.

    Args:
        contents: the contents of the site.
        paths: the paths of the site's pages in all languages.
    """
    if not contents.moved.roots:
        return
    roots = {contents.addresses.root(language): language for language in contents.languages}
    for path in paths:
        language = roots[path[: path.find("/") + 1] if len(roots) > 1 else ""]
        for earlier in contents.moved_paths(language, path):
            # Where several languages are, visitors choose one.
            if earlier != INDEX:
                yield File(earlier, partial(_redirect, contents, language, earlier, path))


def _redirect(contents: Contents, language: str, earlier: str, path: str) -> Iterator[bytes]:
    here = Here(contents, language, earlier)
    with using_language(language):
        feeds = alternates(contents, language)
    site = here.text(contents.titles)
    yield render(here, "moved.html", site=site, href=here.link(path), url=here.url(path), feeds=feeds)
