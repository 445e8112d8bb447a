"""Completion of hostile names in real shells: no code runs, and each name reaches the program unchanged.

``summit`` is a shell function here that records its arguments. Completion itself must never call it.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.real_shells import ARGUMENTS, COMPLETE, SHOW_LINE, Shell, world
from tests.schedules import document, session, timed, write

only_bash = pytest.mark.parametrize("shell", ["bash"], indirect=True)
not_fish = pytest.mark.parametrize("shell", ["bash", "zsh"], indirect=True)  # It shows a list to choose from.

QUOTES = ("", "'", '"')

NAMES = (
    "!# ;touch ran;# {} !! !$ !^ !* !-1 !?x? !s:p !{{x}} !touch",
    "$(touch ran) `touch ran` {} ${{x:-$(touch ran)}} ${{(e):-`touch ran`}} $((1+1)) $[1+1] $HOME",
    "<(touch ran) {} >(touch ran) =(touch ran) >ran <ran ;touch ran;|touch ran|&touch ran& && touch ran",
    "{{a,b}} {} {{1..3}} {{}} ^a^b %self -x @a:b=c %F{{red}} \\n\\x41 $'a\\tb' $\"a\" \\",
    "*(e:touch ran:) {} [a-z]* ? *(N) (a|b) x## a~b ^x #",
    "~root {} ~", "=ls {} !", "#x {} \\!", "-x {} !\"", "'!x {} '", '"!x {} "', "\\ {} '\\'!\"",
    "';touch ran;' {} ';touch ran;'", '";touch ran;" {} ";touch ran;"', "\\';touch ran;\\' {} ''",
    "大\u3000é\u00a0\U0001f469\u200d\U0001f4bb{} é",
)  # fmt: skip
"""Names with special characters and word breaks of the shells, with a placeholder for the typed part.

