"""Tests of the feed of changes."""

from html import escape
from xml.etree import ElementTree

from summitcli.formats.parsed import Parsed
from summitcli.library.log import LoggedChange, LoggedUpdate
from summitcli.site import FEEDS
from summitcli.site.atom import changes_feed
from summitcli.site.contents import Contents
from tests.exports.published import load
from tests.hostile import EVIL, HALVES
from tests.schedules import document, session
from tests.site.sites import site_of

CHANGES = (
    LoggedChange("moved", "a", "A", "2024-05-01 Hall", "2024-05-02 Hall & Bar"),
    LoggedChange("new", "b", "B <i>", None, "2024-05-01"),
    LoggedChange("missing", "gone", "Gone", "2024-05-01", None),
)
LOG = (
    LoggedUpdate(1, "2024-04-01T10:00:00+02:00", {"text": 1}, (LoggedChange("text", "a", "A", None, None),)),
    LoggedUpdate(2, "2024-04-02T11:30:00+02:00", {"moved": 3, "missing": 1, "new": 1, "renamed": 4}, CHANGES),
)
PLACE = "https://conf.example/x/en/"
REWORDED = f'<h3>Text changed</h3><ul><li><a href="{PLACE}sessions/a.html">A</a></li></ul>'
MOVED = (
    f'<h3>Moved</h3><ul><li><a href="{PLACE}sessions/a.html">A</a><br>1 May 2024 Hall → '
    "2 May 2024 Hall &amp; Bar</li><li>and 2 more</li></ul>"
)
OTHERS = (
    "<h3>No longer listed</h3><ul><li>Gone<br>1 May 2024</li></ul>"
    f'<h3>New</h3><ul><li><a href="{PLACE}sessions/b.html">B &lt;i&gt;</a><br>1 May 2024</li></ul>'
    "<h3>Renamed</h3><ul><li>and 4 more</li></ul>"
)
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def feed(language: str = "en", **fields: object) -> str:
    made = document(session("a", title={"en": "A", "zh": "甲"}), session("b", title="B <i>"),
                    title={"en": "Conf & Co", "zh": "大会"})  # fmt: skip
    site: Contents = site_of(Parsed.of(load(made)))._replace(**fields)  # type: ignore[arg-type]
    return b"".join(changes_feed(site, language).make()).decode()


def test_each_publication_with_changes_is_an_entry_newest_first() -> None:
    assert feed(log=LOG, base_url="https://conf.example/x/") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
        "  <id>urn:uuid:cee43d1c-2f2e-51ae-9850-e29d7e9a1d0a</id>\n"
        "  <title>Conf &amp; Co: changes</title>\n"
        "  <updated>2024-04-02T11:30:00+02:00</updated>\n"
        "  <author><name>Conf &amp; Co</name></author>\n"
        "  <generator>summitcli</generator>\n"
        f'  <link rel="self" href="{PLACE}changes.atom" />\n'
        f'  <link rel="alternate" type="text/html" href="{PLACE}changes.html" />\n'
        "  <entry>\n"
        "    <id>urn:uuid:186bf49d-062e-5201-bc14-43e7162f62c6</id>\n"
        "    <title>Moved: 3, No longer listed: 1, New: 1, Renamed: 4</title>\n"
        "    <updated>2024-04-02T11:30:00+02:00</updated>\n"
        f'    <link rel="alternate" type="text/html" href="{PLACE}changes.html#update.2" />\n'
        f'    <content type="html">{escape(MOVED + OTHERS, quote=False)}</content>\n'
        "  </entry>\n"
        "  <entry>\n"
        "    <id>urn:uuid:276a714d-1d34-5570-b2b1-8bdba75f84ca</id>\n"
        "    <title>Text changed: 1</title>\n"
        "    <updated>2024-04-01T10:00:00+02:00</updated>\n"
        f'    <link rel="alternate" type="text/html" href="{PLACE}changes.html#update.1" />\n'
        f'    <content type="html">{escape(REWORDED, quote=False)}</content>\n'
        "  </entry>\n"
        "</feed>\n"
    )


def test_without_changes_the_feed_is_as_old_as_the_schedule() -> None:
    tree = ElementTree.fromstring(feed())
    assert tree.findtext("a:updated", None, NAMES) == "2024-01-01T00:00:00Z"
    assert tree.findall("a:entry", NAMES) == []
    undated = site_of(Parsed.of(load({**document(session("a")), "revised": None})))
    tree = ElementTree.fromstring(b"".join(changes_feed(undated, "en").make()))
    assert tree.findtext("a:updated", None, NAMES) == "2024-05-01T00:00:00Z"


def test_ids_differ_by_language_and_publication_and_stay_the_same() -> None:
    ids = [node.text for language in ("en", "zh") for node in ids_of(feed(language, log=LOG))]
    assert len({*ids}) == len(ids) == 6
    earlier = [node.text for language in ("en", "zh") for node in ids_of(feed(language, log=LOG[:1]))]
    assert {*earlier} < {*ids}


def ids_of(text: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(text).findall(".//a:id", NAMES)


def test_titles_are_in_the_language_of_the_feed_and_links_are_relative_without_a_base() -> None:
    tree = ElementTree.fromstring(feed("zh", log=LOG))
    assert tree.findtext("a:title", None, NAMES) == "大会：变动"
    assert [node.get("href") for node in tree.findall(".//a:link", NAMES)] == [
        "changes.html", "changes.html#update.2", "changes.html#update.1",
    ]  # fmt: skip
    entry = tree.find("a:entry", NAMES)
    assert entry is not None
    assert '<a href="sessions/a.html">甲</a>' in (entry.findtext("a:content", None, NAMES) or "")


def test_a_site_of_feeds_only_has_no_links_to_pages() -> None:
    text = feed(log=LOG, parts=frozenset({FEEDS}))
    assert "<link" not in text
    assert "href" not in text


def test_the_latest_publications_are_listed() -> None:
    log = [LOG[0]._replace(update=number) for number in range(1, 26)]
    tree = ElementTree.fromstring(feed(log=tuple(log)))
    links = [node.get("href") for node in tree.findall("a:entry/a:link", NAMES)]
    assert links == [f"changes.html#update.{number}" for number in range(25, 5, -1)]


def test_hostile_text_stays_text() -> None:
    evil = EVIL + HALVES + "\ufffe</content>]]><script>"
    change = LoggedChange("renamed", "a", evil, evil, evil)
    text = feed(log=(LoggedUpdate(1, LOG[0].date, {"renamed": 1}, (change,)),))
    content = ElementTree.fromstring(text).findtext("a:entry/a:content", None, NAMES)
    assert "<script" not in (content or "")
    assert "&lt;/content&gt;]]&gt;&lt;script&gt;" in (content or "")
