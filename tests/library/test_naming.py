"""The IDs of sessions over any history of their schedule, and the memory of vanished ones."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from summitcli.identity import Identity
from summitcli.library.memory import Memory, Vanished, dumps, fate
from summitcli.library.naming import remember as remember_states
from summitcli.rows import SlotRow
from summitcli.states import InMemoryState
from tests.conftest import examples


def talk(code: str, title: str = "", guid: str | None = None, hour: int = 10, id_: str = "") -> Identity:
    """Return a session at that hour; its ID is its code unless another is given."""
    start, end = (f"2024-05-01T{hour + more:02}:00:00+02:00" for more in (0, 1))
    slot = SlotRow("2024-05-01", start, end, False, None)
    return Identity(id_ or code, title or f"Talk {code}", guid, code, None, (), [slot])


def many(number: int = 20, guids: bool = True) -> list[Identity]:
    """Return that many sessions, at different hours except for the last."""
    return [talk(f"c{n}", f"Title {n}", f"g{n}" if guids else None, min(22, n)) for n in range(number)]


def named(memory: Memory, after: Iterable[Identity]) -> list[str]:
    """Return the IDs of sessions."""
    return [memory.names.get(one.id, one.id) for one in after]


def remember(
    memory: Memory, before: Sequence[Identity], after: Sequence[Identity], cancelled: Collection[str] = ()
) -> Memory:
    """Return the memory after an update from one list of sessions to another."""
    return remember_states(memory, InMemoryState(before), InMemoryState(after), cancelled)


def once(memory: Memory, before: Sequence[Identity], after: Sequence[Identity]) -> tuple[Memory, list[str]]:
    found = remember(memory, before, after)
    return found, named(found, after)


def told(memory: Memory) -> list[tuple[str, int, bool, bool]]:
    return [(one.identity.id, one.update, one.is_trusted, one.is_cancelled) for one in memory.vanished]


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        pytest.param([talk("7", "A", "g")], [talk("107", "A", "g")], ["7"], id="ids-offset"),
        pytest.param(
            [talk("7", "A", "a"), talk("8", "B", "b", 12)],
            [talk("7", "B", "b", 12), talk("8", "A", "a")],
            ["8", "7"],
            id="ids-swapped",
        ),
        pytest.param(
            [talk("7", "A", "a", id_="x")], [talk("7", "B", "b", 12)], ["7"], id="another-with-its-code"
        ),
        pytest.param(
            [talk("7", "A", "a"), *many()],
            [talk("7", "B", "b", 23), *many()],
            ["7-2", *(f"c{n}" for n in range(20))],
            id="a-name-is-not-given-to-another",
        ),
        pytest.param(
            [talk("t", "T", "a")],
            [talk("t-1", "T", "a"), talk("t-2", "T", "b", 12)],
            ["t", "t-2"],
            id="a-stranger-with-its-title",
        ),
        pytest.param(
            [talk("w", "W", "g")],
            [talk("w-1", "W", "g", 12), talk("w-2", "W", "g")],
            ["w-1", "w"],
            id="parted-in-two-the-half-at-its-time-keeps-it",
        ),
        pytest.param(
            [talk("w", "W", "g"), talk("v", "W", "g", 12)],
            [talk("w-1", "W", "g", 12)],
            ["v"],
            id="of-two-with-a-guid-one-is-left",
        ),
        pytest.param([], [talk("a"), talk("b")], ["a", "b"], id="all-new"),
    ],
)
def test_a_session_keeps_its_id(before: list[Identity], after: list[Identity], names: list[str]) -> None:
    assert once(Memory(), before, after)[1] == names


def test_only_ids_that_differ_from_the_code_are_remembered() -> None:
    found = remember(
        Memory(4), [talk("7", "A", "a"), talk("8", "B", "b")], [talk("7", "A", "a"), talk("9", "B", "b")]
    )
    assert (found.updates, found.names, found.former) == (5, {"9": "8"}, ())
    assert remember(Memory(), many(), many()) == Memory(1)


def test_a_session_that_comes_back_gets_its_id_and_is_no_longer_vanished() -> None:
    here = many()
    gone, names = once(Memory(), [talk("7", "A", "a", 23), *here], here)
    assert (names, told(gone)) == ([one.code for one in here], [("7", 1, True, False)])
    back, names = once(gone, here, [*here, talk("107", "A", "a", 23)])
    assert (names[-1], back.vanished) == ("7", ())


def test_the_id_of_a_vanished_session_is_not_reused() -> None:
    here = many()
    gone = remember(Memory(), [talk("7", "A", "a", 23), *here], here)
    other, names = once(gone, here, [*here, talk("7", "Z", "z", 5)])
    assert (names[-1], [one.identity.id for one in other.vanished]) == ("7-2", ["7"])


def test_another_session_with_the_title_of_a_vanished_one_is_not_it() -> None:
    here = many()
    gone = remember(Memory(), [talk("7", "A", "a", 23), *here], here)
    assert once(gone, here, [*here, talk("8", "A", "b", 22)])[1][-1] == "8"


def test_the_id_of_a_merged_session_is_not_reused() -> None:
    merged = remember(Memory(), [talk("w", "W", "g"), talk("v", "W", "g", 10)], [talk("w", "W", "g")])
    assert (merged.former, merged.vanished) == (("v",), ())
    assert once(merged, [talk("w", "W", "g")], [talk("w", "W", "g"), talk("v", "Z", "z", 5)])[1] == [
        "w",
        "v-2",
    ]


def test_a_session_back_with_its_guid_is_not_mistaken_for_another() -> None:
    gone = Memory(1, vanished=(Vanished(talk("old", "Talk", "g1"), 1, True, False),))
    found, names = once(gone, [talk("5", "Talk", "g2")], [talk("5", "Talk", "g1")])
    assert (names, [one.identity.id for one in found.vanished]) == (["old"], ["5"])


def test_a_half_of_a_split_session_is_not_a_vanished_one() -> None:
    gone = Memory(1, vanished=(Vanished(talk("old", "Cake", None, 11), 1, True, False),))
    whole = talk("w", "Workshop", "g")
    whole = Identity("w", "Workshop", "g", "w", None, (), [*whole.slots, *talk("", hour=11).slots])
    halves = [talk("w", "Workshop", "g"), talk("cake", "Cake", "g", 11)]
    found, names = once(gone, [whole], halves)
    assert (names, [one.identity.id for one in found.vanished]) == (["w", "cake"], ["old"])
    assert once(gone, [], halves[1:])[1] == ["old"], "it could be, were it no half"


def test_with_unstable_guids_a_returning_session_is_recognised_otherwise() -> None:
    moved = talk("7", "A", "a2", 15)
    gone = Memory(1, vanished=(Vanished(talk("7", "A", "a1", 9, "old"), 1, True, False),))
    renewed = [talk(f"c{n}", f"Title {n}", f"new {n}", n) for n in range(20)]
    assert once(gone, many(), [*renewed, moved])[1][-1] == "old"
    # Where they last, another guid at another time is another session.
    assert once(gone, many(), [*many(), moved])[1][-1] == "7"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_merged_session_gets_the_id_of_the_most_similar_one(is_first: bool) -> None:
    whole = Identity("c", "Talk", "g", "c", None, (), [*talk("", hour=10).slots, *talk("", hour=11).slots])
    likest, other = talk("a", "Talk", "g", 10), talk("b", "Cake", "g", 11)
    before = [likest, other] if is_first else [other, likest]
    found, names = once(Memory(), before, [whole])
    assert (names, found.former) == (["a"], ("b",))


@pytest.mark.parametrize(("title", "name"), [("Talk", "part"), ("Cake", "other")])
def test_a_session_that_is_split_and_merged_is_compared_by_its_first_half(title: str, name: str) -> None:
    parting = Identity("part", title, "g", "p", None, (), [*talk("", hour=9).slots, *talk("", hour=11).slots])
    other = talk("other", "Bees" if title == "Talk" else "Talk", "g", 10)
    first = Identity("p", "Talk", "g", "p", None, (), [*talk("", hour=9).slots, *talk("", hour=10).slots])
    second = talk("q", "Talk, continued", "g", 11)
    found, names = once(Memory(), [other, parting], [first, second])
    assert (names, found.former) == ([name, "q"], ({"part": "other", "other": "part"}[name],))


def test_a_generated_id_is_unused() -> None:
    former = Memory(former=("a", "b" * 99 + "x", "b" * 99 + "y"))
    assert once(former, [], [talk("a"), talk("a-2")])[1] == ["a-3", "a-2"]
    long = once(former, [], [talk("b" * 99 + "x"), talk("b" * 99 + "y")])[1]
    assert long == ["b" * 98 + "-2", "b" * 98 + "-3"]


@pytest.mark.parametrize(
    ("before", "after", "trusted"),
    [
        pytest.param(many(20), many(19), True, id="one-of-many"),
        pytest.param(many(20), many(18), False, id="a-tenth-at-once"),
        pytest.param(many(20, guids=False), many(19, guids=False), True, id="without-guids"),
        pytest.param(
            many(20),
            [talk(one.code or "", one.title, f"new {n}", n) for n, one in enumerate(many(19))],
            False,
            id="guids-made-anew",
        ),
        pytest.param(
            many(20, guids=False),
            [talk(f"n{n}", one.title, None, n) for n, one in enumerate(many(19))],
            False,
            id="ids-made-anew",
        ),
        *(
            pytest.param(
                many(11, guids=False),
                [
                    talk(f"{'c' if n < 10 - new else 'n'}{n}", one.title, None, n)
                    for n, one in enumerate(many(10))
                ],
                new < 2,
                id=f"{new}-of-ten-ids-made-anew",
            )
            for new in range(4)
        ),
        pytest.param(
            [*many(10), *(talk(f"d{n}", f"Other {n}", None, n) for n in range(10))],
            [
                *(talk(f"c{n}", f"Title {n}", f"new {n}", n) for n in range(9)),
                *(talk(f"d{n}", f"Other {n}", None, n) for n in range(10)),
            ],
            False,
            id="guids-made-anew-where-not-all-have-one",
        ),
        pytest.param(many(1), [talk("z", "Z", "z", 23)], False, id="the-only-one"),
    ],
)
def test_when_vanished_sessions_are_trusted_to_be_cancelled(
    before: list[Identity], after: list[Identity], trusted: bool
) -> None:
    found = remember(Memory(), before, after)
    assert found.vanished
    assert {one.is_trusted for one in found.vanished} == {trusted}


def test_a_session_cancelled_by_the_publisher_stays_cancelled() -> None:
    here = many()
    before = [talk("7", "A", "a", 23), talk("8", "B", "b", 23), *here]
    found = remember(Memory(), before, here, {"a"})
    assert told(found) == [("7", 1, True, True), ("8", 1, True, False)]
    assert told(remember(found, here, here, {"b"})) == [("7", 1, True, True), ("8", 1, True, True)]
    assert told(remember(Memory(), before, [*here, before[0]], {"a"})) == [("8", 1, True, False)]


@pytest.mark.parametrize(
    ("trusted", "said", "updates", "answer"),
    [
        (True, False, 5, "missing"),
        (True, False, 6, "cancelled"),
        (False, False, 9, "missing"),
        (False, True, 5, "cancelled"),
    ],
)
def test_the_fate_of_a_vanished_session(trusted: bool, said: bool, updates: int, answer: str) -> None:
    assert fate(Vanished(talk("7"), 5, trusted, said), updates) == answer


class Held(NamedTuple):
    """A session of the model, with its true identity."""

    number: int
    code: str
    title: str
    guid: str
    hour: int


class History(RuleBasedStateMachine):
    """Random histories of a schedule whose sessions have GUIDs, compared with a simple model.

    A session keeps its ID as long as its GUID is in the schedule, even if that was missing in between; no
    other session ever gets that ID.
    """

    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory()
        self.held: list[Held] = []
        self.away: list[Held] = []
        self.names: dict[int, str] = {}
        self.codes = 0
        self.guids = 0
        self.sessions = 0

    def code(self) -> str:
        self.codes += 1
        return f"c{self.codes}"

    def guid(self) -> str:
        self.guids += 1
        return f"g{self.guids}"

    def update(self, held: list[Held]) -> None:
        """Update the schedule, and check the IDs of its sessions."""

        def seen(one: Held, name: str) -> Identity:
            return talk(one.code, one.title, one.guid, one.hour, name)

        before = [seen(one, self.names[one.number]) for one in self.held]
        after = [seen(one, "") for one in held]
        self.memory = remember(self.memory, before, after)
        for one, name in zip(held, named(self.memory, after), strict=True):
            taken = {other: number for number, other in self.names.items()}
            assert self.names.setdefault(one.number, name) == name, "no session changes its name"
            assert taken.get(name, one.number) == one.number, "no name is given to another"
        self.held = held

    @initialize(number=st.integers(2, 6))
    def begin(self, number: int) -> None:
        self.update([self.newcomer(n % 3) for n in range(number)])

    def newcomer(self, title: int, code: str = "") -> Held:
        self.sessions += 1
        return Held(self.sessions, code or self.code(), f"T{title}", self.guid(), 8 + self.sessions % 12)

    @rule(title=st.integers(0, 3), data=st.data())
    def come(self, title: int, data: st.DataObject) -> None:
        """Add a new session, perhaps with a code that another one had."""
        now = {one.code for one in self.held}
        free = sorted({f"c{n}" for n in range(1, self.codes + 2)} - now)
        self.codes += 1
        self.update([*self.held, self.newcomer(title, data.draw(st.sampled_from(free)))])

    def some(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.held) - 1))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), title=st.integers(0, 3))
    def rename(self, data: st.DataObject, title: int) -> None:
        place = self.some(data)
        self.update(
            [one._replace(title=f"T{title}") if n == place else one for n, one in enumerate(self.held)]
        )

    @precondition(lambda self: self.held)
    @rule(data=st.data(), hour=st.integers(8, 20))
    def move(self, data: st.DataObject, hour: int) -> None:
        place = self.some(data)
        self.update([one._replace(hour=hour) if n == place else one for n, one in enumerate(self.held)])

    @rule()
    def renumber(self) -> None:
        self.update([one._replace(code=self.code()) for one in self.held])

    @precondition(lambda self: len(self.held) > 1)
    @rule()
    def swap(self) -> None:
        """Give each session the code of the next one."""
        codes = [one.code for one in self.held]
        self.update(
            [one._replace(code=code) for one, code in zip(self.held, codes[1:] + codes[:1], strict=True)]
        )

    @precondition(lambda self: len(self.held) > 1)
    @rule(data=st.data())
    def vanish(self, data: st.DataObject) -> None:
        place = self.some(data)
        self.away.append(self.held[place])
        self.update([one for n, one in enumerate(self.held) if n != place])

    @precondition(lambda self: self.away)
    @rule(data=st.data(), renumbered=st.booleans())
    def come_back(self, data: st.DataObject, renumbered: bool) -> None:
        one = self.away.pop(data.draw(st.integers(0, len(self.away) - 1)))
        if renumbered or one.code in {other.code for other in self.held}:
            one = one._replace(code=self.code())
        self.update([*self.held, one])

    @rule()
    def nothing(self) -> None:
        self.update(self.held)

    @invariant()
    def what_is_away_is_remembered(self) -> None:
        assert {one.identity.guid for one in self.memory.vanished} == {one.guid for one in self.away}
        assert dumps(self.memory) == dumps(self.memory._replace(updates=0))


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=examples(300), stateful_step_count=20, deadline=None)


class Anew(RuleBasedStateMachine):
    """Random histories of a schedule with unique titles whose GUIDs change with every update."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = Memory()
        self.before: list[Identity] = []
        self.all: list[str] = []
        self.names: dict[str, str] = {}
        self.edition = 0

    @rule(
        numbers=st.lists(st.integers(0, 7), unique=True, max_size=8),
        renumbered=st.booleans(),
        regenerated=st.booleans(),
    )
    def publish(self, numbers: list[int], renumbered: bool, regenerated: bool) -> None:
        self.edition += regenerated
        codes = {n: f"c{(n + self.edition) % 8 if renumbered else n}" for n in numbers}
        after = [talk(codes[n], f"T{n}", f"{self.edition} {n}", 8 + n) for n in numbers]
        self.memory = remember(self.memory, self.before, after)
        found = named(self.memory, after)
        assert len(set(found)) == len(found)
        for n, name in zip(numbers, found, strict=True):
            assert self.names.setdefault(f"T{n}", name) == name
        assert len(set(self.names.values())) == len(self.names)
        self.before = [
            talk(codes[n], f"T{n}", f"{self.edition} {n}", 8 + n, name)
            for n, name in zip(numbers, found, strict=True)
        ]


TestAnew = Anew.TestCase
TestAnew.settings = settings(max_examples=examples(300), stateful_step_count=12, deadline=None)


@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("ab"), st.sampled_from("ST"), st.integers(8, 10)),
            min_size=1,
            max_size=5,
        ),
        min_size=2,
        max_size=5,
    )
)
def test_a_guid_keeps_its_id_however_sessions_are_split_and_merged(
    editions: list[list[tuple[str, str, int]]],
) -> None:
    memory, before = Memory(), list[Identity]()
    for held in editions:
        after = [talk(f"c{n}", title, guid, hour) for n, (guid, title, hour) in enumerate(held)]
        memory = remember(memory, before, after)
        names = named(memory, after)
        assert len(set(names)) == len(names)
        now = [
            Identity(name, one.title, one.guid, one.code, None, (), one.slots)
            for name, one in zip(names, after, strict=True)
        ]
        for guid in {one.guid for one in before} & {one.guid for one in now}:
            earlier, later = ({one.id for one in some if one.guid == guid} for some in (before, now))
            assert earlier & later
        before = now
