"""The check for links that can't work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summitcli.formats.findings import Kind
from summitcli.formats.parsed import Steps
from summitcli.i18n import _
from summitcli.validation import rules
from summitcli.validation.programme.discovery import Discovery
from summitcli.validation.programme.timetable import Timetable
from summitcli.validation.programme.urls import has_scheme, is_placeholder


@dataclass(frozen=True, slots=True)
class BadLink(Discovery):
    """The problem that a link can't work."""

    rule = rules.LINK
    heading = Kind("{n} link that can't work", "{n} links that can't work")
    session: int
    path: Steps
    url: str

    def sentence(self, table: Timetable) -> str:
        """Return the sentence that says what is wrong with the link."""
        if is_placeholder(self.url):
            reason = _('a link of "{title}" is a placeholder: {url}')
        elif any(map(str.isspace, self.url)):
            reason = _('a link of "{title}" contains spaces: {url}')
        elif not has_scheme(self.url):
            reason = _('a link of "{title}" does not begin with https://: {url}')
        else:
            reason = _('a link of "{title}" has no valid host: {url}')
        return reason.format(title=table.titles[self.session], url=self.url)

    def sessions(self, table: Timetable) -> Sequence[int]:  # noqa: ARG002
        """Return the number of the session with the link, in a tuple."""
        return (self.session,)

    def steps(self, table: Timetable) -> Steps:  # noqa: ARG002
        """Return the path to the link's URL within its session, such as ``("links", 0, "url")``."""
        return self.path


def bad_links(table: Timetable) -> Iterator[Discovery]:
    """Yield a problem for each link that can't work."""
    return (BadLink(*link) for link in table.bad_links)
