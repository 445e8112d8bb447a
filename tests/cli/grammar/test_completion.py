"""Completion: the offers, the answers for each shell, and the installation of the scripts."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitcli.cli import app
from summitcli.cli.grammar import shells
from summitcli.cli.grammar.commands import COMMANDS, HELP, VERSION, Parameter, common, find
from summitcli.cli.grammar.completion import NOTHING, Offers, complete, offers_for
from summitcli.cli.grammar.values import Offer
from summitcli.errors import SummitError
from tests.conftest import Asked, Run, examples
from tests.schedules import document, session, write

SUBCOMMANDS = [
    "add", "remove", "clear", "undo", "conflicts", "gaps", "plan", "block", "busy", "share", "compare",
    "import", "export", "sync",
]  # fmt: skip
COMMON = [
    "--schedule",
    "--assume-timezone",
    "--sheet",
    "--columns",
    "--timezone",
    "--at",
    "--lang",
    "--color",
    "--no-pager",
    "--quiet",
    "--debug",
    "--help",
]
BUNDLED = Offer("bundled", "the built-in schedule")
OUTPUT = ["--format", "--json", "--fields", "--template", "--header"]


def values(*words: str) -> list[str]:
    return [offer.value for offer in offers_for(words).offers]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], [words for words in COMMANDS if " " not in words]),
        (["sh"], ["show"]),
        (["s"], ["search", "show", "star", "speakers", "schedules"]),
        (["agenda", ""], SUBCOMMANDS),
        (["agenda", "--name", "x", "re"], ["remove"]),
        (["schedules", ""], ["remove"]),
        (["--lang", "zh", "sho"], ["show"]),
        (["--lang", "zh", "agenda", "--json", "co"], ["conflicts", "compare"]),
        (["list", "--ca"], ["--category"]),
        (["list", "-"], []),
        (["show", "--"], [*OUTPUT, *COMMON]),
        (["show", "--json", "--f"], ["--format", "--fields"]),
        (["show", "-f", "json", "--f"], ["--fields"]),
        (["list", "-c", "forum", "--ca"], ["--category"]),
        (["list", "--agenda", "--ag"], []),
        (["--", ""], [words for words in COMMANDS if " " not in words]),
        (["--v"], ["--version"]),
        (["-"], ["-f", "--format", "--json", *COMMON[:-3], "-q",
         "--quiet", "--debug", "-h", "--help", "-V", "--version"]),
        (["rooms", "--v"], []),
        (["completion", "bash", ""], ["--install", *COMMON]),
        (["completion", "bash", "x", ""], []),
        (["completion", "bash", "x"], []),
        (["show", "--", "--"], []),
        (["show", "--", "main"], ["main-forum"]),
        (["show", "main-forum", "big"], ["big-data-forum"]),
        (["list", "--category=f"], ["--category=forum"]),
        (["list", "--category=fo", "--category=f"], ["--category=forum"]),
        (["list", "-cfo"], ["-cforum"]),
        (["list", "-cforum", "-ce"], ["-cexhibition", "-cexchange"]),
        (["list", "--json=x"], []),
        (["list", "--jsn", ""], []),
        (["list", "-z", ""], []),
        (["lst", ""], []),
        (["agenda", "lst", ""], []),
        (["day", "1", "2", ""], []),
        (["list", "--template", ""], []),
        (["list", "--template", "-"], []),
        (["next", "-n", "3", "--num"], []),
        (["search", "数"], []),
        (["search", "x", "y", ""], []),
        (["list", "-d", "1", "-d", "2022-07-23", "-d", "2022"], ["2022-07-24", "2022-07-25", "2022-07-26"]),
    ],
)  # fmt: skip
def test_what_can_come_next_is_offered(words: list[str], expected: list[str]) -> None:
    if words == ["list", "-"]:
        expected = [flag for one in own("list") for flag in one.flags]
    assert values(*words) == expected


def own(words: str) -> list[Parameter]:
    """Return all parameters that a command accepts."""
    return [*find(words).parameters(), *common(), HELP, *([] if words else [VERSION])]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["agenda", "export", "-o", "x"], Offers(files=True)),
        (["agenda", "export", "--output=x"], Offers(files=True)),
        (["grid", "--svg", ""], Offers(files=True)),
        (["diff", "a", "bu"], Offers((BUNDLED,), files=True)),
        (["diff", "a", "b", "c"], NOTHING),
        (["list", "--fields", "spe"], Offers((Offer("speakers"),), open=True)),
        (
            ["list", "--ca"],
            Offers((Offer("--category", "Only sessions in this category; see `summit categories`."),)),
        ),
    ],
)  # fmt: skip
def test_files_are_left_to_the_shell_and_lists_can_continue(words: list[str], expected: Offers) -> None:
    assert offers_for(words) == expected


@pytest.mark.parametrize(
    ("shell", "words", "out"),
    [
        ("zsh", ["summit", "show", "big"], "big-data-forum\t大数据分论坛\n"),
        ("fish", ["summit", "show", "big"], "big-data-forum\t大数据分论坛\n"),
        ("bash", ["summit show big", ":="], "big-data-forum\t大数据分论坛\n"),
        ("bash", ["summit list -c 分", ":="], "\tother\nforum\t分论坛\n"),
        ("bash", ['summit list -c "f', ":=", "9", ""], "forum\t分论坛\n"),
        ("bash", ["summit list --category=f", ":="], "forum\t分论坛\n"),
        ("bash", ["summit list > ", ":="], "\tfiles\n"),
        ("zsh", ["summit", "list", "--fields", "da"], "\topen\nday\t\nday_number\t\n"),
        ("zsh", ["summit", "--version"], "--version\tShow the version and exit.\n"),
        ("zsh", ["summit"], ""),
        ("zsh", [], ""),
        ("bash", [], ""),
    ],
)
def test_the_answer_for_each_shell(run: Run, shell: str, words: list[str], out: str) -> None:
    assert run(*words, env={"_SUMMIT_COMPLETE": shell}) == out


@pytest.mark.parametrize(
    ("environment", "out"),
    [
        ({"LANG": "en_GB.UTF-8"}, "big-data-forum\tBig Data Forum\n"),
        ({"LANG": "zh_CN.UTF-8"}, "big-data-forum\t大数据分论坛\n"),
        ({"SUMMIT_LANG": "xx"}, ""),
        ({"SUMMIT_SCHEDULE": "nowhere.json"}, ""),
        ({"SUMMIT_SCHEDULE": "http://127.0.0.1:9/"}, ""),
    ],
)
def test_the_environment_is_used_and_errors_are_silent(
    run: Run, environment: Mapping[str, str], out: str
) -> None:
    assert run("summit", "show", "big", env={"_SUMMIT_COMPLETE": "zsh", **environment}) == out


@pytest.mark.parametrize(
    ("environment", "out"),
    [
        ({"PYTHONIOENCODING": "gbk"}, "Hall 1\t\n\u3000x\t\n大厅\t\n"),
        ({"PYTHONIOENCODING": "ascii"}, "Hall 1\t\n\u3000x\t\n大厅\t\n"),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "Hall 1\t\n"),
    ],
)
def test_a_name_not_in_the_encoding_of_the_locale_is_left_out(
    run: Run, tmp_path: Path, environment: Mapping[str, str], out: str
) -> None:
    rooms = ["Hall 1", "大厅", "\u3000x", "a\nb", "a\x1bb", "a\u202eb"]
    made = document(*(session(f"s{n}", {"day": "2024-05-01", "room": room}) for n, room in enumerate(rooms)))
    write(tmp_path / "rooms.json", made)
    line = ["summit", "list", "--schedule", "rooms.json", "-r", ""]
    assert run(*line, env={"_SUMMIT_COMPLETE": "zsh", **environment}) == out
    if "LC_ALL" not in environment:
        # fish ignores a space at the beginning of a word.
        assert run(*line, env={"_SUMMIT_COMPLETE": "fish", **environment}) == out.replace("\u3000x\t\n", "")


def test_bash_gets_no_explanations_if_offers_differ_only_in_case(run: Run, tmp_path: Path) -> None:
    for name in ("Ab", "aB"):
        made = document(session("s"), id=name.lower() + str(name == "Ab").lower(), title="$(touch ran)")
        write(tmp_path / "s.json", made)
        run("use", "s.json", "--name", name, err=None)
    bash = {"_SUMMIT_COMPLETE": "bash"}
    assert run("summit schedules remove a", ":=", "33", "", env=bash) == "Ab\t\naB\t\n"
    assert run("summit schedules remove Ab", ":=", "33", "", env=bash) == "Ab\t\naB\t\n"
    assert run("summit", "schedules", "remove", "A", env={"_SUMMIT_COMPLETE": "zsh"}) == (
        "Ab\t$(touch ran)\naB\t$(touch ran)\n"
    )


def test_completion_prints_no_warnings_about_a_schedule(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:20240501T100000\nSUMMARY:Odd\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    assert (
        "\todd" in run("summit", "show", "--schedule", "odd.ics", "", env={"_SUMMIT_COMPLETE": "zsh"}).lower()
    )


def test_a_damaged_catalog_offers_nothing(warm: None, capsys: pytest.CaptureFixture[str]) -> None:
    (catalog,) = Path(os.environ["SUMMIT_CACHE"]).glob("*.sqlite")
    with catalog.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (catalog.stat().st_size - 4096))
    assert complete(["summit", "show", "big"], {**os.environ, "_SUMMIT_COMPLETE": "zsh"}) == 0
    assert capsys.readouterr().err == ""


VALUES = st.sampled_from(
    [
        "1",
        "",
        "-",
        "big-data-forum",
        "forum",
        "分论坛",
        "a=b",
        "/none.json",
        "id,title",
        "zh",
        "*",
        "\x1b",
        "é",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a command, and the beginning of a valid command line of it."""
    command = draw(st.sampled_from(["", *COMMANDS]))
    words = []
    for one in draw(
        st.lists(st.sampled_from([one for one in own(command) if one not in (HELP, VERSION)]), max_size=4)
    ):
        value = draw(VALUES)
        if not one.flags:
            words.append(value)
        elif not one.takes_value:
            words.append(one.flags[-1])
        else:
            flag = draw(st.sampled_from(one.flags))
            words += draw(st.sampled_from([[flag, value], [f"{flag}={value}"], [flag + value]]))
    words = words[: draw(st.integers(0, len(words)))]
    last = draw(st.one_of(st.sampled_from(["", "-", "--", "--s", "b", "-c"]), VALUES))
    return command, [*command.split(), *words, last]


