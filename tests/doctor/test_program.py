"""Checks of the completion scripts."""

import os
from pathlib import Path
from shlex import quote

from tests.conftest import Asked
from tests.doctor.worlds import POSIX, faults

pytestmark = POSIX


def test_a_completion_script_must_call_an_existing_program(ask: Asked, tmp_path: Path) -> None:
    assert ask("completion", "fish", "--install").status == 0
    (script,) = (tmp_path / "home").rglob("summit.fish")
    program = tmp_path / "it's a bin" / "summit"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    script.write_text(f"# It isn't 'closed\nset program {quote(str(program))}\n")
    assert faults(ask) == []
    program.unlink()
    again = "summit completion fish --install"
    named = f"it calls {program}, which does not exist"
    assert faults(ask, "--repair") == [("completion", str(script), named, again)]
    script.unlink()
    os.mkfifo(script)
    assert faults(ask) == [("completion", str(script), "it is a pipe, not a file", f"rm {script}")]
