"""Tests of publishing: what is written again, what is removed, what is never touched, and interruptions."""

import errno
import gc
import json
import os
import signal
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from summitcli.errors import ScheduleError, SummitError, Unreachable, UsageError
from summitcli.formats import parse
from summitcli.formats.parsed import Parsed
from summitcli.site import publishing, writing
from summitcli.site.contents import File
from summitcli.site.manifest import FOLDER, MANIFEST
from summitcli.site.pages import Pages
from summitcli.site.publishing import Options, Schedule, publish
from summitcli.site.writing import STAGING, Step
from tests.conftest import FRESH
from tests.schedules import document, session
from tests.site.sites import NOW, both_languages, catalog_of, dead_links, files_of, published


def changed() -> dict[str, Any]:
    """Return the schedule with one session renamed, one gone and one new, with a room and a speaker."""
    made = both_languages()
    made["sessions"][0]["title"]["en"] = "Grand Opening"
    made["sessions"] = [one for one in made["sessions"] if one["id"] != "fair"]
    made["sessions"].append(session("extra", {"day": "2024-05-02", "room": "B2"}, speakers=["Grace"]))
    return made


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and the time of change of each file."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}


def test_the_same_schedule_touches_no_file(tmp_path: Path) -> None:
    first = published(tmp_path, both_languages())
    before = states(tmp_path)
    again = published(tmp_path, both_languages())
    assert (again.steps, again.unchanged) == ((), len(first.steps))
    assert states(tmp_path) == before


def test_the_same_schedule_gives_the_same_bytes_elsewhere(tmp_path: Path) -> None:
    published(tmp_path / "a", both_languages())
    published(tmp_path / "b", both_languages())
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_only_what_differs_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    before = files_of(tmp_path)
    done = published(tmp_path, changed())
    after = files_of(tmp_path)
    assert {step.path for step in done.steps if step.kind == "new"} == after.keys() - before.keys()
    assert {step.path for step in done.steps if step.kind == "removed"} == before.keys() - after.keys()
    assert {step.path for step in done.steps if step.kind == "changed"} == {
        path for path in after.keys() & before.keys() if after[path] != before[path]
    }
    assert "en/sessions/fair.html" not in after and "en/speakers/Grace.html" in after
    assert done.number("unchanged") == len(after) - done.number("new") - done.number("changed")
    assert dead_links(tmp_path, after) == []


