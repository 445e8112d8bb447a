"""Tests of the sitemap and robots.txt."""

from summitcli.formats.parsed import Parsed
from summitcli.site import PAGES, plan
from summitcli.site.sitemap import sitemaps
from tests.exports.published import small
from tests.site.sites import bytes_of, site_of

BASE = "https://conf.example/x/"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_pages_are_listed_with_their_absolute_urls() -> None:
    site = site_of(Parsed.of(small()), "en", base_url=BASE)
    assert bytes_of(sitemaps(site, ["index.html", "screens/a.html", "rooms/茶 & b.html"])) == {
        "sitemap.xml": (
            f"{HEAD}<urlset {NAMESPACE}>\n"
            f"<url><loc>{BASE}index.html</loc></url>\n"
            f"<url><loc>{BASE}rooms/%E8%8C%B6%20%26%20b.html</loc></url>\n"
            "</urlset>\n"
        ).encode(),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n".encode(),
    }


def test_very_many_pages_are_in_several_sitemaps() -> None:
    site = site_of(Parsed.of(small()), "en", base_url=BASE)
    found = bytes_of(sitemaps(site, map(str, range(50_001))))
    assert {path: content.count(b"<loc>") for path, content in found.items() if "sitemap" in path} == {
        "sitemap-1.xml": 50_000, "sitemap-2.xml": 1, "sitemap.xml": 2,
    }  # fmt: skip
    assert found["sitemap.xml"].decode() == (
        f"{HEAD}<sitemapindex {NAMESPACE}>\n"
        f"<sitemap><loc>{BASE}sitemap-1.xml</loc></sitemap>\n"
        f"<sitemap><loc>{BASE}sitemap-2.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )


def test_without_an_absolute_url_there_is_none() -> None:
    assert bytes_of(sitemaps(site_of(Parsed.of(small())), ["index.html"])) == {}


def test_the_sitemap_of_a_site_lists_all_its_pages() -> None:
    site = site_of(Parsed.of(small()), "en", "zh", base_url=BASE)
    files = {file.path: file for file in plan.files(site, [PAGES])}
    listed = b"".join(files["sitemap.xml"].make())
    pages = [path for path in files if path.endswith(".html") and "screens" not in path]
    assert listed.count(b"<loc>") == len(pages) - len(["404.html", "index.html"])
