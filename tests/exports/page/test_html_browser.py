"""The HTML page in a real Chromium, if one is installed: parsed, displayed and printed."""

import http.server
import os
import re
import shutil
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.exports.page.test_html import STRANGE_PAGE, Parsed
from tests.schedules import document, session, timed, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 120
LIGHT, DARK = (255, 255, 255), (0x15, 0x17, 0x1A)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

Browser = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Run a headless Chromium with the given arguments; its console messages are on standard error.

    The viewer is in the time zone of the page ``plan`` unless another is given.
    """

    def browser(*words: str, zone: str = "Europe/Berlin") -> subprocess.CompletedProcess[str]:
        profile = tmp_path / "profile"
        shutil.rmtree(profile, ignore_errors=True)
        done = subprocess.run(
            [
                str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--hide-scrollbars", "--enable-logging=stderr", f"--user-data-dir={profile}", *words,
            ],
            capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
            env={**os.environ, "TZ": zone},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done

    return browser


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """Yield the URL of a server on this machine, and the paths that it was asked for."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def plan(call: Run, tmp_path: Path, visits: tuple[str, list[str]]) -> Path:
    """Return a page of two days, one with times, a link, a long word and a description."""
    held = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room="Hall " + "x" * 80)
    talk = session("talk", held, {"day": "2024-05-02"}, title="数字" * 60, url=f"{visits[0]}/talk",
                   description="One.\n\n" + "Two " * 200, speakers=["Ada"], category="talk")  # fmt: skip
    schedule = write(tmp_path / "s.json", document(talk, session("b", title="W" * 200)))
    call("agenda", "add", "talk", "--schedule", str(schedule), err=None)
    page = tmp_path / "plan.html"
    page.write_text(call("list", "-f", "html", "--schedule", str(schedule)), "utf-8")
    return page


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the console messages of the page."""
    return [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def corner(picture: Path) -> tuple[int, ...]:
    """Return the colour of a PNG's first pixel, which no filter changes (PNG, section 9)."""
    data = picture.read_bytes()
    place, packed = 8, b""
    while place < len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        packed += data[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    return tuple(zlib.decompress(packed)[1:4])


def test_chromium_reports_no_problem_and_adds_no_element(
    browser: Browser, plan: Path, visits: tuple[str, list[str]]
) -> None:
    done = browser("--dump-dom", plan.as_uri())
    assert said(done) == []
    assert Parsed(done.stdout).shape == Parsed(plan.read_text("utf-8")).shape
    assert visits[1] == []


def test_hostile_text_runs_nothing_and_adds_nothing(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "strange.html"
    page.write_text(STRANGE_PAGE, "utf-8")
    done = browser("--dump-dom", page.as_uri(), zone="Asia/Shanghai")
    assert said(done) == []
    assert Parsed(done.stdout).shape == Parsed(STRANGE_PAGE).shape
    assert Parsed(done.stdout).said() == Parsed(STRANGE_PAGE).said()


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Asia/Tehran", "11:30–12:30"),
        ("Pacific/Honolulu", "22:00–23:00 \u22121"),
        ("Pacific/Kiritimati", "22:00–23:00"),
        ("Africa/Lagos", "09:00–10:00"),
        # The same time by another name.
        ("Africa/Johannesburg", None),
    ],
)
def test_a_viewer_in_another_zone_gets_the_times_there(
    browser: Browser, plan: Path, zone: str, own: str | None
) -> None:
    done = browser("--dump-dom", plan.as_uri(), zone=zone)
    assert said(done) == []
    assert re.findall('</time><small class="yours">(.*?)</small>', done.stdout) == ([own] if own else [])
    note = f"in small type: the same times in <span>{zone if own else ''}</span>, your time zone"
    hidden = "" if own else ' hidden=""'
    assert f'<p class="facts yours" id="viewer.zone"{hidden}>{note}</p>' in done.stdout


@pytest.mark.parametrize(("scheme", "paper"), [("1", LIGHT), ("0", DARK)], ids=["light", "dark"])
def test_the_page_follows_the_preferred_colour_scheme(
    browser: Browser, plan: Path, tmp_path: Path, scheme: str, paper: tuple[int, ...]
) -> None:
    picture = tmp_path / "page.png"
    browser(f"--blink-settings=preferredColorScheme={scheme}", f"--screenshot={picture}", plan.as_uri())
    assert corner(picture) == paper


@pytest.mark.parametrize("width", [320, 480, 1000])
def test_nothing_is_wider_than_the_window(browser: Browser, plan: Path, tmp_path: Path, width: int) -> None:
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe src="{plan.name}" style="width:{width}px;height:600px;border:0" onload="'
        "document.title = this.contentDocument.documentElement.scrollWidth"
        " + ' ' + this.contentDocument.documentElement.clientWidth\"></iframe>"
    )
    shown = browser("--allow-file-access-from-files", "--dump-dom", frame.as_uri()).stdout
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    assert unescape(title[1]).split() == [str(width)] * 2


def test_the_page_can_be_printed(browser: Browser, plan: Path, tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    done = browser("--no-pdf-header-footer", f"--print-to-pdf={printed}", plan.as_uri())
    assert said(done) == []
    data = printed.read_bytes()
    assert data[:5] == b"%PDF-"
    assert len(re.findall(rb"/Type /Page\b", data)) == 1


def test_a_sheet_is_printed_with_a_page_for_each_day(browser: Browser, plan: Path, tmp_path: Path) -> None:
    sheet, printed = tmp_path / "sheet.html", tmp_path / "sheet.pdf"
    sheet.write_text(plan.read_text("utf-8").replace("<body>", '<body class="sheet">'), "utf-8")
    browser("--no-pdf-header-footer", f"--print-to-pdf={printed}", sheet.as_uri())
    assert len(re.findall(rb"/Type /Page\b", printed.read_bytes())) == 2


def test_times_stand_beside_titles_on_paper_and_alone(plan: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    text = plan.read_text("utf-8")
    # The longest text there: that of a session with a status, which ends after the following night.
    long = text.replace("10:00–11:00</time>", "10:00–12 September 11:00</time> · rescheduled")
    assert long != text
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(timezone_id="Asia/Tehran", viewport={"width": 690, "height": 900})
        page.emulate_media(media="print")
        for content in (text.replace("<body>", '<body class="sheet">'), long):
            plan.write_text(content, "utf-8")
            page.goto(plan.as_uri())
            ends = page.locator(".when").evaluate_all(
                "all => all.map(when => { const range = document.createRange();"
                " range.selectNodeContents(when); return range.getBoundingClientRect().right; })"
            )
            begins = page.locator(".timed > div").evaluate_all(
                "all => all.map(text => text.getBoundingClientRect().left)"
            )
            assert ends and all(end + 4 <= begin for end, begin in zip(ends, begins, strict=True))
            assert page.locator(".yours").count() == 2 and page.locator(".yours:visible").count() == 0
        browser.close()
