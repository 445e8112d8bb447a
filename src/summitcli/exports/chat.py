"""An agenda as plain text, to paste into a chat."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from summitcli.i18n import _, in_language, using_language
from summitcli.rows import ConferenceRow, Listing
from summitcli.text import dates
from summitcli.text.printable import printable
from summitcli.text.reader_zone import reader_zone


def chat(conference: ConferenceRow, listings: Iterable[Listing], language: str) -> Iterator[str]:
    """Yield the text in pieces: the conference, then for each day its date and a line for each session.

    The line after the conference names the time zone, if times are shown in another zone than the
    conference's.

    Args:
        conference: the conference.
        listings: the listings (each is a session at one of its times), in order of time.
        language: the language of the text. A title that does not exist in it is shown in the conference's
            language.
    """

    def name(texts: dict[str, str]) -> str:
        return printable(in_language(texts, language, conference.language))

    yield f"{name(dict(conference.titles))}\n"
    if zone := reader_zone():
        with using_language(language):
            note = _("times in {zone}").format(zone=zone)
        yield f"{note}\n"
    for day, held in groupby(listings, key=lambda listing: listing.day):
        with using_language(language):
            heading = dates.day_and_weekday(day)
        yield f"\n{heading}\n"
        for listing in held:
            with using_language(language):
                line = _line(listing, name(dict(listing.titles)))
            yield f"{line}\n"


def _line(listing: Listing, title: str) -> str:
    part = (
        dates.part(listing.part, listing.parts, listing.all_day)
        if listing.all_day and listing.parts > 1
        else ""
    )
    maybe = _("maybe") if listing.pick == "maybe" else ""
    time = dates.clock_on(listing.day, listing.start, listing.end)
    room = printable(listing.room or "")
    return " · ".join(filter(None, (" ".join(filter(None, (time, title))), room, part, maybe)))
