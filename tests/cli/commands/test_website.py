"""Tests of `summit publish`: its options, messages and errors."""

import json
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.schedules import document, session, timed, write
from tests.site.sites import both_languages, files_of


@pytest.fixture
def plan(tmp_path: Path) -> str:
    return str(write(tmp_path / "plan.json", both_languages()))


def test_what_was_published_is_said(ask: Asked, tmp_path: Path, plan: str) -> None:
    site = str(tmp_path / "site")
    status, out, err = ask("publish", site, "--schedule", plan, "--lang", "auto")
    assert (
        (status, out) == (0, "") and err.startswith(f"published {site}; files: ") and err.endswith(" new\n")
    )
    status, out, err = ask("publish", site, "--schedule", plan)
    assert (status, out) == (0, "") and err.endswith(" unchanged\n")
    assert ask("publish", site, "--schedule", plan, "-q") == (0, "", "")


def test_the_site_of_another_conference_is_replaced_only_by_force(
    ask: Asked, tmp_path: Path, plan: str
) -> None:
    site = tmp_path / "site"
    assert ask("publish", str(site), "--schedule", plan, "-q").status == 0
    before = {path: path.read_bytes() for path in site.rglob("*.html")}
    refused = (
        "summit: the directory has the site of another conference, Conf (conf); use --force to replace it\n"
    )
    for words in ((), ("--dry-run",)):
        assert ask("publish", str(site), *words) == (2, "", refused)
    assert {path: path.read_bytes() for path in site.rglob("*.html")} == before
    assert ask("publish", str(site), "--force").status == 0
    assert ask("publish", str(site)).err.endswith(" unchanged\n")


TABLE = "Titel;Datum;Beginn;Ende\nEröffnung;2030-05-10;09:00;09:30\nNetze;2030-05-10;10:00;11:00\n"
NO_ZONE = (
    "the schedule has no time zone; reading its times as UTC (choose another with --assume-timezone ZONE)\n"
)
NO_NAME = "the schedule has no conference name; give the site one with --title\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_the_options_of_the_last_publication_are_used_until_others_are_given(
    ask: Asked, tmp_path: Path, table: Path
) -> None:
    site = tmp_path / "site"
    words = ("publish", str(site), "--schedule", str(table))
    given = ("--title", "Conf 2030", "--base-url", "https://example.org/a", "--assume-timezone", "Asia/Tokyo")
    assert ask(*words, *given, "--check").err == f"published {site}; files: 19 new\n"
    before = files_of(site)
    said = (
        "using the options of the last publication: --title 'Conf 2030' --base-url https://example.org/a/"
        " --assume-timezone Asia/Tokyo (without them: --forget)\n"
    )
    unchanged = f"published {site}; files: 19 unchanged\n"
    for more in ((), ("--check",)):
        assert ask(*words, *more).err == said + unchanged
    assert ask(*words, "-q") == (0, "", "")
    assert ask(*words, *given).err == unchanged
    assert files_of(site) == before
    table.write_text(TABLE.replace("09:30", "09:45"), "utf-8")
    assert ask(*words, "--assume-timezone", "Europe/Berlin").err.startswith(
        "using the options of the last publication: --title 'Conf 2030' --base-url https://example.org/a/ ("
    )
    assert "TZID=Europe/Berlin:20300510T094500" in (site / "schedule.ics").read_text("utf-8")
    assert ask(*words, "--dry-run", "--forget").err.startswith(NO_ZONE + NO_NAME + "would publish ")
    assert ask(*words, "--forget").err.startswith(NO_ZONE + NO_NAME + "published ")
    assert not (site / "sitemap.xml").exists()
    # A title that is already that of the schedule changes no file, but is remembered.
    assert ask(*words, "--title", "conference-2030-05-10").err.endswith(" unchanged\n")
    assert "--title conference-2030-05-10 " in ask(*words).err


