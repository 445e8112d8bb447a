"""What sessions are called over any history of their schedule, and what is remembered of what vanished."""

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
from summitcli.states import ListedState


def talk(code: str, title: str = "", guid: str | None = None, hour: int = 10, id_: str = "") -> Identity:
    """Return a session that is held at that hour; its name is its code unless it has another."""
    start, end = (f"2024-05-01T{hour + more:02}:00:00+02:00" for more in (0, 1))
    slot = SlotRow("2024-05-01", start, end, False, None)
    return Identity(id_ or code, title or f"Talk {code}", guid, code, None, (), [slot])


def many(number: int = 20, guids: bool = True) -> list[Identity]:
    """Return so many sessions, each at an hour of its own but for the last."""
    return [talk(f"c{n}", f"Title {n}", f"g{n}" if guids else None, min(22, n)) for n in range(number)]


def named(memory: Memory, after: Iterable[Identity]) -> list[str]:
    """Return what sessions are called."""
    return [memory.names.get(one.id, one.id) for one in after]


def remember(
    memory: Memory, before: Sequence[Identity], after: Sequence[Identity], cancelled: Collection[str] = ()
) -> Memory:
    """Return what is remembered of sessions that are listed."""
    return remember_states(memory, ListedState(before), ListedState(after), cancelled)


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
def test_a_session_keeps_its_name(before: list[Identity], after: list[Identity], names: list[str]) -> None:
    assert once(Memory(), before, after)[1] == names


def test_only_names_that_differ_from_the_code_are_remembered() -> None:
    found = remember(
        Memory(4), [talk("7", "A", "a"), talk("8", "B", "b")], [talk("7", "A", "a"), talk("9", "B", "b")]
    )
    assert (found.updates, found.names, found.former) == (5, {"9": "8"}, ())
    assert remember(Memory(), many(), many()) == Memory(1)


def test_one_that_vanished_and_is_back_has_its_name_and_is_not_remembered() -> None:
    here = many()
    gone, names = once(Memory(), [talk("7", "A", "a", 23), *here], here)
    assert (names, told(gone)) == ([one.code for one in here], [("7", 1, True, False)])
    back, names = once(gone, here, [*here, talk("107", "A", "a", 23)])
    assert (names[-1], back.vanished) == ("7", ())


def test_the_name_of_one_that_vanished_is_not_given_to_another() -> None:
    here = many()
    gone = remember(Memory(), [talk("7", "A", "a", 23), *here], here)
    other, names = once(gone, here, [*here, talk("7", "Z", "z", 5)])
    assert (names[-1], [one.identity.id for one in other.vanished]) == ("7-2", ["7"])


def test_a_stranger_with_the_title_of_one_that_vanished_is_not_it() -> None:
    here = many()
    gone = remember(Memory(), [talk("7", "A", "a", 23), *here], here)
    assert once(gone, here, [*here, talk("8", "A", "b", 22)])[1][-1] == "8"


def test_the_name_of_one_that_became_one_with_another_is_not_given_again() -> None:
    merged = remember(Memory(), [talk("w", "W", "g"), talk("v", "W", "g", 10)], [talk("w", "W", "g")])
    assert (merged.former, merged.vanished) == (("v",), ())
    assert once(merged, [talk("w", "W", "g")], [talk("w", "W", "g"), talk("v", "Z", "z", 5)])[1] == [
        "w",
        "v-2",
    ]


def test_one_that_is_back_under_its_guid_is_not_taken_for_one_that_was_there() -> None:
    gone = Memory(1, vanished=(Vanished(talk("old", "Talk", "g1"), 1, True, False),))
    found, names = once(gone, [talk("5", "Talk", "g2")], [talk("5", "Talk", "g1")])
    assert (names, [one.identity.id for one in found.vanished]) == (["old"], ["5"])


