"""The names of saved schedules, and the current one."""

import pytest

from summitcli.library.folder import names
from summitcli.library.kept import current, find, load
from summitcli.library.reference import resolve
from summitcli.library.store import keep, set_current
from tests.library.kept_samples import A, B, said, schedules_folder


def test_names() -> None:
    assert names() == ()
    for name in ("zoo", "b-2", "议程", None):
        keep(A, b"", name)
    (schedules_folder() / "empty").mkdir()
    (schedules_folder() / "file.txt").touch()
    for reserved in ("bundled", "current", "a b", ".hidden"):
        (schedules_folder() / reserved).mkdir()
        (schedules_folder() / reserved / "source.json").write_bytes(
            (schedules_folder() / "zoo" / "source.json").read_bytes()
        )
    assert names() == ("b-2", "zoo", "议程")
    assert find("empty") is find("nothing") is find("../conf") is find("bundled") is find("") is None
    assert said(load, "zo") == '2 no schedule named "zo". Did you mean "zoo"?'
    assert said(load, "xyz") == '2 no schedule named "xyz". Available: bundled, b-2, zoo, 议程'


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("bundled", "the name is reserved"), ("current", "the name is reserved"),
        ("", "use letters, digits, hyphens and underscores"),
        ("../x", "use letters, digits, hyphens and underscores"),
        ("a.b", "use letters, digits, hyphens and underscores"),
        ("NUL", "reserved by Windows"), ("x" * 65, "longer than 64 characters"),
    ],
)  # fmt: skip
def test_an_invalid_name(name: str, fault: str) -> None:
    assert said(keep, A, b"", name) == f'2 invalid schedule name "{name}": {fault}'
    assert not schedules_folder().exists()


def test_the_current_schedule() -> None:
    assert current() is None
    one = keep(A, b"content")
    assert current() is None
    set_current("conf")
    assert current() == one
    set_current(None)
    set_current(None)
    assert current() is None
    assert resolve(None).name == "bundled"


NOT_KNOWN = (
    "3 can't determine the current schedule: {}; switch with `summit use bundled`, or see `summit schedules`"
)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"conf", 'no saved schedule named "conf"'),
        *((name, "its name is invalid") for name in (b"", b"\xff", b"../x", b"bundled", b"x" * 10000)),
    ],
)
def test_a_damaged_current_name_is_one_line_with_a_remedy(content: bytes, fault: str) -> None:
    schedules_folder().mkdir(parents=True)
    (schedules_folder() / "current").write_bytes(content)
    assert said(current) == NOT_KNOWN.format(fault)
    assert said(resolve, None) == NOT_KNOWN.format(fault)
    keep(B, b"2", "other")
    assert resolve("other").read() == b"2"
    set_current(None)
    assert current() is None
