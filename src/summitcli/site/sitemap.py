"""The sitemap of a site for search engines (sitemaps.org), and its ``robots.txt`` (RFC 9309).

Both need the absolute URL of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from summitcli.exports.elements import DECLARATION, element, start
from summitcli.site.addresses import ROBOTS, SITEMAP, absolute
from summitcli.site.contents import Contents, File
from summitcli.text.batches import batches

MAX_URLS = 50_000
"""The number of URLs that one sitemap may have."""

_NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def sitemaps(contents: Contents, paths: Iterable[str]) -> Iterator[File]:
    """Yield the sitemap and ``robots.txt``; nothing if the URL of the site is unknown.

    A site with very many pages has several sitemaps, and an index of these.

    Args:
        contents: the contents of the site.
        paths: the paths of its pages; those for screens show what the pages of rooms show, and are left out.
    """
    base = contents.base_url
    if not base:
        return
    listed = (path for path in paths if "/screens/" not in f"/{path}")
    parts = list(batches(listed, MAX_URLS))
    if len(parts) == 1:
        yield File(SITEMAP, partial(_list, "urlset", "url", base, parts[0]))
    else:
        names = [SITEMAP.replace(".", f"-{number}.") for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield File(name, partial(_list, "urlset", "url", base, part))
        yield File(SITEMAP, partial(_list, "sitemapindex", "sitemap", base, names))
    robots = f"User-agent: *\nAllow: /\nSitemap: {absolute(base, SITEMAP)}\n"
    yield File(ROBOTS, lambda: (robots.encode(),))


def _list(root: str, name: str, base: str, paths: Iterable[str]) -> Iterator[bytes]:
    """Yield a sitemap or an index of sitemaps in pieces.

    Args:
        root: the name of its outermost element.
        name: the name of the elements in it.
        base: the URL of the site.
        paths: the paths of the files that it lists.
    """
    yield f"{DECLARATION}{start(root, _NAMESPACE)}\n".encode()
    for path in paths:
        yield f"<{name}>{element('loc', absolute(base, path))}</{name}>\n".encode()
    yield f"</{root}>\n".encode()