def test_columns_and_a_language_are_remembered_too_and_nothing_private_is(
    ask: Asked, tmp_path: Path, plan: str, table: Path
) -> None:
    site = tmp_path / "site"
    assert ask("publish", str(site), "--schedule", plan, "--lang", "zh").status == 0
    assert ask("publish", str(site), "--schedule", plan).err.startswith(
        "using the options of the last publication: --lang zh ("
    )
    assert not (site / "en").exists()
    other = tmp_path / "other"
    table.write_text(TABLE.replace("Datum", "x"), "utf-8")
    words = ("publish", str(other), "--schedule", str(table))
    assert ask(*words, "--columns", "title=Titel,day=2030-06-01", "--title", "Conf").status == 0
    assert "--columns title=Titel,day=2030-06-01 (" in ask(*words).err
    assert (other / "days" / "2030-06-01.html").exists()
    manifest = (other / ".summit-publish" / "manifest.json").read_bytes()
    assert str(tmp_path).encode() not in manifest and b"plan" not in manifest


def test_options_of_one_conference_are_not_used_for_another(ask: Asked, tmp_path: Path, plan: str) -> None:
    site = tmp_path / "site"
    ask("publish", str(site), "--schedule", plan, "--title", "Mine", "--lang", "en")
    assert ask("publish", str(site), "--force").err.startswith(f"published {site}; ")
    assert "<title>Mine" not in (site / "index.html").read_text("utf-8")


def test_a_conference_keeps_its_id_if_the_title_in_its_spreadsheet_changes(
    ask: Asked, tmp_path: Path, table: Path
) -> None:
    site = tmp_path / "site"
    words = ("publish", str(site), "--schedule", str(table), "--assume-timezone", "Europe/Berlin")
    for title in ("Tagung, Stand 3. April", "Tagung, Stand 10. April", "Kongress"):
        table.write_text(f"{title};;;\n{TABLE}", "utf-8")
        assert ask(*words).status == 0
        assert f"<title>{title}</title>" in (site / "index.html").read_text("utf-8")
        calendar = (site / "schedule.ics").read_text("utf-8")
        assert "UID:netze@tagung-stand-3-april.summitcli" in calendar
    assert json.loads((site / "summit.json").read_bytes())["conference"]["id"] == "tagung-stand-3-april"
    table.write_text(TABLE.replace("Netze", "Wege").replace("Eröffnung", "Auftakt"), "utf-8")
    assert "(tagung-stand-3-april); use --force to replace it" in ask(*words).err
    table.write_text(TABLE.replace("2030", "2031"), "utf-8")
    assert ask(*words).status == 2


def test_warnings_are_shown_at_every_publication(ask: Asked, tmp_path: Path, table: Path) -> None:
    words = ("publish", str(tmp_path / "site"), "--schedule", str(table))
    for _time in range(3):
        assert ask(*words).err.startswith(NO_ZONE + NO_NAME + "published ")
    assert ask(*words, "--title", "Conf").err.startswith(NO_ZONE + "published ")


def test_a_dry_run_lists_the_files(ask: Asked, tmp_path: Path, plan: str) -> None:
    site = tmp_path / "site"
    status, out, err = ask("publish", str(site), "--schedule", plan, "--dry-run", "--only", "pages")
    assert status == 0 and "new\ten/sessions/opening.html\n" in out and not site.exists()
    assert err == f"would publish {site}; files: {out.count(chr(10))} new\n"


def test_lang_chooses_one_language_and_title_the_title(ask: Asked, tmp_path: Path, plan: str) -> None:
    site = tmp_path / "site"
    words = ("publish", str(site), "--schedule", plan, "--title", "  My\n Site\udcff ")
    assert ask(*words, "--lang", "zh").status == 0
    page = (site / "index.html").read_text("utf-8")
    assert '<html lang="zh">' in page and "<title>My Site?</title>" in page
    assert ask(*words, "--lang", "auto").status == 0
    assert (site / "en" / "index.html").exists()
    assert 'content="0; url=zh/about.html"' in (site / "about.html").read_text("utf-8")