def test_a_half_of_a_session_that_has_parted_is_none_that_vanished() -> None:
    gone = Memory(1, vanished=(Vanished(talk("old", "Cake", None, 11), 1, True, False),))
    whole = talk("w", "Workshop", "g")
    whole = Identity("w", "Workshop", "g", "w", None, (), [*whole.slots, *talk("", hour=11).slots])
    halves = [talk("w", "Workshop", "g"), talk("cake", "Cake", "g", 11)]
    found, names = once(gone, [whole], halves)
    assert (names, [one.identity.id for one in found.vanished]) == (["w", "cake"], ["old"])
    assert once(gone, [], halves[1:])[1] == ["old"], "it could be, were it no half"


def test_where_guids_are_made_anew_one_that_is_back_is_known_by_the_rest() -> None:
    moved = talk("7", "A", "a2", 15)
    gone = Memory(1, vanished=(Vanished(talk("7", "A", "a1", 9, "old"), 1, True, False),))
    renewed = [talk(f"c{n}", f"Title {n}", f"new {n}", n) for n in range(20)]
    assert once(gone, many(), [*renewed, moved])[1][-1] == "old"
    # Where they last, another guid at another time is another session.
    assert once(gone, many(), [*many(), moved])[1][-1] == "7"


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_that_became_one_the_likest_gives_the_name(is_first: bool) -> None:
    whole = Identity("c", "Talk", "g", "c", None, (), [*talk("", hour=10).slots, *talk("", hour=11).slots])
    likest, other = talk("a", "Talk", "g", 10), talk("b", "Cake", "g", 11)
    before = [likest, other] if is_first else [other, likest]
    found, names = once(Memory(), before, [whole])
    assert (names, found.former) == (["a"], ("b",))


@pytest.mark.parametrize(("title", "name"), [("Talk", "part"), ("Cake", "other")])
def test_a_session_that_parts_and_becomes_one_with_another_is_alike_in_its_first_half(
    title: str, name: str
) -> None:
    parting = Identity("part", title, "g", "p", None, (), [*talk("", hour=9).slots, *talk("", hour=11).slots])
    other = talk("other", "Bees" if title == "Talk" else "Talk", "g", 10)
    first = Identity("p", "Talk", "g", "p", None, (), [*talk("", hour=9).slots, *talk("", hour=10).slots])
    second = talk("q", "Talk, continued", "g", 11)
    found, names = once(Memory(), [other, parting], [first, second])
    assert (names, found.former) == ([name, "q"], ({"part": "other", "other": "part"}[name],))


def test_a_name_that_is_made_is_nobodys() -> None:
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
def test_when_what_vanished_may_be_cancelled(
    before: list[Identity], after: list[Identity], trusted: bool
) -> None:
    found = remember(Memory(), before, after)
    assert found.vanished
    assert {one.is_trusted for one in found.vanished} == {trusted}


def test_what_the_publisher_cancels_is_cancelled_at_once_and_later() -> None:
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
def test_what_is_told_of_one_that_vanished(trusted: bool, said: bool, updates: int, answer: str) -> None:
    assert fate(Vanished(talk("7"), 5, trusted, said), updates) == answer


class Held(NamedTuple):
    """A session of the model, which knows what it is."""

    number: int
    code: str
    title: str
    guid: str
    hour: int


class History(RuleBasedStateMachine):
    """A schedule whose sessions have guids, and whatever becomes of it, against a plain model.

    While a session's guid is there, also after it was away, it has one name; no other session ever has it.
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
        """Let the schedule become another, and check what its sessions are called."""

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
        """Add a newcomer, perhaps with a code that was another's."""
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
        """Let all sessions have the code of the next one."""
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
TestHistory.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)


class Anew(RuleBasedStateMachine):
    """A schedule whose guids are made anew each time, of sessions with titles of their own."""

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
TestAnew.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


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
def test_however_sessions_part_and_become_one_a_guid_keeps_a_name(
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
