"""Record the ids of all sessions of all published schedules in ``tests/data/ids.json``.

``python -m scripts.ids`` adds those of new files. Users would lose their picks if an id changed, so it fails
if an id of a recorded file has changed.
"""

import json
import sys
from hashlib import sha256
from typing import Any

from tests.conftest import BUNDLED
from tests.published import DATA, OURS, THEIRS, here, read

from summitcli import formats

FILE = DATA / "ids.json"
BUNDLED_NAME = "bundled"


def ids_of(name: str) -> Any:
    """Return the ids of a schedule in order, or their number and hash for a file of the corpus."""
    parsed = formats.parse(BUNDLED.read_bytes(), name) if name == BUNDLED_NAME else read(name)
    ids = [session.id for session in parsed.schedule.sessions]
    if name == BUNDLED_NAME or name in OURS:
        return ids
    return {"sessions": len(ids), "sha256": sha256("\n".join(ids).encode()).hexdigest()}


def main() -> int:
    """Write the file, or return 1 if an id has changed."""
    kept = json.loads(FILE.read_text("utf-8"))
    made = {name: ids_of(name) for name in (BUNDLED_NAME, *here(*OURS, *THEIRS))}
    changed = [name for name in made if kept.get(name, made[name]) != made[name]]
    if changed:
        print(f"ids have changed in {', '.join(changed)}", file=sys.stderr)
        return 1
    lines = (f"  {json.dumps(name)}: {json.dumps(found)}" for name, found in {**kept, **made}.items())
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