@settings(
    max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(line=lines())
def test_on_any_line_every_option_offered_exists_and_is_read(warm: None, line: tuple[str, list[str]]) -> None:
    command, words = line
    try:
        found = offers_for(words)
    except SummitError:
        return
    flags = {flag: one for one in own(command) for flag in one.flags}
    begun = words[-1]
    for offer in found.offers:
        if begun.startswith("-") and offer.value.startswith("--"):
            assert offer.value.partition("=")[0] in flags
        assert offer.value.isprintable()
    assert len({offer.value for offer in found.offers}) == len(found.offers)


@pytest.mark.parametrize("words", ["agenda export", "convert"])
def test_every_option_offered_can_be_typed(words: str) -> None:
    flags = {flag: one for one in own(words) for flag in one.flags}
    arguments = ["bundled"] if words == "convert" else []
    for flag in values(*words.split(), "-"):
        value = ["1"] if flags[flag].takes_value else []
        assert app.parse([*words.split(), *arguments, flag, *value]) is not None


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(ask: Asked, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("SHELL", f"/usr/local/bin/{shell}")
    status, out, err = ask("completion")
    assert (status, err) == (0, "")
    assert out.startswith(f"# Completion of summit for {shell}" if shell != "zsh" else "#compdef summit\n")
    assert ask("completion", shell).out == out


@pytest.mark.parametrize(
    ("shell", "written"),
    [
        ("bash", "$'/a\\x20b/it\\x27s/\\xc3\\xa9\\xff/summit'"),
        ("zsh", "$'/a\\x20b/it\\x27s/\\xc3\\xa9\\xff/summit'"),
        ("fish", "/a\\X20b/it\\X27s/\\Xc3\\Xa9\\Xff/summit"),
    ],
)
def test_the_path_of_the_program_is_quoted_in_the_script(shell: str, written: str) -> None:
    path = os.fsdecode("/a b/it's/é".encode() + b"\xff/summit")
    script = shells.completion_script(shell, [path, "-m"])
    assert f"_SUMMIT_COMPLETE={shell} {written} -m " in script
    assert f"-x {written}" in script
    assert "@" not in script.replace("[@]", "").replace("(@", "").replace("$@", "")
    assert "/usr/bin/summit" in shells.completion_script(shell, ["/usr/bin/summit"])


def test_the_program_is_run_by_its_path_or_else_as_a_module(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real").write_text("")
    (tmp_path / "real").chmod(0o755)
    (tmp_path / "summit").symlink_to("real")
    module = [sys.executable, "-P", "-m", "summitcli"]
    for argument, program in {
        "./summit": [str(tmp_path / "summit")],
        "real": module,
        "nowhere/summit": module,
    }.items():
        monkeypatch.setattr(sys, "argv", [argument])
        assert shells.program_words() == program
    (tmp_path / "real").chmod(0o644)
    monkeypatch.setattr(sys, "argv", ["summit"])
    assert shells.program_words() == module


def test_an_unsupported_shell_is_an_error(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("completion") == (2, "", "summit: choose a shell: bash, zsh, fish\n")
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert ask("completion") == (2, "", "summit: choose a shell: bash, zsh, fish\n")
    answer = ask("completion", "zhs")
    assert answer == (2, "", 'summit: no completion script for "zhs". Did you mean "zsh"?\n')


PLACES = {
    "bash": ".local/share/bash-completion/completions/summit",
    "zsh": ".local/share/zsh/site-functions/_summit",
    "fish": ".config/fish/completions/summit.fish",
}


@pytest.mark.parametrize("shell", PLACES)
def test_the_script_is_installed_once_and_reported(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    home = Path(os.environ["HOME"])
    path, settings_ = home / PLACES[shell], home / f".{shell}rc"
    line = f"[[ -r {path} ]] && source {path}"
    home.mkdir()
    settings_.write_text("# own")
    # Without bash-completion, and without the settings of all users.
    monkeypatch.setenv("PATH", str(stand_in(home, "bash", "exit 0")))
    works = f"takes effect in new {shell} sessions\n"
    missing = "your bash does not load bash-completion, so the script is loaded by a line in ~/.bashrc\n"
    before = missing if shell == "bash" else ""
    added = (f"{before}added to {settings_}: {line}\n", f"{before}already in {settings_}: {line}\n")
    first, again = ("", "") if shell == "fish" else added
    assert ask("completion", shell, "--install") == (0, "", f"wrote {path}\n{first}{works}")
    assert path.read_text("utf-8") == ask("completion", shell).out
    assert ask("completion", shell, "--install") == (0, "", f"already installed: {path}\n{again}{works}")
    assert settings_.read_text() == "# own" + ("" if shell == "fish" else f"\n{line}\n")


def stand_in(folder: Path, name: str, script: str) -> Path:
    """Write a program into a new directory for PATH, and return that."""
    place = folder / "bin"
    place.mkdir()
    (place / name).write_text(f"#!/bin/sh\n{script}\n")
    (place / name).chmod(0o755)
    return place


def test_bash_completion_needs_no_line_in_the_settings(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = Path(os.environ["HOME"]) / PLACES["bash"]
    monkeypatch.setenv("PATH", str(stand_in(tmp_path, "bash", "echo complete -F _summit_completion summit")))
    assert ask("completion", "bash", "--install") == (
        0,
        "",
        f"wrote {path}\nbash-completion loads the script automatically\ntakes effect in new bash sessions\n",
    )
    assert not Path(os.environ["HOME"], ".bashrc").exists()


def test_the_directories_from_the_environment_are_used(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path(os.environ["HOME"]).mkdir()
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        (tmp_path / variable).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for shell in PLACES:
        assert ask("completion", shell, "--install").status == 0
    written = [
        str(path.relative_to(tmp_path)) for path in sorted(tmp_path.glob("[XZ]*/**/*")) if path.is_file()
    ]
    assert written == [
        "XDG_CONFIG_HOME/fish/completions/summit.fish",
        "XDG_DATA_HOME/bash-completion/completions/summit",
        "XDG_DATA_HOME/zsh/site-functions/_summit",
        "ZDOTDIR/.zshrc",
    ]


def test_an_unwritable_script_is_an_error(ask: Asked) -> None:
    home = Path(os.environ["HOME"])
    (home / ".zshrc").mkdir(parents=True)
    path = home / PLACES["zsh"]
    status, _out, err = ask("completion", "zsh", "--install")
    line = f"[[ -r {path} ]] && source {path}"
    fault = f"{home}/.zshrc must be a file; move or rename what is there"
    assert (status, err.splitlines()[1:]) == (
        4,
        [f"summit: can't add to {home}/.zshrc: {line}: {fault}"],
    )
    (home / ".config").touch()
    assert ask("completion", "fish", "--install") == (
        4,
        "",
        (
            f"summit: can't write {home}/{PLACES['fish']}: {home}/.config must be a directory;"
            " move or rename what is there\n"
        ),
    )