Control characters are left out, as nobody types them.
"""

BEGINNINGS = ('!"', "'!#;touch ran;", '"$(touch ran)`touch ran`', "\\ ~{*(e:touch ran:)é $")
"""Common beginnings of two names, which are inserted alone."""


def _session(number: int, room: str, speaker: str = "Ada", title: str = "T") -> dict[str, object]:
    slot = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room=room)
    return session(f"talk-{number}", slot, speakers=[speaker], title=title)


def _start(name: str, folder: Path, cache: Path, rooms: list[str], settings: str = "") -> Shell:
    """Start a shell in ``folder``, with a schedule whose rooms, speakers and titles are ``rooms``."""
    if not shutil.which(name):
        pytest.skip(f"{name} is not installed")
    sessions = [_session(n, room, f"by {room}", f"on {room}") for n, room in enumerate(rooms)]
    path = write(folder / "schedule.json", document(*sessions))
    environment = {**world(folder, cache), "SUMMIT_SCHEDULE": str(path)}
    # So that completion does not wait for the schedule.
    subprocess.run(["summit", "list"], env=environment, check=True, capture_output=True)
    return Shell(name, SHOW_LINE[name] + COMPLETE[name] + ARGUMENTS[name] + settings, environment)


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.soak)], ids=["a quote", "every quote"])
def every_quote(request: pytest.FixtureRequest) -> bool:
    """Return whether to try each text with every quote, as the long runs do, or with one in turn."""
    return bool(request.param)


def _quotes(number: int, every: bool) -> tuple[str, ...]:
    """Return the quotes to try with the text of that number."""
    return QUOTES if every else (QUOTES[number % len(QUOTES)],)


def _key(number: int) -> str:
    """Return the text to type for the name with that number."""
    return f"k{number:03}"


def _names() -> list[str]:
    return [name.format(_key(n)) for n, name in enumerate(NAMES)]


def _faults(shell: Shell, tries: list[tuple[str, list[str]]]) -> list[tuple[str, list[str] | str]]:
    """Type each text and Enter; return the cases where ``summit`` gets other arguments than expected."""
    found: list[tuple[str, list[str] | str]] = []
    for typed, wanted in tries:
        given = shell.arguments(typed)
        if given != wanted:
            found.append((typed, given))
        if (shell.folder / "ran").exists():
            (shell.folder / "ran").unlink()
            found.append((typed, "a command ran"))
    return found


@pytest.fixture(scope="module", params=list(SHOW_LINE))
def shell(
    request: pytest.FixtureRequest, built_cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    pairs = [f"pair{n}{part}{end}" for n, part in enumerate(BEGINNINGS) for end in "xy"]
    folder = tmp_path_factory.mktemp(f"hostile-{request.param}")
    opened = _start(request.param, folder, built_cache, [*_names(), *pairs])
    (folder / "file !# ;touch ran;# $(touch ran) `touch ran`.json").touch()
    yield opened
    opened.close()


def test_a_completed_name_reaches_the_program_unchanged(shell: Shell, every_quote: bool) -> None:
    assert not _faults(
        shell,
        [
            (f"summit list -r {quote}{_key(n)}\t", ["list", "-r", name])
            for n, name in enumerate(_names())
            for quote in _quotes(n, every_quote)
        ],
    )


def test_a_common_beginning_is_safe_and_can_be_continued(shell: Shell, every_quote: bool) -> None:
    assert not _faults(
        shell,
        [
            (f"summit list -r {quote}pair{n}\ty\t", ["list", "-r", f"pair{n}{part}y"])
            for n, part in enumerate(BEGINNINGS)
            for quote in _quotes(n, every_quote)
        ],
    )


def test_titles_are_only_shown(shell: Shell) -> None:
    key = "\t\t" if shell.name == "bash" else "\t"
    assert not _faults(shell, [(f"summit show talk-{key}12\t", ["show", "talk-12"])])


def test_a_completed_file_name_reaches_the_program_unchanged(shell: Shell) -> None:
    file = "file !# ;touch ran;# $(touch ran) `touch ran`.json"
    typed = [f"summit validate {quote}file\t" for quote in QUOTES]
    assert not _faults(shell, [(line, ["validate", file]) for line in typed])


@not_fish
def test_a_key_that_cycles_through_names_inserts_each_unchanged(shell: Shell, every_quote: bool) -> None:
    key = {"bash": "\x14", "zsh": "\t"}[shell.name]
    # zsh first inserts the common beginning, and lists the names.
    keys = key if shell.name == "bash" else key * 3
    assert not _faults(
        shell,
        [
            (f"summit list -r {quote}pair{n}{keys}{key * further}", ["list", "-r", f"pair{n}{part}{end}"])
            for n, part in enumerate(BEGINNINGS)
            for further, end in enumerate("xy")
            for quote in _quotes(n + further, every_quote)
        ],
    )


@only_bash
def test_a_key_that_inserts_all_names_inserts_them_unchanged(shell: Shell) -> None:
    pairs = [[f"pair{n}{part}{end}" for end in "xy"] for n, part in enumerate(BEGINNINGS)]
    typed = [f"summit list -r {quote}pair" for quote in QUOTES]
    assert not _faults(
        shell,
        [(f"{line}{n}\x1b*", ["list", "-r", *pair]) for line in typed for n, pair in enumerate(pairs)],
    )


@only_bash
def test_names_are_shown_and_inserted_at_once(shell: Shell) -> None:
    shell.answer("bind 'set show-all-if-ambiguous on'; bind 'set completion-ignore-case on'; true ")
    tries = [
        (f"summit list -r {quote}PAIR{n}\ty\t", ["list", "-r", f"pair{n}{part}y"])
        for n, part in enumerate(BEGINNINGS)
        for quote in QUOTES
    ]
    faults = _faults(shell, [*tries, ("summit show talk-\t12\t", ["show", "talk-12"])])
    shell.answer("bind 'set show-all-if-ambiguous off'; bind 'set completion-ignore-case off'; true ")
    assert not faults


@only_bash
def test_another_history_character_of_bash_is_escaped(shell: Shell) -> None:
    shell.answer("histchars='@^#'; true ")
    line = [f"summit list -r {quote}{_key(3)}\t" for quote in QUOTES]
    faults = _faults(shell, [(typed, ["list", "-r", _names()[3]]) for typed in line])
    shell.answer("unset histchars; true ")
    assert not faults


@only_bash
def test_within_nested_quotes_only_plain_names_are_offered(shell: Shell) -> None:
    assert not _faults(
        shell,
        [
            (f"summit list -r $'{_key(0)}\t'", ["list", "-r", _key(0)]),
            (f'summit list -d "$(echo "a")" -r "{_key(0)}\t"', ["list", "-d", "a", "-r", _key(0)]),
            (f'summit list -d "$(echo \'it"s\')" -r {_key(0)}\t', ["list", "-d", 'it"s', "-r", _key(0)]),
            (f'summit list -d "`echo a`" -r {_key(0)}\t', ["list", "-d", "a", "-r", _key(0)]),
            ('summit list -d "$(echo a)" -c ta\t', ["list", "-d", "a", "-c", "talk"]),
        ],
    )


PIECES = (
    *"!!!\"\"''\\\\$`(){}[]<>|&;*?~#^=%@:,-+/. aé大",
    "!#", "!!", "$(touch ran)", "`touch ran`", ";touch ran;", "<(touch ran)", "${x:=y}", "{a,b}", "$'", '$"',
    "\\'",
)  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("name", list(SHOW_LINE))
def test_random_names_reach_the_program_unchanged(built_cache: Path, tmp_path: Path, name: str) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    rooms = []
    for number in range(200):
        before, after = ("".join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(2))
        # fish offers names that begin with a dot only after a dot.
        rooms.append(f"{before.lstrip(' .')}{_key(number)}{after}".strip())
    opened = _start(name, tmp_path, built_cache, rooms)
    lines = [f"summit list -r {chance.choice(QUOTES)}{_key(number)}\t" for number in range(len(rooms))]
    faults = _faults(opened, [(line, ["list", "-r", room]) for line, room in zip(lines, rooms, strict=True)])
    opened.close()
    assert not faults, seed
