"""Texts of a schedule as HTML, in the language of the page or else in the conference's."""

import re
from collections.abc import Iterator, Mapping

from summitcli.exports.calendar.content import clean
from summitcli.exports.page.markup import Markup, block, element


class Texts:
    """The texts of one page.

    Args:
        language: the language of the page.
        own: the language of the conference, in which every text is available.
    """

    def __init__(self, language: str, own: str) -> None:
        self.language = language
        self.own = own

    def localized(self, name: str, texts: Mapping[str, str]) -> Markup:
        """Return an element with a text in the page's language, or else in the conference's.

        In the latter case the attribute ``lang`` states the language.
        """
        text, language = self.choose(texts)
        return element(name, text, lang=self.foreign(language), dir="auto")

    def translations(self, texts: Mapping[str, str]) -> Iterator[Markup]:
        """Yield an element for each language of a text other than the language that is shown."""
        shown = {self.choose(texts)[0]}
        for language, text in texts.items():
            if text not in shown:
                shown.add(text)
                yield element("p", text, class_="other", lang=language, dir="auto")

    def paragraphs(self, text: str, language: str) -> Markup | None:
        """Return a long text as paragraphs; None if it is blank."""
        paragraphs = [part for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]
        if not paragraphs:
            return None
        texts = (element("p", paragraph.strip(), dir="auto") for paragraph in paragraphs)
        return block("div", texts, lang=self.foreign(language))

    def choose(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return a text in the page's language, or else in the conference's, and the tag of that language."""
        language = self.language if texts.get(self.language) else self.own
        return texts.get(language, ""), language

    def foreign(self, language: str) -> str | None:
        """Return ``language``, or None if it is that of the page and needs no ``lang`` attribute."""
        return None if language == self.language else language
