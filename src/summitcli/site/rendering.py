"""Rendering pages from templates. Links are relative to the page, and texts are in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from summitcli.exports.calendar.content import clean
from summitcli.exports.web_urls import is_web_url
from summitcli.i18n import _, using_language
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.site.addresses import absolute, link
from summitcli.site.contents import Contents
from summitcli.sources.addresses import without_password
from summitcli.text.batches import batches

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""The Content Security Policy (CSP Level 3) of all pages: only files of the site itself, and no scripts."""

_URL = re.compile(r"(?<![a-z0-9])https?://[a-z0-9][!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?'*]_"
"""The characters that belong to the sentence, not to the URL, at the end of a URL in a text."""
_TEXT_LINK = Markup('<a href="{0}" rel="noopener">{0}</a>')

LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
"""The name of each language, written in that language itself."""


class Text(NamedTuple):
    """A text from the schedule, with its language, for use in a template."""

    text: str
    language: str | None = None
    """The language of the text; None if it is the language of the page."""
    others: tuple[Text, ...] = ()
    """The same text in other languages, if the page shows it in these, too."""

    @property
    def attributes(self) -> Markup:
        """Return the HTML attributes (``lang`` and ``dir``) of an element with this text."""
        return _attributes(self.language)

    @property
    def paragraphs(self) -> list[Markup]:
        """Return the paragraphs of the text, with links for URLs in it. Blank lines separate paragraphs."""
        parts = re.split(r"\n\s*\n", clean(self.text))
        return [with_links(part.strip()) for part in parts if part.strip()]


class Link(NamedTuple):
    """A link in a menu."""

    href: str
    name: str = ""
    language: str = ""
    current: bool = False


class Here:
    """The page that is being rendered. Links are relative to it, and texts are in its language.

    Args:
        contents: the contents of the site.
        language: the language of the page.
        path: the path of the page.
        name: the path without the directory of the language: ``rooms/a.html`` for ``en/rooms/a.html``. It is
            empty if the page exists in only one language.
    """

    def __init__(self, contents: Contents, language: str, path: str, name: str = "") -> None:
        self._contents = contents
        self.language = language
        self.path = path
        self._name = name

    @property
    def menu_key(self) -> str:
        """Return a key that is equal for pages with the same menu, so that they can share it.

        It is the same for all pages in a directory, such as those of rooms. But each page to which the menu
        links has a key of its own, as the menu marks it as the current page.
        """
        return self._name.rpartition("/")[0] or self.path

    def link(self, path: str) -> str:
        """Return the URL of the file ``path`` relative to this page."""
        return link(self.path, path)

    def page(self, name: str) -> str:
        """Return the relative URL of a page that exists once in each language, such as ``index``."""
        return self.link(self._contents.addresses.page(self.language, name))

    def of(self, kind: str, key: str) -> str:
        """Return the relative URL of the page about one day, session, category, room or speaker.

        The arguments are as for :meth:`Addresses.of`.
        """
        return self.link(self._contents.addresses.of(self.language, kind, key))

    def translations(self) -> list[Link]:
        """Return relative links to the same page in each language, this one included.

        Return [] if the page exists in only one language.
        """
        return [Link(self.link(path), LANGUAGE_NAMES[tag], tag) for tag, path in self._translated().items()]

    def alternates(self) -> list[Link]:
        """Return links to the same page in each language for search engines, which require absolute URLs.

        They are relative if the URL of the site is unknown; see :meth:`translations`.
        """
        return [Link(self.url(path), language=tag) for tag, path in self._translated().items()]

    def _translated(self) -> Mapping[str, str]:
        """Return the path of this page in each language; empty if it exists in only one."""
        addresses, languages = self._contents.addresses, self._contents.languages
        if len(languages) < 2 or not self._name:
            return {}
        return {language: addresses.root(language) + self._name for language in languages}

    def url(self, path: str) -> str:
        """Return the absolute URL of the file ``path``.

        If the URL of the site is unknown, return the relative URL.
        """
        base = self._contents.base_url
        return absolute(base, path) if base else self.link(path)

    def menu(self) -> list[Link]:
        """Return the links to the main pages."""
        names = {
            "index": _("Overview"),
            "rooms": _("Rooms"),
            "speakers": _("Speakers"),
            "changes": _("Changes"),
            "about": _("About"),
        }
        own = self._contents.addresses.page
        return [
            Link(self.page(key), name, current=own(self.language, key) == self.path)
            for key, name in names.items()
            if key not in ("rooms", "speakers") or self._contents.addresses.has_any(key)
        ]

    def text(self, texts: Mapping[str, str], others: bool = False) -> Text:
        """Return a text in the language of the page if possible, else in the conference's language.

        Args:
            texts: the text by language, such as ``{"en": "…", "zh": "…"}``.
            others: whether to add the text in its other languages to the result.
        """
        own = self._contents.catalog.conference().language
        language = self.language if texts.get(self.language) else own
        text = texts.get(language, "")
        more = [Text(other, tag) for tag, other in texts.items() if other != text] if others else []
        return Text(text, None if language == self.language else language, tuple(more))


def render(here: Here, template: str, **values: Any) -> bytes:
    """Return a page made from a template.

    Args:
        here: the page.
        template: the name of the template, such as ``about.html``.
        values: the values that the template shows.
    """
    with using_language(here.language):
        pieces = _template(template).generate({"here": here, "policy": POLICY, **values})
        # The text of a day with thousands of sessions takes several times the memory of its bytes.
        return b"".join("".join(batch).encode("utf-8", "replace") for batch in batches(pieces))


def fragment(here: Here, template: str, **values: Any) -> Markup:
    """Return a piece of a page made from a template; the arguments are as for :func:`render`."""
    with using_language(here.language):
        return Markup(_template(template).render(here=here, **values).strip())  # noqa: S704


def with_links(text: str) -> Markup:
    """Return a text as HTML in which each http or https URL is a link.

    A URL ends before what is not ASCII, as Chinese texts have no spaces, and before the punctuation of its
    sentence.
    """
    return Markup("").join(_pieces_with_links(text)) if "://" in text else escape(text)


def _pieces_with_links(text: str) -> Iterator[str]:
    place = 0
    for found in _URL.finditer(text):
        url = found[0].rstrip(_PUNCTUATION)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_PUNCTUATION)
        if is_web_url(url) and without_password(url) == url:
            yield text[place : found.start()]
            yield _TEXT_LINK.format(url)
            place = found.start() + len(url)
    yield text[place:]


@cache
def _attributes(language: str | None) -> Markup:
    return Markup(' lang="{}" dir="auto"').format(language) if language else Markup(' dir="auto"')


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    """Return the Jinja environment for the templates of pages.

    Every text is escaped, and characters that a page must not contain are removed. An undefined name is an
    error.
    """
    environment = Environment(
        loader=PackageLoader("summitcli.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_finalized,
    )
    environment.globals["_"] = _
    return environment


def _finalized(value: Any) -> Any:
    """Return a value for a template without characters that a page must not contain; markup is unchanged."""
    return _cleaned(value) if type(value) is str else value


@lru_cache(4096)
def _cleaned(text: str) -> str:
    return clean(text)
