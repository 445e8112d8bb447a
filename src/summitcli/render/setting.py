"""The settings for every drawing function: the conference and the language to show."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summitcli.i18n import _, in_language
from summitcli.rows import CategoryRow, ConferenceRow


class Setting(NamedTuple):
    """The conference, its categories, and the language to show titles and names in."""

    conference: ConferenceRow
    categories: Sequence[CategoryRow]
    days: int
    """The number of days that the conference has."""
    language: str

    def name(self, texts: Mapping[str, str]) -> str:
        """Return one of ``texts``, which are by language: in the language to show, or the conference's."""
        return in_language(texts, self.language, self.conference.language)

    def other(self, texts: Mapping[str, str]) -> str:
        """Return the text in the conference's own language; empty if :meth:`name` returns the same text."""
        own = texts.get(self.conference.language, "")
        return own if own != self.name(texts) else ""

    def category(self, id_: str | None) -> str:
        """Return the name of the category with this ID; ``Other`` (translated) if there is none."""
        return next((self.name(row.names) for row in self.categories if row.id == id_), _("Other"))