def test_the_url_of_the_site_gets_a_slash(ask: Asked, tmp_path: Path, plan: str) -> None:
    ask("publish", str(tmp_path / "site"), "--schedule", plan, "--base-url", "https://example.org/2030")
    page = (tmp_path / "site" / "404.html").read_text("utf-8")
    assert "https://example.org/2030/en/index.html" in page


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--only", "page"), 'a site has no part "page". Did you mean "pages"?'),
        (("--title", " "), "--title must be a text of 1 to 300 characters"),
        (("--title", "x" * 301), "--title must be a text of 1 to 300 characters"),
        *(
            (
                ("--base-url", url),
                "--base-url must be an http or https URL such as https://example.org/2030/",
            )
            for url in (
                "example.org",
                "ftp://x/",
                "https://",
                "https://a:b@x/",
                "https://x/?a",
                "https://x/#a",
                "https://[",
            )
        ),
    ],
)
def test_a_wrong_option_is_a_usage_error(
    ask: Asked, tmp_path: Path, plan: str, words: tuple[str, ...], error: str
) -> None:
    site = tmp_path / "site"
    assert ask("publish", str(site), "--schedule", plan, *words) == (2, "", f"summit: {error}\n")
    assert not site.exists()


@pytest.mark.parametrize("name", ["", "-"])
def test_the_directory_has_a_name(ask: Asked, name: str) -> None:
    assert ask("publish", name) == (2, "", f'summit: "{name}" is not the name of a directory\n')


def test_check_publishes_nothing_with_errors(ask: Asked, tmp_path: Path) -> None:
    day = "2024-05-01"
    rooms = [
        session(id_, timed(day, f"{day}T10:00:00+02:00", f"{day}T11:00:00+02:00", room="A")) for id_ in "ab"
    ]
    plan = str(write(tmp_path / "plan.json", document(*rooms)))
    site = tmp_path / "site"
    status, out, err = ask("publish", str(site), "--schedule", plan, "--check")
    errors = json.loads(ask("validate", plan, "--json").out)
    assert any(problem["severity"] == "error" for problem in errors)
    assert (status, out, site.exists()) == (3, "", False)
    assert f"plan.json has 1 error, so nothing was published; see `summit validate {plan}`\n" in err


def test_check_publishes_nothing_with_times_that_can_not_be_read(ask: Asked, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Title,Date,Start,End\nA,2030-05-10,half past nine,10:30\nB,someday,9:00,10:00\n")
    status, out, err = ask("publish", str(tmp_path / "site"), "--schedule", str(plan), "--check")
    assert (status, out, (tmp_path / "site").exists()) == (3, "", False)
    assert "plan.csv has 2 times that can't be read, so nothing was published; see" in err


def test_a_directory_of_others_is_refused(ask: Asked, tmp_path: Path, plan: str) -> None:
    assert ask("publish", str(tmp_path), "--schedule", plan) == (
        2,
        "",
        f"summit: {tmp_path} is neither empty nor a published site; use --force to publish among its files\n",
    )


def test_stars_are_never_published(ask: Asked, tmp_path: Path, plan: str) -> None:
    ask("publish", str(tmp_path / "a"), "--schedule", plan)
    ask("star", "opening", "--schedule", plan)
    ask("publish", str(tmp_path / "b"), "--schedule", plan)
    for path in (tmp_path / "a").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".css"):
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()
            assert str(tmp_path).encode() not in path.read_bytes()


def test_a_site_of_a_version_that_did_not_remember_options_is_published_on(
    ask: Asked, tmp_path: Path, table: Path
) -> None:
    site = tmp_path / "site"
    words = ("publish", str(site), "--schedule", str(table))
    given = ("--title", "Conf", "--assume-timezone", "Asia/Tokyo")
    ask(*words, *given)
    manifest = site / ".summit-publish" / "manifest.json"
    found = json.loads(manifest.read_bytes())
    del found["options"], found["conference"]
    manifest.write_text(json.dumps(found), "utf-8")
    assert ask(*words, *given).err == f"published {site}; files: 17 unchanged\n"
    assert json.loads(manifest.read_bytes())["conference"] == "conference-2030-05-10"
    assert "--title Conf --assume-timezone Asia/Tokyo (" in ask(*words).err
