"""The conference and the reader, as every drawing function needs them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summitcli.i18n import _, in_language
from summitcli.rows import CategoryRow, ConferenceRow


class Setting(NamedTuple):
    """The conference, and the language to show names in."""

    conference: ConferenceRow
    categories: Sequence[CategoryRow]
    days: int
    """How many days the conference has."""
    language: str

    def name(self, texts: Mapping[str, str]) -> str:
        """Return a text in the language to show, or else in the conference's own."""
        return in_language(texts, self.language, self.conference.language)

    def other(self, texts: Mapping[str, str]) -> str:
        """Return a text in the conference's own language; empty if that is the one shown."""
        own = texts.get(self.conference.language, "")
        return own if own != self.name(texts) else ""

    def category(self, id_: str | None) -> str:
        """Return the name of a category, or the label for sessions without one."""
        return next((self.name(row.names) for row in self.categories if row.id == id_), _("Other"))
