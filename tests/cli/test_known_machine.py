"""Schedules that are used, updated, removed and damaged in random order, compared with a simple model."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from summitcli.library.folder import current_name, names
from tests.inside import Answer, ask
from tests.schedules import document, session

PLACES = ("a", "b", "c")
NAMES = st.sampled_from(["one", "two"])
PLACE = st.sampled_from(PLACES)


class KnownMachine(RuleBasedStateMachine):
    """A state machine that runs the commands on disk and on the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.before = {name: os.environ.get(name) for name in ("SUMMIT_DATA", "SUMMIT_CACHE")}
        os.environ |= {"SUMMIT_DATA": str(self.folder / "data"), "SUMMIT_CACHE": str(self.folder / "cache")}
        self.published: dict[str, int | None] = {}
        """The edition that each place publishes; None where what it publishes is no schedule."""
        self.kept: dict[str, tuple[str, int]] = {}
        """The place and the edition of what is kept under each name."""
        self.current = ""
        for place in PLACES:
            self.publish(place, 1)

    def teardown(self) -> None:
        for name, value in self.before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        shutil.rmtree(self.folder)

    def file(self, place: str) -> Path:
        return self.folder / f"{place}.json"

    @rule(place=PLACE, edition=st.integers(1, 3))
    def publish(self, place: str, edition: int) -> None:
        made = document(session("s", title=f"Edition {edition}"), id=f"conf-{place}", title=f"Conf {place}")
        self.file(place).write_text(json.dumps(made))
        self.published[place] = edition

    @rule(place=PLACE)
    def spoil(self, place: str) -> None:
        self.file(place).write_text('{"format": "summit-schedule/1", ')
        self.published[place] = None

    @rule(place=PLACE, name=NAMES)
    def use(self, place: str, name: str) -> None:
        answer = ask(["use", str(self.file(place)), "--name", name])
        edition, held = self.published[place], self.kept.get(name)
        if edition is None:
            assert answer.status == 3, answer
        elif held is not None and held[0] != place:
            assert answer.status == 2, answer
        else:
            assert answer.status == 0, answer
            self.kept[name], self.current = (place, edition), name

    @rule(name=NAMES)
    def use_again(self, name: str) -> None:
        if self.said(ask(["use", name]), name):
            self.current = name

    @rule()
    def go_back(self) -> None:
        assert ask(["use", "bundled"]).status == 0
        self.current = ""

    @rule(name=NAMES)
    def update(self, name: str) -> None:
        if name not in self.kept:
            assert ask(["update", name]).status == 2
            return
        place, _edition = self.kept[name]
        edition = self.published[place]
        assert ask(["update", name]).status == (3 if edition is None else 0)
        if edition is not None:
            self.kept[name] = place, edition

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if self.said(ask(["schedules", "remove", name]), name):
            del self.kept[name]
            self.current = "" if self.current == name else self.current

    def said(self, answer: Answer, name: str) -> bool:
        """Return whether the model has a schedule of that name, after checking the answer."""
        assert answer.status == (0 if name in self.kept else 2), answer
        return name in self.kept

    @invariant()
    def what_is_kept_is_that_of_the_model(self) -> None:
        assert (names(), current_name()) == (tuple(sorted(self.kept)), self.current)
        for name, (_place, edition) in self.kept.items():
            assert ask(["list", "--schedule", name, "--fields", "title"]).out == f"Edition {edition}\n"
        if self.current:
            assert ask(["about", "-f", "json"]).out.count(f"conf-{self.kept[self.current][0]}") >= 1
        assert list((self.folder / "data").rglob("*.tmp")) == []


TestKnownMachine = KnownMachine.TestCase
TestKnownMachine.settings = settings(
    max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
