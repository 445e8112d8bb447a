"""The setting of every drawing function: the conference and the language to show."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summitcli.i18n import _, in_language
from summitcli.rows import CategoryRow, ConferenceRow


class Setting(NamedTuple):
    """The conference, its categories, and the language in which titles and names are shown."""

    conference: ConferenceRow
    categories: Sequence[CategoryRow]
    days: int
    """The number of days of the conference."""
    language: str

    def name(self, texts: Mapping[str, str]) -> str:
        """Return the text of ``texts`` in the language to show if possible, else in the conference's.

        ``texts`` are by language, such as ``{"en": "Forum", "zh": "论坛"}``.
        """
        return in_language(texts, self.language, self.conference.language)

    def other(self, texts: Mapping[str, str]) -> str:
        """Return the text in the conference's language; empty if :meth:`name` already returns that text.

        ``texts`` are by language, such as ``{"en": "Forum", "zh": "论坛"}``.
        """
        own = texts.get(self.conference.language, "")
        return own if own != self.name(texts) else ""

    def category(self, id_: str | None) -> str:
        """Return the name of the category with the ID ``id_``.

        If there is no such category, return ``Other``, translated.
        """
        return next((self.name(row.names) for row in self.categories if row.id == id_), _("Other"))