def test_steps_are_in_order_of_kind(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    (tmp_path / "en" / "sessions" / "fair.html").write_text("mine")
    kinds = [step.kind for step in published(tmp_path, changed()).steps]
    assert list(dict.fromkeys(kinds)) == ["new", "changed", "removed", "kept"]
    assert kinds == sorted(kinds, key=["new", "changed", "removed", "kept"].index)


def test_the_parsed_schedule_is_not_in_memory_while_pages_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[weakref.ref[object]] = []
    data = json.dumps(both_languages()).encode()

    def parse_watched() -> Parsed:
        found = parse(data, "plan.json")
        parsed.append(weakref.ref(found.outline))
        return found

    alive: list[bool] = []

    def pages(self: Pages) -> Iterator[File]:
        gc.collect()
        alive.extend(outline() is not None for outline in parsed)
        return iter(())

    monkeypatch.setattr(Pages, "main_pages", pages)
    schedule = Schedule(catalog_of(both_languages()), parse_watched)
    publish(str(tmp_path), schedule, Options(("en",), {"en": "Conf"}), NOW)
    assert alive == [False, False]


def test_changes_since_the_last_publication_are_listed(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    published(tmp_path, changed())
    page = (tmp_path / "en" / "changes.html").read_text("utf-8")
    assert '<a href="sessions/opening.html" dir="auto">Grand Opening</a>' in page
    assert "Opening → Grand Opening" in page and "No longer listed" in page
    # A page of a later state keeps them, and the same state adds none.
    published(tmp_path, changed(), titles={"en": "Other"})
    assert (tmp_path / "en" / "changes.html").read_text("utf-8").count("Opening → Grand") == 1


def test_a_site_that_was_damaged_is_mended(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    before = files_of(tmp_path)
    (tmp_path / "en" / "index.html").write_bytes(b"")
    (tmp_path / "zh" / "about.html").unlink()
    done = published(tmp_path, both_languages())
    assert sorted(done.steps) == [("changed", "en/index.html"), ("new", "zh/about.html")]
    assert files_of(tmp_path) == before


def test_files_of_others_are_kept_and_refused_without_force(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="neither empty nor a published site"):
        published(tmp_path, both_languages())
    assert os.listdir(tmp_path) == ["notes.txt"]
    published(tmp_path, both_languages(), force=True)
    published(tmp_path, changed())
    published(tmp_path, document())
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_directory_with_hidden_files_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    published(tmp_path, document())
    assert (tmp_path / "index.html").exists()


def test_no_file_of_others_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(Unreachable, match=r"index\.html: it was not published by this program"):
        published(tmp_path, document(), force=True)
    assert files_of(tmp_path) == {"index.html": b"mine"}


def test_a_refused_publication_leaves_no_directories(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    (tmp_path / "rooms").mkdir()
    with pytest.raises(Unreachable):
        published(tmp_path, both_languages(), force=True)
    assert sorted(os.listdir(tmp_path)) == [FOLDER, "index.html", "rooms"]


def test_a_name_whose_case_changes_is_no_file_of_others(tmp_path: Path) -> None:
    published(tmp_path, document(session("a", {"day": "2024-05-01", "room": "Hall"})))
    # As on a disk that ignores case, both names are those of one file.
    for path in [*tmp_path.glob("*/Hall.*")]:
        os.link(path, path.with_stem("HALL"))
    done = published(tmp_path, document(session("a", {"day": "2024-05-01", "room": "HALL"})))
    assert {step.kind for step in done.steps if "HALL" in step.path} == {"changed"}
    assert done.number("removed") == 0
    assert b"HALL" in (tmp_path / "rooms" / "HALL.html").read_bytes()


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_what_is_no_file_is_named_and_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    published(tmp_path, document())
    (tmp_path / "about.html").unlink()
    make(tmp_path / "about.html")
    with pytest.raises(Unreachable, match=r"about\.html"):
        published(tmp_path, document())


def test_an_obsolete_file_that_somebody_changed_is_kept(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    (tmp_path / "en" / "sessions" / "fair.html").write_text("mine")
    assert Step("kept", "en/sessions/fair.html") in published(tmp_path, changed()).steps
    assert (tmp_path / "en" / "sessions" / "fair.html").read_text() == "mine"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    done = published(tmp_path / "site", both_languages(), dry=True)
    assert done.number("new") > 40 and not (tmp_path / "site").exists()
    published(tmp_path, both_languages())
    before = states(tmp_path)
    assert published(tmp_path, changed(), dry=True).number("removed") > 0
    assert states(tmp_path) == before


def test_a_part_is_published_alone(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    done = published(tmp_path, changed(), parts=("feeds",))
    assert not [step for step in done.steps if step.path.endswith(".html")]
    # The pages get the changes that were found then.
    published(tmp_path, changed(), parts=("pages",))
    assert "Grand Opening" in (tmp_path / "en" / "changes.html").read_text("utf-8")


def test_pages_are_made_again_when_the_first_feeds_come(tmp_path: Path) -> None:
    published(tmp_path, both_languages(), parts=("pages",))
    assert b"schedule.ics" not in (tmp_path / "en" / "index.html").read_bytes()
    published(tmp_path, both_languages(), parts=("feeds",))
    published(tmp_path / "whole", both_languages())
    found = {path: content for path, content in files_of(tmp_path).items() if "whole" not in path}
    assert found == files_of(tmp_path / "whole")


def test_a_part_whose_publication_was_interrupted_is_made_with_the_other(tmp_path: Path) -> None:
    published(tmp_path, both_languages())
    path = tmp_path / FOLDER / MANIFEST
    found = json.loads(path.read_text("utf-8"))
    found["parts"]["pages"]["inputs"] = ""
    path.write_text(json.dumps(found))
    (tmp_path / "en" / "about.html").unlink()
    assert published(tmp_path, both_languages(), parts=("feeds",)).steps == (Step("new", "en/about.html"),)


@pytest.mark.parametrize("name", ["", "file/site"])
def test_a_target_that_is_a_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Unreachable, match=r"can't publish in .*: Not a directory"):
        published(tmp_path / "file" / name, document())
    assert (tmp_path / "file").read_text() == "mine"


def test_a_damaged_manifest_is_reported(tmp_path: Path) -> None:
    published(tmp_path, document())
    (tmp_path / FOLDER / MANIFEST).write_text("{")
    with pytest.raises(ScheduleError, match="is damaged"):
        published(tmp_path, document())


def test_a_manifest_that_leads_elsewhere_is_reported(tmp_path: Path) -> None:
    published(tmp_path / "site", document())
    path = tmp_path / "site" / FOLDER / MANIFEST
    found = json.loads(path.read_text("utf-8"))
    found["parts"]["pages"]["files"]["../other"] = "0"
    path.write_text(json.dumps(found))
    with pytest.raises(ScheduleError, match="is damaged"):
        published(tmp_path / "site", document())


@pytest.mark.parametrize("number", [0, 1, 7, 30])
def test_a_full_disk_at_any_file_leaves_the_site_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    published(tmp_path, both_languages())
    before = files_of(tmp_path)
    left = [number]

    def write_all(descriptor: int, data: bytes) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        os.write(descriptor, data)

    monkeypatch.setattr(writing, "write_all", write_all)
    with pytest.raises(Unreachable, match="No space left on device"):
        published(tmp_path, changed(), titles={"en": "Other"})
    assert files_of(tmp_path) == before
    assert not (tmp_path / FOLDER / STAGING).exists()


def test_of_two_publishers_one_waits_for_the_other(tmp_path: Path) -> None:
    failed: list[SummitError] = []

    def work() -> None:
        try:
            published(tmp_path, changed())
        except SummitError as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert dead_links(tmp_path, files_of(tmp_path)) == []


def test_a_publisher_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LOCK_TIMEOUT", 0.0)
    published(tmp_path, document())
    with publishing._locked(str(tmp_path)), pytest.raises(Unreachable, match="another program is using it"):
        published(tmp_path, document(session("a")))


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do ``work`` in a process that is killed at that call that renames or removes a file.

    Return whether it was killed.
    """
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left = step

    def dying(call: Callable[..., None]) -> Callable[..., None]:
        def or_die(*arguments: Any) -> None:
            nonlocal left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            call(*arguments)

        return or_die

    def end() -> NoReturn:
        os._exit(0)

    os.replace, os.unlink = dying(os.replace), dying(os.unlink)
    try:
        work()
    finally:
        end()


STEPS = range(0, 120, 1 if os.environ.get(FRESH) else 29)
"""The calls at which a publisher is killed: some of them, and all in the long runs."""


@pytest.mark.parametrize("step", STEPS)
def test_a_site_whose_publisher_is_killed_has_no_dead_links_and_is_mended_by_the_next(
    tmp_path: Path, step: int
) -> None:
    published(tmp_path / "site", both_languages())
    earlier = files_of(tmp_path / "site")
    killed = killed_at(step, lambda: published(tmp_path / "site", changed(), titles={"en": "Other"}))
    # A reader may be on any earlier page that is still there, or come to the first one.
    starts = [path for path in earlier if (tmp_path / "site" / path).exists()]
    assert dead_links(tmp_path / "site", ["index.html", *starts]) == []
    published(tmp_path / "site", changed(), titles={"en": "Other"})
    published(tmp_path / "new", both_languages())
    published(tmp_path / "new", changed(), titles={"en": "Other"})
    assert files_of(tmp_path / "site") == files_of(tmp_path / "new")
    assert killed or step > 60


@pytest.mark.parametrize("step", STEPS)
def test_a_first_publication_that_is_killed_shows_nothing_half(tmp_path: Path, step: int) -> None:
    killed_at(step, lambda: published(tmp_path, both_languages()))
    if (tmp_path / "index.html").exists():
        assert dead_links(tmp_path, ["index.html"]) == []
    published(tmp_path, both_languages())
    assert dead_links(tmp_path, files_of(tmp_path)) == []
