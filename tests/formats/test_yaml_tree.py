"""Strict YAML: what each scalar becomes, what is refused and where, with either parser."""

from typing import Any

import pytest
import yaml

from summitcli.budgets import CONTAINERS, VALUES, too_many
from summitcli.formats import yaml_tree
from summitcli.formats.places import Place, locate
from summitcli.formats.yaml_tree import MAX_DEPTH, MAX_SIZE, NotYaml, load, walk

PARSERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(autouse=True, params=PARSERS, ids=lambda loader: loader.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run every test with the parser in Python and the one in C."""
    monkeypatch.setattr(yaml_tree, "_LOADER", request.param)
    return request.param


TEXTS = """\
time: 14:00
no: no
day: 2030-05-10
number: 1_000
octal: 0o17
quoted: 'null'
empty: ""
nothing:
tilde: ~
unknown: null
Null: Null
list: [on, 1.0, ~]
lines: |
  one
  two
folded: >-
  one
  two
nested: {a: {b: [c]}}
"""


def test_every_scalar_is_text_unless_it_is_left_out() -> None:
    assert load(TEXTS.encode()) == {
        "time": "14:00", "no": "no", "day": "2030-05-10", "number": "1_000", "octal": "0o17",
        "quoted": "null", "empty": "", "nothing": None, "tilde": None, "unknown": None, "Null": "Null",
        "list": ["on", "1.0", None], "lines": "one\ntwo\n", "folded": "one two",
        "nested": {"a": {"b": ["c"]}},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "document"),
    [("", None), ("# nothing\n", None), ("---\na: 1\n...\n", {"a": "1"}), ("\ufeffa: 1", {"a": "1"}),
     ("%YAML 1.1\n---\na: 1", {"a": "1"}), ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}), ("- 1", ["1"])],
)  # fmt: skip
def test_one_document_is_read_however_it_begins_and_ends(text: str, document: object) -> None:
    assert load(text.encode()) == document


ANCHORS = "anchors (&) and aliases (*) are not supported; write the values out"
TAGS = "tags (!) are not supported; put a text that begins with ! in quotes"
FORBIDDEN = "it contains a character that YAML forbids"
REFUSED = {
    "a: &x 1\nb: *x": (ANCHORS, (1, 4)),
    "a: 1\nb: *x": (ANCHORS, (2, 4)),
    "&x a: 1": (ANCHORS, (1, 1)),
    "a: [1, &x {b: 1}]": (ANCHORS, (1, 8)),
    "a: !!str 1": (TAGS, (1, 4)),
    "a: ! 1": (TAGS, (1, 4)),
    "a: !!python/object/apply:os.system [ls]": (TAGS, (1, 4)),
    "a: 1\n<<: {b: 1}": ("merge keys (<<) are not supported; write the values out", (2, 1)),
    "a: 1\n---\nb: 1": ("it contains more than one YAML document", (3, 1)),
    "a: 1\nb: 2\na: 3": ('duplicate key "a"', (3, 1)),
    "a: {b: 1, b: 2}": ('duplicate key "b"', (1, 11)),
    "[a]: 1": ("a key must be text", (1, 1)),
    "a: b: c": ('it is not valid YAML at line 1, column 5: put a text with ": " in quotes', (1, 5)),
    "a:\n\tb: 1": ("it is not valid YAML at line 2, column 1: indent with spaces, not tabs", (2, 1)),
    "a: 1\n b: 2": ('it is not valid YAML at line 2, column 3: put a text with ": " in quotes', (2, 3)),
    "- a\nb: c": ("it is not valid YAML at line 2, column 1", (2, 1)),
    "é: ü\nb: @x": ("it is not valid YAML at line 2, column 4", (2, 4)),
    "é: 1\na: x\x07": (FORBIDDEN, (2, 5)),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_is_described_with_its_place(text: str) -> None:
    with pytest.raises(NotYaml) as caught:
        load(text.encode())
    assert (str(caught.value), caught.value.place) == REFUSED[text]


def test_bytes_that_are_not_utf_8_have_their_place() -> None:
    with pytest.raises(NotYaml, match="it is not UTF-8 text") as caught:
        load("é: 1\nüü".encode() + b"\xff")
    assert caught.value.place == (2, 3)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_nesting_is_limited(opening: str, closing: str) -> None:
    def nested(depth: int) -> bytes:
        return (opening * depth + "x" + closing * depth).encode()

    load(nested(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, 10_000):
        with pytest.raises(NotYaml, match="it is nested too deeply"):
            load(nested(depth))


@pytest.mark.parametrize(("item", "budget"), [("x", VALUES), ("[]", CONTAINERS)])
def test_the_number_of_values_is_limited(item: str, budget: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small = budget._replace(base=10, bytes_each=0)
    monkeypatch.setattr(yaml_tree, budget.kind.split()[-1].upper().replace("ARRAYS", "CONTAINERS"), small)
    # The list is a value, and a container, itself.
    load(f"[{', '.join([item] * 9)}]".encode())
    with pytest.raises(NotYaml) as caught:
        load(f"[{', '.join([item] * 10)}]".encode())
    assert str(caught.value) == too_many(small, 0)


def test_a_file_above_the_largest_size_is_refused_unread() -> None:
    with pytest.raises(NotYaml, match="it is larger than 32 MB, too large for YAML; write it as JSON"):
        load(b"#" * (MAX_SIZE + 1))


PLACED = """\
é: {a: [1, "two"]}
list:
  - x: 1
    y: |
      text
  -   z
none:
"""


def test_values_have_their_places() -> None:
    places = {
        "": (1, 1), "é": (1, 4), "é.a": (1, 8), "é.a[1]": (1, 12), "list": (3, 3), "list[0]": (3, 5),
        "list[0].x": (3, 8), "list[0].y": (4, 8), "list[1]": (6, 7), "none": (7, 6),
        # What is missing has the place of what it is missing in.
        "list[0].q": (3, 5), "list[5].x": (3, 3), "what": (1, 1),
    }  # fmt: skip
    assert locate(PLACED, places, walk) == {path: Place(*place) for path, place in places.items()}


def test_values_before_a_mistake_have_their_places() -> None:
    assert locate("a: 1\nb: *x\n", ["a", "b"], walk) == {"a": (1, 4), "b": (2, 4)}
