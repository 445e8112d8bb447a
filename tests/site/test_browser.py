"""Tests of a site in a real browser: Chromium without a screen, with scripts turned off.

axe-core and html-validate check accessibility and syntax; ``make test`` installs them if there is npm.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FRESH, ROOT
from tests.schedules import DATA
from tests.site.sites import both_languages, files_of, published

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NODE_MODULES = Path(os.environ.get("SUMMIT_NPM", ROOT / ".venv" / "npm")) / "node_modules"
"""The directory of the packages of npm."""

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that has changed once, so that it has every kind of page."""
    folder = tmp_path_factory.mktemp("site")
    made = both_languages()
    published(folder, made, base_url="https://example.org/2024/")
    made["sessions"][0]["title"]["en"] = "An Opening With an Extraordinarily-Long-Title-That-Does-Not-Break"
    published(folder, made, base_url="https://example.org/2024/")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


def kinds_of(site: Path) -> list[str]:
    """Return the path of one page of each kind, in each language."""
    pages = [path for path in files_of(site) if path.endswith(".html")]
    # The kind is all but the name of the thing: en/sessions, or en/about.html.
    return list({path.rpartition("/")[0] if path.count("/") == 2 else path: path for path in pages}.values())


def test_pages_of_every_kind_fit_every_width_light_and_dark_without_scripts(site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    colors = set()
    for path in kinds_of(site):
        page.goto((site / path).as_uri())
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if path.count("/"):
                style = "getComputedStyle(document.body)"
                shown = page.evaluate(f"{style}.color + ' on ' + {style}.backgroundColor")
                colors.add((scheme, shown))
    context.close()
    assert refused == []
    # The stylesheet was loaded everywhere.
    assert colors == {
        ("light", "rgb(28, 30, 33) on rgb(255, 255, 255)"),
        ("dark", "rgb(228, 230, 234) on rgb(21, 23, 26)"),
    }


def test_what_is_tapped_on_a_phone_is_44_pixels_high_and_nothing_is_cut_off(site: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    tapped = "nav a, body > header a, main > p a, .up a, .list > li, .columns > li, article"
    for path in ("en/index.html", "zh/days/2024-05-01.html", "en/rooms.html", "en/sessions/panel.html"):
        page.goto((site / path).as_uri())
        sizes = page.locator(tapped).evaluate_all(
            "all => all.map(one => [one.textContent, one.getBoundingClientRect()])"
            ".filter(([, box]) => box.width).map(([text, box]) => [text, box.height, box.left, box.right])"
        )
        assert len(sizes) > 5
        wrong = [text for text, height, left, right in sizes if height < 43.9 or left < 0 or right > 390]
        assert wrong == [], path
    context.close()


def test_the_hour_stays_in_view_on_a_phone_and_leads_back(site: Path, browser: Any) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 300}, reduced_motion="reduce")
    page.goto((site / "en/days/2024-05-01.html").as_uri() + "#h24")
    page.evaluate("document.querySelector('#h10 article + article').scrollIntoView()")
    assert page.locator("#h10 > h3").bounding_box()["y"] == pytest.approx(0, abs=1)
    page.locator("#h10 > .up a").click()
    assert page.locator("#hours").bounding_box()["y"] == pytest.approx(0, abs=1)
    page.locator("#hours a[href='#h10']").click()
    assert page.locator("#h10 > h3").bounding_box()["y"] == pytest.approx(0, abs=1)
    page.close()


@pytest.mark.parametrize(("width", "is_beside"), [(1440, True), (820, False)])
def test_the_grid_of_a_day_stands_beside_the_list_where_there_is_room(
    site: Path, browser: Any, width: int, is_beside: bool
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site / "en/days/2024-05-01.html").as_uri())
    listed, grid = (
        page.locator(f"section[aria-labelledby={name}]").bounding_box() for name in ("list", "grid")
    )
    page.close()
    assert (listed["x"] + listed["width"] <= grid["x"] and listed["y"] == grid["y"]) is is_beside
    assert (listed["y"] + listed["height"] <= grid["y"]) is not is_beside


def test_the_day_programme_and_the_sheet_of_a_room_are_printed(site: Path, browser: Any) -> None:
    page = browser.new_page()
    for path in ("en/days/2024-05-01.html", "zh/rooms/A1.html"):
        page.goto((site / path).as_uri())
        page.emulate_media(media="print")
        assert not page.locator("body > header nav").is_visible()
        # The second sheet of a room has its name again.
        assert page.locator(".again:visible").count() == path.count("rooms")
        printed = page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        # The sheet of a room has a page for each day, the programme of a day one for its grid.
        assert printed.count(b"/Type /Page\n") == 2, path
    page.close()


@pytest.mark.skipif(not (NODE_MODULES / "axe-core").is_dir(), reason="axe-core is not installed")
def test_axe_finds_no_violation_on_any_kind_of_page(site: Path, browser: Any) -> None:
    """Check the English pages in light and the Chinese ones in dark; in long runs, all in both."""
    axe = (NODE_MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    context = browser.new_context(bypass_csp=True, viewport={"width": 400, "height": 800})
    page = context.new_page()
    found = []
    for path in kinds_of(site):
        page.goto((site / path).as_uri())
        page.evaluate(axe)
        for scheme in SCHEMES if os.environ.get(FRESH) else SCHEMES[path.startswith("zh/") :][:1]:
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate("axe.run({rules: {'target-size': {enabled: true}}})")
            assert result["passes"]
            found += [(path, scheme, one["id"], one["nodes"][0]["html"]) for one in result["violations"]]
    context.close()
    assert found == []


@pytest.mark.skipif(not (NODE_MODULES / "html-validate").is_dir(), reason="html-validate is not installed")
def test_html_validate_finds_no_error_on_any_kind_of_page(site: Path, tmp_path: Path) -> None:
    """Check a site with every kind of page; in long runs, that of the bundled schedule as well."""
    # Pages of the other directories lead to those of the languages.
    bundled = tmp_path / "bundled"
    published(bundled, DATA, languages=("zh",))
    published(bundled, DATA)
    tried = [path for path in kinds_of(bundled) if os.environ.get(FRESH) or path[:3] not in ("zh/", "en/")]
    paths = [*(str(site / path) for path in kinds_of(site)), *(str(bundled / path) for path in tried)]
    program = str(NODE_MODULES / ".bin" / "html-validate")
    words = [program, "--preset", "standard", "--formatter", "json", *paths]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    reports = json.loads(done.stdout)
    errors = [(report["filePath"], fault["message"]) for report in reports for fault in report["messages"]]
    assert (errors, done.returncode) == ([], 0), done.stderr
