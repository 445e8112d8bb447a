"""The files of a site that exist only once: the stylesheet, the choice of a language, the error page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from markupsafe import Markup

from summitcli.i18n import _, in_language, using_language
from summitcli.site.addresses import INDEX, NOT_FOUND, STYLE, absolute
from summitcli.site.contents import Contents, File
from summitcli.site.feeds import alternates
from summitcli.site.rendering import LANGUAGE_NAMES, POLICY, Here, render
from summitcli.site.stylesheet import NOT_FOUND as NOT_FOUND_STYLE
from summitcli.site.stylesheet import stylesheet
from summitcli.text.colors import assign_colors


def roots(contents: Contents) -> Iterator[File]:
    """Yield the files of a site that exist only once, not once for each language, such as the stylesheet.

    If the site has several languages, the last file is the page on which visitors choose one.
    """
    yield File(STYLE, lambda: (_style(contents),))
    yield File(NOT_FOUND, lambda: (_not_found(contents),))
    if len(contents.languages) > 1:
        yield File(INDEX, lambda: (_languages(contents),))


def _style(contents: Contents) -> bytes:
    ids = [row.id for row in contents.catalog.categories()]
    return stylesheet(assign_colors(ids, contents.catalog.colors()).values()).encode()


def _languages(contents: Contents) -> bytes:
    """Return the page on which visitors choose one of the languages."""
    here = Here(contents, contents.languages[0], INDEX)
    own = contents.catalog.conference().language
    languages = [
        {
            "language": language,
            "name": LANGUAGE_NAMES[language],
            "title": in_language(contents.titles, language, own),
            "href": here.link(contents.addresses.page(language, "index")),
            "url": here.url(contents.addresses.page(language, "index")),
        }
        for language in contents.languages
    ]
    main = contents.languages[0]
    with using_language(main):
        feeds = alternates(contents, main)
    site = here.text(contents.titles)
    return render(here, "languages.html", site=site, languages=languages, feeds=feeds)


def _not_found(contents: Contents) -> bytes:
    """Return the page that a web server sends for an unknown address.

    It is sent for addresses in any directory, so it contains its own styles and no relative links. Only if
    the URL of the site is known can it have a link to the overview.
    """
    here = Here(contents, contents.languages[0], NOT_FOUND)
    digest = b64encode(sha256(NOT_FOUND_STYLE.encode()).digest()).decode()
    texts = []
    for language in contents.languages:
        with using_language(language):
            start = contents.addresses.page(language, "index")
            texts.append(
                {
                    "language": language,
                    "sentence": _("This page does not exist."),
                    "overview": _("Go to the overview"),
                    "href": absolute(contents.base_url, start) if contents.base_url else "",
                }
            )
    return render(
        here,
        "404.html",
        site=here.text(contents.titles),
        texts=texts,
        style=Markup(NOT_FOUND_STYLE),  # noqa: S704
        policy=POLICY.replace("style-src 'self'", f"style-src 'sha256-{digest}'"),
    )
