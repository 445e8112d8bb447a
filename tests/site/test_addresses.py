"""Tests of the paths of a site's files, and of links between them."""

from summitcli.site.addresses import Addresses, absolute, link
from tests.schedules import document, session
from tests.site.sites import catalog_of

DAY = "2024-05-01"


def test_the_path_of_a_file_follows_from_its_language_its_kind_and_its_name() -> None:
    names = ("Hall 1", "HALL·1", "福州 会场")
    rooms = [{"day": DAY, "room": name} for name in names]
    catalog = catalog_of(document(session("a", *rooms, speakers=["Ada"], category="talk")))
    both, alone = Addresses(catalog, ("zh", "en")), Addresses(catalog, ("en",))
    assert both.page("zh", "index") == "zh/index.html"
    assert alone.page("en", "index") == "index.html"
    assert both.of("zh", "days", DAY, "ics") == "zh/days/2024-05-01.ics"
    assert both.of("en", "sessions", "a") == "en/sessions/a.html"
    assert alone.of("en", "categories", "talk") == "categories/talk.html"
    assert alone.of("en", "speakers", "Ada") == "speakers/Ada.html"
    assert alone.of("en", "screens", "福州 会场") == "screens/福州-会场.html"
    # No two are alike where case does not count.
    paths = [alone.of("en", "rooms", name) for name in names]
    assert paths == ["rooms/Hall-1.html", "rooms/HALL-1-2.html", "rooms/福州-会场.html"]


def test_links_are_relative_and_encoded() -> None:
    assert link("index.html", "days/2024-05-01.html", "h10") == "days/2024-05-01.html#h10"
    assert link("zh/rooms/a.html", "zh/rooms/茶馆.html") == "%E8%8C%B6%E9%A6%86.html"
    assert link("zh/rooms/a.html", "style.css") == "../../style.css"
    assert absolute("https://example.org/x/", "zh/茶.html") == "https://example.org/x/zh/%E8%8C%B6.html"
