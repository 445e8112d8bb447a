"""Texts of a schedule as HTML, in the language of the page if possible, else in the conference's language."""

import re
from collections.abc import Iterator, Mapping

from summitcli.exports.calendar.content import clean
from summitcli.exports.page.markup import Markup, block, element


class Texts:
    """A writer of texts for one page. It chooses the language of each text.

    Args:
        language: the language of the page.
        own: the language of the conference, in which every text is available.
    """

    def __init__(self, language: str, own: str) -> None:
        self.language = language
        self.own = own

    def localized(self, name: str, texts: Mapping[str, str]) -> Markup:
        """Return an element with a text in the page's language if possible, else in the conference's.

        If the text is in another language than the page, the attribute ``lang`` names that language.

        Args:
            name: the tag name of the element.
            texts: the text by language, such as ``{"en": "…", "zh": "…"}``.
        """
        text, language = self.choose(texts)
        return element(name, text, lang=self.foreign(language), dir="auto")

    def translations(self, texts: Mapping[str, str]) -> Iterator[Markup]:
        """Yield an element for each language of ``texts`` except the language that is shown."""
        shown = {self.choose(texts)[0]}
        for language, text in texts.items():
            if text not in shown:
                shown.add(text)
                yield element("p", text, class_="other", lang=language, dir="auto")

    def paragraphs(self, text: str, language: str) -> Markup | None:
        """Return a long text as HTML paragraphs; None if it is blank."""
        paragraphs = [part for part in re.split(r"\n\s*\n", clean(text)) if part.strip()]
        if not paragraphs:
            return None
        texts = (element("p", paragraph.strip(), dir="auto") for paragraph in paragraphs)
        return block("div", texts, lang=self.foreign(language))

    def choose(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return a text in the page's language if possible, else in the conference's, and its language.

        An example is ``("论坛", "zh")``.

        Args:
            texts: the text by language, such as ``{"en": "…", "zh": "…"}``.
        """
        language = self.language if texts.get(self.language) else self.own
        return texts.get(language, ""), language

    def foreign(self, language: str) -> str | None:
        """Return ``language`` for the attribute ``lang``.

        Return None if it is the page's language and can be left out.
        """
        return None if language == self.language else language
