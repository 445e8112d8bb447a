"""The sitemap of a site for search engines (sitemaps.org), and its ``robots.txt`` (RFC 9309).

Both are made only if the absolute URL of the site is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from summitcli.exports.elements import DECLARATION, element, start
from summitcli.site.addresses import ROBOTS, SITEMAP, absolute
from summitcli.site.contents import Contents, File
from summitcli.text.batches import batches

MAX_URLS = 50_000
"""The maximum number of URLs in a sitemap (sitemaps.org)."""

_NAMESPACE = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def sitemaps(contents: Contents, paths: Iterable[str]) -> Iterator[File]:
    """Yield the sitemap and ``robots.txt``; nothing if the URL of the site is unknown.

    If there are too many pages for one sitemap, yield several sitemaps and an index that lists them.

    Args:
        contents: the contents of the site.
        paths: the paths of the site's pages. The pages for screens are left out, as they show the same as the
            pages of rooms.
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
    """Yield a sitemap, or an index of sitemaps, in pieces.

    Args:
        root: the name of the outermost XML element.
        name: the name of the XML elements in it, one for each file.
        base: the URL of the site.
        paths: the paths of the files to list.
    """
    yield f"{DECLARATION}{start(root, _NAMESPACE)}\n".encode()
    for path in paths:
        yield f"<{name}>{element('loc', absolute(base, path))}</{name}>\n".encode()
    yield f"</{root}>\n".encode()
