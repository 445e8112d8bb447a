"""The program reads and writes the examples of the files of saved schedules."""

import json
import re
from pathlib import Path

from summitcli.agenda import kept_plan
from summitcli.agenda.place import path_beside
from summitcli.library import log, memory
from summitcli.library.kept import FORMAT, dumps, find
from summitcli.library.memory import MemoryFile
from summitcli.sources.source import fingerprint
from tests.library.kept_samples import schedules_folder
from tests.schedules import ROOT

EXAMPLES = {
    json.loads(text)["format"]: text
    for text in re.findall("```json\n(.*?)```", (ROOT / "docs" / "files.md").read_text("utf-8"), re.DOTALL)
}


def test_the_description_is_read_and_written_as_it_is() -> None:
    path = schedules_folder() / "harbour-2" / "source.json"
    path.parent.mkdir(parents=True)
    path.write_text(EXAMPLES[FORMAT])
    kept = find("harbour-2")
    assert kept is not None
    assert kept.others == {}
    assert json.loads(dumps(kept)) == json.loads(EXAMPLES[FORMAT])


def test_the_memory_is_read_and_written_as_it_is(tmp_path: Path) -> None:
    data = EXAMPLES[memory.FORMAT].encode()
    (tmp_path / "memory").write_bytes(data)
    found = MemoryFile(str(tmp_path / "memory"), fingerprint(data)).read()
    assert found is not None
    assert json.loads(memory.dumps(found)) == json.loads(data)


def test_the_log_is_read_and_written_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "log.json").write_text(EXAMPLES[log.FORMAT], "utf-8")
    found = log.read(str(tmp_path), 7)
    assert found is not None
    assert json.loads(log.dumps(found)) == json.loads(EXAMPLES[log.FORMAT])


def test_the_plan_is_read_and_written_as_it_is() -> None:
    path = Path(path_beside("demo", "default", ".plan"))
    path.parent.mkdir(parents=True)
    path.write_text(EXAMPLES[kept_plan.FORMAT], "utf-8")
    found = kept_plan.read("demo", "default")
    assert found is not None
    kept_plan.write("demo", "default", found)
    assert json.loads(path.read_text("utf-8")) == json.loads(EXAMPLES[kept_plan.FORMAT])
